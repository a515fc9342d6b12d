/**
 * What a client would rather have of a folder (RFC 9110 section 12.5.1).
 *
 * @module
 */

/** Most requests have the same field as the one before. */
let last: { readonly field: string; readonly isJson: boolean } = {
  field: "",
  isJson: false,
};

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
  if (field !== last.field) last = { field, isJson: isJsonPreferred(field) };
  return last.isJson;
}

function isJsonPreferred(field: string): boolean {
  const json = qualityOf(field, "application/json");
  const html = qualityOf(field, "text/html");
  return json.quality > html.quality ||
    (json.quality === html.quality && json.quality > 0 &&
      json.precision > html.precision);
}

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
