import { assertEquals } from "@std/assert";

import { errorPage } from "../../../lib/pages/error_page.ts";
import { listingTop } from "../../../lib/pages/listing_page.ts";
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

Deno.test.each([
  [
    "listing",
    String(listingTop({
      segments: [],
      sort: "name",
      order: "asc",
      folders: 0,
      files: 0,
      bytes: 0,
      keepListing: false,
    })),
  ],
  ["error", String(errorPage(404))],
])(
  "contentSecurityPolicy() fits the style inside the %s page",
  async (_look, page) => {
    const inside = page.match(/<style>([^]*)<\/style>/)?.[1] ?? "";

    assertEquals(
      await contentSecurityPolicy(inside),
      await contentSecurityPolicy(STYLE),
    );
  },
);
