/**
 * Which parts of an archive's frames a range of its bytes is made of. A frame
 * is a head, the bytes of a file, and a tail; the last two may be empty.
 *
 * @module
 */

import { frameAt, numberAt } from "./offsets.ts";

/** The parts that an archive is made of. */
export interface Frames {
  /** Where each frame begins, and at last where the archive ends. */
  readonly offsets: Float64Array<ArrayBuffer>;
  /** Bytes of the file in a frame; the first frames are those of the entries. */
  readonly sizeOf: (frame: number) => number;
  /** Bytes behind the file in a frame. */
  readonly tailLengthOf: (frame: number) => number;
}

/** A part of a frame. */
export interface Section {
  /** Which part. */
  readonly kind: "head" | "file" | "tail";
  /** Number of the frame. */
  readonly frame: number;
  /** Bytes of the whole part. */
  readonly length: number;
  /** Where in it begins what is in the range. */
  readonly start: number;
  /** Where in it ends what is in the range; behind `start`. */
  readonly end: number;
}

/**
 * Finds the parts of frames that a range is made of.
 *
 * @param frames The frames.
 * @param start Position of the first byte.
 * @param end Position behind the last byte.
 * @returns The parts in order, none of them empty.
 *
 * @example Usage
 * ```ts
 * import { sectionsIn } from "./frames.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const frames = {
 *   offsets: Float64Array.of(0, 5, 10),
 *   sizeOf: () => 3,
 *   tailLengthOf: () => 0,
 * };
 *
 * assertEquals([...sectionsIn(frames, 4, 6)], [
 *   { kind: "file", frame: 0, length: 3, start: 2, end: 3 },
 *   { kind: "head", frame: 1, length: 2, start: 0, end: 1 },
 * ]);
 * ```
 */
export function* sectionsIn(
  frames: Frames,
  start: number,
  end: number,
): Generator<Section, void> {
  if (start === end) return;
  const { offsets } = frames;
  for (let frame = frameAt(offsets, start);; frame++) {
    const from = numberAt(offsets, frame);
    if (from >= end) return;
    const behind = numberAt(offsets, frame + 1);
    const fileEnd = behind - frames.tailLengthOf(frame);
    const fileStart = fileEnd - frames.sizeOf(frame);
    const parts = [
      ["head", from, fileStart],
      ["file", fileStart, fileEnd],
      ["tail", fileEnd, behind],
    ] as const;
    for (const [kind, first, last] of parts) {
      if (first === last || last <= start || first >= end) continue;
      yield {
        kind,
        frame,
        length: last - first,
        start: Math.max(start - first, 0),
        end: Math.min(end, last) - first,
      };
    }
    if (behind >= end) return;
  }
}
