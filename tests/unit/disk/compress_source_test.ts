import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";

import {
  type Compressor,
  loadCompressors,
} from "../../../lib/disk/compress.ts";
import { compressSource } from "../../../lib/disk/compress_source.ts";
import { BrokenBody, type ByteSource } from "../../../lib/reply.ts";
import { decode, proseOf } from "../../_support/decode.ts";
import { concat } from "../../_support/raw.ts";

const { create } = await loadCompressors();

const TEXT = proseOf(1_000_000);
const BLOCK = 100_000;

interface Given {
  readonly source: ByteSource;
  /** What was called, in order, but for `next`. */
  readonly calls: string[];
}

/** Gives the text in blocks that last until the next one is asked for. */
function giveText(breakAt = Infinity): Given {
  const calls: string[] = [];
  let last: Uint8Array<ArrayBuffer> | null = null;
  let at = 0;
  const source: ByteSource = {
    // deno-lint-ignore require-await -- a source that never waits
    async next() {
      last?.buffer.transfer(0);
      if (at >= breakAt) throw new BrokenBody("The file was changed");
      if (at >= TEXT.length) return null;
      last = TEXT.slice(at, at += BLOCK);
      return last;
    },
    close: () => void calls.push("close"),
    cancel: () => void calls.push("cancel"),
  };
  return { source, calls };
}

/** What is compressed, and how often it was told that nothing more comes. */
function compressed(given: Given, blocks: "kept" | "released" = "kept") {
  const seen = { closed: 0, made: 0 };
  const source = compressSource(given.source, {
    create(): Compressor {
      seen.made++;
      return create("gzip", TEXT.length);
    },
    onClose: () => void seen.closed++,
    blocks,
  });
  return { source, seen };
}

async function readAll(source: ByteSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  while (true) {
    const chunk = await source.next();
    if (chunk === null) return concat(chunks);
    // What is released is gone by the next call.
    chunks.push(chunk.slice());
  }
}

Deno.test.each(["kept", "released"] as const)(
  "compressSource() gives all of the text, blocks %s",
  async (blocks) => {
    const given = giveText();
    const { source, seen } = compressed(given, blocks);

    const bytes = await readAll(source);
    const after = await source.next();
    source.close();
    source.close();

    assertEquals(decode(bytes, "gzip"), TEXT);
    assertEquals(after, null);
    assertEquals(seen, { closed: 1, made: 1 });
    assertEquals(given.calls, ["cancel"]);
  },
);

Deno.test("compressSource() gives back the memory of blocks that were read", async () => {
  const { source } = compressed(giveText(), "released");

  const first = await source.next();
  const second = await source.next();

  assertEquals(first?.length, 0);
  assert(second !== null && second.length > 0);
  source.cancel();
  assertEquals(second.length, 0);
});

Deno.test("compressSource() breaks off with its source, and gives no end", async () => {
  const { source, seen } = compressed(giveText(500_000));
  const chunks: Uint8Array[] = [];

  await assertRejects(async () => {
    while (true) {
      const chunk = await source.next();
      if (chunk === null) return;
      chunks.push(chunk);
    }
  }, BrokenBody);
  source.close();

  assert(chunks.length > 0);
  assertThrows(() => decode(concat(chunks), "gzip"));
  assertEquals(seen.closed, 1);
});

Deno.test("compressSource() makes nothing for who never reads", () => {
  const given = giveText();
  const { source, seen } = compressed(given);

  source.close();

  assertEquals(seen, { closed: 1, made: 0 });
  assertEquals(given.calls, ["cancel"]);
});

Deno.test.each(["close", "cancel"] as const)(
  "%s() during a block frees all, once the block was taken",
  async (way) => {
    const given = giveText();
    const { source, seen } = compressed(given);
    const reading = source.next();

    source[way]();
    const before = [...given.calls];
    await reading;

    assertEquals(before, []);
    assertEquals(given.calls, ["cancel"]);
    assertEquals(seen.closed, 1);
    assertEquals(await source.next(), null);
  },
);
