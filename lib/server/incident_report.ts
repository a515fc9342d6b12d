/**
 * What the operator is told when a server is in distress: a line each, and no
 * more of them however long it lasts.
 *
 * @module
 */

/** What can happen. */
export interface IncidentReport {
  /** The listener failed, and a new one takes its place. */
  accepting(error: unknown): void;
  /** Listening has failed so often that this is more than a moment. */
  listening(error: unknown): void;
  /** So many downloads were ended. None is no incident. */
  cut(count: number): void;
}

// One line a minute tells the operator as much as thousands.
const INTERVAL_MS = 60_000;

/**
 * Makes a report.
 *
 * @param report Takes a line.
 * @returns What writes the lines, each kind once a minute at most.
 *
 * @example Usage
 * ```ts
 * import { createIncidentReport } from "./incident_report.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const lines: string[] = [];
 * const report = createIncidentReport((line) => void lines.push(line));
 *
 * report.listening(new Error("Too many open files"));
 * report.listening(new Error("Too many open files"));
 *
 * assertEquals(lines, ["listening again failed (Too many open files)"]);
 * ```
 */
export function createIncidentReport(
  report: (line: string) => void,
): IncidentReport {
  const reportedAt = new Map<keyof IncidentReport, number>();

  function say(kind: keyof IncidentReport, line: string): void {
    const now = performance.now();
    const before = reportedAt.get(kind) ?? -Infinity;
    if (now - before < INTERVAL_MS) return;
    reportedAt.set(kind, now);
    report(line);
  }

  return {
    accepting: (error) =>
      say(
        "accepting",
        `accepting connections failed (${toLine(error)}); listening again`,
      ),
    listening: (error) =>
      say("listening", `listening again failed (${toLine(error)})`),
    cut(count) {
      if (count === 0) return;
      const what = count === 1 ? "1 download" : `${count} downloads`;
      say("cut", `cut ${what}: most clients did not read, and others waited`);
    },
  };
}

function toLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s+/g, " ");
}
