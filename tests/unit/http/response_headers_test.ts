import { assertEquals } from "@std/assert";

import {
  cacheControl,
  createHeaderFinisher,
} from "../../../lib/http/response_headers.ts";
import type { HeaderPairs } from "../../../lib/reply.ts";

const NOSNIFF = ["x-content-type-options", "nosniff"] as const;
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
    sent: [NO_CACHE, NOSNIFF],
  },
  {
    what: "a page",
    custom: [],
    reply: [["content-type", "text/html"]],
    sent: [["content-type", "text/html"], NO_CACHE, NOSNIFF],
  },
  {
    what: "a file with a lifetime of its own",
    custom: [],
    reply: FILE,
    sent: [...FILE, NOSNIFF],
  },
  {
    what: "a header of the user",
    custom: [["X-A", "1"]],
    reply: FILE,
    sent: [...FILE, NOSNIFF, ["x-a", "1"]],
  },
  {
    what: "two headers of one name",
    custom: [["Link", "</a>"], ["link", "</b>"]],
    reply: [],
    sent: [NO_CACHE, NOSNIFF, ["link", "</a>"], ["link", "</b>"]],
  },
  // SPEC section 1: --header wins over ours.
  {
    what: "the user's lifetime on a file",
    custom: [["Cache-Control", "no-store"]],
    reply: FILE,
    sent: [...ABOUT_FILE, NOSNIFF, ["cache-control", "no-store"]],
  },
  {
    what: "the user's lifetime on an error",
    custom: [["CACHE-CONTROL", "no-store"]],
    reply: [],
    sent: [NOSNIFF, ["cache-control", "no-store"]],
  },
  {
    what: "the user's nosniff",
    custom: [["X-Content-Type-Options", ""]],
    reply: [],
    sent: [NO_CACHE, ["x-content-type-options", ""]],
  },
  {
    what: "a header that the reply has twice",
    custom: [["vary", "origin"]],
    reply: [["vary", "accept"], ["vary", "accept-encoding"]],
    sent: [NO_CACHE, NOSNIFF, ["vary", "origin"]],
  },
  {
    what: "a header that has the name of a property",
    custom: [["constructor", "a"], ["__proto__", "b"]],
    reply: [],
    sent: [NO_CACHE, NOSNIFF, ["constructor", "a"], ["__proto__", "b"]],
  },
])("createHeaderFinisher() completes $what", ({ custom, reply, sent }) => {
  const finish = createHeaderFinisher({ headers: custom });

  assertEquals(finish(reply), sent);
});

Deno.test("createHeaderFinisher() keeps nothing of a reply for the next", () => {
  const finish = createHeaderFinisher({ headers: [["etag", '"x"']] });
  const reply = Object.freeze([...FILE]);

  const first = finish(reply);
  const second = finish(reply);

  assertEquals(second, first);
  assertEquals(reply, FILE);
});
