/**
 * The one error that means wrong usage: a bad flag or value.
 *
 * @module
 */

/**
 * Says what is wrong with the command line and what to do. Ends with exit
 * code 2; the message has no `error: ` in front.
 *
 * @example Usage
 * ```ts
 * import { UsageError } from "./errors.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new UsageError("Cannot share two folders").name, "UsageError");
 * ```
 */
export class UsageError extends Error {
  /** Name of the class, as error reports show it. */
  override readonly name = "UsageError";
}
