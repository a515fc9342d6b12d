import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";

import {
  type Compressor,
  loadCompressors,
  toCompressors,
} from "../../../lib/disk/compress.ts";
import type { Encoding } from "../../../lib/http/encoding.ts";
import { decode, proseOf } from "../../_support/decode.ts";
import { concat } from "../../_support/raw.ts";

const ENCODINGS: readonly Encoding[] = ["zstd", "br", "gzip"];

const { available, create } = await loadCompressors();

async function compress(
  compressor: Compressor,
  blocks: readonly Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const block of blocks) parts.push(await compressor.push(block));
  parts.push(await compressor.finish());
  return concat(parts);
}

Deno.test("loadCompressors() has all codings here, and loads them once", () => {
  assertEquals(available, ENCODINGS);
  assertEquals(loadCompressors(), loadCompressors());
});

Deno.test("toCompressors() does without Brotli where it cannot be made to write", async () => {
  const zlib = await import("node:zlib");
  const old = {
    ...zlib,
    createBrotliCompress: () => ({ destroy: () => {} }),
  };

  // @ts-expect-error -- a runtime that is older than its types
  assertEquals(toCompressors(old).available, ["zstd", "gzip"]);
});

Deno.test("toCompressors() does without zstd where the runtime lacks it", async () => {
  const zlib = await import("node:zlib");
  const old = { ...zlib, createZstdCompress: undefined };

  // @ts-expect-error -- a runtime that is older than its types
  assertEquals(toCompressors(old).available, ["br", "gzip"]);
});

for (const encoding of ENCODINGS) {
  Deno.test.each([0, 1, 1_024, 65_536, 65_537, 1_000_000])(
    `create() compresses %i bytes with ${encoding}`,
    async (size) => {
      const bytes = proseOf(size);

      const small = await compress(create(encoding, size), [bytes]);

      assertEquals(decode(small, encoding), bytes);
      if (size > 1_000) assert(small.length < size / 2, `${small.length}`);
    },
  );

  Deno.test(`create() compresses blocks that are freed after each, with ${encoding}`, async () => {
    const bytes = proseOf(900_000, 2);
    const compressor = create(encoding, bytes.length);
    const parts: Uint8Array[] = [];

    for (let i = 0; i < bytes.length; i += 100_000) {
      const block = bytes.slice(i, i + 100_000);
      parts.push(await compressor.push(block));
      block.buffer.transfer(0);
    }
    parts.push(await compressor.finish());

    assertEquals(decode(concat(parts), encoding), bytes);
  });

  Deno.test(`close() of ${encoding} ends a push under way, and all that follows`, async () => {
    const compressor = create(encoding, 50_000_000);
    const pushing = compressor.push(new Uint8Array(50_000_000));

    compressor.close();
    compressor.close();

    await pushing;
    assertEquals((await compressor.push(new Uint8Array(10))).length, 0);
    assertEquals((await compressor.finish()).length, 0);
  });
}

Deno.test("close() leaves what does not pass for whole", async () => {
  const compressor = create("gzip", 200_000);
  const start = await compressor.push(proseOf(200_000));
  compressor.close();
  const rest = await compressor.finish();

  assert(start.length > 0);
  assertThrows(() => decode(concat([start, rest]), "gzip"));
});

Deno.test("finish() fails where the size was not the one that was told", async () => {
  const compressor = create("zstd", 10);

  await assertRejects(() => compress(compressor, [proseOf(20)]));
  compressor.close();
});

Deno.test("compressors that are left half-way take no memory with them", async () => {
  const bytes = proseOf(262_144);
  async function leave(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const encoding = ENCODINGS[i % 3] ?? "gzip";
      const compressor = create(encoding, 1_000_000);
      const pushing = compressor.push(bytes);
      // Half of them in the middle of a piece.
      await (i % 2 === 0 ? pushing : null);
      compressor.close();
      await pushing;
    }
  }
  await leave(60);
  const before = Deno.memoryUsage().rss;

  await leave(300);

  // Each held 2 to 6 MB: kept, they would be more than a gigabyte.
  const grown = Deno.memoryUsage().rss - before;
  assert(grown < 200_000_000, `${grown} bytes more`);
});
