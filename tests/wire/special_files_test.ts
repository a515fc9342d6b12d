/**
 * FIFOs, sockets and devices: 404 in whatever way they are asked for, and not
 * on the page. A test that opened one would hang.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { type LocalServer, serveLocally } from "../_support/server.ts";
import { rawRequest } from "../_support/raw.ts";
import { link, makeTree } from "../_support/tree.ts";
import { makeSpecialFiles } from "../acceptance/endurance/_special_files.ts";

const ignore = Deno.build.os === "windows";

Deno.test({
  name: "GET and HEAD of special files and links to them return 404",
  ignore,
  async fn() {
    await using tree = await makeTree({
      "to-fifo": link("fifo"),
      "to-socket": link("socket"),
      "to-zero": link("/dev/zero"),
      "to-stdin": link("/dev/stdin"),
    });
    await using special = await makeSpecialFiles(tree.path);
    await using server = await serveLocally(tree.path);
    const links = ["to-fifo", "to-socket", "to-zero", "to-stdin"];

    for (const name of [...special.names, ...links]) {
      for (const method of ["GET", "HEAD"]) {
        for (const target of [`/${name}`, `/${name}/`, `/${name}?download`]) {
          const { status } = await rawRequest(server, target, { method });
          assertEquals(status, 404, `${method} ${target}`);
        }
      }
    }
  },
});

Deno.test({
  name: "GET of many FIFOs at once keeps nobody waiting",
  ignore,
  async fn() {
    await using tree = await makeTree({ "a.txt": "a" });
    await using _special = await makeSpecialFiles(tree.path);
    await using server = await serveLocally(tree.path);

    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => statusOf(server, "/fifo")),
    );

    assertEquals(new Set(statuses), new Set([404]));
    assertEquals(await statusOf(server, "/a.txt"), 200);
  },
});

Deno.test({
  name: "GET / shows no special file",
  ignore,
  async fn() {
    await using tree = await makeTree({
      "a.txt": "a",
      "to-fifo": link("fifo"),
    });
    await using _special = await makeSpecialFiles(tree.path);
    await using server = await serveLocally(tree.path);

    const { body } = await rawRequest(server, "/?format=json");

    const entries: unknown = JSON.parse(new TextDecoder().decode(body));
    assert(Array.isArray(entries));
    assertEquals(entries.map((entry) => entry.name), ["a.txt"]);
  },
});

Deno.test({
  name: "a FIFO is neither an index nor a 404 page",
  ignore,
  async fn() {
    await using tree = await makeTree({
      "index.html": link("fifo"),
      "404.html": link("fifo"),
      "a.txt": "a",
    });
    await using _special = await makeSpecialFiles(tree.path);
    await using server = await serveLocally(tree.path);

    const page = await rawRequest(server, "/");
    const missing = await rawRequest(server, "/none");

    assertEquals(page.status, 200);
    assert(new TextDecoder().decode(page.body).includes("a.txt"));
    assertEquals(missing.status, 404);
  },
});

async function statusOf(server: LocalServer, target: string): Promise<number> {
  return (await rawRequest(server, target)).status;
}
