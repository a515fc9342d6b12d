/**
 * The part of the folder page's script that sorts without asking the server.
 *
 * @module
 */

/**
 * Text of the part. The order is exactly the one that the server gives
 * (`disk/sort.ts`), so that it stays when the page is loaded again.
 *
 * @example Usage
 * ```ts
 * import { SORT_PART } from "./script_sort.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(SORT_PART, /aria-sort/);
 * ```
 */
export const SORT_PART: string = `
const keyOf = (name) => name.normalize("NFD").replace(/\\p{M}/gu, "").toLowerCase()
  .replace(/0*(\\d+)/g, (_, digits) => "0" + String.fromCharCode(digits.length) + digits);
const byText = (a, b) => a < b ? -1 : a > b ? 1 : 0;

const timeOf = (cell) => {
  const time = $("time", cell);
  return time ? Date.parse(time.dateTime) : Number(cell.dataset.time ?? -1);
};
const readValues = (entry) => {
  if (entry.key !== undefined) return;
  const { row, link } = entry;
  const segment = link.getAttribute("href").slice(2);
  entry.isFolder = segment.endsWith("/");
  entry.plain = decodeURIComponent(entry.isFolder ? segment.slice(0, -1) : segment);
  entry.key = keyOf(entry.plain);
  entry.size = sizeOf(row) ?? -1;
  entry.modified = timeOf(row.cells[row.cells.length - 1]);
};

const sortBy = (key, order) => {
  const sign = order === "asc" ? 1 : -1;
  list().forEach(readValues);
  list().sort((a, b) => {
    if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1;
    const byValue = key === "name" ? 0 : a[key] - b[key];
    return sign * (byValue || byText(a.key, b.key) || byText(a.plain, b.plain));
  });
  const per = groups[0].rows.length;
  groups.forEach((group, index) => {
    group.own = list().slice(index * per, (index + 1) * per);
    group.replaceChildren(...group.own.map(({ row }) => row));
  });
  // Which groups are empty has changed, and where rows lie that wait.
  if (filtered || due.length > 0) showMatches(Infinity);
};

// More rows than this take longer to move than somebody waits without a sign.
const MOST_UNTOLD = 10000;
const headings = table ? [...table.querySelectorAll("[role=columnheader]")] : [];
for (const heading of headings) {
  const form = $("form", heading);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = form.elements.sort.value;
    const order = event.submitter.value;
    for (const other of headings) {
      const button = $("button", other);
      other.removeAttribute("aria-sort");
      button.value = $("[name=sort]", other).value === "name" ? "asc" : "desc";
      if (other === heading) {
        other.setAttribute("aria-sort", order + "ending");
        button.value = order === "asc" ? "desc" : "asc";
      }
      button.title = button.dataset[button.value];
    }
    const isUsual = key === "name" && order === "asc";
    setQueries({ sort: isUsual ? null : key, order: isUsual ? null : order });
    const finish = () => {
      sortBy(key, order);
      table.removeAttribute("aria-busy");
      say("Sorted by " + $("span", heading).textContent + ", " + order + "ending");
      tell("shown");
    };
    if (list().length <= MOST_UNTOLD) return finish();
    table.setAttribute("aria-busy", "true");
    say("Sorting");
    requestAnimationFrame(() => setTimeout(finish));
  });
}
`;
