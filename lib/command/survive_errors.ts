/**
 * Errors that nobody caught: reported, and survived.
 *
 * @module
 */

/**
 * Reports what nobody caught in place of ending the process: a bug in one
 * answer or in a timer is no reason to stop the others.
 *
 * @param note Writes a remark for the operator.
 *
 * @example Usage
 * ```ts ignore
 * import { surviveErrors } from "./survive_errors.ts";
 *
 * surviveErrors(log.note);
 * ```
 */
export function surviveErrors(note: (message: string) => void): void {
  const report = (error: unknown) =>
    note(`error: ${error instanceof Error ? error.stack : error}`);
  addEventListener("error", (event) => {
    event.preventDefault();
    report(event.error);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report(event.reason);
  });
}
