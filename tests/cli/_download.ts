/**
 * A download that is under way for as long as a test wants.
 *
 * @module
 */

import { type Address, parseResponse, writeAll } from "../_support/raw.ts";
import { makeTree, OLD, type Tree } from "../_support/tree.ts";

/** More than the buffers between the two ends can hold. */
export const LARGE_BYTES = 64 * 1024 * 1024;

/** A folder with one file that takes a while to send. */
export async function makeLargeFile(): Promise<Tree> {
  const tree = await makeTree({ "large.bin": "", "a.txt": "a" });
  await Deno.truncate(tree.at("large.bin"), LARGE_BYTES);
  await Deno.utime(tree.at("large.bin"), OLD, OLD);
  return tree;
}

/** A download of which the first bytes have come, and no more is read. */
export async function beginDownload(address: Address) {
  const connection = await Deno.connect(address);
  await writeAll(
    connection,
    new TextEncoder().encode(
      "GET /large.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ),
  );
  const buffer = new Uint8Array(65_536);
  const count = await connection.read(buffer);
  const first = buffer.slice(0, count ?? 0);
  return {
    /** Reads the rest and gives the number of bytes of the body. */
    async finish(): Promise<number> {
      let total = parseResponse(first).body.length;
      while (true) {
        const more = await connection.read(buffer);
        if (more === null) return total;
        total += more;
      }
    },
    [Symbol.dispose]() {
      connection.close();
    },
  };
}
