/**
 * One run of the load generator: when which connection sends, and whether
 * what comes back is an answer.
 *
 * @module
 */

import type { GeneratorRequest, GeneratorResult } from "./load_generator.ts";
import {
  beginConnection,
  closeSocket,
  createWatch,
  READABLE,
  receiveBytes,
  sendBytes,
  type Watch,
  WRITABLE,
} from "./sockets.ts";
import { percentileOf } from "./statistics.ts";

/** A connection and the request that is under way on it. */
interface Slot {
  readonly place: number;
  fd: number;
  isConnected: boolean;
  /** When its request was due, in milliseconds; `null` for none. */
  due: number | null;
  /** Bytes of the answer so far. */
  received: number;
  /** Bytes of the whole answer, known when its head is there. */
  expected: number;
  /** Whether the server closes after it. */
  closes: boolean;
}

const BUFFER_BYTES = 2 ** 18;
/** A pause of this loop that its own work does not explain. */
const STALL_MS = 2;
/** How long answers may take once the last request is sent. */
const LINGER_MS = 5000;
const LATIN1 = new TextDecoder("latin1");

/** Runs once. */
export class LoadRun {
  readonly #request: GeneratorRequest;
  readonly #head: Uint8Array<ArrayBuffer>;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #watch: Watch;
  readonly #slots: Slot[];
  /** Those without a request. */
  readonly #idle: Slot[];
  readonly #latencies: number[] = [];
  #sent = 0;
  #errors = 0;
  #bytes = 0;
  #stalledMs = 0;
  /** Of the last head that was searched. */
  #headEnd = 0;
  #closes = false;

  /** Begins its connections. */
  constructor(request: GeneratorRequest) {
    const { method, path, port, connections } = request;
    this.#request = request;
    this.#head = new TextEncoder().encode(
      `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    );
    this.#watch = createWatch(connections);
    this.#slots = Array.from({ length: connections }, (_, place) => ({
      place,
      fd: -1,
      isConnected: false,
      due: null,
      received: 0,
      expected: 0,
      closes: false,
    }));
    this.#idle = [...this.#slots];
    for (const slot of this.#slots) this.#connect(slot);
  }

  /** Sends all, and returns when the answers are there or overdue. */
  run(): GeneratorResult {
    const { rate, seconds } = this.#request;
    const total = rate > 0 ? Math.floor(rate * seconds) : Infinity;
    const start = performance.now();
    const end = start + seconds * 1000;
    let now = start;
    while (now < (rate > 0 ? end + LINGER_MS : end)) {
      if (this.#latencies.length + this.#errors >= total) break;
      while (this.#sent < total) {
        const due = rate > 0 ? start + this.#sent / rate * 1000 : now;
        if (due > now) break;
        // The one that has waited longest: all connections are in use.
        const slot = this.#idle.shift();
        if (slot === undefined) break;
        this.#begin(slot, due);
      }
      if (this.#watch.look() > 0) {
        for (const slot of this.#slots) this.#attend(slot);
      }
      const before = now;
      now = performance.now();
      if (now - before > STALL_MS) this.#stalledMs += now - before;
    }
    for (const { fd } of this.#slots) closeSocket(fd);
    // What never came is an error too.
    const missing = rate > 0
      ? total - this.#latencies.length - this.#errors
      : 0;
    return this.#toResult((now - start) / 1000, missing);
  }

  #toResult(seconds: number, missing: number): GeneratorResult {
    const sorted = Float64Array.from(this.#latencies).sort();
    const at = (share: number) => Math.round(percentileOf(sorted, share));
    return {
      requests: sorted.length,
      seconds,
      bytes: this.#bytes,
      errors: this.#errors + missing,
      stalledMs: this.#stalledMs,
      latency: { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
    };
  }

  #connect(slot: Slot): void {
    slot.fd = beginConnection(this.#request.port);
    slot.isConnected = false;
    this.#watch.set(slot.place, slot.fd, WRITABLE);
  }

  #begin(slot: Slot, due: number): void {
    this.#sent++;
    slot.due = due;
    slot.received = 0;
    slot.expected = 0;
    if (slot.isConnected) this.#send(slot);
  }

  #send(slot: Slot): void {
    const count = sendBytes(slot.fd, this.#head);
    if (count !== this.#head.length) this.#fail(slot);
  }

  #attend(slot: Slot): void {
    if (this.#watch.eventsOf(slot.place) === 0) return;
    if (slot.isConnected) return this.#receive(slot);
    slot.isConnected = true;
    this.#watch.set(slot.place, slot.fd, READABLE);
    if (slot.due !== null) this.#send(slot);
  }

  #receive(slot: Slot): void {
    const count = receiveBytes(slot.fd, this.#buffer);
    if (slot.due === null) {
      // An idle connection may end; more than an end is a broken answer.
      if (count > 0) this.#errors++;
      return this.#reconnect(slot);
    }
    if (count <= 0) return this.#fail(slot);
    if (slot.received === 0) this.#readHead(slot, count);
    slot.received += count;
    this.#bytes += count;
    if (slot.received < slot.expected) return;
    if (slot.received > slot.expected) return this.#fail(slot);
    this.#latencies.push((performance.now() - slot.due) * 1000);
    slot.due = null;
    this.#idle.push(slot);
    if (slot.closes) this.#reconnect(slot);
  }

  /** What is not a whole head of status 200 makes the answer a wrong one. */
  #readHead(slot: Slot, count: number): void {
    const { method, bodyBytes } = this.#request;
    const buffer = this.#buffer;
    const end = this.#headEnd;
    // Most heads are as long as the one before, and need not be searched.
    const isLikeLast = end > 0 && end <= count && isBlankLine(buffer, end - 4);
    if (!isLikeLast) this.#searchHead(count);
    const isRight = this.#headEnd > 0 && buffer[9] === 0x32 &&
      buffer[10] === 0x30 && buffer[11] === 0x30;
    slot.expected = isRight
      ? this.#headEnd + (method === "HEAD" ? 0 : bodyBytes)
      : 0;
    slot.closes = this.#closes;
  }

  #searchHead(count: number): void {
    const text = LATIN1.decode(this.#buffer.subarray(0, Math.min(count, 4096)));
    const end = text.indexOf("\r\n\r\n");
    this.#headEnd = end < 0 ? 0 : end + 4;
    this.#closes = text.startsWith("HTTP/1.0") ||
      /\r\nconnection: *close\r\n/i.test(text.slice(0, end + 2));
  }

  #fail(slot: Slot): void {
    this.#errors++;
    slot.due = null;
    this.#idle.push(slot);
    this.#reconnect(slot);
  }

  #reconnect(slot: Slot): void {
    closeSocket(slot.fd);
    this.#connect(slot);
  }
}

function isBlankLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 &&
    bytes[at + 3] === 10;
}
