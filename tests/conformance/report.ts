/**
 * Shows how the rows of a server went: row by row, in totals, and as the table
 * of the README.
 *
 * @module
 */

import { listFailures, type TableResult } from "./run.ts";

/** What is shown of a table. */
export interface ReportOptions {
  /** `rows` shows each row, `failed` those that fail, `totals` none. */
  readonly show: "rows" | "failed" | "totals";
  /** At most this many failing rows of a matrix. */
  readonly limit?: number;
}

/** The lines that show how a table went. */
export function toLines(
  result: TableResult,
  options: ReportOptions,
): string[] {
  const { show, limit = 20 } = options;
  const lines: string[] = [];
  if (show !== "totals") {
    const isShort = result.isMatrix || show === "failed";
    const rows = isShort
      ? result.rows.filter(({ wrong }) => wrong !== null)
      : result.rows;
    const shown = result.isMatrix ? rows.slice(0, limit) : rows;
    for (const { id, clause, wrong } of shown) {
      const name = visible(id);
      lines.push(
        wrong === null
          ? `  holds  ${name}`
          : `  FAILS  ${name}: ${visible(wrong)} [${clause}]`,
      );
    }
    const left = rows.length - shown.length;
    if (left > 0) lines.push(`  … and ${left} more rows that fail`);
  }
  lines.push(`${result.name}: ${result.held} of ${result.rows.length} hold`);
  return lines;
}

/** One line with the totals of all tables. */
export function toTotal(results: readonly TableResult[]): string {
  const held = results.reduce((sum, result) => sum + result.held, 0);
  const rows = results.reduce((sum, result) => sum + result.rows.length, 0);
  return `${held} of ${rows} rows hold`;
}

/** Whether every row holds. */
export function holdsAll(results: readonly TableResult[]): boolean {
  return results.every(({ held, rows }) => held === rows.length);
}

/** The first rows that fail, in one line. */
export function toFailures(results: readonly TableResult[], limit = 5): string {
  return results.flatMap((result) =>
    listFailures(result).map((line) => `${result.name} / ${visible(line)}`)
  ).slice(0, limit).join("; ");
}

/** A server and how its tables went. */
export interface Compared {
  readonly name: string;
  readonly results: readonly TableResult[];
}

/**
 * A Markdown table: a line for each table, a column for each server. A server
 * may ignore `Range` and still do what the RFC says, so how often it sends the
 * parts that were asked for stands in a line of its own.
 */
export function toMarkdown(servers: readonly Compared[]): string[] {
  const [first] = servers;
  if (first === undefined) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const cells = (name: string, count: (result: TableResult) => number) =>
    servers.map(({ results }) => {
      const result = results.find((r) => r.name === name);
      return result === undefined ? "-" : String(count(result));
    });
  const lines = [
    line(["rows that hold", ...servers.map(({ name }) => name)]),
    line(["---", ...servers.map(() => "---:")]),
  ];
  for (const { name, rows, isMatrix } of first.results) {
    const label = `${name} (${rows.length})`;
    lines.push(line([label, ...cells(name, ({ held }) => held)]));
    const asked = rows.filter(({ partsSent }) => partsSent !== null).length;
    if (isMatrix || asked < 10) continue;
    const ofThem = `of them: parts sent where parts were asked for (${asked})`;
    lines.push(line([ofThem, ...cells(name, countSent)]));
  }
  return lines;
}

function countSent({ rows }: TableResult): number {
  return rows.filter(({ partsSent }) => partsSent === true).length;
}

function visible(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}
