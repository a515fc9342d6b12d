/**
 * The handler behind a real socket, in this process: for tests that need the
 * bytes on the wire and the log records, but no second process.
 *
 * @module
 */

import { createHandler, type LogRecord } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import type { Address } from "./raw.ts";

/** A running server in this process. */
export interface LocalServer extends Address, AsyncDisposable {
  /** `http://127.0.0.1:PORT` without a final slash. */
  readonly origin: string;
  /** The log so far, one record for each answer that has ended. */
  readonly records: readonly LogRecord[];
  /** Resolves when there are so many records; rejects after ten seconds. */
  recorded(count: number): Promise<void>;
}

const DEADLINE_MS = 10_000;

/**
 * Serves a folder on a free port of 127.0.0.1.
 *
 * @param directory Folder or file to share.
 * @param options What differs from the defaults; the log is kept here.
 */
export async function serveLocally(
  directory: string,
  options: Partial<Omit<ServeOptions, "log">> = {},
): Promise<LocalServer> {
  const records: LogRecord[] = [];
  let changed = Promise.withResolvers<void>();
  const handler = await createHandler(directory, {
    ...options,
    log: (record) => {
      records.push(record);
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
  });
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    automaticCompression: false,
  }, handler);
  const { hostname, port } = server.addr;
  return {
    hostname,
    port,
    origin: `http://${hostname}:${port}`,
    records,
    async recorded(count) {
      const deadline = Promise.withResolvers<never>();
      const timer = setTimeout(
        () =>
          deadline.reject(new Error(`${records.length} of ${count} records`)),
        DEADLINE_MS,
      );
      try {
        while (records.length < count) {
          await Promise.race([changed.promise, deadline.promise]);
        }
      } finally {
        clearTimeout(timer);
      }
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}
