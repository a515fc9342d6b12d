/**
 * The same requests over HTTP/2: what is written down as for HTTP/1.1 becomes
 * a stream, its target untouched in `:path`.
 *
 * @module
 */

// deno-lint-ignore no-external-import -- fetch cannot send a raw target
import {
  type ClientHttp2Session,
  connect,
  type OutgoingHttpHeaders,
} from "node:http2";

import { type Address, concat } from "../_support/raw.ts";
import type { Answer, Sender, SendOptions } from "./client.ts";
import type { ParityRow } from "./row.ts";

const DEADLINE_MS = 20_000;

/** One session with one server; it is opened again when it ends. */
export class Http2Client implements Sender {
  readonly #address: Address;
  readonly #certificate: string | null;
  #session: ClientHttp2Session | null = null;

  /** Makes a client that trusts one certificate, or (`null`) every one. */
  constructor(address: Address, certificate: string | null) {
    this.#address = address;
    this.#certificate = certificate;
  }

  /** Sends one request and reads its answer. */
  async send(request: Uint8Array, options: SendOptions): Promise<Answer> {
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => timeout.reject(new Error(`No answer within ${DEADLINE_MS} ms`)),
      DEADLINE_MS,
    );
    try {
      return await Promise.race([
        this.#exchange(request, options),
        timeout.promise,
      ]);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #exchange(request: Uint8Array, options: SendOptions): Promise<Answer> {
    const { headers, content } = toStream(request);
    const answer = Promise.withResolvers<Answer>();
    const chunks: Uint8Array[] = [];
    let fields: [string, string][] = [];
    const stream = this.#open().request(headers, { endStream: content === "" });
    stream.on("response", (given: Record<string, string | number>) => {
      fields = Object.entries(given).map(([name, value]) => [
        name,
        String(value),
      ]);
    });
    stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    stream.on("error", answer.reject);
    stream.on("close", () => {
      try {
        answer.resolve(toAnswer(fields, concat(chunks), options));
      } catch (error) {
        answer.reject(error);
      }
    });
    if (content !== "") stream.end(content);
    return answer.promise;
  }

  /** Closes the session. */
  [Symbol.dispose](): void {
    this.#session?.destroy();
    this.#session = null;
  }

  #open(): ClientHttp2Session {
    if (this.#session !== null && !this.#session.closed) return this.#session;
    const { hostname, port } = this.#address;
    const session = connect(`https://${hostname}:${port}`, {
      ...(this.#certificate === null
        ? { rejectUnauthorized: false }
        : { ca: this.#certificate }),
    });
    // Each stream is told as well.
    session.on("error", () => {});
    this.#session = session;
    return session;
  }
}

/**
 * Whether a row can be put over HTTP/2. It has no versions, its `:path` has no
 * spaces or bytes above ASCII (RFC 9113 section 8.3.1), absolute targets are
 * spelt in other fields, and what is unparsable ends the stream, not in an
 * answer. The client of Node sends no field twice and no value above ASCII.
 */
export function isForHttp2(row: ParityRow): boolean {
  const headers = row.headers ?? [];
  const names = headers.map(([name]) => name.toLowerCase());
  return /^(?:\/[!-~]*|\*)$/.test(row.target) &&
    !/["<>\\^`{|}]/.test(row.target) &&
    row.version === undefined && row.host === undefined &&
    row.method !== "CONNECT" && !names.includes("host") &&
    new Set(names).size === names.length &&
    headers.every(([, value]) => /^[\t -~]*$/.test(value));
}

function toStream(
  request: Uint8Array,
): { readonly headers: OutgoingHttpHeaders; readonly content: string } {
  const text = latin1.decode(request);
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const [method = "", target = ""] = first.split(" ");
  const headers: Record<string, string | string[]> = {
    ":method": method,
    ":path": target,
    ":scheme": "https",
  };
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "connection") continue;
    const field = name === "host" ? ":authority" : name;
    const before = headers[field];
    headers[field] = before === undefined ? value : [before, value].flat();
  }
  return { headers, content: text.slice(end + 4) };
}

function toAnswer(
  fields: readonly [string, string][],
  content: Uint8Array<ArrayBuffer>,
  { method }: SendOptions,
): Answer {
  const headers = new Map(fields);
  const status = Number(headers.get(":status"));
  if (!status) throw new Error("The stream ended without an answer");
  headers.delete(":status");
  const isBodiless = method === "HEAD" || status === 204 || status === 304;
  const length = headers.get("content-length");
  if (
    !isBodiless && length !== undefined && Number(length) !== content.length
  ) {
    throw new Error(`${content.length} bytes of ${length}`);
  }
  return {
    version: "HTTP/2",
    status,
    headers,
    headerLines: [...headers].map(([name, value]) => `${name}: ${value}`),
    body: isBodiless ? content.slice(0, 0) : content,
    excess: isBodiless ? content.length : 0,
  };
}

const latin1 = new TextDecoder("latin1");
