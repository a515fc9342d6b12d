/**
 * A site within the executable: a folder that was put into it when it was
 * compiled. The runtime shows it as files beside the main module.
 *
 * @module
 */

/** What is known of the program. */
interface Program {
  /** Whether it is an executable. */
  readonly isStandalone: boolean;
  /** Its main module, as a URL. */
  readonly mainModule: string;
}

/** The folder, beside the main module. */
const SITE = "./public";

/**
 * Finds the site within the executable.
 *
 * @param program What is known of the program.
 * @returns Canonical path of the folder, or `null` where there is none.
 *
 * @example Usage
 * ```ts
 * import { embeddedSite } from "./embedded_site.ts";
 * import { assertEquals } from "@std/assert";
 *
 * // This program is none.
 * assertEquals(embeddedSite(), null);
 * ```
 */
export function embeddedSite(
  { isStandalone, mainModule }: Program = thisProgram(),
): string | null {
  if (!isStandalone) return null;
  try {
    const folder = new URL(SITE, mainModule);
    return Deno.statSync(folder).isDirectory ? Deno.realPathSync(folder) : null;
  } catch (error) {
    // What was put there may always be looked at.
    const isAbsent = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable;
    if (isAbsent) return null;
    throw error;
  }
}

function thisProgram(): Program {
  return {
    isStandalone: Deno.build.standalone,
    mainModule: Deno.mainModule,
  };
}
