/**
 * What the text of each flag's value means. Rules that hold for the library
 * as well stand in `option_checks.ts`.
 *
 * @module
 */

import type { LogFormat } from "../options.ts";
import {
  CACHE_LIMIT_SECONDS,
  checkCache,
  checkHeader,
} from "../option_checks.ts";
import { UsageError } from "./errors.ts";
import { LOG_FORMATS } from "./flag.ts";
import { suggestionFor } from "./suggestion.ts";

/** The greatest port number there is. */
const PORT_LIMIT = 65_535;

const PORT_ADVICE = `give a whole number from 0 to ${PORT_LIMIT}`;

/** Digits only: `0x10`, `1e3` and ` 8 ` are numbers to JavaScript alone. */
const DIGITS = /^[0-9]+$/;

/** One label of a host name; names on local networks also have `_`. */
const HOST_LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/**
 * Tells whether an argument by position is a port: a whole number.
 *
 * @param text The argument.
 * @returns Whether it is made of digits only.
 *
 * @example Usage
 * ```ts
 * import { isWholeNumber } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isWholeNumber("8000"), true);
 * assertEquals(isWholeNumber("0x10"), false);
 * ```
 */
export function isWholeNumber(text: string): boolean {
  return DIGITS.test(text);
}

/**
 * Reads a port.
 *
 * @param text Text of the value.
 * @param source Where it comes from, when that is not the command line's
 * flag: an argument by position, or the environment.
 * @returns The port, 0 for any free one.
 * @throws {UsageError} If it is no whole number from 0 to 65535.
 *
 * @example Usage
 * ```ts
 * import { parsePort } from "./values.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(parsePort("8000", "flag"), 8000);
 * assertThrows(() => parsePort("99999", "position"), Error, "./99999");
 * ```
 */
export function parsePort(
  text: string,
  source: "flag" | "position" | "environment",
): number {
  if (isWholeNumber(text) && Number(text) <= PORT_LIMIT) return Number(text);
  switch (source) {
    case "flag":
      throw new UsageError(`Cannot use "${text}" as a port: ${PORT_ADVICE}`);
    case "position":
      throw new UsageError(
        `Cannot use "${text}" as a port: ${PORT_ADVICE}, ` +
          `or write ./${text} for a folder`,
      );
    case "environment":
      throw new UsageError(
        `Cannot use "${text}" as a port, from the environment's PORT: ` +
          PORT_ADVICE,
      );
    default:
      throw source satisfies never;
  }
}

/**
 * Reads the path of what is shared.
 *
 * @param text Text of the value.
 * @returns The path as it was written.
 * @throws {UsageError} If it is empty or no path could be spelt like it.
 *
 * @example Usage
 * ```ts
 * import { parsePath } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parsePath("./99999"), "./99999");
 * ```
 */
export function parsePath(text: string): string {
  if (text !== "" && !text.includes("\0")) return text;
  throw new UsageError(
    `Cannot use "${text}" as a path: name the folder or file to share`,
  );
}

/**
 * Reads the address to listen on.
 *
 * @param text IP address, also in brackets, or host name.
 * @returns The address without brackets, an IPv6 one in its short form.
 * @throws {UsageError} If it is neither, or more than that.
 *
 * @example Usage
 * ```ts
 * import { parseBind } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseBind("[0:0::0]"), "::");
 * assertEquals(parseBind("localhost"), "localhost");
 * ```
 */
export function parseBind(text: string): string {
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  const address = toIPv6(inner ?? text) ??
    (inner === undefined && (isIPv4(text) || isHostName(text)) ? text : null);
  if (address !== null) return address;
  throw new UsageError(
    `Cannot use "${text}" as an address: give an IP address or a host name ` +
      "alone, and the port with --port",
  );
}

function toIPv6(text: string): string | null {
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text)) return null;
  const url = URL.parse(`http://[${text}]/`);
  return url === null ? null : url.hostname.slice(1, -1);
}

function isIPv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 &&
    parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && +part <= 255);
}

/** A name whose last label is a number is a mistyped IPv4 address. */
function isHostName(text: string): boolean {
  const labels = text.split(".");
  return text.length <= 253 &&
    labels.every((label) => HOST_LABEL.test(label)) &&
    !/^(\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? "");
}

/**
 * Reads a response header.
 *
 * @param text Header as `Name: value`.
 * @returns Lower-case name, and value without white space around it.
 * @throws {UsageError} If it is no header, or one that may not be set.
 *
 * @example Usage
 * ```ts
 * import { parseHeader } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseHeader("X-Robots-Tag: noindex"), [
 *   "x-robots-tag",
 *   "noindex",
 * ]);
 * ```
 */
export function parseHeader(
  text: string,
): readonly [name: string, value: string] {
  const colon = text.indexOf(":");
  if (colon < 1) {
    throw new UsageError(
      `Cannot use "${text}" as a header: write it as "Name: value"`,
    );
  }
  const name = text.slice(0, colon);
  const value = text.slice(colon + 1).replaceAll(/^[ \t]+|[ \t]+$/g, "");
  const wrong = checkHeader(name, value);
  if (wrong !== undefined) throw new UsageError(wrong);
  return [name.toLowerCase(), value];
}

/**
 * Reads how long clients may use a file without asking again.
 *
 * @param text Whole seconds.
 * @returns The seconds.
 * @throws {UsageError} If it is no whole number, or more than can be sent.
 *
 * @example Usage
 * ```ts
 * import { parseCache } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseCache("3600"), 3600);
 * ```
 */
export function parseCache(text: string): number {
  const seconds = isWholeNumber(text) ? Number(text) : NaN;
  if (checkCache(seconds) === undefined) return seconds;
  throw new UsageError(
    `Cannot use "${text}" as cache seconds: ` +
      `give a whole number from 0 to ${CACHE_LIMIT_SECONDS}`,
  );
}

/**
 * Reads the format of the access log.
 *
 * @param text Name of the format.
 * @returns The format.
 * @throws {UsageError} If there is no such format.
 *
 * @example Usage
 * ```ts
 * import { parseLogFormat } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseLogFormat("json"), "json");
 * ```
 */
export function parseLogFormat(text: string): LogFormat {
  const format = LOG_FORMATS.find((each) => each === text);
  if (format !== undefined) return format;
  const meant = suggestionFor(text, LOG_FORMATS);
  throw new UsageError(
    `Cannot use "${text}" as a log format: ` +
      (meant === undefined
        ? `give one of ${LOG_FORMATS.join(", ")}`
        : `did you mean ${meant}?`),
  );
}
