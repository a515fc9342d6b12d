/**
 * Where a folder is reached from another device, by what a request says of the
 * way that it came.
 *
 * @module
 */

import { encodeSegment } from "../segment.ts";
import type { Context } from "./context.ts";
import { hostOf } from "./host_check.ts";
import { isLoopback } from "./loopback.ts";

/** How the address of a folder is to be told. */
export type QrForm = "image" | "text";

/**
 * Reads whether a query asks for the address of a folder.
 *
 * @param search Query with its `?`, or the empty string.
 * @returns A QR code for `qr`, plain text for `qr=text`, else `null`.
 *
 * @example Usage
 * ```ts
 * import { parseQrRequest } from "./qr_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseQrRequest("?qr"), "image");
 * assertEquals(parseQrRequest("?qr=text"), "text");
 * assertEquals(parseQrRequest("?sort=size"), null);
 * ```
 */
export function parseQrRequest(search: string): QrForm | null {
  if (search === "") return null;
  const query = new URLSearchParams(search);
  if (!query.has("qr")) return null;
  return query.get("qr") === "text" ? "text" : "image";
}

/**
 * Finds the URL of a folder that another device can use.
 *
 * @param request Scheme and authority of the request.
 * @param segments Decoded names from the shared folder to this one.
 * @param origins Origins that lead to this server from its networks, the best
 * first. Who asked by a name of this machine alone is told of the first.
 * @returns The URL, or `null` for a request that names no host where none is
 * known.
 *
 * @example Usage
 * ```ts
 * import { folderUrl } from "./qr_request.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const request = { scheme: "http", authority: "localhost:8000" } as const;
 * const origins = ["http://192.168.1.23:8000"];
 *
 * assertEquals(
 *   folderUrl(request, ["a b"], origins),
 *   "http://192.168.1.23:8000/a%20b/",
 * );
 * ```
 */
export function folderUrl(
  request: Pick<Context, "scheme" | "authority">,
  segments: readonly string[],
  origins: readonly string[],
): string | null {
  const origin = originFor(request, origins);
  if (origin === null) return null;
  return `${[origin, ...segments.map(encodeSegment)].join("/")}/`;
}

function originFor(
  { scheme, authority }: Pick<Context, "scheme" | "authority">,
  [best]: readonly string[],
): string | null {
  if (authority === "") return best ?? null;
  const asked = `${scheme}://${authority}`;
  if (best === undefined || !isHere(hostOf(authority))) return asked;
  // Another port than ours is somebody's who hands requests on: a tunnel, a
  // container. Our own addresses are none that lead there.
  return URL.parse(asked)?.port === URL.parse(best)?.port ? best : asked;
}

/** The first line of the start page names the address of all addresses. */
function isHere(host: string): boolean {
  return isLoopback(host) || host === "0.0.0.0" || host === "::";
}
