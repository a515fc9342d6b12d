/**
 * HTTP/1.1 by hand: what goes over the wire is exactly what the test wrote.
 *
 * @module
 */

/** An answer as it came over the wire. */
export interface RawResponse {
  readonly status: number;
  /** Lower-case names; a repeated field is joined with ", ". */
  readonly headers: ReadonlyMap<string, string>;
  readonly headerLines: readonly string[];
  /** Body after chunked coding is removed. */
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What to send. */
export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null` sends no Host at all. */
  readonly host?: string | null;
  /** Milliseconds until the exchange is given up, 10,000 unless told. */
  readonly deadlineMs?: number;
}

/** Host and port to connect to. */
export interface Address {
  readonly hostname: string;
  readonly port: number;
}

/** Sends one request whose target is not touched and reads its whole answer. */
export async function rawRequest(
  address: Address,
  target: string,
  request: RawRequest = {},
): Promise<RawResponse> {
  const { method = "GET", headers = {}, host = "localhost" } = request;
  const lines = [`${method} ${target} HTTP/1.1`];
  if (host !== null) lines.push(`Host: ${host}`);
  for (const [name, value] of Object.entries(headers)) {
    lines.push(`${name}: ${value}`);
  }
  lines.push("Connection: close", "", "");
  const bytes = await rawExchange(
    address,
    new TextEncoder().encode(lines.join("\r\n")),
    request.deadlineMs,
  );
  return parseResponse(bytes, method === "HEAD");
}

/** Sends bytes and reads until the server closes the connection. */
export async function rawExchange(
  address: Address,
  bytes: Uint8Array,
  deadlineMs = 10_000,
): Promise<Uint8Array<ArrayBuffer>> {
  using connection = await Deno.connect(address);
  const timer = setTimeout(() => {
    try {
      connection.close();
    } catch { /* already closed: the exchange has ended */ }
  }, deadlineMs);
  try {
    await writeAll(connection, bytes);
    return await readAll(connection);
  } finally {
    clearTimeout(timer);
  }
}

/** Writes all of the bytes. */
export async function writeAll(
  writer: Deno.Conn,
  bytes: Uint8Array,
): Promise<void> {
  for (let sent = 0; sent < bytes.length;) {
    sent += await writer.write(bytes.subarray(sent));
  }
}

async function readAll(
  connection: Deno.Conn,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const buffer = new Uint8Array(65_536);
  while (true) {
    const count = await connection.read(buffer).catch((error) => {
      if (error instanceof Deno.errors.ConnectionReset) return null;
      throw error;
    });
    if (count === null) return concat(chunks);
    chunks.push(buffer.slice(0, count));
  }
}

/** Joins byte arrays. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, c) => sum + c.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Takes an answer apart. */
export function parseResponse(
  bytes: Uint8Array<ArrayBuffer>,
  isHead = false,
): RawResponse {
  const end = indexOfBlankLine(bytes);
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, end));
  const [statusLine = "", ...headerLines] = head.split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1]);
  if (!status) throw new Error(`No HTTP answer: ${JSON.stringify(head)}`);
  const headers = new Map<string, string>();
  for (const line of headerLines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const rest = bytes.slice(end + 4);
  const chunked = headers.get("transfer-encoding") === "chunked" && !isHead;
  const body = chunked ? dechunk(rest) : rest;
  return { status, headers, headerLines, body };
}

function indexOfBlankLine(bytes: Uint8Array): number {
  for (let i = 0; i + 3 < bytes.length; i++) {
    if (
      bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 &&
      bytes[i + 3] === 10
    ) return i;
  }
  throw new Error(`No complete head in ${bytes.length} bytes`);
}

function dechunk(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  const latin1 = new TextDecoder("latin1");
  let at = 0;
  while (true) {
    let lineEnd = at;
    while (lineEnd < bytes.length && bytes[lineEnd] !== 13) lineEnd++;
    const size = parseInt(latin1.decode(bytes.subarray(at, lineEnd)), 16);
    if (Number.isNaN(size)) throw new Error("Chunked body ends early");
    if (size === 0) return concat(chunks);
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
