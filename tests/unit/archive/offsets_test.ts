import { assertEquals, assertRejects, assertThrows } from "@std/assert";

import { addUp, frameAt, numberAt } from "../../../lib/archive/offsets.ts";
import { noPause } from "../../_support/archive.ts";

Deno.test("addUp() tells each length what is known of those before", async () => {
  const known: number[][] = [];
  const lengthOf = (frame: number, offsets: Float64Array<ArrayBuffer>) => {
    known.push([...offsets.subarray(0, frame + 1)]);
    return 10;
  };

  const offsets = await addUp({ count: 3, lengthOf }, noPause);

  assertEquals([...offsets], [0, 10, 20, 30]);
  assertEquals(known, [[0], [0, 10], [0, 10, 20]]);
});

Deno.test("addUp() lets others come first when it has much to do", async () => {
  let pauses = 0;
  const pause = () => {
    pauses++;
    return pauses % 2 === 0 ? Promise.resolve() : undefined;
  };

  const offsets = await addUp({ count: 6_400, lengthOf: () => 1 }, pause);

  assertEquals(offsets[6_400], 6_400);
  assertEquals(pauses, 100);
});

Deno.test("addUp() does not pause when there is little to do", async () => {
  const pause = () => {
    throw new Error("it paused");
  };

  const offsets = await addUp({ count: 63, lengthOf: () => 1 }, pause);

  assertEquals(offsets.length, 64);
});

Deno.test("addUp() throws when the sum is not exact", async () => {
  const lengths = { count: 2, lengthOf: () => 2 ** 52 };

  await assertRejects(() => addUp(lengths, noPause), RangeError);
});

Deno.test("numberAt() throws where there is none", () => {
  assertEquals(numberAt(Uint16Array.of(7), 0), 7);
  assertThrows(() => numberAt(Float64Array.of(7), 1), RangeError);
});

Deno.test("frameAt() finds the frame of every position", () => {
  const lengths = [3, 1, 1, 7, 2 ** 40, 2];
  const offsets = new Float64Array(lengths.length + 1);
  lengths.forEach((length, frame) => {
    offsets[frame + 1] = (offsets[frame] ?? 0) + length;
  });

  for (const [frame, length] of lengths.entries()) {
    const first = offsets[frame] ?? 0;
    assertEquals(frameAt(offsets, first), frame);
    assertEquals(frameAt(offsets, first + length - 1), frame);
  }
  assertEquals(frameAt(offsets, offsets[lengths.length] ?? 0), lengths.length);
});
