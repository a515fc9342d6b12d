/**
 * A site within an executable: made by our task, and by a program of two lines
 * that imports us.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { toFileUrl } from "@std/path";

import { permissionFlags } from "../../.ci/compile.ts";
import { freePort, MAIN } from "../_support/cli.ts";
import { type Address, rawRequest, type RawResponse } from "../_support/raw.ts";
import { makeTree, OLD, type Tree } from "../_support/tree.ts";
import { waitFor } from "../cli/_command.ts";
import { build, COMPILER, WHY_IGNORED } from "./_build.ts";

/** More than is read at once. */
const LARGE = new Uint8Array(3_000_000).map((_, at) => at * 31 + (at >> 8));

/** What is put into an executable, and what lies beside it. */
function makePlace(): Promise<Tree> {
  return makeTree({
    "site/index.html": "<h1>embedded</h1>",
    "site/404.html": "<h1>not here</h1>",
    "site/large.bin": LARGE,
    "site/docs/a b.txt": "spaces",
    "site/docs/.hidden": "hidden",
    "elsewhere/own.txt": "own",
    "empty/": null,
    // Beside what is served, but not in it.
    "secret.txt": "secret",
  });
}

/** Runs an executable in an empty folder, while something is asked of it. */
async function whileRunning(
  path: string,
  args: readonly string[],
  ask: (address: Address) => Promise<void>,
): Promise<void> {
  await using tree = await makeTree({});
  const port = freePort();
  const child = new Deno.Command(path, {
    args: ["-qb127.0.0.1", String(port), ...args],
    cwd: tree.path,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const address = { hostname: "127.0.0.1", port };
    await waitFor(() => rawRequest(address, "/").catch(() => null));
    await ask(address);
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

function textOf({ body }: RawResponse): string {
  return new TextDecoder().decode(body);
}

/** A runtime of another version compresses by itself. */
const PLAIN = { "accept-encoding": "identity" };

async function assertServesSite(address: Address): Promise<void> {
  const get = (target: string, headers: Record<string, string> = {}) =>
    rawRequest(address, target, { headers: { ...PLAIN, ...headers } });
  const index = await get("/");
  const etag = index.headers.get("etag") ?? "";

  assertEquals(textOf(index), "<h1>embedded</h1>");
  assertEquals(index.headers.get("last-modified"), OLD.toUTCString());
  assertEquals((await get("/", { "if-none-match": etag })).status, 304);
  // Answered from memory by now, and still the same.
  assertEquals((await get("/", { "if-none-match": etag })).status, 304);
  assertEquals(textOf(await get("/")), "<h1>embedded</h1>");

  const missing = await get("/nowhere");
  assertEquals([missing.status, textOf(missing)], [404, "<h1>not here</h1>"]);

  const whole = await get("/large.bin");
  assertEquals(whole.body, LARGE);
  const part = await get("/large.bin", { range: "bytes=1000000-2000009" });
  assertEquals(part.status, 206);
  assertEquals(part.body, LARGE.slice(1_000_000, 2_000_010));
  assertEquals(
    (await get("/large.bin", { range: "bytes=9999999-" })).status,
    416,
  );

  const page = textOf(await get("/docs/"));
  assertMatch(page, /href="\.\/a%20b\.txt"/);
  assert(!page.includes("./.hidden"));
  const json = JSON.parse(textOf(await get("/?listing&format=json")));
  assert(JSON.stringify(json).includes('"docs"'));
  assert(!JSON.stringify(json).includes("1970"));

  const zip = await get("/docs/?archive=zip");
  assertEquals(zip.status, 200);
  assert(textOf(zip).includes("spaces"));
  const refused = ["/%2e%2e/main.js", "/main.js", "/docs/.hidden"];
  const statuses = await Promise.all(refused.map((target) => get(target)));
  assertEquals(statuses.map(({ status }) => status), [400, 404, 404]);
}

Deno.test({
  name:
    `an executable with a site serves it where no folder is given${WHY_IGNORED}`,
  ignore: COMPILER === undefined,
  async fn() {
    await using place = await makePlace();
    await using site = await build({ site: place.at("site"), name: "site" });
    // Nothing of it is read any more.
    await Deno.remove(place.at("site"), { recursive: true });

    await whileRunning(site.path, [], assertServesSite);
    await whileRunning(site.path, [place.at("elsewhere")], async (address) => {
      assertEquals(textOf(await rawRequest(address, "/own.txt")), "own");
      assertEquals((await rawRequest(address, "/index.html")).status, 404);
    });
  },
});

Deno.test({
  name:
    `a program of two lines that imports us is compiled with its site, and can read nothing else${WHY_IGNORED}`,
  ignore: COMPILER === undefined,
  async fn() {
    await using place = await makePlace();
    const entry = place.at("main.ts");
    await Deno.writeTextFile(
      entry,
      `import { run } from "${toFileUrl(MAIN).href}";\nawait run();\n`,
    );
    const flags = permissionFlags("linux")
      .filter((flag) => flag !== "--allow-read");
    await using site = await build({ entry, site: place.at("site"), flags });

    await whileRunning(site.path, [], assertServesSite);
    const { code, stderr } = await new Deno.Command(site.path, {
      args: ["0", place.at("elsewhere")],
      env: { NO_COLOR: "1" },
      stdin: "null",
      signal: AbortSignal.timeout(20_000),
    }).output();

    assertEquals(code, 1);
    assertMatch(new TextDecoder().decode(stderr), /^error: Cannot read .*\n$/);
  },
});
