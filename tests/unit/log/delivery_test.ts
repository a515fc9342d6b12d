import { assertEquals } from "@std/assert";

import { Delivery } from "../../../lib/log/delivery.ts";
import { fakeClock, fakeSink, type Step, systemError, turn } from "./_fakes.ts";

const FULL = systemError("ENOSPC");

/** A delivery to a sink that does `steps` and then takes everything. */
function setUp(steps: readonly Step[]) {
  const sink = fakeSink((bytes, index) => steps[index] ?? bytes.length);
  const clock = fakeClock();
  const heard: string[] = [];
  const delivery = new Delivery(sink, {
    report: (message) => heard.push(message),
    schedule: clock.schedule,
    onFailure: () => heard.push("failure"),
  });
  return { sink, clock, heard, delivery };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("deliver() continues partial writes, also within a character", async () => {
  const { sink, delivery } = setUp([2, 1, 2, 1]);

  await delivery.deliver(bytesOf("añb☃c"));

  assertEquals(sink.text(), "añb☃c");
  assertEquals(sink.writes, 5);
});

Deno.test.each([
  { name: "EPIPE", error: systemError("EPIPE", "BrokenPipe") },
  { name: "a reset", error: systemError("ECONNRESET", "ConnectionReset") },
  { name: "a closed resource", error: systemError("", "BadResource") },
  { name: "EBADF", error: systemError("EBADF") },
])("deliver() stops for good after $name", async ({ error }) => {
  const { sink, clock, heard, delivery } = setUp([error]);

  await delivery.deliver(bytesOf("one"));
  await delivery.deliver(bytesOf("two"));

  assertEquals(sink.writes, 1);
  assertEquals(clock.armed, 0);
  assertEquals(delivery.isOver, true);
  assertEquals(heard, [
    "The access log has ended: its reader has gone",
    "failure",
  ]);
});

Deno.test("deliver() says why it cannot write, and once", async () => {
  const { sink, clock, heard, delivery } = setUp([FULL, FULL]);

  const delivered = delivery.deliver(bytesOf("one"));
  await clock.pass(3000);
  await delivered;

  assertEquals(sink.text(), "one");
  assertEquals(heard, [
    "Cannot write the access log, trying again every second: ENOSPC (os error)",
    "failure",
    "failure",
  ]);
});

Deno.test("deliver() says it again when a disk that worked is full again", async () => {
  const { clock, heard, delivery } = setUp([FULL, FULL, 3, FULL]);

  const first = delivery.deliver(bytesOf("one"));
  await clock.pass(3000);
  await first;
  const second = delivery.deliver(bytesOf("two"));
  await clock.pass(3000);
  await second;

  assertEquals(heard.filter((message) => message !== "failure").length, 2);
});

Deno.test("deliver() finishes the half line that a full disk took", async () => {
  const { sink, clock, delivery } = setUp([3, FULL]);

  const delivered = delivery.deliver(bytesOf("a whole line"));
  await clock.pass(2000);
  await delivered;

  assertEquals(sink.text(), "a whole line");
});

Deno.test.each<{ name: string; step: Step }>([
  { name: "EAGAIN", step: systemError("EAGAIN", "WouldBlock") },
  { name: "EINTR", step: systemError("EINTR", "Interrupted") },
  { name: "a write of no bytes", step: 0 },
])(
  "deliver() tries again soon, and says nothing, after $name",
  async ({ step }) => {
    const { sink, clock, heard, delivery } = setUp([step, step]);

    const delivered = delivery.deliver(bytesOf("one"));
    await clock.pass(200);
    await delivered;

    assertEquals(sink.text(), "one");
    assertEquals(heard, []);
  },
);

Deno.test("deliver() survives a sink that throws at once and a report that throws", async () => {
  const delivery = new Delivery({
    write: () => {
      throw systemError("EPIPE", "BrokenPipe");
    },
  }, {
    report: () => {
      throw new Error("no place to say it");
    },
    schedule: fakeClock().schedule,
    onFailure: () => {},
  });

  await delivery.deliver(bytesOf("one"));

  assertEquals(delivery.isOver, true);
});

Deno.test("hurry() ends the pause after a failure", async () => {
  const { sink, clock, delivery } = setUp([FULL]);

  const delivered = delivery.deliver(bytesOf("one"));
  await turn();
  delivery.hurry();
  await delivered;

  assertEquals(sink.text(), "one");
  assertEquals(clock.armed, 0);
});

Deno.test("stop() ends a delivery that pauses, and all later ones", async () => {
  const { sink, clock, delivery } = setUp([FULL]);

  const delivered = delivery.deliver(bytesOf("one"));
  await turn();
  delivery.stop();
  await delivered;
  await delivery.deliver(bytesOf("two"));

  assertEquals(sink.writes, 1);
  assertEquals(clock.armed, 0);
});
