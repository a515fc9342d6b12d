import { assert, assertEquals } from "@std/assert";

import { type OpenFile, openFile } from "../../../lib/disk/open_file.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { createValidatorFinder } from "../../../lib/disk/validators.ts";
import {
  COMPRESSED_BYTES_MAX,
  COMPRESSED_BYTES_MIN,
  createVariantFinder,
  type FileVariant,
  STREAMS_MAX,
  type VariantDeps,
} from "../../../lib/disk/variant.ts";
import { NO_VALIDATORS, validatorsOf } from "../../../lib/http/etag.ts";
import { dropBody } from "../../../lib/reply.ts";
import { decode, proseOf } from "../../_support/decode.ts";
import { concat } from "../../_support/raw.ts";
import { makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { open } from "./_open.ts";

const GZIP = new Uint8Array([0x1f, 0x8b, 0x08, 0, 1, 2]);
const ZSTD = new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]);
const LARGE = proseOf(2_500_000);

const TIME = Date.now();
const STAMP = OLD.getTime().toString(16);

async function depsOf(path: string): Promise<VariantDeps> {
  return {
    root: await openRoot(path),
    rules: { followSymlinks: false },
    openFile,
    validatorsOf: createValidatorFinder(),
    blocks: "kept",
  };
}

/** What was found where nobody else waits. */
function settled(variant: FileVariant | null | "busy"): FileVariant | null {
  assert(variant !== "busy");
  return variant;
}

async function finderOf(path: string) {
  const find = createVariantFinder(await depsOf(path));
  return async (file: OpenFile, at: string, key: string) =>
    settled(
      await find(file, {
        path: at,
        key,
        validators: validatorsOf(file.facts),
        time: TIME,
      }),
    );
}

async function findVariant(
  tree: Tree,
  name: string,
  key: string,
): Promise<FileVariant | null> {
  const find = await finderOf(tree.path);
  return await find(await open(tree, name), tree.at(name), key);
}

function drop(variant: FileVariant | null): void {
  if (variant === null) return;
  dropBody({ status: 200, headers: [], body: variant.body });
}

async function bytesOf({ body }: FileVariant): Promise<Uint8Array> {
  if (body.kind === "bytes") return body.bytes;
  assert(body.kind === "source");
  const chunks: Uint8Array[] = [];
  while (true) {
    const chunk = await body.source.next();
    if (chunk === null) break;
    chunks.push(chunk);
  }
  body.source.close();
  return concat(chunks);
}

Deno.test.each(["zstd", "br", "gzip"] as const)(
  "findVariant() compresses a small file with %s",
  async (encoding) => {
    const bytes = proseOf(5_000);
    await using tree = await makeTree({ "a.txt": bytes });

    const variant = await findVariant(tree, "a.txt", encoding);

    assert(variant !== null);
    assertEquals(variant.encoding, encoding);
    assertEquals(variant.validators, {
      etag: `"1388-${STAMP}-${encoding}"`,
      lastModified: OLD.getTime(),
    });
    assertEquals(variant.seen, []);
    assertEquals(variant.body.kind, "bytes");
    assertEquals(decode(await bytesOf(variant), encoding), bytes);
  },
);

Deno.test.each(["zstd", "br", "gzip"] as const)(
  "findVariant() compresses a large file with %s while it is sent",
  async (encoding) => {
    await using tree = await makeTree({ "a.txt": LARGE });

    const variant = await findVariant(tree, "a.txt", encoding);

    assert(variant?.body.kind === "source");
    assertEquals(variant.body.length, null);
    assertEquals(variant.seen, null);
    assertEquals(decode(await bytesOf(variant), encoding), LARGE);
  },
);

Deno.test.each<{ key: string; found: string | null }>([
  { key: "zstd,br,gzip", found: "zstd file" },
  { key: "br,gzip", found: "gzip file" },
  { key: "gzip", found: "gzip file" },
  { key: "br>gzip", found: "br made" },
  { key: "br>zstd,gzip", found: "br made" },
  { key: "gzip>zstd", found: "gzip file" },
  { key: "", found: null },
])("findVariant() prefers a sibling among equals: $key", async (row) => {
  await using tree = await makeTree({
    "a.txt": proseOf(5_000),
    "a.txt.gz": GZIP,
    "a.txt.zst": ZSTD,
  });

  const variant = await findVariant(tree, "a.txt", row.key);

  const isFile = variant?.validators.etag?.includes(".");
  const found = variant === null
    ? null
    : `${variant.encoding} ${isFile ? "file" : "made"}`;
  assertEquals(found, row.found);
});

Deno.test("findVariant() gives a sibling its own tag, length and facts", async () => {
  await using tree = await makeTree({
    "a.txt": proseOf(5_000),
    "a.txt.gz": GZIP,
  });
  const later = new Date(OLD.getTime() + 5_000);
  await Deno.utime(tree.at("a.txt.gz"), later, later);

  const variant = await findVariant(tree, "a.txt", "gzip");

  assert(variant?.body.kind === "bytes");
  assertEquals(variant.body.bytes, GZIP);
  assertEquals(variant.validators, {
    etag: `"6-${later.getTime().toString(16)}.gz"`,
    lastModified: later.getTime(),
  });
  assertEquals(variant.seen, null);
});

Deno.test("findVariant() tells what to look at of a sibling", async () => {
  await using tree = await makeTree({ "a.txt": "hello", "a.txt.gz": GZIP });
  const find = createVariantFinder({
    ...await depsOf(tree.path),
    // As if it had been there for longer.
    async openFile(target) {
      const opened = await openFile(target);
      if (opened.kind !== "open") return opened;
      const { facts } = opened.file;
      const seen = { path: target.asked ?? "", real: null, facts };
      return { kind: "open", file: { ...opened.file, seen } };
    },
  });

  const variant = settled(
    await find(await open(tree, "a.txt"), {
      path: tree.at("a.txt"),
      key: "gzip",
      validators: NO_VALIDATORS,
      time: TIME,
    }),
  );

  assertEquals(variant?.seen?.length, 1);
  assertEquals(variant?.seen?.[0]?.path, tree.at("a.txt.gz"));
  assertEquals(variant?.seen?.[0]?.facts.size, 6);
});

Deno.test("findVariant() sends a sibling of any size, and closes the file", async () => {
  await using tree = await makeTree({ "a.txt": LARGE, "a.txt.br": LARGE });
  await using small = await makeTree({ "a.txt": "x", "a.txt.br": "x" });

  const variant = await findVariant(tree, "a.txt", "br");
  assert(variant?.body.kind === "source");
  assertEquals(variant.body.length, LARGE.length);
  drop(variant);

  assert((await findVariant(small, "a.txt", "br")) !== null);
});

Deno.test("findVariant() does not remember what a sibling of this moment comes to", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  await Deno.writeFile(tree.at("a.txt.gz"), GZIP);

  const variant = await findVariant(tree, "a.txt", "gzip");

  assertEquals(variant?.validators, NO_VALIDATORS);
  assertEquals(variant?.seen, null);
});

Deno.test.each<{ size: number; isMade: boolean }>([
  { size: 0, isMade: false },
  { size: COMPRESSED_BYTES_MIN - 1, isMade: false },
  { size: COMPRESSED_BYTES_MIN, isMade: true },
])("findVariant() of $size bytes", async ({ size, isMade }) => {
  await using tree = await makeTree({ "a.txt": proseOf(size) });

  assertEquals((await findVariant(tree, "a.txt", "gzip")) !== null, isMade);
});

Deno.test("findVariant() leaves an empty file alone, whatever lies beside it", async () => {
  await using tree = await makeTree({ "a.txt": "", "a.txt.gz": GZIP });

  assertEquals(await findVariant(tree, "a.txt", "gzip"), null);
});

Deno.test.each<{ more: number; isMade: boolean }>([
  { more: 0, isMade: true },
  { more: 1, isMade: false },
])("findVariant() of the greatest size and $more more", async (row) => {
  await using tree = await makeTree({ "a.txt": LARGE });
  await Deno.truncate(tree.at("a.txt"), COMPRESSED_BYTES_MAX + row.more);
  await Deno.utime(tree.at("a.txt"), OLD, OLD);
  const file = await open(tree, "a.txt");

  const find = await finderOf(tree.path);
  const variant = await find(file, tree.at("a.txt"), "gzip");

  assertEquals(variant !== null, row.isMade);
  drop(variant);
  if (!row.isMade && file.content.kind === "handle") file.content.file.close();
});

Deno.test("findVariant() sends what does not become smaller as it is", async () => {
  const noise = crypto.getRandomValues(new Uint8Array(20_000));
  await using tree = await makeTree({ "a.txt": noise });

  assertEquals(await findVariant(tree, "a.txt", "gzip"), null);
});

Deno.test("findVariant() compresses so many at once, and more when they end", async () => {
  await using tree = await makeTree({ "a.txt": LARGE });
  const find = await finderOf(tree.path);
  async function ask(): Promise<[OpenFile, FileVariant | null]> {
    const file = await open(tree, "a.txt");
    return [file, await find(file, tree.at("a.txt"), "gzip")];
  }
  const variants: (FileVariant | null)[] = [];
  for (let i = 0; i < STREAMS_MAX; i++) variants.push((await ask())[1]);
  assert(variants.every((variant) => variant !== null));

  const [file, none] = await ask();
  assertEquals(none, null);
  // It was not freed: it is to be sent as it is.
  assert(file.content.kind === "handle");
  file.content.file.close();

  drop(variants[0] ?? null);
  drop(variants[0] ?? null);
  const [, one] = await ask();
  assert(one !== null);
  for (const variant of [one, ...variants.slice(1)]) drop(variant);
});

Deno.test("findVariant() looks for nothing beside a single shared file", async () => {
  await using tree = await makeTree({ "a.txt": "hello", "a.txt.gz": GZIP });
  const find = createVariantFinder({
    ...await depsOf(tree.at("a.txt")),
    rules: { followSymlinks: true },
  });

  const variant = settled(
    await find(await open(tree, "a.txt"), {
      path: tree.at("a.txt"),
      key: "gzip",
      validators: NO_VALIDATORS,
      time: TIME,
    }),
  );

  assertEquals(variant, null);
});

Deno.test("findVariant() gives no tag to a form of what has none", async () => {
  await using tree = await makeTree({ "a.txt": proseOf(5_000) });
  const find = createVariantFinder(await depsOf(tree.path));

  const variant = settled(
    await find(await open(tree, "a.txt"), {
      path: tree.at("a.txt"),
      key: "br",
      validators: NO_VALIDATORS,
      time: TIME,
    }),
  );

  assertEquals(variant?.validators, NO_VALIDATORS);
});
