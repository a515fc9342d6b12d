/**
 * The clients of the mixed load beside `wrk`: each goes on with what it does
 * until the load is over. All compare what they get with the file.
 *
 * @module
 */

// deno-lint-ignore no-external-import -- a comparison as fast as the reading
import type { Buffer } from "node:buffer";

import { type Address, rawRequest, writeAll } from "../../_support/raw.ts";
import { isAt } from "./_content.ts";
import { type Download, openDownload, sendRequest } from "./_download.ts";
import type { Random } from "./_random.ts";
import type { Tally } from "./_tally.ts";
import { pause } from "./_wait.ts";

/** What the clients share. */
export interface Scene {
  readonly address: Address;
  /** Target of the large file, and what it holds. */
  readonly target: string;
  readonly content: Buffer;
  /** Field `Authorization` with a right password. */
  readonly authorization: string;
  readonly random: Random;
  readonly tally: Tally;
  /** Whether the load is over. */
  isOver(): boolean;
}

/** A client; it does one thing and says what it was. */
type Client = (scene: Scene) => Promise<string>;

/** The clients, and how many of each are there at any time. */
const CLIENTS: readonly (readonly [count: number, client: Client])[] = [
  [1, checkWhole],
  [1, checkRanges],
  [4, cutDownload],
  [20, readSlowly],
  [20, dripHead],
];

const READ_BYTES = 256 * 1024;
/** Nobody is slower than this, so that the clients change all the time. */
const SLOWEST_MS = 60_000;
/** How soon a client sees that the load is over. */
const STEP_MS = 500;

/** Runs all clients until the load is over. */
export async function runClients(scene: Scene): Promise<void> {
  const each = CLIENTS.flatMap(([count, client]) =>
    Array.from({ length: count }, () => repeat(scene, client))
  );
  await Promise.all(each);
}

async function repeat(scene: Scene, client: Client): Promise<void> {
  while (!scene.isOver()) {
    try {
      scene.tally.count(await client(scene));
    } catch (error) {
      scene.tally.fault(`${client.name}: ${error}`);
      await pause(STEP_MS);
    }
  }
}

/** Downloads the whole file about every four seconds. */
async function checkWhole(scene: Scene): Promise<string> {
  using download = await open(scene);
  const at = await read(scene, download, scene.content.length);
  if (at !== scene.content.length) {
    scene.tally.fault(`a whole download ended after ${at} bytes`);
  }
  await rest(scene, 4_000);
  return "whole downloads";
}

/** Asks for one range, a suffix, or several ranges. */
async function checkRanges(scene: Scene): Promise<string> {
  const { content, random, tally, authorization, address, target } = scene;
  const parts = Array.from({ length: random.between(1, 4) }, () => {
    const first = random.between(0, content.length - 1);
    const length = random.magnitude(1, 500_000);
    return [first, Math.min(first + length, content.length) - 1] as const;
  });
  const range = `bytes=${parts.map((part) => part.join("-")).join(",")}`;
  const answer = await rawRequest(address, target, {
    headers: { authorization, range },
  });
  tally.answer(answer.status);
  const body = answer.body;
  tally.compared += body.length;
  if (answer.status === 200) {
    // Overlapping sets are answered with the whole file.
    if (!isSame(content, 0, body)) wrong(scene, range);
  } else if (answer.status !== 206) {
    tally.fault(`${answer.status} for ${range}`);
  } else if (parts.length === 1) {
    const [first, last] = parts[0] ?? [0, 0];
    const isRight = body.length === last - first + 1;
    if (!isRight || !isAt(content, first, body)) wrong(scene, range);
  } else if (!areParts(content, body, parts.length)) wrong(scene, range);
  await rest(scene, 500);
  return "range requests";
}

/** Leaves at a random place: by FIN, or by RST because of what is unread. */
async function cutDownload(scene: Scene): Promise<string> {
  const { content, random } = scene;
  const way = random.between(0, 9);
  if (way === 0) {
    const headers = { authorization: scene.authorization };
    using _ = await sendRequest(scene.address, scene.target, headers);
    await rest(scene, 1_000);
    return "cut before the first byte";
  }
  using download = await open(scene);
  await read(scene, download, random.between(1, content.length - 1));
  if (way < 5) {
    await download.connection.closeWrite();
    await pause(random.between(0, 50));
  }
  download.connection.close();
  await rest(scene, 1_000);
  return "cut downloads";
}

/** Reads some 100 KB a second, some clients all of it, the others not. */
async function readSlowly(scene: Scene): Promise<string> {
  const { content, random } = scene;
  const length = random.magnitude(100_000, content.length);
  using download = await open(scene);
  const end = performance.now() + random.between(1_000, SLOWEST_MS);
  let at = 0;
  while (at < length && performance.now() < end && !scene.isOver()) {
    at = await read(scene, download, Math.min(at + 50_000, length), at);
    await pause(STEP_MS);
  }
  return "slow readers";
}

/** Sends its request byte by byte; every third gives up. */
async function dripHead(scene: Scene): Promise<string> {
  const { random, address, authorization } = scene;
  const { hostname, port } = address;
  const head = [
    "GET /small/0.txt HTTP/1.1",
    `Host: ${hostname}`,
    `Authorization: ${authorization}`,
    "Connection: close",
    "",
    "",
  ].join("\r\n");
  const bytes = new TextEncoder().encode(head);
  const step = random.magnitude(2, bytes.length);
  const stop = random.between(1, 3) === 1
    ? random.between(1, bytes.length - 1)
    : bytes.length;
  using connection = await Deno.connect({ hostname, port });
  for (let at = 0; at < stop; at += step) {
    await writeAll(connection, bytes.subarray(at, Math.min(at + step, stop)));
    await pause(STEP_MS);
    if (scene.isOver()) return "slow heads";
  }
  if (stop < bytes.length) return "heads given up";
  const buffer = new Uint8Array(1_024);
  const count = await connection.read(buffer) ?? 0;
  const answer = new TextDecoder("latin1").decode(buffer.subarray(0, count));
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
  scene.tally.answer(status);
  if (status !== 200) scene.tally.fault(`${status} for a slow head`);
  return "slow heads";
}

async function open(scene: Scene): Promise<Download> {
  const { address, target, authorization, tally, content } = scene;
  const download = await openDownload(address, target, { authorization });
  tally.answer(download.status);
  if (download.status !== 200 || download.length !== content.length) {
    tally.fault(`${download.status} with length ${download.length}`);
  }
  return download;
}

/** Reads to a place, compares every byte, and says how far it came. */
async function read(
  scene: Scene,
  download: Download,
  end: number,
  start = 0,
): Promise<number> {
  const buffer = new Uint8Array(READ_BYTES);
  let at = start;
  while (at < end) {
    const bytes = await download.read(
      buffer.subarray(0, Math.min(buffer.length, end - at)),
    );
    if (bytes === null) break;
    if (!isAt(scene.content, at, bytes)) wrong(scene, `byte ${at}`);
    scene.tally.compared += bytes.length;
    at += bytes.length;
  }
  if (at < end) scene.tally.fault(`ended by the server after ${at} bytes`);
  return at;
}

function wrong(scene: Scene, about: string): void {
  scene.tally.wrong++;
  scene.tally.fault(`wrong bytes at ${about}`);
}

/** Whether a multipart body holds so many parts of the content. */
function areParts(content: Buffer, body: Uint8Array, count: number): boolean {
  const latin1 = new TextDecoder("latin1");
  let at = 0;
  for (let part = 0; part < count; part++) {
    const head = latin1.decode(body.subarray(at, at + 500));
    const end = head.indexOf("\r\n\r\n");
    const range = /content-range: bytes (\d+)-(\d+)\//i.exec(head);
    if (end < 0 || range === null || range.index > end) return false;
    const first = Number(range[1]);
    const length = Number(range[2]) - first + 1;
    at += end + 4;
    const bytes = body.subarray(at, at + length);
    if (bytes.length !== length || !isAt(content, first, bytes)) return false;
    at += length;
  }
  return latin1.decode(body.subarray(at)).trim().endsWith("--");
}

function isSame(content: Buffer, at: number, bytes: Uint8Array): boolean {
  return bytes.length === content.length && isAt(content, at, bytes);
}

/** Waits, though not beyond the end of the load. */
async function rest(scene: Scene, milliseconds: number): Promise<void> {
  for (let waited = 0; waited < milliseconds; waited += STEP_MS) {
    if (scene.isOver()) return;
    await pause(STEP_MS);
  }
}
