/**
 * What the clients of the mixed load have seen, added up.
 *
 * @module
 */

/** What clients saw. */
export class Tally {
  /** How often each status came. */
  readonly statuses: Map<number, number> = new Map();
  /** How often each kind of client has done what it does. */
  readonly done: Map<string, number> = new Map();
  /** What must not be; the first ones. */
  readonly faults: string[] = [];
  /** Bodies and pieces of bodies that are not what the file holds. */
  wrong = 0;
  /** Bytes that were compared with the file. */
  compared = 0;

  /** Counts something that a client has done. */
  count(kind: string): void {
    this.done.set(kind, (this.done.get(kind) ?? 0) + 1);
  }

  /** Counts answers. */
  answer(status: number, count = 1): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + count);
  }

  /** Remembers what must not be. */
  fault(text: string): void {
    if (this.faults.length < 20) this.faults.push(text);
  }
}

/** Counts as one line, the largest numbers as people write them. */
export function showCounts(
  counts: Iterable<readonly [string | number, number]>,
): string {
  return [...counts]
    .sort(([a], [b]) => String(a).localeCompare(String(b)))
    .map(([what, count]) => `${what}: ${count.toLocaleString("en")}`)
    .join(", ");
}
