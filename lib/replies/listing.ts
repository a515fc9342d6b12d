/**
 * The answer with the entries of a folder: as a page, or as JSON.
 *
 * @module
 */

import type { FolderContent, FolderState } from "../disk/entries.ts";
import { pace } from "../disk/pace.ts";
import { type FoundPlace, seenOf } from "../disk/seen.ts";
import type { ListingRequest } from "../http/listing_request.ts";
import { contentSecurityPolicy } from "../pages/policy.ts";
import { STYLE } from "../pages/style.ts";
import type { ByteSource, HeaderPairs, Memo, Reply } from "../reply.ts";

/** Where a folder is, for a client and on the disk. */
export interface ListingPlace extends FoundPlace {
  /** Decoded names from the shared folder to this one. */
  readonly segments: readonly string[];
}

/** Makes the reply with the entries of a folder. */
export type ListingReply = (
  folder: FolderContent,
  place: ListingPlace,
  request: ListingRequest,
) => Promise<Reply>;

/** An answer of which all bytes are there. */
type Whole = Memo["whole"];

// So many entries are sent at once, with their length; more are streamed.
const ENTRIES_AT_ONCE = 2_000;

// A page of so many entries with names of an ordinary length. A larger one
// would take the place of too many files.
const MEMO_BYTES_MAX = 524_288;

// A size or time of an entry may change without a trace in its folder, and has
// to show within a second.
const KEEP_MS = 1_000;

// Of 200 entries each.
const PIECES_WITHOUT_PAUSE = 2;

/**
 * Makes the function that shows folders.
 *
 * @returns A function from a folder in order, the place it has, and the form
 * that is wanted, to a reply. One that is sent at once is written once for each
 * reading of the folder.
 *
 * @example Usage
 * ```ts
 * import { createListingReply } from "./listing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const listingReply = await createListingReply();
 * const request = {
 *   format: "json",
 *   sort: "name",
 *   order: "asc",
 *   keepListing: false,
 * } as const;
 * const found = { asked: "/srv/www", path: "/srv/www", isDirect: true };
 * const place = { segments: [], ...found };
 * const empty = { entries: [], folders: 0, files: 0, bytes: 0, state: null };
 *
 * assertEquals((await listingReply(empty, place, request)).status, 200);
 * ```
 */
export async function createListingReply(): Promise<ListingReply> {
  const headers = await createHeaders();
  const written = new WeakMap<FolderContent, Map<string, Promise<Whole>>>();

  /** A crowd that shares a reading shares what is made of it. */
  function wholeOf(
    folder: FolderContent,
    { segments }: ListingPlace,
    request: ListingRequest,
  ): Promise<Whole> {
    const forms = written.get(folder) ?? new Map<string, Promise<Whole>>();
    written.set(folder, forms);
    const key = JSON.stringify([request, segments]);
    const ready = forms.get(key);
    if (ready !== undefined) return ready;
    const whole = writeWhole(
      piecesOf(folder, segments, request),
      headers[request.format],
    );
    forms.set(key, whole);
    return whole;
  }

  return async (folder, place, request) => {
    if (folder.entries.length <= ENTRIES_AT_ONCE) {
      const whole = await wholeOf(folder, place, request);
      const memo = memoOf(whole, folder.state, place);
      return memo === null ? whole : { ...whole, memo };
    }
    const pieces = await piecesOf(folder, place.segments, request);
    const source = textSource(pieces);
    return {
      status: 200,
      headers: headers[request.format],
      body: { kind: "source", source, length: null },
    };
  };
}

async function createHeaders(): Promise<
  Readonly<Record<ListingRequest["format"], HeaderPairs>>
> {
  return {
    html: [
      ["content-type", "text/html; charset=utf-8"],
      ["content-security-policy", await contentSecurityPolicy(STYLE)],
      ["vary", "accept"],
    ],
    json: [
      ["content-type", "application/json"],
      ["vary", "accept"],
    ],
  };
}

/** The modules are loaded by the first who needs them: many never do. */
async function piecesOf(
  folder: FolderContent,
  segments: readonly string[],
  request: ListingRequest,
): Promise<Generator<string>> {
  if (request.format === "json") {
    const { jsonPieces } = await import("../pages/listing_json.ts");
    return jsonPieces(folder.entries);
  }
  const { listingPieces } = await import("../pages/listing_pieces.ts");
  const { folders, files, bytes } = folder;
  const { sort, order, keepListing } = request;
  const view = { segments, sort, order, keepListing, folders, files, bytes };
  return listingPieces(view, folder.entries);
}

async function writeWhole(
  coming: Promise<Generator<string>>,
  headers: HeaderPairs,
): Promise<Whole> {
  let text = "";
  let count = 0;
  for (const piece of await coming) {
    // A small page is not worth the wait.
    if (count++ > PIECES_WITHOUT_PAUSE) await pace();
    text += piece;
  }
  const bytes = new TextEncoder().encode(text);
  return { status: 200, headers, body: { kind: "bytes", bytes } };
}

/**
 * An entry that comes or goes changes its folder: the page is right for as long
 * as the folder is as it was while it was read, and no longer than the sizes
 * and times in it may be old.
 */
function memoOf(
  whole: Whole,
  state: FolderState | null,
  place: FoundPlace,
): Memo | null {
  if (state === null || whole.body.bytes.length > MEMO_BYTES_MAX) return null;
  const seen = seenOf(place, state.facts, state.since);
  const age = Math.max(0, Date.now() - state.since);
  if (seen === null || age >= KEEP_MS) return null;
  return {
    whole,
    notModified: null,
    etag: null,
    lastModified: null,
    seen: [seen],
    keepMs: KEEP_MS - age,
    renewedBy: null,
    chosenBy: "accept",
    isFile: false,
  };
}

function textSource(pieces: Generator<string>): ByteSource {
  const encoder = new TextEncoder();
  return {
    async next() {
      await pace();
      const { value, done } = pieces.next();
      return done === true ? null : encoder.encode(value);
    },
    close() {
      pieces.return(undefined);
    },
    cancel() {
      pieces.return(undefined);
    },
  };
}
