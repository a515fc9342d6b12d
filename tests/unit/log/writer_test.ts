import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { setUpWriter as setUp, systemError, turn } from "./_fakes.ts";

/** What the queue holds at most. */
const QUEUE_BYTES = 1_048_576;
/** With its newline a line of 1 KiB. */
const KIBIBYTE = "x".repeat(1023);

const FULL = systemError("ENOSPC");
const GONE = systemError("EPIPE", "BrokenPipe");

Deno.test("write() hands lines over within 100 ms, in one write", async () => {
  const { sink, clock, writer } = setUp();

  writer.write("one");
  writer.write("two");
  await clock.pass(0);
  const before = sink.writes;
  await clock.pass(100);

  assertEquals(before, 0);
  assertEquals(sink.text(), "one\ntwo\n");
  assertEquals(sink.writes, 1);
});

Deno.test("write() arms no timer while nothing waits", async () => {
  const { clock, writer } = setUp();

  const before = clock.armed;
  writer.write("one");
  const between = clock.armed;
  await clock.pass(100);

  assertEquals([before, between, clock.armed], [0, 1, 0]);
});

Deno.test("write() hands lines over at once when they fill a piece", async () => {
  const { sink, clock, writer } = setUp();

  for (let i = 0; i < 70; i++) writer.write(KIBIBYTE);
  await clock.pass(0);

  assert(sink.writes > 0);
});

Deno.test("write() keeps the order of 10,000 lines", async () => {
  const { sink, clock, writer } = setUp();
  const lines = Array.from({ length: 10_000 }, (_, i) => `line ${i}`);

  for (const [i, line] of lines.entries()) {
    writer.write(line);
    if (i % 1000 === 0) await clock.pass(30);
  }
  await clock.pass(100);

  assertEquals(sink.text(), lines.join("\n") + "\n");
  assertEquals(sink.mostPending, 1);
});

Deno.test("write() has one write pending when the reader is slow", async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const { sink, clock, writer } = setUp((bytes) => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise.then(() => bytes.length);
  });

  writer.write("one");
  await clock.pass(100);
  writer.write("two");
  writer.write("three");
  await clock.pass(1000);
  const writesWhileWaiting = sink.writes;
  gates[0]?.resolve();
  await clock.pass(100);
  gates[1]?.resolve();
  await clock.pass(0);

  assertEquals(writesWhileWaiting, 1);
  assertEquals(sink.mostPending, 1);
  assertEquals(sink.text(), "one\ntwo\nthree\n");
});

Deno.test("write() drops lines while the reader stalls and tells their number", async () => {
  const gate = Promise.withResolvers<void>();
  const { sink, clock, writer, reports } = setUp((bytes) =>
    gate.promise.then(() => bytes.length)
  );

  for (let i = 0; i < 100_000; i++) writer.write(KIBIBYTE);
  await clock.pass(1000);
  gate.resolve();
  await clock.pass(100);
  writer.write("after");
  await clock.pass(100);

  const lines = sink.text().trimEnd().split("\n");
  const kept = lines.filter((line) => line === KIBIBYTE).length;
  const notices = lines.filter((line) => line.startsWith("lost"));
  assertEquals(notices, [`lost ${100_000 - kept}`]);
  assertEquals(lines.at(-1), "after");
  assertEquals(lines.at(-2), notices[0]);
  // What waits, and the one piece that is being written.
  assert(kept >= 1024 && kept <= 1024 + 64, `kept ${kept}`);
  assertEquals(reports, []);
});

Deno.test("write() loses a line that is larger than the queue and goes on", async () => {
  const { sink, clock, writer } = setUp();

  writer.write("x".repeat(QUEUE_BYTES));
  writer.write("next");
  await clock.pass(100);

  assertEquals(sink.text(), "lost 1\nnext\n");
});

Deno.test("write() drops everything when the reader has gone", async () => {
  const { sink, clock, reports, writer } = setUp(() => GONE);

  writer.write("one");
  await clock.pass(100);
  for (let i = 0; i < 10_000; i++) writer.write(KIBIBYTE);
  await clock.pass(5000);

  assertEquals(sink.writes, 1);
  assertEquals(clock.armed, 0);
  assertEquals(reports.length, 1);
});

Deno.test("write() tries a full disk every second and loses nothing that fits", async () => {
  let isFull = true;
  const { sink, clock, reports, writer } = setUp((bytes) =>
    isFull ? FULL : bytes.length
  );

  writer.write("one");
  await clock.pass(5000);
  writer.write("two");
  const attempts = sink.writes;
  isFull = false;
  await clock.pass(2000);

  assertEquals(sink.text(), "one\ntwo\n");
  assert(attempts >= 4 && attempts <= 6, `${attempts} attempts`);
  assertEquals(reports.length, 1);
  assertStringIncludes(reports[0] ?? "", "ENOSPC");
});

Deno.test("write() tells how many lines a full disk cost when it has room again", async () => {
  let isFull = true;
  const { sink, clock, reports, writer } = setUp((bytes) =>
    isFull ? FULL : bytes.length
  );

  for (let i = 0; i < 5000; i++) writer.write(KIBIBYTE);
  await clock.pass(3000);
  isFull = false;
  await clock.pass(2000);

  const lines = sink.text().trimEnd().split("\n");
  assertEquals(lines.at(-1), `lost ${5000 - (lines.length - 1)}`);
  assertEquals(reports.length, 1);
});

Deno.test("flush() resolves when all is handed over, or there is nothing", async () => {
  const { sink, clock, writer } = setUp();

  await writer.flush(1000);
  writer.write("one");
  await writer.flush(1000);

  assertEquals(sink.text(), "one\n");
  assertEquals(clock.armed, 0);
});

Deno.test("flush() hands over what came while a write was pending", async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const { sink, clock, writer } = setUp((bytes) => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise.then(() => bytes.length);
  });

  writer.write("one");
  await clock.pass(100);
  writer.write("two");
  const flushed = writer.flush(1000);
  gates[0]?.resolve();
  await turn();
  gates[1]?.resolve();
  await flushed;

  assertEquals(sink.text(), "one\ntwo\n");
});

Deno.test("flush() gives up at its deadline when the reader stalls", async () => {
  const gate = Promise.withResolvers<number>();
  const { sink, clock, writer } = setUp(() => gate.promise);

  writer.write("one");
  let isFlushed = false;
  const flushed = writer.flush(1000).then(() => isFlushed = true);
  await clock.pass(999);
  const before = isFlushed;
  await clock.pass(1);
  await flushed;
  gate.resolve(4);
  await turn();

  assertEquals(before, false);
  assertEquals(sink.text(), "one\n");
});

Deno.test("flush() tries a full disk once more and does not wait for it", async () => {
  const { sink, clock, writer } = setUp(() => FULL);

  writer.write("one");
  await clock.pass(100);
  await writer.flush(1000);

  assertEquals(sink.writes, 2);
});

Deno.test("flush() resolves when the reader has gone", async () => {
  const { clock, writer } = setUp(() => GONE);

  writer.write("one");
  await writer.flush(1000);
  await writer.flush(1000);

  assertEquals(clock.armed, 0);
});

Deno.test("[Symbol.asyncDispose]() flushes and leaves no timer", async () => {
  const full = setUp(() => FULL);
  const normal = setUp();

  full.writer.write("one");
  normal.writer.write("one");
  await full.writer[Symbol.asyncDispose]();
  await normal.writer[Symbol.asyncDispose]();
  normal.writer.write("two");
  await turn();

  assertEquals(normal.sink.text(), "one\n");
  assertEquals([full.clock.armed, normal.clock.armed], [0, 0]);
});
