import { assertEquals } from "@std/assert";

import {
  formatPath,
  parsePath,
  type RequestPath,
} from "../../../lib/http/path.ts";

const UNIX = { isWindows: false };
const WINDOWS = { isWindows: true };

const MALFORMED: RequestPath = { kind: "malformed" };

function folder(...segments: string[]): RequestPath {
  return { kind: "path", segments, isFolder: true };
}

function file(...segments: string[]): RequestPath {
  return { kind: "path", segments, isFolder: false };
}

Deno.test.each<{ path: string; is: RequestPath }>([
  { path: "/", is: folder() },
  { path: "/a", is: file("a") },
  { path: "/a/", is: folder("a") },
  { path: "/a/b.txt", is: file("a", "b.txt") },
  // RFC 3986 section 2.1: escapes, in either case, decoded once.
  { path: "/a%20b/", is: folder("a b") },
  { path: "/%61", is: file("a") },
  { path: "/%c3%bC", is: file("\u00fc") },
  { path: "/%F0%9F%8E%89", is: file("\u{1f389}") },
  { path: "/%2561", is: file("%61") },
  { path: "/%252e%252e/", is: folder("%2e%2e") },
  { path: "/%25", is: file("%") },
  { path: "/a%3Fb%23c", is: file("a?b#c") },
  { path: "/%EF%BB%BFa", is: file("\ufeffa") },
  // RFC 3986 section 3.3: these mean nothing in a path.
  { path: "/a+b;c=d,e:f@g!$&'()*~", is: file("a+b;c=d,e:f@g!$&'()*~") },
  { path: "/http:", is: file("http:") },
  // NFC and NFD are two names.
  { path: "/e%CC%81", is: file("e\u0301") },
  { path: "/%C3%A9", is: file("\u00e9") },
  // Dots that are a name.
  { path: "/...", is: file("...") },
  { path: "/.a", is: file(".a") },
  { path: "/a.", is: file("a.") },
  { path: "/..a/", is: folder("..a") },
  { path: "/%2e%2e%2e", is: file("...") },
  { path: "/%2ewell-known/", is: folder(".well-known") },
  // White space is a name.
  { path: "/%20", is: file(" ") },
  { path: "/%20/a", is: file(" ", "a") },
  // SPEC section 3: `%5c`, `%0a` and other controls are ordinary.
  { path: "/a%5cb", is: file("a\\b") },
  { path: "/..%5c..%5Ca", is: file("..\\..\\a") },
  { path: "/a%0ab%0D", is: file("a\nb\r") },
  { path: "/%01%7f", is: file("\x01\x7f") },
  { path: "/con", is: file("con") },
  { path: "/c:/a", is: file("c:", "a") },
])("parsePath() finds names in $path", ({ path, is }) => {
  assertEquals(parsePath(path, UNIX), is);
});

Deno.test.each([
  // SPEC section 3, rule 1: a malformed escape.
  "/%",
  "/a%",
  "/%2",
  "/%zz",
  "/%0g",
  "/%u002e",
  "/% 20",
  "/a/%/b",
  // Rule 1: escapes that are not UTF-8 (RFC 3629 section 3: no overlong forms,
  // no surrogates, nothing above U+10FFFF, nothing cut).
  "/%ff",
  "/%fc",
  "/%c3",
  "/%c3/%bc",
  "/%c0%ae%c0%ae/",
  "/%c0%af",
  "/%e0%80%ae",
  "/%f0%80%80%ae",
  "/%c0%80",
  "/%ed%a0%80",
  "/%f4%90%80%80",
  "/%80",
  // Rule 1: NUL and an encoded slash.
  "/%00",
  "/a%00.txt",
  "/a/%00/",
  "/%2f",
  "/a%2fb",
  "/a%2Fb",
  "/%2e%2e%2fetc",
  "/..%2f",
  // A raw NUL is no better than an escaped one.
  "/a\0",
  "/a\0%20",
  // Rule 1: a raw backslash.
  "/\\",
  "/a\\b",
  "\\a",
  "/..\\..\\a",
  // Rule 2: dots with an escape.
  "/%2e",
  "/%2E/",
  "/%2e%2e",
  "/%2e%2E/a",
  "/.%2e",
  "/%2e.",
  "/a/%2e%2e/b",
  "/a/.%2e",
  // No path.
  "",
  "a",
  "*",
  "http://h/",
  "?a",
  // The rules apply in order: a redirect would hide what is refused.
  "/a/../%2e%2e/",
  "//%00",
  "/../%",
  "/./a%2fb",
  "//a\\b",
])("parsePath() finds %s malformed", (path) => {
  assertEquals(parsePath(path, UNIX), MALFORMED);
  assertEquals(parsePath(path, WINDOWS), MALFORMED);
});

Deno.test.each<{ path: string; location: string }>([
  // RFC 3986 section 5.2.4, and SPEC section 3, rule 3.
  { path: "/.", location: "/" },
  { path: "/./", location: "/" },
  { path: "/a/.", location: "/a/" },
  { path: "/a/./b", location: "/a/b" },
  { path: "/a/..", location: "/" },
  { path: "/a/b/..", location: "/a/" },
  { path: "/a/b/../", location: "/a/" },
  { path: "/a/b/../c", location: "/a/c" },
  { path: "/a/b/../../c", location: "/c" },
  { path: "/./a/./b/.././c/", location: "/a/c/" },
  // Never above the root.
  { path: "/..", location: "/" },
  { path: "/../", location: "/" },
  { path: "/../../../etc/passwd", location: "/etc/passwd" },
  { path: "/a/../../b", location: "/b" },
  // Empty segments.
  { path: "//", location: "/" },
  { path: "///", location: "/" },
  { path: "//a", location: "/a" },
  { path: "/a//", location: "/a/" },
  { path: "/a//b", location: "/a/b" },
  { path: "/a//../b", location: "/b" },
  // SECURITY: `//` or `/\` at the beginning leads to another host.
  { path: "//evil.com", location: "/evil.com" },
  { path: "//evil.com/..", location: "/" },
  { path: "///evil.com/", location: "/evil.com/" },
  { path: "/.//evil.com", location: "/evil.com" },
  { path: "/a/..//evil.com/", location: "/evil.com/" },
  { path: "//%5cevil.com", location: "/%5Cevil.com" },
  { path: "/.//%09/evil.com", location: "/%09/evil.com" },
  // What a header may not hold stays encoded.
  { path: "//a%0d%0ab:%20c", location: "/a%0D%0Ab%3A%20c" },
  { path: "//%c3%bc%25%3f%23", location: "/%C3%BC%25%3F%23" },
  { path: "//\u00fc", location: "/%C3%BC" },
  { path: "//'\"<>", location: "/%27%22%3C%3E" },
  { path: "//...", location: "/..." },
])("parsePath() redirects $path to $location", ({ path, location }) => {
  assertEquals(parsePath(path, UNIX), { kind: "redirect", location });
});

// Names of Windows: learn.microsoft.com "Naming files, paths, and namespaces".
Deno.test.each([
  // SPEC section 3, rule 4: device names, with any extension.
  ..."con CON Con prn aux nul com0 com1 COM9 lpt0 lpt1 lpt9".split(" "),
  ..."con.txt aux.txt nul.tar.gz COM1.a conin$ CONOUT$ conin$.txt".split(" "),
  ..."com%C2%B9 com%C2%B2.txt lpt%C2%B3".split(" "),
  "con%20",
  "con%20.txt",
  "nul%20%20.a",
  // Streams and drives.
  "a:b",
  "c:",
  "a.txt::$DATA",
  "a%3ab",
  // Separators and control characters.
  "a%5cb",
  "..%5c..",
  "%5c%5chost%5cshare",
  "a%0ab",
  "%01",
  "%1f",
  // The short names of `.env`, `.htaccess`, `.git` and `a long name.html`.
  "ENV~1",
  "env~1",
  "HTACCE~1",
  "GIT~1",
  "ALONGN~1.HTM",
  "A~123456",
  "AB12~1.TXT",
  "%7e1",
  // Windows drops these at the end.
  "a.",
  "a..",
  "...",
  "a%20",
  "a.%20",
  "%20",
])("parsePath() finds %s malformed on Windows only", (name) => {
  for (const path of [`/${name}`, `/${name}/`, `/a/${name}/b`]) {
    assertEquals(parsePath(path, WINDOWS), MALFORMED, path);
    assertEquals(parsePath(path, UNIX).kind, "path", path);
  }
});

Deno.test.each([
  ..."config icon con1 com com10 lpt lpt10 com\u00b4 auxiliary".split(" "),
  ..."a.con my-nul null nul_ $conin conin conout console.txt".split(" "),
  ".git",
  " a",
  "a b",
  "a.b.c",
  "\u00fc\u{1f389}",
  // Too long for a short name, or another ending.
  "a long name~1",
  "abcdefg~1",
  "a~1.html",
  "a~",
  "~user",
  "a~1b",
  "\x7f",
])("parsePath() finds %s a name on Windows", (name) => {
  const path = formatPath([name], false);

  assertEquals(parsePath(path, WINDOWS), file(name));
});

Deno.test("parsePath() redirects on Windows before it judges names", () => {
  assertEquals(parsePath("//a:b", WINDOWS), {
    kind: "redirect",
    location: "/a%3Ab",
  });
});

Deno.test("parsePath() takes 10,000 segments", () => {
  const up = "/a".repeat(10_000) + "/..".repeat(10_000);

  assertEquals(parsePath(up, UNIX), { kind: "redirect", location: "/" });
});

Deno.test.each<{ segments: string[]; asFile: string; asFolder: string }>([
  { segments: ["a"], asFile: "/a", asFolder: "/a/" },
  { segments: ["a b", "c"], asFile: "/a%20b/c", asFolder: "/a%20b/c/" },
  { segments: ["%2e"], asFile: "/%252e", asFolder: "/%252e/" },
  { segments: ["\\a"], asFile: "/%5Ca", asFolder: "/%5Ca/" },
])("formatPath() writes $segments", ({ segments, asFile, asFolder }) => {
  assertEquals(formatPath(segments, false), asFile);
  assertEquals(formatPath(segments, true), asFolder);
});

Deno.test("formatPath() of the shared folder is one slash", () => {
  assertEquals(formatPath([], true), "/");
});
