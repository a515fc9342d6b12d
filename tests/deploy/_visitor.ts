/**
 * What a visitor asks a proxy, and what of the folder stands behind it.
 *
 * @module
 */

import { proseOf } from "../_support/decode.ts";
import {
  type Address,
  type RawRequest,
  rawRequest,
  type RawResponse,
} from "../_support/raw.ts";
import type { Entries } from "../_support/tree.ts";
import { NAME } from "./_proxies.ts";

/** What `a.txt` holds. */
export const TEXT = proseOf(50_000);

/** A folder with names that are easily changed on the way. */
export const TREE: Entries = {
  "a.txt": TEXT,
  "folder/a b.txt": "blank",
  "folder/p%2Fq.txt": "percent",
  "folder/ü☃.txt": "letters",
  "folder/w?x#y.txt": "query",
  "folder/b\\s.txt": "backslash",
  'folder/"q" <t>.txt': "quotes",
  "folder/a+b&c.txt": "plus",
  "folder/new\nline.txt": "line",
  "Ördner n/x.txt": "inside",
  "404.html": "<h1>nothing here",
};

/** Where the links of the page of `folder` lead, but for those upwards. */
export const FOLDER_LINKS: readonly string[] = [
  "/folder/%22q%22%20%3Ct%3E.txt",
  "/folder/a%20b.txt",
  "/folder/a%2Bb%26c.txt",
  "/folder/b%5Cs.txt",
  "/folder/new%0Aline.txt",
  "/folder/p%252Fq.txt",
  "/folder/%C3%BC%E2%98%83.txt",
  "/folder/w%3Fx%23y.txt",
];

/** Asks by the name of the README. */
export function ask(
  address: Address,
  target: string,
  request: RawRequest = {},
): Promise<RawResponse> {
  return rawRequest(address, target, { host: NAME, ...request });
}

/** What a visitor sees of an answer. */
export interface Seen {
  readonly status: number;
  readonly headers: readonly (readonly [string, string | undefined])[];
  readonly body: string;
}

/** What must be the same with a proxy and without. */
export function seen({ status, headers, body }: RawResponse): Seen {
  const names = [
    "accept-ranges",
    "cache-control",
    "content-disposition",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-resource-policy",
    "etag",
    "last-modified",
    "location",
    "vary",
    "x-content-type-options",
  ];
  return {
    status,
    headers: names.map((name) => [name, headers.get(name)] as const),
    body: new TextDecoder().decode(body),
  };
}

/** The body as text. */
export function text({ body }: RawResponse): string {
  return new TextDecoder().decode(body);
}

/** Paths to which the links of a page lead. */
export async function linksOf(
  address: Address,
  target: string,
): Promise<string[]> {
  const page = text(await ask(address, target));
  const base = `http://${NAME}${target}`;
  return [...page.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href = ""]) =>
    new URL(href.replaceAll("&amp;", "&"), base).pathname
  );
}
