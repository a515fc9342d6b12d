/**
 * How a folder is to be shown, by what a request says of it.
 *
 * @module
 */

import type { SortKey, SortOrder } from "../entry.ts";
import { namesHtml, prefersJson } from "./accept.ts";
import { parseArchiveRequest } from "./archive_request.ts";
import type { Context } from "./context.ts";

/** How a folder is to be shown. */
export interface ListingRequest {
  readonly format: "html" | "json";
  readonly sort: SortKey;
  readonly order: SortOrder;
  /** Whether the page was asked for in the place of an index. */
  readonly keepListing: boolean;
  /**
   * Whether the page shows the folder's README too. A program that follows the
   * links of the page is to find the entries alone.
   */
  readonly withReadme: boolean;
}

const SORT_KEYS: readonly SortKey[] = ["name", "size", "modified"];

const AS_PAGE: ListingRequest = Object.freeze({
  format: "html",
  sort: "name",
  order: "asc",
  keepListing: false,
  withReadme: false,
});
const WITH_README: ListingRequest = Object.freeze({
  ...AS_PAGE,
  withReadme: true,
});
const AS_JSON: ListingRequest = Object.freeze({ ...AS_PAGE, format: "json" });

/**
 * Reads from a request how a folder is to be shown.
 *
 * @param context Request.
 * @returns Form and order; what is not understood counts as not given.
 *
 * @example Usage
 * ```ts
 * import { parseListingRequest } from "./listing_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const headers = new Headers({ accept: "application/json" });
 *
 * assertEquals(parseListingRequest({ headers, search: "?sort=size" }), {
 *   format: "json",
 *   sort: "size",
 *   order: "asc",
 *   keepListing: false,
 *   withReadme: false,
 * });
 * ```
 */
export function parseListingRequest(
  context: Pick<Context, "headers" | "search">,
): ListingRequest {
  const accept = context.headers.get("accept");
  if (context.search === "") {
    if (prefersJson(accept)) return AS_JSON;
    return namesHtml(accept) ? WITH_README : AS_PAGE;
  }
  const query = new URLSearchParams(context.search);
  const format = query.get("format");
  const wantsJson = format === "json" || format === "html"
    ? format === "json"
    : prefersJson(accept);
  return {
    format: wantsJson ? "json" : "html",
    sort: SORT_KEYS.find((key) => key === query.get("sort")) ?? "name",
    order: query.get("order") === "desc" ? "desc" : "asc",
    keepListing: query.has("listing"),
    withReadme: !wantsJson && namesHtml(accept),
  };
}

/**
 * Tells whether a query asks for the entries of a folder, whatever index there
 * is.
 *
 * @param search Query with its `?`, or the empty string.
 * @returns Whether it has `listing`, asks for JSON by name, or for what the
 * page of a folder offers.
 *
 * @example Usage
 * ```ts
 * import { wantsListing } from "./listing_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wantsListing("?listing"), true);
 * assertEquals(wantsListing("?format=json"), true);
 * assertEquals(wantsListing("?archive=zip"), true);
 * assertEquals(wantsListing("?sort=size"), false);
 * ```
 */
export function wantsListing(search: string): boolean {
  if (search === "") return false;
  const query = new URLSearchParams(search);
  return query.has("listing") || query.has("qr") ||
    query.get("format") === "json" || parseArchiveRequest(search) !== undefined;
}
