/**
 * The part of the folder page's script that shows only the entries whose names
 * hold what is typed.
 *
 * @module
 */

/**
 * Text of the part. Names are made comparable once. A group without a match is
 * hidden as a whole, its rows untouched; in the others only the rows that change
 * are written to, first those in sight.
 *
 * @example Usage
 * ```ts
 * import { FILTER_PART } from "./script_filter.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(FILTER_PART, /normalize/);
 * ```
 */
export const FILTER_PART: string = `
const box = $(".find");
const field = $("#filter");
const fold = (text) => /^[\\x20-\\x7e]*$/.test(text)
  ? text.toLowerCase()
  : text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();
let filtered = "";

// Before the first keystroke, not at it.
const warmUp = () => list().forEach((entry) => entry.name ??= fold($("bdi", entry.link).textContent));

// Makes the rows of a group what they are to be.
const write = (group) => {
  for (const { row, isShown } of group.own) {
    if (row.hidden === isShown) row.hidden = !isShown;
  }
};
// Groups out of sight wait until the others are to be seen: they have their
// height already, and thousands of rows would take longer than a frame.
let due = [];
let chase;
const catchUp = () => {
  const end = performance.now() + 8;
  while (due.length > 0 && performance.now() < end) write(due.shift());
  if (due.length > 0) chase = setTimeout(catchUp);
};
addEventListener("beforeprint", () => due.splice(0).forEach(write));

const showMatches = (most) => {
  warmUp();
  const words = fold(filtered).split(/\\s+/).filter(Boolean);
  let count = 0;
  due = [];
  for (const group of groups) {
    const before = count;
    for (const entry of group.own) {
      entry.isShown = words.every((word) => entry.name.includes(word));
      if (entry.isShown) count++;
    }
    const shown = count - before;
    group.hidden = shown === 0;
    if (shown === 0) continue;
    if (group.shown !== shown) {
      group.shown = shown;
      // How high it is while nobody has seen it.
      group.style.containIntrinsicSize = shown === group.own.length ? "" : "none calc(" + shown + " * var(--row))";
    }
    if (before > most) due.push(group);
    else write(group);
  }
  clearTimeout(chase);
  chase = setTimeout(catchUp, 50);
  return count;
};

let later;
const remember = () => {
  clearTimeout(later);
  setQuery("filter", filtered || null);
};
const filter = (text) => {
  if (text === filtered) return;
  filtered = text;
  // What matches is seen from its beginning.
  const top = $("main").offsetTop;
  if (scrollY > top) scrollTo(0, top);
  const count = showMatches(look.contains("grid") ? Infinity : innerHeight / 20);
  const total = number.format(list().length);
  const some = number.format(count) + " of " + total;
  box.classList.toggle("used", text !== "");
  $("b", box).textContent = number.format(count);
  $("i", box).textContent = " of " + total;
  const none = $(".none");
  none.hidden = count > 0;
  none.textContent = count > 0 ? "" : "No name here holds \\u201c" + text + "\\u201d.";
  tell("shown");
  // Neither the reader nor the history is to hear of every letter.
  clearTimeout(later);
  later = setTimeout(() => {
    remember();
    say(text === "" ? total + " entries" : some);
  }, 400);
};
const clearFilter = () => {
  field.value = "";
  filter("");
};

if (field) {
  // Typed before this ran, or kept by the browser, or in the address.
  field.value ||= query.get("filter") ?? "";
  filter(field.value);
  field.addEventListener("focus", warmUp);
  // What is opened is left by a step back, and that leads to what was shown.
  document.addEventListener("click", remember, true);
  field.addEventListener("input", () => filter(field.value));
  $("button", box).addEventListener("click", () => {
    clearFilter();
    field.focus();
  });
  onState(() => {
    field.value = new URLSearchParams(location.search).get("filter") ?? "";
    filter(field.value);
  });
}
look.remove("wait");
`;
