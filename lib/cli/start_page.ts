/**
 * What the command prints once the server accepts connections. The first line
 * is the one that scripts written for Python's server look for.
 *
 * @module
 */

import { isLoopback } from "../http/loopback.ts";
import type { ListenAddress } from "./address_urls.ts";
import { toPrintable } from "./printable.ts";

/** What the start page tells. */
export interface StartFacts extends ListenAddress {
  /** Whether a folder is shared or one file. */
  readonly shared: "folder" | "file";
  /** Path of what is shared, as it is shown. */
  readonly folder: string;
  /** Whether a person looks on; otherwise only URLs are printed. */
  readonly isTerminal: boolean;
  /** Whether to use colours. */
  readonly color: boolean;
  /** URL on this machine, or `null` where it is not reached as such. */
  readonly localUrl: string | null;
  /** URLs for others, the likeliest first. */
  readonly networkUrls: readonly string[];
  /** SHA-256 of a certificate that was made here, or `null`. */
  readonly fingerprint: string | null;
  /** Whether only those with a password can look. */
  readonly asksPassword: boolean;
  /** What the process may do and needs to. */
  readonly allowed: readonly string[];
  /** What it may do beyond that. */
  readonly more: readonly string[];
  /** Command line that allows no more, for when it may do more. */
  readonly narrowCommand: string | null;
  /** Whether no command line can, as with what is built into an executable. */
  readonly isHeldByCodeAlone: boolean;
  /** What is worth a warning, one sentence each. */
  readonly warnings: readonly string[];
  /** QR code of the first of the URLs for others, drawn, or `null`. */
  readonly qr: string | null;
}

/** A line of the page: what it is about, and what it says. */
type Row = readonly [label: string, text: string];

/** Width of the longest label and the space after it. */
const LABEL_COLUMNS = 9;

const RESET = "\x1b[0m";
const BOLD = "\x1b[1m";
const CYAN = "\x1b[36m";
const YELLOW = "\x1b[33m";

/**
 * Writes the start page.
 *
 * @param facts What it tells.
 * @returns The page, without a line break at its end. Where nobody looks on:
 * the first line and the URLs, without warnings.
 *
 * @example Usage
 * ```ts
 * import { startPage } from "./start_page.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const page = startPage({
 *   scheme: "http",
 *   bind: "127.0.0.1",
 *   port: 8000,
 *   shared: "folder",
 *   folder: "~/site",
 *   isTerminal: false,
 *   color: false,
 *   localUrl: "http://localhost:8000/",
 *   networkUrls: [],
 *   fingerprint: null,
 *   asksPassword: false,
 *   allowed: ["read ~/site", "listen on port 8000"],
 *   more: [],
 *   narrowCommand: null,
 *   isHeldByCodeAlone: false,
 *   warnings: [],
 *   qr: null,
 * });
 *
 * assertEquals(page.split("\n"), [
 *   "Serving HTTP on 127.0.0.1 port 8000 (http://127.0.0.1:8000/) ...",
 *   "  Local    http://localhost:8000/",
 * ]);
 * ```
 */
export function startPage(facts: StartFacts): string {
  const first = firstLine(facts);
  if (!facts.isTerminal) {
    const rows = [...localRows(facts), ...networkRows(facts)];
    return [first, ...rows.map(plainLine), ...qrLines(facts)].join("\n");
  }
  const toLine = facts.color ? coloredLine : plainLine;
  const rows = [
    [facts.shared === "file" ? "File" : "Folder", facts.folder] as const,
    ...localRows(facts),
    ...withNote(networkRows(facts), facts),
    ...fingerprintRows(facts),
    ...allowedRows(facts),
    ...facts.warnings.map((text) => ["Warning", text] as const),
  ];
  const lines = [first, "", ...rows.map(toLine), ...qrLines(facts)];
  return [...lines, "", "Ctrl-C stops."].join("\n");
}

/** Always the whole port, which the line's readers expect. */
function firstLine({ scheme, bind, port }: StartFacts): string {
  const host = bind.includes(":") ? `[${bind}]` : bind;
  return `Serving ${scheme.toUpperCase()} on ${bind} port ${port} ` +
    `(${scheme}://${host}:${port}/) ...`;
}

function localRows({ localUrl }: StartFacts): Row[] {
  return localUrl === null ? [] : [["Local", localUrl]];
}

function networkRows({ networkUrls }: StartFacts): Row[] {
  return networkUrls.map((url) => ["Network", url]);
}

/** Says once who can read what is shared, also where no URL is known. */
function withNote(rows: readonly Row[], facts: StartFacts): Row[] {
  const [first, ...others] = rows;
  if (first !== undefined) {
    const note = facts.asksPassword
      ? "anyone with a password can read"
      : `anyone in this network can read the ${facts.shared}`;
    return [[first[0], `${first[1]}   ${note}`], ...others];
  }
  if (isLoopback(facts.bind)) return [];
  return [[
    "Network",
    facts.asksPassword
      ? `anyone with a password can read the ${facts.shared}`
      : `anyone who can reach port ${facts.port} of this machine can read ` +
        `the ${facts.shared}`,
  ]];
}

/** It is of the first URL, which is told where there are others. */
function qrLines({ qr, networkUrls }: StartFacts): string[] {
  if (qr === null) return [];
  const [url = "", ...others] = networkUrls;
  return others.length === 0 ? ["", qr] : ["", plainLine(["QR", url]), qr];
}

/** What a browser shows of the certificate, to compare by eye: two rows. */
function fingerprintRows({ fingerprint }: StartFacts): Row[] {
  if (fingerprint === null) return [];
  const bytes = fingerprint.split(":");
  return [
    ["SHA-256", bytes.slice(0, 16).join(":")],
    ["", bytes.slice(16).join(":")],
  ];
}

function allowedRows(facts: StartFacts): Row[] {
  const { allowed, more, narrowCommand, isHeldByCodeAlone } = facts;
  const needed = allowed.join(", ");
  if (more.length === 0) return [["Allowed", `${needed}; nothing else`]];
  const rows: Row[] = [["Allowed", `${needed}; also: ${more.join(", ")}`]];
  if (narrowCommand !== null) {
    rows.push(["", `this is enough: ${narrowCommand}`]);
  }
  if (isHeldByCodeAlone) {
    rows.push([
      "",
      "an executable cannot be allowed less: its own code alone keeps to the " +
      facts.shared,
    ]);
  }
  return rows;
}

function plainLine([label, text]: Row): string {
  return `  ${label.padEnd(LABEL_COLUMNS)}${toPrintable(text)}`;
}

/** The label stands out; so do URLs, and all of a warning. */
function coloredLine(row: Row): string {
  const [label] = row;
  const line = plainLine(row);
  if (label === "Warning") return `${YELLOW}${line}${RESET}`;
  if (label === "") return line;
  const at = 2 + LABEL_COLUMNS;
  const text = line.slice(at).replace(/^https?:\S+/, `${CYAN}$&${RESET}`);
  return `${BOLD}${line.slice(0, at)}${RESET}${text}`;
}
