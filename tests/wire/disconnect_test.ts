/**
 * Clients that leave: at once, half-way, politely or not. What they asked for
 * is closed, and the next client is answered.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { serveLocally } from "../_support/server.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import {
  type Download,
  openDownload,
  sendRequest,
} from "../acceptance/endurance/_download.ts";
import { openFilesBelow } from "../acceptance/endurance/_open_files.ts";
import { inParallel, waitUntil } from "../acceptance/endurance/_wait.ts";

const LARGE = new Uint8Array(20_000_000).fill(97);
const CLIENTS = 8;

/** What is asked for: each goes through another kind of body. */
const REQUESTS: readonly [title: string, headers: Record<string, string>][] = [
  ["a whole file", {}],
  ["a range", { range: "bytes=1000000-18999999" }],
  ["several ranges", { range: "bytes=0-7999999,10000000-19999999" }],
];

/** How the client leaves after it has read something. */
const DEPARTURES: readonly [
  title: string,
  leave: (download: Download) => Promise<void> | void,
][] = [
  ["by FIN", (download) => download.connection.closeWrite()],
  // What has arrived and is not read makes the kernel send RST on close.
  ["by RST", () => {}],
];

for (const [what, headers] of REQUESTS) {
  for (const [how, leave] of DEPARTURES) {
    Deno.test({
      name: `GET of ${what} is closed when clients leave ${how} half-way`,
      ignore: Deno.build.os !== "linux",
      async fn() {
        await using tree = await makeTree({ "large.bin": LARGE, "a.txt": "a" });
        await using server = await serveLocally(tree.path);

        await inParallel(CLIENTS, CLIENTS, async () => {
          using download = await openDownload(server, "/large.bin", headers);
          for (let i = 0; i < 20; i++) {
            await download.read(new Uint8Array(65_536));
          }
          await leave(download);
        });

        const isFreed = await waitUntil(
          () => openFilesBelow(tree.path).length === 0,
          5000,
        );
        assert(isFreed, "a file stays open");
        await server.recorded(CLIENTS);
        assertEquals(server.records.length, CLIENTS);
        assert(server.records.every((record) => record.aborted));
        assertEquals((await rawRequest(server, "/a.txt")).status, 200);
      },
    });
  }
}

Deno.test({
  name: "GET of a file is closed when clients leave before the first byte",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using tree = await makeTree({ "large.bin": LARGE, "a.txt": "a" });
    await using server = await serveLocally(tree.path);

    await inParallel(50, CLIENTS, async (index) => {
      using connection = await sendRequest(server, "/large.bin");
      if (index % 2 === 0) await connection.closeWrite();
    });

    const isFreed = await waitUntil(
      () => openFilesBelow(tree.path).length === 0,
      5000,
    );
    assert(isFreed, "a file stays open");
    assertEquals((await rawRequest(server, "/a.txt")).status, 200);
  },
});

Deno.test({
  name: "GET of a folder page ends when the client leaves half-way",
  async fn() {
    await using tree = await makeTree({ "a.txt": "a" });
    for (let i = 0; i < 5000; i++) {
      await Deno.writeTextFile(tree.at(`${i}${"-".repeat(200)}`), "");
    }
    await using server = await serveLocally(tree.path);

    {
      using download = await openDownload(server, "/");
      await download.read(new Uint8Array(1000));
    }

    await server.recorded(1);
    assertEquals((await rawRequest(server, "/a.txt")).status, 200);
  },
});
