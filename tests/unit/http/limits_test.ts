import { assert, assertEquals } from "@std/assert";

import {
  ARCHIVES_MAX,
  ARCHIVES_PER_ADDRESS_MAX,
  DRAINING_MAX,
  DRAINING_MOVING_MAX,
  EXHAUSTED_MS,
  FULL_MS,
  MOVING_MS,
  REMEMBERED_CHECKSUMS_MAX,
  REQUESTS_IN_FLIGHT_MAX,
  REQUESTS_PER_ADDRESS_MAX,
  TARGET_BYTES_MAX,
} from "../../../lib/http/limits.ts";

Deno.test("TARGET_BYTES_MAX is what RFC 9110 section 4.1 asks for at least", () => {
  assert(TARGET_BYTES_MAX >= 8_000);
});

Deno.test("REQUESTS_PER_ADDRESS_MAX is a quarter of the whole", () => {
  assertEquals(REQUESTS_PER_ADDRESS_MAX, REQUESTS_IN_FLIGHT_MAX / 4);
});

Deno.test("the limits stand in an order that makes sense of them", () => {
  assert(DRAINING_MAX < DRAINING_MOVING_MAX);
  assert(DRAINING_MOVING_MAX < REQUESTS_PER_ADDRESS_MAX);
  assert(MOVING_MS < EXHAUSTED_MS && EXHAUSTED_MS < FULL_MS);
});

Deno.test("ARCHIVES_PER_ADDRESS_MAX has room for a download in four parts, and leaves room", () => {
  assert(ARCHIVES_PER_ADDRESS_MAX > 4);
  assert(ARCHIVES_PER_ADDRESS_MAX < ARCHIVES_MAX);
});

Deno.test("REMEMBERED_CHECKSUMS_MAX is a power of two", () => {
  assertEquals(Math.log2(REMEMBERED_CHECKSUMS_MAX) % 1, 0);
});
