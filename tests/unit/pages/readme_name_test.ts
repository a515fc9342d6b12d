import { assertEquals } from "@std/assert";

import { findReadme, isMarkdown } from "../../../lib/pages/readme_name.ts";

function entriesOf(...names: readonly string[]) {
  return names.map((name) => ({
    name: name.replace(/\/$/, ""),
    kind: name.endsWith("/") ? "directory" : "file",
  }));
}

Deno.test.each<{ names: string[]; found: string | undefined }>([
  { names: [], found: undefined },
  { names: ["a", "readme.html", "readme.md.txt", "xreadme"], found: undefined },
  { names: ["README.md/", "readme"], found: "readme" },
  { names: ["README", "README.txt"], found: "README.txt" },
  { names: ["README.txt", "README.markdown"], found: "README.markdown" },
  { names: ["README.markdown", "ReadMe.MD"], found: "ReadMe.MD" },
  // The same in both orders.
  { names: ["readme.md", "README.md"], found: "README.md" },
  { names: ["README.md", "readme.md"], found: "README.md" },
  // A long s and a Kelvin sign are no letters of a README.
  { names: ["READ\u017fME.md", "readme.m\u212a"], found: undefined },
])("findReadme() of $names is $found", ({ names, found }) => {
  assertEquals(findReadme(entriesOf(...names)), found);
});

Deno.test.each([
  ["README.md", true],
  ["readme.MARKDOWN", true],
  ["README.txt", false],
  ["README", false],
  ["README.mdx", false],
])("isMarkdown() of %s is %s", (name, is) => {
  assertEquals(isMarkdown(name), is);
});
