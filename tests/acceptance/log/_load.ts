/**
 * Many requests over a few kept-alive connections, with targets and header
 * fields that no client library would send.
 *
 * @module
 */

import { type Address, concat, writeAll } from "../../_support/raw.ts";

/** One request; `line` is its first line without the protocol. */
export interface LoadRequest {
  readonly line: string;
  readonly headers?: readonly string[];
}

/** What a run of requests came to. */
export interface LoadResult {
  /** Answers that came whole. */
  readonly answered: number;
  readonly perSecond: number;
  /** How often each status came. */
  readonly statuses: ReadonlyMap<number, number>;
}

const CONNECTIONS = 16;
/** An answer that takes longer is missing. */
const DEADLINE_MS = 10_000;
const LATIN1 = new TextDecoder("latin1");

/** Sends `count` requests and reads every answer to its end. */
export async function sendMany(
  address: Address,
  count: number,
  requestOf: (index: number) => LoadRequest,
): Promise<LoadResult> {
  const statuses = new Map<number, number>();
  const start = performance.now();
  let next = 0;
  let answered = 0;
  const work = async () => {
    let connection: Deno.Conn | null = null;
    while (next < count) {
      const request = requestOf(next++);
      connection ??= await Deno.connect(address);
      const { status, isLast } = await exchange(connection, request);
      if (status !== 0) answered++;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (!isLast) continue;
      connection.close();
      connection = null;
    }
    connection?.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const seconds = (performance.now() - start) / 1000;
  return { answered, perSecond: Math.round(answered / seconds), statuses };
}

/** Sends a request and reads its answer; status 0 where none came. */
async function exchange(
  connection: Deno.Conn,
  { line, headers = [] }: LoadRequest,
): Promise<{ status: number; isLast: boolean }> {
  const text = [`${line} HTTP/1.1`, "Host: localhost", ...headers, "", ""];
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    connection.close();
  }, DEADLINE_MS);
  try {
    await writeAll(connection, toLatin1(text.join("\r\n")));
    return await readAnswer(connection, line.startsWith("HEAD "));
  } catch (error) {
    if (isLate) throw new Error(`No answer in ${DEADLINE_MS} ms to ${line}`);
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
    return { status: 0, isLast: true };
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(
  connection: Deno.Conn,
  isHead: boolean,
): Promise<{ status: number; isLast: boolean }> {
  const buffer = new Uint8Array(65_536);
  let bytes: Uint8Array = new Uint8Array(0);
  while (true) {
    const count = await connection.read(buffer);
    if (count === null) return { status: statusOf(bytes), isLast: true };
    const chunk = buffer.slice(0, count);
    bytes = bytes.length === 0 ? chunk : concat([bytes, chunk]);
    if (!isWhole(bytes, isHead)) continue;
    const isLast = /\r\nconnection: close\r\n/i.test(LATIN1.decode(bytes));
    return { status: statusOf(bytes), isLast };
  }
}

/** Whether an answer is complete; only one at a time is under way. */
function isWhole(bytes: Uint8Array, isHead: boolean): boolean {
  const text = LATIN1.decode(bytes);
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const head = text.slice(0, end + 2);
  const status = statusOf(bytes);
  if (isHead || status === 204 || status === 304) return true;
  if (/\r\ntransfer-encoding: chunked\r\n/i.test(head)) {
    return text.endsWith("\r\n0\r\n\r\n");
  }
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1];
  return length !== undefined && bytes.length >= end + 4 + Number(length);
}

function statusOf(bytes: Uint8Array): number {
  const start = LATIN1.decode(bytes.subarray(0, 12));
  return Number(/^HTTP\/1\.1 (\d{3})$/.exec(start)?.[1] ?? 0);
}

function toLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
