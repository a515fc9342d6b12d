/**
 * Files that change while they are sent: the client gets exactly what was
 * announced, or a connection that ends before it, and never a whole body that
 * is not one version.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { startServer } from "../_support/cli.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree, OLD, type Tree } from "../_support/tree.ts";
import { isUniform } from "../acceptance/endurance/_content.ts";
import {
  type Download,
  openDownload,
} from "../acceptance/endurance/_download.ts";

// More than the kernel keeps for a client that does not read.
const SIZE = 20_000_000;
const FIRST = 97;
const SECOND = 98;
const NAME = "large.bin";

/** What happens to the file when the answer has begun. */
interface Change {
  readonly title: string;
  readonly act: (tree: Tree) => Promise<void>;
  /** Whether the client gets all of the first version, or a cut connection. */
  readonly outcome: "whole" | "cut";
}

const CHANGES: readonly Change[] = [
  {
    title: "is rewritten with more bytes",
    act: (tree) =>
      Deno.writeFile(tree.at(NAME), new Uint8Array(SIZE * 1.5).fill(SECOND)),
    outcome: "cut",
  },
  {
    title: "is truncated",
    act: (tree) => Deno.truncate(tree.at(NAME), SIZE / 2),
    outcome: "cut",
  },
  {
    title: "is emptied",
    act: (tree) => Deno.truncate(tree.at(NAME), 0),
    outcome: "cut",
  },
  {
    title: "is truncated and grows back with other bytes",
    async act(tree) {
      await Deno.truncate(tree.at(NAME), SIZE / 2);
      await Deno.writeFile(tree.at(NAME), contentOf(SECOND));
    },
    outcome: "cut",
  },
  {
    title: "is rewritten with the same size",
    async act(tree) {
      using file = await Deno.open(tree.at(NAME), { write: true });
      const content = contentOf(SECOND);
      for (let at = 0; at < SIZE;) {
        at += await file.write(content.subarray(at));
      }
    },
    outcome: "cut",
  },
  {
    title: "is removed",
    act: (tree) => Deno.remove(tree.at(NAME)),
    outcome: "whole",
  },
  {
    title: "grows",
    async act(tree) {
      using file = await Deno.open(tree.at(NAME), { append: true });
      await file.write(new Uint8Array(1_000_000).fill(SECOND));
    },
    outcome: "whole",
  },
  {
    title: "is replaced by another file",
    async act(tree) {
      await Deno.writeFile(tree.at("new"), contentOf(SECOND));
      await Deno.rename(tree.at("new"), tree.at(NAME));
    },
    outcome: "whole",
  },
  {
    title: "is replaced by a link to another file",
    async act(tree) {
      await Deno.symlink("/etc/hostname", tree.at("new"));
      await Deno.rename(tree.at("new"), tree.at(NAME));
    },
    outcome: "whole",
  },
  {
    title: "is replaced by a folder",
    async act(tree) {
      await Deno.remove(tree.at(NAME));
      await Deno.mkdir(tree.at(NAME));
    },
    outcome: "whole",
  },
  {
    title: "becomes unreadable",
    act: (tree) => Deno.chmod(tree.at(NAME), 0),
    outcome: "whole",
  },
];

/** The ways to ask for it, and how many bytes are announced. */
const REQUESTS: readonly [
  title: string,
  headers: Record<string, string>,
  length: number,
][] = [
  ["GET", {}, SIZE],
  ["GET of a range", { range: "bytes=100-" }, SIZE - 100],
];

for (const [request, headers, length] of REQUESTS) {
  Deno.test.each(
    CHANGES.map((change) =>
      [change.title, change.outcome, change.act] as const
    ),
  )(
    `${request} of a file that %s meanwhile comes %s`,
    async (_title, outcome, act) => {
      await using tree = await makeTree({
        [NAME]: contentOf(FIRST),
        "a.txt": "a",
      });
      await using server = await startServer({ directory: tree.path });
      using download = await openDownload(server, `/${NAME}`, headers);
      assertEquals(download.length, length);
      assert(download.headers.has("etag"));

      await act(tree);
      const { received, isFirst } = await readRest(download);

      if (outcome === "whole") {
        assertEquals({ received, isFirst }, {
          received: length,
          isFirst: true,
        });
      } else {
        assert(received < length, `all ${received} bytes came`);
      }
      assertEquals((await rawRequest(server, "/a.txt")).status, 200);
    },
  );
}

Deno.test("HEAD tells the file as it is after a change", async () => {
  await using tree = await makeTree({ "a.txt": "first" });
  await using server = await startServer({ directory: tree.path });
  const before = await rawRequest(server, "/a.txt", { method: "HEAD" });

  await Deno.writeTextFile(tree.at("a.txt"), "the second");
  await Deno.utime(tree.at("a.txt"), OLD, new Date(OLD.getTime() + 60_000));
  const after = await rawRequest(server, "/a.txt", { method: "HEAD" });

  assertEquals(before.headers.get("content-length"), "5");
  assertEquals(after.headers.get("content-length"), "10");
  assertEquals(
    after.headers.get("last-modified"),
    "Mon, 06 May 2024 07:09:09 GMT",
  );
  assert(before.headers.get("etag") !== after.headers.get("etag"));
});

async function readRest(
  download: Download,
): Promise<{ received: number; isFirst: boolean }> {
  const buffer = new Uint8Array(262_144);
  let received = 0;
  let isFirst = true;
  while (received < download.length) {
    const bytes = await download.read(buffer).catch((error) => {
      if (error instanceof Deno.errors.ConnectionReset) return null;
      throw error;
    });
    if (bytes === null) break;
    isFirst &&= bytes[0] === FIRST && isUniform(bytes);
    received += bytes.length;
  }
  return { received, isFirst };
}

function contentOf(byte: number): Uint8Array {
  return new Uint8Array(SIZE).fill(byte);
}
