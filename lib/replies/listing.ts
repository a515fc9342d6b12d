/**
 * The answer with the entries of a folder: as a page, or as JSON.
 *
 * @module
 */

import type { FolderContent, FolderState } from "../disk/entries.ts";
import { pace } from "../disk/pace.ts";
import { type FoundPlace, seenOf } from "../disk/seen.ts";
import type { ListingRequest } from "../http/listing_request.ts";
import type { ServeOptions } from "../options.ts";
import { jsonPieces } from "../pages/listing_json.ts";
import type { ListingView } from "../pages/listing_page.ts";
import { listingPieces } from "../pages/listing_pieces.ts";
import { listingPolicy } from "../pages/listing_policy.ts";
import type { SortView } from "../pages/sort_headings.ts";
import type { ByteSource, HeaderPairs, Memo, Reply } from "../reply.ts";
import type { ReadmeFinder, ReadmePart } from "./folder_readme.ts";

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

/** What the page depends on besides the folder. */
export type ListingOptions = Pick<ServeOptions, "archive" | "title" | "theme">;

/** An answer of which all bytes are there. */
type Whole = Memo["whole"];

/** The same, and what of a README is in it. */
interface Written {
  readonly whole: Whole;
  readonly readme: ReadmePart | null;
}

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
 * @param options What the page depends on besides the folder.
 * @param findReadme Finds what the page shows of a README; nothing unless told.
 * @returns A function from a folder in order, the place it has, and the form
 * that is wanted, to a reply. One that is sent at once is written once for each
 * reading of the folder.
 *
 * @example Usage
 * ```ts
 * import { DEFAULTS } from "../options.ts";
 * import { createListingReply } from "./listing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const listingReply = createListingReply(DEFAULTS);
 * const request = {
 *   format: "json",
 *   sort: "name",
 *   order: "asc",
 *   keepListing: false,
 *   withReadme: false,
 * } as const;
 * const found = { asked: "/srv/www", path: "/srv/www", isDirect: true };
 * const place = { segments: [], ...found };
 * const empty = { entries: [], folders: 0, files: 0, bytes: 0, state: null };
 *
 * assertEquals((await listingReply(empty, place, request)).status, 200);
 * ```
 */
export function createListingReply(
  options: ListingOptions,
  findReadme: ReadmeFinder = () => Promise.resolve(null),
): ListingReply {
  const written = new WeakMap<FolderContent, Map<string, Promise<Written>>>();

  /** A crowd that shares a reading shares what is made of it. */
  function wholeOf(
    folder: FolderContent,
    place: ListingPlace,
    request: ListingRequest,
  ): Promise<Written> {
    const forms = written.get(folder) ?? new Map<string, Promise<Written>>();
    written.set(folder, forms);
    const key = JSON.stringify([request, place.segments]);
    const ready = forms.get(key);
    if (ready !== undefined) return ready;
    const whole = write(folder, place, request);
    forms.set(key, whole);
    return whole;
  }

  async function write(
    folder: FolderContent,
    place: ListingPlace,
    request: ListingRequest,
  ): Promise<Written> {
    const { pieces, readme } = await start(folder, place, request);
    const headers = await headersOf(request.format);
    return { whole: await writeWhole(pieces, headers), readme };
  }

  async function start(
    folder: FolderContent,
    { segments, path }: ListingPlace,
    request: ListingRequest,
  ) {
    const readme = request.withReadme
      ? await findReadme({ path, entries: folder.entries })
      : null;
    const view = { ...folder, segments, ...options };
    const shown = readme === null ? view : { ...view, readme: readme.markup };
    return { pieces: piecesOf(shown, request), readme };
  }

  return async (folder, place, request) => {
    if (folder.entries.length <= ENTRIES_AT_ONCE) {
      const written = await wholeOf(folder, place, request);
      const { whole } = written;
      const memo = memoOf(written, folder.state, place);
      return memo === null ? whole : { ...whole, memo };
    }
    const { pieces } = await start(folder, place, request);
    const source = textSource(pieces);
    return {
      status: 200,
      headers: await headersOf(request.format),
      body: { kind: "source", source, length: null },
    };
  };
}

const JSON_HEADERS: HeaderPairs = [
  ["content-type", "application/json"],
  ["vary", "accept"],
];

async function headersOf(
  format: ListingRequest["format"],
): Promise<HeaderPairs> {
  if (format === "json") return JSON_HEADERS;
  return [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", await listingPolicy()],
    ["vary", "accept"],
  ];
}

function piecesOf(
  folder: Omit<ListingView, keyof SortView> & Pick<FolderContent, "entries">,
  request: ListingRequest,
): Generator<string> {
  const { entries } = folder;
  return request.format === "json"
    ? jsonPieces(entries)
    : listingPieces({ ...folder, ...request }, entries);
}

async function writeWhole(
  pieces: Generator<string>,
  headers: HeaderPairs,
): Promise<Whole> {
  let text = "";
  let count = 0;
  for (const piece of pieces) {
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
  { whole, readme }: Written,
  state: FolderState | null,
  place: FoundPlace,
): Memo | null {
  if (state === null || whole.body.bytes.length > MEMO_BYTES_MAX) return null;
  const seen = seenOf(place, state.facts, state.since);
  const age = Math.max(0, Date.now() - state.since);
  if (seen === null || age >= KEEP_MS) return null;
  // A README changes without a trace in its folder.
  const also = readme === null ? [] : [readme.seen];
  if (!also.every((each) => each !== null)) return null;
  return {
    whole,
    notModified: null,
    etag: null,
    lastModified: null,
    seen: [seen, ...also],
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
