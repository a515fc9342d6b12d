/**
 * The program of each system that opens a URL in the browser of its user.
 *
 * @module
 */

/** A program, and what it is given before the URL. */
export interface Opener {
  /** Name of the program, as `--allow-run` wants it. */
  readonly program: string;
  /** Arguments before the URL. */
  readonly args: readonly string[];
}

/**
 * Names the program that opens a browser. None of them is a shell: what a URL
 * holds is never a command.
 *
 * @param os Operating system.
 * @returns The program.
 *
 * @example Usage
 * ```ts
 * import { openerOf } from "./opener.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(openerOf("linux"), { program: "xdg-open", args: [] });
 * ```
 */
export function openerOf(os: typeof Deno.build.os): Opener {
  switch (os) {
    case "darwin":
      return { program: "open", args: [] };
    case "windows":
      return { program: "rundll32", args: ["url.dll,FileProtocolHandler"] };
    default:
      return { program: "xdg-open", args: [] };
  }
}
