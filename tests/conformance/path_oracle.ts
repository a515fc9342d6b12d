/**
 * What a request target leads to, written from the rules alone: the first of
 * refusal, redirect and look-up that applies, in a folder that is known name
 * by name.
 *
 * @module
 */

/** What stands under a name of the shared folder. */
export type Node =
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "folder"; readonly entries: ReadonlyMap<string, Node> }
  /** A link to a node inside, or to something outside. */
  | { readonly kind: "link"; readonly to: Node | "outside" };

/** The answer to a target. */
export interface PathAnswer {
  readonly status: 200 | 301 | 400 | 404;
  /** Where a redirect may lead; never empty with 301. */
  readonly locations: readonly string[];
  /** Content of the file, or `null` for a page or an error. */
  readonly text: string | null;
}

const BAD: PathAnswer = { status: 400, locations: [], text: null };
const NOT_FOUND: PathAnswer = { status: 404, locations: [], text: null };
const PAGE: PathAnswer = { status: 200, locations: [], text: null };

/** Says what a target in origin or absolute form leads to. */
export function answerTo(target: string, root: Node): PathAnswer {
  const [, path = "", query = ""] =
    /^(?:https?:\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?/i.exec(target) ?? [];
  const raw = (path === "" ? "/" : path).slice(1).split("/");
  if (path.includes("\\")) return BAD;
  const decoded: string[] = [];
  for (const segment of raw) {
    const name = decode(segment);
    if (name === null || name.includes("\0") || name.includes("/")) return BAD;
    decoded.push(name);
  }
  const isDots = (name: string) => name === "." || name === "..";
  if (decoded.some((name, i) => isDots(name) && raw[i] !== name)) return BAD;
  const isOpen = raw.slice(0, -1).includes("") || raw.some(isDots);
  if (isOpen) {
    return movedTo([collapse(decoded), removeDots(decoded)], query);
  }
  return look(decoded, query, root);
}

function look(
  names: readonly string[],
  query: string,
  root: Node,
): PathAnswer {
  const hasSlash = names.at(-1) === "";
  const walked = hasSlash ? names.slice(0, -1) : names;
  let node: Node | "outside" = root;
  for (const name of walked) {
    if (name.startsWith(".") && name !== ".well-known") return NOT_FOUND;
    node = follow(node);
    if (node === "outside" || node.kind !== "folder") return NOT_FOUND;
    const next: Node | undefined = node.entries.get(name);
    if (next === undefined) return NOT_FOUND;
    node = next;
  }
  node = follow(node);
  if (node === "outside") return NOT_FOUND;
  if (node.kind === "folder") {
    return hasSlash || walked.length === 0
      ? PAGE
      : movedTo([[...names, ""]], query);
  }
  if (hasSlash) return movedTo([walked], query);
  return {
    status: 200,
    locations: [],
    text: node.kind === "file" ? node.text : null,
  };
}

function follow(node: Node | "outside"):
  | Exclude<Node, { kind: "link" }>
  | "outside" {
  if (node === "outside" || node.kind !== "link") return node;
  return follow(node.to);
}

/** Empty segments first, then the dots: how a file system reads a path. */
function collapse(names: readonly string[]): string[] {
  const last = names.at(-1) ?? "";
  const kept: string[] = [];
  for (const name of names) {
    if (name === "..") kept.pop();
    else if (name !== "" && name !== ".") kept.push(name);
  }
  return ["", ".", ".."].includes(last) ? [...kept, ""] : kept;
}

/** RFC 3986 section 5.2.4, where an empty segment is one, then the rest. */
function removeDots(names: readonly string[]): string[] {
  const last = names.at(-1) ?? "";
  const kept: string[] = [];
  for (const name of names) {
    if (name === "..") kept.pop();
    else if (name !== ".") kept.push(name);
  }
  const full = kept.filter((name) => name !== "");
  return ["", ".", ".."].includes(last) ? [...full, ""] : full;
}

function movedTo(
  paths: readonly (readonly string[])[],
  query: string,
): PathAnswer {
  const locations = paths.map((names) =>
    `/${names.map(encodeURIComponent).join("/")}${query}`
  );
  return { status: 301, locations: [...new Set(locations)], text: null };
}

/** Bytes by their escapes, then UTF-8; `null` where one of both is malformed. */
function decode(segment: string): string | null {
  if (/%(?![0-9a-f]{2})/i.test(segment)) return null;
  const bytes: number[] = [];
  for (let i = 0; i < segment.length; i++) {
    if (segment[i] === "%") {
      bytes.push(parseInt(segment.slice(i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(...new TextEncoder().encode(segment[i]));
  }
  try {
    return strictUtf8.decode(new Uint8Array(bytes));
  } catch {
    return null; // not UTF-8
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
