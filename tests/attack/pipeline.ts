/**
 * Many requests over one connection at once, and their answers in order. What
 * stood behind a request on which the server ended the connection was not
 * tried, and is given back.
 *
 * @module
 */

import { writeAll } from "../_support/raw.ts";
import { type Answer, takeAnswer } from "./answers.ts";
import { bytesOf } from "./attack.ts";
import { closeQuietly, type Connect } from "./exchange.ts";
import type { LastBytes, RandomRequest } from "./random_attacks.ts";

/** What came of requests. */
export interface Piped {
  readonly answered: readonly {
    readonly request: RandomRequest;
    readonly answer: Answer;
  }[];
  /** Requests on which the connection ended without an answer. */
  readonly refused: number;
  /**
   * A request whose answer was cut, with others behind it. A server that ends
   * a connection with bytes in it that it has not read resets it, and the
   * system throws away what had come (RFC 9112 section 9.6): the request
   * behind was the reason, so this one is to be tried alone.
   */
  readonly cut: RandomRequest | null;
  /** Requests that the server never read. */
  readonly untried: readonly RandomRequest[];
  /** Answers to the bytes at the end. */
  readonly last: readonly Answer[];
  /** What is wrong, with the request. */
  readonly faults: readonly string[];
}

const DEADLINE_MS = 20_000;

/** The bytes at the end may be the beginning of something. */
const LAST_MS = 100;

/** A connection that is kept as long as the server keeps it. */
export class Pipe {
  readonly #connect: Connect;
  #connection: Deno.Conn | null = null;
  #text = "";
  #isEnded = false;

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /** Sends requests, and bytes after them when they are to be the last. */
  async send(
    requests: readonly RandomRequest[],
    last?: LastBytes,
  ): Promise<Piped> {
    const connection = this.#connection ??= await this.#connect();
    const text = requests.map((request) => request.text).join("") +
      (last?.text ?? "");
    const writing = writeAll(connection, bytesOf(text)).catch(() => {});
    const answered: { request: RandomRequest; answer: Answer }[] = [];
    const faults: string[] = [];
    let isCut = false;
    for (const request of requests) {
      const taken = await this.#take(request.method, DEADLINE_MS);
      if (typeof taken === "string") {
        isCut = taken === CUT && (requests.length > 1 || last !== undefined);
        if (taken !== "end" && !isCut) {
          faults.push(`${taken}: ${shown(request)}`);
        }
        break;
      }
      answered.push({ request, answer: taken });
    }
    const count = answered.length;
    const isAll = count === requests.length;
    const lastAnswers = isAll && last !== undefined
      ? await this.#takeLast(last, faults)
      : [];
    const hasEnded = !isAll || last !== undefined || this.#isEnded;
    if (hasEnded) this.close();
    await writing;
    // Without an answer to the next one, that one ended the connection,
    // unless an answer before it told that it would end.
    const isTold =
      answered.at(-1)?.answer.fields.get("connection") === "close" ||
      answered.at(-1)?.answer.status === 400;
    const refused = isAll || isTold ? 0 : 1;
    return {
      answered,
      refused: isCut ? 0 : refused,
      cut: isCut ? requests[count] ?? null : null,
      untried: requests.slice(count + (isCut ? 1 : refused)),
      last: lastAnswers,
      faults,
    };
  }

  /** Ends the connection. */
  close(): void {
    if (this.#connection !== null) closeQuietly(this.#connection);
    this.#connection = null;
    this.#text = "";
    this.#isEnded = false;
  }

  async #takeLast(last: LastBytes, faults: string[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    while (true) {
      const method = last.methods[answers.length] ?? "GET";
      const taken = await this.#take(method, LAST_MS);
      if (typeof taken !== "string") {
        answers.push(taken);
        continue;
      }
      const isUnexpected = taken !== "end" && taken !== "late";
      // A changed method changes how its answer is read.
      if (isUnexpected && !last.isChanged) faults.push(taken);
      return answers;
    }
  }

  /** The next answer, or why there is none. */
  async #take(method: string, deadlineMs: number): Promise<Answer | string> {
    const connection = this.#connection;
    if (connection === null) return "end";
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      closeQuietly(connection);
    }, deadlineMs);
    try {
      while (true) {
        const taken = takeAnswer(this.#text, 0, {
          method,
          isEnd: this.#isEnded,
        });
        if (taken.kind === "answer") {
          this.#text = this.#text.slice(taken.end);
          return taken.answer;
        }
        if (taken.kind === "malformed") return taken.reason;
        if (this.#isEnded) {
          if (isLate) return "late";
          return this.#text === "" ? "end" : CUT;
        }
        const buffer = new Uint8Array(65_536);
        const count = await connection.read(buffer).catch(() => null);
        if (count === null) this.#isEnded = true;
        else this.#text += LATIN1.decode(buffer.subarray(0, count));
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

const CUT = "answer is cut";
const LATIN1 = new TextDecoder("latin1");

function shown(request: RandomRequest): string {
  return JSON.stringify(request.text.slice(0, 300));
}
