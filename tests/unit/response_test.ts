import {
  assert,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";

import {
  type Body,
  type ByteSource,
  NO_BODY,
  type Reply,
  textBody,
} from "../../lib/reply.ts";
import {
  failureResponse,
  type ReplyEnd,
  shareBytes,
  toReady,
  toResponse,
} from "../../lib/response.ts";
import { concat } from "../_support/raw.ts";

/** A source that gives `steps` and then its end; it counts what is asked. */
function fakeSource(steps: readonly (string | Error)[]) {
  const seen = { asked: 0, closed: 0 };
  const source: ByteSource = {
    next() {
      const step = steps[seen.asked++];
      if (step instanceof Error) return Promise.reject(step);
      return Promise.resolve(
        step === undefined ? null : new TextEncoder().encode(step),
      );
    },
    close() {
      seen.closed++;
    },
    cancel() {},
  };
  return { source, seen };
}

/** A source that waits until it is told what comes next. */
function slowSource() {
  const { promise, resolve, reject } = Promise.withResolvers<
    Uint8Array<ArrayBuffer> | null
  >();
  const asked = Promise.withResolvers<void>();
  const source: ByteSource = {
    next() {
      asked.resolve();
      return promise;
    },
    close() {},
    cancel() {},
  };
  return { source, asked: asked.promise, resolve, reject };
}

function replyWith(body: Body, status = 200): Reply {
  return { status, headers: [["content-type", "text/plain"]], body };
}

function respond(reply: Reply, method: "GET" | "HEAD" = "GET") {
  const ends: ReplyEnd[] = [];
  const response = toResponse(reply, {
    isHead: method === "HEAD",
    onEnd: (end) => ends.push(end),
  });
  return { response, ends };
}

function streamOf(response: Response): ReadableStream<Uint8Array> {
  assert(response.body !== null);
  return response.body;
}

const DONE = { aborted: false, error: null };

Deno.test("toResponse() carries status, headers and bytes", async () => {
  const { response, ends } = respond({
    status: 206,
    headers: [["vary", "accept"], ["vary", "origin"], ["etag", '"a"']],
    body: textBody("h\u00e9llo"),
  });

  // A body from memory is logged at hand-over.
  assertEquals(ends, [{ bytes: 6, ...DONE }]);
  assertEquals(response.status, 206);
  assertEquals([...response.headers], [
    ["content-length", "6"],
    ["etag", '"a"'],
    ["vary", "accept, origin"],
  ]);
  assertEquals(await response.text(), "h\u00e9llo");
  assertEquals(ends.length, 1);
});

Deno.test.each<
  { what: string; status: number; body: Body; length: string | null }
>([
  // RFC 9110 section 8.6: the length of what GET has.
  { what: "bytes", status: 200, body: textBody("hello"), length: "5" },
  { what: "no bytes", status: 200, body: textBody(""), length: "0" },
  {
    what: "a source",
    status: 206,
    body: { kind: "source", source: fakeSource([]).source, length: 7 },
    length: "7",
  },
  {
    what: "a source of no length",
    status: 200,
    body: { kind: "source", source: fakeSource([]).source, length: null },
    length: null,
  },
  { what: "a redirect", status: 301, body: NO_BODY, length: "0" },
  // RFC 9110 section 8.6: none on 204; on 304 only that of the file.
  { what: "204", status: 204, body: NO_BODY, length: null },
  { what: "304", status: 304, body: NO_BODY, length: null },
])("toResponse() HEAD has the headers of GET for $what", async (row) => {
  const { status, body, length } = row;

  const head = respond(replyWith(body, status), "HEAD");
  const get = respond(replyWith(body, status));

  assertEquals(head.response.headers.get("content-length"), length);
  assertEquals([...head.response.headers], [...get.response.headers]);
  assertEquals(head.response.status, status);
  assertEquals(head.ends, [{ bytes: 0, ...DONE }]);
  // The runtime calls no body 0 bytes long, and an open one nothing.
  assertEquals(
    head.response.body === null,
    body.kind !== "source" || body.length !== null,
  );
  await head.response.body?.cancel();
  await get.response.body?.cancel();
});

Deno.test.each([204, 301, 304])(
  "toResponse() %i has no body and ends at once",
  (status) => {
    const { response, ends } = respond(replyWith(NO_BODY, status));

    assertEquals(response.body, null);
    assertEquals(response.status, status);
    assertEquals(ends, [{ bytes: 0, ...DONE }]);
  },
);

Deno.test("toResponse() HEAD frees a source without reading it", () => {
  const { source, seen } = fakeSource(["hello"]);

  respond(replyWith({ kind: "source", source, length: 5 }), "HEAD");

  assertEquals(seen, { asked: 0, closed: 1 });
});

Deno.test("toResponse() asks a source for nothing before it is read", async () => {
  const { source, seen } = fakeSource(["ab", "c"]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: null }),
  );
  const reader = streamOf(response).getReader();
  await new Promise((resolve) => setTimeout(resolve));
  const before = { ...seen };
  await reader.read();

  assertEquals(before, { asked: 0, closed: 0 });
  assertEquals(seen, { asked: 1, closed: 0 });
  assertEquals(ends, []);
  await reader.cancel();
});

Deno.test("toResponse() ends with the last byte of a known length", async () => {
  const { source, seen } = fakeSource(["ab", "", "cde", "never"]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 5 }),
  );

  assertEquals(response.headers.get("content-length"), "5");
  assertEquals(await response.text(), "abcde");
  assertEquals(ends, [{ bytes: 5, ...DONE }]);
  assertEquals(seen, { asked: 3, closed: 1 });
});

Deno.test("toResponse() ends with the source where the length is unknown", async () => {
  const { source, seen } = fakeSource(["ab", "", "cde"]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: null }),
  );

  assertEquals(response.headers.get("content-length"), null);
  assertEquals(await response.text(), "abcde");
  assertEquals(ends, [{ bytes: 5, ...DONE }]);
  assertEquals(seen, { asked: 4, closed: 1 });
});

Deno.test("toResponse() ends a source of nothing", async () => {
  const { source, seen } = fakeSource([]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 0 }),
  );

  assertEquals(await response.text(), "");
  assertEquals(ends, [{ bytes: 0, ...DONE }]);
  assertEquals(seen.closed, 1);
});

Deno.test("toResponse() is aborted when the client leaves before it reads", async () => {
  const { source, seen } = fakeSource(["ab"]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 2 }),
  );
  await response.body?.cancel("gone");

  assertEquals(ends, [{ bytes: 0, aborted: true, error: null }]);
  assertEquals(seen, { asked: 0, closed: 1 });
});

Deno.test("toResponse() is aborted when the client leaves half-way", async () => {
  const { source, seen } = fakeSource(["ab", "cd", "ef"]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 6 }),
  );
  const reader = streamOf(response).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();

  assertEquals(ends, [{ bytes: 4, aborted: true, error: null }]);
  assertEquals(seen, { asked: 2, closed: 1 });
});

Deno.test("toResponse() ends at once when the client leaves while a source is slow", async () => {
  const { source, asked, resolve } = slowSource();
  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 2 }),
  );
  const reader = streamOf(response).getReader();
  const read = reader.read();
  await asked;

  await reader.cancel();
  const atOnce = [...ends];
  resolve(new Uint8Array(2));
  await read;
  await Promise.resolve();

  assertEquals(atOnce, [{ bytes: 0, aborted: true, error: null }]);
  assertEquals(ends, atOnce);
});

Deno.test("toResponse() tells no error of a source after the client left", async () => {
  const { source, asked, reject } = slowSource();
  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 2 }),
  );
  const reader = streamOf(response).getReader();
  const read = reader.read();
  await asked;

  await reader.cancel();
  reject(new Error("too late"));
  await read;
  await Promise.resolve();

  assertEquals(ends, [{ bytes: 0, aborted: true, error: null }]);
});

Deno.test("toResponse() cuts the stream when its source throws", async () => {
  const shorter = new Error("The file became shorter");
  const { source, seen } = fakeSource(["ab", shorter, "cd"]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 4 }),
  );
  const reader = streamOf(response).getReader();
  const first = await reader.read();
  const thrown = await assertRejects(() => reader.read());

  assertEquals(first.value, new Uint8Array([0x61, 0x62]));
  assertStrictEquals(thrown, shorter);
  assertEquals(ends.length, 1);
  assertEquals(ends[0]?.bytes, 2);
  assertEquals(ends[0]?.aborted, true);
  assertStrictEquals(ends[0]?.error, shorter);
  assertEquals(seen, { asked: 2, closed: 1 });
});

Deno.test("toResponse() cuts the stream when its source throws at once", async () => {
  const { source } = fakeSource([new Error("gone")]);

  const { response, ends } = respond(
    replyWith({ kind: "source", source, length: 4 }),
  );

  await assertRejects(() => response.text(), Error, "gone");
  assertEquals(ends.map(({ aborted }) => aborted), [true]);
});

Deno.test.each<{ what: string; length: number | null }>([
  { what: "a known length", length: 4 },
  { what: "an unknown length", length: null },
])("toResponse() sends $what whole when the log throws", async ({ length }) => {
  const { source, seen } = fakeSource(["ab", "cd"]);
  const reply = replyWith({ kind: "source", source, length });

  const response = toResponse(reply, { isHead: false, onEnd: brokenLog });

  assertEquals(await response.text(), "abcd");
  assertEquals(seen.closed, 1);
});

Deno.test("toResponse() takes a leaving client when the log throws", async () => {
  const { source, seen } = fakeSource(["ab"]);
  const reply = replyWith({ kind: "source", source, length: 2 });

  const response = toResponse(reply, { isHead: false, onEnd: brokenLog });
  await response.body?.cancel();

  assertEquals(seen.closed, 1);
});

Deno.test("toResponse() tells the source's error when the log throws too", async () => {
  const { source, seen } = fakeSource([new Error("The file became shorter")]);
  const reply = replyWith({ kind: "source", source, length: 2 });

  const response = toResponse(reply, { isHead: false, onEnd: brokenLog });

  await assertRejects(() => response.text(), Error, "became shorter");
  assertEquals(seen.closed, 1);
});

Deno.test("failureResponse() says nothing but 500", () => {
  const response = failureResponse();

  assertEquals(response.status, 500);
  assertEquals(response.body, null);
  assertEquals([...response.headers], []);
});

function brokenLog(): never {
  throw new Error("The log is full");
}

Deno.test.each<{ size: number; pieces: number[] }>([
  { size: 999, pieces: [999] },
  { size: 1_000, pieces: [1_000] },
  { size: 2_500, pieces: [1_000, 1_000, 500] },
  { size: 4_096, pieces: [1_000, 1_000, 1_000, 1_000, 96] },
  { size: 4_097, pieces: [4_097] },
])("toResponse() cuts $size bytes for HTTP/2 into $pieces", async (row) => {
  const bytes = new Uint8Array(row.size).map((_, i) => i % 251);
  const reply: Reply = {
    status: 200,
    headers: [],
    body: { kind: "bytes", bytes },
  };

  const response = toResponse(reply, {
    isHead: false,
    protocol: "HTTP/2.0",
    onEnd: () => {},
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body ?? []) pieces.push(piece);

  assertEquals(response.headers.get("content-length"), String(row.size));
  assertEquals(pieces.map(({ length }) => length), row.pieces);
  assertEquals(concat(pieces), bytes);
});

Deno.test("toReady() gives the same response any number of times", async () => {
  const reply: Reply = {
    status: 200,
    headers: [["etag", '"a"'], ["x-a", "1"]],
    body: textBody("hello"),
  };
  const get = toReady(reply, { isHead: false });
  const head = toReady(reply, { isHead: true });

  for (let i = 0; i < 3; i++) {
    const response = get.give();
    assertEquals(response.status, 200);
    assertEquals(response.headers.get("etag"), '"a"');
    // The runtime counts what it sends.
    assertEquals(response.headers.get("content-length"), null);
    assertEquals(await response.text(), "hello");
    assertEquals(head.give().headers.get("content-length"), "5");
    assertEquals(head.give().body, null);
  }
  assertEquals([get.bytes, head.bytes], [5, 0]);
});

Deno.test("shareBytes() gives the bytes, which stay those of the response", async () => {
  const reply: Reply = { status: 200, headers: [], body: textBody("hello") };
  const ready = toReady(reply, { isHead: false });

  const bytes = await shareBytes(ready);

  assertEquals(bytes, new TextEncoder().encode("hello"));
  assertEquals(await shareBytes(ready), bytes);
  assertEquals(await ready.give().text(), "hello");
});
