/**
 * A download that is read by hand: as slowly, as far and with as much care as
 * its reader likes.
 *
 * @module
 */

import { type Address, concat, writeAll } from "../../_support/raw.ts";

/** A download under way: its head is there, its body waits to be read. */
export interface Download extends Disposable {
  readonly connection: Deno.Conn;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  /** What `Content-Length` announces; NaN without it. */
  readonly length: number;
  /** Next bytes of the body, or `null` where the connection has ended. */
  read(buffer: Uint8Array): Promise<Uint8Array | null>;
}

/** Connects and sends a request, and reads nothing. */
export async function sendRequest(
  address: Address,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Deno.Conn> {
  const { hostname, port } = address;
  const connection = await Deno.connect({ hostname, port });
  const fields = Object.entries({ host: hostname, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = `GET ${target} HTTP/1.1\r\n${fields}\r\n`;
  try {
    await writeAll(connection, new TextEncoder().encode(head));
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

/** Sends a request and reads the head of its answer. */
export async function openDownload(
  address: Address,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Download> {
  const connection = await sendRequest(address, target, headers);
  try {
    return await readHead(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function readHead(connection: Deno.Conn): Promise<Download> {
  const chunk = new Uint8Array(16_384);
  let bytes = new Uint8Array(0);
  let end = -1;
  while (end < 0) {
    const count = await connection.read(chunk);
    if (count === null) throw new Error("The connection ended before a head");
    bytes = concat([bytes, chunk.subarray(0, count)]);
    end = new TextDecoder("latin1").decode(bytes).indexOf("\r\n\r\n");
  }
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, end));
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  let rest = bytes.subarray(end + 4);
  return {
    connection,
    status: Number(statusLine.split(" ")[1]),
    headers,
    length: Number(headers.get("content-length") ?? NaN),
    async read(buffer) {
      if (rest.length > 0) {
        const first = rest.subarray(0, buffer.length);
        rest = rest.subarray(first.length);
        return first;
      }
      const count = await connection.read(buffer);
      return count === null ? null : buffer.subarray(0, count);
    },
    [Symbol.dispose]() {
      try {
        connection.close();
      } catch { /* the program has closed it already */ }
    },
  };
}
