/**
 * Which known word somebody may have meant, for messages about unknown ones.
 *
 * @module
 */

import { closestString } from "@std/text/closest-string";

/** Longer words than this were not meant to be any of ours. */
const LENGTH_LIMIT = 40;

/**
 * Finds the known word that an unknown one was probably meant to be: one that
 * contains it, has the same letters in another order, or needs few changes.
 *
 * @param word What was written.
 * @param known The words that exist.
 * @returns The nearest of them, or `undefined` when none is near.
 *
 * @example Usage
 * ```ts
 * import { suggestionFor } from "./suggestion.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(suggestionFor("prot", ["port", "bind"]), "port");
 * assertEquals(suggestionFor("dir", ["directory", "bind"]), "directory");
 * assertEquals(suggestionFor("xyz", ["port", "bind"]), undefined);
 * ```
 */
export function suggestionFor(
  word: string,
  known: readonly string[],
): string | undefined {
  const given = word.toLowerCase();
  if (given.length > LENGTH_LIMIT) return undefined;
  return known.find((each) => given.length > 2 && each.includes(given)) ??
    known.find((each) => lettersOf(each) === lettersOf(given)) ??
    closestWithin(
      given,
      known.filter((each) => isNegated(each) === isNegated(given)),
    );
}

/** A flag that does the opposite is never what was meant. */
function isNegated(word: string): boolean {
  return word.startsWith("no-");
}

function lettersOf(word: string): string {
  return [...word].sort().join("");
}

/**
 * The closest word that needs no more changes than a slip of the hand makes.
 * A word that needs one more stands first among the candidates: whatever is
 * not nearer than that loses to it.
 */
function closestWithin(
  given: string,
  known: readonly string[],
): string | undefined {
  const tooMany = changesAllowed(given.length) + 1;
  const tooFar = given + "\0".repeat(tooMany);
  const closest = closestString(given, [tooFar, ...known]);
  return closest === tooFar ? undefined : closest;
}

/** With more changes, short words become likely that have nothing in common. */
function changesAllowed(length: number): number {
  if (length < 3) return 0;
  return length < 6 ? 1 : length < 10 ? 2 : 3;
}
