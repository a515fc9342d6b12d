/**
 * The part of the folder page's script that tells what an entry can be shown
 * as. The grid and the viewer, which follow it, share it.
 *
 * @module
 */

/**
 * Source of the functions `linkOf`, `addressOf`, `nameOf` and `kindOf`, for the
 * inside of a function.
 *
 * The kind goes by the extension: `image`, `video`, `audio` or `text` is what
 * every current browser can show in an element that runs nothing; all else,
 * HTML and PDF above all, is `undefined` and opened by the browser itself.
 *
 * @example Usage
 * ```ts
 * import { KINDS_SCRIPT } from "./script_kinds.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const link = { href: "http://h/a/My%20photo.JPG" };
 * const kind = new Function("location", "link", `${KINDS_SCRIPT}; return kindOf(link)`);
 *
 * assertEquals(kind({ origin: "http://h", pathname: "/a/" }, link), "image");
 * ```
 */
export const KINDS_SCRIPT: string = String.raw`
const KINDS = Object.entries({
  image: /\.(?:a?png|avif|bmp|gif|ico|jfif|jpe?g|svg|webp)$/i,
  video: /\.(?:m4v|mkv|mov|mp4|ogv|webm)$/i,
  audio: /\.(?:aac|flac|m4a|mp3|og[ag]|opus|wav|weba)$/i,
  text: /\.(?:adoc|asc|asm|astro|awk|bash|bat|bib|c|cc|cfg|cjs|clj|cmake|cmd|conf|cpp|cs|csh|css|csv|cts|cxx|d|dart|desktop|diff|dockerfile|elm|erl|exs?|fish|fs|f90|geojson|gitignore|go|gradle|graphql|groovy|h|hcl|hh|hpp|hs|in|inc|inf|ini|java|jl|js|json[5cl]?|jsx|kdl|kts?|less|lisp|list|lock|log|lua|m3u8?|m4|mak|markdown|md|mdx|mjs|mk|mli?|mts|ndjson|nfo|nim|nix|nsi|org|pas|patch|pem|php|pl|plist|pm|pot?|properties|proto|ps1|pub|py|rb|reg|rs|rst|sass|sbv|scala|scm|scss|service|sh|sql|srt|styl|sub|svelte|sv|swift|tcl|tex|text|tf|toml|tsv|tsx?|txt|v|vb|vhd|vim|vtt|vue|webmanifest|xml|ya?ml|zig|zsh)$|^(?:authors|changelog|changes|contributing|copying|dockerfile|gemfile|install|licen[cs]e|makefile|news|notice|procfile|rakefile|readme|todo|version)$/i,
});
const base = location.origin + location.pathname.replace(/[^/]*$/, "");
const linkOf = (row) => row.querySelector("th a[href]");
// Without the name and password that the page was opened with: links have them,
// and nothing may be fetched by an address that has them.
const addressOf = ({ href }) => href.replace(/^(https?:\/\/)[^/?#]*@/, "$1");
// SECURITY: nothing but what lies in this very folder has a name here.
const nameOf = (link) => {
  const address = addressOf(link);
  if (!address.startsWith(base)) return "";
  try {
    return decodeURIComponent(address.slice(base.length));
  } catch {
    return "";
  }
};
// Asked of all entries of a large folder at each step of the viewer.
const kinds = new WeakMap();
const kindOf = (link) => {
  if (!kinds.has(link)) {
    const name = nameOf(link);
    kinds.set(link, KINDS.find(([, pattern]) => pattern.test(name))?.[0]);
  }
  return kinds.get(link);
};
`;
