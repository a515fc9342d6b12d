/**
 * What a client would rather have of a folder (RFC 9110 section 12.5.1).
 *
 * @module
 */

/** What a field says. */
interface Wishes {
  readonly field: string;
  readonly isJson: boolean;
  readonly namesHtml: boolean;
}

/** Most requests have the same field as the one before. */
let last: Wishes = { field: "", isJson: false, namesHtml: false };

/**
 * Tells whether a client prefers JSON to a page: by the quality values; where
 * they are even, the type that is named wins over one that a wildcard stands
 * for; then the page.
 *
 * @param field Value of `Accept`, or `null`.
 * @returns Whether it is to get JSON.
 *
 * @example Usage
 * ```ts
 * import { prefersJson } from "./accept.ts";
 * import { assert } from "@std/assert";
 *
 * assert(prefersJson("application/json"));
 * assert(!prefersJson("text/html, *" + "/*;q=0.8"));
 * ```
 */
export function prefersJson(field: string | null): boolean {
  if (field === null) return false;
  return wishesOf(field).isJson;
}

/**
 * Tells whether a client names HTML as what it wants: browsers do, and programs
 * that copy a folder do not.
 *
 * @param field Value of `Accept`, or `null`.
 * @returns Whether somebody is likely to read the page.
 *
 * @example Usage
 * ```ts
 * import { namesHtml } from "./accept.ts";
 * import { assert } from "@std/assert";
 *
 * assert(namesHtml("text/html, image/png"));
 * assert(!namesHtml("*" + "/*"));
 * ```
 */
export function namesHtml(field: string | null): boolean {
  return field !== null && wishesOf(field).namesHtml;
}

function wishesOf(field: string): Wishes {
  if (field === last.field) return last;
  const json = qualityOf(field, "application/json");
  const html = qualityOf(field, "text/html");
  const isJson = json.quality > html.quality ||
    (json.quality === html.quality && json.quality > 0 &&
      json.precision > html.precision);
  const isNamed = html.precision === NAMED && html.quality > 0;
  return last = { field, isJson, namesHtml: isNamed };
}

/** As precise as it gets: the type itself, and no wildcard. */
const NAMED = 2;

function qualityOf(
  accept: string,
  type: string,
): { readonly quality: number; readonly precision: number } {
  const qualities = new Map(
    accept.split(",").map((range) => {
      const [name = "", ...parameters] = range.split(";").map((p) => p.trim());
      const q = parameters.find((p) => /^q=/i.test(p))?.slice(2) ?? "1";
      const isValid = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q);
      return [name.toLowerCase(), isValid ? Number(q) : 0] as const;
    }),
  );
  const names = ["*/*", `${type.split("/")[0] ?? ""}/*`, type];
  const precision = names.findLastIndex((name) => qualities.has(name));
  const quality = qualities.get(names[precision] ?? "") ?? 0;
  return { quality, precision };
}
