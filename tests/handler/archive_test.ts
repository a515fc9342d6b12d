import { assert, assertEquals, assertNotEquals } from "@std/assert";

import type { Handler } from "../../lib/answer.ts";
import { createHandler } from "../../lib/handler.ts";
import {
  ARCHIVE_DEPTH_MAX,
  ARCHIVES_MAX,
  ARCHIVES_PER_ADDRESS_MAX,
} from "../../lib/http/limits.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { readZip } from "../_support/archive.ts";
import { createLogged, get, headOf, PEER } from "../_support/call.ts";
import { ageFiles, createWatched } from "../_support/memory.ts";
import { link, makeTree } from "../_support/tree.ts";

const FILES = {
  "a.txt": "hello",
  ".hidden": "h",
  "sub dir/b.txt": "bb",
  "sub dir/empty": null,
  "sub dir/deeper/c.txt": "ccc",
  "site/index.html": "<p>index",
  "site/page.html": "<p>page",
};

/** Names and texts of a zip. */
async function unzip(response: Response): Promise<Record<string, string>> {
  assertEquals(response.status, 200);
  const bytes = await response.bytes();
  assertEquals(response.headers.get("content-length"), String(bytes.length));
  const read = (start: number, end: number) =>
    Promise.resolve(bytes.slice(start, end));
  const found: Record<string, string> = {};
  for (const { name, start, size } of await readZip(read, bytes.length)) {
    found[name] = new TextDecoder().decode(bytes.slice(start, start + size));
  }
  return found;
}

/** Names in a tar without long names. */
function untar(bytes: Uint8Array): string[] {
  const text = (at: number, length: number) =>
    new TextDecoder().decode(bytes.subarray(at, at + length))
      .replace(/\0.*$/s, "");
  const names: string[] = [];
  for (let at = 0; text(at, 1) !== "";) {
    names.push(text(at, 100));
    at += 512 + Math.ceil(parseInt(text(at + 124, 12), 8) / 512) * 512;
  }
  return names;
}

Deno.test("GET /sub%20dir/?archive=zip returns what the folder page shows, below the folder's name", async () => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/sub%20dir/?archive=zip");

  assertEquals(
    response.headers.get("content-disposition"),
    'attachment; filename="sub dir.zip"',
  );
  assertEquals(response.headers.get("cache-control"), "no-cache");
  assertEquals(response.headers.get("x-content-type-options"), "nosniff");
  assertEquals(await unzip(response), {
    "sub dir/": "",
    "sub dir/b.txt": "bb",
    "sub dir/deeper/": "",
    "sub dir/deeper/c.txt": "ccc",
    "sub dir/empty/": "",
  });
});

Deno.test("GET /?archive=zip says nothing of the name of the shared folder, and nothing of dotfiles", async () => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/?archive=zip");

  assertEquals(
    response.headers.get("content-disposition"),
    'attachment; filename="archive.zip"',
  );
  const names = Object.keys(await unzip(response));
  assert(names.every((name) => name.startsWith("archive/")));
  assert(!names.some((name) => name.includes("hidden")));
});

Deno.test.each<{ format: "tar" | "tar.gz" }>([{ format: "tar" }, {
  format: "tar.gz",
}])("GET /sub%20dir/?archive=$format returns the same", async ({ format }) => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);

  const response = await get(handler, `/sub%20dir/?archive=${format}`);

  const length = response.headers.get("content-length");
  const body = format === "tar"
    ? response.body
    : response.body?.pipeThrough(new DecompressionStream("gzip"));
  const bytes = await new Response(body).bytes();
  assertEquals(length, format === "tar" ? String(bytes.length) : null);
  assertEquals(untar(bytes), [
    "sub dir/",
    "sub dir/deeper/",
    "sub dir/deeper/c.txt",
    "sub dir/empty/",
    "sub dir/b.txt",
  ]);
});

Deno.test("GET /?archive=zip&name=… returns the chosen entries", async () => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);

  const response = await get(
    handler,
    "/?archive=zip&name=a.txt&name=sub+dir",
  );

  assertEquals(Object.keys(await unzip(response)), [
    "archive/",
    "archive/sub dir/",
    "archive/sub dir/deeper/",
    "archive/sub dir/deeper/c.txt",
    "archive/sub dir/empty/",
    "archive/sub dir/b.txt",
    "archive/a.txt",
  ]);
});

Deno.test.each<{ path: string; options?: Partial<ServeOptions> }>([
  { path: "/none/?archive=zip" },
  { path: "/?archive=zip&name=none" },
  { path: "/?archive=zip&name=a.txt&name=none" },
  { path: "/?archive=zip&name=.hidden" },
  { path: "/?archive=zip&name=sub%20dir%2Fb.txt" },
  { path: "/?archive=zip&name=.." },
  { path: "/sub%20dir/?archive=zip&name=..%2Fa.txt" },
  { path: "/?archive=zip&name=" },
  { path: "/?archive=zip&name=a.txt%00" },
  { path: "/?archive=zip", options: { archive: false } },
  { path: "/?archive=tar.gz", options: { archive: false } },
  { path: "/?archive=zip", options: { listing: false } },
  // Where its index would be shown without the archive.
  { path: "/site/?archive=zip", options: { archive: false } },
  { path: "/site/?archive=tar", options: { listing: false } },
])("GET $path with $options returns 404 as for anything else", async (row) => {
  await using tree = await makeTree({ ...FILES, "404.html": "<p>Gone" });
  const handler = await createHandler(tree.path, row.options ?? {});

  const response = await get(handler, row.path);

  assertEquals(response.status, 404);
  assertEquals(await response.text(), "<p>Gone");
});

Deno.test.each<{ path: string; body: string }>([
  { path: "/site/?archive=rar", body: "<p>index" },
  { path: "/site/?archive", body: "<p>index" },
  { path: "/site/?archive=ZIP", body: "<p>index" },
  { path: "/a.txt?archive=zip", body: "hello" },
])("GET $path means nothing but the path", async ({ path, body }) => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);

  const response = await get(handler, path);

  assertEquals([response.status, await response.text()], [200, body]);
});

Deno.test("GET /site?archive=zip redirects to the folder and keeps the query", async () => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);

  const { status, headers } = await headOf(
    await get(handler, "/site?archive=zip&name=a"),
  );

  assertEquals([status, headers.location], [301, "/site/?archive=zip&name=a"]);
});

Deno.test("GET /site/?archive=zip is not answered with an index that is remembered", async () => {
  using _old = ageFiles();
  await using tree = await makeTree(FILES);
  const { handler, resolved } = await createWatched(tree.path);
  const kept = async () => await (await get(handler, "/site/")).text();
  await kept();
  const before = resolved();
  assertEquals(await kept(), "<p>index");
  assertEquals(resolved(), before);

  const archive = await get(handler, "/site/?archive=zip");
  const escaped = await get(handler, "/site/?%61rchive=zip");

  assertEquals(Object.keys(await unzip(archive)), [
    "site/",
    "site/index.html",
    "site/page.html",
  ]);
  assertEquals(escaped.headers.get("content-type"), "application/zip");
  await escaped.body?.cancel();
  // Nor is the archive remembered in the place of the index.
  assertEquals(await kept(), "<p>index");
});

Deno.test.each<{ format: string }>([
  { format: "zip" },
  { format: "tar" },
  { format: "tar.gz" },
])("HEAD /?archive=$format returns the headers of GET", async ({ format }) => {
  await using tree = await makeTree(FILES);
  const { handler, records } = await createLogged(tree.path);
  const path = `/?archive=${format}`;

  const head = await headOf(await get(handler, path, { method: "HEAD" }));
  const whole = await headOf(await get(handler, path));

  assertEquals(head, whole);
  assertEquals(head.status, 200);
  assertEquals([records[0]?.bytes, records[0]?.aborted], [0, false]);
});

Deno.test("GET /?archive=zip with Range returns that part, warm and cold", async () => {
  await using tree = await makeTree({ "a": "a".repeat(300_000), "b": "bb" });
  const warm = await createHandler(tree.path);
  const cold = await createHandler(tree.path);
  const whole = await (await get(warm, "/?archive=zip")).bytes();

  for (const handler of [warm, cold]) {
    const response = await get(handler, "/?archive=zip", {
      headers: { range: "bytes=299000-" },
    });

    assertEquals(response.status, 206);
    assertEquals(
      response.headers.get("content-range"),
      `bytes 299000-${whole.length - 1}/${whole.length}`,
    );
    assertEquals(await response.bytes(), whole.slice(299_000));
  }
});

Deno.test("GET of parts of one archive at once returns what GET of all of it returns", async () => {
  await using tree = await makeTree({ ...FILES, "big": "b".repeat(600_000) });
  const handler = await createHandler(tree.path);
  const whole = await (await get(handler, "/?archive=zip")).bytes();
  const size = Math.ceil(whole.length / ARCHIVES_PER_ADDRESS_MAX);
  const starts = Array.from(
    { length: ARCHIVES_PER_ADDRESS_MAX },
    (_, i) => i * size,
  );

  const parts = await Promise.all(starts.map(async (start) => {
    const range = `bytes=${start}-${start + size - 1}`;
    const path = "/?archive=zip";
    const response = await get(handler, path, { headers: { range } });
    return [response.status, await response.bytes()] as const;
  }));

  for (const [i, [status, bytes]] of parts.entries()) {
    const start = starts[i] ?? NaN;
    assertEquals(status, 206);
    assertEquals(bytes, whole.slice(start, start + size));
  }
});

Deno.test("GET /?archive=zip returns 304 for its tag, and starts over after a change", async () => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);
  const path = "/?archive=zip";
  const tag = async () =>
    (await headOf(await get(handler, path))).headers.etag ?? "";
  const first = await tag();

  const same = await headOf(
    await get(handler, path, { headers: { "if-none-match": first } }),
  );
  const resumed = await headOf(
    await get(handler, path, {
      headers: { range: "bytes=9-", "if-range": first },
    }),
  );
  await Deno.utime(tree.at("a.txt"), new Date(1e12), new Date(1e12));
  const other = await tag();
  const restarted = await headOf(
    await get(handler, path, {
      headers: { range: "bytes=9-", "if-range": first },
    }),
  );

  assertEquals([same.status, resumed.status], [304, 206]);
  assertNotEquals(other, first);
  assertEquals(restarted.status, 200);
});

Deno.test("GET /?archive=zip has no tag while a file in it is two seconds old", async () => {
  await using tree = await makeTree(FILES);
  await Deno.utime(tree.at("a.txt"), new Date(), new Date());
  const handler = await createHandler(tree.path);

  const { headers } = await headOf(await get(handler, "/?archive=zip"));

  assertEquals(headers.etag, undefined);
  assertEquals(headers["accept-ranges"], "bytes");
});

Deno.test("GET /?archive=zip leaves out links to the outside, and follows them where that is asked for", async () => {
  await using outside = await makeTree({ "secret": "s" });
  await using tree = await makeTree({ "out": link(outside.at("secret")) });
  const plain = await createHandler(tree.path);
  const following = await createHandler(tree.path, { followSymlinks: true });

  const without = await unzip(await get(plain, "/?archive=zip"));
  const within = await unzip(await get(following, "/?archive=zip"));

  assertEquals(without, { "archive/": "" });
  assertEquals(within, { "archive/": "", "archive/out": "s" });
});

/** Archives of an address that are under way: nobody has read a byte. */
async function begin(
  handler: Handler,
  count: number,
  hostname: string,
): Promise<Response[]> {
  const responses: Response[] = [];
  for (let i = 0; i < count; i++) {
    const request = new Request("http://localhost/?archive=zip");
    const { promise } = Promise.withResolvers<void>();
    const remoteAddr = { ...PEER, hostname };
    responses.push(
      await handler(request, { remoteAddr, completed: promise }),
    );
  }
  return responses;
}

Deno.test("GET /?archive=zip returns 503 to an address with too many under way, and to all when all places are taken", async () => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);
  const first = await begin(handler, ARCHIVES_PER_ADDRESS_MAX, "192.0.2.1");

  const [refused] = await begin(handler, 1, "192.0.2.1");
  const rest = ARCHIVES_MAX - ARCHIVES_PER_ADDRESS_MAX;
  const others = await begin(handler, rest, "192.0.2.2");
  const [full] = await begin(handler, 1, "192.0.2.3");
  const head = await get(handler, "/a.txt");
  await first[0]?.body?.cancel();
  const [again] = await begin(handler, 1, "192.0.2.3");

  assertEquals([refused?.status, full?.status], [503, 503]);
  assertEquals(refused?.headers.get("retry-after"), "1");
  assertEquals(new Set(others.map(({ status }) => status)), new Set([200]));
  assertEquals([head.status, again?.status], [200, 200]);
  await head.body?.cancel();
  for (const response of [...first.slice(1), ...others, again]) {
    await response?.body?.cancel();
  }
});

Deno.test("GET /?archive=zip returns 501 where folders are nested too deeply, and says what to do", async () => {
  const way = Array(ARCHIVE_DEPTH_MAX + 1).fill("d").join("/");
  await using tree = await makeTree({ [`${way}/a`]: "a" });
  const handler = await createHandler(tree.path);

  const response = await get(handler, "/?archive=zip");
  const page = await response.text();
  const part = await get(handler, "/d/?archive=zip");

  assertEquals([response.status, part.status], [501, 200]);
  assertEquals(response.headers.has("retry-after"), false);
  assert(page.includes("too much in this folder for one archive"));
  await part.body?.cancel();
});

Deno.test("HEAD, 304, 404, 412 and 416 of archives leave no place taken", async () => {
  await using tree = await makeTree(FILES);
  const handler = await createHandler(tree.path);
  const path = "/?archive=zip";
  const { headers } = await headOf(await get(handler, path));
  const etag = headers.etag ?? "";
  const statuses = new Set<number>();

  for (let i = 0; i <= ARCHIVES_PER_ADDRESS_MAX; i++) {
    const answers = [
      await get(handler, path, { method: "HEAD" }),
      await get(handler, path, { headers: { "if-none-match": etag } }),
      await get(handler, `${path}&name=none`),
      await get(handler, path, { headers: { "if-match": '"x"' } }),
      await get(handler, path, { headers: { range: "bytes=999999999-" } }),
    ];
    for (const answer of answers) statuses.add((await headOf(answer)).status);
  }

  assertEquals(statuses, new Set([200, 304, 404, 412, 416]));
});

Deno.test("the log has the bytes of an archive, and says where its client left", async () => {
  await using tree = await makeTree({ "a": "a".repeat(1_000_000) });
  const { handler, records } = await createLogged(tree.path);

  const whole = await (await get(handler, "/?archive=tar")).bytes();
  await (await get(handler, "/?archive=tar")).body?.cancel();

  assertEquals(
    records.map(({ status, bytes, aborted }) => [status, bytes, aborted]),
    [[200, whole.length, false], [200, 0, true]],
  );
});

Deno.test("the log says of an archive that a file in it changed, and the answer breaks off", async () => {
  await using tree = await makeTree({ "a": "a".repeat(400_000), "b": "b" });
  const { handler, records } = await createLogged(tree.path);
  const response = await get(handler, "/?archive=zip");
  await Deno.remove(tree.at("b"));

  let isWhole = true;
  await response.bytes().catch(() => void (isWhole = false));

  assert(!isWhole);
  const [record] = records;
  assertEquals([record?.status, record?.aborted], [200, true]);
  assertEquals(
    record?.error,
    "A file in the archive was changed or is gone",
  );
});
