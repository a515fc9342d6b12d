/**
 * The entries of a folder as JSON, in pieces, each of them written when it is
 * asked for: a list, one entry a line.
 *
 * @module
 */

import type { Entry } from "../entry.ts";
import { encodeSegment } from "../segment.ts";

// A piece takes less than a millisecond.
const ENTRIES_PER_PIECE = 200;

/**
 * Writes entries as JSON.
 *
 * @param entries Entries in the order in which they are shown.
 * @returns The document in pieces.
 *
 * @example Usage
 * ```ts
 * import { jsonPieces } from "./listing_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pieces = jsonPieces([
 *   { name: "a b", kind: "directory", size: null, modified: 0 },
 * ]);
 *
 * assertEquals(JSON.parse([...pieces].join("")), [{
 *   name: "a b",
 *   type: "directory",
 *   size: null,
 *   modified: "1970-01-01T00:00:00.000Z",
 *   url: "./a%20b/",
 * }]);
 * ```
 */
export function* jsonPieces(entries: readonly Entry[]): Generator<string> {
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
