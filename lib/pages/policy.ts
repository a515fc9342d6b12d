/**
 * What a page of ours may load and do: nothing but its own style, its icons
 * and its own form (Content Security Policy Level 3). The style is named by its
 * hash, so that markup from elsewhere would stay without effect.
 *
 * @module
 */

/**
 * Builds the value of `Content-Security-Policy` for a page.
 *
 * @param style The exact text inside the page's `<style>`.
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
export async function contentSecurityPolicy(style: string): Promise<string> {
  const directives: readonly (readonly [name: string, value: string])[] = [
    ["default-src", "'none'"],
    ["style-src", await hashSourceOf(style)],
    // The icons of the style sheet and of the tab are data URLs.
    ["img-src", "data:"],
    ["form-action", "'self'"],
    // SECURITY: a base element would turn every relative link elsewhere.
    ["base-uri", "'none'"],
    ["frame-ancestors", "'self'"],
  ];
  return directives.map((directive) => directive.join(" ")).join("; ");
}

async function hashSourceOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(text),
  );
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
