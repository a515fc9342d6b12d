/**
 * Sends the bytes of an attack and takes what comes, until the server ends the
 * connection or nothing more is to be expected.
 *
 * @module
 */

import { writeAll } from "../_support/raw.ts";
import { type Answer, takeAnswer } from "./answers.ts";
import type { Attack } from "./attack.ts";

/** What came of an attack. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** What is wrong with the bytes that came, or `null`. */
  readonly malformed: string | null;
  /** Whether the server neither answered nor ended the connection. */
  readonly isHanging: boolean;
}

/** Opens a connection to the server. */
export type Connect = () => Promise<Deno.Conn>;

/** How long an answer to a whole request may take on a busy machine. */
const DEADLINE_MS = 20_000;

/** How long is waited where the bytes may be the beginning of a request. */
const WAIT_MS = 250;

/** Sends an attack over a connection of its own. */
export async function exchange(
  attack: Attack,
  connect: Connect,
): Promise<Outcome> {
  using connection = await connect();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    closeQuietly(connection);
  }, attack.waits === true ? WAIT_MS : DEADLINE_MS);
  // The server may end the connection before it has read everything.
  const writing = writeAll(connection, attack.bytes).catch(() => {});
  const text = await readToEnd(connection);
  clearTimeout(timer);
  closeQuietly(connection);
  await writing;
  const { answers, malformed } = takeAll(text, attack.methods);
  const isCut = isLate && attack.waits === true && malformed === "cut";
  return {
    answers,
    malformed: isCut ? null : malformed,
    isHanging: isLate && attack.waits !== true,
  };
}

/** Takes all answers from the bytes of a connection that has ended. */
export function takeAll(
  text: string,
  methods: readonly string[],
): Pick<Outcome, "answers" | "malformed"> {
  const answers: Answer[] = [];
  let at = 0;
  while (at < text.length) {
    // An answer to no request is read like one to a GET.
    const method = methods[answers.length] ?? "GET";
    const taken = takeAnswer(text, at, { method, isEnd: true });
    if (taken.kind === "partial") return { answers, malformed: "cut" };
    if (taken.kind === "malformed") {
      return { answers, malformed: taken.reason };
    }
    answers.push(taken.answer);
    at = taken.end;
  }
  const isMore = answers.length > methods.length;
  return {
    answers,
    malformed: isMore
      ? `${answers.length} answers to ${methods.length} requests`
      : null,
  };
}

/** Reads until the end, however it comes. */
export async function readToEnd(connection: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder("latin1");
  const buffer = new Uint8Array(65_536);
  let text = "";
  while (true) {
    // Reset by the server, or closed by ourselves at the deadline.
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) return text;
    text += decoder.decode(buffer.subarray(0, count));
  }
}

/** Closes what may be closed already. */
export function closeQuietly(resource: { close(): void }): void {
  try {
    resource.close();
  } catch {
    // That is what was wanted.
  }
}
