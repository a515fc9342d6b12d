/**
 * The answer with the entries of a folder: as a page, or as JSON.
 *
 * @module
 */

import type { FolderContent } from "../disk/entries.ts";
import { pace } from "../disk/pace.ts";
import type { Entry, SortKey, SortOrder } from "../entry.ts";
import type { Context } from "../http/context.ts";
import {
  GROUP_ROWS,
  listingEnd,
  listingRows,
  listingTop,
} from "../pages/listing_page.ts";
import { contentSecurityPolicy } from "../pages/policy.ts";
import { STYLE } from "../pages/style.ts";
import {
  type Body,
  type ByteSource,
  type HeaderPairs,
  type Reply,
  textBody,
} from "../reply.ts";
import { encodeSegment } from "../segment.ts";

/** How a folder is to be shown. */
export interface ListingRequest {
  readonly format: "html" | "json";
  readonly sort: SortKey;
  readonly order: SortOrder;
  /** Whether the page was asked for in the place of an index. */
  readonly keepListing: boolean;
}

/** Makes the reply with the entries of a folder. */
export type ListingReply = (
  folder: FolderContent,
  segments: readonly string[],
  request: ListingRequest,
) => Reply;

// So many entries are sent at once, with their length; more are streamed.
const ENTRIES_AT_ONCE = 1_000;

// A multiple of the page's groups; a piece takes a millisecond or two.
const ENTRIES_PER_PIECE = 2 * GROUP_ROWS;

const SORT_KEYS: readonly SortKey[] = ["name", "size", "modified"];

/**
 * Reads from a request how a folder is to be shown.
 *
 * @param context Request.
 * @returns Form and order; what is not understood counts as not given.
 *
 * @example Usage
 * ```ts
 * import { parseListingRequest } from "./listing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const headers = new Headers({ accept: "application/json" });
 *
 * assertEquals(parseListingRequest({ headers, search: "?sort=size" }), {
 *   format: "json",
 *   sort: "size",
 *   order: "asc",
 *   keepListing: false,
 * });
 * ```
 */
export function parseListingRequest(
  context: Pick<Context, "headers" | "search">,
): ListingRequest {
  const query = new URLSearchParams(context.search);
  const format = query.get("format");
  const wantsJson = format === "json" || format === "html"
    ? format === "json"
    : prefersJson(context.headers.get("accept") ?? "");
  return {
    format: wantsJson ? "json" : "html",
    sort: SORT_KEYS.find((key) => key === query.get("sort")) ?? "name",
    order: query.get("order") === "desc" ? "desc" : "asc",
    keepListing: query.has("listing"),
  };
}

/**
 * Tells whether a query asks for the entries of a folder, whatever index there
 * is.
 *
 * @param search Query with its `?`, or the empty string.
 * @returns Whether it has `listing`, or asks for JSON by name.
 *
 * @example Usage
 * ```ts
 * import { wantsListing } from "./listing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wantsListing("?listing"), true);
 * assertEquals(wantsListing("?format=json"), true);
 * assertEquals(wantsListing("?sort=size"), false);
 * ```
 */
export function wantsListing(search: string): boolean {
  if (search === "") return false;
  const query = new URLSearchParams(search);
  return query.has("listing") || query.get("format") === "json";
}

/**
 * Makes the function that shows folders.
 *
 * @returns A function from a folder in order, the names that lead to it,
 * and the form that is wanted, to a reply.
 *
 * @example Usage
 * ```ts
 * import { createListingReply } from "./listing.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const reply = await createListingReply();
 * const request = {
 *   format: "json",
 *   sort: "name",
 *   order: "asc",
 *   keepListing: false,
 * } as const;
 *
 * const empty = { entries: [], folders: 0, files: 0, bytes: 0 };
 *
 * assertEquals(reply(empty, [], request).status, 200);
 * ```
 */
export async function createListingReply(): Promise<ListingReply> {
  const html: HeaderPairs = [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", await contentSecurityPolicy(STYLE)],
    ["vary", "accept"],
  ];
  const json: HeaderPairs = [
    ["content-type", "application/json"],
    ["vary", "accept"],
  ];
  return (folder, segments, request) => {
    const isJson = request.format === "json";
    const pieces = isJson
      ? jsonPieces(folder.entries)
      : htmlPieces(folder, segments, request);
    return {
      status: 200,
      headers: isJson ? json : html,
      body: toBody(pieces, folder.entries.length),
    };
  };
}

/**
 * By the quality values of RFC 9110 section 12.5.1. Where they are even, the
 * type that is named wins over one that a wildcard stands for; then the page.
 */
function prefersJson(accept: string): boolean {
  const json = qualityOf(accept, "application/json");
  const html = qualityOf(accept, "text/html");
  return json.quality > html.quality ||
    (json.quality === html.quality && json.quality > 0 &&
      json.precision > html.precision);
}

function qualityOf(
  accept: string,
  type: string,
): { readonly quality: number; readonly precision: number } {
  const qualities = new Map(
    accept.split(",").map((range) => {
      const [name = "", ...parameters] = range.split(";").map((p) => p.trim());
      const q = parameters.find((p) => /^q=/i.test(p))?.slice(2) ?? "1";
      const isValid = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q);
      return [name.toLowerCase(), isValid ? Number(q) : 0] as const;
    }),
  );
  const names = ["*/*", `${type.split("/")[0] ?? ""}/*`, type];
  const precision = names.findLastIndex((name) => qualities.has(name));
  const quality = qualities.get(names[precision] ?? "") ?? 0;
  return { quality, precision };
}

function* htmlPieces(
  folder: FolderContent,
  segments: readonly string[],
  request: ListingRequest,
): Generator<string> {
  const { entries, ...totals } = folder;
  const { sort, order, keepListing } = request;
  const view = { segments, sort, order, keepListing, ...totals };
  yield String(listingTop(view));
  for (let i = 0; i < entries.length; i += ENTRIES_PER_PIECE) {
    yield String(listingRows(entries.slice(i, i + ENTRIES_PER_PIECE)));
  }
  yield String(listingEnd(view));
}

function* jsonPieces(entries: readonly Entry[]): Generator<string> {
  yield "[";
  for (let i = 0; i < entries.length; i += ENTRIES_PER_PIECE) {
    const lines = entries.slice(i, i + ENTRIES_PER_PIECE).map(toJson);
    yield `${i === 0 ? "\n" : ",\n"}${lines.join(",\n")}`;
  }
  yield "\n]\n";
}

function toJson(entry: Entry): string {
  const { name, kind, size, modified } = entry;
  return JSON.stringify({
    name,
    type: kind,
    size,
    modified: modified === null ? null : new Date(modified).toISOString(),
    url: `./${encodeSegment(name)}${kind === "directory" ? "/" : ""}`,
  });
}

function toBody(pieces: Generator<string>, count: number): Body {
  return count <= ENTRIES_AT_ONCE
    ? textBody([...pieces].join(""))
    : { kind: "source", source: textSource(pieces), length: null };
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
