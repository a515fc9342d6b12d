/**
 * How a process that was started with fewer permissions is told what to do. Its
 * standard input is a pipe from the process that started it: first one line
 * with all that it may not look up itself, then one line for each signal. The
 * end of the pipe is the end of that process, whatever ended it.
 *
 * Reading standard input needs no permission, and a read that waits costs one
 * of the runtime's blocking threads and nothing else.
 *
 * @module
 */

import type { CommandOptions } from "../options.ts";
import type { Machine } from "./machine.ts";

/** What the process is told. */
export interface Orders {
  /** What the user asked for, with path and port as they were found. */
  readonly options: CommandOptions;
  /** What is known about the machine. */
  readonly machine: Machine;
  /** Ports that were tried before and are taken. */
  readonly taken: readonly number[];
}

/** The pipe after its first line. */
export interface Control {
  /** Resolves to the next signal, or to `null` when the pipe has ended. */
  readonly next: () => Promise<Deno.Signal | null>;
}

/**
 * The one argument of a process that is told what to do by its standard input.
 * It is no flag: nobody is meant to give it, and it gives nobody a permission.
 */
export const TOLD = "--told-by-parent";

/**
 * What a pipe holds at most, four times over (64 KiB where pages have 4 KiB).
 * The first line is longer than that: to have written it is to know that the
 * other side reads, which it does when all of its modules are loaded.
 */
const FIRST_LINE_BYTES = 256 * 1024;

/** A signal that can be handed on. */
const SIGNALS: readonly Deno.Signal[] = [
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
  "SIGBREAK",
];

/**
 * Writes the first line.
 *
 * @param orders What the process is told.
 * @returns The line, longer than a pipe holds.
 *
 * @example Usage
 * ```ts
 * import { COMMAND_DEFAULTS } from "../options.ts";
 * import { ordersLine } from "./orders.ts";
 * import { assert } from "@std/assert";
 *
 * const machine = { home: null, hostName: null, interfaces: null };
 * const line = ordersLine({ options: COMMAND_DEFAULTS, machine, taken: [] });
 *
 * assert(line.length > 65_536);
 * ```
 */
export function ordersLine(orders: Orders): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(orders);
  return new TextEncoder().encode(`${json.padStart(FIRST_LINE_BYTES)}\n`);
}

/**
 * Reads the first line.
 *
 * @param source Standard input.
 * @returns What the process is told, and the pipe for the rest.
 * @throws {SyntaxError} If the pipe holds something else.
 *
 * @example Usage
 * ```ts ignore
 * import { readOrders } from "./orders.ts";
 *
 * const { orders, control } = await readOrders(Deno.stdin);
 * ```
 */
export async function readOrders(
  source: Pick<typeof Deno.stdin, "read">,
): Promise<{ readonly orders: Orders; readonly control: Control }> {
  const lines = linesOf(source);
  const { value } = await lines.next();
  const orders: Orders = JSON.parse(value ?? "");
  return {
    orders,
    control: {
      async next() {
        for (;;) {
          const { value, done } = await lines.next();
          if (done) return null;
          const signal = SIGNALS.find((name) => name === value);
          if (signal !== undefined) return signal;
        }
      },
    },
  };
}

async function* linesOf(
  source: Pick<typeof Deno.stdin, "read">,
): AsyncGenerator<string, void> {
  const buffer = new Uint8Array(64 * 1024);
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const count = await source.read(buffer);
    if (count === null) return;
    const piece = decoder.decode(buffer.subarray(0, count), { stream: true });
    // The piece alone is looked through: the first line is long.
    const [end = "", ...others] = piece.split("\n");
    text += end;
    for (const next of others) {
      yield text;
      text = next;
    }
  }
}
