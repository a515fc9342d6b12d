import { assert, assertEquals, assertMatch } from "@std/assert";

import { iconOf, kindRules } from "../../../lib/pages/icons.ts";

Deno.test("iconOf() is an image that a style sheet can hold", () => {
  const icon = iconOf("M1 1h2");

  assertMatch(icon, /^url\("data:image\/svg\+xml,[^"<>#]+"\)$/);
});

Deno.test("kindRules() gives each extension one kind", () => {
  const ends = [...kindRules().matchAll(/\[href\$="(\.\w+)" i\]/g)]
    .map(([, end]) => end);

  assert(ends.length > 50);
  assertEquals(ends.length, new Set(ends).size);
});

Deno.test.each([
  "image",
  "video",
  "audio",
  "archive",
  "document",
  "code",
  "file",
  "folder",
])(
  "kindRules() has a word and an icon for: %s",
  (word) => {
    assertMatch(
      kindRules(),
      new RegExp(`--icon: url[^;]+svg%3E"\\); --kind: "${word}"`),
    );
  },
);
