/**
 * Hostile requests made by chance: every axis of the kit, mixed within one
 * request, with bytes changed here and there. The same seed makes the same
 * requests.
 *
 * @module
 */

import type { Random } from "../acceptance/endurance/_random.ts";
import { requestText } from "./attack.ts";
import {
  FIELD_VALUES,
  FOREIGN_HOSTS,
  listCredentials,
  MALFORMED_HOSTS,
  METHODS,
  QUERIES,
  RANGES,
} from "./field_attacks.ts";
import { listFramingAttacks } from "./framing_attacks.ts";
import type { H2Attack } from "./h2_attacks.ts";
import { isText, listH2Attacks, OPEN_WIDE } from "./h2_attacks.ts";
import { headers, PREFACE, request } from "./h2_connection.ts";
import { type Goal, listGoals, SPELLINGS } from "./path_attacks.ts";

/** One request of many on a connection. */
export interface RandomRequest {
  readonly text: string;
  readonly method: string;
  readonly statuses?: readonly number[];
}

/** Bytes after which nothing is to be expected of the connection. */
export interface LastBytes {
  readonly text: string;
  readonly methods: readonly string[];
  /** Whether bytes were changed, so that a body may have become a request. */
  readonly isChanged: boolean;
}

/** Makes requests without end. */
export interface Generator {
  /** A request whose end is told plainly, but for bytes in its first lines. */
  request(): RandomRequest;
  /** An attack on framing, often with changed bytes. */
  last(): LastBytes;
  /** A connection of HTTP/2. */
  h2(): H2Attack;
}

const UPS = SPELLINGS.flatMap(({ up }) => up === undefined ? [] : [up]);
const SLASHES = SPELLINGS.flatMap(({ slash }) =>
  slash === undefined ? [] : [slash]
);
const WRITES = SPELLINGS.flatMap(({ write }) =>
  write === undefined ? [] : [write]
);
// Short ones: long ones are slow, and the kit has them.
const PREFIXES = SPELLINGS.flatMap(({ prefix = "" }) =>
  prefix.length < 100 ? [prefix] : []
);
const SUFFIXES = SPELLINGS.flatMap(({ suffix = "" }) =>
  suffix.length < 100 ? [suffix] : []
);
const SHORT_QUERIES = QUERIES.filter((query) => query.length < 200);

const PLAIN_TARGETS = [
  "/",
  "/public.txt",
  "/big.bin",
  "/numbers.txt",
  "/empty.txt",
  "/docs/",
  "/docs",
  "/sub/",
  "/sub/inner.txt",
  "/sub/link-in.txt",
  "/none",
  "/.well-known/thing.txt",
  "/with%20space%20&%20%3Cb%3E%22%27.txt",
];

const FOLDERS = [
  "sub",
  "sub/deep",
  "sub/deep/er",
  "docs",
  "none",
  "public.txt",
  "link-up",
  "link-out-folder",
  "link-root",
  ".git",
  ".well-known",
  ".",
  "",
];

const OTHER_LINES = [
  "Accept: application/json",
  "Accept: text/html;q=0, */*;q=0.001",
  "Accept-Encoding: br;q=1, gzip, *;q=0",
  "Origin: http://evil.example",
  "Origin: null",
  "User-Agent: \x80\x9b31m\xff",
  'User-Agent: a" 200 1 "\\',
  "Referer: http://evil.example/\xe2\x80\xae",
  "X-Forwarded-For: 127.0.0.1",
  "X-Forwarded-Host: evil.example",
  "X-Original-URL: /../secret.txt",
  "X-HTTP-Method-Override: DELETE",
  "Forwarded: host=evil.example",
  "Expect: 100-continue",
  "Upgrade: websocket",
  "TE: trailers",
  "Cookie: a=b; __proto__=c",
  "Content-Type: multipart/form-data; boundary=\xff",
  "Access-Control-Request-Method: GET",
  "Access-Control-Request-Private-Network: true",
  "Sec-Fetch-Site: cross-site",
];

/** Makes a generator. */
export function createGenerator(random: Random, alias: string): Generator {
  const goals = listGoals(alias);
  const credentials = listCredentials().map(({ line }) => line)
    .filter((line) => line.length < 5_000);
  const framing = listFramingAttacks().filter(({ bytes }) =>
    bytes.length < 5_000
  );
  const frames = listH2Attacks(alias).filter(({ text }) => text.length < 5_000);
  const fields = Object.entries({ ...FIELD_VALUES, "Range": RANGES });
  const oneOf = <T>(list: readonly [T, ...T[]] | readonly T[]): T => {
    const value = list[random.between(0, list.length - 1)];
    if (value === undefined) throw new RangeError("Nothing to choose from");
    return value;
  };
  const isLucky = (percent: number) => random.between(1, 100) <= percent;

  function target(): string {
    if (isLucky(20)) return oneOf(PLAIN_TARGETS) + query();
    const goal = oneOf(goals);
    const start = startOf(goal);
    const prefix = isLucky(15) ? oneOf(PREFIXES) : "";
    const suffix = isLucky(15) ? oneOf(SUFFIXES) : "";
    const written = [...start, ...goal.segments].map((name) =>
      name === ".." ? up() : isLucky(8) ? oneOf(WRITES)(name) : name
    );
    const path = written.reduce((text, name) => `${text}${slash()}${name}`, "");
    const whole = `${prefix}${path}${suffix}${isLucky(10) ? query() : ""}`;
    return isLucky(10) ? change(whole) : whole;
  }

  function startOf(goal: Goal): string[] {
    const folders = Array.from(
      { length: random.between(0, 3) },
      () => oneOf(FOLDERS),
    ).flatMap((folder) => folder.split("/"));
    const steps = goal.from === "disk"
      ? 24
      : folders.length + (goal.from === "parent" ? 1 : 0) +
        (isLucky(20) ? random.between(-2, 2) : 0);
    return [
      ...folders,
      ...Array.from({ length: Math.max(0, steps) }, () => ".."),
    ];
  }

  const habit = { up: "..", slash: "/" };
  function up(): string {
    return isLucky(80) ? habit.up : isLucky(70) ? ".." : oneOf(UPS);
  }
  function slash(): string {
    return isLucky(90) ? habit.slash : isLucky(80) ? "/" : oneOf(SLASHES);
  }
  function query(): string {
    return isLucky(40) ? oneOf(SHORT_QUERIES) : "";
  }

  /** Changes, adds or takes away some characters. */
  function change(text: string): string {
    let changed = text;
    for (let i = random.between(1, 3); i > 0; i--) {
      const at = random.between(0, changed.length);
      const end = at + random.between(0, 2);
      const byte = isLucky(50)
        ? String.fromCharCode(random.between(0x21, 0x7e))
        : String.fromCharCode(random.between(0, 0xff));
      changed = changed.slice(0, at) + (isLucky(80) ? byte : "") +
        changed.slice(end);
    }
    return changed;
  }

  function lines(): string[] {
    return Array.from({ length: random.magnitude(1, 5) - 1 }, () => {
      if (isLucky(15)) return oneOf(credentials);
      if (isLucky(40)) return oneOf(OTHER_LINES);
      const [name, values] = oneOf(fields);
      const value = oneOf(values);
      return `${name}: ${value.length < 3_000 ? value : value.slice(0, 300)}`;
    });
  }

  function someRequest(): RandomRequest {
    habit.up = isLucky(65) ? ".." : oneOf(UPS);
    habit.slash = isLucky(85) ? "/" : oneOf(SLASHES);
    const method = isLucky(88)
      ? "GET"
      : isLucky(50)
      ? "HEAD"
      : oneOf(METHODS).slice(0, 200);
    const wanted = target();
    const isForeign = isLucky(5);
    const host = isForeign
      ? oneOf(FOREIGN_HOSTS)
      : isLucky(5)
      ? oneOf(MALFORMED_HOSTS)
      : "localhost";
    const text = requestText(
      { method, target: wanted, host, lines: lines() },
      "keep-alive",
    );
    // An absolute form has an authority of its own, which counts.
    const isJudged = isForeign && wanted.startsWith("/");
    return isJudged
      ? { text, method, statuses: [400, 414, 421] }
      : { text, method };
  }

  return {
    request: someRequest,
    last() {
      const { bytes, methods } = oneOf(framing);
      const text = Array.from(bytes, (byte) => String.fromCharCode(byte))
        .join("");
      const isChanged = isLucky(70);
      return { text: isChanged ? change(text) : text, methods, isChanged };
    },
    h2() {
      if (isLucky(30)) {
        const attack = oneOf(frames);
        return {
          ...attack,
          text: PREFACE + change(attack.text.slice(PREFACE.length)),
          requests: 1,
        };
      }
      const targets = Array.from({ length: 40 }, target).filter(isText);
      return {
        name: "h2 by chance",
        text: OPEN_WIDE +
          targets.map((path, i) => headers(2 * i + 1, request(path))).join(""),
        requests: targets.length,
      };
    },
  };
}
