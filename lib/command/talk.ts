/**
 * What the command says to its user, and the codes that it ends with.
 *
 * @module
 */

/** How the command says something; given by `main.ts`. */
export interface Talk {
  /** Prints something to standard output. */
  readonly print: (text: string) => void;
  /** Prints one line to standard error. */
  readonly warn: (message: string) => void;
  /** Prints one line that says what is wrong, and ends the process. */
  readonly fail: (message: string, code: number) => never;
}

/** Exit code where the command was right, but could not be done. */
export const COULD_NOT_RUN = 1;

/** Exit code where the command was wrong. */
export const WRONG_USAGE = 2;
