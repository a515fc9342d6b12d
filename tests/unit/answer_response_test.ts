import { assertEquals, assertStrictEquals } from "@std/assert";

import { type Answer, createResponder } from "../../lib/answer_response.ts";
import { type Context, toContext } from "../../lib/http/context.ts";
import { createHeaderFinisher } from "../../lib/http/response_headers.ts";
import { DEFAULTS, type ServeOptions } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";
import type { Memo } from "../../lib/reply.ts";
import { toResponse } from "../../lib/response.ts";
import { PEER } from "../_support/call.ts";

/** What is kept in memory of a file. */
function memoOf(bytes: Uint8Array<ArrayBuffer>): Memo {
  return {
    whole: {
      status: 200,
      headers: [["content-type", "text/plain"], ["content-length", "5"]],
      body: { kind: "bytes", bytes },
    },
    notModified: null,
    etag: null,
    lastModified: null,
    seen: [],
    keepMs: null,
    renewedBy: null,
    chosenBy: null,
    isFile: true,
  };
}

const MEMO = memoOf(new TextEncoder().encode("hello"));

/** The responder of the command, with a log, and a count of its last step. */
function createCommandResponder(
  options: Partial<ServeOptions> = {},
  blocks: "released" | "kept" = "released",
) {
  const records: LogRecord[] = [];
  let made = 0;
  const responder = createResponder({
    ...DEFAULTS,
    ...options,
    log: (record) => void records.push(record),
  }, {
    blocks,
    logFields: "all",
    now: () => 1_500,
    stages: {
      createHeaderFinisher,
      toResponse(reply, options) {
        made++;
        return toResponse(reply, options);
      },
    },
  });
  return { ...responder, records, made: () => made };
}

/** Over `https:` and without `Host`, it came by HTTP/2. */
function ask(init: RequestInit = {}, scheme = "http"): Context {
  const request = new Request(`${scheme}://localhost/a.txt`, init);
  const rules = { isWindows: false, time: 1_000 };
  return toContext(request, { remoteAddr: PEER }, rules);
}

function kept(reply: Answer["reply"] = MEMO.whole): Answer {
  return { reply, user: "ann", isKept: true };
}

Deno.test("respond() gives what is kept any number of times, and logs each", async () => {
  const { respond, records, made } = createCommandResponder();

  const responses = [1, 2, 3].map(() => respond(ask(), kept(), null));
  const texts = await Promise.all(responses.map((each) => each.text()));

  assertEquals(texts, ["hello", "hello", "hello"]);
  assertEquals(responses[2]?.headers.get("content-type"), "text/plain");
  assertEquals(
    records.map(({ status, bytes, user, durationMs }) =>
      [status, bytes, user, durationMs].join()
    ),
    ["200,5,ann,0", "200,5,ann,0", "200,5,ann,0"],
  );
  // The last step was not gone through for any of them.
  assertEquals(made(), 0);
});

Deno.test("respond() keeps HEAD and GET of what is kept apart", async () => {
  const { respond, records } = createCommandResponder();

  const head = respond(ask({ method: "HEAD" }), kept(), null);
  const get = respond(ask(), kept(), null);

  assertEquals(await head.text(), "");
  assertEquals(head.headers.get("content-length"), "5");
  assertEquals(await get.text(), "hello");
  assertEquals(records.map(({ bytes }) => bytes), [0, 5]);
});

Deno.test.each<{
  about: string;
  context: Context;
  options?: Partial<ServeOptions>;
  blocks?: "kept";
  isKept?: boolean;
}>([
  { about: "over HTTP/2", context: ask({}, "https") },
  { about: "to others than the runtime", context: ask(), blocks: "kept" },
  { about: "that is not kept", context: ask(), isKept: false },
  {
    about: "that depends on who asks",
    context: ask({ headers: { origin: "https://a.example" } }),
    options: { cors: ["https://a.example"] },
  },
])("respond() makes each response anew $about", async (row) => {
  const { context, options, blocks, isKept = true } = row;
  const { respond, made } = createCommandResponder(options, blocks);

  for (const _ of [1, 2]) {
    const answer = { ...kept(), isKept };
    assertEquals(await respond(context, answer, null).text(), "hello");
  }

  assertEquals(made(), 2);
});

Deno.test("respond() names an origin to that one alone", () => {
  const options = { cors: ["https://a.example"] };
  const { respond } = createCommandResponder(options);
  const allowed = (origin?: string) =>
    respond(
      ask({ headers: origin === undefined ? {} : { origin } }),
      kept(),
      null,
    )
      .headers.get("access-control-allow-origin");

  assertEquals(
    [allowed("https://a.example"), allowed(), allowed("https://b.example")],
    ["https://a.example", null, null],
  );
});

Deno.test("makeReady() shares the bytes with the response, which stays the same", async () => {
  const { respond, makeReady, made } = createCommandResponder();
  const bytes = new TextEncoder().encode("hello");

  const ready = await makeReady(memoOf(bytes));
  // Nothing reads these any more.
  bytes.fill(0);
  const response = respond(ask(), kept(ready.whole), null);

  assertEquals(await response.text(), "hello");
  assertEquals(
    new TextDecoder().decode(ready.whole.body.bytes),
    "hello",
  );
  assertEquals(made(), 0);
});

Deno.test("makeReady() leaves what others than the runtime get as it is", async () => {
  const { makeReady } = createCommandResponder({}, "kept");

  assertStrictEquals(await makeReady(MEMO), MEMO);
});
