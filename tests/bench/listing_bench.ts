/**
 * What the page of a folder of 1,000 entries costs: reading the entries on a
 * disk that answers quickly and on one that does not, sorting and writing them;
 * and the same page once more while the folder is as it was.
 *
 * @module
 */

import { type EntriesResult, readEntries } from "../../lib/disk/entries.ts";
import { NO_PULSE } from "../../lib/disk/entry_looks.ts";
import type { Pulse } from "../../lib/disk/pulse.ts";
import { findVisible } from "../../lib/disk/resolve.ts";
import { openRoot } from "../../lib/disk/root.ts";
import { sortEntries } from "../../lib/disk/sort.ts";
import type { SortKey } from "../../lib/entry.ts";
import { createHandler } from "../../lib/handler.ts";
import type { ListingRequest } from "../../lib/http/listing_request.ts";
import { DEFAULTS } from "../../lib/options.ts";
import { createListingReply } from "../../lib/replies/listing.ts";

const ENTRIES = 1_000;
const QUICK: Pulse = { isQuick: () => true, took: () => {} };
const KEYS: readonly SortKey[] = ["name", "size", "modified"];
const FORMATS: readonly ListingRequest["format"][] = ["html", "json"];
const PEER: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 50_000 },
  completed: Promise.resolve(),
};

type Content = Extract<EntriesResult, { kind: "entries" }>;

// The folder was made this moment: for a clock ahead, it is old enough to be
// remembered.
const { now } = Date;
Date.now = () => now() + 3_600_000;

const site = await makeSite();
addEventListener("unload", () => Deno.removeSync(site, { recursive: true }));
const root = await openRoot(site);
const found = await findVisible(root, `${root.path}/folder`, DEFAULTS);
if (found.kind !== "directory") throw new Error(found.kind);
const folder = { root, path: found.path, rules: DEFAULTS };
const content = await contentOf(NO_PULSE);
const handler = await createHandler(site);

/** Files as cameras and programs name them, half an hour apart. */
async function makeSite(): Promise<string> {
  const path = await Deno.makeTempDir({ prefix: "serve_bench_" });
  await Deno.mkdir(`${path}/folder`);
  for (let i = 0; i < ENTRIES; i++) {
    const file = `${path}/folder/picture-${i}.jpg`;
    const time = 1.7e9 + (i * 1_000_003) % 1_800_000;
    await Deno.writeTextFile(file, "x".repeat((i * 7_919) % 5_000));
    await Deno.utime(file, time, time);
  }
  await Deno.utime(`${path}/folder`, 1.7e9, 1.7e9);
  return path;
}

async function contentOf(pulse: Pulse): Promise<Content> {
  const result = await readEntries(folder, pulse);
  if (result.kind !== "entries") throw new Error(result.error);
  return result;
}

Deno.bench("read 1,000 entries on a quick disk", async () => {
  await contentOf(QUICK);
});

Deno.bench("read 1,000 entries on a slow disk", async () => {
  await contentOf(NO_PULSE);
});

for (const key of KEYS) {
  Deno.bench(`sort 1,000 entries by ${key}`, async () => {
    await sortEntries(content.entries, key, "asc");
  });
}

for (const format of FORMATS) {
  const listingReply = createListingReply(DEFAULTS);
  const request: ListingRequest = {
    format,
    sort: "name",
    order: "asc",
    keepListing: false,
    withReadme: false,
  };
  Deno.bench(`write 1,000 entries as ${format}`, async () => {
    const place = {
      segments: ["folder"],
      asked: folder.path,
      path: folder.path,
      isDirect: true,
    };
    // A reading of its own: what is made of one is kept.
    await listingReply({ ...content }, place, request);
  });
}

Deno.bench("answer with the page of 1,000 entries once more", async () => {
  const response = await handler(
    new Request("http://localhost/folder/"),
    PEER,
  );
  await response.body?.cancel();
});
