/**
 * What the parts of the folder page's script share: the rows, the state in the
 * address, and what is read out.
 *
 * @module
 */

/**
 * Runs in the head, before anything is shown, so that nothing moves later: says
 * that there is a script, and takes the view and the filter from the address.
 *
 * @example Usage
 * ```ts
 * import { HEAD_PART } from "./script_shared.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(HEAD_PART, /classList/);
 * ```
 */
export const HEAD_PART: string = `
(() => {
  const look = document.documentElement.classList;
  const query = new URLSearchParams(location.search);
  let view = query.get("view");
  // A page in a sandboxed frame has no storage.
  try {
    if (view) sessionStorage.setItem("view", view);
    else view = sessionStorage.getItem("view");
  } catch { /* the list, then */ }
  look.add("js");
  if (view === "grid") look.add("grid");
  if (query.get("filter")) look.add("wait");
})();
`;

/**
 * The helpers, at the top of the script.
 *
 * @example Usage
 * ```ts
 * import { SHARED_PART } from "./script_shared.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(SHARED_PART, /const rows =/);
 * ```
 */
export const SHARED_PART: string = `
const $ = (selector, from = document) => from.querySelector(selector);
const look = document.documentElement.classList;
const query = new URLSearchParams(location.search);
const table = $("table");
const groups = table ? [...table.tBodies].filter((body) => body.className !== "top") : [];

// One object for each entry, in the order in which they are shown. A large
// folder has many, so they are made when something first needs them.
let entries;
const list = () => entries ??= groups.flatMap((group) =>
  group.own = [...group.rows].map((row) => ({ row, link: $("a", row), isShown: true })));
const rows = () => list().filter((entry) => entry.isShown).map((entry) => entry.row);

// Two spaces in turn, so that the same words are read out again.
let spoken = 0;
const say = (text) => {
  $("[role=status]").textContent = text + "\\u00a0".repeat(spoken++ % 2);
};

const setQueries = (values, push = false) => {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  if (url.href === location.href) return false;
  // Without the name and password that the address of the page may have, which
  // only the browser knows. Some browsers refuse a hundred changes in a row.
  try {
    history[push ? "pushState" : "replaceState"](null, "", url.pathname + url.search + url.hash);
  } catch {
    return false;
  }
  return push;
};
// Gives whether there is now one more step back.
const setQuery = (name, value, push) => setQueries({ [name]: value }, push);

const listeners = { state: [], view: [], shown: [] };
const tell = (kind, value) => listeners[kind].forEach((fn) => fn(value));
const onState = (fn) => listeners.state.push(fn);
const onView = (fn) => listeners.view.push(fn);
const onShown = (fn) => listeners.shown.push(fn);
addEventListener("popstate", () => tell("state"));

const number = new Intl.NumberFormat("en");
const amount = (count, noun) => number.format(count) + " " + noun + (count === 1 ? "" : "s");
// As the server writes it.
const human = (bytes) => {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), 8);
  return Number((bytes / 1000 ** step).toPrecision(3)) + " " + ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"][step];
};
const sizeOf = (row) => {
  const { title } = row.cells[row.cells.length - 2];
  return title ? Number(title.replace(/\\D/g, "")) : null;
};
`;
