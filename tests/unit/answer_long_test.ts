import { assertEquals } from "@std/assert";

import { createMemoryAnswer, isLong } from "../../lib/answer_long.ts";
import type { Context } from "../../lib/http/context.ts";
import type { Reply } from "../../lib/reply.ts";

function replyOf(length: number): Reply {
  const bytes = new Uint8Array(length);
  return { status: 200, headers: [], body: { kind: "bytes", bytes } };
}

Deno.test.each<{
  method: string;
  protocol: Context["protocol"];
  length: number;
  long: boolean;
}>([
  { method: "GET", protocol: "HTTP/1.1", length: 262_144, long: false },
  { method: "GET", protocol: "HTTP/1.1", length: 262_145, long: true },
  { method: "HEAD", protocol: "HTTP/1.1", length: 262_145, long: false },
  { method: "GET", protocol: "HTTP/2.0", length: 16_384, long: false },
  { method: "GET", protocol: "HTTP/2.0", length: 16_385, long: true },
])("$length bytes for a $method over $protocol are long: $long", (row) => {
  assertEquals(isLong(row, replyOf(row.length)), row.long);
});

Deno.test("what is in pieces is not copied from a finished response", async () => {
  const context = { method: "GET", protocol: "HTTP/2.0" } as Context;
  const fromMemory = createMemoryAnswer("released");

  const short = fromMemory(context, replyOf(1), "ada");
  const long = fromMemory(context, replyOf(300_000), "ada");

  assertEquals(short instanceof Promise, false);
  assertEquals((await short).isKept, true);
  const { reply, user, isKept } = await long;
  assertEquals([reply.body.kind, user, isKept], ["source", "ada", false]);
});

Deno.test("what is long is whole over HTTP/1.1, and has a place", async () => {
  const context = { method: "GET", protocol: "HTTP/1.1" } as Context;
  const fromMemory = createMemoryAnswer("released");

  const long = fromMemory(context, replyOf(300_000), "ada");

  assertEquals(long instanceof Promise, true);
  const { reply, isKept } = await long;
  assertEquals([reply.body.kind, isKept], ["bytes", true]);
});
