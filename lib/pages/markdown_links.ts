/**
 * Where a link or an image of a Markdown file may lead. Whoever wrote the file
 * is not whoever shares it: nothing but an ordinary address gets into a page.
 *
 * @module
 */

/** What becomes of an address. */
export type JudgedLink =
  /** On this server: it stays relative. */
  | { readonly kind: "inside"; readonly href: string }
  /** Anywhere else. */
  | { readonly kind: "outside"; readonly href: string }
  /** It is none, or it does more than lead somewhere. */
  | { readonly kind: "none" };

/** What the identifiers of a file's headings begin with. */
export const ID_PREFIX = "readme-";

const NONE: JudgedLink = Object.freeze({ kind: "none" });

// RFC 2606: a host that nobody has. It never gets into a page.
const BASE = new URL("https://base.invalid/folder/");

// SECURITY: browsers drop tabs and line breaks anywhere in an address, and
// controls and spaces at its ends.
const DROPPED = /[\t\n\r]/g;
const ENDS = /^[\0-\x20]+|[\0-\x20]+$/g;

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
const OUTSIDE_SCHEMES: ReadonlySet<string> = new Set([
  "http:",
  "https:",
  "mailto:",
]);

/**
 * Judges an address in a file that is shown in the page of its folder.
 *
 * @param address Address as it stands in the file.
 * @returns What to put into the page.
 *
 * @example Usage
 * ```ts
 * import { judgeLink } from "./markdown_links.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(judgeLink("docs/a.md"), {
 *   kind: "inside",
 *   href: "./docs/a.md",
 * });
 * assertEquals(judgeLink("//evil.example"), {
 *   kind: "outside",
 *   href: "https://evil.example/",
 * });
 * assertEquals(judgeLink("java\nscript:alert(1)"), { kind: "none" });
 * ```
 */
export function judgeLink(address: string): JudgedLink {
  const text = address.replace(DROPPED, "").replace(ENDS, "");
  if (SCHEME.test(text)) return judgeOutside(URL.parse(text));
  if (text.startsWith("#")) {
    return { kind: "inside", href: `#${ID_PREFIX}${text.slice(1)}` };
  }
  // SECURITY: no scheme and no other host can follow these two characters.
  if (!/^[/\\]/.test(text)) return { kind: "inside", href: `./${text}` };
  return judgeRooted(URL.parse(text, BASE));
}

function judgeOutside(url: URL | null): JudgedLink {
  if (url === null || !OUTSIDE_SCHEMES.has(url.protocol)) return NONE;
  return { kind: "outside", href: url.href };
}

/** `/a` is on this server; `//a`, `/\a` and the like are other hosts. */
function judgeRooted(url: URL | null): JudgedLink {
  if (url === null || url.origin !== BASE.origin) return judgeOutside(url);
  // SECURITY: `/.//a` has the path `//a`, which would be another host.
  if (url.pathname.startsWith("//")) return NONE;
  return { kind: "inside", href: url.pathname + url.search + url.hash };
}
