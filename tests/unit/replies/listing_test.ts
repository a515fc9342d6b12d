import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import type { FolderState } from "../../../lib/disk/entries.ts";
import type { Entry } from "../../../lib/entry.ts";
import type { ListingRequest } from "../../../lib/http/listing_request.ts";
import { listingEnd, listingTop } from "../../../lib/pages/listing_page.ts";
import { listingPolicy } from "../../../lib/pages/listing_policy.ts";
import { listingRows } from "../../../lib/pages/listing_rows.ts";
import { createListingReply } from "../../../lib/replies/listing.ts";
import type { Body } from "../../../lib/reply.ts";
import type { FileFacts } from "../../../lib/target.ts";
import { OLD } from "../../_support/tree.ts";
import { replace } from "../disk/_replace.ts";

const HTML: ListingRequest = {
  format: "html",
  sort: "name",
  order: "asc",
  keepListing: false,
  withReadme: false,
};
const JSON_FORMAT: ListingRequest = { ...HTML, format: "json" };

const OPTIONS = { archive: true, title: "Mine", theme: "dark" } as const;

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

/** What a folder was like that did not change for long. */
function stateOf(facts: Partial<FileFacts> = {}): FolderState {
  return {
    facts: {
      size: 4_096,
      modified: OLD.getTime(),
      changed: OLD.getTime(),
      device: 1,
      inode: 2,
      ...facts,
    },
    since: Date.now(),
  };
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

/** The place of a folder, for a client and on the disk. */
function placeOf(...segments: string[]) {
  const path = ["/srv/www", ...segments].join("/");
  return { segments, asked: path, path, isDirect: segments.length < 2 };
}

/** A folder of entries, with its totals. */
function contentOf(
  entries: readonly Entry[],
  state: FolderState | null = null,
) {
  const files = entries.filter((entry) => entry.kind === "file");
  return {
    entries,
    folders: entries.length - files.length,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + (file.size ?? 0), 0),
    state,
  };
}

Deno.test("createListingReply() writes the page with its policy", async () => {
  const listingReply = createListingReply(OPTIONS);
  const request: ListingRequest = {
    format: "html",
    sort: "size",
    order: "desc",
    keepListing: true,
    withReadme: false,
  };
  const view = {
    segments: ["a"],
    sort: "size",
    order: "desc",
    keepListing: true,
    folders: 1,
    files: 2,
    bytes: 2 ** 41,
    ...OPTIONS,
  } as const;
  const entries = [FOLDER, FILE, { ...FILE, name: "c" }];

  const reply = await listingReply(contentOf(entries), placeOf("a"), request);

  assertEquals(reply.status, 200);
  assertEquals(reply.headers, [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", await listingPolicy()],
    ["vary", "accept"],
  ]);
  assertEquals(
    await textOf(reply.body),
    `${listingTop(view)}${listingRows(entries, view)}${listingEnd(view)}`,
  );
});

Deno.test("createListingReply() writes entries as JSON", async () => {
  const listingReply = createListingReply(OPTIONS);

  const reply = await listingReply(
    contentOf([FOLDER, FILE]),
    placeOf("a"),
    JSON_FORMAT,
  );

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
  const listingReply = createListingReply(OPTIONS);

  const reply = await listingReply(
    contentOf([{ ...FILE, name }]),
    placeOf(),
    JSON_FORMAT,
  );

  const [entry] = JSON.parse(await textOf(reply.body));
  assertEquals(entry.name, name);
  assertEquals(
    new URL(entry.url, "http://h/a/").pathname,
    `/a/${encodeURIComponent(name.toWellFormed()).replaceAll("'", "%27")}`,
  );
});

Deno.test.each([0, 1, 199, 200, 201, 2_000])(
  "createListingReply() sends %i entries at once",
  async (count) => {
    const listingReply = createListingReply(OPTIONS);
    const entries = filesOf(count);

    const json = await listingReply(contentOf(entries), placeOf(), JSON_FORMAT);
    const html = await listingReply(contentOf(entries), placeOf(), HTML);

    assertEquals([json.body.kind, html.body.kind], ["bytes", "bytes"]);
    const parsed: readonly Entry[] = JSON.parse(await textOf(json.body));
    assertEquals(parsed.map(({ name }) => name), entries.map((e) => e.name));
    const rows = (await textOf(html.body)).match(/<a href="\.\/%C3%BC/g) ?? [];
    assertEquals(rows.length, count);
  },
);

Deno.test.each([2_001, 4_500])(
  "createListingReply() streams %i entries in pieces",
  async (count) => {
    const listingReply = createListingReply(OPTIONS);
    const entries = filesOf(count);

    const json = await listingReply(contentOf(entries), placeOf(), JSON_FORMAT);
    const html = await listingReply(contentOf(entries), placeOf(), HTML);

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
  const listingReply = createListingReply(OPTIONS);
  const { body } = await listingReply(
    contentOf(filesOf(2_500)),
    placeOf(),
    JSON_FORMAT,
  );
  assert(body.kind === "source");
  await body.source.next();

  body.source.close();
  body.source.close();

  assertEquals(await body.source.next(), null);
});

Deno.test.each<{ form: ListingRequest }>([
  { form: HTML },
  { form: JSON_FORMAT },
])(
  "createListingReply() tells how $form can be sent again",
  async ({ form }) => {
    const listingReply = createListingReply(OPTIONS);
    const state = stateOf();
    using _clock = replace(Date, "now", () => state.since + 300);

    const reply = await listingReply(
      contentOf([FOLDER, FILE], state),
      placeOf("a", "b"),
      form,
    );

    const { memo, ...whole } = reply;
    assertEquals(memo, {
      whole: { ...whole, body: bytesOf(reply.body) },
      notModified: null,
      etag: null,
      lastModified: null,
      seen: [{
        path: "/srv/www/a/b",
        real: "/srv/www/a/b",
        facts: state.facts,
      }],
      // What is left of the second in which a size or time may be old.
      keepMs: 700,
      renewedBy: null,
      chosenBy: "accept",
      isFile: false,
    });
  },
);

Deno.test.each<{ about: string; state: FolderState | null; after?: number }>([
  { about: "changed while it was read", state: null },
  { about: "was read for a second", state: stateOf(), after: 1_000 },
  {
    about: "got an entry just now",
    state: stateOf({ modified: Date.now() - 1_900 }),
  },
  {
    about: "was put here just now",
    state: stateOf({ changed: Date.now() - 1_900 }),
  },
  {
    about: "is from the future",
    state: stateOf({ modified: Date.now() + 60_000 }),
  },
  { about: "has no time", state: stateOf({ modified: null }) },
])(
  "createListingReply() keeps no page of a folder that $about",
  async (row) => {
    const listingReply = createListingReply(OPTIONS);
    const { state, after = 0 } = row;
    const now = (state?.since ?? 0) + after;
    using _clock = replace(Date, "now", () => now);

    const reply = await listingReply(
      contentOf([FILE], state),
      placeOf(),
      JSON_FORMAT,
    );

    assertEquals(reply.memo, undefined);
  },
);

Deno.test("createListingReply() keeps a page that is old by a clock that went back for a second", async () => {
  const listingReply = createListingReply(OPTIONS);
  const state = stateOf();
  using _clock = replace(Date, "now", () => state.since - 3_600_000);

  const reply = await listingReply(contentOf([], state), placeOf(), HTML);

  assertEquals(reply.memo?.keepMs, 1_000);
});

Deno.test("createListingReply() keeps no page that would take too much memory", async () => {
  const listingReply = createListingReply(OPTIONS);
  const entries = filesOf(1_500).map((file) => ({
    ...file,
    name: `${file.name}${"x".repeat(200)}`,
  }));

  const reply = await listingReply(
    contentOf(entries, stateOf()),
    placeOf(),
    HTML,
  );

  assertEquals([reply.body.kind, reply.memo], ["bytes", undefined]);
});

Deno.test("createListingReply() writes the page of one reading once", async () => {
  const listingReply = createListingReply(OPTIONS);
  const content = contentOf(filesOf(300), stateOf());
  const place = placeOf("a");

  const crowd = await Promise.all(
    Array.from({ length: 64 }, () => listingReply(content, place, HTML)),
  );
  const other = await listingReply({ ...content }, place, HTML);

  assertEquals(new Set(crowd.map(({ body }) => body)).size, 1);
  assert(other.body !== crowd[0]?.body);
});

Deno.test.each<{ about: string; segments: string[]; form: ListingRequest }>([
  { about: "form", segments: ["a"], form: JSON_FORMAT },
  { about: "order", segments: ["a"], form: { ...HTML, order: "desc" } },
  { about: "key", segments: ["a"], form: { ...HTML, sort: "size" } },
  { about: "link", segments: ["b"], form: HTML },
  { about: "index", segments: ["a"], form: { ...HTML, keepListing: true } },
])(
  "createListingReply() writes another page for another $about",
  async (row) => {
    const listingReply = createListingReply(OPTIONS);
    const content = contentOf(filesOf(3), stateOf());

    const one = await listingReply(content, placeOf("a"), HTML);
    const other = await listingReply(
      content,
      placeOf(...row.segments),
      row.form,
    );

    assert(await textOf(one.body) !== await textOf(other.body));
  },
);

function bytesOf(body: Body): Extract<Body, { kind: "bytes" }> {
  assert(body.kind === "bytes");
  return body;
}
