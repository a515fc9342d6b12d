import { assert, assertEquals, assertMatch } from "@std/assert";

import type { OpenFile } from "../../../lib/disk/open_file.ts";
import { type Context, toContext } from "../../../lib/http/context.ts";
import { parseFileRequest } from "../../../lib/http/file_request.ts";
import { NO_VALIDATORS, type Validators } from "../../../lib/http/etag.ts";
import {
  type FileContent,
  fileReply,
  notFoundPageReply,
} from "../../../lib/replies/file.ts";
import type { Refuse } from "../../../lib/replies/refusal.ts";
import {
  type ByteSource,
  dropBody,
  type HeaderPairs,
  NO_BODY,
  type Reply,
} from "../../../lib/reply.ts";
import type { FileVariant } from "../../../lib/disk/variant.ts";
import type { Seen } from "../../../lib/target.ts";

const TIME = Date.UTC(2024, 5, 1);
const DATE = "Mon, 06 May 2024 07:08:09 GMT";
const FILE: Validators = {
  etag: '"a-1"',
  lastModified: Date.UTC(2024, 4, 6, 7, 8, 9),
};
const ABOUT: HeaderPairs = [
  ["accept-ranges", "bytes"],
  ["etag", '"a-1"'],
  ["last-modified", DATE],
  ["cache-control", "max-age=60"],
];
const TEXT = ["content-type", "text/plain; charset=utf-8"] as const;

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function contextOf(
  search: string,
  init: { method?: string; headers?: Record<string, string> } = {},
): Context {
  const peer = {
    remoteAddr: { transport: "tcp", hostname: "::1", port: 1 },
  } as const;
  return toContext(new Request(`http://h/a${search}`, init), peer, {
    isWindows: false,
    time: TIME,
  });
}

function get(headers: Record<string, string> = {}): Context {
  return contextOf("", { headers });
}

const FOR_EVER = { keepMs: null, renewedBy: null };

/** A file that was read as a whole. */
function memoryFile(text: string, name = "a.txt"): OpenFile {
  const bytes = encode(text);
  return {
    name,
    facts: {
      size: bytes.length,
      modified: null,
      device: 0,
      inode: null,
      changed: null,
    },
    seen: null,
    head: bytes.subarray(0, 1_024),
    content: { kind: "memory", bytes },
  };
}

/** A file that is still open, and how often it was closed. */
function openFile(size: number) {
  const seen = { closed: 0 };
  const handle: Deno.FsFile = Object.create(Deno.FsFile.prototype, {
    close: { value: () => void seen.closed++ },
  });
  const file: OpenFile = {
    name: "a.txt",
    facts: { size, modified: null, device: 0, inode: null, changed: null },
    seen: null,
    head: encode("a".repeat(1_024)),
    content: { kind: "handle", file: handle },
  };
  return { file, seen };
}

const refuse: Refuse = (status, headers = []) => ({
  status,
  headers,
  body: NO_BODY,
});

const OPTIONS = {
  cacheControl: "max-age=60",
  blocks: "kept",
  refuse,
} as const;

function reply(
  context: Context,
  file: OpenFile,
  validators: Validators = FILE,
): Reply {
  return fileReply(context, {
    file,
    validators,
    type: "text/plain; charset=utf-8",
    isNegotiated: false,
    variant: null,
    keep: FOR_EVER,
    ...parseFileRequest(context, { ...validators, size: file.facts.size }),
  }, OPTIONS);
}

function textOf({ body }: Reply): string {
  assert(body.kind === "bytes");
  return new TextDecoder().decode(body.bytes);
}

function fieldOf({ headers }: Reply, name: string): string | undefined {
  return headers.find(([key]) => key === name)?.[1];
}

Deno.test("fileReply() sends the whole file", () => {
  const answer = reply(get(), memoryFile("hello"));

  assertEquals(answer.status, 200);
  assertEquals(answer.headers, [TEXT, ...ABOUT]);
  assertEquals(textOf(answer), "hello");
});

Deno.test("fileReply() sends an empty file", () => {
  const answer = reply(get(), memoryFile(""));

  assertEquals(answer.status, 200);
  assertEquals(textOf(answer), "");
});

Deno.test("fileReply() names no validators where there are none", () => {
  const answer = reply(get(), memoryFile("hello"), NO_VALIDATORS);

  assertEquals(answer.headers, [
    TEXT,
    ["accept-ranges", "bytes"],
    ["cache-control", "max-age=60"],
  ]);
});

Deno.test.each<{ search: string; name: string; field: string | undefined }>([
  // SPEC section 4: ?download.
  {
    search: "?download",
    name: "a.txt",
    field: 'attachment; filename="a.txt"',
  },
  {
    search: "?a=b&download=other.txt",
    name: "a.txt",
    field: 'attachment; filename="a.txt"',
  },
  {
    search: "?d%6Fwnload",
    name: "a.txt",
    field: 'attachment; filename="a.txt"',
  },
  {
    search: "?download",
    name: '"\u{1f389}\n".txt',
    field: `attachment; filename="____.txt"; ` +
      `filename*=UTF-8''%22%F0%9F%8E%89%0A%22.txt`,
  },
  { search: "", name: "a.txt", field: undefined },
  { search: "?", name: "a.txt", field: undefined },
  { search: "?downloads", name: "a.txt", field: undefined },
  { search: "?Download", name: "a.txt", field: undefined },
  { search: "?a=download", name: "a.txt", field: undefined },
])("fileReply() $search of $name", ({ search, name, field }) => {
  const answer = reply(contextOf(search), memoryFile("hello", name));

  assertEquals(fieldOf(answer, "content-disposition"), field);
});

Deno.test("fileReply() is 304 with what section 15.4.5 asks for", () => {
  const { file, seen } = openFile(300_000);

  const answer = reply(get({ "if-none-match": '"a-1"' }), file);

  assertEquals(answer, {
    status: 304,
    headers: [
      ["etag", '"a-1"'],
      ["last-modified", DATE],
      ["cache-control", "max-age=60"],
    ],
    body: NO_BODY,
  });
  assertEquals(seen.closed, 1);
});

Deno.test("fileReply() is 412 and frees the file", () => {
  const { file, seen } = openFile(300_000);

  const answer = reply(get({ "if-match": '"b"' }), file);

  assertEquals(answer, refuse(412));
  assertEquals(seen.closed, 1);
});

Deno.test("fileReply() is 416 with the size and frees the file", () => {
  const { file, seen } = openFile(300_000);

  const answer = reply(get({ range: "bytes=300000-" }), file);

  // RFC 9110 section 15.5.17.
  assertEquals(
    answer,
    refuse(416, [
      ["accept-ranges", "bytes"],
      ["content-range", "bytes */300000"],
    ]),
  );
  assertEquals(seen.closed, 1);
});

Deno.test.each<{ headers: Record<string, string>; status: number }>([
  // RFC 9110 section 13.2.2: preconditions before Range, If-Range last.
  { headers: { "if-none-match": '"a-1"', range: "bytes=0-0" }, status: 304 },
  { headers: { "if-modified-since": DATE, range: "bytes=0-0" }, status: 304 },
  { headers: { "if-match": '"b"', range: "bytes=9-" }, status: 412 },
  { headers: { "if-match": '"a-1"', range: "bytes=9-" }, status: 416 },
  { headers: { "if-none-match": '"b"', range: "bytes=0-0" }, status: 206 },
  // Section 13.1.5.
  { headers: { "if-range": '"a-1"', range: "bytes=0-0" }, status: 206 },
  { headers: { "if-range": DATE, range: "bytes=0-0" }, status: 206 },
  { headers: { "if-range": '"b"', range: "bytes=0-0" }, status: 200 },
  { headers: { "if-range": '"b"', range: "bytes=9-" }, status: 200 },
  { headers: { "if-range": 'W/"a-1"', range: "bytes=0-0" }, status: 200 },
  { headers: { "if-range": '"b"' }, status: 200 },
  // Section 14.2: what is not understood is ignored.
  { headers: { range: "lines=0-1" }, status: 200 },
  { headers: { range: "bytes=2-1" }, status: 200 },
  { headers: { range: "bytes=0-1,1-2" }, status: 200 },
])("fileReply() is $status for $headers", ({ headers, status }) => {
  const answer = reply(get(headers), memoryFile("hello"));

  assertEquals(answer.status, status);
  if (status === 200) assertEquals(textOf(answer), "hello");
});

Deno.test("fileReply() HEAD has no ranges", () => {
  const context = contextOf("", {
    method: "HEAD",
    headers: { range: "bytes=9-" },
  });

  // RFC 9110 section 14.2; the server drops the body when it is sent.
  const answer = reply(context, memoryFile("hello"));

  assertEquals(answer.status, 200);
  assertEquals(answer.headers, [TEXT, ...ABOUT]);
});

Deno.test.each<{ range: string; field: string; text: string }>([
  { range: "bytes=1-2", field: "bytes 1-2/5", text: "el" },
  { range: "bytes=3-", field: "bytes 3-4/5", text: "lo" },
  { range: "bytes=-1", field: "bytes 4-4/5", text: "o" },
  { range: "bytes=0-99", field: "bytes 0-4/5", text: "hello" },
  // RFC 9110 section 15.3.7.2: of several, one lies inside.
  { range: "bytes=1-2,9-", field: "bytes 1-2/5", text: "el" },
])("fileReply() sends $field for $range", ({ range, field, text }) => {
  const answer = reply(get({ range }), memoryFile("hello"));

  assertEquals(answer.status, 206);
  assertEquals(answer.headers, [TEXT, ["content-range", field], ...ABOUT]);
  assertEquals(textOf(answer), text);
});

Deno.test("fileReply() sends several parts in the order asked for", () => {
  const answer = reply(get({ range: "bytes=3-4,0-0" }), memoryFile("hello"));

  // RFC 9110 section 14.6. No Content-Range but in the parts.
  assertEquals(answer.status, 206);
  assertEquals(answer.headers.slice(1), ABOUT);
  const type = fieldOf(answer, "content-type") ?? "";
  assertMatch(type, /^multipart\/byteranges; boundary=[\w-]{36}$/);
  const line = `--${type.split("boundary=")[1]}`;
  assertEquals(
    textOf(answer),
    `${line}\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Range: bytes 3-4/5\r\n\r\nlo\r\n` +
      `${line}\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Range: bytes 0-0/5\r\n\r\nh\r\n` +
      `${line}--\r\n`,
  );
});

Deno.test("fileReply() separates parts by something else each time", () => {
  const context = get({ range: "bytes=0-0,2-2" });

  const first = reply(context, memoryFile("hello"));
  const second = reply(context, memoryFile("hello"));

  assert(fieldOf(first, "content-type") !== fieldOf(second, "content-type"));
});

Deno.test.each<{ range: string | null; length: number }>([
  { range: null, length: 300_000 },
  { range: "bytes=10-299998", length: 299_989 },
])("fileReply() streams $length bytes of an open file", ({ range, length }) => {
  const { file, seen } = openFile(300_000);

  const answer = reply(get(range === null ? {} : { range }), file);

  assert(answer.body.kind === "source");
  assertEquals(answer.body.length, length);
  assertEquals(seen.closed, 0);
  dropBody(answer);
  assertEquals(seen.closed, 1);
});

Deno.test("fileReply() counts the lines between the parts of an open file", () => {
  const { file, seen } = openFile(300_000);

  const answer = reply(get({ range: "bytes=0-99999,200000-" }), file);

  // Two part heads, the second after a line end, and the last line.
  const heads = "--\r\nContent-Type: text/plain; charset=utf-8\r\n".length * 2 +
    "Content-Range: bytes 0-99999/300000\r\n\r\n".length +
    "\r\nContent-Range: bytes 200000-299999/300000\r\n\r\n".length +
    "\r\n----\r\n".length + 3 * crypto.randomUUID().length;
  assert(answer.body.kind === "source");
  assertEquals(answer.body.length, 200_000 + heads);
  dropBody(answer);
  assertEquals(seen.closed, 1);
});

const SMALL = encode("small");

const FACTS = {
  size: 5,
  modified: Date.UTC(2024, 4, 6, 7, 8, 9),
  device: 1,
  inode: 2,
  changed: Date.UTC(2024, 4, 6, 7, 8, 9),
};
const SEEN: Seen = { path: "/srv/a.txt", real: null, facts: FACTS };
const BESIDE: Seen = { path: "/srv/a.txt.br", real: null, facts: FACTS };

/** A form that was compressed beforehand. */
const VARIANT: FileVariant = {
  encoding: "br",
  validators: { etag: '"5-1.br"', lastModified: FILE.lastModified },
  body: { kind: "bytes", bytes: SMALL },
  seen: [BESIDE],
};

const FOLDER: Seen = { path: "/srv", real: null, facts: FACTS };

/** The reply for a file that other clients get in another form. */
function negotiated(
  context: Context,
  content: Partial<FileContent> = {},
): Reply {
  const file = content.file ?? { ...memoryFile("hello"), seen: SEEN };
  return fileReply(context, {
    validators: FILE,
    type: "text/plain; charset=utf-8",
    isNegotiated: true,
    variant: null,
    keep: { keepMs: 1_000, renewedBy: FOLDER },
    ...parseFileRequest(context, { ...FILE, size: file.facts.size }),
    ...content,
    file,
  }, OPTIONS);
}

const VARY = ["vary", "accept-encoding"] as const;

Deno.test("fileReply() sends a compressed form with its own tag, and no ranges", () => {
  const answer = negotiated(get(), { variant: VARIANT });

  assertEquals(answer.status, 200);
  assertEquals(answer.headers, [
    TEXT,
    ["content-encoding", "br"],
    ["etag", '"5-1.br"'],
    ["last-modified", DATE],
    ["cache-control", "max-age=60"],
    VARY,
  ]);
  assertEquals(textOf(answer), "small");
});

Deno.test.each<{ title: string; headers: Record<string, string> }>([
  { title: "the whole", headers: {} },
  { title: "a part", headers: { range: "bytes=0-0" } },
  { title: "parts", headers: { range: "bytes=0-0,4-4" } },
  { title: "304", headers: { "if-none-match": '"a-1"' } },
])("fileReply() says of $title that others get another form", (row) => {
  const answer = negotiated(get(row.headers));

  assertEquals(fieldOf(answer, "vary"), "accept-encoding");
  assertEquals(fieldOf(answer, "etag"), '"a-1"');
});

Deno.test.each<{ etag: string; status: number }>([
  { etag: '"5-1.br"', status: 304 },
  { etag: '"a-1"', status: 200 },
  { etag: "*", status: 304 },
])("fileReply() of a form is $status for a client that has $etag", (row) => {
  const answer = negotiated(get({ "if-none-match": row.etag }), {
    variant: VARIANT,
  });

  assertEquals(answer.status, row.status);
  assertEquals(fieldOf(answer, "etag"), '"5-1.br"');
});

Deno.test.each<{ headers: Record<string, string>; status: number }>([
  { headers: { "if-none-match": "*" }, status: 304 },
  { headers: { "if-match": '"a-1"' }, status: 412 },
])("fileReply() of $status frees the form", ({ headers, status }) => {
  let closed = 0;
  const source: ByteSource = {
    next: () => Promise.resolve(null),
    close: () => void closed++,
    cancel: () => void closed++,
  };

  const answer = negotiated(get(headers), {
    variant: { ...VARIANT, body: { kind: "source", source, length: null } },
  });

  assertEquals(answer.status, status);
  assertEquals(closed, 1);
});

Deno.test("fileReply() leaves a memo of a file that a look can tell", () => {
  const first = negotiated(get());
  const again = negotiated(get({ "if-none-match": '"a-1"' }));
  const head = negotiated(contextOf("", { method: "HEAD" }));

  const { memo } = first;
  assert(memo !== undefined);
  assertEquals({ ...first, memo }, { ...memo.whole, memo });
  assertEquals(textOf(memo.whole), "hello");
  assertEquals(memo.notModified?.status, 304);
  assertEquals(memo.notModified?.headers, [...ABOUT.slice(1), VARY]);
  assertEquals([memo.etag, memo.lastModified], ['"a-1"', DATE]);
  assertEquals(memo.seen, [SEEN]);
  assertEquals([memo.keepMs, memo.renewedBy], [1_000, FOLDER]);
  assertEquals(memo.chosenBy, "accept-encoding");
  assert(memo.isFile);
  assertEquals(again.memo, memo);
  assertEquals(head.memo, memo);
});

Deno.test("fileReply() leaves a memo for ever of what has one form", () => {
  const { memo } = negotiated(get(), {
    isNegotiated: false,
    keep: FOR_EVER,
  });

  assertEquals([memo?.keepMs, memo?.renewedBy], [null, null]);
  assertEquals(memo?.chosenBy, null);
  assertEquals(memo?.whole.headers, [TEXT, ...ABOUT]);
});

Deno.test("fileReply() leaves a memo of a form, with what it depends on", () => {
  const { memo } = negotiated(get(), { variant: VARIANT });

  assert(memo !== undefined);
  assertEquals(textOf(memo.whole), "small");
  assertEquals(memo.etag, '"5-1.br"');
  assertEquals(memo.seen, [SEEN, BESIDE]);
});

Deno.test("fileReply() leaves no 304 where there are no validators", () => {
  const { memo } = negotiated(get(), { validators: NO_VALIDATORS });

  assert(memo !== undefined);
  assertEquals([memo.notModified, memo.etag, memo.lastModified], [
    null,
    null,
    null,
  ]);
});

Deno.test.each<{
  what: string;
  context?: Context;
  content?: Partial<FileContent>;
}>([
  { what: "that no look can tell", content: { file: memoryFile("hello") } },
  {
    what: "whose form no look can tell",
    content: { variant: { ...VARIANT, seen: null } },
  },
  { what: "in part", context: get({ range: "bytes=0-1" }) },
  // The whole of it would be chosen otherwise.
  {
    what: "that is 304 where a part was asked for",
    context: get({ range: "bytes=0-1", "if-none-match": "*" }),
  },
  { what: "in no part", context: get({ range: "bytes=9-" }) },
  { what: "that failed", context: get({ "if-match": '"b"' }) },
  { what: "to be saved", context: contextOf("?download") },
])("fileReply() leaves no memo of a file $what", (row) => {
  assertEquals(negotiated(row.context ?? get(), row.content).memo, undefined);
});

Deno.test("fileReply() leaves no memo of a file that is streamed", () => {
  const { file } = openFile(3_000_000);

  const answer = negotiated(get(), { file: { ...file, seen: SEEN } });

  assertEquals(answer.memo, undefined);
});

Deno.test("notFoundPageReply() is 404 with the page and nothing to keep", async () => {
  const answer = await notFoundPageReply(memoryFile("<p>Gone", "404.html"), {
    blocks: "kept",
  });

  assertEquals(answer.status, 404);
  assertEquals(answer.headers, [["content-type", "text/html; charset=utf-8"]]);
  assertEquals(textOf(answer), "<p>Gone");
});
