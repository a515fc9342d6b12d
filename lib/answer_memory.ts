/**
 * What was answered before and can be answered again: without waiting, after
 * one look at the disk. A change of what an answer was made from is noticed by
 * the very next request.
 *
 * Only GET and HEAD come here, and only after everything that decides who is
 * answered at all.
 *
 * @module
 */

import { ByteMemory } from "./byte_memory.ts";
import type { SeenCheck } from "./disk/seen_check.ts";
import type { Context } from "./http/context.ts";
import {
  REMEMBERED_BYTES_MAX,
  REMEMBERED_OTHERS_BYTES_MAX,
} from "./http/limits.ts";
import { type Memo, NO_BODY, type Reply } from "./reply.ts";
import type { Seen } from "./target.ts";

/** What was answered before. */
export interface AnswerMemory {
  /**
   * Finds the answer to a request.
   *
   * @param context Request, a GET or HEAD.
   * @returns The reply; a promise of it where the disk has to be waited for;
   * `undefined` where the request has to be answered from the start.
   */
  find(context: Context): Reply | undefined | Promise<Reply | undefined>;
  /**
   * Keeps what the answer to a request left behind.
   *
   * @param context Request.
   * @param memo What is known after it.
   */
  keep(context: Context, memo: Memo): void;
}

/** What the memory depends on. */
export interface MemoryDeps {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Whether the disk is as it was. */
  readonly check: SeenCheck;
  /** Which form of an answer a request is given. */
  readonly choices: Choices;
}

/** From a request header to the form of the answer that it chooses. */
export type Choices = Readonly<
  Record<NonNullable<Memo["chosenBy"]>, (field: string | null) => string>
>;

/** An answer that is kept: as little of it as will do, since there are many. */
interface Kept {
  /** What chooses it among those of the same target. */
  readonly form: string;
  readonly memo: Omit<Memo, "notModified">;
  /** The answer to a client that has it, made when one comes. */
  notModified: Reply | null | undefined;
  /** When it was made, or last found to be as right as then. */
  madeAt: number;
}

/** All forms of what a target is answered with. */
interface Slot {
  readonly chosenBy: Memo["chosenBy"];
  readonly forms: readonly Kept[];
}

/** What a kept answer takes besides its body, its key and its headers. */
const OVERHEAD_BYTES = 2_048;

/** Parameters that ask for another form of a file or folder, or may do so. */
const MEANINGFUL_QUERY = /[%+]|download|listing|format|archive|\bqr\b/i;

/**
 * Makes a memory.
 *
 * @param deps Clock, disk, and how forms are chosen.
 * @returns The memory, empty.
 *
 * @example Usage
 * ```ts ignore
 * import { createAnswerMemory } from "./answer_memory.ts";
 *
 * const memory = createAnswerMemory({ now, check, choices });
 * const reply = memory.find(context);
 * ```
 */
export function createAnswerMemory(deps: MemoryDeps): AnswerMemory {
  const { now, check, choices } = deps;
  const files = new ByteMemory<Slot>(REMEMBERED_BYTES_MAX);
  const others = new ByteMemory<Slot>(REMEMBERED_OTHERS_BYTES_MAX);

  function slotOf(context: Context): Slot | undefined {
    const { target, search } = context;
    const slot = files.get(target) ?? others.get(target);
    if (slot !== undefined || search === "") return slot;
    return MEANINGFUL_QUERY.test(search)
      ? undefined
      : files.get(target.slice(0, -search.length));
  }

  function keptOf(context: Context): Kept | undefined {
    const slot = slotOf(context);
    if (slot === undefined) return undefined;
    const form = formOf(slot.chosenBy, context);
    return slot.forms.find((kept) => kept.form === form);
  }

  function formOf(chosenBy: Memo["chosenBy"], context: Context): string {
    return chosenBy === null
      ? ""
      : choices[chosenBy](context.headers.get(chosenBy));
  }

  /** Whether an answer is still right, by a look after its request came. */
  function isRight(kept: Kept): boolean | Promise<boolean> {
    const { memo, madeAt } = kept;
    if (memo.keepMs === null || now() - madeAt < memo.keepMs) {
      return check(memo.seen);
    }
    return memo.renewedBy !== null && isRenewed(kept, memo.renewedBy);
  }

  function isRenewed(kept: Kept, by: Seen): boolean | Promise<boolean> {
    const time = now();
    const renew = (isSame: boolean) => {
      if (isSame) kept.madeAt = time;
      return isSame;
    };
    const isSame = check([...kept.memo.seen, by]);
    return isSame instanceof Promise ? isSame.then(renew) : renew(isSame);
  }

  return {
    find(context) {
      const kept = keptOf(context);
      if (kept === undefined) return undefined;
      const reply = chooseReply(kept, context);
      if (reply === undefined) return undefined;
      const isSame = isRight(kept);
      if (isSame === true) return reply;
      if (isSame === false) return undefined;
      return isSame.then((isRight) => isRight ? reply : undefined);
    },
    keep(context, memo) {
      const key = keyOf(context, memo);
      if (key === null) return;
      const store = memo.isFile && memo.whole.status === 200 ? files : others;
      const { chosenBy } = memo;
      const before = store.get(key);
      const form = formOf(chosenBy, context);
      const otherForms = before?.chosenBy === chosenBy
        ? before.forms.filter((kept) => kept.form !== form)
        : [];
      const { notModified, ...rest } = memo;
      const kept: Kept = {
        form,
        memo: rest,
        notModified: notModified === null ? null : undefined,
        madeAt: now(),
      };
      const forms = [kept, ...otherForms];
      // What is true of the target now is in one place only.
      (store === files ? others : files).delete(key);
      store.set(key, { chosenBy, forms }, bytesOf(key, forms));
    },
  };
}

/** The reply that a request gets of a kept answer, if it is a plain matter. */
function chooseReply(kept: Kept, context: Context): Reply | undefined {
  const { memo } = kept;
  // Pages and refusals have no validators and no ranges.
  if (!memo.isFile || memo.whole.status !== 200) return memo.whole;
  const { headers } = context;
  if (
    headers.has("range") || headers.has("if-match") ||
    headers.has("if-unmodified-since")
  ) return undefined;
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== null) {
    return isTold(ifNoneMatch, memo.etag) ? notModifiedOf(kept) : undefined;
  }
  const ifModifiedSince = headers.get("if-modified-since");
  if (ifModifiedSince === null) return memo.whole;
  return isTold(ifModifiedSince, memo.lastModified)
    ? notModifiedOf(kept)
    : undefined;
}

/** RFC 9110 section 15.4.5: what a 304 has of the headers of the 200. */
const KEPT_HEADERS = new Set([
  "cache-control",
  "etag",
  "last-modified",
  "vary",
]);

function notModifiedOf(kept: Kept): Reply | undefined {
  if (kept.notModified === null) return undefined;
  return kept.notModified ??= {
    status: 304,
    headers: kept.memo.whole.headers.filter(([name]) => KEPT_HEADERS.has(name)),
    body: NO_BODY,
  };
}

/** Whether a client has this very form: lists and other dates take longer. */
function isTold(field: string, validator: string | null): boolean {
  return validator !== null && field === validator;
}

/** A file is the same whatever the query; a fragment is never looked at here. */
function keyOf({ target, search }: Context, memo: Memo): string | null {
  if (target.includes("#")) return null;
  if (!memo.isFile || search === "") return target;
  return MEANINGFUL_QUERY.test(search) ? null : target.slice(0, -search.length);
}

function bytesOf(key: string, forms: readonly Kept[]): number {
  let bytes = 2 * key.length;
  for (const { memo } of forms) {
    bytes += memo.whole.body.bytes.length + OVERHEAD_BYTES;
  }
  return bytes;
}
