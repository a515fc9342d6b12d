/**
 * The QR code of the start page, or why there is none. Loaded only where one is
 * asked for.
 *
 * @module
 */

import { qrText } from "../cli/qr_text.ts";
import type { StartFacts } from "../cli/start_page.ts";
import { isLoopback } from "../http/loopback.ts";
import { qrCode } from "../qr_code.ts";
import type { Machine } from "./machine.ts";

/** What the start page tells about the QR code. */
export type QrFacts = Pick<StartFacts, "qr" | "warnings">;

/**
 * Draws the QR code of the best network address.
 *
 * @param facts What the start page tells so far.
 * @param machine What is known about the machine.
 * @returns The code, or one more warning that says why there is none.
 *
 * @example Usage
 * ```ts
 * import { qrFacts } from "./qr_facts.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const facts = {
 *   bind: "127.0.0.1",
 *   networkUrls: [],
 *   color: false,
 *   warnings: [],
 * };
 *
 * assertEquals(qrFacts(facts, { interfaces: null }), {
 *   qr: null,
 *   warnings: [
 *     "no QR code: only this machine reaches 127.0.0.1; leave out --bind",
 *   ],
 * });
 * ```
 */
export function qrFacts(
  facts: Pick<StartFacts, "bind" | "networkUrls" | "color" | "warnings">,
  machine: Pick<Machine, "interfaces">,
): QrFacts {
  const { networkUrls: [best], warnings, color } = facts;
  const code = best === undefined ? null : qrCode(best);
  return code === null
    ? {
      qr: null,
      warnings: [...warnings, `no QR code: ${why(facts, machine)}`],
    }
    : { qr: qrText(code, { color }), warnings };
}

function why(
  { bind }: Pick<StartFacts, "bind">,
  { interfaces }: Pick<Machine, "interfaces">,
): string {
  if (isLoopback(bind)) {
    return `only this machine reaches ${bind}; leave out --bind`;
  }
  return interfaces === null
    ? "the network address may not be looked up; " +
      "run with --allow-sys=networkInterfaces"
    : "this machine has no network address";
}
