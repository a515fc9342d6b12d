/**
 * The part of the folder page's script that goes along from folder to folder:
 * the next one is in the order of this one, and by the keyboard the way up ends
 * at the folder that it began in.
 *
 * @module
 */

/**
 * Text of the part. The order is added when a link is followed and is in none
 * of them, so that a program that mirrors the folder, and a new window, get the
 * folder by its one address.
 *
 * @example Usage
 * ```ts
 * import { WAY_PART } from "./script_way.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(WAY_PART, /startsWith/);
 * ```
 */
export const WAY_PART: string = `
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("nav a, .empty a, [role=rowheader] a[href$='/']");
  if (!link) return;
  // A click that no pointer made.
  if (event.detail === 0) {
    try { sessionStorage.setItem("left", location.pathname); } catch { /* not, then */ }
  }
  const order = new URLSearchParams([...new URLSearchParams(location.search)]
    .filter(([name]) => name === "sort" || name === "order"));
  if (String(order) === "") return;
  event.preventDefault();
  location.href = link.href + "?" + order;
});
{
  let left = null;
  try {
    left = sessionStorage.getItem("left");
    sessionStorage.removeItem("left");
  } catch { /* nothing is remembered, then */ }
  const isAbove = ({ link }) => link.href.endsWith("/") && left.startsWith(link.pathname);
  if (left) focusOn(list().find(isAbove)?.link);
}
`;
