/**
 * `Content-Disposition` of a file that is to be saved (RFC 6266).
 *
 * @module
 */

/**
 * Writes the field that makes a browser save a file under its name.
 *
 * @param name Name of the file, whatever it is.
 * @returns Value of the field: a plain form for old clients and the exact name
 * as RFC 8187 spells it.
 *
 * @example Usage
 * ```ts
 * import { attachment } from "./disposition.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(attachment("a.txt"), 'attachment; filename="a.txt"');
 * assertEquals(
 *   attachment("ü.txt"),
 *   "attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%BC.txt",
 * );
 * ```
 */
export function attachment(name: string): string {
  // `%` too: some browsers decode escapes in the plain form.
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/gu, "_");
  const field = `attachment; filename="${plain}"`;
  if (plain === name) return field;
  const exact = encodeURIComponent(name.toWellFormed())
    .replaceAll(
      /['()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return `${field}; filename*=UTF-8''${exact}`;
}
