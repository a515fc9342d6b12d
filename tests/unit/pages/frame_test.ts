import { assertEquals, assertStringIncludes } from "@std/assert";

import { frameEnd, frameTop } from "../../../lib/pages/frame.ts";
import { html } from "../../../lib/pages/html.ts";
import { STYLE } from "../../../lib/pages/style.ts";

Deno.test("frameTop() begins with the document type and escapes the title", () => {
  const top = String(frameTop("</title><script>", "error"));

  assertEquals(top.slice(0, 32), '<!DOCTYPE html>\n<html lang="en" ');
  assertStringIncludes(top, "<title>&lt;/title&gt;&lt;script&gt;</title>");
  assertStringIncludes(top, '<meta name="color-scheme" content="light dark">');
  assertStringIncludes(top, '<body class="error">');
});

Deno.test("frameTop() carries the style sheet as it is", () => {
  const top = String(frameTop("x", "listing"));

  assertEquals(top.match(/<style>([^]*)<\/style>/)?.[1], STYLE);
});

Deno.test("frameTop() has an icon that is not asked for over the network", () => {
  const top = String(frameTop("x", "listing"));

  assertStringIncludes(top, '<link rel="icon" href="data:image/svg+xml,');
});

Deno.test("frameEnd() closes what frameTop() opens", () => {
  assertEquals(String(frameEnd()), "</body>\n</html>");
});

Deno.test("frameTop() carries another style and a script where they are given", () => {
  const top = String(frameTop("x", "listing", {
    style: html`<style></style>`,
    script: html`<script></script>`,
  }));

  assertStringIncludes(top, "<style></style>\n<script></script>\n</head>");
});

Deno.test.each(["light", "dark"] as const)(
  "frameTop() has the theme %s",
  (theme) => {
    const top = String(frameTop("x", "error", { theme }));

    assertStringIncludes(top, `<html lang="en" data-theme="${theme}">`);
    assertStringIncludes(top, `<meta name="color-scheme" content="${theme}">`);
  },
);
