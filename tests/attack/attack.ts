/**
 * A hostile exchange as data: the bytes of one connection, and what they may
 * bring about.
 *
 * @module
 */

/** What is sent over one connection. */
export interface Attack {
  /** Axis and values; no two attacks of the kit have the same. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Methods of the requests in the bytes, as a server that reads them strictly
   * would count them. More answers than these mean that a body was answered.
   */
  readonly methods: readonly string[];
  /** Statuses that an answer may have, where the rules name them. */
  readonly statuses?: readonly number[];
  /**
   * The bytes are no whole request, so the server may wait for more for ever:
   * that nothing comes is right.
   */
  readonly waits?: true;
}

/** What a hostile request is made of. */
export interface RequestParts {
  readonly method?: string;
  /** Every character is one byte. */
  readonly target: string;
  readonly version?: string;
  /** Lines between the first one and the blank one, without `Host`. */
  readonly lines?: readonly string[];
  /** `null` sends no `Host`. */
  readonly host?: string | null;
  readonly body?: string;
  readonly statuses?: readonly number[];
}

/** One byte for each character: what is no byte is a mistake of the kit. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) throw new RangeError(`No byte: ${text.slice(i, i + 9)}`);
    bytes[i] = code;
  }
  return bytes;
}

/** Text as the characters that its UTF-8 bytes are one by one. */
export function utf8(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => String.fromCharCode(byte)).join("");
}

/** The head and body of a request as text. */
export function requestText(
  parts: RequestParts,
  end: "close" | "keep-alive" = "close",
): string {
  const { method = "GET", version = "HTTP/1.1", host = "localhost" } = parts;
  const lines = [`${method} ${parts.target} ${version}`];
  if (host !== null) lines.push(`Host: ${host}`);
  lines.push(...parts.lines ?? []);
  if (end === "close") lines.push("Connection: close");
  return `${lines.join("\r\n")}\r\n\r\n${parts.body ?? ""}`;
}

/** An attack that is one request, after which the connection is to end. */
export function oneRequest(name: string, parts: RequestParts): Attack {
  return {
    name,
    bytes: bytesOf(requestText(parts)),
    methods: [parts.method ?? "GET"],
    ...(parts.statuses === undefined ? {} : { statuses: parts.statuses }),
  };
}
