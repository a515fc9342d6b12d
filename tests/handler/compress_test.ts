import { assert, assertEquals, assertNotEquals } from "@std/assert";

import { YOUNG_MS } from "../../lib/http/etag.ts";
import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { get, headOf } from "../_support/call.ts";
import { decode, proseOf } from "../_support/decode.ts";
import { pause } from "../acceptance/endurance/_wait.ts";
import { link, makeTree, OLD, type Tree } from "../_support/tree.ts";

const SCRIPT = proseOf(20_000);
const LARGE = proseOf(3_000_000);
// What they hold is never looked at but for the first bytes of gzip.
const GZIP = new Uint8Array([0x1f, 0x8b, 0x08, 7, 7]);
const BROTLI = new Uint8Array([1, 2, 3, 4]);

const STAMP = OLD.getTime().toString(16);

function makeSite(): Promise<Tree> {
  return makeTree({
    "a.js": SCRIPT,
    "large.txt": LARGE,
    "small.txt": "hello",
    "a.png": SCRIPT,
    "b.js": SCRIPT,
    "b.js.gz": GZIP,
    "b.js.br": BROTLI,
    "x.tar.gz": GZIP,
    "site/index.html": SCRIPT,
    "site/index.html.gz": GZIP,
    "old/index.htm": SCRIPT,
    "old/index.htm.gz": GZIP,
  });
}

/** How a file is asked for, and what is said of the answer. */
interface Row {
  readonly path: string;
  readonly accept?: string;
  readonly headers?: Record<string, string>;
  readonly options?: Partial<ServeOptions>;
  readonly encoding: string | null;
  readonly vary: string | null;
  readonly status?: number;
}

const VARY = "accept-encoding";
const BROWSER = "gzip, deflate, br, zstd";
const WHOLE_TYPES = { encoding: null, vary: null };

const ROWS: readonly Row[] = [
  { path: "/a.js", accept: BROWSER, encoding: "zstd", vary: VARY },
  { path: "/a.js", accept: "gzip, deflate", encoding: "gzip", vary: VARY },
  { path: "/a.js", accept: "br;q=0.9, gzip", encoding: "gzip", vary: VARY },
  { path: "/large.txt", accept: BROWSER, encoding: "zstd", vary: VARY },
  { path: "/large.txt", accept: "br", encoding: "br", vary: VARY },
  // RFC 9110 section 12.5.5: also where it is sent as it is.
  { path: "/a.js", encoding: null, vary: VARY },
  { path: "/a.js", accept: "identity", encoding: null, vary: VARY },
  { path: "/a.js", accept: "gzip;q=0", encoding: null, vary: VARY },
  { path: "/small.txt", accept: BROWSER, encoding: null, vary: VARY },
  // What has one form only.
  { path: "/a.png", accept: BROWSER, ...WHOLE_TYPES },
  { path: "/x.tar.gz", accept: BROWSER, ...WHOLE_TYPES },
  { path: "/b.js.gz", accept: BROWSER, ...WHOLE_TYPES },
  // Siblings.
  { path: "/b.js", accept: BROWSER, encoding: "br", vary: VARY },
  { path: "/b.js", accept: "gzip", encoding: "gzip", vary: VARY },
  { path: "/b.js", accept: "zstd", encoding: "zstd", vary: VARY },
  { path: "/b.js", accept: "zstd, br;q=0.9", encoding: "zstd", vary: VARY },
  { path: "/site/", accept: "gzip", encoding: "gzip", vary: VARY },
  { path: "/old/", accept: "gzip", encoding: "gzip", vary: VARY },
  // Ranges are of the file as it is.
  {
    path: "/a.js",
    accept: BROWSER,
    headers: { range: "bytes=0-9" },
    status: 206,
    encoding: null,
    vary: VARY,
  },
  {
    path: "/b.js",
    accept: BROWSER,
    headers: { range: "bytes=0-9,20-29" },
    status: 206,
    encoding: null,
    vary: VARY,
  },
  {
    path: "/a.js",
    accept: BROWSER,
    headers: { range: "bytes=0-9", "if-range": `"4e20-${STAMP}"` },
    status: 206,
    encoding: null,
    vary: VARY,
  },
  // A part of another form, or of another version: the whole.
  {
    path: "/a.js",
    accept: BROWSER,
    headers: { range: "bytes=0-9", "if-range": `"4e20-${STAMP}-zstd"` },
    encoding: "zstd",
    vary: VARY,
  },
  {
    path: "/a.js",
    accept: BROWSER,
    headers: { range: "lines=1-2" },
    encoding: "zstd",
    vary: VARY,
  },
  {
    path: "/a.js",
    accept: BROWSER,
    headers: { range: "bytes=20000-" },
    status: 416,
    encoding: null,
    vary: null,
  },
  // What a tool saves is what was asked for.
  { path: "/a.js?download", accept: BROWSER, encoding: null, vary: VARY },
  // Errors and pages.
  {
    path: "/none",
    accept: BROWSER,
    status: 404,
    encoding: null,
    vary: null,
  },
  // Off.
  {
    path: "/b.js",
    accept: BROWSER,
    options: { compress: false },
    ...WHOLE_TYPES,
  },
  {
    path: "/large.txt",
    accept: BROWSER,
    options: { compress: false },
    ...WHOLE_TYPES,
  },
  // A user who says how the files are encoded knows it.
  {
    path: "/a.js",
    accept: BROWSER,
    options: { headers: [["Content-Encoding", "gzip"]] },
    encoding: "gzip",
    vary: null,
  },
];

Deno.test.each(ROWS)(
  "GET $path for $accept with $headers and $options is $encoding",
  async (row) => {
    await using tree = await makeSite();
    const handler = await createHandler(tree.path, row.options ?? {});
    const headers = {
      ...(row.accept === undefined ? {} : { "accept-encoding": row.accept }),
      ...row.headers,
    };

    const { status, headers: sent } = await headOf(
      await get(handler, row.path, { headers }),
    );

    assertEquals(status, row.status ?? 200);
    assertEquals(sent["content-encoding"] ?? null, row.encoding);
    assertEquals(sent["vary"] ?? null, row.vary);
  },
);

Deno.test.each(ROWS)(
  "HEAD $path for $accept with $options says what GET says",
  async (row) => {
    await using tree = await makeSite();
    const handler = await createHandler(tree.path, row.options ?? {});
    // Section 14.2: a Range means nothing to HEAD.
    const headers = row.accept === undefined
      ? {}
      : { "accept-encoding": row.accept };

    const asked = await headOf(await get(handler, row.path, { headers }));
    const told = await headOf(
      await get(handler, row.path, { headers, method: "HEAD" }),
    );

    assertEquals(told, asked);
  },
);

Deno.test.each(["zstd", "br", "gzip"] as const)(
  "GET for %s has the bytes of the file in it, small or large",
  async (encoding) => {
    await using tree = await makeSite();
    const handler = await createHandler(tree.path);
    const headers = { "accept-encoding": encoding };

    const small = await get(handler, "/a.js", { headers });
    const large = await get(handler, "/large.txt", { headers });
    const bytes = await small.bytes();

    assertEquals(small.headers.get("content-length"), String(bytes.length));
    assertEquals(
      small.headers.get("content-type"),
      "text/javascript; charset=utf-8",
    );
    assertEquals(small.headers.get("accept-ranges"), null);
    assertEquals(decode(bytes, encoding), SCRIPT);
    assertEquals(large.headers.get("content-length"), null);
    assertEquals(decode(await large.bytes(), encoding), LARGE);
  },
);

Deno.test("GET has another tag for each form, and 304 for that one alone", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path);
  const forms = ["identity", "zstd", "br", "gzip"];

  for (const path of ["/a.js", "/b.js", "/large.txt"]) {
    const tags = await Promise.all(forms.map(async (form) => {
      const { headers } = await headOf(
        await get(handler, path, { headers: { "accept-encoding": form } }),
      );
      return headers["etag"] ?? "";
    }));
    assertEquals(new Set(tags).size, forms.length);
    assert(tags.every((tag) => /^"[^"]+"$/.test(tag)), `${tags}`);

    for (const [i, form] of forms.entries()) {
      for (const [j, tag] of tags.entries()) {
        const { status, headers } = await headOf(
          await get(handler, path, {
            headers: { "accept-encoding": form, "if-none-match": tag },
          }),
        );
        assertEquals(status, i === j ? 304 : 200, `${path} ${form} ${tag}`);
        assertEquals(headers["etag"], tags[i]);
        assertEquals(headers["vary"], VARY);
      }
    }
  }
});

Deno.test("GET of a sibling has its length, and the type of the file", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/b.js", {
    headers: { "accept-encoding": "br" },
  });

  assertEquals(response.headers.get("content-length"), "4");
  assertEquals(
    response.headers.get("content-type"),
    "text/javascript; charset=utf-8",
  );
  assertEquals(response.headers.get("etag"), `"4-${STAMP}.br"`);
  assertEquals(await response.bytes(), BROTLI);
});

Deno.test.each(["/site/", "/old/"])(
  "GET %s sends the sibling of its index",
  async (path) => {
    await using tree = await makeSite();
    const handler = await createHandler(tree.path);

    const response = await get(handler, path, {
      headers: { "accept-encoding": "gzip" },
    });

    assertEquals(await response.bytes(), GZIP);
  },
);

Deno.test("GET of a single shared file is compressed, and has no siblings", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.at("b.js"));

  const response = await get(handler, "/b.js", {
    headers: { "accept-encoding": "gzip" },
  });

  assertEquals(decode(await response.bytes(), "gzip"), SCRIPT);
});

Deno.test("GET of what is a sibling's name gets the file itself", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path);

  const { headers } = await headOf(
    await get(handler, "/x.tar.gz", { headers: { "accept-encoding": "gzip" } }),
  );

  assertEquals(headers["content-type"], "application/gzip");
  assertEquals(headers["accept-ranges"], "bytes");
});

Deno.test("GET never follows a sibling to where the file could not be", async () => {
  await using tree = await makeTree({
    "secret.gz": GZIP,
    "site/a.js": SCRIPT,
    "site/a.js.gz": link("../secret.gz"),
  });
  const handler = await createHandler(tree.at("site"));

  const response = await get(handler, "/a.js", {
    headers: { "accept-encoding": "gzip" },
  });

  assertEquals(decode(await response.bytes(), "gzip"), SCRIPT);
});

Deno.test("GET of a file that was changed after its sibling gets the file", async () => {
  await using tree = await makeSite();
  await Deno.writeFile(tree.at("b.js"), LARGE);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/b.js", {
    headers: { "accept-encoding": "br" },
  });

  assertNotEquals(response.headers.get("content-length"), "4");
  assertEquals(decode(await response.bytes(), "br"), LARGE);
});

Deno.test("GET of a file that changes is never the form of its past", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path);
  const headers = { "accept-encoding": "gzip" };
  // Younger, it is not remembered.
  await pause(YOUNG_MS + 100);
  for (let i = 0; i < 2; i++) {
    const response = await get(handler, "/a.js", { headers });
    assertEquals(decode(await response.bytes(), "gzip"), SCRIPT);
  }

  // The same size and time: only that it changed can be seen.
  const other = proseOf(SCRIPT.length, 5);
  await Deno.writeFile(tree.at("a.js"), other);
  await Deno.utime(tree.at("a.js"), OLD, OLD);
  const second = await get(handler, "/a.js", { headers });

  assertEquals(decode(await second.bytes(), "gzip"), other);
});

Deno.test("GET of a file of this moment is compressed, and has no tag", async () => {
  await using tree = await makeTree({});
  await Deno.writeFile(tree.at("a.js"), SCRIPT);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/a.js", {
    headers: { "accept-encoding": "gzip" },
  });

  assertEquals(response.headers.get("etag"), null);
  assertEquals(decode(await response.bytes(), "gzip"), SCRIPT);
});

Deno.test("a file that is changed while it is compressed breaks the body off", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/large.txt", {
    headers: { "accept-encoding": "gzip" },
  });
  await Deno.truncate(tree.at("large.txt"), 1_000_000);
  const outcome = await response.bytes().then(() => "whole", () => "broken");

  assertEquals(outcome, "broken");
});
