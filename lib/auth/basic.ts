/**
 * `Authorization: Basic …` → name and password (RFC 7617, in UTF-8). Whether
 * they are right is decided elsewhere.
 *
 * @module
 */

/** What the field says. */
export type BasicResult =
  | {
    readonly kind: "credentials";
    /** Name of the user, in Normalization Form C. */
    readonly name: string;
    readonly password: string;
  }
  | { readonly kind: "malformed" };

/**
 * Longest field that is looked at, in characters: name and password of 1 KiB
 * each make 2,738, and nobody types more.
 */
export const FIELD_LIMIT = 4_096;

const MALFORMED: BasicResult = Object.freeze({ kind: "malformed" });

// RFC 9110 section 11.1: the name of a scheme has no case. RFC 4648 section 4:
// four characters stand for three bytes, and the last four may be padded.
const FIELD =
  /^basic +((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/i;

/**
 * Parses the value of an `Authorization` field.
 *
 * @param field Value as it came.
 * @returns Name and password; `malformed` where they could be nobody's: another
 * scheme, bad base64 or UTF-8, no colon, a control character, no name or an
 * empty password.
 *
 * @example Usage
 * ```ts
 * import { parseBasic } from "./basic.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseBasic("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), {
 *   kind: "credentials",
 *   name: "Aladdin",
 *   password: "open sesame",
 * });
 * assertEquals(parseBasic("Bearer abc"), { kind: "malformed" });
 * ```
 */
export function parseBasic(field: string): BasicResult {
  if (field.length > FIELD_LIMIT) return MALFORMED;
  const token = FIELD.exec(field)?.[1];
  const text = token === undefined ? undefined : decodeToken(token);
  if (text === undefined || /\p{Cc}/u.test(text)) return MALFORMED;
  // RFC 7617 section 2: a name cannot hold a colon, a password can.
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(colon, 0)).normalize("NFC");
  const password = text.slice(colon + 1);
  return name === "" || password === ""
    ? MALFORMED
    : { kind: "credentials", name, password };
}

function decodeToken(token: string): string | undefined {
  const binary = atob(token);
  // Bits that stand for nothing have to be zero (RFC 4648 section 3.5).
  if (btoa(binary) !== token) return undefined;
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
