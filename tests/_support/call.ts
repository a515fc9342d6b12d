/**
 * A handler without a socket: a request goes in, a response comes out.
 *
 * `Request` normalises its URL, so this shows nothing about `..`, `//` or raw
 * bytes in a path: those need a real socket.
 *
 * @module
 */

import type { Handler } from "../../lib/answer.ts";
import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";

/** Where the requests seem to come from. */
export const PEER: Deno.NetAddr = Object.freeze({
  transport: "tcp",
  hostname: "192.0.2.7",
  port: 50_000,
});

/** A handler, and what it logged so far. */
export interface Logged {
  readonly handler: Handler;
  readonly records: readonly LogRecord[];
}

/** Sends a request, a GET unless told, and gives the handler's answer. */
export function get(
  handler: Handler,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const request = new Request(`http://localhost${path}`, init);
  const response = handler(request, {
    remoteAddr: PEER,
    completed: Promise.resolve(),
  });
  return Promise.resolve(response);
}

/** Makes a handler that keeps its log records. */
export async function createLogged(
  directory: string,
  options: Partial<ServeOptions> = {},
): Promise<Logged> {
  const records: LogRecord[] = [];
  const handler = await createHandler(directory, {
    ...options,
    log: (record) => void records.push(record),
  });
  return { handler, records };
}

/** Status and header fields of an answer, for comparison. Drops its body. */
export async function headOf(
  response: Response,
): Promise<{ status: number; headers: Record<string, string> }> {
  await response.body?.cancel();
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers) };
}
