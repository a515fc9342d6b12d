/**
 * The range table (RFC 9110 section 14): one range, several, those that cannot
 * be satisfied, and everything that is no range.
 *
 * @module
 */

import { listContextRows } from "./range_contexts.ts";
import { listFieldRows } from "./range_fields.ts";
import { listSetRows } from "./range_sets.ts";
import type { Table } from "./row.ts";

/** The range table. */
export const RANGES: Table = {
  kind: "exchange",
  name: "ranges",
  rows: [...listFieldRows(), ...listSetRows(), ...listContextRows()],
};
