/**
 * Rows of the path table about targets that are refused or lead on: dots, empty
 * segments, malformed escapes, and what is hidden or outside.
 *
 * @module
 */

import { REDIRECTED, rfcOnly, type Row } from "./row.ts";
import {
  BAD,
  fileAt,
  movedTo,
  NOT_FOUND,
  REFUSAL,
  rows,
  type Short,
} from "./path_rows.ts";

/** Rules 1 to 3. */
export function listRefusalRows(): Row[] {
  return [...listDotSegments(), ...listRefused()];
}

/** Rules 2 and 3: escaped dots are refused, plain ones lead on. */
function listDotSegments(): Row[] {
  const clause = "RFC 3986 5.2.4; RFC 9110 17.3: nothing from outside";
  const leads = (target: string, location: string, file?: string): Short => [
    target,
    [
      movedTo(location),
      ...rfcOnly({ status: REDIRECTED, location }),
      ...REFUSAL,
      ...(file === undefined
        ? rfcOnly({ status: 200 })
        : rfcOnly(fileAt(file))),
    ],
  ];
  return [
    ...rows(clause, [
      leads("/./hello.txt", "/hello.txt", "hello.txt"),
      leads("/sub/../hello.txt", "/hello.txt", "hello.txt"),
      leads("/sub/./inner.txt", "/sub/inner.txt", "sub/inner.txt"),
      leads("/sub/deep/../inner.txt", "/sub/inner.txt", "sub/inner.txt"),
      leads("/../hello.txt", "/hello.txt", "hello.txt"),
      leads("/../../../../hello.txt", "/hello.txt", "hello.txt"),
      leads("/sub/../../hello.txt", "/hello.txt", "hello.txt"),
      leads("/..", "/"),
      leads("/../", "/"),
      leads("/.", "/"),
      leads("/./", "/"),
      leads("/sub/..", "/"),
      leads("/sub/.", "/sub/"),
      leads("/sub/deep/..", "/sub/"),
      leads("/sub/./", "/sub/"),
      leads("//", "/"),
      leads("///", "/"),
      leads("/sub//", "/sub/"),
      leads("//hello.txt", "/hello.txt", "hello.txt"),
      leads("///hello.txt", "/hello.txt", "hello.txt"),
      leads("/sub//inner.txt", "/sub/inner.txt", "sub/inner.txt"),
      leads("/./with%20space.txt", "/with%20space.txt", "with space.txt"),
      leads("/missing/../hello.txt", "/hello.txt", "hello.txt"),
      leads("/../secret.txt", "/secret.txt"),
      leads("/../site-private/secret.txt", "/site-private/secret.txt"),
      leads("/../site/hello.txt", "/site/hello.txt"),
      leads("/....//secret.txt", "/..../secret.txt"),
      leads("/sub/../../secret.txt", "/secret.txt"),
      leads("/sub/../?a=/../b", "/?a=/../b"),
      leads("/./hello.txt?a=%2e%2e", "/hello.txt?a=%2e%2e", "hello.txt"),
    ]),
    ...rows("RFC 9110 10.2.2: Location must not lead to another server", [
      leads("//example.net/", "/example.net/"),
      leads("//example.net/..", "/"),
      leads("//example.net", "/example.net"),
      leads("/.//example.net/", "/example.net/"),
      leads("/sub/..//example.net/", "/example.net/"),
      leads("//example.net/%5c..", "/example.net/%5c.."),
      leads("/.//%5cexample.net/", "/%5cexample.net/"),
      leads("/./%0d%0aSet-Cookie:%20a=b", "/%0d%0aSet-Cookie:%20a=b"),
      leads("/./%22%3e%3cscript%3e", "/%22%3e%3cscript%3e"),
    ]),
    ...rows(
      clause,
      [
        "/%2e%2e/secret.txt",
        "/%2E%2E/secret.txt",
        "/.%2e/secret.txt",
        "/%2e./secret.txt",
        "/sub/%2e%2e/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%2Fsecret.txt",
        "/sub/..%2f..%2fsecret.txt",
        "/%2e%2e/site-private/secret.txt",
        "/..\\secret.txt",
        "/\\..\\secret.txt",
        "/%2e%2e\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%c0%ae%c0%ae%c0%afsecret.txt",
        "/..%c0%afsecret.txt",
        "/%e0%80%ae%e0%80%ae/secret.txt",
        "/%u002e%u002e/secret.txt",
        "/..%00/secret.txt",
        "/%2e%2e",
        "/%2e",
        "/sub/%2e",
        "/sub/%2e%2e",
        "/%2e/hello.txt",
        "///example.net/%2e",
        "/sub/%2e%2e/hello.txt",
      ].map((target): Short => [target, [
        BAD,
        ...REFUSAL,
        ...rfcOnly({ status: [200, ...REDIRECTED] }),
      ]]),
    ),
    ...rows(
      clause,
      [
        "/%252e%252e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..%255csecret.txt",
        "/..;/secret.txt",
        "/.../secret.txt",
        "/..../secret.txt",
        "/%ef%bc%8e%ef%bc%8e/secret.txt",
        "/..%ef%bc%8fsecret.txt",
        "/..%09/secret.txt",
        "/..%20/secret.txt",
        "/site-private/secret.txt",
        "/secret.txt",
        "/site/hello.txt",
        "/etc/passwd",
      ].map((target): Short => [target, [NOT_FOUND, ...REFUSAL]]),
    ),
  ];
}

/** Rule 1. */
function listRefused(): Row[] {
  const malformed = "RFC 9112 3.2: an invalid target is refused or redirected";
  const outcomes = [BAD, ...REFUSAL, ...rfcOnly({ status: REDIRECTED })];
  return [
    ...rows(
      malformed,
      [
        "/%",
        "/%2",
        "/%zz",
        "/hello%.txt",
        "/hello.txt%",
        "/hello.txt%2",
        "/%%36%38ello.txt",
        "/%g0",
        "/%+8",
        "/%_8",
      ].map((target): Short => [target, outcomes]),
    ),
    ...rows(
      "RFC 3629 3: no UTF-8",
      [
        "/%ff",
        "/%80",
        "/%c3",
        "/%c3%28",
        "/hello.txt%c3",
        "/%c0%80",
        "/%c1%a8ello.txt",
        "/%e0%81%a8ello.txt",
        "/%ed%a0%80",
        "/%f4%90%80%80",
        "/%f8%88%80%80%80",
      ].map((target): Short => [target, [BAD, ...REFUSAL]]),
    ),
    ...rows(
      "RFC 9110 17.3: no system call sees a NUL",
      [
        "/%00",
        "/hello.txt%00",
        "/hello.txt%00.html",
        "/sub%00/inner.txt",
      ].map((target): Short => [target, [BAD, ...REFUSAL]]),
    ),
    ...rows("an escaped slash is never a separator", [
      ["/sub%2finner.txt", [BAD]],
      ["/sub%2Finner.txt", [BAD]],
      ["/%2fhello.txt", [BAD]],
      ["/%2f", [BAD]],
      ["/hello.txt%2f", [BAD]],
    ], { contract: true }),
    ...rows("a raw backslash is refused, an escaped one is part of a name", [
      ["/\\", [BAD]],
      ["/sub\\inner.txt", [BAD]],
      ["/back\\slash.txt", [BAD]],
      ["/back%5Cslash.txt", [fileAt("back\\slash.txt")]],
      ["/%5chello.txt", [NOT_FOUND]],
      ["/\\example.net/", [BAD]],
    ], { contract: true }),
    ...rows("the first rule that applies", [
      ["//%zz", [BAD]],
      ["/../%2f", [BAD]],
      ["/../%2e%2e/", [BAD]],
      ["/sub/..//%00", [BAD]],
      ["//..\\", [BAD]],
    ], { contract: true }),
    ...rows("RFC 9112 3.2: no white space in a target", [
      ["/with space.txt", [
        BAD,
        ...REFUSAL,
        ...rfcOnly({ status: REDIRECTED }),
      ]],
    ]),
    ...rows("longer than a name or a path can be", [
      [`/${"n".repeat(256)}`, [NOT_FOUND, ...REFUSAL]],
      [`/${"%6e".repeat(256)}`, [NOT_FOUND, ...REFUSAL]],
      [`/${"%c3%bc".repeat(200)}`, [
        NOT_FOUND,
        ...REFUSAL,
      ]],
      [`${"/d".repeat(3000)}`, [NOT_FOUND, ...REFUSAL]],
    ]),
  ];
}
