/**
 * Half an hour of everything at once. `--minutes N` makes it shorter, for a
 * trial: memory is compared between a sixth of the time and its end anyway.
 *
 * @module
 */

// deno-lint-ignore no-external-import -- a comparison as fast as the reading
import type { Buffer } from "node:buffer";

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { countDescriptors, memoryOf } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { type Entries, makeTree, type Tree } from "../../_support/tree.ts";
import { runClients, type Scene } from "./_clients.ts";
import { makeContent, megabytes, MIB } from "./_content.ts";
import { type CountedServer, startCounted } from "./_counted_log.ts";
import { guessPasswords } from "./_guesses.ts";
import { createRandom } from "./_random.ts";
import { showCounts, Tally } from "./_tally.ts";
import { median, pause, waitUntil } from "./_wait.ts";
import { runWrk } from "./_wrk.ts";

const MINUTES_IN_FULL = 30;
const MINUTES = minutesAsked();
/** The "minutes" of the line; shorter ones in a trial. */
const PERIODS = 30;
const EARLY = 5;
const PERIOD_MS = MINUTES * 60_000 / PERIODS;
/** Memory and descriptors are looked at so often in each period. */
const LOOKS = 20;
const MOST_GROWTH = 1.2;
/** Nine guesses in line for two seconds each, and a moment more. */
const SETTLED_MS = 30_000;

const USER = "ada";
const PASSWORD = "correct horse";
const AUTHORIZATION = `Basic ${btoa(`${USER}:${PASSWORD}`)}`;

/** The pages that are to come; their names stand in `_load.lua` as well. */
const PAGES = {
  page: "/folder/",
  sorted: "/folder/?sort=size&order=desc",
  json: "/folder/?format=json",
};

await acceptance(
  `${MINUTES} minutes of mixed load (wrk on files, ranges, folder pages, cut downloads, slow clients, wrong passwords) with access log on: memory after minute 30 within 20% of minute 5, descriptors level, zero wrong bytes (checksums), zero 5xx except the announced 503`,
  run,
);

/** What the server took while the load was on; one median a period. */
interface Course {
  readonly memory: number[];
  readonly descriptors: number[];
}

async function run(): Promise<Finding> {
  const content = makeContent(16 * MIB);
  await using tree = await makeTree(sharedEntries(content));
  await using server = await startCounted(tree.path, [
    "--auth",
    `${USER}:${PASSWORD}`,
  ]);
  await using pages = await expectedPages(server);
  const tally = new Tally();
  const random = createRandom();
  let isOver = false;
  const scene: Scene = {
    address: server.address,
    target: "/large.bin",
    content,
    authorization: AUTHORIZATION,
    random,
    tally,
    isOver: () => isOver,
  };
  // The runtime's own start (signals, its cache) goes on for a second or two.
  await pause(3_000);
  const before = descriptorsOf(server.pid);

  const clients = Promise.all([
    runClients(scene),
    guessPasswords({ ...scene, user: USER }),
  ]);
  const course = await watchLoad(server, { tree, pages, tally });
  isOver = true;
  const haveLeft = await Promise.race([
    clients.then(() => true),
    pause(30_000).then(() => false),
  ]);
  if (!haveLeft) tally.fault("clients were not answered 30 s after the load");
  const after = await settledDescriptors(server, before.length);
  const peak = server.isAlive() ? memoryOf(server.pid).peak : NaN;
  await server.stop();
  return judge(server, tally, { ...course, before, after, peak });
}

/** Keeps `wrk` busy for all periods, and looks at the server meanwhile. */
async function watchLoad(
  server: CountedServer,
  { tree, pages, tally }: { tree: Tree; pages: Tree; tally: Tally },
): Promise<Course> {
  const course: Course = { memory: [], descriptors: [] };
  const rounds = {
    address: server.address,
    source: tree.path,
    pages: pages.path,
    authorization: AUTHORIZATION,
  };
  const seconds = Math.max(1, Math.round(PERIOD_MS / 1000));
  for (let period = 1; period <= PERIODS; period++) {
    const wrk = runWrk(rounds, seconds, tally);
    const memory: number[] = [];
    const descriptors: number[] = [];
    for (let look = 0; look < LOOKS && server.isAlive(); look++) {
      await pause(PERIOD_MS / LOOKS);
      memory.push(memoryOf(server.pid).now);
      descriptors.push(countDescriptors(server.pid));
    }
    await wrk;
    if (!server.isAlive()) {
      tally.fault(`the process ended in period ${period}`);
      break;
    }
    course.memory.push(median(memory));
    course.descriptors.push(median(descriptors));
    tell(period, course);
  }
  return course;
}

/** Half an hour is long for whoever waits. */
function tell(period: number, { memory, descriptors }: Course): void {
  // deno-lint-ignore no-console -- how far it is
  console.error(
    `  ${period} of ${PERIODS}: ${megabytes(memory.at(-1) ?? NaN)}, ${
      descriptors.at(-1)
    } descriptors`,
  );
}

interface Seen extends Course {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly peak: number;
}

function judge(server: CountedServer, tally: Tally, seen: Seen): Finding {
  const { memory, descriptors, before, after, peak } = seen;
  const growth = (memory[PERIODS - 1] ?? NaN) / (memory[EARLY - 1] ?? NaN);
  const early = descriptors[EARLY - 1] ?? NaN;
  const late = descriptors[PERIODS - 1] ?? NaN;
  const { statuses, aborted, lost, notes } = server.log;
  const failed = [...statuses, ...tally.statuses]
    .filter(([status]) => status >= 500 && status !== 503);
  // Wrong passwords are counted apart: nobody else is refused.
  const refused = tally.statuses.get(401) ?? 0;
  return {
    holds: growth <= MOST_GROWTH && late <= early * MOST_GROWTH &&
      after.length === before.length && tally.wrong === 0 &&
      failed.length === 0 &&
      refused === 0 && tally.faults.length === 0,
    figure: [
      `memory by minute ${
        memory.map((bytes) => (bytes / 1e6).toFixed(0)).join(" ")
      } MB (last ${(growth * 100).toFixed(1)}% of the fifth, peak ${
        megabytes(peak)
      })`,
      `descriptors ${early} in minute 5, ${late} in the last, ${after.length} after the load (${before.length} before)`,
      ...after.length === before.length ? [] : [
        `left: ${after.filter((each) => !before.includes(each)).join(", ")}`,
      ],
      `${tally.wrong} wrong of ${
        megabytes(tally.compared)
      } and of all answers to wrk`,
      `clients: ${showCounts(tally.statuses)}; ${showCounts(tally.done)}`,
      `log: ${showCounts(statuses)}, ${aborted} aborted, ${lost} lines lost`,
      ...notes.length === 0 ? [] : [`notes: ${notes.slice(0, 3).join(" | ")}`],
      ...tally.faults.slice(0, 5),
    ].join("; "),
  };
}

/** Descriptors once all is closed and the last guess has had its answer. */
async function settledDescriptors(
  server: CountedServer,
  before: number,
): Promise<string[]> {
  const isLevel = () => countDescriptors(server.pid) === before;
  await waitUntil(() => !server.isAlive() || isLevel(), SETTLED_MS);
  return server.isAlive() ? descriptorsOf(server.pid) : [];
}

/** What the descriptors of a process lead to. */
function descriptorsOf(pid: number): string[] {
  const links = `/proc/${pid}/fd`;
  return [...Deno.readDirSync(links)].map(({ name }) => {
    try {
      return `${name} → ${Deno.readLinkSync(`${links}/${name}`)}`;
    } catch {
      return `${name}, closed meanwhile`;
    }
  });
}

/** Fetches the pages once, so that every later one can be compared. */
async function expectedPages(server: CountedServer): Promise<Tree> {
  const entries: Entries = {};
  for (const [name, target] of Object.entries(PAGES)) {
    const { status, body } = await rawRequest(server.address, target, {
      // As wrk asks: a page may name the host.
      host: `${server.address.hostname}:${server.address.port}`,
      headers: { authorization: AUTHORIZATION },
    });
    if (status !== 200) throw new Error(`${status} for ${target}`);
    entries[name] = body;
  }
  return await makeTree(entries);
}

function sharedEntries(content: Buffer): Entries {
  const small = Array.from({ length: 24 }, (_, index) => {
    const text = `file ${index}\n`.repeat(1 + index * index);
    return [`small/${index}.txt`, text] as const;
  });
  const listed = Array.from(
    { length: 300 },
    (_, index) => [`folder/entry ${index}.txt`, "x".repeat(index)] as const,
  );
  return {
    ...Object.fromEntries([...small, ...listed]),
    "medium.bin": makeContent(65_536),
    "block.bin": makeContent(300_000),
    "large.bin": content,
  };
}

function minutesAsked(): number {
  const at = Deno.args.indexOf("--minutes");
  const given = at < 0 ? NaN : Number(Deno.args[at + 1]);
  return given > 0 ? given : MINUTES_IN_FULL;
}
