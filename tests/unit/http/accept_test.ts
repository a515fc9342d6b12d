import { assertEquals } from "@std/assert";

import { namesHtml, prefersJson } from "../../../lib/http/accept.ts";

Deno.test.each<{ accept: string; format: "html" | "json" }>([
  // SPEC section 5.
  { accept: "application/json", format: "json" },
  { accept: "APPLICATION/JSON", format: "json" },
  { accept: "application/json; charset=utf-8", format: "json" },
  { accept: " application/json ", format: "json" },
  // A browser, curl, nothing.
  {
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    format: "html",
  },
  { accept: "*/*", format: "html" },
  { accept: "", format: "html" },
  // RFC 9110 section 12.5.1: the more specific range counts.
  { accept: "application/json, */*;q=0.5", format: "json" },
  { accept: "*/*;q=0.5, application/json", format: "json" },
  { accept: "text/*;q=0.5, */*, application/json", format: "json" },
  { accept: "text/html, application/json", format: "html" },
  // Even: the type that is named counts more than the one that is not.
  { accept: "application/json, */*", format: "json" },
  { accept: "application/json, text/plain, */*", format: "json" },
  { accept: "application/*, text/*", format: "html" },
  { accept: "application/json;q=0, */*;q=0", format: "html" },
  // RFC 9110 section 12.4.2: qualities.
  { accept: "text/html;q=0.9, application/json", format: "json" },
  { accept: "text/html;q=0.899,application/json;q=0.9", format: "json" },
  { accept: "text/html;q=0.9, application/json;q=0.9", format: "html" },
  { accept: "text/html, application/json;q=0.9", format: "html" },
  { accept: "text/html ; Q=0.1 , application/json ; q=0.2", format: "json" },
  { accept: "application/json;q=0", format: "html" },
  { accept: "application/json;q=0.000", format: "html" },
  { accept: "application/json;q=1.000", format: "json" },
  { accept: "application/json;q=2", format: "html" },
  { accept: "application/json;q=-1", format: "html" },
  { accept: "application/json;q=x", format: "html" },
  // Another type.
  { accept: "application/ld+json", format: "html" },
  { accept: "text/json", format: "html" },
  { accept: "application/jsonp", format: "html" },
])("prefersJson() of '$accept' comes to $format", ({ accept, format }) => {
  assertEquals(prefersJson(accept), format === "json");
  // Once more, as the next request has it.
  assertEquals(prefersJson(accept), format === "json");
});

Deno.test("prefersJson() of no field is no", () => {
  assertEquals(prefersJson("application/json"), true);
  assertEquals(prefersJson(null), false);
});

Deno.test.each<[string | null, boolean]>([
  [null, false],
  ["", false],
  ["*/*", false],
  ["text/*", false],
  ["application/json", false],
  ["text/html", true],
  ["TEXT/HTML;q=0.1", true],
  ["text/html;q=0", false],
  ["text/html;q=x", false],
  // What browsers send.
  [
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
    true,
  ],
])("namesHtml() of %j is %s", (field, is) => {
  assertEquals(namesHtml(field), is);
});
