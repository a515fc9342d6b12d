/**
 * Several machines with copies of the same files are one server: what the
 * README says about outgrowing one machine.
 *
 * @module
 */

import { assertEquals, assertNotEquals } from "@std/assert";

import { proseOf } from "../_support/decode.ts";
import { type RawRequest, rawRequest } from "../_support/raw.ts";
import { type LocalServer, serveLocally } from "../_support/server.ts";
import { makeTree } from "../_support/tree.ts";
import { findProgram, runWell } from "../acceptance/clients/_tools.ts";
import { NAME, startStack, testProxies } from "./_proxies.ts";

const TEXT = proseOf(50_000);

/** Copies that keep the times, to the end of the second and beyond it. */
const COPIERS: readonly (readonly [string, ...string[]])[] = [
  ["cp", "-a"],
  ["rsync", "-a"],
];

/** Two servers of the same files, on disks of their own. */
interface Pair extends AsyncDisposable {
  readonly one: LocalServer;
  readonly other: LocalServer;
}

for (const [program, ...args] of COPIERS) {
  const isThere = findProgram(program) !== null;
  const copier = [program, ...args].join(" ");

  Deno.test({
    name: `servers of copies by ${copier} confirm each other's copies` +
      (isThere ? "" : " (ignored: not installed)"),
    ignore: !isThere,
    async fn() {
      await using pair = await servePair(program, args);

      for (const coding of ["identity", "gzip"]) {
        const headers = { "Accept-Encoding": coding };
        const first = await ask(pair.one, { headers });
        const etag = first.headers.get("etag") ?? "";
        const date = first.headers.get("last-modified") ?? "";
        const byTag = await ask(pair.other, {
          headers: { ...headers, "If-None-Match": etag },
        });
        const byDate = await ask(pair.other, {
          headers: { ...headers, "If-Modified-Since": date },
        });

        assertEquals(first.status, 200);
        assertNotEquals(etag, "");
        assertEquals(byTag.headers.get("etag"), etag);
        assertEquals([byTag.status, byDate.status], [304, 304]);
      }
    },
  });

  Deno.test({
    name: `a download goes on at a server of a copy by ${copier}` +
      (isThere ? "" : " (ignored: not installed)"),
    ignore: !isThere,
    async fn() {
      await using pair = await servePair(program, args);

      const begun = await ask(pair.one, { headers: { Range: "bytes=0-9999" } });
      const rest = await ask(pair.other, {
        headers: {
          "Range": "bytes=10000-",
          "If-Range": begun.headers.get("etag") ?? "",
        },
      });

      assertEquals([begun.status, rest.status], [206, 206]);
      assertEquals(new Uint8Array([...begun.body, ...rest.body]), TEXT);
    },
  });
}

Deno.test("a download from a server with another version is of the whole", async () => {
  await using pair = await servePair("cp", ["-r"]); // new times

  const begun = await ask(pair.one, { headers: { Range: "bytes=0-9999" } });
  const rest = await ask(pair.other, {
    headers: {
      "Range": "bytes=10000-",
      "If-Range": begun.headers.get("etag") ?? "",
    },
  });

  assertEquals([rest.status, rest.body], [200, TEXT]);
});

testProxies(
  "a shared cache asks once with --cache, and else each time",
  async (kind) => {
    for (const [cache, asked] of [[3_600, 1], [null, 5]] as const) {
      await using stack = await startStack(
        kind,
        { "a.txt": TEXT },
        { placement: "cache", options: { cache } },
      );

      for (let i = 0; i < 5; i++) {
        assertEquals((await ask(stack.proxy, {})).body, TEXT);
      }

      assertEquals(stack.server.records.length, asked);
    }
  },
  ["nginx"],
);

/** Serves a folder, and a copy of it that a program made. */
async function servePair(
  program: string,
  args: readonly string[],
): Promise<Pair> {
  await using stack = new AsyncDisposableStack();
  const tree = stack.use(await makeTree({ "one/a.txt": TEXT }));
  // Finer than the clock that the runtime shows.
  await runWell("touch", [
    "-d",
    "2024-05-06 07:08:09.123987654",
    tree.at("one/a.txt"),
  ]);
  await runWell(program, [...args, `${tree.at("one")}/.`, tree.at("other")]);
  const one = stack.use(await serveLocally(tree.at("one")));
  const other = stack.use(await serveLocally(tree.at("other")));
  const moved = stack.move();
  return { one, other, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

function ask(
  address: { readonly hostname: string; readonly port: number },
  request: RawRequest,
) {
  return rawRequest(address, "/a.txt", { host: NAME, ...request });
}
