/**
 * What the README tells people to put into their files: the tests run exactly
 * that.
 *
 * @module
 */

import { join } from "@std/path";

import { REPOSITORY } from "../_support/cli.ts";
import { markedBlock } from "../acceptance/clients/_readme.ts";

/** Gives the block that follows a comment such as `<!-- nginx -->`. */
export async function readmeBlock(marker: string): Promise<string> {
  const path = join(REPOSITORY, "README.md");
  return markedBlock(await Deno.readTextFile(path), marker);
}

/**
 * Replaces a part of a configuration that is not the same on every machine.
 *
 * @throws {Error} If it is not there.
 */
export function replaced(text: string, part: string, other: string): string {
  if (!text.includes(part)) throw new Error(`No ${part} in:\n${text}`);
  return text.replaceAll(part, other);
}
