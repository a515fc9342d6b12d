import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { LineQueue } from "../../lib/log/line_queue.ts";

const ENCODER = new TextEncoder();

/** Lines of one to three bytes a character, short and longer than a piece. */
const line = fc.tuple(
  fc.constantFrom("", "x", "é", "☃", "🙂", "\ud800", "ab☃"),
  fc.oneof(
    fc.nat({ max: 40 }),
    fc.nat({ max: 2_000 }),
    fc.constantFrom(30_000, 70_000),
  ),
).map(([unit, times]) => unit.repeat(times));

/** A line that comes, or `null` where a piece is taken. */
const steps = fc.array(fc.option(line, { freq: 8 }), { maxLength: 400 });

Deno.test("a queue takes a line exactly when its bytes have room, and gives each whole, once, in order", () => {
  const limit = fc.constantFrom(100, 10_000, 100_000, 1_048_576);

  fc.assert(fc.property(limit, steps, (limitBytes, steps) => {
    const queue = new LineQueue(limitBytes);
    const waiting: Uint8Array[] = [];
    let bytes = 0;
    const take = () => {
      const piece = queue.take();
      assertEquals(piece, linesOf(waiting, piece.length));
      bytes -= piece.length;
      assertEquals(queue.bytes, bytes);
    };

    for (const step of steps) {
      if (step === null) {
        take();
        continue;
      }
      const encoded = ENCODER.encode(`${step}\n`);
      const hasRoom = bytes + encoded.length <= limitBytes;
      assertEquals(queue.push(step), hasRoom);
      if (!hasRoom) continue;
      waiting.push(encoded);
      bytes += encoded.length;
      // Asked seldom: the answer counts what was not counted yet.
      if (step.length % 7 === 0) assertEquals(queue.bytes, bytes);
    }
    while (queue.bytes > 0) take();
    assertEquals(waiting, []);
  }));
});

/** Removes the first lines, which must have just so many bytes. */
function linesOf(lines: Uint8Array[], byteLength: number): Uint8Array {
  const bytes = new Uint8Array(byteLength);
  let used = 0;
  while (used < byteLength) {
    const line = lines.shift();
    assert(line !== undefined && used + line.length <= byteLength, "cut");
    bytes.set(line, used);
    used += line.length;
  }
  return bytes;
}
