import { assertEquals } from "@std/assert";

import { sectionsIn } from "../../../lib/archive/frames.ts";

// Heads of 2, files of 3 and 0, tails of 1 and 0: HHFFFT HH.
const FRAMES = {
  offsets: Float64Array.of(0, 6, 8),
  sizeOf: (frame: number) => frame === 0 ? 3 : 0,
  tailLengthOf: (frame: number) => frame === 0 ? 1 : 0,
};

Deno.test("sectionsIn() gives all parts that are not empty", () => {
  const sections = [...sectionsIn(FRAMES, 0, 8)];

  assertEquals(sections, [
    { kind: "head", frame: 0, length: 2, start: 0, end: 2 },
    { kind: "file", frame: 0, length: 3, start: 0, end: 3 },
    { kind: "tail", frame: 0, length: 1, start: 0, end: 1 },
    { kind: "head", frame: 1, length: 2, start: 0, end: 2 },
  ]);
});

Deno.test("sectionsIn() gives for every range exactly its bytes", () => {
  const all = ["h00", "h01", "f00", "f01", "f02", "t00", "h10", "h11"];
  for (let start = 0; start <= all.length; start++) {
    for (let end = start; end <= all.length; end++) {
      const bytes: string[] = [];
      for (const section of sectionsIn(FRAMES, start, end)) {
        for (let at = section.start; at < section.end; at++) {
          bytes.push(`${section.kind[0]}${section.frame}${at}`);
        }
      }
      assertEquals(bytes, all.slice(start, end));
    }
  }
});
