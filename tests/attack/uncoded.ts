/**
 * What a compressed answer says. A secret inside it would be found no other
 * way.
 *
 * @module
 */

import { decode } from "../_support/decode.ts";
import type { Answer } from "./answers.ts";

const LATIN1 = new TextDecoder("latin1");

/** The byte that each character was: `latin1` has others from 0x80 to 0x9f. */
const BYTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    LATIN1.decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/**
 * Gives an answer with its body as it was before it was compressed.
 *
 * @param answer Answer, its body read as `latin1`.
 * @returns The same, or one that says what it was compressed to.
 * @throws {Error} If what is compressed cannot be undone.
 */
export function uncoded(answer: Answer): Answer {
  const coding = answer.fields.get("content-encoding");
  const isCoded = coding === "zstd" || coding === "br" || coding === "gzip";
  if (!isCoded || answer.body === "") return answer;
  const bytes = Uint8Array.from(
    answer.body,
    (character) => BYTES.get(character) ?? 0,
  );
  return { ...answer, body: LATIN1.decode(decode(bytes, coding)) };
}
