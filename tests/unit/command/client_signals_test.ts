import { assert, assertEquals, assertStrictEquals } from "@std/assert";

import { createClientSignals } from "../../../lib/command/client_signals.ts";

const REMARK =
  "Deno.serve: request.signal aborts on successful responses (legacy behavior)";

/** A console that keeps what was said. */
function setUp() {
  const said: unknown[][] = [];
  const remarks = { warn: (...data: unknown[]) => void said.push(data) };
  return { said, remarks, warn: remarks.warn };
}

Deno.test("signalOf() gives the signal of a request", () => {
  const leaving = new AbortController();
  const request = new Request("http://localhost/", { signal: leaving.signal });
  const signal = createClientSignals(setUp().remarks)(request);
  const before = signal.aborted;

  leaving.abort();

  assertEquals([before, signal.aborted], [false, true]);
});

Deno.test("signalOf() withholds the remark of the runtime, and nothing else", () => {
  const { said, remarks, warn } = setUp();
  const signalOf = createClientSignals(remarks);
  const untouched = remarks.warn;
  signalOf(new Request("http://localhost/"));
  signalOf(new Request("http://localhost/"));

  remarks.warn("another", 1);
  remarks.warn(REMARK);
  remarks.warn(new Error("third"));

  assertStrictEquals(untouched, warn);
  assertStrictEquals(remarks.warn, warn);
  assertEquals(said[0], ["another", 1]);
  assert(said[1]?.[0] instanceof Error);
  assertEquals(said.length, 2);
});
