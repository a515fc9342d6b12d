/**
 * What a page of ours may load and do: nothing but its own style, its icons
 * and its own form (Content Security Policy Level 3); a page with scripts also
 * what the shared folder holds. Styles and scripts are named by their hashes,
 * so that markup from elsewhere would stay without effect.
 *
 * @module
 */

/**
 * Builds the value of `Content-Security-Policy` for a page.
 *
 * @param style The exact text inside the page's `<style>`.
 * @param scripts The exact texts inside its `<script>` elements.
 * @returns The value, one line of ASCII.
 *
 * @example Usage
 * ```ts
 * import { contentSecurityPolicy } from "./policy.ts";
 * import { assertMatch } from "@std/assert";
 *
 * const policy = await contentSecurityPolicy("body{margin:0}");
 *
 * assertMatch(policy, /^default-src 'none'; style-src 'sha256-[^']{44}'; /);
 * ```
 */
export async function contentSecurityPolicy(
  style: string,
  scripts: readonly string[] = [],
): Promise<string> {
  const directives: readonly (readonly [name: string, value: string])[] = [
    ["default-src", "'none'"],
    ["style-src", await hashSourceOf(style)],
    // The icons of the style sheet and of the tab are data URLs.
    ...(scripts.length === 0
      ? [["img-src", "data:"]] as const
      : await scriptDirectives(scripts)),
    ["form-action", "'self'"],
    // SECURITY: a base element would turn every relative link elsewhere.
    ["base-uri", "'none'"],
    ["frame-ancestors", "'self'"],
  ];
  return directives.map((directive) => directive.join(" ")).join("; ");
}

/** SECURITY: by hash alone, so that no file of the folder is ever a script. */
async function scriptDirectives(
  scripts: readonly string[],
): Promise<readonly (readonly [name: string, value: string])[]> {
  const hashes = await Promise.all(scripts.map(hashSourceOf));
  return [
    ["script-src", hashes.join(" ")],
    // What the page shows of the folder's files, and asks this server for.
    ["img-src", "'self' data:"],
    ["media-src", "'self'"],
    ["connect-src", "'self'"],
  ];
}

async function hashSourceOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(text),
  );
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
