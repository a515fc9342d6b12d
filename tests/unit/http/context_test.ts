import { assertEquals } from "@std/assert";

import { toContext } from "../../../lib/http/context.ts";

const OPTIONS = { isWindows: false, time: 7 };
const PEER = {
  remoteAddr: { transport: "tcp", hostname: "10.0.0.1", port: 1 },
} as const;

/** A request as the runtime gives it: its URL is the raw one. */
function rawRequest(url: string, init: RequestInit = {}): Request {
  return Object.defineProperty(new Request("http://h/", init), "url", {
    value: url,
  });
}

Deno.test("toContext() gives the request as plain values", () => {
  const request = new Request("http://h:8000/a%20b/?x=1", {
    method: "HEAD",
    headers: { host: "h:8000", range: "bytes=0-" },
  });

  const context = toContext(request, PEER, OPTIONS);

  const { path } = context;
  assertEquals({ ...context, path, headers: [...context.headers] }, {
    method: "HEAD",
    headers: [["host", "h:8000"], ["range", "bytes=0-"]],
    target: "/a%20b/?x=1",
    path: { kind: "path", segments: ["a b"], isFolder: true },
    search: "?x=1",
    authority: "h:8000",
    scheme: "http",
    isAuthorityValid: true,
    remote: "10.0.0.1",
    protocol: "HTTP/1.1",
    time: 7,
  });
});

Deno.test.each<{ url: string; target: string; path: string; search: string }>([
  // The log has the target as it came, also what is not looked at.
  { url: "http://h/a?b", target: "/a?b", path: "/a", search: "?b" },
  { url: "http://h/a?", target: "/a?", path: "/a", search: "?" },
  {
    url: "http://h/a?b?c/../d",
    target: "/a?b?c/../d",
    path: "/a",
    search: "?b?c/../d",
  },
  { url: "http://h?b", target: "/?b", path: "/", search: "?b" },
  { url: "http://h", target: "/", path: "/", search: "" },
  // RFC 9110 section 4.2.5: a fragment is no part of a target.
  { url: "http://h/a#b?c", target: "/a#b?c", path: "/a", search: "" },
  { url: "http://h/a?b#c?d", target: "/a?b#c?d", path: "/a", search: "?b" },
])("toContext() cuts $url", ({ url, target, path, search }) => {
  const context = toContext(rawRequest(url), PEER, OPTIONS);

  assertEquals([context.target, context.search], [target, search]);
  assertEquals(context.path, {
    kind: "path",
    segments: path.split("/").filter((name) => name !== ""),
    isFolder: path.endsWith("/"),
  });
});

Deno.test("toContext() judges the raw path by the rules of the platform", () => {
  const request = rawRequest("http://h/%2e%2e/a");
  const device = rawRequest("http://h/con");
  const windows = { ...OPTIONS, isWindows: true };

  assertEquals(toContext(request, PEER, OPTIONS).path.kind, "malformed");
  assertEquals(toContext(device, PEER, OPTIONS).path.kind, "path");
  assertEquals(toContext(device, PEER, windows).path.kind, "malformed");
});

Deno.test.each<{ url: string; host: string | null; is: boolean }>([
  { url: "http://h:80/", host: "h:80", is: true },
  // SPEC section 3: a request without Host is answered.
  { url: "http://0.0.0.0:8000/", host: null, is: true },
  { url: "http://0.0.0.0:8000/", host: "", is: true },
  // RFC 9112 section 3.2.2: of two authorities, both have to be well formed.
  { url: "http://a/", host: "b", is: true },
  { url: "http://a/", host: "b/c", is: false },
  { url: "http://a b/", host: "b", is: false },
  // RFC 9112 section 3.2: more than one Host, or an invalid one, is 400.
  { url: "http://a/", host: "a, b", is: false },
  { url: "http://a/", host: "user@a", is: false },
  { url: "http://user@a/", host: null, is: false },
  { url: "http:///a", host: null, is: false },
  { url: "ftp://a/", host: null, is: false },
  { url: "http://[::1]:8000/", host: "[::1]:8000", is: true },
])("toContext() finds $url with Host '$host' $is", ({ url, host, is }) => {
  const headers = host === null ? {} : { host };

  const context = toContext(rawRequest(url, { headers }), PEER, OPTIONS);

  assertEquals(context.isAuthorityValid, is);
});

Deno.test.each<{ address: Deno.Addr; remote: string }>([
  {
    address: { transport: "tcp", hostname: "192.168.1.23", port: 1 },
    remote: "192.168.1.23",
  },
  {
    address: { transport: "tcp", hostname: "2001:db8::23", port: 1 },
    remote: "2001:db8::23",
  },
  // RFC 4291 section 2.5.5.2: IPv4 on a socket of both families.
  {
    address: { transport: "tcp", hostname: "::ffff:10.0.0.1", port: 1 },
    remote: "10.0.0.1",
  },
  {
    address: { transport: "tcp", hostname: "::FFFF:10.0.0.1", port: 1 },
    remote: "10.0.0.1",
  },
  {
    address: { transport: "tcp", hostname: "::ffff:a:b", port: 1 },
    remote: "::ffff:a:b",
  },
  { address: { transport: "unix", path: "/run/s" }, remote: "-" },
])("toContext() writes the client as $remote", ({ address, remote }) => {
  const request = new Request("http://h/");

  const context = toContext(request, { remoteAddr: address }, OPTIONS);

  assertEquals(context.remote, remote);
});

Deno.test.each<{ url: string; host: string | null; protocol: string }>([
  { url: "http://h/", host: "h", protocol: "HTTP/1.1" },
  { url: "http://h/", host: null, protocol: "HTTP/1.1" },
  { url: "https://h/", host: "h", protocol: "HTTP/1.1" },
  // RFC 9113 section 8.3.1: `:authority` in the place of Host.
  { url: "https://h/", host: null, protocol: "HTTP/2.0" },
  { url: "HTTPS://h/", host: null, protocol: "HTTP/2.0" },
])("toContext() finds $protocol for $url with Host $host", (row) => {
  const headers = row.host === null ? {} : { host: row.host };

  const context = toContext(rawRequest(row.url, { headers }), PEER, OPTIONS);

  assertEquals(context.protocol, row.protocol);
});

Deno.test.each<{ url: string; scheme: "http" | "https" }>([
  { url: "http://h/", scheme: "http" },
  { url: "https://h/", scheme: "https" },
  { url: "HTTPS://h:8000/a", scheme: "https" },
])("toContext() gives $scheme of $url", ({ url, scheme }) => {
  assertEquals(toContext(new Request(url), PEER, OPTIONS).scheme, scheme);
});
