/**
 * The method table: what is answered to GET, HEAD and OPTIONS, and how every
 * other method is refused.
 *
 * @module
 */

import { sizeOf } from "./fixture.ts";
import {
  type Outcome,
  REFUSED,
  rfcOnly,
  type Row,
  type Table,
  whole,
} from "./row.ts";

const ALLOW = /^(?=.*\bGET\b)(?=.*\bHEAD\b)(?=.*\bOPTIONS\b)[A-Z, ]+$/;
const ALLOW_READ = /^(?=.*\bGET\b)/;

/** 405 with `Allow`; 501 where the method is not known at all. */
const REFUSAL: readonly Outcome[] = [
  { status: 405, headers: { allow: ALLOW } },
  // RFC 9110 15.5.6: "The origin server MUST generate an Allow header field".
  ...rfcOnly(
    { status: 405, headers: { allow: ALLOW_READ } },
    { status: [501, ...REFUSED] },
  ),
];
const OPTIONS_OUTCOMES: readonly Outcome[] = [
  {
    status: 204,
    headers: { allow: ALLOW, "content-length": null },
    body: { kind: "empty" },
  },
  ...rfcOnly(
    { status: [200, 204] },
    { status: 405, headers: { allow: ALLOW_READ } },
    { status: [501, ...REFUSED] },
  ),
];

const HELLO = whole("hello.txt", sizeOf("hello.txt"));
const CLAUSE = "RFC 9110 15.5.6 and 9.1";

const REFUSED_METHODS: readonly string[] = [
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "TRACE",
  "LINK",
  "PROPFIND",
  "MKCOL",
  "MOVE",
  "QUERY",
  "get",
  "Get",
  "head",
  "options",
  "GETS",
  "GE",
  "FROBNICATE",
  "!#$%&'*+-.^_`|~",
];

/** The method table. */
export const METHODS: Table = {
  kind: "exchange",
  name: "methods",
  rows: listRows(),
};

function listRows(): Row[] {
  return [
    {
      id: "GET",
      clause: "RFC 9110 9.3.1",
      target: "/hello.txt",
      expect: [HELLO],
    },
    {
      id: "HEAD",
      clause: "RFC 9110 9.3.2",
      method: "HEAD",
      target: "/hello.txt",
      expect: [HELLO],
    },
    ...REFUSED_METHODS.map((method) => ({
      id: method,
      clause: method.toUpperCase() === "GET" || method === "head"
        ? "RFC 9110 9.1: methods are case-sensitive"
        : CLAUSE,
      method,
      target: "/hello.txt",
      expect: REFUSAL,
    })),
    {
      id: "a method of 300 letters",
      clause: CLAUSE,
      method: "M".repeat(300),
      target: "/hello.txt",
      expect: REFUSAL,
    },
    {
      id: "CONNECT host:port",
      clause: "RFC 9110 9.3.6: an origin server refuses it",
      method: "CONNECT",
      target: "localhost:80",
      host: "localhost:80",
      expect: REFUSAL,
    },
    ...["POST", "PUT", "PATCH", "DELETE"].map((method) => ({
      id: `${method} with content`,
      clause: CLAUSE,
      method,
      target: "/hello.txt",
      headers: [["Content-Type", "text/plain"]] as const,
      content: "a few bytes",
      expect: REFUSAL,
    })),
    ...[
      ["/missing.txt", "nothing"],
      ["/sub/", "a folder"],
      ["/sub", "a folder without its slash"],
      ["/docs/", "a folder with an index"],
    ].map(([target = "", what]) => ({
      id: `POST of ${what}`,
      clause: "the method is judged before the disk is touched",
      method: "POST",
      target,
      contract: true,
      expect: REFUSAL,
    })),
    ...["/%zz", "/a%2fb", "/%2e%2e/x", "//x", "/../x"].map((target) => ({
      id: `POST ${target}`,
      clause: "the method is judged before the path",
      method: "POST",
      target,
      contract: true,
      expect: REFUSAL,
    })),
    {
      id: "POST with a malformed authority",
      clause: "the authority is judged first",
      method: "POST",
      target: "/hello.txt",
      host: "u@evil",
      contract: true,
      expect: [{ status: 400 }],
    },
    ...[
      ["/hello.txt", "a file"],
      ["/sub/", "a folder"],
      ["/missing.txt", "nothing"],
    ].map(([target = "", what]) => ({
      id: `OPTIONS of ${what}`,
      clause: "RFC 9110 9.3.7",
      method: "OPTIONS",
      target,
      expect: OPTIONS_OUTCOMES,
    })),
    {
      id: "OPTIONS *",
      clause: "RFC 9110 9.3.7: of the server as a whole",
      method: "OPTIONS",
      target: "*",
      expect: OPTIONS_OUTCOMES,
    },
    {
      id: "OPTIONS in absolute form",
      clause: "RFC 9112 3.2.2",
      method: "OPTIONS",
      target: "http://{address}/hello.txt",
      expect: OPTIONS_OUTCOMES,
    },
    {
      id: "GET with content",
      clause: "RFC 9110 9.3.1: content of GET has no meaning",
      target: "/hello.txt",
      content: "x=1",
      expect: [HELLO, ...rfcOnly({ status: [400, 413, 415] })],
    },
  ];
}
