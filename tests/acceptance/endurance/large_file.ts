/**
 * A file of 5 GB, larger than 32 bits can count: whole, in pieces round the
 * 4 GiB border, and in little memory.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { memoryOf, startServer } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { isUniform, megabytes, MIB } from "./_content.ts";
import { openDownload } from "./_download.ts";
import { pause } from "./_wait.ts";

const SIZE = 5_000_000_000;
const BORDER = 2 ** 32;
const GROWTH_LIMIT = 50e6;
/** Where the file has text; the rest is a hole. */
const MARKS: readonly (readonly [at: number, text: string])[] = [
  [0, "first bytes"],
  [BORDER - 6, "belowabove"],
  [SIZE - 10, "last bytes"],
];

/** A `Range` value and what it must bring. */
const RANGES:
  readonly (readonly [range: string, from: number, text: string])[] = [
    [`bytes=${BORDER - 6}-${BORDER + 3}`, BORDER - 6, "belowabove"],
    [`bytes=${BORDER - 1}-${BORDER - 1}`, BORDER - 1, "a"],
    [`bytes=${BORDER}-${BORDER + 3}`, BORDER, "bove"],
    [`bytes=${SIZE - 1}-`, SIZE - 1, "s"],
    [`bytes=${SIZE - 1}-${SIZE + 99}`, SIZE - 1, "s"],
    ["bytes=-1", SIZE - 1, "s"],
    ["bytes=-10", SIZE - 10, "last bytes"],
  ];

await using tree = await makeTree({ "small.txt": "small" });
await makeSparse(tree.at("large.bin"));
await using server = await startServer({ directory: tree.path });
for (let i = 0; i < 50; i++) await rawRequest(server, "/small.txt");
await rawRequest(server, "/large.bin", { headers: { range: "bytes=0-99999" } });
await pause(3000);
const before = memoryOf(server.pid).now;

await acceptance(
  "a 5 GB sparse file downloads whole with memory growth under 50 MB",
  downloadWhole,
);
await acceptance(
  "ranges of it round the 4 GiB border and its last byte",
  downloadRanges,
);

async function downloadWhole(): Promise<Finding> {
  const started = performance.now();
  using download = await openDownload(server, "/large.bin");
  const buffer = new Uint8Array(4 * MIB);
  const faults: string[] = [];
  let at = 0;
  let isPaused = false;
  while (at < SIZE) {
    const bytes = await download.read(buffer);
    if (bytes === null) break;
    if (!isAsWritten(at, bytes)) faults.push(`wrong bytes from ${at}`);
    at += bytes.length;
    if (at > SIZE / 2 && !isPaused) {
      // A reader that stops for a while must not make the server read ahead.
      await pause(2000);
      isPaused = true;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const growth = memoryOf(server.pid).peak - before;
  if (download.status !== 200) faults.push(`status ${download.status}`);
  if (download.length !== SIZE) faults.push(`length ${download.length}`);
  if (at !== SIZE) faults.push(`${at} bytes`);
  return {
    holds: faults.length === 0 && growth < GROWTH_LIMIT,
    figure: [
      `${at} bytes in ${seconds.toFixed(1)} s, a pause of 2 s included`,
      `peak memory ${megabytes(before)} + ${megabytes(growth)}`,
      ...faults.slice(0, 3),
    ].join("; "),
  };
}

async function downloadRanges(): Promise<Finding> {
  const faults: string[] = [];
  for (const [range, from, text] of RANGES) {
    const answer = await rawRequest(server, "/large.bin", {
      headers: { range },
    });
    const body = new TextDecoder().decode(answer.body);
    const place = answer.headers.get("content-range");
    const wanted = `bytes ${from}-${from + text.length - 1}/${SIZE}`;
    if (answer.status !== 206 || body !== text || place !== wanted) {
      faults.push(`${range} got ${answer.status}, ${place}, ${body}`);
    }
  }
  const head = await rawRequest(server, "/large.bin", { method: "HEAD" });
  const length = head.headers.get("content-length");
  if (length !== String(SIZE)) faults.push(`HEAD says ${length}`);
  const beyond = await rawRequest(server, "/large.bin", {
    headers: { range: `bytes=${SIZE}-` },
  });
  const place = beyond.headers.get("content-range");
  if (beyond.status !== 416 || place !== `bytes */${SIZE}`) {
    faults.push(`a range beyond the end got ${beyond.status}, ${place}`);
  }
  return {
    holds: faults.length === 0,
    figure: [`${RANGES.length} ranges, HEAD, 416`, ...faults].join("; "),
  };
}

async function makeSparse(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  await file.truncate(SIZE);
  for (const [at, text] of MARKS) {
    await file.seek(at, Deno.SeekMode.Start);
    await file.write(new TextEncoder().encode(text));
  }
}

/** Whether the bytes are zeros, the marks apart. */
function isAsWritten(start: number, bytes: Uint8Array): boolean {
  const end = start + bytes.length;
  for (const [at, text] of MARKS) {
    const from = Math.max(at, start);
    const to = Math.min(at + text.length, end);
    if (from >= to) continue;
    const piece = bytes.subarray(from - start, to - start);
    if (new TextDecoder().decode(piece) !== text.slice(from - at, to - at)) {
      return false;
    }
    piece.fill(0);
  }
  return bytes[0] === 0 && isUniform(bytes);
}
