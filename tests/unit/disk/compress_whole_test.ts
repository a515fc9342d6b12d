import { assert, assertEquals, assertRejects } from "@std/assert";

import { loadCompressors } from "../../../lib/disk/compress.ts";
import {
  createWholeCompressor,
  type WholeFile,
} from "../../../lib/disk/compress_whole.ts";
import type { Seen } from "../../../lib/target.ts";
import { decode, proseOf } from "../../_support/decode.ts";

const compressors = await loadCompressors();

const SEEN: Seen = {
  path: "/srv/a.txt",
  real: null,
  facts: { size: 20_000, modified: 5_000, device: 1, inode: 2, changed: 9_000 },
};
const FILE: WholeFile = { bytes: proseOf(20_000), seen: SEEN };

/** Counts what is compressed, and how much of that at once. */
function counted() {
  const seen = { made: 0, atOnce: 0, most: 0 };
  const compress = createWholeCompressor(() =>
    Promise.resolve({
      create(encoding, size) {
        seen.made++;
        seen.most = Math.max(seen.most, ++seen.atOnce);
        const compressor = compressors.create(encoding, size);
        let isOpen = true;
        return {
          push: (bytes) => compressor.push(bytes),
          finish: () => compressor.finish(),
          close() {
            if (isOpen) seen.atOnce--;
            isOpen = false;
            compressor.close();
          },
        };
      },
    })
  );
  return { compress, seen };
}

function withFacts(facts: Partial<Seen["facts"]>): WholeFile {
  return { ...FILE, seen: { ...SEEN, facts: { ...SEEN.facts, ...facts } } };
}

Deno.test("compress() makes a file once, and remembers it", async () => {
  const { compress, seen } = counted();

  const first = await compress(FILE, "gzip");
  const second = await compress(FILE, "gzip");

  assert(first !== null && first !== "busy");
  assertEquals(decode(first, "gzip"), FILE.bytes);
  assert(second === first);
  assertEquals(seen.made, 1);
});

Deno.test("compress() makes a file once for 64 that ask at once", async () => {
  const { compress, seen } = counted();

  const all = await Promise.all(
    Array.from({ length: 64 }, () => compress(FILE, "br")),
  );

  assertEquals(seen.made, 1);
  assert(all.every((bytes) => bytes === all[0] && bytes !== null));
});

Deno.test.each<{ what: string; other: WholeFile; encoding?: "br" }>([
  { what: "size", other: withFacts({ size: 20_001 }) },
  { what: "modification time", other: withFacts({ modified: 5_001 }) },
  { what: "change time", other: withFacts({ changed: 9_001 }) },
  { what: "inode", other: withFacts({ inode: 3 }) },
  { what: "device", other: withFacts({ device: 2 }) },
  {
    what: "path",
    other: { ...FILE, seen: { ...SEEN, path: "/srv/b.txt" } },
  },
  { what: "coding", other: FILE, encoding: "br" },
])("compress() tells files of another $what apart", async (row) => {
  const { compress, seen } = counted();
  await compress(FILE, "gzip");

  const other = { ...row.other, bytes: proseOf(20_000, 7) };
  const bytes = await compress(other, row.encoding ?? "gzip");

  assertEquals(seen.made, 2);
  assert(bytes !== null && bytes !== "busy");
  assertEquals(decode(bytes, row.encoding ?? "gzip"), other.bytes);
});

Deno.test("compress() remembers nothing of a file that may change unseen", async () => {
  const { compress, seen } = counted();

  for (const seed of [1, 2]) {
    const bytes = proseOf(5_000, seed);
    const small = await compress({ bytes, seen: null }, "zstd");
    assert(small !== null && small !== "busy");
    assertEquals(decode(small, "zstd"), bytes);
  }

  assertEquals(seen.made, 2);
});

Deno.test("compress() gives nothing for what does not become smaller", async () => {
  const { compress, seen } = counted();
  const bytes = crypto.getRandomValues(new Uint8Array(20_000));

  assertEquals(await compress({ ...FILE, bytes }, "gzip"), null);
  // That, too, is worth remembering.
  assertEquals(await compress({ ...FILE, bytes }, "gzip"), null);
  assertEquals(seen.made, 1);
});

Deno.test("compress() makes one file at a time, and turns a crowd away", async () => {
  const { compress, seen } = counted();
  const file = (inode: number) => withFacts({ inode });

  const all = await Promise.all(
    Array.from({ length: 100 }, (_, i) => compress(file(i), "gzip")),
  );

  assertEquals(seen.most, 1);
  assertEquals(seen.atOnce, 0);
  assertEquals(all.filter((bytes) => bytes === "busy").length, 36);
  assertEquals(seen.made, 64);
  // The next one finds room again.
  assert(await compress(file(99), "gzip") !== null);
});

Deno.test("compress() forgets what was used longest ago", async () => {
  const { compress, seen } = counted();
  // Noise in letters: half of it is left, 500 KB of the 16 MB there are.
  const bytes = new Uint8Array(1_000_000).map(() => 97 + Math.random() * 16);
  const file = (inode: number) => ({ ...withFacts({ inode }), bytes });

  for (let i = 0; i < 40; i++) await compress(file(i), "zstd");
  assertEquals(seen.made, 40);
  await compress(file(39), "zstd");
  assertEquals(seen.made, 40);
  await compress(file(0), "zstd");
  assertEquals(seen.made, 41);
});

Deno.test("compress() fails with its compressor, and works the next time", async () => {
  let isBroken = true;
  const compress = createWholeCompressor(() =>
    isBroken
      ? Promise.reject(new Error("broken"))
      : Promise.resolve(compressors)
  );

  await assertRejects(() => compress(FILE, "gzip"), Error, "broken");
  isBroken = false;
  const bytes = await compress(FILE, "gzip");

  assert(bytes !== null && bytes !== "busy");
  assertEquals(decode(bytes, "gzip"), FILE.bytes);
});
