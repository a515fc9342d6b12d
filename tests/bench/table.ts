/**
 * The tables that the benchmark prints.
 *
 * @module
 */

/** Lines of a table: names on the left, all else on the right. */
export function toTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0))
  );
  const toLine = (row: readonly string[]) =>
    widths.map((width, column) =>
      column === 0
        ? (row[column] ?? "").padEnd(width)
        : (row[column] ?? "").padStart(width)
    ).join("  ").trimEnd();
  const rule = "─".repeat(
    widths.reduce((sum, width) => sum + width + 2, -2),
  );
  return [toLine(head), rule, ...rows.map(toLine)];
}

/** A number with three figures that count. */
export function toFigure(value: number): string {
  if (!Number.isFinite(value)) return "?";
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
