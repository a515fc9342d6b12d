/**
 * The part of the folder page's script that writes times in the reader's zone
 * and language.
 *
 * @module
 */

/**
 * Text of the part. Rows near the window are written at once, the others while
 * the browser has nothing else to do; the column is as wide before as after.
 *
 * @example Usage
 * ```ts
 * import { TIMES_PART } from "./script_times.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(TIMES_PART, /DateTimeFormat/);
 * ```
 */
export const TIMES_PART: string = `
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const language = clock.resolvedOptions().locale;
const isForeign = !language.startsWith("en");
const localize = (group) => {
  for (const time of group.getElementsByTagName("time")) {
    if (time.title) continue;
    time.title = time.textContent + " UTC";
    time.textContent = clock.format(new Date(time.dateTime));
    if (isForeign) time.lang = language;
  }
};
if (table) {
  look.add("local");
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      localize(target);
    }
  }, { rootMargin: "100% 0px" });
  const waiting = groups.slice();
  if (waiting.length > 0) localize(waiting.shift());
  for (const group of waiting) near.observe(group);
  const idle = window.requestIdleCallback ?? ((fn) => setTimeout(fn, 50));
  const next = () => {
    const group = waiting.shift();
    if (!group) return near.disconnect();
    localize(group);
    idle(next);
  };
  idle(next);
  addEventListener("beforeprint", () => groups.forEach(localize));
  // The exact time, when somebody looks for it.
  table.addEventListener("pointerover", ({ target }) => {
    if (target.tagName !== "TIME" || !target.title.endsWith(" UTC")) return;
    const date = new Date(target.dateTime);
    target.title = date.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
  });
}
`;
