/**
 * Drives a server with `wrk`.
 *
 * @module
 */

import type { Address } from "../_support/raw.ts";
import { programOf } from "./servers.ts";

/** What to send. */
export interface WrkRequest {
  readonly kind: "same" | "ranges" | "many";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly connections: number;
}

/** What came back. */
export interface Load {
  /** Answers that came whole. */
  readonly requests: number;
  readonly seconds: number;
  /** All bytes read, also of answers that were not whole at the end. */
  readonly bytes: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Answers with a status of 400 and above. */
  readonly refused: number;
}

/** Runs `wrk` with one thread. */
export async function runWrk(
  { hostname, port }: Address,
  request: WrkRequest,
): Promise<Load> {
  const { success, stdout, stderr } = await new Deno.Command("wrk", {
    args: [
      "--threads=1",
      `--connections=${request.connections}`,
      `--duration=${request.seconds}s`,
      "--timeout=60s",
      `--script=${programOf("wrk.lua")}`,
      `http://${hostname}:${port}/`,
      "--",
      request.kind,
      request.method,
      request.path,
      ...Object.entries(request.headers).flat(),
    ],
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) {
    throw new Error(`wrk failed: ${text}${new TextDecoder().decode(stderr)}`);
  }
  return parseWrk(text);
}

/** Reads the last line, which `wrk.lua` prints. */
export function parseWrk(text: string): Load {
  const line = text.trimEnd().split("\n").at(-1) ?? "";
  if (!line.startsWith("{")) throw new Error(`wrk said nothing: ${text}`);
  return JSON.parse(line);
}
