/**
 * The path table: which file, redirect or refusal a request target leads to.
 * Rows about this project's own choices say so; the others follow from RFC
 * 9110, RFC 9112 and RFC 3986.
 *
 * @module
 */

import { listFormRows } from "./path_forms.ts";
import { listNameRows } from "./path_names.ts";
import { listPlaceRows } from "./path_places.ts";
import { listRefusalRows } from "./path_refusals.ts";
import type { Table } from "./row.ts";

/** The path table. */
export const PATHS: Table = {
  kind: "exchange",
  name: "paths",
  rows: [
    ...listNameRows(),
    ...listRefusalRows(),
    ...listPlaceRows(),
    ...listFormRows(),
  ],
};
