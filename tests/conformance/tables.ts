/**
 * All tables, in the order in which they are shown.
 *
 * @module
 */

import { HEAD, HEAD_MATRIX } from "./head.ts";
import { METHODS } from "./methods.ts";
import { PATHS } from "./paths.ts";
import { MATRIX } from "./precondition_matrix.ts";
import { PRECONDITIONS } from "./preconditions.ts";
import { RANGES } from "./ranges.ts";
import type { Table } from "./row.ts";

/** Every table. */
export const TABLES: readonly Table[] = [
  PATHS,
  METHODS,
  PRECONDITIONS,
  MATRIX,
  RANGES,
  HEAD,
  HEAD_MATRIX,
];
