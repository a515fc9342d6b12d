/**
 * What a row of measurements comes to.
 *
 * @module
 */

/** The middle one; of an even number the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1
    ? upper
    : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** The value that a share (0 to 1) of all does not exceed (nearest rank). */
export function percentileOf(
  sorted: ArrayLike<number>,
  share: number,
): number {
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? NaN;
}
