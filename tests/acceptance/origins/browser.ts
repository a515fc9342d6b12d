// quick
/**
 * What pages of other sites can do with a server on this machine, in a real
 * browser: two origins, one of them a stranger's. Each "cannot" has its
 * counterpart that can, so that nothing passes because nothing works.
 *
 * @module
 */

import type { Page } from "playwright-core";

import { waitUntil } from "../endurance/_wait.ts";
import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import {
  embedImage,
  type ForeignSite,
  isFramed,
  launchForeignBrowser,
  openPage,
  openSwitch,
  readFrom,
  type Seen,
  serveForeign,
} from "./_sites.ts";

const SECRET = "the text of the file";
const PASSWORD = { username: "ada", password: "secret" };
const AUTHORIZATION = `Basic ${btoa("ada:secret")}`;

// One pixel (PNG, RFC 2083).
const PIXEL = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
);

/** A check of a line: what was tried, what came, what was to come. */
interface Check {
  readonly what: string;
  readonly got: string | number;
  readonly wanted: string | number;
}

interface Scene {
  readonly foreign: ForeignSite;
  readonly server: Server;
  /** Our server, by the name that the browser uses. */
  readonly ours: string;
}

await using browser = await launchForeignBrowser();

await acceptance(
  "a page of a foreign origin cannot read without --cors",
  withServer([], cannotRead),
);
await acceptance(
  "a page of a foreign origin can read with --cors",
  withServer(["--cors"], canRead),
);
await acceptance(
  "with --cors=ORIGIN its pages can read, and no others",
  withServer(["--cors=http://friend.example:PORT"], onlyFriendReads),
);
await acceptance(
  "with --cors=ORIGIN and --auth its pages can send a password, no others",
  withServer(
    [
      "--cors=http://friend.example:PORT,http://localhost:PORT",
      "--auth",
      "ada:secret",
    ],
    onlyFriendLogsIn,
  ),
);
await acceptance(
  "with --cors and --auth no page can send a password",
  withServer(["--cors", "--auth", "ada:secret"], nobodyLogsIn),
);
await acceptance(
  "an image is embeddable from another port of this machine, not elsewhere",
  withServer([], onlyNeighbourEmbeds),
);
await acceptance(
  "an image is embeddable from everywhere with --cors",
  withServer(["--cors"], everybodyEmbeds),
);
await acceptance(
  "a rebinding Host is refused",
  withServer([], (scene) => rebinding(scene, "refused")),
);
await acceptance(
  "the same attack reads where --allow-host names the attacker",
  withServer(
    ["--allow-host", "evil.example"],
    (scene) => rebinding(scene, "answered"),
  ),
);

/** Runs the checks with a server; `PORT` in its arguments is the foreign one. */
function withServer(
  args: readonly string[],
  checks: (scene: Scene) => Promise<readonly Check[]>,
): () => Promise<Finding> {
  return async () => {
    await using tree = await makeTree({
      "a.txt": SECRET,
      "pixel.png": PIXEL,
    });
    await using foreign = serveForeign();
    await using server = await startServer({
      directory: tree.path,
      args: args.map((arg) => arg.replaceAll("PORT", String(foreign.port))),
    });
    const ours = `http://localhost:${server.port}`;
    const scene = { foreign, server, ours };
    const made = await checks(scene);
    const wrong = made.filter(({ got, wanted }) => got !== wanted);
    return {
      holds: made.length > 0 && wrong.length === 0,
      figure: wrong.length === 0
        ? `${made.length} of ${made.length} as wanted`
        : wrong.map(({ what, got, wanted }) =>
          `${what}: ${String(got).slice(0, 80)} instead of ${wanted}`
        ).join("; "),
    };
  };
}

function pageOf({ foreign }: Scene, name: string): Promise<Page> {
  return openPage(browser, `http://${name}:${foreign.port}/`);
}

async function cannotRead(scene: Scene): Promise<readonly Check[]> {
  const checks: Check[] = [];
  // A neighbour is the same site and another origin.
  for (const name of ["evil.example", "127.0.0.1", "localhost"]) {
    const page = await pageOf(scene, name);
    for (const path of ["/a.txt", "/", "/?format=json", "/none"]) {
      const { type } = await readFrom(page, `${scene.ours}${path}`);
      checks.push({
        what: `${path} from ${name}`,
        got: type,
        wanted: "blocked",
      });
    }
    // A request whose answer no script may see, as for an image.
    const plain = await readFrom(page, `${scene.ours}/a.txt`, {
      mode: "no-cors",
    });
    checks.push({
      what: `no-cors from ${name}`,
      got: plain.type,
      wanted: name === "localhost" ? "opaque" : "blocked",
    }, { what: `text of no-cors from ${name}`, got: plain.text, wanted: "" });
  }
  // The folder page itself may fetch nothing at all: the file is the page.
  const own = await openPage(browser, `${scene.ours}/a.txt`);
  const { text } = await readFrom(own, `${scene.ours}/a.txt`);
  return [
    ...checks,
    ...await onlyOwnPageFrames(scene, own),
    { what: "own page", got: text, wanted: SECRET },
  ];
}

/** A page of ours in a frame of a stranger could be clicked unknowingly. */
async function onlyOwnPageFrames(
  scene: Scene,
  own: Page,
): Promise<readonly Check[]> {
  const stranger = await pageOf(scene, "evil.example");
  const checks: Check[] = [];
  for (const [page, wanted] of [[stranger, 0], [own, 1]] as const) {
    const got = Number(await isFramed(page, `${scene.ours}/`, "pixel.png"));
    checks.push({ what: `frame in ${page.url()}`, got, wanted });
  }
  return checks;
}

async function canRead(scene: Scene): Promise<readonly Check[]> {
  const url = `${scene.ours}/a.txt`;
  const checks: Check[] = [];
  for (const name of ["evil.example", "127.0.0.1", "localhost"]) {
    const page = await pageOf(scene, name);
    const whole = await readFrom(page, url);
    // `If-Range` is not on the list of what is sent without a preflight.
    const parts = await readFrom(page, url, {
      headers: { "range": "bytes=4-7", "if-range": whole.etag ?? "" },
    });
    const missing = await readFrom(page, `${scene.ours}/none`);
    checks.push(
      { what: `text from ${name}`, got: whole.text, wanted: SECRET },
      { what: "status of a range", got: parts.status, wanted: 206 },
      { what: "a range", got: parts.text, wanted: SECRET.slice(4, 8) },
      {
        what: "Content-Range",
        got: parts.contentRange ?? "hidden",
        wanted: `bytes 4-7/${SECRET.length}`,
      },
      { what: "an error", got: missing.status, wanted: 404 },
    );
    const withCookies = await readFrom(page, url, { credentials: "include" });
    checks.push({
      what: `with credentials from ${name}`,
      got: withCookies.type,
      wanted: "blocked",
    });
  }
  const countAsked = () =>
    scene.server.stderr().match(/"OPTIONS \/a\.txt [^"]*" 204/g)?.length ?? 0;
  // A line of the log is on its way for up to a tenth of a second.
  await waitUntil(() => countAsked() >= 3, 2_000);
  return [...checks, { what: "preflights", got: countAsked(), wanted: 3 }];
}

async function onlyFriendReads(scene: Scene): Promise<readonly Check[]> {
  const url = `${scene.ours}/a.txt`;
  const checks: Check[] = [];
  for (const name of ["friend.example", "evil.example", "localhost"]) {
    const wanted = name === "friend.example" ? SECRET : "";
    const page = await pageOf(scene, name);
    const tries: readonly (readonly [string, Record<string, string>])[] = [
      ["plainly", {}],
      ["with a preflight", { "x-requested-with": "test" }],
    ];
    for (const [how, headers] of tries) {
      const { text } = await readFrom(page, url, { headers });
      checks.push({ what: `${name} ${how}`, got: text, wanted });
    }
    const { text } = await readFrom(page, url, { credentials: "include" });
    checks.push({ what: `${name} with credentials`, got: text, wanted });
  }
  return checks;
}

async function onlyFriendLogsIn(scene: Scene): Promise<readonly Check[]> {
  const url = `${scene.ours}/a.txt`;
  const headers = { authorization: AUTHORIZATION };
  const checks: Check[] = [];
  for (const name of ["friend.example", "evil.example"]) {
    const isFriend = name === "friend.example";
    const wanted = isFriend ? SECRET : "";
    const page = await pageOf(scene, name);
    const sent = await readFrom(page, url, { headers });
    const none = await readFrom(page, url);
    // Browsers keep a password for the site where it was typed in: nothing is
    // sent from another one, but the answer may be read.
    const known = await readKnowing(scene, name);
    checks.push(
      { what: `${name} sends a password`, got: sent.text, wanted },
      {
        what: `${name} without one`,
        got: none.status,
        wanted: isFriend ? 401 : 0,
      },
      {
        what: `${name} with credentials`,
        got: known.type,
        wanted: isFriend ? "cors" : "blocked",
      },
    );
  }
  const neighbour = await readKnowing(scene, "localhost");
  return [
    ...checks,
    { what: "a neighbour", got: neighbour.text, wanted: SECRET },
  ];
}

/** Reads with credentials, where a person has typed in the password before. */
async function readKnowing(scene: Scene, name: string): Promise<Seen> {
  const url = `${scene.ours}/a.txt`;
  const page = await openPage(browser, url, PASSWORD);
  await page.goto(`http://${name}:${scene.foreign.port}/`);
  return await readFrom(page, url, { credentials: "include" });
}

async function nobodyLogsIn(scene: Scene): Promise<readonly Check[]> {
  const url = `${scene.ours}/a.txt`;
  const page = await pageOf(scene, "evil.example");
  const sent = await readFrom(page, url, {
    headers: { authorization: AUTHORIZATION },
  });
  const known = await readKnowing(scene, "localhost");
  const none = await readFrom(page, url);
  const own = await openPage(browser, url, PASSWORD);
  const { text } = await readFrom(own, url);
  return [
    { what: "a password sent", got: sent.type, wanted: "blocked" },
    { what: "one that the browser knows", got: known.type, wanted: "blocked" },
    { what: "none", got: none.status, wanted: 401 },
    { what: "the own page", got: text, wanted: SECRET },
  ];
}

async function onlyNeighbourEmbeds(scene: Scene): Promise<readonly Check[]> {
  // Not among them: another port of the same IP address. The Fetch Standard
  // calls that the same site, and Chromium 156 does not show it.
  const byAddress = `http://127.0.0.1:${scene.server.port}`;
  const rows = [
    { name: "localhost", source: scene.ours, wanted: 1 },
    { name: "evil.example", source: scene.ours, wanted: 0 },
    { name: "evil.example", source: byAddress, wanted: 0 },
  ];
  return await embedRows(scene, rows);
}

async function everybodyEmbeds(scene: Scene): Promise<readonly Check[]> {
  const rows = ["localhost", "127.0.0.1", "evil.example"]
    .map((name) => ({ name, source: scene.ours, wanted: 1 }));
  return await embedRows(scene, rows);
}

async function embedRows(
  scene: Scene,
  rows: readonly { name: string; source: string; wanted: number }[],
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const { name, source, wanted } of rows) {
    const page = await pageOf(scene, name);
    const got = await embedImage(page, `${source}/pixel.png`);
    checks.push({ what: `${source} in ${name}`, got, wanted });
  }
  return checks;
}

/** The name of the stranger's page leads to us from one moment to the next. */
async function rebinding(
  { foreign, server }: Scene,
  expected: "refused" | "answered",
): Promise<readonly Check[]> {
  await using dns = openSwitch(foreign.port);
  const origin = `http://evil.example:${dns.port}`;
  const page = await openPage(browser, `${origin}/`);
  const before = await readFrom(page, `${origin}/a.txt`);

  dns.pointTo(server.port);
  const after = await readFrom(page, `${origin}/a.txt`);
  const again = await readFrom(page, `${origin}/?format=json`);
  await page.goto(`${origin}/a.txt`);
  const shown = await page.content();

  const isRefused = expected === "refused";
  const hints = server.stderr().match(/refused Host/g)?.length ?? 0;
  return [
    // The page is of the same origin: nothing but the name protects us.
    { what: "before", got: before.status, wanted: 200 },
    { what: "type", got: after.type, wanted: "basic" },
    { what: "status", got: after.status, wanted: isRefused ? 421 : 200 },
    { what: "folder", got: again.status, wanted: isRefused ? 421 : 200 },
    {
      what: "file in a script",
      got: after.text.includes(SECRET) ? "read" : "not read",
      wanted: isRefused ? "not read" : "read",
    },
    {
      what: "file on the page",
      got: shown.includes(SECRET) ? "shown" : "not shown",
      wanted: isRefused ? "not shown" : "shown",
    },
    { what: "hints", got: hints, wanted: isRefused ? 1 : 0 },
  ];
}
