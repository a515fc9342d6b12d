/**
 * The answer with the address of a folder: a QR code for a phone to read, or the
 * address itself.
 *
 * @module
 */

import type { Context } from "../http/context.ts";
import { folderUrl, type QrForm } from "../http/qr_request.ts";
import { qrImage } from "../pages/qr_image.ts";
import { qrCode } from "../qr_code.ts";
import { type HeaderPairs, type Reply, textBody } from "../reply.ts";
import type { Refuse } from "./refusal.ts";

/** What the address of a folder depends on. */
export interface QrPlace {
  /** Decoded names from the shared folder to this one. */
  readonly segments: readonly string[];
  /** Origins that lead to the server from its networks, the best first. */
  readonly origins: readonly string[];
  readonly refuse: Refuse;
}

// SECURITY: opened by itself, an SVG is a document of this origin.
const IMAGE_HEADERS: HeaderPairs = [
  ["content-type", "image/svg+xml; charset=utf-8"],
  [
    "content-security-policy",
    "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'self'",
  ],
];

const TEXT_HEADERS: HeaderPairs = [["content-type", "text/plain"]];

/**
 * Answers with the address of a folder.
 *
 * @param form How it is to be told.
 * @param context Request, a GET or HEAD whose host is answered.
 * @param place The folder, and what is known of the network.
 * @returns 200; 404 where there is no address, or one too long for a QR code.
 *
 * @example Usage
 * ```ts
 * import { qrReply } from "./qr.ts";
 * import { createRefuse } from "./refusal.ts";
 * import { textBody } from "../reply.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const context = { scheme: "http", authority: "nas.lan" } as const;
 * const refuse = await createRefuse();
 * const place = { segments: ["a b"], origins: [], refuse };
 * const reply = qrReply("text", context, place);
 *
 * assertEquals(reply.body, textBody("http://nas.lan/a%20b/\n"));
 * ```
 */
export function qrReply(
  form: QrForm,
  context: Pick<Context, "scheme" | "authority">,
  { segments, origins, refuse }: QrPlace,
): Reply {
  const url = folderUrl(context, segments, origins);
  if (url === null) return refuse(404);
  if (form === "text") {
    return { status: 200, headers: TEXT_HEADERS, body: textBody(`${url}\n`) };
  }
  const code = qrCode(url);
  if (code === null) return refuse(404);
  const body = textBody(`${qrImage(code, url)}\n`);
  return { status: 200, headers: IMAGE_HEADERS, body };
}
