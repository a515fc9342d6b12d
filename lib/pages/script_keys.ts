/**
 * The part of the folder page's script that makes it work by the keyboard.
 *
 * @module
 */

/**
 * Text of the part. The focus is on the links themselves, so that Enter and
 * everything else that a browser does with a link stays as it is.
 *
 * @example Usage
 * ```ts
 * import { KEYS_PART } from "./script_keys.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(KEYS_PART, /ArrowDown/);
 * ```
 */
export const KEYS_PART: string = `
const up = $(".up a");
const links = () => [
  ...up ? [up] : [],
  ...list().filter((entry) => entry.isShown).map((entry) => entry.link),
];
const focusOn = (link) => {
  if (!link) return;
  link.focus({ preventScroll: true });
  link.closest("tr").scrollIntoView({ block: "nearest" });
};

// The nearest link in the next or last line of the grid.
const inOtherLine = (all, at, step) => {
  const own = all[at].getBoundingClientRect();
  const middle = own.left + own.width / 2;
  let best = null;
  let top = null;
  for (let i = at + step; all[i]; i += step) {
    const box = all[i].getBoundingClientRect();
    if (Math.abs(box.top - own.top) < 4) continue;
    top ??= box.top;
    if (Math.abs(box.top - top) > 4) break;
    const distance = Math.abs(box.left + box.width / 2 - middle);
    if (best === null || distance < best.distance) best = { distance, link: all[i] };
  }
  return best?.link;
};
// Arrows scroll what is below the list, such as a README.
const isBelow = () => table && (document.activeElement.closest(".readme") ||
  (document.activeElement === document.body && table.getBoundingClientRect().bottom < 0));
const move = (key) => {
  const all = links();
  if (all.length === 0 || isBelow()) return false;
  const at = all.indexOf(document.activeElement.closest("tr")?.querySelector("th a"));
  const isGrid = look.contains("grid");
  const isBack = key === "ArrowUp" || key === "ArrowLeft";
  if (!isGrid && (key === "ArrowLeft" || key === "ArrowRight")) return false;
  if (key === "ArrowDown" && at === all.length - 1) return false;
  if (key === "Home") focusOn(all[0]);
  else if (key === "End") focusOn(all[all.length - 1]);
  else if (at < 0) focusOn(all[0]);
  else if (isGrid && (key === "ArrowUp" || key === "ArrowDown")) focusOn(inOtherLine(all, at, isBack ? -1 : 1));
  else if (isBack && at === 0) field?.focus();
  else focusOn(all[at + (isBack ? -1 : 1)]);
  return true;
};

const parent = $("nav li:last-child a");
const press = (key, event) => {
  switch (key) {
    case "ArrowUp": case "ArrowDown": case "ArrowLeft": case "ArrowRight": case "Home": case "End":
      return move(key);
    case "/": field?.focus(); field?.select(); return field;
    case "?": showKeys(); return true;
    case "u": case "Backspace": parent?.click(); return parent;
    case "g": if (view) toggleView(); return view;
    case "x": case "X": {
      const row = document.activeElement.closest("tr");
      if (!groups.includes(row?.parentNode)) return false;
      togglePick(row, event.shiftKey);
      return true;
    }
    case "Escape":
      if (closeMenu()) {
        $("summary", menu).focus();
        return true;
      }
      if (picked > 0) picks.reset();
      else if (filtered) clearFilter();
      else return false;
      return true;
  }
  return false;
};
const pressInFilter = (key) => {
  const first = list().find((entry) => entry.isShown)?.link;
  if (key === "ArrowDown") focusOn(first);
  else if (key === "Escape") {
    if (field.value === "") field.blur();
    clearFilter();
  } else if (key === "Enter") {
    if (rows().length === 1) first.click();
    else focusOn(first);
  } else return false;
  return true;
};
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const isOther = event.ctrlKey || event.metaKey || event.altKey;
  // The Enter that ends a composition: one browser says so by the number alone.
  const isComposing = event.isComposing || event.keyCode === 229;
  if (isOther || isComposing || event.defaultPrevented || $("dialog[open]")) return;
  if (target === field) {
    if (pressInFilter(key)) event.preventDefault();
    return;
  }
  const isTyping = target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT|VIDEO|AUDIO)$/.test(target.tagName);
  if (isTyping && target.type !== "checkbox") return;
  if (press(key, event)) event.preventDefault();
});
`;
