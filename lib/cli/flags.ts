/**
 * The one table of flags. Parsing, `--help`, completions and the table in the
 * README are made from it; what a default is stands in `options.ts`.
 *
 * @module
 */

import { THEMES } from "../option_checks.ts";
import { COMMAND_DEFAULTS } from "../options.ts";
import { type Flag, LOG_FORMATS, SHELLS } from "./flag.ts";

/** What most rows have in common. */
const ROW = {
  short: null,
  aliases: [],
  value: null,
  isValueOptional: false,
  repeatable: false,
  completion: null,
};

/** Every flag of the command, in the order in which `--help` shows them. */
export const FLAGS: readonly Flag[] = [
  {
    ...ROW,
    name: "port",
    short: "p",
    value: "PORT",
    group: "Where",
    help: "Port to listen on; 0 takes a free one",
    default: String(COMMAND_DEFAULTS.port),
    option: "port",
  },
  {
    ...ROW,
    name: "bind",
    short: "b",
    aliases: ["host"],
    value: "ADDRESS",
    group: "Where",
    help: "Address to listen on: 127.0.0.1 for this machine alone, :: for " +
      "IPv6 and IPv4",
    default: COMMAND_DEFAULTS.bind,
    option: "bind",
  },
  {
    ...ROW,
    name: "qr",
    group: "Where",
    help: "Print the network address as a QR code for a phone",
    default: toOnOff(COMMAND_DEFAULTS.qr),
    option: "qr",
  },
  {
    ...ROW,
    name: "open",
    short: "o",
    group: "Where",
    help: "Open the browser once the server listens",
    default: toOnOff(COMMAND_DEFAULTS.open),
    option: "open",
  },
  {
    ...ROW,
    name: "directory",
    short: "d",
    value: "PATH",
    completion: "path",
    group: "What is shared",
    help: "Folder or single file to share",
    default: COMMAND_DEFAULTS.directory,
    option: "directory",
  },
  {
    ...ROW,
    name: "no-listing",
    group: "What is shared",
    help: "Answer 404 for a folder without an index page",
    default: `listing ${toOnOff(COMMAND_DEFAULTS.listing)}`,
    option: "listing",
  },
  {
    ...ROW,
    name: "no-index",
    group: "What is shared",
    help: "Show the folder page even where there is an index.html",
    default: `index ${toOnOff(COMMAND_DEFAULTS.index)}`,
    option: "index",
  },
  {
    ...ROW,
    name: "dotfiles",
    group: "What is shared",
    help: "Show and serve names that begin with a dot; .well-known is always " +
      "served",
    default: toOnOff(COMMAND_DEFAULTS.dotfiles),
    option: "dotfiles",
  },
  {
    ...ROW,
    name: "follow-symlinks",
    group: "What is shared",
    help: "Follow links that lead outside the folder, to places that may be " +
      "read",
    default: toOnOff(COMMAND_DEFAULTS.followSymlinks),
    option: "followSymlinks",
  },
  {
    ...ROW,
    name: "no-archive",
    group: "Folder page",
    help: "Offer no archives of folders",
    default: `archive ${toOnOff(COMMAND_DEFAULTS.archive)}`,
    option: "archive",
  },
  {
    ...ROW,
    name: "title",
    value: "TEXT",
    group: "Folder page",
    help: "What the pages are called",
    default: COMMAND_DEFAULTS.title ?? "name of the folder",
    option: "title",
  },
  {
    ...ROW,
    name: "theme",
    value: "THEME",
    completion: THEMES,
    group: "Folder page",
    help: `Colours of the pages: ${THEMES.join(", ")}`,
    default: COMMAND_DEFAULTS.theme,
    option: "theme",
  },
  {
    ...ROW,
    name: "header",
    short: "H",
    value: '"K: V"',
    repeatable: true,
    group: "How it is sent",
    help: "Add a response header, or replace one; may be given several times",
    default: "none",
    option: "headers",
  },
  {
    ...ROW,
    name: "cache",
    value: "SECONDS",
    group: "How it is sent",
    help: "How long clients may use a file without asking again",
    default: COMMAND_DEFAULTS.cache === null
      ? "revalidate"
      : String(COMMAND_DEFAULTS.cache),
    option: "cache",
  },
  {
    ...ROW,
    name: "no-compress",
    group: "How it is sent",
    help: "Send every file as it is, neither compressed nor in the form of a " +
      ".br, .zst or .gz beside it",
    default: `compress ${toOnOff(COMMAND_DEFAULTS.compress)}`,
    option: "compress",
  },
  {
    ...ROW,
    name: "cors",
    value: "ORIGINS",
    isValueOptional: true,
    group: "How it is sent",
    help: "Let pages of other origins read the files: of any, or of those " +
      "given, as in --cors=https://a.example,https://b.example",
    default: "off",
    option: "cors",
  },
  {
    ...ROW,
    name: "auth",
    short: "a",
    value: "USER:PASS",
    repeatable: true,
    group: "Who may look",
    help: "Ask for this name and password; may be given several times. Other " +
      "users of this machine can see it: --auth-file hides it",
    default: "none",
    option: "users",
  },
  {
    ...ROW,
    name: "auth-file",
    value: "FILE",
    completion: "path",
    group: "Who may look",
    help: "Ask for the passwords of a file with one user:hash a line",
    default: "none",
    option: "authFile",
  },
  {
    ...ROW,
    name: "hash-password",
    group: "Who may look",
    help: "Ask for a password, print its hash and exit",
    default: null,
    option: null,
  },
  {
    ...ROW,
    name: "tls",
    group: "Who may look",
    help: "Serve HTTPS with a certificate of its own, made in memory",
    default: toOnOff(COMMAND_DEFAULTS.tls),
    option: "tls",
  },
  {
    ...ROW,
    name: "tls-cert",
    value: "FILE",
    completion: "path",
    group: "Who may look",
    help: "Serve HTTPS with this certificate, a PEM file",
    default: "none",
    option: "tlsCert",
  },
  {
    ...ROW,
    name: "tls-key",
    value: "FILE",
    completion: "path",
    group: "Who may look",
    help: "Private key of that certificate, a PEM file",
    default: "none",
    option: "tlsKey",
  },
  {
    ...ROW,
    name: "allow-host",
    value: "NAME",
    repeatable: true,
    group: "Who may look",
    help: "Answer to one more host name, .example.com for all under it, * " +
      "for any; may be given several times",
    default: "addresses and local names",
    option: "hosts",
  },
  {
    ...ROW,
    name: "log-format",
    value: "FORMAT",
    completion: LOG_FORMATS,
    group: "Log",
    help: `Lines of the access log: ${LOG_FORMATS.join(", ")}`,
    default: COMMAND_DEFAULTS.logFormat,
    option: "logFormat",
  },
  {
    ...ROW,
    name: "quiet",
    short: "q",
    group: "Log",
    help: "Write no access log",
    default: toOnOff(COMMAND_DEFAULTS.quiet),
    option: "quiet",
  },
  {
    ...ROW,
    name: "no-sandbox",
    group: "Process",
    help: "Do not start again with fewer permissions under deno run -A",
    default: `sandbox ${toOnOff(COMMAND_DEFAULTS.sandbox)}`,
    option: "sandbox",
  },
  {
    ...ROW,
    name: "completions",
    value: "SHELL",
    completion: SHELLS,
    group: "About",
    help: "Print what makes a shell complete these flags, and exit: " +
      SHELLS.join(", "),
    default: null,
    option: null,
  },
  {
    ...ROW,
    name: "help",
    short: "h",
    group: "About",
    help: "Show this help and exit",
    default: null,
    option: null,
  },
  {
    ...ROW,
    name: "version",
    short: "V",
    group: "About",
    help: "Show the versions of serve, deno and v8 and exit",
    default: null,
    option: null,
  },
];

function toOnOff(value: boolean): string {
  return value ? "on" : "off";
}
