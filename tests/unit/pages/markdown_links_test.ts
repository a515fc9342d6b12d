import { assert, assertEquals } from "@std/assert";

import { judgeLink } from "../../../lib/pages/markdown_links.ts";

// Where a page with a README is, at any depth.
const PAGES = ["http://host.test/", "http://host.test/a/b/", "https://h/x/"];

Deno.test.each([
  ["a.md", "./a.md"],
  ["docs/a.md?x=1#y", "./docs/a.md?x=1#y"],
  ["./a.md", "././a.md"],
  ["../up.md", "./../up.md"],
  ["?archive=zip", "./?archive=zip"],
  ["", "./"],
  ["/from/the/top.md", "/from/the/top.md"],
  ["/a b?c d#e", "/a%20b?c%20d#e"],
  ["#install", "#readme-install"],
  ["  a.md\n", "./a.md"],
  ["a:b", null],
  ["./a:b", "././a:b"],
])("judgeLink() of %s stays on the server as %s", (address, href) => {
  assertEquals(
    judgeLink(address),
    href === null ? { kind: "none" } : { kind: "inside", href },
  );
});

Deno.test.each([
  ["http://a.example", "http://a.example/"],
  ["HTTPS://A.example/x", "https://a.example/x"],
  ["mailto:a@b.example", "mailto:a@b.example"],
  ["//evil.example/x", "https://evil.example/x"],
  ["\\\\evil.example\\x", "https://evil.example/x"],
  ["/\\evil.example", "https://evil.example/"],
  ["\\/evil.example", "https://evil.example/"],
  ["\t//evil.example", "https://evil.example/"],
  ["/\n/evil.example", "https://evil.example/"],
  ["ht\ntp://evil.example", "http://evil.example/"],
  ["http:evil.example", "http://evil.example/"],
  ["https:\\evil.example", "https://evil.example/"],
  ["https://base.invalid/folder/a", "https://base.invalid/folder/a"],
])("judgeLink() of %j leads to %s", (address, href) => {
  assertEquals(judgeLink(address), { kind: "outside", href });
});

Deno.test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "\u0001javascript:alert(1)",
  "java\nscript:alert(1)",
  "java\tscript:alert(1)",
  "vbscript:x",
  "data:text/html,<script>alert(1)</script>",
  "data:image/svg+xml,<svg/>",
  "data:image/png;base64,AAAA",
  "file:///etc/passwd",
  "blob:http://a/b",
  "view-source:http://a",
  "filesystem:http://a/b",
  "x-anything:y",
  "http://",
  "https://[",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/./\\evil.example",
])("judgeLink() of %j leads nowhere", (address) => {
  assertEquals(judgeLink(address), { kind: "none" });
});

Deno.test("judgeLink() never takes for its own what a browser would ask another host for", () => {
  const parts = ["/", "\\", ".", "\t", "\n", "a", ":", "?", "#", "@", "%2f"];
  const addresses = parts.flatMap((a) =>
    parts.flatMap((b) => parts.map((c) => `${a}${b}${c}evil.example`))
  );

  for (const address of addresses) {
    const judged = judgeLink(address);
    if (judged.kind !== "inside") continue;
    for (const page of PAGES) {
      const { origin } = new URL(judged.href, page);
      assert(origin === new URL(page).origin, JSON.stringify(address));
    }
  }
});
