/**
 * Targets that try to leave the shared folder, or to reach what is hidden in
 * it: every spelling of a step upwards × how deep the request starts × what
 * it wants.
 *
 * @module
 */

import { type Attack, oneRequest, utf8 } from "./attack.ts";

/** A way to write names and the steps between them. */
export interface Spelling {
  readonly name: string;
  /** A step upwards. */
  readonly up?: string;
  /** What stands between two segments. */
  readonly slash?: string;
  /** Stands before everything, the first slash too. */
  readonly prefix?: string;
  /** Stands after everything. */
  readonly suffix?: string;
  /** How a name is written. */
  readonly write?: (name: string) => string;
}

/** Something that is wanted, and the names that lead to it. */
export interface Goal {
  readonly name: string;
  /** Names from the parent of the folder, or from the folder itself. */
  readonly from: "parent" | "site" | "disk";
  readonly segments: readonly string[];
}

const escapeAll = (text: string) =>
  [...text].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .join("");
const escapeTwice = (text: string) => escapeAll(text).replaceAll("%", "%25");

/** Ways to write `..`, each with a plain slash. */
const UPS: Readonly<Record<string, string>> = {
  "plain": "..",
  "escaped": "%2e%2e",
  "escaped upper case": "%2E%2E",
  "first escaped": "%2e.",
  "second escaped": ".%2e",
  "escaped twice": "%252e%252e",
  "escaped three times": "%25252e%25252e",
  "overlong in 2 bytes": "%c0%ae%c0%ae",
  "overlong in 2 bytes raw": "\xc0\xae\xc0\xae",
  "overlong in 3 bytes": "%e0%80%ae%e0%80%ae",
  "overlong in 4 bytes": "%f0%80%80%ae%f0%80%80%ae",
  "overlong in 5 bytes": "%f8%80%80%80%ae%f8%80%80%80%ae",
  "overlong in 6 bytes": "%fc%80%80%80%80%ae%fc%80%80%80%80%ae",
  "cut sequence": "%c0%2e%c0%2e",
  "high bit": "%ae%ae",
  "fullwidth dots": "%ef%bc%8e%ef%bc%8e",
  "fullwidth dots raw": utf8("\uff0e\uff0e"),
  "one dot leaders": "%e2%80%a4%e2%80%a4",
  "two dot leader": "%e2%80%a5",
  "small full stops": "%ef%b9%92%ef%b9%92",
  "ideographic stops": "%e3%80%82%e3%80%82",
  "IIS escapes": "%u002e%u002e",
  "IIS fullwidth": "%uff0e%uff0e",
  "UTF-7": "+AC4-+AC4-",
  "HTML": "&#46;&#46;",
  "parameter": "..;",
  "parameter with value": "..;a=b",
  "escaped parameter": "..%3b",
  "before a parameter": ";/..",
  "NUL after": "..%00",
  "NUL between": ".%00.",
  "NUL raw": "..\0",
  "tab after": "..%09",
  "line end after": "..%0d%0a",
  "space after": "..%20",
  "plus after": "..+",
  "three dots": "...",
  "four dots": "....",
  "trailing dot": "../.",
  "doubled": "....//",
  "doubled with dots": "..././",
  "dot before": "./..",
  "escaped dot before": "%2e/..",
  "soft hyphen": ".%c2%ad.",
  "zero width": ".%e2%80%8b.",
  "direction mark": "%e2%80%8e..",
  "byte order mark": "%ef%bb%bf..",
  "star": "*",
  "question": "..%3f",
  "hash": "..%23",
  "bad escape": "..%",
  "bad hex": "%2g%2g",
  "lone surrogate": "%ed%a0%80..",
};

/** Ways to write a slash, each with plain dots. */
const SLASHES: Readonly<Record<string, string>> = {
  "escaped slash": "%2f",
  "escaped slash upper case": "%2F",
  "slash escaped twice": "%252f",
  "slash overlong in 2 bytes": "%c0%af",
  "slash overlong raw": "\xc0\xaf",
  "slash overlong in 3 bytes": "%e0%80%af",
  "slash overlong in 4 bytes": "%f0%80%80%af",
  "backslash": "\\",
  "escaped backslash": "%5c",
  "backslash escaped twice": "%255c",
  "backslash overlong": "%c1%9c",
  "backslash cut": "%c0%5c",
  "slash and backslash": "/\\",
  "backslash and slash": "\\/",
  "double slash": "//",
  "double backslash": "\\\\",
  "slash dot slash": "/./",
  "fullwidth slash": "%ef%bc%8f",
  "fullwidth slash raw": utf8("\uff0f"),
  "fullwidth backslash": "%ef%bc%bc",
  "division slash": "%e2%88%95",
  "fraction slash": "%e2%81%84",
  "big solidus": "%e2%a7%b8",
  "reverse solidus operator": "%e2%a7%b5",
  "IIS slash": "%u2215",
  "NUL and slash": "%00/",
  "colon": ":",
  "escaped colon": "%3a",
  "yen": "%c2%a5",
};

const BOTH: readonly Spelling[] = [
  { name: "dots and slash escaped", up: "%2e%2e", slash: "%2f" },
  { name: "dots escaped, backslash", up: "%2e%2e", slash: "\\" },
  { name: "dots and backslash escaped", up: "%2e%2e", slash: "%5c" },
  { name: "both escaped twice", up: "%252e%252e", slash: "%252f" },
  { name: "both overlong", up: "%c0%ae%c0%ae", slash: "%c0%af" },
  { name: "both fullwidth", up: "%ef%bc%8e%ef%bc%8e", slash: "%ef%bc%8f" },
  { name: "all escaped", up: "%2e%2e", slash: "%2f", write: escapeAll },
  { name: "names escaped", write: escapeAll },
  { name: "names escaped twice", write: escapeTwice },
  { name: "names in upper case", write: (name) => name.toUpperCase() },
  { name: "names with a trailing dot", write: (name) => `${name}.` },
  { name: "names with a trailing space", write: (name) => `${name}%20` },
  { name: "names with dots and spaces", write: (name) => `${name}.%20.` },
  { name: "names with a parameter", write: (name) => `${name};x=1` },
  { name: "names with NUL", write: (name) => `${name}%00.txt` },
  { name: "names in 8.3", write: shortName },
  { name: "names with a star", write: (name) => `${name.slice(0, 2)}*` },
  {
    name: "names in fullwidth",
    write: (name) =>
      encodeURIComponent(name.replaceAll(
        /[!-~]/g,
        (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0),
      )),
  },
];

const FRAMES: readonly Spelling[] = [
  { name: "absolute form", prefix: "http://localhost" },
  { name: "absolute form with port", prefix: "http://localhost:80" },
  { name: "absolute form https", prefix: "https://localhost" },
  { name: "absolute form in upper case", prefix: "HTTP://LOCALHOST" },
  { name: "absolute form with user", prefix: "http://u:p@localhost" },
  { name: "absolute form with another host", prefix: "http://[::1]" },
  { name: "absolute form without host", prefix: "http://" },
  { name: "file URL", prefix: "file://" },
  { name: "ftp URL", prefix: "ftp://localhost" },
  { name: "data URL", prefix: "data:text/plain," },
  { name: "two slashes first", prefix: "/" },
  { name: "many slashes first", prefix: "/".repeat(40) },
  { name: "backslash first", prefix: "/\\" },
  { name: "dot first", prefix: "/." },
  { name: "drive", prefix: "/C:" },
  { name: "drive escaped", prefix: "/C%3a" },
  { name: "drive with backslash", prefix: "/C:\\" },
  { name: "UNC", prefix: "//localhost/c$" },
  { name: "UNC with backslashes", prefix: "/\\\\localhost\\c$" },
  { name: "UNC escaped", prefix: "/%5c%5clocalhost%5cc$" },
  { name: "device path", prefix: "/\\\\?\\C:" },
  { name: "device path escaped", prefix: "/%5c%5c%3f%5cC:" },
  { name: "device path dot", prefix: "/\\\\.\\C:" },
  { name: "device name", prefix: "/con" },
  { name: "home", prefix: "/~" },
  { name: "home of root", prefix: "/~root" },
  { name: "variable", prefix: "/$HOME" },
  { name: "Windows variable", prefix: "/%25SystemRoot%25" },
  { name: "fragment first", prefix: "/#" },
  { name: "query first", prefix: "/?" },
  { name: "no slash", prefix: "" },
  { name: "escaped slash first", prefix: "/%2f" },
  { name: "alternate stream", suffix: "::$DATA" },
  { name: "alternate stream escaped", suffix: "%3a%3a$DATA" },
  { name: "index stream", suffix: ":$I30:$INDEX_ALLOCATION" },
  { name: "slash last", suffix: "/" },
  { name: "slash and dot last", suffix: "/." },
  { name: "escaped slash last", suffix: "%2f" },
  { name: "backslash last", suffix: "\\" },
  { name: "NUL last", suffix: "%00" },
  { name: "NUL and ending last", suffix: "%00.html" },
  { name: "line end last", suffix: "%0d%0aX-Forged:%201" },
  { name: "tilde last", suffix: "~" },
  { name: "query last", suffix: "?listing&format=json&download" },
  { name: "fragment last", suffix: "#/../.." },
  { name: "long query last", suffix: `?${"a".repeat(4_000)}` },
  { name: "steps last", suffix: "/x/..".repeat(300) },
];

/** All the ways of writing a path. */
export const SPELLINGS: readonly Spelling[] = [
  ...Object.entries(UPS).map(([name, up]) => ({ name, up })),
  ...Object.entries(SLASHES).map(([name, slash]) => ({ name, slash })),
  ...BOTH,
  ...FRAMES,
];

/** Folders that a request goes down before it goes up. */
export const STARTS: readonly (readonly string[])[] = [
  [],
  ["sub"],
  ["sub", "deep", "er"],
  ["none", "such"],
];

/** Where attacks want to get. */
export function listGoals(alias: string): Goal[] {
  const place = alias.split("/").slice(1);
  return [
    { name: "file outside", from: "parent", segments: ["secret.txt"] },
    { name: "folder outside", from: "parent", segments: ["private", ""] },
    {
      name: "sibling with the same prefix",
      from: "parent",
      segments: ["site-secret", "secret.txt"],
    },
    { name: "dotfile from above", from: "parent", segments: ["site", ".env"] },
    {
      name: "absolute path",
      from: "disk",
      segments: [...place, "secret.txt"],
    },
    { name: "system file", from: "disk", segments: ["etc", "passwd"] },
    { name: "dotfile", from: "site", segments: [".env"] },
    { name: "dot folder", from: "site", segments: [".git", "config"] },
    { name: "dot folder's index", from: "site", segments: [".git", ""] },
    { name: "hidden below", from: "site", segments: ["sub", ".hidden"] },
    { name: "link to file", from: "site", segments: ["link-out.txt"] },
    {
      name: "link to folder",
      from: "site",
      segments: ["link-out-folder", "secret.txt"],
    },
    {
      name: "link to sibling",
      from: "site",
      segments: ["link-sibling", "secret.txt"],
    },
    { name: "link upwards", from: "site", segments: ["link-up", ""] },
    {
      name: "link to the disk",
      from: "site",
      segments: ["link-root", ...place, "secret.txt"],
    },
    { name: "link to etc", from: "site", segments: ["link-etc", "passwd"] },
    {
      name: "link to the process",
      from: "site",
      segments: ["link-proc", "environ"],
    },
    { name: "chain of links", from: "site", segments: ["link-chain"] },
    { name: "absolute link", from: "site", segments: ["link-abs"] },
    { name: "endless device", from: "site", segments: ["link-zero"] },
    { name: "FIFO", from: "site", segments: ["fifo"] },
    { name: "unreadable file", from: "site", segments: ["unreadable.txt"] },
    {
      name: "unreadable folder",
      from: "site",
      segments: ["closed", "inner.txt"],
    },
    {
      name: "root without a slash",
      from: "site",
      segments: ["-secret", "secret.txt"],
    },
  ];
}

/** More steps than any path has: they end at the root of the disk. */
const STEPS_TO_DISK = 24;

/** Writes the way from a folder to a goal. */
export function writeTarget(
  spelling: Spelling,
  goal: Goal,
  start: readonly string[],
): string {
  const { up = "..", slash = "/", prefix = "", suffix = "" } = spelling;
  const write = spelling.write ?? ((name: string) => name);
  const steps = goal.from === "disk"
    ? STEPS_TO_DISK
    : start.length + (goal.from === "parent" ? 1 : 0);
  const segments = [
    ...start,
    ...Array.from({ length: steps }, () => up),
    ...goal.segments.map(write),
  ];
  const first = spelling.name === "no slash" ? "" : "/";
  return `${prefix}${first}${segments.join(slash)}${suffix}`;
}

/** Every spelling × start × goal; what lies in the folder is tried from two starts. */
export function listPathAttacks(alias: string): Attack[] {
  const attacks = new Map<string, Attack>();
  for (const goal of listGoals(alias)) {
    const starts = goal.from === "site" ? STARTS.slice(0, 2) : STARTS;
    for (const spelling of SPELLINGS) {
      for (const start of starts) {
        const target = writeTarget(spelling, goal, start);
        const name = `path: ${goal.name}, ${spelling.name}, from /${
          start.join("/")
        }`;
        // Two spellings that come to the same bytes are one attack.
        if (attacks.has(target)) continue;
        attacks.set(target, oneRequest(name, { target }));
      }
    }
  }
  return [...attacks.values()];
}

/** `secret.txt` as `SECRET~1.TXT`. */
function shortName(name: string): string {
  const [stem = "", ending = ""] = name.split(/\.(?=[^.]*$)/);
  return `${stem.slice(0, 6)}~1${ending && "."}${ending.slice(0, 3)}`
    .toUpperCase();
}
