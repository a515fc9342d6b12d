import { assertEquals } from "@std/assert";

import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { get, headOf } from "../_support/call.ts";
import { link, makeTree } from "../_support/tree.ts";

const PATHS = [
  "/",
  "/?listing",
  "/?format=json",
  "/?sort=size&order=desc",
  "/none",
  "/none/",
  "/.env",
  "/out.txt",
  "/small.txt",
  "/small.txt?download",
  "/small.txt/",
  "/empty.txt",
  "/large.bin",
  "/young.txt",
  "/old.bin",
  "/in.txt",
  "/folder",
  "/folder/",
  "/folder/?format=json",
  "/crowd/",
  "/crowd/?format=json",
  "/fifo",
  "/%zz",
  "/a%2fb",
  "//",
  "/404.html",
];

const HEADERS: readonly Record<string, string>[] = [
  {},
  { "if-none-match": "*" },
  { "if-match": '"other"' },
  { "if-modified-since": "Mon, 06 May 2024 07:08:09 GMT" },
  { "if-unmodified-since": "Mon, 06 May 2013 07:08:09 GMT" },
  { "accept": "application/json" },
  { "accept-encoding": "gzip, br" },
];

const OPTIONS: readonly Partial<ServeOptions>[] = [
  {},
  { listing: false },
  { index: false, dotfiles: true, followSymlinks: true },
  { cache: 60, headers: [["x-a", "1"], ["content-type", "text/x-own"]] },
];

Deno.test.each(OPTIONS.map((options) => ({ options })))(
  "HEAD has the status and headers of GET on every path, with $options",
  async ({ options }) => {
    await using tree = await makeTree({
      "secret.txt": "x",
      "site/404.html": "<p>gone",
      "site/index.html": "<p>index",
      "site/.env": "x",
      "site/small.txt": "hello",
      "site/empty.txt": "",
      "site/large.bin": "x".repeat(1_300_000),
      "site/old.bin": "y".repeat(1_300_000),
      "site/folder/a.txt": "x",
      "site/in.txt": link("small.txt"),
      "site/out.txt": link("../secret.txt"),
      ...Object.fromEntries(
        Array.from({ length: 2_100 }, (_, i) => [`site/crowd/${i}`, ""]),
      ),
    });
    await Deno.utime(tree.at("site/old.bin"), 0, 0);
    const future = new Date(Date.now() + 3_600_000);
    await Deno.writeTextFile(tree.at("site/young.txt"), "x");
    await Deno.utime(tree.at("site/young.txt"), future, future);
    await new Deno.Command("mkfifo", { args: [tree.at("site/fifo")] }).output();
    const handler = await createHandler(tree.at("site"), options);

    for (const path of PATHS) {
      for (const headers of HEADERS) {
        const forGet = await headOf(await get(handler, path, { headers }));
        const response = await get(handler, path, { headers, method: "HEAD" });

        const request = `${path} ${JSON.stringify(headers)}`;
        // Without a length it is an empty stream: see `toResponse()`.
        if ("content-length" in forGet.headers) {
          assertEquals(response.body, null, request);
        }
        assertEquals(await headOf(response), forGet, request);
      }
    }
  },
);

Deno.test("HEAD ignores a range", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const handler = await createHandler(tree.path);
  const headers = { range: "bytes=1-2" };

  const response = await get(handler, "/a.txt", { headers, method: "HEAD" });

  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-length"), "5");
});

Deno.test.each<{ method: string; status: number }>([
  { method: "OPTIONS", status: 204 },
  { method: "POST", status: 405 },
  { method: "PUT", status: 405 },
  { method: "DELETE", status: 405 },
  { method: "PATCH", status: 405 },
  { method: "PROPFIND", status: 405 },
])("$method returns $status with the methods that there are", async (row) => {
  await using tree = await makeTree({ "a.txt": "x" });
  const handler = await createHandler(tree.path);

  for (const path of ["/", "/a.txt", "/none"]) {
    const response = await get(handler, path, { method: row.method });
    await response.body?.cancel();

    assertEquals(response.status, row.status);
    assertEquals(response.headers.get("allow"), "GET, HEAD, OPTIONS");
  }
});
