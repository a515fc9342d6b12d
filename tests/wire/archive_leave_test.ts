/**
 * Clients that leave before an archive begins: their places are free at once,
 * over HTTP/1.1 and HTTP/2, and nobody walks on for them.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { buildHandler, librarySide } from "../../lib/build_handler.ts";
import { createClientSignals } from "../../lib/command/client_signals.ts";
import { ARCHIVES_PER_ADDRESS_MAX } from "../../lib/http/limits.ts";
import { startServer } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import { waitUntil } from "../acceptance/endurance/_wait.ts";
import { replaceDeno } from "../unit/disk/_replace.ts";

/** Serves a folder as the command does, on a free port of 127.0.0.1. */
async function serveWatching(directory: string) {
  const signalOf = createClientSignals(globalThis.console);
  let watched = 0;
  const side = {
    ...librarySide(),
    signalOf: (request: Request) => ++watched > 0 ? signalOf(request) : null,
  };
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, await buildHandler(directory, {}, side));
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    /** How many archives have come so far to have a place. */
    watched: () => watched,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Reading one folder waits at a gate; `read` lists all that were begun. */
function holdFolder(name: string) {
  const { readDir } = Deno;
  const gate = Promise.withResolvers<void>();
  const read: string[] = [];
  const replaced = replaceDeno("readDir", async function* (path: string) {
    const folder = path.slice(path.lastIndexOf("/") + 1);
    read.push(folder);
    if (folder === name) await gate.promise;
    for await (const entry of readDir(path)) yield entry;
  });
  return {
    read,
    release: gate.resolve,
    [Symbol.dispose]() {
      gate.resolve();
      replaced[Symbol.dispose]();
    },
  };
}

Deno.test.each<{ protocol: string; options: Deno.CreateHttpClientOptions }>([
  { protocol: "HTTP/1.1", options: { http2: false } },
  { protocol: "HTTP/2", options: { http1: false, http2: true } },
])(
  "clients that leave before their archives over $protocol lock nobody out",
  async ({
    options,
  }) => {
    await using tree = await makeTree({ "big/sub/a": "a", "small/b": "b" });
    await using server = await serveWatching(tree.path);
    using client = Deno.createHttpClient(options);
    using held = holdFolder("big");
    const statusOf = async (
      path: string,
      signal: AbortSignal | null = null,
    ) => {
      const url = `${server.origin}${path}`;
      const { status, body } = await fetch(url, { client, signal });
      await body?.cancel();
      return status;
    };
    const leaving = new AbortController();
    const left = Array.from(
      { length: ARCHIVES_PER_ADDRESS_MAX },
      () =>
        statusOf("/big/?archive=zip", leaving.signal).catch(({ name }) => name),
    );
    const isFull = async () => await statusOf("/small/?archive=tar") === 503;
    const hasAll = () => server.watched() === left.length;
    assert(await waitUntil(hasAll, 5_000), "they are not let in");
    assert(await isFull(), "there is a place left");

    leaving.abort();
    const isFree = await waitUntil(async () => !await isFull(), 5_000);
    held.release();
    // The same walk: it waits until the one before has ended.
    const after = await statusOf("/big/?archive=tar");

    assert(isFree, "the places are not given back");
    assertEquals(new Set(await Promise.all(left)), new Set(["AbortError"]));
    assertEquals(after, 200);
    assertEquals(held.read.filter((name) => name === "sub").length, 1);
  },
);

Deno.test("GET of archives makes the runtime say nothing to the operator", async () => {
  await using tree = await makeTree({ "a": "a" });
  await using server = await startServer({ directory: tree.path });

  for (const form of ["zip", "tar"]) {
    const { status } = await rawRequest(server, `/?archive=${form}`);
    assertEquals(status, 200);
  }

  const isLogged = () => server.stderr().split("archive=").length === 3;
  assert(await waitUntil(isLogged, 5_000), server.stderr());
  assert(!server.stderr().includes("signal"), server.stderr());
});
