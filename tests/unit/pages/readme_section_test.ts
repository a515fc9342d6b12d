import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

import { html } from "../../../lib/pages/html.ts";
import type { Markdown } from "../../../lib/pages/markdown.ts";
import {
  readmeSection,
  type ReadmeText,
} from "../../../lib/pages/readme_section.ts";

function write(readme: ReadmeText, markdown: Markdown | null = null): string {
  const steps = readmeSection(readme, markdown);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return String(step.value);
}

Deno.test("readmeSection() shows plain text as it is", () => {
  const text = '<b>a</b> & "c"\n\tjavascript:alert(1)\n';

  assertEquals(
    write({ name: "README.txt", text, isWhole: true }),
    `<section class="readme" aria-label="README.txt">
<h2><a href="./README.txt"><bdi>README.txt</bdi></a></h2>
<div class="prose" dir="auto"><pre>&lt;b&gt;a&lt;/b&gt; &amp; &quot;c&quot;\n\tjavascript:alert(1)\n</pre></div>

</section>`,
  );
});

Deno.test("readmeSection() pauses where the writing of Markdown does", () => {
  function* markdown(text: string) {
    yield undefined;
    yield undefined;
    return html`<i>${text}</i>`;
  }

  const readme = { name: "README.md", text: "a", isWhole: true };
  const steps = [...readmeSection(readme, markdown)];

  assertEquals(steps.length, 2);
  assertStringIncludes(write(readme, markdown), "<i>a</i></div>");
});

Deno.test.each([
  { about: "was not read to its end", text: "a", isWhole: false },
  { about: "has too many lines", text: "a\n".repeat(3_000), isWhole: true },
])("readmeSection() leads to all of a file that $about", (readme) => {
  const page = write({ name: "README", ...readme });

  assertMatch(
    page,
    /class="more">This is the beginning\. <a href="\.\/README">/,
  );
});
