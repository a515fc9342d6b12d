/**
 * Sends requests at a fixed rate with `h2load`, which leaves the processor to
 * the server while it waits. Each connection sends its share of the rate, all of
 * them at the same ticks; a latency counts from when a request is sent.
 *
 * @module
 */

import type { GeneratorRequest, GeneratorResult } from "./load_generator.ts";
import { percentileOf } from "./statistics.ts";

/** Runs `h2load` with one thread, over HTTP/1.1. */
export async function runH2load(
  request: GeneratorRequest,
): Promise<GeneratorResult> {
  const { port, path, rate, seconds, connections } = request;
  const log = await Deno.makeTempFile({ prefix: "serve_h2load_" });
  try {
    const { success, stdout, stderr } = await new Deno.Command("h2load", {
      args: [
        "--h1",
        "--threads=1",
        `--clients=${connections}`,
        `--rps=${Math.floor(rate / connections)}`,
        `--duration=${seconds}`,
        `--log-file=${log}`,
        `http://127.0.0.1:${port}${path}`,
      ],
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    if (!success) throw new Error(`h2load: ${decoder.decode(stderr)}`);
    return resultOf(
      decoder.decode(stdout),
      parseH2loadLog(await Deno.readTextFile(log)),
      request,
    );
  } finally {
    await Deno.remove(log);
  }
}

/** One line a request: when it was sent, the status, and microseconds. */
export interface H2loadLog {
  readonly micros: readonly number[];
  /** Those whose status was not 200. */
  readonly errors: number;
}

/** Reads what `--log-file` left. */
export function parseH2loadLog(text: string): H2loadLog {
  const micros: number[] = [];
  let errors = 0;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, status, duration] = line.split("\t");
    if (status !== "200") errors++;
    micros.push(Number(duration));
  }
  return { micros: micros.sort((a, b) => a - b), errors };
}

function resultOf(
  said: string,
  { micros, errors }: H2loadLog,
  { seconds, bodyBytes }: GeneratorRequest,
): GeneratorResult {
  const data = /\((\d+)\) data/.exec(said);
  const bytes = Number(data?.[1] ?? NaN);
  // Those under way at the end have no line, but may have brought bytes.
  const isWhole = bytes >= micros.length * bodyBytes;
  const at = (share: number) => percentileOf(micros, share);
  return {
    requests: micros.length,
    seconds,
    bytes,
    errors: isWhole ? errors : micros.length,
    stalledMs: 0,
    latency: { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
  };
}
