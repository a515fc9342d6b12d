import { assertEquals } from "@std/assert";

import { KINDS_SCRIPT } from "../../../lib/pages/script_kinds.ts";

const PAGE = { origin: "http://host", pathname: "/a%20b/" };

interface Link {
  readonly href: string;
}

interface Kinds {
  readonly kindOf: (link: Link) => string | undefined;
  readonly nameOf: (link: Link) => string;
}

function kindsOn(page: typeof PAGE): Kinds {
  return new Function(
    "location",
    `"use strict"; ${KINDS_SCRIPT} return { kindOf, nameOf };`,
  )(page);
}

function linkTo(segment: string): Link {
  return { href: `http://host/a%20b/${segment}` };
}

Deno.test.each([
  ["photo.JPG", "image"],
  ["drawing.svg", "image"],
  ["clip.webm", "video"],
  ["song.opus", "audio"],
  ["main.ts", "text"],
  ["data.json", "text"],
  ["README", "text"],
  ["Makefile", "text"],
  ["%E6%97%A5%E6%9C%AC.png", "image"],
  // A name that means something else to a browser is a name like any other.
  ["javascript%3Aalert(1).png", "image"],
  ["a%0Ab.png", "image"],
  // What a browser shows by itself, or not at all.
  ["page.html", undefined],
  ["page.xhtml", undefined],
  ["paper.pdf", undefined],
  ["archive.zip", undefined],
  ["png", undefined],
  ["photo.png.exe", undefined],
  // A folder.
  ["photo.png/", undefined],
  ["", undefined],
  // Not UTF-8.
  ["%ff.png", undefined],
])("kindOf() of %s is %s", (segment, kind) => {
  assertEquals(kindsOn(PAGE).kindOf(linkTo(segment ?? "")), kind);
});

Deno.test("nameOf() gives the name where the page was opened with a password", () => {
  const href = "http://ada:secret@host/a%20b/x@y.png";

  assertEquals(kindsOn(PAGE).nameOf({ href }), "x@y.png");
});

Deno.test.each([
  ["http://host@other/a%20b/x.png"],
  ["http://other/a%20b/x.png"],
  ["http://host/x.png"],
  ["http://host/a%20bc/x.png"],
  ["http://host:81/a%20b/x.png"],
  ["javascript:alert(1).png"],
  ["data:image/png,x.png"],
])("nameOf() gives nothing for a link to %s", (href) => {
  assertEquals(kindsOn(PAGE).nameOf({ href }), "");
});

Deno.test("nameOf() gives the name as it is on the disk", () => {
  const { nameOf } = kindsOn({ ...PAGE, pathname: "/a%20b/index" });

  assertEquals(nameOf(linkTo("50%25%20%231%3F.png")), "50% #1?.png");
});
