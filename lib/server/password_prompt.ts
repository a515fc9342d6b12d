/**
 * A password from the one who started the command: typed twice on a terminal
 * that shows nothing of it, or the first line of a pipe. What is asked goes to
 * standard error, so that standard output holds the answer only.
 *
 * @module
 */

import { checkPassword, SECRET_LIMIT_BYTES } from "../auth/user.ts";

/** A password, or why there is none. */
export type PasswordResult =
  | { readonly kind: "password"; readonly password: string }
  /** One line without `error: ` in front. */
  | { readonly kind: "failed"; readonly message: string }
  /** Ctrl-C, or a signal that ends the process. */
  | { readonly kind: "interrupted" };

/** Where a password comes from. */
export interface PasswordSource {
  /** Whether a person types it. */
  readonly isTerminal: boolean;
  /** Gives the next bytes, or `null` at the end. */
  readonly read: () => Promise<Uint8Array | null>;
  /** Shows something to the person. */
  readonly write: (text: string) => Promise<void>;
  /** Has the terminal show nothing of what is typed, until disposed of. */
  readonly hide: () => Disposable;
}

/** A line of a terminal as far as it was typed. */
type Typed =
  | { readonly kind: "line"; readonly line: string; readonly rest: string }
  | { readonly kind: "open"; readonly line: string }
  | { readonly kind: "interrupted" };

const LINE_END = /^[\r\n]/;
const ERASE = /^[\b\x7f]/;
const ERASE_ALL = "\x15";
const CTRL_C = "\x03";
const CTRL_D = "\x04";
/** Keys without a character, such as the arrows: an escape sequence. */
// deno-lint-ignore no-control-regex -- such a sequence begins with ESC
const KEY = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|O[@-~]|.)?/su;

/**
 * Reads a password.
 *
 * @param source Where it comes from.
 * @returns The password; both times that it is typed have to be the same.
 *
 * @example Usage
 * ```ts
 * import { readPassword } from "./password_prompt.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const chunks = [new TextEncoder().encode("open sesame\n")];
 * const result = await readPassword({
 *   isTerminal: false,
 *   read: () => Promise.resolve(chunks.shift() ?? null),
 *   write: () => Promise.resolve(),
 *   hide: () => ({ [Symbol.dispose]() {} }),
 * });
 *
 * assertEquals(result, { kind: "password", password: "open sesame" });
 * ```
 */
export async function readPassword(
  source: PasswordSource,
): Promise<PasswordResult> {
  return source.isTerminal ? await readTyped(source) : await readPiped(source);
}

async function readTyped(source: PasswordSource): Promise<PasswordResult> {
  using _hidden = source.hide();
  const decoder = new TextDecoder();
  let pending = "";

  async function ask(question: string): Promise<string | null> {
    await source.write(question);
    let typed: Typed = { kind: "open", line: "" };
    for (;;) {
      typed = type(typed.line, pending);
      if (typed.kind !== "open") break;
      const bytes = await source.read();
      // The terminal is gone.
      if (bytes === null) return null;
      pending = decoder.decode(bytes, { stream: true });
    }
    // The end of the line was not shown either.
    await source.write("\n");
    if (typed.kind === "interrupted") return null;
    pending = typed.rest;
    return typed.line;
  }

  const password = await ask("Password: ");
  if (password === null) return { kind: "interrupted" };
  const message = checkPassword(password);
  if (message !== undefined) return { kind: "failed", message };
  const again = await ask("Once more: ");
  if (again === null) return { kind: "interrupted" };
  return again === password ? { kind: "password", password } : {
    kind: "failed",
    message: "Cannot tell which password is meant: the two are not the same",
  };
}

/** What a line comes to with the keys that were pressed. */
function type(before: string, keys: string): Typed {
  let line = before;
  let rest = keys;
  while (rest !== "") {
    const [key = ""] = KEY.exec(rest) ??
      [String.fromCodePoint(rest.codePointAt(0) ?? 0)];
    rest = rest.slice(key.length);
    const isEnd = LINE_END.test(key) || (key === CTRL_D && line !== "");
    if (isEnd) return { kind: "line", line, rest: rest.replace(/^\n/, "") };
    if (key === CTRL_C || key === CTRL_D) return { kind: "interrupted" };
    if (key === ERASE_ALL) line = "";
    else if (ERASE.test(key)) line = [...line].slice(0, -1).join("");
    else if (!/\p{Cc}/u.test(key)) line += key;
  }
  return { kind: "open", line };
}

async function readPiped(source: PasswordSource): Promise<PasswordResult> {
  const bytes: number[] = [];
  // With room for the end of the line.
  while (!bytes.includes(0x0a) && bytes.length <= SECRET_LIMIT_BYTES + 2) {
    const chunk = await source.read();
    if (chunk === null) break;
    bytes.push(...chunk.subarray(0, SECRET_LIMIT_BYTES + 3));
  }
  const end = bytes.indexOf(0x0a);
  const line = bytes.slice(0, end === -1 ? undefined : end);
  const password = decode(new Uint8Array(line))?.replace(/\r$/, "");
  if (password === undefined) {
    return {
      kind: "failed",
      message: "Cannot use a password that is not UTF-8",
    };
  }
  const message = checkPassword(password);
  return message === undefined
    ? { kind: "password", password }
    : { kind: "failed", message };
}

/** `undefined` where the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
