/**
 * Reads answers from the bytes of a connection, and says what is not well
 * formed about them.
 *
 * @module
 */

/** An answer; every character of its texts is one byte. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  /** By name in lower case; a repeated field is joined with ", ". */
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What stands at a place of a connection's bytes. */
export type Taken =
  | { readonly kind: "answer"; readonly answer: Answer; readonly end: number }
  /** More bytes are needed. */
  | { readonly kind: "partial" }
  | { readonly kind: "malformed"; readonly reason: string };

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3}) [\x20-\x7e]*$/;
const FIELD =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?$/;

/** Fields that mean something else when they stand there twice. */
const SINGLE = new Set([
  "content-length",
  "content-type",
  "content-range",
  "content-disposition",
  "content-security-policy",
  "date",
  "etag",
  "last-modified",
  "location",
  "retry-after",
  "transfer-encoding",
  "access-control-allow-origin",
]);

/** Takes the answer to a request with a method that begins at a place. */
export function takeAnswer(
  text: string,
  start: number,
  options: { readonly method: string; readonly isEnd: boolean },
): Taken {
  const headEnd = text.indexOf("\r\n\r\n", start);
  if (headEnd === -1) {
    // A head that is cut may be the work of a reset: whoever reads on, or no
    // further, knows.
    const isOdd = text.length - start >= 7 &&
      !text.startsWith("HTTP/1.", start);
    return isOdd
      ? malformed(`no head: ${JSON.stringify(text.slice(start, start + 80))}`)
      : { kind: "partial" };
  }
  const head = text.slice(start, headEnd);
  const parsed = parseHead(head);
  if (typeof parsed === "string") return malformed(parsed);
  const { status, fields } = parsed;
  const at = headEnd + 4;
  if (status === 100) return takeAnswer(text, at, options);
  const body = takeBody(text, at, { ...options, status, fields });
  if (body.kind !== "body") return body;
  return {
    kind: "answer",
    answer: { status, fields, head, body: body.text },
    end: body.end,
  };
}

function parseHead(
  head: string,
): { status: number; fields: Map<string, string> } | string {
  const [first = "", ...lines] = head.split("\r\n");
  const status = Number(STATUS_LINE.exec(first)?.[1]);
  if (!status) return `first line ${JSON.stringify(first.slice(0, 80))}`;
  const fields = new Map<string, string>();
  for (const line of lines) {
    const match = FIELD.exec(line);
    if (match === null) return `field ${JSON.stringify(line.slice(0, 80))}`;
    const name = match[1]?.toLowerCase() ?? "";
    const value = match[2] ?? "";
    const before = fields.get(name);
    if (before !== undefined && SINGLE.has(name)) return `two ${name}`;
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { status, fields };
}

type TakenBody =
  | { readonly kind: "body"; readonly text: string; readonly end: number }
  | Exclude<Taken, { kind: "answer" }>;

function takeBody(
  text: string,
  at: number,
  about: {
    readonly method: string;
    readonly isEnd: boolean;
    readonly status: number;
    readonly fields: ReadonlyMap<string, string>;
  },
): TakenBody {
  const { method, isEnd, status, fields } = about;
  if (method === "HEAD" || status === 204 || status === 304) {
    return { kind: "body", text: "", end: at };
  }
  const length = fields.get("content-length");
  const coding = fields.get("transfer-encoding");
  if (coding !== undefined) {
    if (coding !== "chunked" || length !== undefined) {
      return malformed(`coding ${coding}, length ${length}`);
    }
    return takeChunks(text, at);
  }
  if (length === undefined) {
    // Up to the end of the connection, as HTTP/1.0 had it.
    return isEnd
      ? { kind: "body", text: text.slice(at), end: text.length }
      : { kind: "partial" };
  }
  if (!/^\d{1,15}$/.test(length)) return malformed(`length ${length}`);
  const end = at + Number(length);
  return text.length < end
    ? { kind: "partial" }
    : { kind: "body", text: text.slice(at, end), end };
}

function takeChunks(text: string, start: number): TakenBody {
  const pieces: string[] = [];
  let at = start;
  while (true) {
    const lineEnd = text.indexOf("\r\n", at);
    if (lineEnd === -1) return { kind: "partial" };
    const line = text.slice(at, lineEnd);
    if (!/^[0-9A-Fa-f]{1,8}$/.test(line)) return malformed(`chunk ${line}`);
    const size = parseInt(line, 16);
    const end = lineEnd + 2 + size;
    if (text.length < end + 2) return { kind: "partial" };
    if (text.slice(end, end + 2) !== "\r\n") return malformed("end of chunk");
    if (size === 0) {
      return { kind: "body", text: pieces.join(""), end: end + 2 };
    }
    pieces.push(text.slice(lineEnd + 2, end));
    at = end + 2;
  }
}

function malformed(reason: string): Extract<Taken, { kind: "malformed" }> {
  return { kind: "malformed", reason };
}
