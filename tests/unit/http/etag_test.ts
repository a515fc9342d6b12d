import { assertEquals, assertNotEquals } from "@std/assert";

import {
  NO_VALIDATORS,
  type TimeWorth,
  timeWorth,
  validatorHeaders,
  validatorsOf,
  validatorsOfBytes,
} from "../../../lib/http/etag.ts";

const NOW = Date.UTC(2024, 5, 1);
const OLD = Date.UTC(2024, 4, 6, 7, 8, 9);

Deno.test.each<{ what: string; modified: number | null; worth: TimeWorth }>([
  { what: "last month", modified: OLD, worth: "good" },
  { what: "1980", modified: Date.UTC(1980), worth: "good" },
  // SPEC section 4: younger than two seconds, or from the future.
  { what: "2.001 s ago", modified: NOW - 2_001, worth: "good" },
  { what: "2 s ago", modified: NOW - 2_000, worth: "good" },
  { what: "1.999 s ago", modified: NOW - 1_999, worth: "young" },
  { what: "now", modified: NOW, worth: "young" },
  { what: "in a millisecond", modified: NOW + 1, worth: "young" },
  { what: "next year", modified: Date.UTC(2025), worth: "young" },
  { what: "the end of time", modified: 8.64e15, worth: "young" },
  // SPEC section 4: 0 or 1 s after the epoch.
  { what: "the epoch", modified: 0, worth: "meaningless" },
  { what: "1 s after it", modified: 1_000, worth: "meaningless" },
  { what: "1.999 s after it", modified: 1_999, worth: "meaningless" },
  { what: "2 s after it", modified: 2_000, worth: "good" },
  { what: "before the epoch", modified: -1, worth: "meaningless" },
  // SPEC section 4: npm's 1985-10-26.
  {
    what: "npm's time",
    modified: Date.UTC(1985, 9, 26, 8, 15),
    worth: "meaningless",
  },
  {
    what: "noon of npm's day",
    modified: Date.UTC(1985, 9, 26, 12),
    worth: "meaningless",
  },
  {
    what: "the week before npm's",
    modified: Date.UTC(1985, 9, 19),
    worth: "good",
  },
  {
    what: "the day after npm's",
    modified: Date.UTC(1985, 9, 27),
    worth: "good",
  },
  { what: "unknown", modified: null, worth: "meaningless" },
])("timeWorth() of $what is $worth", ({ modified, worth }) => {
  assertEquals(timeWorth(modified, NOW), worth);
});

Deno.test("timeWorth() is meaningless before it is young", () => {
  assertEquals(timeWorth(1_000, 500), "meaningless");
});

Deno.test("validatorsOf() tells size and millisecond apart", () => {
  const { etag, lastModified } = validatorsOf({ size: 5, modified: OLD });

  const bigger = validatorsOf({ size: 6, modified: OLD });
  const later = validatorsOf({ size: 5, modified: OLD + 1 });

  assertNotEquals(bigger.etag, etag);
  assertNotEquals(later.etag, etag);
  // RFC 9110 section 8.8.2: a date has whole seconds.
  assertEquals(later.lastModified, lastModified);
});

Deno.test.each<{ size: number; modified: number; etag: string }>([
  // RFC 9110 section 8.8.3: quotes, no `W/`; size and time do not run together.
  { size: 0, modified: 2_000, etag: '"0-7d0"' },
  { size: 17, modified: 4_096, etag: '"11-1000"' },
  { size: 1, modified: 0x11000, etag: '"1-11000"' },
  // 9 PB, beyond 32 bits.
  { size: 2 ** 53 - 1, modified: 2_000, etag: '"1fffffffffffff-7d0"' },
])("validatorsOf() $size bytes and $modified is $etag", (row) => {
  const { size, modified } = row;

  assertEquals(validatorsOf({ size, modified }).etag, row.etag);
});

Deno.test("validatorsOf() rounds the time down", () => {
  const { lastModified } = validatorsOf({ size: 0, modified: OLD + 999 });

  assertEquals(lastModified, OLD);
});

Deno.test("validatorsOf() an unknown time gives none", () => {
  assertEquals(validatorsOf({ size: 5, modified: null }), NO_VALIDATORS);
  assertEquals(NO_VALIDATORS, { etag: null, lastModified: null });
});

Deno.test("validatorsOfBytes() writes every byte with two digits", () => {
  const digest = new Uint8Array([0, 1, 16, 255]).buffer;

  assertEquals(validatorsOfBytes(digest), {
    etag: '"000110ff"',
    lastModified: null,
  });
});

Deno.test("validatorHeaders() names only what there is", () => {
  const date = "Mon, 06 May 2024 07:08:09 GMT";

  assertEquals(validatorHeaders(NO_VALIDATORS), []);
  assertEquals(validatorHeaders({ etag: '"a"', lastModified: null }), [
    ["etag", '"a"'],
  ]);
  assertEquals(validatorHeaders({ etag: null, lastModified: OLD }), [
    ["last-modified", date],
  ]);
  assertEquals(validatorHeaders({ etag: '"a"', lastModified: OLD }), [
    ["etag", '"a"'],
    ["last-modified", date],
  ]);
});
