/**
 * A client that sends bytes as they are written down, one request after the
 * other over kept-alive connections, and takes each answer by its framing
 * (RFC 9112 section 6.3). Bytes that follow an answer are reported: a body
 * after HEAD, 204 or 304, or more than `Content-Length` said.
 *
 * @module
 */

import {
  type Address,
  concat,
  type RawResponse,
  writeAll,
} from "../_support/raw.ts";

/** How an answer ends is told by the method it answers. */
export interface SendOptions {
  readonly method: string;
  /** Waits for the end of the connection after the answer. */
  readonly untilClose?: boolean;
}

/** An answer, and whether bytes came after its end. */
export interface Answer extends RawResponse {
  readonly version: string;
  readonly excess: number;
}

/** Sends requests that are written down as for HTTP/1.1. */
export interface Sender extends Disposable {
  /** Sends one request and reads its answer. */
  send(request: Uint8Array, options: SendOptions): Promise<Answer>;
}

const DEADLINE_MS = 20_000;
const NO_BYTES = new Uint8Array(0);

/** One connection at a time to one server; it is opened again when it ends. */
export class Client implements Sender {
  readonly #connect: () => Promise<Deno.Conn>;
  #connection: Deno.Conn | null = null;
  #rest: Uint8Array<ArrayBuffer> = NO_BYTES;
  readonly #buffer = new Uint8Array(65_536);

  /** Makes a client for a server; nothing is opened yet. */
  constructor(
    address: Address,
    connect: () => Promise<Deno.Conn> = () => Deno.connect(address),
  ) {
    this.#connect = connect;
  }

  /** Sends one request and reads its answer. */
  async send(request: Uint8Array, options: SendOptions): Promise<Answer> {
    const isReused = this.#connection !== null;
    try {
      return await this.#exchange(request, options);
    } catch (error) {
      this[Symbol.dispose]();
      // A kept-alive connection may have been closed before the request.
      if (!isReused || !(error instanceof ConnectionEnded)) throw error;
      return await this.#exchange(request, options);
    }
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    try {
      this.#connection?.close();
    } catch { /* closed by the deadline */ }
    this.#connection = null;
    this.#rest = NO_BYTES;
  }

  async #exchange(
    request: Uint8Array,
    { method, untilClose = false }: SendOptions,
  ): Promise<Answer> {
    this.#connection ??= await this.#connect();
    const connection = this.#connection;
    const timer = setTimeout(() => connection.close(), DEADLINE_MS);
    try {
      await writeAll(connection, request).catch(toEnded);
      const head = await this.#readHead();
      const body = await this.#readBody(head, method);
      if (untilClose) await this.#drain();
      const excess = this.#rest.length;
      if (excess > 0 || untilClose || isLast(head)) this[Symbol.dispose]();
      return { ...head, body, excess };
    } finally {
      clearTimeout(timer);
    }
  }

  async #readHead(): Promise<Head> {
    let searched = 0;
    while (true) {
      const end = findBlankLine(this.#rest, searched);
      if (end >= 0) {
        const head = parseHead(this.#rest.subarray(0, end));
        this.#rest = this.#rest.slice(end + 4);
        if (head.status >= 200) return head;
        searched = 0;
        continue;
      }
      searched = Math.max(0, this.#rest.length - 3);
      if (!await this.#fill()) {
        if (this.#rest.length === 0) throw new ConnectionEnded();
        throw new Error(`The head ends early, ${this.#rest.length} bytes in`);
      }
    }
  }

  async #readBody(
    head: Head,
    method: string,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { status, headers } = head;
    if (method === "HEAD" || status === 204 || status === 304) return NO_BYTES;
    if (/\bchunked$/i.test(headers.get("transfer-encoding") ?? "")) {
      return await this.#readChunks();
    }
    const length = headers.get("content-length");
    if (length !== undefined) return await this.#take(Number(length));
    await this.#drain();
    const body = this.#rest;
    this.#rest = NO_BYTES;
    return body;
  }

  async #readChunks(): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array[] = [];
    while (true) {
      const size = parseInt(await this.#takeLine(), 16);
      if (Number.isNaN(size)) throw new Error("A chunk without a size");
      if (size === 0) {
        while (await this.#takeLine() !== "") { /* trailer fields */ }
        return concat(chunks);
      }
      chunks.push(await this.#take(size));
      await this.#takeLine();
    }
  }

  async #takeLine(): Promise<string> {
    while (true) {
      const end = this.#rest.indexOf(10);
      if (end >= 0) {
        const line = latin1.decode(this.#rest.subarray(0, end));
        this.#rest = this.#rest.slice(end + 1);
        return line.replace(/\r$/, "");
      }
      if (!await this.#fill()) throw new Error("The body ends early");
    }
  }

  async #take(size: number): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array[] = [this.#rest];
    let length = this.#rest.length;
    while (length < size) {
      this.#rest = NO_BYTES;
      if (!await this.#fill()) {
        throw new Error(`The body ends after ${length} of ${size} bytes`);
      }
      chunks.push(this.#rest);
      length += this.#rest.length;
    }
    const bytes = chunks.length === 1 ? this.#rest : concat(chunks);
    this.#rest = bytes.slice(size);
    return bytes.slice(0, size);
  }

  async #drain(): Promise<void> {
    const chunks: Uint8Array[] = [this.#rest];
    this.#rest = NO_BYTES;
    while (await this.#fill()) {
      chunks.push(this.#rest);
      this.#rest = NO_BYTES;
    }
    this.#rest = concat(chunks);
  }

  async #fill(): Promise<boolean> {
    if (this.#connection === null) return false;
    const count = await this.#connection.read(this.#buffer).catch(toNull);
    if (count === null) return false;
    const chunk = this.#buffer.subarray(0, count);
    this.#rest = this.#rest.length === 0
      ? chunk.slice()
      : concat([this.#rest, chunk]);
    return true;
  }
}

type Head = Omit<Answer, "body" | "excess">;

const latin1 = new TextDecoder("latin1");

class ConnectionEnded extends Error {
  constructor() {
    super("The connection ended without an answer");
  }
}

function toNull(error: unknown): null {
  if (error instanceof Deno.errors.ConnectionReset) return null;
  // TLS that ends without saying so; what was announced is checked anyway.
  if (error instanceof Deno.errors.UnexpectedEof) return null;
  if (error instanceof Deno.errors.BadResource) {
    throw new Error(`No whole answer within ${DEADLINE_MS} ms`);
  }
  throw error;
}

function toEnded(error: unknown): void {
  // The answer may have been sent before the connection was closed.
  const isClosed = error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset;
  if (!isClosed) throw error;
}

function isLast(head: Head): boolean {
  const connection = head.headers.get("connection")?.toLowerCase() ?? "";
  return connection.includes("close") ||
    (head.version === "HTTP/1.0" && !connection.includes("keep-alive"));
}

function findBlankLine(bytes: Uint8Array, from: number): number {
  for (let i = from; i + 3 < bytes.length; i++) {
    if (
      bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 &&
      bytes[i + 3] === 10
    ) return i;
  }
  return -1;
}

function parseHead(bytes: Uint8Array): Head {
  const [statusLine = "", ...headerLines] = latin1.decode(bytes).split("\r\n");
  const match = /^(HTTP\/1\.[01]) (\d{3})(?: |$)/.exec(statusLine);
  if (match === null) {
    throw new Error(
      `No status line: ${JSON.stringify(statusLine.slice(0, 80))}`,
    );
  }
  const headers = new Map<string, string>();
  for (const line of headerLines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const [, version = "", status] = match;
  return { version, status: Number(status), headers, headerLines };
}
