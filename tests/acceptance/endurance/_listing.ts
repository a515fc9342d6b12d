/**
 * Fetches a folder's page or its JSON form whole and compares it with what the
 * folder holds.
 *
 * @module
 */

import { concat } from "../../_support/raw.ts";

/** What is known of an entry; a folder has no size. */
export interface Facts {
  readonly size: number | null;
  readonly modified: number | null;
}

/** An answer and when it came. */
export interface Whole {
  readonly status: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly firstByteMs: number;
  readonly wholeMs: number;
}

/** Fetches an answer; looks at nothing before all of it is there. */
export async function fetchWhole(url: string): Promise<Whole> {
  const started = performance.now();
  const response = await fetch(url, {
    headers: { "accept-encoding": "identity" },
  });
  const chunks: Uint8Array[] = [];
  let firstByteMs = NaN;
  for await (const chunk of response.body ?? []) {
    if (chunks.length === 0) firstByteMs = performance.now() - started;
    chunks.push(chunk);
  }
  const wholeMs = performance.now() - started;
  const { status } = response;
  return { status, bytes: concat(chunks), firstByteMs, wholeMs };
}

/** What is wrong with a page: entries missing, twice, foreign, out of order. */
export function checkPage(
  whole: Whole,
  facts: ReadonlyMap<string, Facts>,
  sort: "name" | keyof Facts,
): string[] {
  const text = new TextDecoder().decode(whole.bytes);
  const urls = [...text.matchAll(/\shref="\.\/([^"]*)"/g)].map((m) =>
    m[1] ?? ""
  );
  const faults = checkNames(whole, urls, facts);
  if (!/<\/html>\s*$/.test(text)) faults.push("the page has no end");
  if (sort === "name") return faults;
  const values = urls.filter((url) => !url.endsWith("/"))
    .map((url) => facts.get(decodeURIComponent(url))?.[sort] ?? NaN);
  const isRising = values.every((v, i) => i === 0 || v >= (values[i - 1] ?? 0));
  const isFalling = values.every((v, i) =>
    i === 0 || v <= (values[i - 1] ?? 0)
  );
  if (!isRising && !isFalling) faults.push(`not in the order of ${sort}`);
  return faults;
}

/** What is wrong with the JSON form. */
export function checkJson(
  whole: Whole,
  facts: ReadonlyMap<string, Facts>,
): string[] {
  const entries: unknown = JSON.parse(new TextDecoder().decode(whole.bytes));
  if (!Array.isArray(entries)) return ["the JSON form is no list"];
  const faults = checkNames(whole, entries.map((e) => e.url.slice(2)), facts);
  for (const { name, type, size, modified } of entries) {
    const fact = facts.get(name);
    const isRight = fact !== undefined && size === fact.size &&
      type === (fact.size === null ? "directory" : "file") &&
      (fact.modified === null || Date.parse(modified) === fact.modified);
    if (!isRight) faults.push(`wrong facts of ${name}`);
  }
  return faults.slice(0, 5);
}

function checkNames(
  whole: Whole,
  urls: readonly string[],
  facts: ReadonlyMap<string, Facts>,
): string[] {
  const faults = whole.status === 200 ? [] : [`status ${whole.status}`];
  const names = urls.map((url) => decodeURIComponent(url.replace(/\/$/, "")));
  const seen = new Set(names);
  const foreign = names.find((name) => !facts.has(name));
  if (names.length !== facts.size || seen.size !== facts.size) {
    faults.push(`${seen.size} names in ${names.length} links`);
  }
  if (foreign !== undefined) faults.push(`foreign name ${foreign}`);
  const misplaced = urls.findIndex((url, i) =>
    url.endsWith("/") && i > 0 && !urls[i - 1]?.endsWith("/")
  );
  if (misplaced >= 0) faults.push("a folder stands below a file");
  return faults;
}
