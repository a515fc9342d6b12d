/**
 * What a log says beside the answers: errors inside the server, notes to its
 * operator, lines that were lost.
 *
 * Such a line begins with `#` in the text formats, which log tools skip, and
 * is an object of its own in the JSON format, where every line stays JSON.
 *
 * @module
 */

import type { LogFormat } from "../options.ts";
import type { LogRecord } from "../record.ts";
import { escapeQuoted, toJsonLine } from "./escape.ts";

/** Why lines are lost, in the words of somebody who reads the log. */
const LOSS_REASON = "the reader of the log was too slow, or its disk full";

/**
 * Writes what went wrong inside the server while it answered, for its
 * operator.
 *
 * @param record Record of the answer.
 * @param format Format of the lines.
 * @returns One line without the newline, or `null` where nothing went wrong.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatError } from "./note.ts";
 *
 * const record = { time: 0, method: "GET", target: "/x", error: "Error: no\nluck" };
 *
 * assertEquals(formatError(record, "common"), String.raw`# error: GET /x: Error: no\x0aluck`);
 * ```
 */
export function formatError(
  record: Pick<LogRecord, "time" | "method" | "target" | "error">,
  format: LogFormat,
): string | null {
  const { time, method, target, error } = record;
  if (error === null) return null;
  if (format !== "json") {
    return formatNote(`error: ${method} ${target}: ${error}`, format);
  }
  return toJsonLine({
    time: new Date(time).toISOString(),
    method,
    target,
    error,
  });
}

/**
 * Writes a sentence to whoever reads the log.
 *
 * @param message The sentence.
 * @param format Format of the lines.
 * @returns One line without the newline.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatNote } from "./note.ts";
 *
 * assertEquals(formatNote("listening again", "common"), "# listening again");
 * assertEquals(formatNote("listening again", "json"), '{"note":"listening again"}');
 * ```
 */
export function formatNote(message: string, format: LogFormat): string {
  return format === "json"
    ? toJsonLine({ note: message })
    : `# ${escapeQuoted(message)}`;
}

/**
 * Writes that lines are missing at this place of the log.
 *
 * @param lost How many lines.
 * @param format Format of the lines.
 * @returns One line without the newline.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatLoss } from "./note.ts";
 *
 * assertEquals(formatLoss(12, "json"), '{"note":"log lines lost","lost":12}');
 * ```
 */
export function formatLoss(lost: number, format: LogFormat): string {
  if (format === "json") return toJsonLine({ note: "log lines lost", lost });
  const what = lost === 1 ? "log line" : "log lines";
  return formatNote(`${lost} ${what} lost: ${LOSS_REASON}`, format);
}
