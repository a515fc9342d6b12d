/**
 * The options of the server and the only place of a default. Inside `lib/`
 * every field is present; a module takes the interface with the few fields
 * that it needs.
 *
 * @module
 */

import type { LogRecord } from "./record.ts";

/** Which names of the shared folder can be seen. */
export interface FileRules {
  /**
   * Shows and serves names that begin with a dot.
   *
   * @default {false}
   */
  readonly dotfiles: boolean;
  /**
   * Follows symbolic links that lead outside the shared folder.
   *
   * @default {false}
   */
  readonly followSymlinks: boolean;
  /**
   * Answers a folder with its `index.html` or `index.htm`.
   *
   * @default {true}
   */
  readonly index: boolean;
  /**
   * Answers a folder without an index with a page of its entries, or as JSON.
   *
   * @default {true}
   */
  readonly listing: boolean;
}

/** Header fields that are added to what the server says by itself. */
export interface HeaderRules {
  /**
   * Seconds that a client may use a file without asking again, or `null` for
   * `Cache-Control: no-cache`: keep it, but ask each time.
   *
   * @default {null}
   */
  readonly cache: number | null;
  /**
   * Sends files compressed to clients that accept it, where their type is worth
   * it: from a sibling such as `app.js.br`, or compressed on the way.
   *
   * @default {true}
   */
  readonly compress: boolean;
  /**
   * Further response headers, as name and value. They win over the server's.
   *
   * @default {[]}
   */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Somebody who may look, with a password or what `--hash-password` printed. */
export type User =
  | { readonly name: string; readonly password: string }
  | { readonly name: string; readonly hash: string };

/** Who may look, and from where. */
export interface AccessRules {
  /**
   * Host names that are answered besides IP addresses and the names of local
   * networks: a name, `.example.com` for all under it, or `*`. `null` answers
   * to every name.
   *
   * @default {null}
   */
  readonly hosts: readonly string[] | null;
  /**
   * Users who may look, or `null` for everybody.
   *
   * @default {null}
   */
  readonly users: readonly User[] | null;
  /**
   * Origins whose pages may read the files, `["*"]` for any, or `null` for
   * none.
   *
   * @default {null}
   */
  readonly cors: readonly string[] | null;
}

/** The colours of the pages: those of the reader's system, or always the same. */
export type Theme = "auto" | "light" | "dark";

/** How the pages look. */
export interface PageRules {
  /**
   * What the pages of folders are called, or `null` for their own names.
   *
   * @default {null}
   */
  readonly title: string | null;
  /**
   * Colours of the pages.
   *
   * @default {"auto"}
   */
  readonly theme: Theme;
}

/** Everything that can be chosen about how a folder is served. */
export interface ServeOptions
  extends FileRules, PageRules, HeaderRules, AccessRules {
  /**
   * Gives a folder, or some of its entries, as one archive to whoever asks.
   * There is none without {@linkcode FileRules.listing}.
   *
   * @default {true}
   */
  readonly archive: boolean;
  /**
   * Called once for each answer when it has ended, or `null`.
   *
   * @default {null}
   */
  readonly log: ((record: LogRecord) => void) | null;
}

/** The values of the options that are not given. */
export const DEFAULTS: ServeOptions = Object.freeze({
  dotfiles: false,
  followSymlinks: false,
  index: true,
  listing: true,
  archive: true,
  title: null,
  theme: "auto",
  cache: null,
  compress: true,
  headers: [],
  hosts: null,
  users: null,
  cors: null,
  log: null,
});

/** How the access log is written. */
export type LogFormat = "common" | "combined" | "json" | "python";

/** What the command line adds to {@linkcode ServeOptions}. */
export interface CommandOptions extends Omit<ServeOptions, "log"> {
  /** Port to listen on; 0 takes a free one. */
  readonly port: number;
  /** Whether the port was asked for, so that no other may be taken. */
  readonly portAsked: boolean;
  /** Address or host name to listen on, without brackets. */
  readonly bind: string;
  /** Folder or file to share, as it was written. */
  readonly directory: string;
  /** Whether it was asked for, so that nothing else may be shared. */
  readonly directoryAsked: boolean;
  /** Format of the access log. */
  readonly logFormat: LogFormat;
  /** Writes no access log. */
  readonly quiet: boolean;
  /** File of users and password hashes, or `null`. */
  readonly authFile: string | null;
  /** Serves HTTPS with a certificate made in memory. */
  readonly tls: boolean;
  /** File of the certificate for HTTPS, or `null`. */
  readonly tlsCert: string | null;
  /** File of its private key, or `null`. */
  readonly tlsKey: string | null;
  /** Starts again with fewer permissions where there are too many. */
  readonly sandbox: boolean;
  /** Prints the network address as a QR code. */
  readonly qr: boolean;
  /** Opens the browser. */
  readonly open: boolean;
}

/** The command's values where a flag is not given. */
export const COMMAND_DEFAULTS: CommandOptions = Object.freeze({
  dotfiles: DEFAULTS.dotfiles,
  followSymlinks: DEFAULTS.followSymlinks,
  index: DEFAULTS.index,
  listing: DEFAULTS.listing,
  archive: DEFAULTS.archive,
  title: DEFAULTS.title,
  theme: DEFAULTS.theme,
  cache: DEFAULTS.cache,
  compress: DEFAULTS.compress,
  headers: DEFAULTS.headers,
  // The command is met by every page that a browser on this machine shows.
  hosts: [],
  users: DEFAULTS.users,
  cors: DEFAULTS.cors,
  port: 8000,
  portAsked: false,
  bind: "0.0.0.0",
  directory: ".",
  directoryAsked: false,
  logFormat: "common",
  quiet: false,
  authFile: null,
  tls: false,
  tlsCert: null,
  tlsKey: null,
  sandbox: true,
  qr: false,
  open: false,
});
