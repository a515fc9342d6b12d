import { assertEquals } from "@std/assert";

import { listingEnd, listingTop } from "../../../lib/pages/listing_page.ts";
import { listingPolicy } from "../../../lib/pages/listing_policy.ts";
import { contentSecurityPolicy } from "../../../lib/pages/policy.ts";

const VIEW = {
  segments: [],
  sort: "name",
  order: "asc",
  keepListing: false,
  folders: 0,
  files: 1,
  bytes: 0,
  archive: true,
  title: null,
  theme: "auto",
} as const;

Deno.test("listingPolicy() fits the style and the scripts inside the page", async () => {
  const page = `${listingTop(VIEW)}${listingEnd(VIEW)}`;
  const style = page.match(/<style>([^]*?)<\/style>/)?.[1] ?? "";
  const scripts = [...page.matchAll(/<script>([^]*?)<\/script>/g)]
    .map(([, code]) => code ?? "");

  assertEquals(scripts.length, 2);
  assertEquals(
    await listingPolicy(),
    await contentSecurityPolicy(style, scripts),
  );
});

Deno.test("listingPolicy() is worked out once", () => {
  assertEquals(listingPolicy() === listingPolicy(), true);
});
