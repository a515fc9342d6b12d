import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import type { Entry } from "../../../lib/entry.ts";
import {
  listingEnd,
  listingRows,
  listingTop,
} from "../../../lib/pages/listing_page.ts";
import { contentSecurityPolicy } from "../../../lib/pages/policy.ts";
import { STYLE } from "../../../lib/pages/style.ts";
import {
  createListingReply,
  type ListingRequest,
  parseListingRequest,
} from "../../../lib/replies/listing.ts";
import type { Body } from "../../../lib/reply.ts";

const HTML: ListingRequest = {
  format: "html",
  sort: "name",
  order: "asc",
  keepListing: false,
};
const JSON_FORMAT: ListingRequest = { ...HTML, format: "json" };

const FOLDER: Entry = {
  name: "b & c",
  kind: "directory",
  size: null,
  modified: Date.UTC(2024, 4, 6, 7, 8, 9, 10),
};
const FILE: Entry = {
  name: "50% #1?.txt",
  kind: "file",
  size: 2 ** 40,
  modified: null,
};

function filesOf(count: number): Entry[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `\u00fc${i}`,
    kind: "file",
    size: i,
    modified: i * 1_000,
  }));
}

async function textOf(body: Body): Promise<string> {
  assert(body.kind !== "none");
  if (body.kind === "bytes") return new TextDecoder().decode(body.bytes);
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const bytes = await body.source.next();
    if (bytes === null) return text + decoder.decode();
    text += decoder.decode(bytes, { stream: true });
  }
}

Deno.test.each<{ accept: string; format: "html" | "json" }>([
  // SPEC section 5.
  { accept: "application/json", format: "json" },
  { accept: "APPLICATION/JSON", format: "json" },
  { accept: "application/json; charset=utf-8", format: "json" },
  { accept: " application/json ", format: "json" },
  // A browser, curl, nothing.
  {
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    format: "html",
  },
  { accept: "*/*", format: "html" },
  { accept: "", format: "html" },
  // RFC 9110 section 12.5.1: the more specific range counts.
  { accept: "application/json, */*;q=0.5", format: "json" },
  { accept: "*/*;q=0.5, application/json", format: "json" },
  { accept: "text/*;q=0.5, */*, application/json", format: "json" },
  { accept: "text/html, application/json", format: "html" },
  // Even: the type that is named counts more than the one that is not.
  { accept: "application/json, */*", format: "json" },
  { accept: "application/json, text/plain, */*", format: "json" },
  { accept: "application/*, text/*", format: "html" },
  { accept: "application/json;q=0, */*;q=0", format: "html" },
  // RFC 9110 section 12.4.2: qualities.
  { accept: "text/html;q=0.9, application/json", format: "json" },
  { accept: "text/html;q=0.899,application/json;q=0.9", format: "json" },
  { accept: "text/html;q=0.9, application/json;q=0.9", format: "html" },
  { accept: "text/html, application/json;q=0.9", format: "html" },
  { accept: "text/html ; Q=0.1 , application/json ; q=0.2", format: "json" },
  { accept: "application/json;q=0", format: "html" },
  { accept: "application/json;q=0.000", format: "html" },
  { accept: "application/json;q=1.000", format: "json" },
  { accept: "application/json;q=2", format: "html" },
  { accept: "application/json;q=-1", format: "html" },
  { accept: "application/json;q=x", format: "html" },
  // Another type.
  { accept: "application/ld+json", format: "html" },
  { accept: "text/json", format: "html" },
  { accept: "application/jsonp", format: "html" },
])("parseListingRequest() of Accept '$accept' is $format", (row) => {
  const headers = new Headers({ accept: row.accept });

  const { format } = parseListingRequest({ headers, search: "" });

  assertEquals(format, row.format);
});

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

/** A folder of entries, with its totals. */
function contentOf(entries: readonly Entry[]) {
  const files = entries.filter((entry) => entry.kind === "file");
  return {
    entries,
    folders: entries.length - files.length,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + (file.size ?? 0), 0),
  };
}

Deno.test("createListingReply() writes the page with its policy", async () => {
  const listingReply = await createListingReply();
  const request: ListingRequest = {
    format: "html",
    sort: "size",
    order: "desc",
    keepListing: true,
  };
  const view = {
    segments: ["a"],
    sort: "size",
    order: "desc",
    keepListing: true,
    folders: 1,
    files: 2,
    bytes: 2 ** 41,
  } as const;
  const entries = [FOLDER, FILE, { ...FILE, name: "c" }];

  const reply = listingReply(contentOf(entries), ["a"], request);

  assertEquals(reply.status, 200);
  assertEquals(reply.headers, [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", await contentSecurityPolicy(STYLE)],
    ["vary", "accept"],
  ]);
  assertEquals(
    await textOf(reply.body),
    `${listingTop(view)}${listingRows(entries)}${listingEnd(view)}`,
  );
});

Deno.test("createListingReply() writes entries as JSON", async () => {
  const listingReply = await createListingReply();

  const reply = listingReply(contentOf([FOLDER, FILE]), ["a"], JSON_FORMAT);

  assertEquals(reply.status, 200);
  assertEquals(reply.headers, [
    ["content-type", "application/json"],
    ["vary", "accept"],
  ]);
  assertEquals(JSON.parse(await textOf(reply.body)), [
    {
      name: "b & c",
      type: "directory",
      size: null,
      modified: "2024-05-06T07:08:09.010Z",
      url: "./b%20%26%20c/",
    },
    {
      name: "50% #1?.txt",
      type: "file",
      size: 2 ** 40,
      modified: null,
      url: "./50%25%20%231%3F.txt",
    },
  ]);
});

Deno.test.each([
  'quote"back\\slash',
  "two\nlines\r\t\0",
  "</script><!--",
  "javascript:alert(1)",
  "//evil.com",
  "\u{1f389}\u2028\u202e",
  "\ud800half",
  "__proto__",
  ".hidden",
])("createListingReply() keeps the name %s in JSON", async (name) => {
  const listingReply = await createListingReply();

  const reply = listingReply(contentOf([{ ...FILE, name }]), [], JSON_FORMAT);

  const [entry] = JSON.parse(await textOf(reply.body));
  assertEquals(entry.name, name);
  assertEquals(
    new URL(entry.url, "http://h/a/").pathname,
    `/a/${encodeURIComponent(name.toWellFormed()).replaceAll("'", "%27")}`,
  );
});

Deno.test.each([0, 1, 199, 200, 201, 1_000])(
  "createListingReply() sends %i entries at once",
  async (count) => {
    const listingReply = await createListingReply();
    const entries = filesOf(count);

    const json = listingReply(contentOf(entries), [], JSON_FORMAT);
    const html = listingReply(contentOf(entries), [], HTML);

    assertEquals([json.body.kind, html.body.kind], ["bytes", "bytes"]);
    const parsed: readonly Entry[] = JSON.parse(await textOf(json.body));
    assertEquals(parsed.map(({ name }) => name), entries.map((e) => e.name));
    const rows = (await textOf(html.body)).match(/<a href="\.\/%C3%BC/g) ?? [];
    assertEquals(rows.length, count);
  },
);

Deno.test.each([1_001, 2_500])(
  "createListingReply() streams %i entries in pieces",
  async (count) => {
    const listingReply = await createListingReply();
    const entries = filesOf(count);

    const json = listingReply(contentOf(entries), [], JSON_FORMAT);
    const html = listingReply(contentOf(entries), [], HTML);

    for (const { body } of [json, html]) {
      assert(body.kind === "source");
      assertEquals(body.length, null);
    }
    const parsed: readonly Entry[] = JSON.parse(await textOf(json.body));
    assertEquals(parsed.map(({ name }) => name), entries.map((e) => e.name));
    const page = await textOf(html.body);
    assertEquals(page.match(/<a href="\.\/%C3%BC/g)?.length, count);
    assertStringIncludes(page, "</html>");
  },
);

Deno.test("createListingReply() writes nothing more when it is closed", async () => {
  const listingReply = await createListingReply();
  const { body } = listingReply(contentOf(filesOf(2_500)), [], JSON_FORMAT);
  assert(body.kind === "source");
  await body.source.next();

  body.source.close();
  body.source.close();

  assertEquals(await body.source.next(), null);
});
