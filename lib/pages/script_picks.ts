/**
 * The part of the folder page's script that looks after the selection.
 *
 * @module
 */

/**
 * Text of the part. The checkboxes and the form that sends them work without
 * it; it adds spans by Shift, all at once, and what the selection comes to.
 *
 * @example Usage
 * ```ts
 * import { PICKS_PART } from "./script_picks.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(PICKS_PART, /shiftKey/);
 * ```
 */
export const PICKS_PART: string = `
const picks = $("#pick");
const all = $("thead .pick input");
// What a server takes of an address at most, with something to spare.
const TARGET_LENGTH_MAX = 8000;
const boxOf = (row) => $(".pick input", row);
let picked = 0;
// Where nothing hovers, the boxes come when they are called.
let isChoosing = false;
const chooser = $(".select");
let anchor = null;

const showPicks = (isQuiet) => {
  let bytes = 0;
  let folders = 0;
  let shown = 0;
  let shownPicked = 0;
  picked = 0;
  for (const entry of list()) {
    entry.box ??= boxOf(entry.row);
    const { row, box: { checked } } = entry;
    if (entry.isShown) shown++;
    if (row.classList.contains("picked") !== checked) row.classList.toggle("picked", checked);
    if (!checked) continue;
    picked++;
    if (entry.isShown) shownPicked++;
    entry.bytes ??= sizeOf(row) ?? -1;
    if (entry.bytes < 0) folders++;
    else bytes += entry.bytes;
  }
  table.classList.toggle("picking", isChoosing || picked > 0);
  chooser.setAttribute("aria-pressed", isChoosing || picked > 0);
  all.checked = shown > 0 && shownPicked === shown;
  all.indeterminate = shownPicked > 0 && shownPicked < shown;
  const parts = [number.format(picked) + " selected"];
  if (picked > folders) parts.push(human(bytes));
  if (folders > 0) parts.push(amount(folders, "folder"));
  const text = picked > 0 ? parts.join(", ") : "Nothing selected";
  $("p", picks).textContent = text;
  if (!isQuiet) say(text);
};

// All from the last one that was chosen to this one.
const pick = (row, isSpan) => {
  const { checked } = boxOf(row);
  const shown = rows();
  const from = shown.indexOf(anchor);
  const to = shown.indexOf(row);
  if (isSpan && from >= 0 && to >= 0) {
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) boxOf(shown[i]).checked = checked;
  }
  anchor = row;
  showPicks();
};
const togglePick = (row, isSpan) => {
  if (!picks) return;
  const own = boxOf(row);
  own.checked = !own.checked;
  pick(row, isSpan);
};

if (picks) {
  if ($("tbody :checked")) showPicks(true);
  table.addEventListener("click", (event) => {
    const { target } = event;
    if (target === all) {
      for (const row of rows()) boxOf(row).checked = all.checked;
      showPicks();
    } else if (target.name === "name") pick(target.closest("tr"), event.shiftKey);
  });
  picks.addEventListener("reset", () => {
    isChoosing = false;
    setTimeout(showPicks);
  });
  chooser.addEventListener("click", () => {
    if (isChoosing || picked > 0) return picks.reset();
    isChoosing = true;
    showPicks();
  });
  onShown(() => {
    if (picked > 0) showPicks(true);
  });
  picks.addEventListener("submit", (event) => {
    const { value } = event.submitter;
    const search = new URLSearchParams(new FormData(picks));
    const isAll = picked === list().length;
    if (isAll) {
      event.preventDefault();
      location.href = "?archive=" + value;
    } else if (String(search).length + location.pathname.length > TARGET_LENGTH_MAX) {
      event.preventDefault();
      const text = "Too many for one address. Select fewer, or download the whole folder.";
      $("p", picks).textContent = text;
      say(text);
    }
  });
}
`;
