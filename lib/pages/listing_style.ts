/**
 * The whole style sheet of the folder page.
 *
 * @module
 */

import { squeeze } from "./squeeze.ts";
import { STYLE } from "./style.ts";
import { BAR_STYLE } from "./style_bar.ts";
import { GRID_STYLE } from "./style_grid.ts";
import { LIST_STYLE } from "./style_list.ts";
import { README_STYLE } from "./style_readme.ts";
import { VIEWER_STYLE } from "./style_viewer.ts";

/**
 * Text of the style sheet, exactly as it stands in a page.
 *
 * @example Usage
 * ```ts
 * import { LISTING_STYLE } from "./listing_style.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(LISTING_STYLE, /^:root \{/);
 * ```
 */
export const LISTING_STYLE: string = [
  STYLE,
  squeeze(LIST_STYLE),
  squeeze(BAR_STYLE),
  squeeze(README_STYLE),
  squeeze(GRID_STYLE),
  squeeze(VIEWER_STYLE),
].join("\n");
