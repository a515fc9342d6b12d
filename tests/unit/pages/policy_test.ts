import { assertEquals, assertMatch } from "@std/assert";

import { errorPage } from "../../../lib/pages/error_page.ts";
import { contentSecurityPolicy } from "../../../lib/pages/policy.ts";
import { STYLE } from "../../../lib/pages/style.ts";

// The hash of the empty text is known from elsewhere (FIPS 180-4).
const EMPTY_HASH = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

Deno.test("contentSecurityPolicy() allows its style, data images and its form", async () => {
  const policy = await contentSecurityPolicy("");

  assertEquals(
    policy,
    `default-src 'none'; style-src 'sha256-${EMPTY_HASH}'; img-src data:; ` +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  );
});

Deno.test("contentSecurityPolicy() allows scripts by their hashes, and files of this server", async () => {
  const policy = await contentSecurityPolicy("", ["", "a"]);

  const [, , scripts = "", ...others] = policy.split("; ");
  assertMatch(
    scripts,
    /^script-src 'sha256-47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-[^']{44}'$/,
  );
  assertEquals(others, [
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ]);
});

Deno.test("contentSecurityPolicy() fits the style inside the error page", async () => {
  const inside = String(errorPage(404)).match(/<style>([^]*)<\/style>/)?.[1];

  assertEquals(
    await contentSecurityPolicy(inside ?? ""),
    await contentSecurityPolicy(STYLE),
  );
});
