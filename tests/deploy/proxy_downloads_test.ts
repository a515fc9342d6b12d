/**
 * Downloads through nginx and caddy that take their time, or never end.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { type Address, concat, writeAll } from "../_support/raw.ts";
import { OLD, type Tree } from "../_support/tree.ts";
import { openFilesBelow } from "../acceptance/endurance/_open_files.ts";
import { waitUntil } from "../acceptance/endurance/_wait.ts";
import { LARGE_BYTES } from "../cli/_download.ts";
import { NAME, startStack, testProxies } from "./_proxies.ts";
import { ask, TREE } from "./_visitor.ts";

testProxies("a large download is not kept on the way", async (kind) => {
  await using stack = await startStack(kind, TREE);
  await writeLarge(stack.tree);
  const before = stack.kept();
  using download = await beginDownload(stack.proxy, "/large.bin");

  // Meanwhile others are answered, and a proxy that would keep it has time.
  for (let i = 0; i < 200; i++) {
    await ask(stack.proxy, "/folder/");
  }

  assertEquals(stack.kept(), before);
  assert(!stack.server.records.some(({ target }) => target === "/large.bin"));
  assertEquals(await download.finish(), LARGE_BYTES);
});

testProxies("a visitor who leaves ends the download", async (kind) => {
  await using stack = await startStack(kind, { "a.txt": "a" });
  await writeLarge(stack.tree);
  {
    using _download = await beginDownload(stack.proxy, "/large.bin");
  }

  await stack.server.recorded(1);

  assertEquals(stack.server.records[0]?.aborted, true);
  // A reading under way keeps the file until it ends.
  assert(
    await waitUntil(() => openFilesBelow(stack.tree.path).length === 0, 5_000),
  );
});

testProxies("a file that is cut on the way ends early", async (kind) => {
  await using stack = await startStack(kind, { "a.txt": "a" });
  const path = await writeLarge(stack.tree);
  using download = await beginDownload(stack.proxy, "/large.bin");

  await Deno.truncate(path, 1);
  const bytes = await download.finish();

  assert(bytes < LARGE_BYTES);
});

// Caddy 2.6 ends such an answer as if it were whole.
testProxies("so does one of unknown length", async (kind) => {
  await using stack = await startStack(kind, { "a.txt": "a" });
  const path = stack.tree.at("large.txt");
  await Deno.writeFile(path, largeText());
  await Deno.utime(path, OLD, OLD);
  // It is compressed on the way.
  using download = await beginDownload(stack.proxy, "/large.txt", {
    "Accept-Encoding": "gzip",
  });

  await Deno.truncate(path, 1);
  await download.finish();

  assert(!download.end().endsWith("\r\n0\r\n\r\n"));
}, ["nginx"]);

/** A file that takes longer than the buffers on its way can hold. */
async function writeLarge(tree: Tree): Promise<string> {
  const path = tree.at("large.bin");
  await Deno.writeFile(path, new Uint8Array());
  await Deno.truncate(path, LARGE_BYTES);
  await Deno.utime(path, OLD, OLD);
  return path;
}

/** Text that gzip cannot make much smaller: it looks back for 32 KB only. */
function largeText(): Uint8Array<ArrayBuffer> {
  const block = new TextEncoder().encode(
    crypto.getRandomValues(new Uint8Array(32_768)).toHex(),
  );
  return concat(Array.from({ length: 512 }, () => block));
}

const latin1 = new TextDecoder("latin1");

/** A download of which only the first bytes are read. */
async function beginDownload(
  address: Address,
  target: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const connection = await Deno.connect(address);
  const fields = { Host: NAME, Connection: "close", ...headers };
  const head = [
    `GET ${target} HTTP/1.1`,
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
    "\r\n",
  ].join("\r\n");
  await writeAll(connection, new TextEncoder().encode(head));
  const buffer = new Uint8Array(65_536);
  let read = 0;
  let bodyAt = -1;
  let last = "";
  while (bodyAt === -1) {
    const count = await connection.read(buffer.subarray(read, read + 512));
    read += count ?? 0;
    const end = latin1.decode(buffer.subarray(0, read))
      .indexOf("\r\n\r\n");
    bodyAt = end === -1 ? -1 : end + 4;
  }
  return {
    /** Reads the rest and gives the number of bytes of the body. */
    async finish(): Promise<number> {
      for (let total = read - bodyAt;;) {
        const count = await connection.read(buffer);
        if (count === null) return total;
        total += count;
        last = (last + latin1.decode(buffer.subarray(0, count))).slice(-16);
      }
    },
    /** The last bytes that came. */
    end: () => last,
    [Symbol.dispose]() {
      connection.close();
    },
  };
}
