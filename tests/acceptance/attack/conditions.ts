/**
 * What happens to the machine under a running server: the log's disk is full,
 * the clock jumps, the shared disk is full, slow or gone, permissions change,
 * the folder is moved, removed or replaced. Each has its right answer, no 500,
 * and the server goes on.
 *
 * @module
 */

import { join } from "@std/path";

import { createAnswer, STAGES } from "../../../lib/answer.ts";
import { librarySide } from "../../../lib/build_handler.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { LOOKS } from "../../../lib/disk/seen.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import type { LogRecord } from "../../../lib/record.ts";
import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { type Address, rawRequest } from "../../_support/raw.ts";
import { makeTree, type Tree } from "../../_support/tree.ts";
import { waitUntil } from "../endurance/_wait.ts";
import { mountMemory } from "./_mount.ts";
import { type Step, walk } from "./_steps.ts";

const SECRET = "SECRET-outside";
const LARGE_BYTES = 900_000;

/** Root reads what nobody may, unless this is taken from it. */
const AS_STRANGER = Deno.uid() === 0
  ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
  : [];

const MODES = [
  { title: "the least set", permissions: "least", args: [] },
  { title: "-A --no-sandbox", permissions: "all", args: ["--no-sandbox"] },
] as const;

for (const { title, permissions, args } of MODES) {
  const start = (directory: string) =>
    startServer({ directory, permissions, args, prefix: AS_STRANGER });
  await acceptance(
    `permissions of file, folder and root that change under way, ${title}`,
    () => changePermissions(start),
  );
  await acceptance(
    `the folder renamed, removed, replaced by another, by a link outside, by a file, ${title}`,
    () => replaceRoot(start),
  );
  await acceptance(
    `a mount that is full, goes away under a download, and comes back, ${title}`,
    () => loseMount(start),
  );
}
await acceptance(
  "a disk that fills up under the log costs lines and no answer, and lines come again",
  fillLogDisk,
);
await acceptance(
  "a clock that jumps by years, back and forth, never makes a wrong answer",
  jumpClock,
);
await acceptance(
  "a folder that takes its time does not hold up the others",
  waitForSlowDisk,
);

type Start = (directory: string) => Promise<Server>;

function makePlace(): Promise<Tree> {
  return makeTree({
    "site/a.txt": "a",
    "site/large.bin": "x".repeat(LARGE_BYTES),
    "site/sub/b.txt": "b",
    "other/a.txt": "another",
    "outside/a.txt": SECRET,
    "outside/sub/b.txt": SECRET,
  });
}

async function changePermissions(start: Start): Promise<Finding> {
  await using place = await makePlace();
  await using server = await start(place.at("site"));
  const to = (name: string, mode: number) => () =>
    Deno.chmod(place.at(name), mode);
  const whole = { "/a.txt": 200, "/sub/b.txt": 200, "/sub/": 200, "/": 200 };
  const steps: Step[] = [
    { title: "at first", wanted: whole },
    {
      title: "file closed",
      act: to("site/a.txt", 0o000),
      wanted: { ...whole, "/a.txt": 403 },
    },
    { title: "file open", act: to("site/a.txt", 0o644), wanted: whole },
    {
      title: "folder closed",
      act: to("site/sub", 0o000),
      wanted: { "/a.txt": 200, "/sub/b.txt": 403, "/sub/": 403, "/sub/c": 403 },
    },
    {
      title: "folder without its names",
      act: to("site/sub", 0o311),
      wanted: { "/sub/b.txt": 200, "/sub/": 403, "/sub/c": 404 },
    },
    { title: "folder open", act: to("site/sub", 0o755), wanted: whole },
    {
      title: "root closed",
      act: to("site", 0o000),
      wanted: { "/a.txt": 403, "/sub/": 403, "/": 403, "/none": 403 },
    },
    { title: "root open", act: to("site", 0o755), wanted: whole },
  ];
  return await walk(server, steps, SECRET);
}

async function replaceRoot(start: Start): Promise<Finding> {
  await using place = await makePlace();
  const site = place.at("site");
  await using server = await start(site);
  const there = { "/a.txt": 200, "/sub/": 200, "/": 200, "/none": 404 };
  const gone = { "/a.txt": 404, "/sub/": 404, "/": 404, "/none": 404 };
  const steps: Step[] = [
    { title: "at first", wanted: there },
    {
      title: "renamed",
      act: () => Deno.rename(site, place.at("moved")),
      wanted: gone,
    },
    {
      title: "replaced by a link outside",
      act: () => Deno.symlink(place.at("outside"), site),
      wanted: gone,
    },
    {
      title: "replaced by a link to the disk",
      async act() {
        await Deno.remove(site);
        await Deno.symlink("/", site);
      },
      wanted: { ...gone, "/etc/passwd": 404 },
    },
    {
      title: "replaced by a file",
      async act() {
        await Deno.remove(site);
        await Deno.writeTextFile(site, SECRET);
      },
      wanted: { "/a.txt": 404, "/sub/": 404, "/none": 404 },
    },
    {
      title: "replaced by another folder",
      async act() {
        await Deno.remove(site);
        await Deno.rename(place.at("other"), site);
      },
      wanted: { "/a.txt": 200, "/sub/": 404, "/": 200 },
    },
    {
      title: "removed",
      act: () => Deno.remove(site, { recursive: true }),
      wanted: gone,
    },
    {
      title: "back",
      act: () => Deno.rename(place.at("moved"), site),
      wanted: there,
    },
  ];
  return await walk(server, steps, SECRET);
}

async function loseMount(start: Start): Promise<Finding> {
  await using place = await makePlace();
  const site = place.at("site");
  await using mount = await mountMemory(site, 4_000_000);
  if (mount === null) {
    return { holds: true, figure: "no right to mount: skipped" };
  }
  await fill(site);
  await using server = await start(site);
  const there = { "/a.txt": 200, "/large.bin": 200, "/": 200 };
  const download = await startDownload(server, "/large.bin");
  const steps: Step[] = [
    { title: "full", wanted: there },
    {
      // What lay under the mount is there again.
      title: "gone",
      act: () => mount.detach(),
      wanted: { "/a.txt": 200, "/rest.bin": 404, "/": 200 },
    },
    {
      title: "back and empty",
      act: () => mount.attach(),
      wanted: { "/a.txt": 404, "/": 200, "/large.bin": 404 },
    },
  ];
  const finding = await walk(server, steps, SECRET);
  const bytes = await download();
  return {
    holds: finding.holds && bytes === LARGE_BYTES,
    figure: `${finding.figure}; download of ${bytes} bytes`,
  };

  async function fill(folder: string): Promise<void> {
    await Deno.writeTextFile(join(folder, "a.txt"), "a");
    await Deno.writeTextFile(
      join(folder, "large.bin"),
      "x".repeat(LARGE_BYTES),
    );
    try {
      await Deno.writeFile(join(folder, "rest.bin"), new Uint8Array(9_000_000));
    } catch (error) {
      // No space left: that is what was wanted.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
}

/** Asks for a file, reads none of it until the function that is given runs. */
async function startDownload(
  server: Address,
  target: string,
): Promise<() => Promise<number>> {
  const connection = await Deno.connect(server);
  const head = `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(head));
  const buffer = new Uint8Array(4_096);
  const first = await connection.read(buffer) ?? 0;
  const text = new TextDecoder().decode(buffer.subarray(0, first));
  const headBytes = text.indexOf("\r\n\r\n") + 4;
  return async () => {
    let bytes = first - headBytes;
    for await (const chunk of connection.readable) bytes += chunk.length;
    return bytes;
  };
}

async function fillLogDisk(): Promise<Finding> {
  await using place = await makePlace();
  await using folder = await makeTree({ "log/": null });
  await using mount = await mountMemory(folder.at("log"), 65_536);
  if (mount === null) {
    return { holds: true, figure: "no right to mount: skipped" };
  }
  const log = folder.at("log/access.log");
  const ballast = folder.at("log/ballast");
  await using server = await startServer({
    directory: place.at("site"),
    prefix: ["bash", "-c", `exec "$0" "$@" 2>>"${log}"`],
  });
  const before = await ask(server, 200);
  await fillUp(ballast);
  const full = await ask(server, 3_000);
  const sizeFull = (await Deno.stat(log)).size;
  await Deno.remove(ballast);
  const after = await ask(server, 50);
  const isBack = await waitUntil(
    async () => (await Deno.stat(log)).size > sizeFull,
    10_000,
  );
  const lines = (await Deno.readTextFile(log)).split("\n");
  const told = lines.filter((line) => /lost/.test(line)).length;
  const report = server.stdout().split("\n").filter((line) =>
    /log|space/i.test(line)
  );
  return {
    holds: before + full + after === 3_250 && isBack,
    figure: [
      `${before + full + after} of 3250 answers of 200`,
      isBack ? "lines come again" : "no line comes again",
      `${told} lines tell of lost ones`,
      `standard output says ${JSON.stringify(report.at(0) ?? "nothing")}`,
    ].join("; "),
  };

  async function ask(address: Address, count: number): Promise<number> {
    let answered = 0;
    for (let i = 0; i < count; i++) {
      const { status } = await rawRequest(address, "/a.txt");
      if (status === 200) answered++;
    }
    return answered;
  }

  async function fillUp(path: string): Promise<void> {
    using file = await Deno.open(path, { create: true, write: true });
    try {
      while (true) await file.write(new Uint8Array(4_096));
    } catch (error) {
      // No space left: that is what was wanted.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
}

async function jumpClock(): Promise<Finding> {
  await using place = await makePlace();
  let time = Date.now();
  const records: LogRecord[] = [];
  const options = Object.freeze({
    ...DEFAULTS,
    users: [{ name: "user", password: "pass" }],
    log: (record: LogRecord) => void records.push(record),
  });
  const handler = await createAnswer(options, {
    root: await openRoot(place.at("site")),
    now: () => time,
    isWindows: false,
    looks: LOOKS,
    stages: STAGES,
    ...librarySide(),
  });
  await using server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, handler);
  const right = { authorization: `Basic ${btoa("user:pass")}` };
  const wrong = { authorization: `Basic ${btoa("user:wrong")}` };
  const year = 365 * 86_400_000;
  const jumps = [0, -1, 1, -year, year, -60 * year, 80 * year, -1, 0, 9e12, 0];
  const faults: string[] = [];
  let answers = 0;
  for (const jump of jumps) {
    time = Date.now() + jump;
    for (const target of ["/a.txt", "/large.bin", "/", "/none"]) {
      const first = await rawRequest(server.addr, target, { headers: right });
      const etag = first.headers.get("etag");
      const again = await rawRequest(server.addr, target, {
        headers: etag === undefined
          ? right
          : { ...right, "if-none-match": etag },
      });
      const guess = await rawRequest(server.addr, target, { headers: wrong });
      answers += 3;
      const wanted = target === "/none" ? 404 : 200;
      if (first.status !== wanted) faults.push(`${jump}: ${first.status}`);
      const wantedAgain = etag === undefined ? wanted : 304;
      if (again.status !== wantedAgain) {
        faults.push(`${jump}, again: ${again.status}`);
      }
      if (guess.status !== 401 && guess.status !== 503) {
        faults.push(`${jump}, a guess: ${guess.status}`);
      }
    }
  }
  const odd = records.filter(({ durationMs }) => !(durationMs >= 0));
  return {
    holds: faults.length === 0 && odd.length === 0,
    figure: [
      `${answers} answers at ${jumps.length} times`,
      `${odd.length} odd durations`,
      ...faults.slice(0, 6),
    ].join("; "),
  };
}

async function waitForSlowDisk(): Promise<Finding> {
  await using place = await makePlace();
  const slow = Promise.withResolvers<void>();
  const handler = await createAnswer(DEFAULTS, {
    root: await openRoot(place.at("site")),
    now: Date.now,
    isWindows: false,
    looks: LOOKS,
    ...librarySide(),
    stages: {
      ...STAGES,
      async resolveTarget(root, wanted, rules) {
        if (wanted.segments[0] === "sub") await slow.promise;
        return await STAGES.resolveTarget(root, wanted, rules);
      },
    },
  });
  await using server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, handler);
  let slowAnswers = 0;
  const waiting = Array.from({ length: 100 }, async () => {
    const { status } = await rawRequest(server.addr, "/sub/b.txt", {
      deadlineMs: 60_000,
    });
    if (status === 200) slowAnswers++;
  });
  let fast = 0;
  for (let i = 0; i < 500; i++) {
    const { status } = await rawRequest(server.addr, "/a.txt");
    if (status === 200) fast++;
  }
  const early = slowAnswers;
  slow.resolve();
  await Promise.all(waiting);
  return {
    holds: fast === 500 && early === 0 && slowAnswers === 100,
    figure:
      `${fast} of 500 answered while 100 waited, then ${slowAnswers} of 100`,
  };
}
