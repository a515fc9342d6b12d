// quick
/**
 * More slow clients than descriptors: each sends its head one field at a time
 * and never ends it, and comes back when it is shed.
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
import { rawRequest, writeAll } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { isAt, LARGE_BYTES, makeContent, megabytes } from "./_content.ts";
import { type Download, openDownload } from "./_download.ts";
import { median, pause } from "./_wait.ts";

const CLIENTS = 300;
const FIELD_INTERVAL_MS = 250;
const REQUESTS = 100;
const REQUEST_INTERVAL_MS = 100;
/** How long a request may be tried again. */
const RETRY_MS = 3_000;

const content = makeContent(LARGE_BYTES);

await acceptance(
  `ulimit -n 256, ${CLIENTS} clients that send a header field every ${FIELD_INTERVAL_MS} ms, never end and come back: ${REQUESTS} ordinary requests are answered, a throttled 100 MB download completes`,
  run,
);

async function run(): Promise<Finding> {
  await using tree = await makeTree({ "small.txt": "small" });
  await Deno.writeFile(tree.at("large.bin"), content);
  await using server = await startServer({
    directory: tree.path,
    // The runtime raises the soft limit to the hard one, so both are set.
    prefix: ["prlimit", "--nofile=256:256"],
  });
  const attack = { isOver: false, shed: 0 };
  using download = await openDownload(server, "/large.bin");
  const reading = readSlowly(download);
  const clients = Array.from({ length: CLIENTS }, () => drip(server, attack));

  const times: number[] = [];
  const faults: string[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    await pause(REQUEST_INTERVAL_MS);
    try {
      times.push(await ordinaryRequest(server));
    } catch (error) {
      faults.push(String(error));
    }
  }
  const received = await reading;
  attack.isOver = true;
  await Promise.all(clients);
  const after = await ordinaryRequest(server);
  return {
    holds: faults.length === 0 && received === LARGE_BYTES,
    figure: [
      `${times.length} of ${REQUESTS} answered`,
      `${median(times).toFixed(1)} ms (median), ${
        Math.max(...times).toFixed(0)
      } ms (longest, tries included), ${after.toFixed(1)} ms after the attack`,
      `${attack.shed} slow connections ended`,
      `download ${megabytes(received)}`,
      `${countDescriptors(server.pid)} descriptors, memory ${
        megabytes(memoryOf(server.pid).now)
      }`,
      ...faults.slice(0, 3),
    ].join("; "),
  };
}

/** One slow client, again and again. */
async function drip(
  server: Server,
  attack: { readonly isOver: boolean; shed: number },
): Promise<void> {
  const { hostname, port } = server;
  const encoder = new TextEncoder();
  while (!attack.isOver) {
    try {
      using connection = await Deno.connect({ hostname, port });
      await writeAll(connection, encoder.encode("GET / HTTP/1.1\r\n"));
      for (let i = 0; i < 100 && !attack.isOver; i++) {
        await pause(FIELD_INTERVAL_MS);
        await writeAll(connection, encoder.encode(`x-${i}: ${i}\r\n`));
      }
    } catch {
      attack.shed++;
      await pause(FIELD_INTERVAL_MS);
    }
  }
}

/** Milliseconds until the answer, its tries included. */
async function ordinaryRequest(server: Server): Promise<number> {
  const begun = performance.now();
  while (true) {
    try {
      const { status, body } = await rawRequest(server, "/small.txt", {
        deadlineMs: RETRY_MS,
      });
      const text = new TextDecoder().decode(body);
      if (status === 200 && text === "small") return performance.now() - begun;
      if (status !== 503) throw new TypeError(`${status} ${text.slice(0, 40)}`);
    } catch (error) {
      const isOver = performance.now() - begun > RETRY_MS;
      if (isOver || error instanceof TypeError) throw error;
    }
    await pause(20);
  }
}

/** Reads at 8 MB a second; gives the number of right bytes. */
async function readSlowly(download: Download): Promise<number> {
  const buffer = new Uint8Array(256 * 1024);
  const begun = performance.now();
  let received = 0;
  while (received < download.length) {
    if (received > (performance.now() - begun) * 8_000) {
      await pause(10);
      continue;
    }
    const bytes = await download.read(buffer).catch(() => null);
    if (bytes === null || !isAt(content, received, bytes)) break;
    received += bytes.length;
  }
  return received;
}
