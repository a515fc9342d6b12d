/**
 * How a folder is to be shown, by what a request says of it.
 *
 * @module
 */

import type { SortKey, SortOrder } from "../entry.ts";
import { prefersJson } from "./accept.ts";
import type { Context } from "./context.ts";

/** How a folder is to be shown. */
export interface ListingRequest {
  readonly format: "html" | "json";
  readonly sort: SortKey;
  readonly order: SortOrder;
  /** Whether the page was asked for in the place of an index. */
  readonly keepListing: boolean;
}

const SORT_KEYS: readonly SortKey[] = ["name", "size", "modified"];

const AS_PAGE: ListingRequest = Object.freeze({
  format: "html",
  sort: "name",
  order: "asc",
  keepListing: false,
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
 * });
 * ```
 */
export function parseListingRequest(
  context: Pick<Context, "headers" | "search">,
): ListingRequest {
  const accept = context.headers.get("accept");
  if (context.search === "") return prefersJson(accept) ? AS_JSON : AS_PAGE;
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
 * import { wantsListing } from "./listing_request.ts";
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
