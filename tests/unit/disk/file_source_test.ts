import { assert, assertEquals, assertRejects } from "@std/assert";

import {
  type BodyOptions,
  fileBody,
  type Piece,
} from "../../../lib/disk/file_source.ts";
import { BLOCK_BYTES } from "../../../lib/disk/read_file.ts";
import type { Body, ByteSource } from "../../../lib/reply.ts";
import { concat } from "../../_support/raw.ts";
import { makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { bytesOf, open } from "./_open.ts";

const KEPT = { blocks: "kept" } as const;

const SIZE = 5 * BLOCK_BYTES + 5_000;
const LARGE = bytesOf(SIZE);
const WHOLE = [{ start: 0, length: SIZE }];

function text(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}

/** The bytes that pieces stand for. */
function expected(bytes: Uint8Array, pieces: readonly Piece[]): Uint8Array {
  return concat(
    pieces.map((piece) =>
      piece instanceof Uint8Array
        ? piece
        : bytes.slice(piece.start, piece.start + piece.length)
    ),
  );
}

function sourceOf(body: Body): ByteSource {
  if (body.kind !== "source") throw new Error(`The body is ${body.kind}`);
  return body.source;
}

async function readAll(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  while (true) {
    const chunk = await source.next();
    if (chunk === null) return concat(chunks);
    chunks.push(chunk);
  }
}

/** Reads until it fails; gives what came before, and why it failed. */
async function readUntilFailure(
  source: ByteSource,
): Promise<{ count: number; message: string | null }> {
  let count = 0;
  try {
    while (true) {
      const chunk = await source.next();
      if (chunk === null) return { count, message: null };
      count += chunk.length;
    }
  } catch (error) {
    return { count, message: error instanceof Error ? error.message : "" };
  }
}

async function openSource(
  tree: Tree,
  pieces: readonly Piece[] = WHOLE,
  options: BodyOptions = KEPT,
) {
  const file = await open(tree, "a.bin");
  return sourceOf(fileBody(file, pieces, options));
}

const PIECES: { name: string; pieces: Piece[] }[] = [
  { name: "all", pieces: [{ start: 0, length: SIZE }] },
  { name: "one byte", pieces: [{ start: 7, length: 1 }] },
  { name: "the last bytes", pieces: [{ start: SIZE - 3, length: 3 }] },
  {
    name: "more than a block",
    pieces: [{ start: 99, length: BLOCK_BYTES + 1 }],
  },
  {
    name: "parts with text between them",
    pieces: [
      text("--a\r\n"),
      { start: 10, length: 20 },
      text("--b\r\n"),
      { start: 400_000, length: 100 },
      text("--c--"),
    ],
  },
  {
    name: "parts that go back",
    pieces: [{ start: 300_000, length: 10 }, { start: 0, length: 10 }],
  },
  {
    name: "parts that touch",
    pieces: [{ start: 5, length: 10 }, { start: 15, length: 10 }],
  },
  { name: "text alone", pieces: [text("nothing of the file")] },
  { name: "nothing", pieces: [] },
];

Deno.test.each(PIECES)(
  "fileBody() streams $name of a large file",
  async (row) => {
    await using tree = await makeTree({ "a.bin": LARGE });

    const body = fileBody(await open(tree, "a.bin"), row.pieces, KEPT);
    const source = sourceOf(body);
    const bytes = await readAll(source);
    source.close();

    assertEquals(bytes, expected(LARGE, row.pieces));
    assertEquals(body.kind === "source" && body.length, bytes.length);
  },
);

Deno.test.each<{ name: string; pieces: Piece[] }>([
  { name: "all", pieces: [{ start: 0, length: 100 }] },
  { name: "a part", pieces: [{ start: 98, length: 2 }] },
  {
    name: "parts with text between them",
    pieces: [text("a"), { start: 50, length: 2 }, text("b"), {
      start: 1,
      length: 3,
    }],
  },
  { name: "nothing", pieces: [] },
])("fileBody() has $name of a small file in memory", async ({ pieces }) => {
  const small = bytesOf(100);
  await using tree = await makeTree({ "a.bin": small });

  const body = fileBody(await open(tree, "a.bin"), pieces, KEPT);

  assert(body.kind === "bytes");
  assertEquals<Uint8Array>(body.bytes, expected(small, pieces));
});

Deno.test("next() gives a block at most", async () => {
  await using tree = await makeTree({ "a.bin": LARGE });
  const source = await openSource(tree);

  const block = await source.next();
  source.close();

  assert(block !== null && block.length <= BLOCK_BYTES);
});

Deno.test(
  "next() throws when the file became shorter",
  async () => {
    await using tree = await makeTree({ "a.bin": LARGE });
    const source = await openSource(tree);
    await source.next();
    await Deno.truncate(tree.at("a.bin"), BLOCK_BYTES + 10);

    const { message } = await readUntilFailure(source);
    source.close();

    assertEquals(message, "The file became shorter");
  },
);

Deno.test(
  "next() throws when the file was emptied and its time put back",
  async () => {
    await using tree = await makeTree({ "a.bin": LARGE });
    const source = await openSource(tree, [{ start: 10, length: 100 }]);
    await Deno.truncate(tree.at("a.bin"), 0);
    await Deno.utime(tree.at("a.bin"), OLD, OLD);

    await assertRejects(() => source.next(), Error, "The file became shorter");
    source.close();
  },
);

const REWRITTEN: { name: string; pieces: Piece[]; before: number }[] = [
  { name: "all of it", pieces: WHOLE, before: 5 * BLOCK_BYTES },
  { name: "a part", pieces: [{ start: 5, length: 10 }], before: 0 },
  {
    name: "parts with text behind them",
    pieces: [text("abc"), { start: 5, length: 10 }, text("def")],
    before: 3,
  },
];

Deno.test.each(REWRITTEN)(
  "next() keeps the last bytes of $name back when the file was rewritten",
  async ({ pieces, before }) => {
    await using tree = await makeTree({ "a.bin": LARGE });
    const source = await openSource(tree, pieces);
    await Deno.writeFile(tree.at("a.bin"), bytesOf(SIZE, 9));

    const { count, message } = await readUntilFailure(source);
    source.close();

    assertEquals(message, "The file was changed while it was sent");
    assertEquals(count, before);
  },
);

Deno.test(
  "next() throws when the file was cut behind the part that is sent",
  async () => {
    await using tree = await makeTree({ "a.bin": LARGE });
    const source = await openSource(tree, [{ start: 0, length: 10 }]);
    await Deno.truncate(tree.at("a.bin"), 100);
    await Deno.utime(tree.at("a.bin"), OLD, OLD);

    await assertRejects(() => source.next(), Error, "was changed");
    source.close();
  },
);

Deno.test(
  "next() gives what was announced of a file that grows",
  async () => {
    await using tree = await makeTree({ "a.bin": LARGE });
    const source = await openSource(tree);
    await Deno.writeFile(tree.at("a.bin"), bytesOf(70_000), { append: true });

    const bytes = await readAll(source);
    source.close();

    assertEquals(bytes, LARGE);
  },
);

Deno.test.each<{ name: string; change: (tree: Tree) => Promise<void> }>([
  { name: "removed", change: (tree) => Deno.remove(tree.at("a.bin")) },
  {
    name: "replaced",
    change: (tree) => Deno.rename(tree.at("b.bin"), tree.at("a.bin")),
  },
])(
  "next() goes on with the file that was opened when it is $name",
  async (row) => {
    await using tree = await makeTree({ "a.bin": LARGE, "b.bin": "other" });
    const source = await openSource(tree);
    await row.change(tree);

    const bytes = await readAll(source);
    source.close();

    assertEquals(bytes, LARGE);
  },
);

Deno.test("close() frees the file at any time and more than once", async () => {
  await using tree = await makeTree({ "a.bin": LARGE });
  const file = await open(tree, "a.bin");
  const source = sourceOf(fileBody(file, WHOLE, KEPT));
  await source.next();

  source.close();
  source.close();

  assert(file.content.kind === "handle");
  const { file: handle } = file.content;
  await assertRejects(() => handle.stat(), Deno.errors.BadResource);
  assertEquals(await source.next(), null);
});

Deno.test("close() lets a reading under way end, and frees the file then", async () => {
  await using tree = await makeTree({ "a.bin": LARGE });
  const file = await open(tree, "a.bin");
  const source = sourceOf(fileBody(file, WHOLE, KEPT));

  const reading = source.next();
  source.close();
  await reading;

  assert(file.content.kind === "handle");
  const { file: handle } = file.content;
  await assertRejects(() => handle.stat(), Deno.errors.BadResource);
});

Deno.test("fileBody() frees a released block when the next one is asked for", async () => {
  await using tree = await makeTree({ "a.bin": "x".repeat(1_300_000) });
  const file = await open(tree, "a.bin");
  const source = sourceOf(
    fileBody(file, [{ start: 0, length: 1_300_000 }], { blocks: "released" }),
  );

  const first = await source.next();
  const before = first?.length;
  const second = await source.next();
  source.close();

  assertEquals([before, first?.length], [262_144, 0]);
  assertEquals(second?.length, 262_144);
});

Deno.test("fileBody() frees a released block when the client leaves", async () => {
  await using tree = await makeTree({ "a.bin": "x".repeat(1_300_000) });
  const file = await open(tree, "a.bin");
  const source = sourceOf(
    fileBody(file, [{ start: 0, length: 1_300_000 }], { blocks: "released" }),
  );
  const idle = await source.next();

  source.cancel();

  assertEquals(idle?.length, 0);
});

Deno.test("fileBody() keeps the last block of a body that ended, until it is sent", async () => {
  await using tree = await makeTree({ "a.bin": LARGE });
  const file = await open(tree, "a.bin");
  const source = sourceOf(fileBody(file, WHOLE, { blocks: "released" }));
  let last: Uint8Array<ArrayBuffer> | null = null;
  for (let left = SIZE; left > 0; left -= last?.length ?? 0) {
    last = await source.next();
  }

  // There may be more to come.
  source.free?.();
  assertEquals(last?.length, 5_000);
  source.close();
  assertEquals(last?.length, 5_000);
  source.free?.();
  assertEquals(last?.length, 0);
});
