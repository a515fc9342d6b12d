/**
 * The log of the command: access lines and remarks for the operator, to
 * standard error, which never holds the serving up.
 *
 * @module
 */

import { callLater } from "../call_later.ts";
import { createFormatter, fieldsOf } from "../log/format.ts";
import { formatError, formatLoss, formatNote } from "../log/note.ts";
import { createLogWriter } from "../log/writer.ts";
import type { LogFormat } from "../options.ts";
import type { LogFields, LogRecord } from "../record.ts";

/** Where the command writes what happens. */
export interface CommandLog {
  /** Writes the line of an answer, or only its error where no log is wanted. */
  readonly access: (record: LogRecord) => void;
  /** What `access` needs to be told of an answer. */
  readonly fields: LogFields;
  /** Writes a remark. */
  readonly note: (message: string) => void;
  /** Hands over what is queued. */
  readonly flush: (deadlineMs: number) => Promise<void>;
}

/**
 * Opens the log.
 *
 * @param options Format, whether access lines are left out, and colour.
 * @returns The log.
 *
 * @example Usage
 * ```ts ignore
 * import { openCommandLog } from "./command_log.ts";
 *
 * const log = openCommandLog({
 *   logFormat: "common",
 *   quiet: false,
 *   color: false,
 * });
 * log.note("hello");
 * ```
 */
export function openCommandLog(options: {
  readonly logFormat: LogFormat;
  readonly quiet: boolean;
  readonly color: boolean;
}): CommandLog {
  const { logFormat } = options;
  const format = createFormatter(logFormat, { color: options.color });
  const writer = createLogWriter(Deno.stderr, {
    formatLoss: (lost) => formatLoss(lost, logFormat),
    report: reportElsewhere,
    schedule: callLater,
  });
  return {
    access(record) {
      if (!options.quiet) writer.write(format(record));
      const error = formatError(record, logFormat);
      if (error !== null) writer.write(error);
    },
    fields: options.quiet ? "without-headers" : fieldsOf(logFormat),
    note: (message) => writer.write(formatNote(message, logFormat)),
    flush: (deadlineMs) => writer.flush(deadlineMs),
  };
}

/** Standard error is what fails: standard output is the only other way. */
function reportElsewhere(message: string): void {
  const line = new TextEncoder().encode(`${message}\n`);
  // Asynchronous: a terminal or pipe that stands still must not hold us up.
  Deno.stdout.write(line).catch(() => {
    // Nobody is left to tell, and serving goes on.
  });
}
