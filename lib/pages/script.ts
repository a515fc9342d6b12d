/**
 * The scripts of the folder page, put together from their parts. Everything on
 * the page works without them, if less quickly.
 *
 * @module
 */

import { BAR_PART } from "./script_bar.ts";
import { FILTER_PART } from "./script_filter.ts";
import { GRID_SCRIPT } from "./script_grid.ts";
import { KEYS_PART } from "./script_keys.ts";
import { KINDS_SCRIPT } from "./script_kinds.ts";
import { PICKS_PART } from "./script_picks.ts";
import { HEAD_PART, SHARED_PART } from "./script_shared.ts";
import { SORT_PART } from "./script_sort.ts";
import { TIMES_PART } from "./script_times.ts";
import { VIEWER_SCRIPT } from "./script_viewer.ts";
import { WAY_PART } from "./script_way.ts";
import { squeeze } from "./squeeze.ts";

/**
 * The script in the head, which runs before anything is shown.
 *
 * @example Usage
 * ```ts
 * import { HEAD_SCRIPT } from "./script.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(HEAD_SCRIPT, /^\(\(\) => \{/);
 * ```
 */
export const HEAD_SCRIPT: string = squeeze(HEAD_PART);

/**
 * The script at the end of the body. It leaves no name behind.
 *
 * @example Usage
 * ```ts
 * import { SCRIPT } from "./script.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(SCRIPT, /^\(\(\) => \{\n"use strict";/);
 * ```
 */
export const SCRIPT: string = squeeze(`
(() => {
"use strict";
${SHARED_PART}
${FILTER_PART}
${SORT_PART}
${TIMES_PART}
${PICKS_PART}
${BAR_PART}
${KEYS_PART}
${WAY_PART}
${KINDS_SCRIPT}
${GRID_SCRIPT}
${VIEWER_SCRIPT}
})();
`);
