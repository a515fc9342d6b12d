/**
 * Goes through a served folder by nothing but what its own pages say, in two
 * forms (the links of the HTML page, the JSON) and over two clients (`fetch`,
 * a plain socket), and compares what it gets with what stands on the disk.
 *
 * @module
 */

import type { Server } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { childrenOf, type Model } from "./_names.ts";

/** Which answer of a folder is read. */
export type Form = "html" | "json";
/** What sends the requests. */
export type Client = "fetch" | "socket";

/** An answer, whichever client got it. */
export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What a crawl found. */
export interface Crawl {
  folders: number;
  /** Files that came back byte for byte. */
  readonly files: Set<string>;
  /** How often each status was seen. */
  readonly statuses: Map<number, number>;
  /** What is wrong, in words. */
  readonly faults: string[];
}

/** No answer may take longer. */
const LIMIT_MS = 10_000;
/** Files asked for at once: enough to be quick, few enough to be bounded. */
const AT_ONCE = 8;
/** What a page may hold raw besides printable characters: its own line ends. */
// deno-lint-ignore no-control-regex -- control characters are what it looks for
const CONTROL = /[\0-\x08\x0b-\x1f\x7f]/;

/** Asks for a target with one of the clients. */
export async function ask(
  server: Server,
  client: Client,
  target: string,
  accept = "*/*",
): Promise<Answer> {
  if (client === "socket") {
    const { status, headers, body } = await rawRequest(server, target, {
      headers: { accept },
      host: `${server.hostname}:${server.port}`,
      deadlineMs: LIMIT_MS,
    });
    return { status, location: headers.get("location") ?? null, body };
  }
  const response = await fetch(`${server.origin}${target}`, {
    headers: { accept },
    redirect: "manual",
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  return {
    status: response.status,
    location: response.headers.get("location"),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** One crawl: where it goes, what must be there, what it has found so far. */
interface Visit {
  readonly server: Server;
  readonly model: Model;
  readonly children: ReadonlyMap<string, ReadonlySet<string>>;
  readonly form: Form;
  readonly client: Client;
  readonly found: Crawl;
}

/** Goes through the whole folder. */
export async function crawl(
  server: Server,
  model: Model,
  how: { readonly form: Form; readonly client: Client },
): Promise<Crawl> {
  const found: Crawl = {
    folders: 0,
    files: new Set(),
    statuses: new Map(),
    faults: [],
  };
  const visit = { server, model, children: childrenOf(model), ...how, found };
  const waiting = [new URL(`${server.origin}/`)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const links = await openFolder(visit, at);
    const isFolder = (url: URL) => url.pathname.endsWith("/");
    waiting.push(
      ...links.filter((url) =>
        isFolder(url) && !model.circles.has(pathOf(url))
      ),
    );
    const files = links.filter((url) => !isFolder(url));
    for (let i = 0; i < files.length; i += AT_ONCE) {
      await Promise.all(
        files.slice(i, i + AT_ONCE).map((url) => openFile(visit, url)),
      );
    }
  }
  return found;
}

/** Reads a folder's answer, compares its links and gives them back. */
async function openFolder(visit: Visit, url: URL): Promise<URL[]> {
  const { form, model, found } = visit;
  const accept = form === "json" ? "application/json" : "text/html";
  const { status, body } = await request(visit, url, accept);
  if (status !== 200) {
    const isFine = model.optional.has(pathOf(url)) && status === 403;
    if (!isFine) found.faults.push(`${status} for the folder ${url.pathname}`);
    return [];
  }
  const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  if (CONTROL.test(text)) {
    found.faults.push(`a raw control character in ${url.pathname}`);
  }
  const links = form === "html" ? linksOf(text, url) : jsonOf(text, url);
  found.faults.push(...wrongLinks(visit, pathOf(url), links));
  found.folders++;
  return links;
}

/** Fetches a file and compares its bytes. */
async function openFile(visit: Visit, url: URL): Promise<void> {
  const { model, found } = visit;
  const { status, body } = await request(visit, url, "*/*");
  const path = pathOf(url);
  const content = model.files.get(path);
  if (content === undefined) {
    const isFine = model.optional.has(path) && status === 403;
    if (!isFine) found.faults.push(`${status} for ${url.pathname}`);
  } else if (status !== 200 || !isSame(body, content)) {
    found.faults.push(`${status}, other bytes for ${url.pathname}`);
  } else found.files.add(path);
}

async function request(
  { server, client, found }: Visit,
  url: URL,
  accept: string,
): Promise<Answer> {
  const answer = await ask(server, client, url.pathname, accept);
  const seen = found.statuses.get(answer.status) ?? 0;
  found.statuses.set(answer.status, seen + 1);
  return answer;
}

/** Disk path that a URL stands for, without the slashes round it. */
function pathOf(url: URL): string {
  return url.pathname.split("/").map(decodeURIComponent).join("/")
    .replace(/^\//, "").replace(/\/$/, "");
}

/** Links of a page that lead further down, resolved as a browser does. */
export function linksOf(html: string, base: URL): URL[] {
  const anchors = html.matchAll(/<a\s[^>]*?href=(?:"([^"]*)"|'([^']*)')/gi);
  return [...anchors]
    .map(([, double, single]) => withoutReferences(double ?? single ?? ""))
    .map((href) => new URL(href, base))
    .filter((url) => url.origin === base.origin && url.search === "")
    .filter((url) => !base.pathname.startsWith(url.pathname));
}

/** Text with its character references replaced, as a browser does. */
function withoutReferences(text: string): string {
  const named = new Map([["amp", "&"], ["lt", "<"], ["gt", ">"], [
    "quot",
    '"',
  ]]);
  return text.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, ...got) => {
      const [decimal, hex, name] = got.map((part) => part && String(part));
      if (name) return named.get(name) ?? whole;
      return String.fromCodePoint(
        parseInt(decimal ?? hex ?? "", decimal ? 10 : 16),
      );
    },
  );
}

/** The same from the JSON form; the name has to be what the URL stands for. */
function jsonOf(text: string, base: URL): URL[] {
  const parsed: unknown = JSON.parse(text);
  const entries = Array.isArray(parsed) ? parsed : fieldOf(parsed, "entries");
  if (!Array.isArray(entries)) throw new Error("No entries in the JSON");
  return entries.map((entry) => {
    const url = new URL(String(fieldOf(entry, "url")), base);
    const name = pathOf(url).slice(pathOf(base).length).replace(/^\//, "");
    if (name !== fieldOf(entry, "name")) {
      throw new Error(`The URL of ${JSON.stringify(entry)} is another name`);
    }
    return url;
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function wrongLinks(
  { children, model }: Visit,
  path: string,
  links: readonly URL[],
): string[] {
  const listed = links.map((url) => {
    const slash = url.pathname.endsWith("/") ? "/" : "";
    const name = pathOf(url).slice(path === "" ? 0 : path.length + 1);
    return name + slash;
  });
  const expected = children.get(path) ?? new Set<string>();
  const faults: string[] = [];
  const say = (what: string, name: string) =>
    faults.push(`${what} in ${JSON.stringify(path)}: ${JSON.stringify(name)}`);
  const times = new Map<string, number>();
  for (const name of listed) times.set(name, (times.get(name) ?? 0) + 1);
  for (const [name, count] of times) {
    const full = (path === "" ? "" : `${path}/`) + name.replace(/\/$/, "");
    if (!expected.has(name) && !model.optional.has(full)) say("listed", name);
    else if (count > 1) say(`listed ${count} times`, name);
  }
  for (const name of expected) if (!times.has(name)) say("not listed", name);
  return faults;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
