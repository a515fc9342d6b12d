/**
 * Whether an answer to a stranger is one that may be given, whatever was
 * asked: nothing of a secret in it, nothing about the machine, no fault of the
 * server.
 *
 * @module
 */

import type { Answer } from "./answers.ts";
import { CANARY, type Place } from "./place.ts";
import { uncoded } from "./uncoded.ts";

/** What is wrong with an answer. */
export interface Fault {
  readonly kind: "leak" | "error" | "malformed" | "status" | "smuggled";
  readonly detail: string;
}

/** What an answer is judged by. */
export interface Bench {
  readonly place: Place;
  /** Whether what is public is for those with a password, too. */
  readonly isLocked: boolean;
}

/** What only the machine, the runtime or a stack trace would say. */
const MACHINE =
  /root:[^:\n]*:0:|os error|\bE(?:NOENT|ACCES|PERM|MFILE|IO)\b|\.ts:\d+:\d+|file:\/\/\/|\bat async |Deno\.|NotCapable|PermissionDenied|--allow-|PRIVATE KEY/;

/** What names the software to strangers. */
const SOFTWARE = /^(?:server|x-powered-by|via):|\bdeno\b/im;

const REDIRECT = /^\/(?![/\\])[\x21-\x7e]*$/;

/** Whether our own code gave the answer, not the runtime before it. */
export function isOurs(answer: Answer): boolean {
  return answer.fields.has("x-content-type-options");
}

/** Judges one answer, by the statuses that its request may have where given. */
export function judgeAnswer(
  answer: Answer,
  bench: Bench,
  statuses?: readonly number[],
): Fault[] {
  try {
    return judgePlain(uncoded(answer), bench, statuses);
  } catch (error) {
    return [{ kind: "malformed", detail: `its coding: ${error}` }];
  }
}

function judgePlain(
  answer: Answer,
  bench: Bench,
  statuses?: readonly number[],
): Fault[] {
  const { status, head, body } = answer;
  const faults: Fault[] = [];
  const add = (kind: Fault["kind"], detail: string) =>
    void faults.push({ kind, detail });
  if (head.includes(bench.place.token) || body.includes(bench.place.token)) {
    add(
      "leak",
      `${status}, the token: ${around(head + body, bench.place.token)}`,
    );
  }
  const machine = MACHINE.exec(head) ??
    (body.length < 100_000 ? MACHINE.exec(body) : null);
  if (machine !== null) add("leak", `${status}, the machine: ${machine[0]}`);
  const software = SOFTWARE.exec(head);
  if (software !== null) add("leak", `${status}, the software: ${software[0]}`);
  if (body.includes(CANARY)) add("smuggled", `${status}, the canary`);
  if (status >= 500 && !isAnnounced(answer)) add("error", String(status));
  if (bench.isLocked && status !== 401 && isOurs(answer)) {
    if (status < 400 || body.includes("PUBLIC")) {
      add("leak", `${status} without a password`);
    }
  }
  if (statuses !== undefined && isOurs(answer) && !statuses.includes(status)) {
    if (!bench.isLocked || status !== 401) {
      add("status", `${status} in the place of ${statuses.join(", ")}`);
    }
  }
  faults.push(...judgeForm(answer), ...judgeContent(answer, bench));
  return faults;
}

/** 503 with the time to come again is what a full server says. */
function isAnnounced({ status, fields }: Answer): boolean {
  return status === 503 && fields.has("retry-after");
}

function judgeForm(answer: Answer): Fault[] {
  const { status, fields, body } = answer;
  const faults: Fault[] = [];
  const location = fields.get("location");
  if (location !== undefined && !REDIRECT.test(location)) {
    faults.push({ kind: "malformed", detail: `location ${location}` });
  }
  if ((status === 301) !== (location !== undefined)) {
    faults.push({ kind: "malformed", detail: `${status} to ${location}` });
  }
  if (body !== "" && !isOurs(answer)) {
    faults.push({ kind: "malformed", detail: `${status}, headers missing` });
  }
  const date = Date.parse(fields.get("date") ?? "");
  if (isOurs(answer) && !Number.isFinite(date)) {
    faults.push({ kind: "malformed", detail: `date ${fields.get("date")}` });
  }
  const type = fields.get("content-type") ?? "";
  const policy = fields.get("content-security-policy");
  if (body.startsWith("<!doctype") && status >= 400 && policy === undefined) {
    faults.push({ kind: "malformed", detail: `${status} ${type}, no policy` });
  }
  return faults;
}

/** A whole body with 200 is a file that may be seen, or a page of entries. */
function judgeContent(answer: Answer, bench: Bench): Fault[] {
  const { status, fields, body } = answer;
  if (status !== 200 || body === "") return [];
  const isPage = fields.has("content-security-policy") ||
    fields.get("content-type")?.startsWith("application/json") === true;
  // What must not be in a zip or tar would have been found by its token; a
  // tar.gz is made of the same entries.
  const isArchive = /^application\/(?:zip|x-tar|gzip)$/
    .test(fields.get("content-type") ?? "");
  if (isPage || isArchive || bench.place.contents.has(body)) return [];
  return [{
    kind: "leak",
    detail: `200 with ${JSON.stringify(body.slice(0, 60))}`,
  }];
}

function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return JSON.stringify(text.slice(Math.max(0, at - 40), at + 60));
}
