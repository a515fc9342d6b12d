/**
 * Downloads that the client cuts at random points leave nothing behind: no
 * descriptor, and no memory that grows from batch to batch.
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
import { makeTree } from "../../_support/tree.ts";
import { isAt, LARGE_BYTES, makeContent, megabytes, MIB } from "./_content.ts";
import { openDownload, sendRequest } from "./_download.ts";
import { createRandom, type Random } from "./_random.ts";
import { inParallel, median, pause, waitUntil } from "./_wait.ts";

/** How a client leaves. Half by FIN, half by RST, some of each oddly. */
const WAYS = [
  ...Array<"fin">(7).fill("fin"),
  ...Array<"reset">(9).fill("reset"),
  "fin-before-first-byte",
  "reset-before-first-byte",
  ...Array<"half-close">(2).fill("half-close"),
] as const;
type Way = typeof WAYS[number];

const BATCHES = 3;
const DOWNLOADS = 200;
const WIDTH = 20;

const content = makeContent(LARGE_BYTES);
const random = createRandom();
/** What clients saw that must not be. */
const wrong: string[] = [];
let received = 0;

await acceptance(
  `${BATCHES} batches of ${DOWNLOADS} downloads of 100 MB cut by the client at random points: descriptors exactly as before; memory after the third batch at most 10% above that after the first`,
  run,
);

async function run(): Promise<Finding> {
  await using tree = await makeTree({ "small.txt": "small" });
  await Deno.writeFile(tree.at("large.bin"), content);
  await using server = await startServer({ directory: tree.path });
  await warmUp(server);
  const before = countDescriptors(server.pid);

  const started = performance.now();
  const descriptors: number[] = [];
  const freedMs: number[] = [];
  const memory: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    await inParallel(DOWNLOADS, WIDTH, (index) => cut(server, index, random));
    const cutAt = performance.now();
    await waitUntil(() => countDescriptors(server.pid) === before, 5000);
    freedMs.push(Math.round(performance.now() - cutAt));
    descriptors.push(countDescriptors(server.pid));
    memory.push(await settledMemory(server.pid));
  }
  const seconds = (performance.now() - started) / 1000;

  const [first = NaN, , third = NaN] = memory;
  const isAlive = await isServing(server);
  return {
    holds: isAlive && wrong.length === 0 && third <= first * 1.1 &&
      descriptors.every((count) => count === before),
    figure: [
      `descriptors ${before}, then ${descriptors.join(", ")} (after ${
        freedMs.join(", ")
      } ms)`,
      `memory ${memory.map(megabytes).join(", ")} (third ${
        percent(third / first)
      } of the first, peak ${megabytes(memoryOf(server.pid).peak)})`,
      `${megabytes(received)} read in ${seconds.toFixed(0)} s`,
      `seed ${random.seed}`,
      ...isAlive ? [] : ["does not answer any more"],
      ...wrong.slice(0, 3),
    ].join("; "),
  };
}

/** One download that ends before its end. */
async function cut(
  server: Server,
  index: number,
  random: Random,
): Promise<void> {
  const way: Way = WAYS[index % WAYS.length] ?? "fin";
  const point = random.between(1, LARGE_BYTES - 1);
  const piece = random.magnitude(4096, MIB);
  try {
    if (way.endsWith("before-first-byte")) {
      using connection = await sendRequest(server, "/large.bin");
      // What has arrived and is not read makes the kernel send RST on close.
      if (way.startsWith("reset")) await pause(50);
      else await connection.closeWrite();
      return;
    }
    using download = await openDownload(server, "/large.bin");
    if (download.length !== LARGE_BYTES) {
      wrong.push(`${download.status} with length ${download.length}`);
      return;
    }
    const at = await readTo(download, point, piece);
    if (way === "reset") {
      await pause(5);
      return;
    }
    await download.connection.closeWrite();
    if (way === "fin") await pause(random.between(0, 50));
    else await readTo(download, LARGE_BYTES, MIB, at);
  } catch (error) {
    wrong.push(`${way} at ${point}: ${error}`);
  }
}

/** Reads to a place, checking every byte, and says how far it came. */
async function readTo(
  download: Awaited<ReturnType<typeof openDownload>>,
  end: number,
  piece: number,
  start = 0,
): Promise<number> {
  const buffer = new Uint8Array(piece);
  let at = start;
  while (at < end) {
    const bytes = await download.read(buffer).catch((error) => {
      // After a half-close the server may end the connection as it likes.
      if (start > 0 && error instanceof Deno.errors.ConnectionReset) {
        return null;
      }
      throw error;
    });
    if (bytes === null) {
      if (start === 0) wrong.push(`ended by the server after ${at} bytes`);
      return at;
    }
    if (!isAt(content, at, bytes)) wrong.push(`wrong bytes at ${at}`);
    at += bytes.length;
    received += bytes.length;
  }
  return at;
}

async function warmUp(server: Server): Promise<void> {
  for (let i = 0; i < 20; i++) await isServing(server);
  using download = await openDownload(server, "/large.bin");
  await readTo(download, LARGE_BYTES, MIB);
  download.connection.close();
  // The runtime's own start (signals, its cache) goes on for a second or two.
  await pause(3000);
}

/** The median of two seconds: collections come and go. */
async function settledMemory(pid: number): Promise<number> {
  const samples: number[] = [];
  for (let i = 0; i < 20; i++) {
    samples.push(memoryOf(pid).now);
    await pause(100);
  }
  return median(samples);
}

async function isServing(server: Server): Promise<boolean> {
  const { body } = await rawRequest(server, "/small.txt");
  return new TextDecoder().decode(body) === "small";
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
