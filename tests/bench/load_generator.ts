/**
 * Sends requests over kept connections without a library in between, because
 * `wrk` cannot do two things: HEAD, and requests at fixed times.
 *
 * With `rate` 0 each connection sends when its answer has come. With a rate,
 * request number n is due at n / rate seconds, whether or not earlier answers
 * have come, and its latency counts from then: a server that stalls is not
 * spared the requests that it kept waiting. One thread looks at all sockets
 * all the time, so it wants a processor of its own.
 *
 * load_generator.ts REQUEST-AS-JSON
 *
 * @module
 */

/** What to send. */
export interface GeneratorRequest {
  readonly port: number;
  readonly method: "GET" | "HEAD";
  readonly path: string;
  /** Requests a second; 0 for as many as go. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections: number;
  /** Bytes of every body. */
  readonly bodyBytes: number;
}

/** What came back. */
export interface GeneratorResult {
  /** Answers that came whole. */
  readonly requests: number;
  readonly seconds: number;
  readonly bytes: number;
  /** Requests without a whole and right answer. */
  readonly errors: number;
  /**
   * How long the generator itself did not run, in pauses of some milliseconds:
   * then others used its processor, and latencies are not the server's.
   */
  readonly stalledMs: number;
  /** Microseconds from when a request was due to the end of its answer. */
  readonly latency: Readonly<Record<"p50" | "p90" | "p99" | "max", number>>;
}

if (import.meta.main) {
  // It holds on to the system's calls, which only this process needs.
  const { LoadRun } = await import("./load_run.ts");
  const result = new LoadRun(JSON.parse(Deno.args[0] ?? "")).run();
  // deno-lint-ignore no-console -- the result is what the program is for
  console.log(JSON.stringify(result));
}

/** Runs the generator in a process of its own. */
export async function runGenerator(
  request: GeneratorRequest,
): Promise<GeneratorResult> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", import.meta.url, JSON.stringify(request)],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`Load generator: ${decoder.decode(stderr)}`);
  return JSON.parse(decoder.decode(stdout));
}
