/**
 * What reading the body of a large file costs, without a connection: 100 MB in
 * blocks of several sizes, and the parts and the whole as they are sent.
 *
 * @module
 */

import { fileBody, type Piece } from "../../lib/disk/file_source.ts";
import { openFile } from "../../lib/disk/open_file.ts";
import { resolveTarget } from "../../lib/disk/resolve.ts";
import { openRoot } from "../../lib/disk/root.ts";
import { DEFAULTS } from "../../lib/options.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const SIZE = 100 * MIB;
const NAME = "large.bin";

const folder = await Deno.makeTempDir({ prefix: "serve_bench_" });
await Deno.writeFile(`${folder}/${NAME}`, new Uint8Array(SIZE).fill(97));
// Old enough that no reading waits for its time to settle.
const old = new Date("2024-05-06T07:08:09Z");
await Deno.utime(`${folder}/${NAME}`, old, old);
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const root = await openRoot(folder);
const wanted = { segments: [NAME], isFolder: false, wantsListing: false };

async function openLarge() {
  const target = await resolveTarget(root, wanted, DEFAULTS);
  if (target.kind !== "file") throw new Error("The file is not there");
  const opened = await openFile(target);
  if (opened.kind !== "open") throw new Error("The file does not open");
  return opened.file;
}

/** Reads a body as the runtime does; gives the time for that alone. */
async function drain(
  bench: Deno.BenchContext,
  piece: Piece,
): Promise<void> {
  const file = await openLarge();
  bench.start();
  const body = fileBody(file, [piece], { blocks: "released" });
  if (body.kind !== "source") throw new Error("The file is not streamed");
  let bytes = 0;
  for (;;) {
    const block = await body.source.next();
    if (block === null) break;
    bytes += block.length;
  }
  body.source.close();
  bench.end();
  if (bytes !== piece.length) throw new Error(`${bytes} bytes came`);
}

Deno.bench("the whole, 100 MiB", async (b) => {
  await drain(b, { start: 0, length: SIZE });
});

Deno.bench("a part, 1 MiB", async (b) => {
  await drain(b, { start: 33 * MIB + 5, length: MIB });
});

for (const kib of [64, 128, 256, 512, 1024]) {
  Deno.bench(
    `100 MiB in blocks of ${kib} KiB`,
    { group: "blocks" },
    () => {
      using file = Deno.openSync(`${folder}/${NAME}`);
      for (let left = SIZE; left > 0;) {
        const block = new Uint8Array(kib * KIB);
        left -= file.readSync(block) ?? left;
        block.buffer.transfer(0);
      }
    },
  );
}

Deno.bench("opening it, as for each part", { group: "open" }, async () => {
  const { content } = await openLarge();
  if (content.kind === "handle") content.file.close();
});
