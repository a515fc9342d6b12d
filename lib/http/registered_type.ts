/**
 * What the registry of media types says of an extension. Its table takes some
 * milliseconds to load, so that what most files are called has a place here.
 *
 * @module
 */

/** As the registry's table has them, which a test compares. */
export const COMMON_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    avif: "image/avif",
    bin: "application/octet-stream",
    css: "text/css",
    csv: "text/csv",
    gif: "image/gif",
    gz: "application/gzip",
    htm: "text/html",
    html: "text/html",
    ico: "image/vnd.microsoft.icon",
    jpeg: "image/jpeg",
    jpg: "image/jpeg",
    js: "text/javascript",
    json: "application/json",
    mp3: "audio/mpeg",
    mp4: "video/mp4",
    pdf: "application/pdf",
    png: "image/png",
    svg: "image/svg+xml",
    txt: "text/plain",
    wasm: "application/wasm",
    webm: "video/webm",
    webp: "image/webp",
    woff: "font/woff",
    woff2: "font/woff2",
    xml: "application/xml",
    zip: "application/zip",
  }),
);

/**
 * Gives the media type of an extension.
 *
 * @param extension Extension in lower case, without its dot.
 * @returns The type, or `undefined` where none is registered.
 *
 * @example Usage
 * ```ts
 * import { registeredType } from "./registered_type.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await registeredType("png"), "image/png");
 * assertEquals(await registeredType("epub"), "application/epub+zip");
 * ```
 */
export async function registeredType(
  extension: string,
): Promise<string | undefined> {
  const common = COMMON_TYPES.get(extension);
  if (common !== undefined) return common;
  const { typeByExtension } = await import(
    "@std/media-types/type-by-extension"
  );
  return typeByExtension(extension);
}
