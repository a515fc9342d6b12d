/**
 * Rows of the path table about the form of a target and its authority (RFC 9112
 * section 3.2).
 *
 * @module
 */

import { REDIRECTED, rfcOnly, type Row } from "./row.ts";
import { BAD, fileAt, HELLO, movedTo, REFUSAL, rows } from "./path_rows.ts";

/** Forms, queries and authorities. */
export function listFormRows(): Row[] {
  return [...listForms(), ...listAuthorities()];
}

/** The forms of a target (RFC 9112 section 3.2). */
function listForms(): Row[] {
  const sub = [
    movedTo("/sub/"),
    ...rfcOnly({ status: REDIRECTED, location: "/sub/" }, { status: 200 }),
  ];
  return [
    ...rows("RFC 9112 3.2.2: a server MUST accept the absolute form", [
      ["http://{address}/hello.txt", [HELLO]],
      ["HTTP://{address}/hello.txt", [HELLO]],
      ["http://{address}/hello.txt?a=b", [HELLO]],
      ["http://{address}/with%20space.txt", [fileAt("with space.txt")]],
      ["http://{address}/sub", sub],
    ]),
    ...rows("RFC 9112 3.2.2: the target's authority counts, not Host", [
      ["http://{address}/hello.txt", [HELLO]],
    ], { host: "localhost:1" }).map((row) => ({
      ...row,
      id: `${row.id} with another Host`,
    })),
    ...rows("RFC 9112 3.2.2 and 3.2.1: an empty path is /", [
      ["http://{address}", [
        { status: 200 },
        ...rfcOnly({ status: REDIRECTED, location: "/" }),
      ]],
    ]),
    ...rows("RFC 9112 3.2.2: dots in the absolute form", [
      ["http://{address}/../secret.txt", [
        movedTo("/secret.txt"),
        ...rfcOnly({ status: REDIRECTED, location: "/secret.txt" }),
        ...REFUSAL,
      ]],
      ["http://{address}//example.net/", [
        movedTo("/example.net/"),
        ...rfcOnly({ status: REDIRECTED, location: "/example.net/" }),
        ...REFUSAL,
      ]],
      ["http://{address}/%2e%2e/secret.txt", [BAD, ...REFUSAL]],
    ]),
    ...rows("RFC 3986 3.4: the query names no file", [
      ["/hello.txt?", [HELLO]],
      ["/hello.txt?a=b&c", [HELLO]],
      ["/hello.txt?/../../secret.txt", [HELLO]],
      ["/hello.txt?a=%2e%2e%2f", [HELLO]],
      ["/hello.txt??", [HELLO]],
    ]),
    ...rows("the query is not judged", [
      ["/hello.txt?%zz", [HELLO]],
      ["/hello.txt?%00", [HELLO]],
      ["/hello.txt?%2f%ff", [HELLO]],
      ["/hello.txt?a\\b", [HELLO]],
    ], { contract: true }),
    ...rows("a fragment that a client sent is no part of the path", [
      ["/hello.txt#part", [HELLO]],
      ["/hello.txt?a=b#part", [HELLO]],
      ["/hello.txt#?a=b", [HELLO]],
      ["/hello.txt#/../../secret.txt", [HELLO]],
      ["/sub#part", [movedTo("/sub/")]],
    ], { contract: true }),
    ...rows("RFC 9112 3.2: neither a path nor a URL", [
      ["hello.txt", [BAD, ...REFUSAL]],
      ["../secret.txt", [BAD, ...REFUSAL]],
      ["*", [BAD, ...REFUSAL]],
    ]),
  ];
}

/** `Host` and the authority of the absolute form. */
function listAuthorities(): Row[] {
  const host = (
    value: string | null,
    expect: Row["expect"],
    clause: string,
    parts: Partial<Row> = {},
  ): Row => ({
    id: value === null ? "no Host" : `Host: ${value}`,
    clause,
    target: "/hello.txt",
    host: value,
    expect,
    ...parts,
  });
  const invalid = "RFC 9112 3.2: 400 to an invalid Host";
  const bad = [BAD, ...rfcOnly({ status: 421 })];
  return [
    host("localhost", [HELLO], "RFC 9112 3.2"),
    host("LocalHost:80", [HELLO], "RFC 9110 4.2.3: case means nothing"),
    host("localhost:", [HELLO], "RFC 3986 3.2.3: a port may be empty"),
    host("127.0.0.1:65535", [HELLO], "RFC 9112 3.2"),
    host("[::1]:8000", [HELLO], "RFC 3986 3.2.2"),
    host("[::1]", [HELLO], "RFC 3986 3.2.2"),
    host("a/b?c#d", bad, invalid),
    host("u@evil", bad, invalid),
    host("u:p@localhost", bad, invalid),
    host("a b", bad, invalid),
    host("[::", bad, invalid),
    host("[::1", bad, invalid),
    host("localhost/../..", bad, invalid),
    host("localhost:8000/sub", bad, invalid),
    host("localhost:port", bad, invalid),
    host("a\\b", bad, invalid),
    host("a#b", bad, invalid),
    host("<script>", bad, invalid),
    host("a%00b", [BAD], "no name has such a character", { contract: true }),
    host("a:999999", [BAD], "no such port", { contract: true }),
    host("localhost, localhost", bad, invalid),
    host("", [HELLO], "RFC 9110 7.2: empty where there is no authority", {
      contract: true,
    }),
    // RFC 9112 3.2 asks for 400 in HTTP/1.1; the runtime does not tell 1.0,
    // where no Host is usual, so it is answered.
    host(null, [HELLO], "a request without Host is answered", {
      contract: true,
    }),
    {
      id: "HTTP/1.0 without Host",
      clause: "RFC 9112 3.2 asks for Host in HTTP/1.1 only",
      target: "/hello.txt",
      host: null,
      version: "HTTP/1.0",
      expect: [HELLO],
    },
    {
      id: "two Host lines",
      clause: "RFC 9112 3.2: 400 to more than one Host",
      target: "/hello.txt",
      headers: [["Host", "localhost"]],
      expect: [BAD],
    },
    ...rows("RFC 9110 4.2.4: user information is an error", [
      ["http://user@{address}/hello.txt", [BAD]],
      ["http://user:password@{address}/hello.txt", [BAD]],
      ["http://localhost:999999/hello.txt", [BAD]],
      ["http://[::/hello.txt", [BAD]],
    ], { contract: true }),
  ];
}
