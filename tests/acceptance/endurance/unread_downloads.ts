/**
 * Clients that ask for much and read nothing: whether they use up the
 * descriptors, the places of one address or those of all, others are answered.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import {
  countDescriptors,
  memoryOf,
  type Server,
  startServer,
} from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree, type Tree } from "../../_support/tree.ts";
import { LARGE_BYTES, megabytes } from "./_content.ts";
import { sendRequest } from "./_download.ts";
import { getFrom, openStalled } from "./_stalled.ts";
import { median, pause } from "./_wait.ts";

const PER_ADDRESS = 512;
const WHOLE = 2048;
const REQUESTS = 10;
const SERVED_MS = 60_000;
const LARGE = "/large.bin";
const SMALL = "/small.txt";

await acceptance(
  "ulimit -n 256, 300 clients that ask for 100 MB and read nothing: after at most 60 s ten small files are answered",
  () => usedUp({ count: 300, interval: 0 }),
);

await acceptance(
  "ulimit -n 256, the same clients, one every 10 ms",
  () => usedUp({ count: 300, interval: 0.01 }),
);

await acceptance(
  "ulimit -n 256, clients that read nothing stop coming at the first 503, with a descriptor left to accept connections: after at most 60 s ten small files are answered",
  oneLeft,
);

await acceptance(
  "one address fills its quarter with downloads that it does not read: it is refused, and another is answered meanwhile",
  quarterFull,
);

await acceptance(
  `${
    WHOLE / PER_ADDRESS
  } addresses fill all places with downloads that they do not read: after at most 60 s ten small files are answered`,
  wholeFull,
);

async function makeFolder(): Promise<Tree> {
  const tree = await makeTree({ "small.txt": "small" });
  await Deno.writeFile(tree.at("large.bin"), new Uint8Array(LARGE_BYTES));
  return tree;
}

async function usedUp(
  clients: { readonly count: number; readonly interval: number },
): Promise<Finding> {
  await using tree = await makeFolder();
  await using server = await startServer({
    directory: tree.path,
    // The runtime raises the soft limit to the hard one, so both are set.
    prefix: ["prlimit", "--nofile=256:256"],
  });
  await using stalled = await openStalled(server, {
    ...clients,
    target: LARGE,
  });
  const served = await waitUntilServed(server);
  return {
    holds: served.holds && await isAlive(server),
    figure: [
      served.figure,
      `${stalled.count} clients got through`,
      `${countDescriptors(server.pid)} descriptors`,
      lastWords(server),
    ].join("; "),
  };
}

/** The listener never fails: only files cannot be opened. */
async function oneLeft(): Promise<Finding> {
  await using tree = await makeFolder();
  await using server = await startServer({
    directory: tree.path,
    prefix: ["prlimit", "--nofile=256:256"],
  });
  using clients = new DisposableStack();
  let count = 0;
  while (count < 300 && await statusOf(server) === 200) {
    const client = await sendRequest(server, LARGE);
    clients.defer(() => client.close());
    count++;
    await pause(20);
  }
  const served = await waitUntilServed(server);
  return {
    holds: served.holds && await isAlive(server),
    figure: [
      `${count} clients`,
      served.figure,
      `${countDescriptors(server.pid)} descriptors`,
      lastWords(server),
    ].join("; "),
  };
}

async function quarterFull(): Promise<Finding> {
  await using tree = await makeFolder();
  await using server = await startServer({ directory: tree.path });
  await using stalled = await openStalled(server, {
    count: PER_ADDRESS + 20,
    target: LARGE,
    source: "127.0.0.1",
  });
  const url = server.origin + SMALL;
  const own = await getFrom("127.0.0.1", url);
  const others: number[] = [];
  const times: number[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    const { status, ms } = await getFrom("127.0.0.2", url);
    others.push(status);
    times.push(ms);
  }
  return {
    holds: stalled.count > PER_ADDRESS && own.status === 503 &&
      others.every((status) => status === 200) &&
      // The first one meets the flood itself: 2 GB are read for it.
      median(times) < 500 && Math.max(...times) < 5_000,
    figure: [
      `${stalled.count} clients, a further one of theirs gets ${own.status}`,
      `others ${others.join(" ")} in ${median(times).toFixed(0)} ms (median), ${
        Math.max(...times).toFixed(0)
      } ms (longest), the start of curl included`,
      `memory ${megabytes(memoryOf(server.pid).now)}`,
    ].join("; "),
  };
}

async function wholeFull(): Promise<Finding> {
  await using tree = await makeFolder();
  await using server = await startServer({ directory: tree.path });
  await using clients = new AsyncDisposableStack();
  for (let i = 1; i <= WHOLE / PER_ADDRESS; i++) {
    const group = await openStalled(server, {
      count: PER_ADDRESS,
      target: LARGE,
      source: `127.0.1.${i}`,
    });
    clients.use(group);
  }
  const refused = await getFrom("127.0.0.2", server.origin + SMALL);
  const { now } = memoryOf(server.pid);
  const served = await waitUntilServed(server);
  return {
    holds: refused.status === 503 && served.holds &&
      await isAlive(server),
    figure: [
      `full: ${refused.status}, memory ${megabytes(now)}`,
      served.figure,
      `${countDescriptors(server.pid)} descriptors`,
      lastWords(server),
    ].join("; "),
  };
}

/** Asks until ten requests are answered one after the other. */
async function waitUntilServed(server: Server): Promise<Finding> {
  const begun = performance.now();
  let times: number[] = [];
  while (times.length < REQUESTS) {
    const asked = performance.now();
    if (asked - begun > SERVED_MS) {
      return { holds: false, figure: "nobody is served" };
    }
    if (await statusOf(server) === 200) {
      times.push(performance.now() - asked);
    } else {
      times = [];
      await pause(200);
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  return {
    holds: true,
    figure: `${REQUESTS} answered in a row after ${seconds.toFixed(1)} s, ${
      median(times).toFixed(1)
    } ms each`,
  };
}

async function statusOf(server: Server): Promise<number | null> {
  try {
    return (await rawRequest(server, SMALL, { deadlineMs: 5_000 })).status;
  } catch {
    return null;
  }
}

async function isAlive(server: Server): Promise<boolean> {
  return await Promise.race([server.status, pause(100)]) === undefined;
}

/** What the operator was told, without the lines of the access log. */
function lastWords(server: Server): string {
  return server.stderr().split("\n")
    .filter((line) => line !== "" && !line.includes('" '))
    .slice(-4).join(" / ");
}
