/**
 * Rows of the path table about names: each file by its name, other spellings of
 * it, and the type that its name and content give it.
 *
 * @module
 */

import { REDIRECTED, rfcOnly, type Row } from "./row.ts";
import { fileAt, HELLO, NOT_FOUND, rows, type Short } from "./path_rows.ts";
import { FILES } from "./fixture.ts";

/** Every file, by every spelling of its name. */
export function listNameRows(): Row[] {
  return [...listNames(), ...listSpellings(), ...listTypes()];
}

/** Every file by the encoded form of its name. */
function listNames(): Row[] {
  const visible = Object.keys(FILES).filter((name) => !/(^|\/)\./.test(name));
  return visible.flatMap((name) => {
    const target = `/${encode(name)}`;
    // A control character or a backslash: others may refuse such a name.
    const isOdd = /%[01]|%5C/.test(target);
    // Others may send the index on to its folder.
    const toFolder = name.endsWith("/index.html")
      ? rfcOnly({ status: REDIRECTED, location: target.replace(/[^/]+$/, "") })
      : [];
    return rows("RFC 3986 2.1: a percent-encoded name is that name", [
      [target, [fileAt(name), ...toFolder]],
    ], { contract: isOdd });
  });
}

/** Other spellings of the same name. */
function listSpellings(): Row[] {
  return [
    ...rows(
      "RFC 3986 2.3 and 6.2.2.2: an unreserved character and its escape",
      [
        ["/%68ello.txt", [HELLO]],
        ["/%68%65%6c%6c%6f%2e%74%78%74", [HELLO]],
        ["/hello%2Etxt", [HELLO]],
        ["/%7etilde%21%24%2A%2C.txt", [fileAt("~tilde!$*,.txt")]],
        ["/~tilde!$*,.txt", [fileAt("~tilde!$*,.txt")]],
        ["/%2Ddash.txt", [fileAt("-dash.txt")]],
      ],
    ),
    ...rows("RFC 3986 6.2.2.1: the case of hexadecimal digits means nothing", [
      ["/%c3%bcn%c3%afcode.txt", [fileAt("\u00fcn\u00efcode.txt")]],
      ["/%C3%bCn%c3%aFcode.txt", [fileAt("\u00fcn\u00efcode.txt")]],
      ["/%f0%9f%a6%95.txt", [fileAt("\u{1f995}.txt")]],
    ]),
    ...rows("RFC 3986 3.3: marks that a segment may hold as they are", [
      ["/plus+sign.txt", [fileAt("plus+sign.txt")]],
      ["/plus%2bsign.txt", [fileAt("plus+sign.txt")]],
      ["/semi;colon.txt", [fileAt("semi;colon.txt")]],
      ["/and&equals=.txt", [fileAt("and&equals=.txt")]],
      ["/at@colon:.txt", [fileAt("at@colon:.txt")]],
      ["/(round)%5Bsquare%5D.txt", [fileAt("(round)[square].txt")]],
      ["/it's.txt", [fileAt("it's.txt")]],
    ]),
    ...rows("RFC 3986 2.4: decoded once, never again", [
      ["/%2568ello.txt", [NOT_FOUND]],
      ["/a%2520b.txt", [fileAt("a%20b.txt")]],
      ["/a%20b.txt", [NOT_FOUND]],
      ["/a%252fb.txt", [fileAt("a%2fb.txt")]],
      ["/100%25.txt", [fileAt("100%.txt")]],
      ["/with+space.txt", [NOT_FOUND]],
    ]),
    ...rows("names are compared as they are: case and form matter", [
      ["/HELLO.TXT", [NOT_FOUND]],
      ["/Sub/inner.txt", [NOT_FOUND]],
      ["/u%cc%88ni%cc%88code.txt", [NOT_FOUND]],
      ["/caf%c3%a9.txt", [NOT_FOUND]],
      ["/%ef%bb%bfhello.txt", [NOT_FOUND]],
      ["/trailing", [NOT_FOUND]],
      ["/hello.txt%20", [NOT_FOUND]],
      ["/hello.txt.", [NOT_FOUND]],
    ]),
    ...rows("raw UTF-8 in a target is a name", [
      ["/\u00fcn\u00efcode.txt", [fileAt("\u00fcn\u00efcode.txt")]],
      ["/\u{1f995}.txt", [fileAt("\u{1f995}.txt")]],
    ], { contract: true }),
  ];
}

function listTypes(): Row[] {
  const typed = (file: string, type: HeaderType): Short => [
    `/${file}`,
    [{ ...fileAt(file), headers: { "content-type": type } }],
  ];
  return [
    ...rows("RFC 9110 8.3: the type is what the file is", [
      typed("hello.txt", /^text\/plain\b/),
      typed("page.html", /^text\/html\b/),
    ]).map((row) => ({ ...row, id: `${row.id} has its type` })),
    ...rows("types and their charset", [
      typed("hello.txt", "text/plain; charset=utf-8"),
      typed("page.html", "text/html; charset=utf-8"),
      typed("script.ts", "text/plain; charset=utf-8"),
      typed("words.qqq", "text/plain; charset=utf-8"),
      typed("README", "text/plain; charset=utf-8"),
      typed("bytes.qqq", "application/octet-stream"),
    ], { contract: true }).map((row) => ({
      ...row,
      id: `${row.id} has exactly its type`,
    })),
    {
      id: "?download",
      clause: "a file as a download",
      target: "/hello.txt?download",
      contract: true,
      expect: [{
        ...HELLO,
        headers: { "content-disposition": /^attachment\b.*hello\.txt/ },
      }],
    },
  ];
}

type HeaderType = string | RegExp;

function encode(name: string): string {
  return name.split("/").map((segment) =>
    encodeURIComponent(segment).replaceAll("'", "%27")
  ).join("/");
}
