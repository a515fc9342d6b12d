/**
 * The HEAD table: every row of the other tables once more, sent as HEAD with
 * all of its headers, beside a GET without `Range`. RFC 9110 section 9.3.2:
 * the header fields are the same; section 14.2: HEAD knows no ranges.
 *
 * @module
 */

import { METHODS } from "./methods.ts";
import { PATHS } from "./paths.ts";
import { MATRIX } from "./precondition_matrix.ts";
import { PRECONDITIONS } from "./preconditions.ts";
import { RANGES } from "./ranges.ts";
import type { ParityRow, Table } from "./row.ts";

/** HEAD beside GET for every row of the small tables. */
export const HEAD: Table = {
  kind: "parity",
  name: "HEAD beside GET",
  rows: [PATHS, PRECONDITIONS, RANGES, METHODS].flatMap(toParity),
};

/** HEAD beside GET for every row of the precondition matrix. */
export const HEAD_MATRIX: Table = {
  kind: "parity",
  name: "HEAD beside GET: matrix",
  isMatrix: true,
  rows: toParity(MATRIX),
};

function toParity(table: Table): ParityRow[] {
  const rows: readonly ParityRow[] = table.rows;
  const isUsed = (row: ParityRow) => {
    const { method = "GET" } = row;
    // In the matrix each row stands as GET and as HEAD.
    return method === "GET" || (method === "HEAD" && !table.isMatrix);
  };
  return rows.filter(isUsed).map((row) => {
    const { target, headers, host, version, contract, resource } = row;
    return {
      id: `${table.name}: ${row.id}`,
      clause: "RFC 9110 9.3.2",
      target,
      ...(headers === undefined ? {} : { headers }),
      ...(host === undefined ? {} : { host }),
      ...(version === undefined ? {} : { version }),
      ...(contract === undefined ? {} : { contract }),
      ...(resource === undefined ? {} : { resource }),
    };
  });
}
