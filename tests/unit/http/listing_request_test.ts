import { assertEquals } from "@std/assert";

import {
  type ListingRequest,
  parseListingRequest,
  wantsListing,
} from "../../../lib/http/listing_request.ts";

const HTML: ListingRequest = {
  format: "html",
  sort: "name",
  order: "asc",
  keepListing: false,
  withReadme: false,
};

Deno.test.each<{ search: string; accept: string; format: "html" | "json" }>([
  // SPEC section 5: the query, whatever is accepted.
  { search: "?format=json", accept: "text/html", format: "json" },
  { search: "?a=b&format=json", accept: "", format: "json" },
  { search: "?format=html", accept: "application/json", format: "html" },
  { search: "?format=json&format=html", accept: "", format: "json" },
  // What is not understood counts as not given.
  { search: "?format=xml", accept: "text/html", format: "html" },
  { search: "?format=xml", accept: "application/json", format: "json" },
  { search: "?format=", accept: "application/json", format: "json" },
  { search: "?format=JSON", accept: "text/html", format: "html" },
  { search: "?json", accept: "text/html", format: "html" },
])(
  "parseListingRequest() of $search with Accept '$accept' is $format",
  (row) => {
    const headers = new Headers({ accept: row.accept });

    const { format } = parseListingRequest({ headers, search: row.search });

    assertEquals(format, row.format);
  },
);

Deno.test.each<{ search: string; is: Partial<ListingRequest> }>([
  { search: "", is: {} },
  { search: "?", is: {} },
  { search: "?sort=name", is: {} },
  { search: "?sort=size", is: { sort: "size" } },
  {
    search: "?sort=modified&order=desc",
    is: { sort: "modified", order: "desc" },
  },
  { search: "?order=desc", is: { order: "desc" } },
  { search: "?order=asc", is: {} },
  { search: "?listing", is: { keepListing: true } },
  { search: "?listing=&sort=size", is: { keepListing: true, sort: "size" } },
  // What is not understood counts as not given.
  { search: "?sort=Size", is: {} },
  { search: "?sort=constructor", is: {} },
  { search: "?sort=kind&order=DESC", is: {} },
  { search: "?sort=%73ize", is: { sort: "size" } },
  { search: "?sort=%zz&order=%ff", is: {} },
  { search: "?listings", is: {} },
])("parseListingRequest() of '$search' is $is", ({ search, is }) => {
  const headers = new Headers();

  assertEquals(parseListingRequest({ headers, search }), { ...HTML, ...is });
});

Deno.test.each<{ search: string; is: boolean }>([
  { search: "", is: false },
  { search: "?", is: false },
  { search: "?listing", is: true },
  { search: "?listing=0&sort=size", is: true },
  { search: "?format=json", is: true },
  { search: "?format=html", is: false },
  { search: "?qr", is: true },
  { search: "?qr=text", is: true },
  { search: "?qrs", is: false },
  { search: "?sort=size", is: false },
  { search: "?archive=zip", is: true },
  { search: "?archive=tar.gz&name=a", is: true },
  { search: "?archive=rar", is: false },
])("wantsListing() of '$search' is $is", ({ search, is }) => {
  assertEquals(wantsListing(search), is);
});

Deno.test.each([
  { search: "", accept: "text/html", withReadme: true },
  { search: "?sort=size", accept: "text/html,*/*", withReadme: true },
  { search: "", accept: "*/*", withReadme: false },
  { search: "?sort=size", accept: "*/*", withReadme: false },
  { search: "?format=json", accept: "text/html", withReadme: false },
  { search: "", accept: "application/json", withReadme: false },
])(
  "parseListingRequest() of '$search' with Accept $accept has the README: $withReadme",
  ({ search, accept, withReadme }) => {
    const headers = new Headers({ accept });

    const request = parseListingRequest({ headers, search });

    assertEquals(request.withReadme, withReadme);
  },
);
