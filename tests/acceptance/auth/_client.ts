/**
 * A kept-alive connection from an address of choice: on Linux all of
 * 127.0.0.0/8 is this machine, so one program can be many clients.
 *
 * @module
 */

// deno-lint-ignore no-external-import -- only this connects from an address
import { connect } from "node:net";

import { type Address, writeAll } from "../../_support/raw.ts";

/** What came, and how long it took from the last byte sent. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly milliseconds: number;
}

/** A connection with one request at a time. */
export interface Client extends Disposable {
  /** Asks for a target; resolves when the whole answer is here. */
  ask(target: string, authorization?: string): Promise<Answer>;
}

const HEAD_END = "\r\n\r\n";
const LATIN1 = new TextDecoder("latin1");

/** `Authorization` for a pair. */
export function basic(pair: string): string {
  return `Basic ${btoa(pair)}`;
}

/** The address number `index` of this machine, each another client. */
export function addressOf(index: number): string {
  return `127.${1 + (index >> 16 & 0x7f)}.${index >> 8 & 0xff}.${
    1 + (index & 0x7f)
  }`;
}

/** Connects from an address, or as the system likes. */
export async function createClient(
  to: Address,
  from?: string,
): Promise<Client> {
  const wire = from === undefined
    ? await openPlain(to)
    : await openFrom(to, from);
  return {
    async ask(target, authorization) {
      const field = authorization === undefined
        ? ""
        : `Authorization: ${authorization}\r\n`;
      const start = performance.now();
      await wire.send(
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${field}\r\n`,
      );
      let text = "";
      while (!isWhole(text)) text += await wire.receive();
      return {
        status: Number(text.slice(9, 12)),
        head: text.slice(0, text.indexOf(HEAD_END)),
        milliseconds: performance.now() - start,
      };
    },
    [Symbol.dispose]: wire.close,
  };
}

/** Text to and from a server. */
interface Wire {
  send(text: string): Promise<void>;
  /** Gives what came; throws at the end. */
  receive(): Promise<string>;
  close(): void;
}

function isWhole(text: string): boolean {
  const end = text.indexOf(HEAD_END);
  if (end === -1) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1];
  return text.length >= end + HEAD_END.length + Number(length ?? 0);
}

async function openPlain(to: Address): Promise<Wire> {
  const connection = await Deno.connect({ ...to });
  connection.setNoDelay(true);
  const buffer = new Uint8Array(65_536);
  return {
    send: (text) => writeAll(connection, new TextEncoder().encode(text)),
    async receive() {
      const count = await connection.read(buffer);
      if (count === null) throw new Error("The connection ended");
      return LATIN1.decode(buffer.subarray(0, count));
    },
    close: () => connection.close(),
  };
}

async function openFrom(to: Address, from: string): Promise<Wire> {
  const socket = connect({
    host: to.hostname,
    port: to.port,
    localAddress: from,
    noDelay: true,
  });
  const chunks: string[] = [];
  let changed = Promise.withResolvers<void>();
  let isOver = false;
  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  socket.on("data", (chunk: Uint8Array) => {
    chunks.push(LATIN1.decode(chunk));
    change();
  });
  for (const event of ["error", "close"]) {
    socket.on(event, () => {
      isOver = true;
      change();
    });
  }
  socket.on("connect", change);
  await changed.promise;
  if (isOver) throw new Error(`No connection from ${from}`);
  return {
    send(text) {
      socket.write(text);
      return Promise.resolve();
    },
    async receive() {
      while (chunks.length === 0 && !isOver) await changed.promise;
      const text = chunks.splice(0).join("");
      if (text === "") throw new Error("The connection ended");
      return text;
    },
    close: () => void socket.destroy(),
  };
}

/** The value in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
