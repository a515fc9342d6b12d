/**
 * Sends the frames of an attack and takes the answers of all its streams.
 *
 * @module
 */

import { writeAll } from "../_support/raw.ts";
import { bytesOf } from "./attack.ts";
import type { Tally } from "./campaign.ts";
import { closeQuietly, type Connect } from "./exchange.ts";
import type { H2Attack } from "./h2_attacks.ts";
import {
  AnswerReader,
  FLAG,
  FRAME,
  frame,
  headers,
  request,
} from "./h2_connection.ts";
import { type Bench, isOurs, judgeAnswer } from "./oracle.ts";

/**
 * After the attack comes a ping: when it is answered, the server has read all
 * frames. Requests may still be under way then, and one more tells when not.
 */
const PING = frame(FRAME.ping, 0, "are you?");
const ACK = frame(FRAME.ping, 0, "are you?", { flags: FLAG.ack });

/** A stream that no attack uses. */
const LAST_STREAM = 0x7ffffff1;

/** Frames without an end may leave the server waiting for more of them. */
const WAIT_MS = 400;

/** Many frames take their time. */
const WAIT_LONG_MS = 5_000;
const LONG_CHARACTERS = 50_000;

/** What does not end soon after the request behind it does not end at all. */
const WAIT_MORE_MS = 250;

/** Sends HTTP/2 attacks, some at once, and adds up what comes of them. */
export async function sendAllH2(
  attacks: readonly H2Attack[],
  options: {
    readonly connect: Connect;
    readonly bench: Bench;
    readonly tally: Tally;
    readonly width: number;
  },
): Promise<void> {
  const { connect, bench, tally, width } = options;
  let next = 0;
  async function work(): Promise<void> {
    while (next < attacks.length) {
      const attack = attacks[next++];
      if (attack === undefined) return;
      addAnswers(tally, attack, await exchangeH2(attack, connect), bench);
    }
  }
  await Promise.all(Array.from({ length: width }, work));
}

async function exchangeH2(
  attack: H2Attack,
  connect: Connect,
): Promise<AnswerReader> {
  using connection = await connect();
  const isLong = attack.requests > 2 || attack.text.length > LONG_CHARACTERS;
  const end = () => closeQuietly(connection);
  let timer = setTimeout(end, isLong ? WAIT_LONG_MS : WAIT_MS);
  let isRead = false;
  const text = attack.text + PING +
    headers(LAST_STREAM, request("/public.txt"));
  const writing = writeAll(connection, bytesOf(text)).catch(() => {});
  const reader = new AnswerReader();
  const decoder = createDecoder();
  let before = "";
  let isHeard = false;
  const buffer = new Uint8Array(65_536);
  while (true) {
    // Reset by the server, or closed by ourselves at the deadline.
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) break;
    const piece = decoder(buffer.subarray(0, count));
    reader.push(piece);
    isHeard ||= (before + piece).includes(ACK);
    before = piece;
    if (!reader.ended.has(LAST_STREAM) || !isHeard) continue;
    if (reader.ended.size > attack.requests) break;
    if (isRead) continue;
    isRead = true;
    clearTimeout(timer);
    timer = setTimeout(end, WAIT_MORE_MS);
  }
  clearTimeout(timer);
  closeQuietly(connection);
  await writing;
  return reader;
}

/** Bytes as characters of the same number: "latin1" is another code in part. */
function createDecoder(): (bytes: Uint8Array) => string {
  return (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 8_192) {
      text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
    }
    return text;
  };
}

function addAnswers(
  tally: Tally,
  attack: H2Attack,
  reader: AnswerReader,
  bench: Bench,
): void {
  tally.tried += attack.requests;
  for (const [stream, answer] of reader.answers) {
    tally.answers++;
    if (isOurs(answer)) tally.ours++;
    const times = tally.statuses.get(answer.status) ?? 0;
    tally.statuses.set(answer.status, times + 1);
    const isWhole = reader.ended.has(stream);
    const statuses = stream === LAST_STREAM ? undefined : attack.statuses;
    for (const fault of judgeAnswer(answer, bench, statuses)) {
      // What was cut by the deadline is no whole file.
      if (fault.detail.startsWith("200 with ") && !isWhole) continue;
      tally.faults.push({ ...fault, attack: attack.name });
    }
  }
  if (reader.malformed !== null) {
    tally.faults.push({
      kind: "malformed",
      detail: reader.malformed,
      attack: attack.name,
    });
  }
}
