import { assertEquals, assertNotEquals } from "@std/assert";

import { createFingerprint } from "../../../lib/auth/fingerprint.ts";

Deno.test("createFingerprint() gives SHA-256 of key and text", async () => {
  const key = new Uint8Array([1, 2, 3]);
  const expected = await crypto.subtle.digest(
    "SHA-256",
    new Uint8Array([1, 2, 3, 0xc3, 0xa9]),
  );

  const fingerprint = await createFingerprint(key);

  assertEquals(
    fingerprint("é"),
    btoa(String.fromCharCode(...new Uint8Array(expected))),
  );
});

Deno.test("createFingerprint() gives others with another key", async () => {
  const first = await createFingerprint(new Uint8Array(32));
  const second = await createFingerprint(new Uint8Array(32).fill(1));

  assertNotEquals(first("a"), second("a"));
});
