import { assertEquals } from "@std/assert";

import {
  cacheControl,
  createHeaderFinisher,
} from "../../../lib/http/response_headers.ts";
import type { HeaderPairs } from "../../../lib/reply.ts";

const NOSNIFF = ["x-content-type-options", "nosniff"] as const;
const POLICIES = [
  NOSNIFF,
  ["cross-origin-resource-policy", "same-site"],
  ["referrer-policy", "same-origin"],
] as const;
const NO_CACHE = ["cache-control", "no-cache"] as const;
const ABOUT_FILE: HeaderPairs = [
  ["content-type", "text/plain"],
  ["etag", '"a"'],
];
const FILE: HeaderPairs = [...ABOUT_FILE, ["cache-control", "max-age=60"]];

Deno.test.each<{ cache: number | null; field: string }>([
  // RFC 9111 section 5.2.2.4: keep it, but ask each time.
  { cache: null, field: "no-cache" },
  // RFC 9111 section 5.2.2.1. Zero is a number of seconds.
  { cache: 0, field: "max-age=0" },
  { cache: 60, field: "max-age=60" },
  { cache: 31_536_000, field: "max-age=31536000" },
])("cacheControl() of $cache is $field", ({ cache, field }) => {
  assertEquals(cacheControl({ cache }), field);
});

Deno.test.each<
  { what: string; custom: HeaderPairs; reply: HeaderPairs; sent: HeaderPairs }
>([
  {
    what: "an empty reply",
    custom: [],
    reply: [],
    sent: [NO_CACHE, ...POLICIES],
  },
  {
    what: "a page",
    custom: [],
    reply: [["content-type", "text/html"]],
    sent: [["content-type", "text/html"], NO_CACHE, ...POLICIES],
  },
  {
    what: "a file with a lifetime of its own",
    custom: [],
    reply: FILE,
    sent: [...FILE, ...POLICIES],
  },
  {
    what: "a header of the user",
    custom: [["X-A", "1"]],
    reply: FILE,
    sent: [...FILE, ...POLICIES, ["x-a", "1"]],
  },
  {
    what: "two headers of one name",
    custom: [["Link", "</a>"], ["link", "</b>"]],
    reply: [],
    sent: [NO_CACHE, ...POLICIES, ["link", "</a>"], ["link", "</b>"]],
  },
  // SPEC section 1: --header wins over ours.
  {
    what: "the user's lifetime on a file",
    custom: [["Cache-Control", "no-store"]],
    reply: FILE,
    sent: [...ABOUT_FILE, ...POLICIES, ["cache-control", "no-store"]],
  },
  {
    what: "the user's lifetime on an error",
    custom: [["CACHE-CONTROL", "no-store"]],
    reply: [],
    sent: [...POLICIES, ["cache-control", "no-store"]],
  },
  {
    what: "the user's nosniff",
    custom: [["X-Content-Type-Options", ""]],
    reply: [],
    sent: [NO_CACHE, ...POLICIES.slice(1), ["x-content-type-options", ""]],
  },
  {
    what: "a header that the reply has twice",
    custom: [["link", "</c>"]],
    reply: [["link", "</a>"], ["link", "</b>"]],
    sent: [NO_CACHE, ...POLICIES, ["link", "</c>"]],
  },
  {
    what: "the user's policies",
    custom: [
      ["Referrer-Policy", "no-referrer"],
      ["Cross-Origin-Resource-Policy", "same-origin"],
    ],
    reply: [],
    sent: [
      NO_CACHE,
      NOSNIFF,
      ["referrer-policy", "no-referrer"],
      ["cross-origin-resource-policy", "same-origin"],
    ],
  },
  // RFC 9110 section 12.5.5: what a reply depends on stays true.
  {
    what: "the user's Vary beside ours",
    custom: [["Vary", "Cookie, ACCEPT"]],
    reply: [["vary", "accept"], ["vary", "accept-encoding"]],
    sent: [
      NO_CACHE,
      ...POLICIES,
      ["vary", "accept, accept-encoding, Cookie"],
    ],
  },
  {
    what: "the user's Vary alone",
    custom: [["vary", "Cookie"]],
    reply: [],
    sent: [NO_CACHE, ...POLICIES, ["vary", "Cookie"]],
  },
  {
    what: "the user's Vary of everything",
    custom: [["vary", "*"]],
    reply: [["vary", "accept"]],
    sent: [NO_CACHE, ...POLICIES, ["vary", "*"]],
  },
  {
    what: "a header that has the name of a property",
    custom: [["constructor", "a"], ["__proto__", "b"]],
    reply: [],
    sent: [NO_CACHE, ...POLICIES, ["constructor", "a"], ["__proto__", "b"]],
  },
])("createHeaderFinisher() completes $what", ({ custom, reply, sent }) => {
  const finish = createHeaderFinisher({ headers: custom, cors: null });

  assertEquals(finish(reply, { origin: "https://a.example" }), sent);
});

Deno.test("createHeaderFinisher() keeps nothing of a reply for the next", () => {
  const finish = createHeaderFinisher({
    headers: [["etag", '"x"']],
    cors: null,
  });
  const reply = Object.freeze([...FILE]);

  const first = finish(reply, { origin: null });
  const second = finish(reply, { origin: null });

  assertEquals(second, first);
  assertEquals(reply, FILE);
});

Deno.test("createHeaderFinisher() lets any page read with cors of *", () => {
  const finish = createHeaderFinisher({ headers: [], cors: ["*"] });

  const sent = new Headers(toFields(finish([], { origin: null })));

  assertEquals(sent.get("access-control-allow-origin"), "*");
  assertEquals(sent.get("access-control-allow-credentials"), null);
  assertEquals(sent.get("cross-origin-resource-policy"), "cross-origin");
  assertEquals(sent.get("vary"), null);
});

Deno.test("createHeaderFinisher() puts the origin into the Vary of a reply", () => {
  const cors = ["https://a.example"];
  const finish = createHeaderFinisher({ headers: [["vary", "Cookie"]], cors });
  const reply: HeaderPairs = [["vary", "Accept, origin"]];

  for (const origin of [null, "https://a.example", "https://b.example"]) {
    const varies = finish(reply, { origin }).filter(([name]) =>
      name === "vary"
    );

    assertEquals(varies, [["vary", "Accept, origin, Cookie"]]);
  }
});

Deno.test("createHeaderFinisher() lets the user's header win over cors", () => {
  const finish = createHeaderFinisher({
    headers: [["Access-Control-Allow-Origin", "https://c.example"]],
    cors: ["https://a.example"],
  });

  const sent = finish([], { origin: "https://a.example" })
    .filter(([name]) => name === "access-control-allow-origin");

  assertEquals(sent, [["access-control-allow-origin", "https://c.example"]]);
});

function toFields(pairs: HeaderPairs): [string, string][] {
  return pairs.map(([name, value]) => [name, value]);
}
