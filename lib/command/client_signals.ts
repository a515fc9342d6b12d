/**
 * Which clients leave before their answer. The runtime tells it by the signal
 * of a request alone (`info.completed` waits for the answer), and once remarks
 * on standard error that the signal aborts after a success as well.
 *
 * @module
 */

/** What the runtime writes its remark with. */
export type Remarks = Pick<Console, "warn">;

const REMARK = "Deno.serve: request.signal aborts on successful responses";

/**
 * Makes the function that gives the signal of a request.
 *
 * @param remarks Console of the runtime. Its one remark on signals, which is
 * for the programmer, is withheld from the operator; all others pass.
 * @returns A function from a request to its signal. It aborts as soon as the
 * client has left, and in most versions of the runtime when it was answered.
 *
 * @example Usage
 * ```ts
 * import { createClientSignals } from "./client_signals.ts";
 * import { assert } from "@std/assert";
 *
 * const signalOf = createClientSignals({ warn: () => {} });
 *
 * assert(!signalOf(new Request("http://localhost/")).aborted);
 * ```
 */
export function createClientSignals(
  remarks: Remarks,
): (request: Request) => AbortSignal {
  let isWatching = false;
  return (request) => {
    if (!isWatching) withholdOnce(remarks);
    isWatching = true;
    return request.signal;
  };
}

function withholdOnce(remarks: Remarks): void {
  const { warn } = remarks;
  remarks.warn = (...data) => {
    const [text] = data;
    if (typeof text !== "string" || !text.startsWith(REMARK)) {
      return warn.apply(remarks, data);
    }
    // It is made once only.
    remarks.warn = warn;
  };
}
