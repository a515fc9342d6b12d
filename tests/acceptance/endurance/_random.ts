/**
 * Random numbers that can be had again: the seed is part of the figure that a
 * program prints, and `--seed N` starts from it.
 *
 * @module
 */

/** A source of random numbers. */
export interface Random {
  /** What it started from. */
  readonly seed: number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, small ones as likely as large ones. */
  magnitude(low: number, high: number): number;
}

/** Makes a source from `--seed N`, or from a seed of its own. */
export function createRandom(): Random {
  const at = Deno.args.indexOf("--seed");
  const given = at < 0 ? NaN : Number(Deno.args[at + 1]);
  const seed = Number.isInteger(given)
    ? given
    : crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
  let state = seed >>> 0;
  // Mulberry32: 32 bits of state are plenty for choosing where to cut.
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    seed,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    magnitude: (low, high) =>
      Math.round(low * Math.exp(next() * Math.log(high / low))),
  };
}
