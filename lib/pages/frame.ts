/**
 * The frame that all pages share: the head with the style and the icon, and
 * the body round the content.
 *
 * @module
 */

import type { Theme } from "../options.ts";
import { html, styleElement } from "./html.ts";
import type { SafeHtml } from "./html.ts";
import { STYLE } from "./style.ts";

// Quotes, "<" and "#" are written so that the attribute needs no escaping.
const ICON =
  "data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 viewBox=%270 0 16 16%27%3E%3Cpath fill=%27%23d9952b%27 d=%27M1 4.2A1.7 1.7 0 0 1 2.7 2.5h3.1l1.8 1.9h5.7A1.7 1.7 0 0 1 15 6.1v6.2a1.7 1.7 0 0 1-1.7 1.7H2.7A1.7 1.7 0 0 1 1 12.3z%27/%3E%3C/svg%3E";
const STYLE_ELEMENT = styleElement(STYLE);
const THEMES: Readonly<Record<Theme, string>> = {
  auto: "light dark",
  light: "light",
  dark: "dark",
};

/** What one page has and another has not. */
export interface FrameOptions {
  /**
   * Colours of the page.
   *
   * @default {"auto"}
   */
  readonly theme?: Theme;
  /**
   * Style of the page.
   *
   * @default the style that all pages share
   */
  readonly style?: SafeHtml;
  /**
   * Script that runs before anything is shown.
   *
   * @default none
   */
  readonly script?: SafeHtml | "";
}

/**
 * Opens a page, up to where its content begins.
 *
 * @param title Title of the page.
 * @param look Which part of the style the body takes.
 * @param options What only some pages have.
 * @returns The first part of the document.
 *
 * @example Usage
 * ```ts
 * import { frameTop } from "./frame.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(String(frameTop("a & b", "listing")), /<title>a &amp; b<\/title>/);
 * ```
 */
export function frameTop(
  title: string,
  look: "listing" | "error",
  options: FrameOptions = {},
): SafeHtml {
  const { theme = "auto", style = STYLE_ELEMENT, script = "" } = options;
  const chosen = theme === "auto" ? "" : html`
    data-theme="${theme}"
  `;
  return html`
    <!DOCTYPE html>
    <html lang="en" ${chosen}>
      <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="${THEMES[theme]}">
    <title>${title}</title>
    <link rel="icon" href="${ICON}">
    ${style}
    ${script}
      </head>
      <body class="${look}">
  `;
}

/**
 * Closes a page.
 *
 * @returns The last part of the document.
 *
 * @example Usage
 * ```ts
 * import { frameEnd } from "./frame.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(String(frameEnd()), "</body>\n</html>");
 * ```
 */
export function frameEnd(): SafeHtml {
  return html`
    </body>
    </html>
  `;
}
