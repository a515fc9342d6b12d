import { assertEquals } from "@std/assert";

import { createCors } from "../../../lib/http/cors.ts";
import type { HeaderPairs } from "../../../lib/reply.ts";

const EXPOSED = [
  "access-control-expose-headers",
  "accept-ranges, content-disposition, content-encoding, content-length, " +
  "content-range, etag, last-modified, retry-after",
] as const;
const ANY: HeaderPairs = [["access-control-allow-origin", "*"], EXPOSED];
const VARY = ["vary", "Origin"] as const;

function listed(origin: string): HeaderPairs {
  return [
    ["access-control-allow-origin", origin],
    ["access-control-allow-credentials", "true"],
    EXPOSED,
    VARY,
  ];
}

Deno.test.each<{
  origins: readonly string[] | null;
  origin: string | null;
  headers: HeaderPairs;
}>([
  { origins: null, origin: "https://a.example", headers: [] },
  { origins: null, origin: null, headers: [] },
  // The same for everybody, so that nothing varies; never with credentials.
  { origins: ["*"], origin: "https://a.example", headers: ANY },
  { origins: ["*"], origin: "null", headers: ANY },
  { origins: ["*"], origin: null, headers: ANY },
  // Listed.
  {
    origins: ["https://a.example", "http://localhost:3000"],
    origin: "http://localhost:3000",
    headers: listed("http://localhost:3000"),
  },
  {
    origins: ["HTTPS://A.Example:443/"],
    origin: "https://a.example",
    headers: listed("https://a.example"),
  },
  {
    origins: ["https://b\u00fccher.example"],
    origin: "https://xn--bcher-kva.example",
    headers: listed("https://xn--bcher-kva.example"),
  },
  {
    origins: ["Tauri://localhost"],
    origin: "tauri://localhost",
    headers: listed("tauri://localhost"),
  },
  // Not listed: an origin is scheme, host and port.
  { origins: ["https://a.example"], origin: null, headers: [VARY] },
  { origins: ["https://a.example"], origin: "", headers: [VARY] },
  { origins: ["https://a.example"], origin: "null", headers: [VARY] },
  { origins: ["null"], origin: "null", headers: [VARY] },
  {
    origins: ["https://a.example"],
    origin: "http://a.example",
    headers: [VARY],
  },
  {
    origins: ["https://a.example"],
    origin: "https://a.example:8443",
    headers: [VARY],
  },
  {
    origins: ["https://a.example"],
    origin: "https://a.example.evil.example",
    headers: [VARY],
  },
  {
    origins: ["https://a.example"],
    origin: "https://evila.example",
    headers: [VARY],
  },
  {
    origins: ["https://a.example"],
    origin: "https://a.example, https://evil.example",
    headers: [VARY],
  },
])(
  "createCors() of $origins says to $origin what it may",
  ({ origins, origin, headers }) => {
    assertEquals(createCors(origins).headersFor(origin), headers);
  },
);

const BASE: HeaderPairs = [
  ["access-control-allow-methods", "GET, HEAD"],
  ["access-control-max-age", "7200"],
  [
    "vary",
    "Access-Control-Request-Method, Access-Control-Request-Headers, " +
    "Access-Control-Request-Private-Network",
  ],
];

function preflight(
  origins: readonly string[] | null,
  headers: Record<string, string>,
  method = "OPTIONS",
): HeaderPairs | undefined {
  return createCors(origins).preflightFor({
    method,
    headers: new Headers(headers),
  });
}

const ASKING = {
  "origin": "https://a.example",
  "access-control-request-method": "GET",
};
const LIST = ["https://a.example"];

Deno.test.each<{
  what: string;
  origins: readonly string[];
  asked: string;
  allowed: string | null;
}>([
  { what: "a range", origins: ["*"], asked: "range", allowed: "range" },
  {
    what: "several names",
    origins: ["*"],
    asked: "if-range,range , x-Requested-with",
    allowed: "if-range, range, x-Requested-with",
  },
  // Nobody may try passwords from the browsers of others.
  { what: "a password", origins: ["*"], asked: "authorization", allowed: null },
  {
    what: "a password and a range",
    origins: ["*"],
    asked: "AUTHORIZATION,range",
    allowed: "range",
  },
  {
    what: "a password from a listed origin",
    origins: LIST,
    asked: "authorization,range",
    allowed: "authorization, range",
  },
  { what: "nothing", origins: LIST, asked: "", allowed: null },
  { what: "an empty name", origins: LIST, asked: "a,,b", allowed: null },
  { what: "no token", origins: LIST, asked: "a b", allowed: null },
  { what: "a colon", origins: LIST, asked: "a: b", allowed: null },
  {
    what: "far too much",
    origins: LIST,
    asked: "a,".repeat(1_000) + "a",
    allowed: null,
  },
])(
  "preflightFor() answers to $what",
  ({ origins, asked, allowed }) => {
    const headers = preflight(origins, {
      ...ASKING,
      "access-control-request-headers": asked,
    });

    assertEquals(
      headers,
      allowed === null
        ? BASE
        : [...BASE, ["access-control-allow-headers", allowed]],
    );
  },
);

Deno.test("preflightFor() lets an allowed origin into this network", () => {
  const asking = {
    ...ASKING,
    "access-control-request-private-network": "true",
  };

  assertEquals(preflight(LIST, asking), [
    ...BASE,
    ["access-control-allow-private-network", "true"],
  ]);
  assertEquals(
    preflight(LIST, { ...asking, origin: "https://b.example" }),
    undefined,
  );
});

Deno.test("preflightFor() names its methods whatever is asked for", () => {
  const headers = preflight(LIST, {
    ...ASKING,
    "access-control-request-method": "DELETE",
  });

  assertEquals(headers, BASE);
});

Deno.test.each<{
  what: string;
  origins: readonly string[] | null;
  headers: Record<string, string>;
  method: string;
}>([
  { what: "no cors", origins: null, headers: ASKING, method: "OPTIONS" },
  { what: "a GET", origins: ["*"], headers: ASKING, method: "GET" },
  { what: "small letters", origins: ["*"], headers: ASKING, method: "options" },
  {
    what: "no origin",
    origins: ["*"],
    headers: { "access-control-request-method": "GET" },
    method: "OPTIONS",
  },
  {
    what: "no method",
    origins: ["*"],
    headers: { origin: "https://a.example" },
    method: "OPTIONS",
  },
  {
    what: "another origin",
    origins: LIST,
    headers: { ...ASKING, origin: "https://b.example" },
    method: "OPTIONS",
  },
  {
    what: "no name",
    origins: LIST,
    headers: { ...ASKING, origin: "null" },
    method: "OPTIONS",
  },
])(
  "preflightFor() leaves a request with $what alone",
  ({ origins, headers, method }) => {
    assertEquals(preflight(origins, headers, method), undefined);
  },
);
