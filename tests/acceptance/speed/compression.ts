/**
 * What is compressed on the way: how small it becomes beside nginx, how long
 * that holds others up, and what clients that leave leave behind.
 *
 * @module
 */

import { join } from "@std/path";

import type { Encoding } from "../../../lib/http/encoding.ts";
import { STREAMS_MAX as STREAMS } from "../../../lib/disk/variant.ts";
import { createHandler } from "../../../lib/handler.ts";
import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { get } from "../../_support/call.ts";
import {
  countDescriptors,
  freePort,
  memoryOf,
  type Server,
  startServer,
} from "../../_support/cli.ts";
import { decode } from "../../_support/decode.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { nginxConfig } from "../../bench/peer_configs.ts";
import { scriptText } from "../../bench/script_text.ts";
import { openDownload } from "../endurance/_download.ts";
import { inParallel, pause, waitUntil } from "../endurance/_wait.ts";
import { answersDuring, holdsDuring, quantile } from "./_held_loop.ts";

const ENCODINGS: readonly Encoding[] = ["zstd", "br", "gzip"];

const SCRIPT_BYTES = 200_000;
const LARGE_BYTES = 50_000_000;
const HELD_MS = 10;
const ROUNDS = 3;
const LEAVERS = 200;

const script = new TextEncoder().encode(scriptText(SCRIPT_BYTES));

await using tree = await makeTree({
  "site/script.js": script,
  "site/small.bin": new Uint8Array(100),
  "nginx/": null,
});
await writeLarge(tree.at("site/large.js"));
await using server = await startServer({ directory: tree.at("site") });

await acceptance(
  "a script of 200 KB becomes as small as with nginx at least",
  compareRatio,
);
for (const encoding of ENCODINGS) {
  await acceptance(
    `50 MB are sent as ${encoding}, and the loop is held for 10 ms at most`,
    () => holdLoop(encoding),
  );
}
await acceptance(
  "a small file is answered within 10 ms meanwhile",
  answerOthers,
);
await acceptance(
  "eight of them at once take less than 100 MB more, and others are answered",
  sendMany,
);
await acceptance(
  `${LEAVERS} clients that leave half-way leave nothing behind`,
  leave,
);

async function compareRatio(): Promise<Finding> {
  const sizes: string[] = [];
  let largest = 0;
  for (const encoding of ENCODINGS) {
    const { body, headers } = await ask(server.port, "/script.js", encoding);
    if (headers.get("content-encoding") !== encoding) {
      return { holds: false, figure: `no ${encoding} came` };
    }
    const back = decode(body, encoding);
    if (back.length !== script.length) {
      return { holds: false, figure: `${encoding} is not the script` };
    }
    largest = Math.max(largest, body.length);
    sizes.push(`${encoding} ${body.length}`);
  }
  const nginx = await sizeOfNginx();
  return {
    holds: nginx === null || largest <= nginx,
    figure: `${sizes.join(", ")}, nginx's gzip ${nginx ?? "is not there"}`,
  };
}

/** Bytes of the script from nginx with gzip as it is configured by default. */
async function sizeOfNginx(): Promise<number | null> {
  const port = freePort();
  const own = tree.at("nginx");
  const path = join(own, "nginx.conf");
  const place = { port, site: tree.at("site"), own, log: join(own, "log") };
  await Deno.writeTextFile(path, nginxConfig(place));
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command("nginx", {
      args: ["-p", own, "-c", path, "-e", join(own, "error.log")],
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  try {
    const isUp = await waitUntil(
      () => ask(port, "/script.js", "gzip").then(() => true, () => false),
      5_000,
    );
    if (!isUp) throw new Error("nginx did not start");
    const { body, headers } = await ask(port, "/script.js", "gzip");
    if (headers.get("content-encoding") !== "gzip") {
      throw new Error("nginx did not compress");
    }
    return body.length;
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

/**
 * By processor time: what else the machine does holds everybody up. What comes
 * of compressing comes in each round, what comes of starting does not.
 */
async function holdLoop(encoding: Encoding): Promise<Finding> {
  const handler = await createHandler(tree.at("site"));
  let best: readonly number[] = [];
  let count = 0;
  for (let i = 0; i < ROUNDS; i++) {
    count = 0;
    const holds = await holdsDuring(async () => {
      const response = await get(handler, "/large.js", {
        headers: { "accept-encoding": encoding },
      });
      if (response.headers.get("content-encoding") !== encoding) {
        throw new Error(`No ${encoding} came`);
      }
      for await (const chunk of response.body ?? []) count += chunk.length;
    });
    if (i === 0 || Math.max(...holds) < Math.max(...best)) best = holds;
  }
  const longest = Math.max(...best);
  return {
    holds: longest <= HELD_MS,
    figure: `${(count / 1e6).toFixed(1)} MB in ${best.length} turns; ${
      quantile(best, 0.5).toFixed(1)
    } ms (median), ${quantile(best, 0.99).toFixed(1)} ms (99 of 100), ${
      longest.toFixed(1)
    } ms (longest in the best of ${ROUNDS} rounds)`,
  };
}

async function answerOthers(): Promise<Finding> {
  let seconds = 0;
  const times = await answersDuring(server, async () => {
    const started = performance.now();
    for (const encoding of ENCODINGS) await download(server, encoding);
    seconds = (performance.now() - started) / 1_000;
  });
  const idle = await answersDuring(server, () => pause(1_000));
  return {
    holds: quantile(times, 0.5) <= HELD_MS,
    figure: `3 x 50 MB in ${seconds.toFixed(1)} s; ${
      quantile(times, 0.5).toFixed(1)
    } ms (median), ${quantile(times, 0.99).toFixed(1)} ms (99 of 100), ${
      Math.max(...times).toFixed(1)
    } ms (longest of ${times.length}; ${
      Math.max(...idle).toFixed(1)
    } ms while nothing else went on)`,
  };
}

async function sendMany(): Promise<Finding> {
  const before = memoryOf(server.pid).now;
  let peak = before;
  const times = await answersDuring(server, async () => {
    const work = inParallel(STREAMS, STREAMS, async (index) => {
      await download(server, ENCODINGS[index % 3] ?? "gzip");
    });
    let isOver = false;
    const ended = work.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      peak = Math.max(peak, memoryOf(server.pid).now);
      await pause(50);
    }
    await ended;
  });
  const growth = (peak - before) / 1e6;
  return {
    holds: growth < 100,
    figure: `${growth.toFixed(0)} MB more at most; ${times.length} answers ` +
      `meanwhile, ${quantile(times, 0.99).toFixed(1)} ms for 99 of 100`,
  };
}

async function leave(): Promise<Finding> {
  const before = countDescriptors(server.pid);
  const memory = memoryOf(server.pid).now;
  let compressed = 0;
  await inParallel(LEAVERS, STREAMS, async (index) => {
    using left = await openDownload(server, "/large.js", {
      "accept-encoding": ENCODINGS[index % 3] ?? "gzip",
    });
    if (left.headers.has("content-encoding")) compressed++;
    await left.read(new Uint8Array(65_536));
  });
  const isFreed = await waitUntil(
    () => countDescriptors(server.pid) <= before,
    5_000,
  );
  const busy = cpuOf(server.pid);
  await pause(1_000);
  const idle = cpuOf(server.pid) - busy;
  const growth = (memoryOf(server.pid).now - memory) / 1e6;
  return {
    holds: isFreed && idle < 100 && growth < 60 && compressed > LEAVERS / 2,
    figure: `${compressed} had begun to be compressed; descriptors ${before} ` +
      `before and ${countDescriptors(server.pid)} after, ${
        growth.toFixed(0)
      } MB more, ${idle} ms of processor in the second after`,
  };
}

function ask(port: number, target: string, encoding: Encoding) {
  return rawRequest({ hostname: "127.0.0.1", port }, target, {
    headers: { "accept-encoding": encoding },
  });
}

/** Reads all of the large file, and gives how many bytes came. */
async function download(
  address: Server,
  encoding: Encoding,
): Promise<number> {
  using file = await openDownload(address, "/large.js", {
    "accept-encoding": encoding,
    "connection": "close",
  });
  if (file.headers.get("content-encoding") !== encoding) {
    throw new Error(`No ${encoding} came`);
  }
  const buffer = new Uint8Array(262_144);
  let count = 0;
  while (true) {
    const bytes = await file.read(buffer);
    if (bytes === null) return count;
    count += bytes.length;
  }
}

/** Processor time of a process so far, in milliseconds. */
function cpuOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Scripts one after the other, longer than any window of a compressor. */
async function writeLarge(path: string): Promise<void> {
  const part = new TextEncoder().encode(scriptText(8_000_000));
  using file = await Deno.open(path, { create: true, write: true });
  for (let left = LARGE_BYTES; left > 0;) {
    left -= await file.write(part.subarray(0, Math.min(left, part.length)));
  }
}
