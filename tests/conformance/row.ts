/**
 * What a row of the wire tables is: one request as it goes over the wire, and
 * the answers that are right. Rows are data, so the same ones can be put to
 * any server that serves the fixture folder.
 *
 * @module
 */

/** Header lines of a request, in order; values may hold a placeholder. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** What a header of the answer must be: this text, like this, or absent. */
export type HeaderCheck = string | RegExp | null;

/** What the body of the answer must be. */
export type BodyCheck =
  | { readonly kind: "empty" }
  | { readonly kind: "text"; readonly text: string }
  /** The bytes of a fixture file, from `start` up to and without `end`. */
  | {
    readonly kind: "file";
    readonly file: string;
    readonly start?: number;
    readonly end?: number;
  }
  /**
   * `multipart/byteranges`: exactly these parts in this order, or (`covers`)
   * parts that cover all of them, in one part or more, or (`some`) parts that
   * cover at least one of them.
   */
  | {
    readonly kind: "parts";
    readonly file: string;
    readonly ranges: readonly (readonly [first: number, last: number])[];
    readonly order: "exact" | "covers" | "some";
  };

/** One right answer. */
export interface Outcome {
  /** The status, or several that are as good. */
  readonly status: number | readonly number[];
  /** Where `Location` leads, as path and query; several spellings may do. */
  readonly location?: string | readonly string[];
  /** Checks by lower-case header name. */
  readonly headers?: Readonly<Record<string, HeaderCheck>>;
  readonly body?: BodyCheck;
  /** Allowed by the RFC, but not what this server does. */
  readonly rfcOnly?: boolean;
}

/** What a plain GET of a target says: the base that conditions refer to. */
export interface Resource {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: number;
}

/** Right answers, or how they follow from the validators of the resource. */
export type Expectation =
  | readonly Outcome[]
  | ((resource: Resource) => readonly Outcome[]);

/** How a request differs from a plain `GET` of a target. */
export interface RequestParts {
  /** Bytes between method and version, not touched. */
  readonly target: string;
  readonly method?: string;
  /**
   * Further header lines. In a value, `{etag}`, `{weak}`, `{modified}`,
   * `{earlier}` and `{later}` stand for the validators of the resource, and
   * `{address}` in target and host for the server's address.
   */
  readonly headers?: HeaderLines;
  /** Value of `Host`; `null` sends none, absent is the server's address. */
  readonly host?: string | null;
  readonly version?: "HTTP/1.0" | "HTTP/1.1";
  readonly content?: string;
}

/** One request and its right answers. */
export interface Row extends RequestParts {
  /** Unique within its table. */
  readonly id: string;
  /** The clause or the reason that the expectation follows from. */
  readonly clause: string;
  /** About this project's own choices; not put to other servers. */
  readonly contract?: boolean;
  /** Target whose validators are meant, `target` unless told. */
  readonly resource?: string;
  readonly expect: Expectation;
}

/**
 * A request that is sent as HEAD, and as GET without `Range`: the headers of
 * both answers must be the same (RFC 9110 section 9.3.2).
 */
export interface ParityRow extends RequestParts {
  readonly id: string;
  readonly clause: string;
  readonly contract?: boolean;
  readonly resource?: string;
}

/** A table of rows. */
export type Table =
  & {
    readonly name: string;
    /** Thousands of generated rows: only those that fail are printed. */
    readonly isMatrix?: boolean;
  }
  & (
    | { readonly kind: "exchange"; readonly rows: readonly Row[] }
    | { readonly kind: "parity"; readonly rows: readonly ParityRow[] }
  );

/** The answer with a whole file. */
export function whole(file: string, size: number): Outcome {
  return {
    status: 200,
    headers: { "content-length": String(size), "content-range": null },
    body: { kind: "file", file },
  };
}

/** The same outcomes, as allowed to others only. */
export function rfcOnly(...outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.map((outcome) => ({ ...outcome, rfcOnly: true }));
}

/** The statuses by which a server refuses a target. */
export const REFUSED: readonly number[] = [400, 403, 404, 410, 414, 421, 422];
/** The statuses that send a client elsewhere by `Location`. */
export const REDIRECTED: readonly number[] = [301, 302, 303, 307, 308];
