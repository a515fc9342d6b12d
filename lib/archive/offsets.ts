/**
 * Where the frames of an archive begin: one number of eight bytes a frame, and
 * nothing else is kept of them.
 *
 * @module
 */

/** Ends a piece of work; a promise where others have to come first. */
export type Pause = () => Promise<void> | undefined;

/** Frames that are measured at a time: less than a millisecond. */
const PAUSE_FRAMES = 64;

/**
 * Adds up the lengths of frames.
 *
 * @param lengths Count of frames, and the length of each: asked in order, when
 * the offsets up to the frame's own are known.
 * @param pause Called from time to time.
 * @returns Where each frame begins, and at last where they end.
 * @throws {RangeError} If that is above what a number can say exactly.
 *
 * @example Usage
 * ```ts
 * import { addUp } from "./offsets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const lengths = { count: 3, lengthOf: (frame: number) => frame + 1 };
 *
 * assertEquals([...await addUp(lengths, () => undefined)], [0, 1, 3, 6]);
 * ```
 */
export async function addUp(
  lengths: {
    readonly count: number;
    readonly lengthOf: (
      frame: number,
      offsets: Float64Array<ArrayBuffer>,
    ) => number;
  },
  pause: Pause,
): Promise<Float64Array<ArrayBuffer>> {
  const offsets = new Float64Array(lengths.count + 1);
  let offset = 0;
  for (let frame = 0; frame < lengths.count; frame++) {
    offset += lengths.lengthOf(frame, offsets);
    offsets[frame + 1] = offset;
    if (frame % PAUSE_FRAMES === PAUSE_FRAMES - 1) await pause();
  }
  if (!Number.isSafeInteger(offset)) {
    throw new RangeError("Cannot make an archive of so many bytes");
  }
  return offsets;
}

/**
 * Reads a number of a list.
 *
 * @param numbers The list.
 * @param index Position in it.
 * @returns The number.
 * @throws {RangeError} If the list is shorter.
 *
 * @example Usage
 * ```ts
 * import { numberAt } from "./offsets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(numberAt(Float64Array.of(5, 6), 1), 6);
 * ```
 */
export function numberAt(
  numbers: Float64Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
  index: number,
): number {
  const value = numbers[index];
  if (value === undefined) throw new RangeError(`There is no number ${index}`);
  return value;
}

/**
 * Finds the frame in which a position is.
 *
 * @param offsets Where each frame begins, and at last where they end.
 * @param position From 0 to where they end.
 * @returns The last frame that begins there or before.
 *
 * @example Usage
 * ```ts
 * import { frameAt } from "./offsets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const offsets = Float64Array.of(0, 10, 30);
 *
 * assertEquals(frameAt(offsets, 9), 0);
 * assertEquals(frameAt(offsets, 10), 1);
 * ```
 */
export function frameAt(
  offsets: Float64Array<ArrayBuffer>,
  position: number,
): number {
  let first = 0;
  let behind = offsets.length;
  while (behind - first > 1) {
    const middle = Math.floor((first + behind) / 2);
    if (numberAt(offsets, middle) <= position) first = middle;
    else behind = middle;
  }
  return first;
}
