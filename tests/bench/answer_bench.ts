/**
 * What each stage of an answer from memory costs, without a socket: the
 * request as plain values, who is answered, the look at the disk, the copy of
 * the finished response, the line of the log; and all of them together.
 *
 * @module
 */

import { join } from "@std/path";

import { createAnswerMemory } from "../../lib/answer_memory.ts";
import { createResponder } from "../../lib/answer_response.ts";
import { recordOf } from "../../lib/answer_log.ts";
import { buildHandler } from "../../lib/build_handler.ts";
import { STAGES } from "../../lib/answer.ts";
import { factsOf } from "../../lib/disk/facts.ts";
import { createPulse } from "../../lib/disk/pulse.ts";
import { isAsSeenNow, LOOKS } from "../../lib/disk/seen.ts";
import { createSeenCheck } from "../../lib/disk/seen_check.ts";
import { toContext } from "../../lib/http/context.ts";
import { encodingKey } from "../../lib/http/encoding.ts";
import { createHostCheck } from "../../lib/http/host_check.ts";
import { createFormatter } from "../../lib/log/format.ts";
import { LineQueue } from "../../lib/log/line_queue.ts";
import { DEFAULTS } from "../../lib/options.ts";
import type { Memo } from "../../lib/reply.ts";
import { toReady } from "../../lib/response.ts";

const BODY = new Uint8Array(1_024);
const HOUR_AGO = new Date(Date.now() - 3_600_000);

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const path = join(folder, "a.bin");
await Deno.writeFile(path, BODY);
await Deno.utime(path, HOUR_AGO, HOUR_AGO);
// A file that was made just now is not kept.
await new Promise((resolve) => setTimeout(resolve, 3_000));

const request = new Request("http://localhost:8000/a.bin", {
  headers: {
    "host": "localhost:8000",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0",
    "accept": "*/*",
    "accept-encoding": "gzip, deflate, br, zstd",
  },
});
const info = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
  completed: Promise.resolve(),
} as const;
const rules = { isWindows: false, time: Date.now() };
const context = toContext(request, info, rules);
const seen = { path, real: null, facts: factsOf(await Deno.stat(path)) };
const whole: Memo["whole"] = {
  status: 200,
  headers: [
    ["content-type", "application/octet-stream"],
    ["accept-ranges", "bytes"],
    ["etag", '"400-18f4cb7e0c8"'],
    ["last-modified", "Mon, 06 May 2024 07:08:09 GMT"],
    ["cache-control", "no-cache"],
    ["x-content-type-options", "nosniff"],
    ["cross-origin-resource-policy", "same-site"],
    ["referrer-policy", "same-origin"],
  ],
  body: { kind: "bytes", bytes: BODY },
};
const memory = createAnswerMemory({
  now: LOOKS.now,
  check: createSeenCheck(LOOKS, createPulse(LOOKS)),
  choices: { "accept": String, "accept-encoding": encodingKey },
});
memory.keep(context, {
  whole,
  notModified: null,
  etag: null,
  lastModified: null,
  seen: [seen],
  keepMs: null,
  renewedBy: null,
  chosenBy: null,
  isFile: true,
});
await memory.find(context);
const ready = toReady(whole, { isHead: false });
const { respond } = createResponder(DEFAULTS, {
  now: Date.now,
  stages: STAGES,
  blocks: "released",
  logFields: "without-headers",
});
const isHostAnswered = createHostCheck([]);
const format = createFormatter("common", { color: false });
const end = { bytes: BODY.length, aborted: false, error: null };
const about = {
  status: 200,
  user: null,
  end,
  now: Date.now,
  fields: "without-headers",
} as const;
const record = recordOf(context, about);
const line = format(record);
let queue = new LineQueue(1_048_576);

function push(text: string): void {
  if (!queue.push(text)) queue = new LineQueue(1_048_576);
}

const handler = await buildHandler(folder, {});
const logging = await buildHandler(folder, {
  log: (record) => push(format(record)),
});
for (const warm of [handler, logging]) await warm(request, info);

Deno.bench(
  "request as plain values",
  () => void toContext(request, info, rules),
);
Deno.bench("host", () => void isHostAnswered(context.authority));
Deno.bench("look at the disk", () => void isAsSeenNow(seen));
Deno.bench("find in memory, with the look", () => void memory.find(context));
Deno.bench("copy of the response", () => void ready.give());
Deno.bench("response, without log", () => {
  respond(context, { reply: whole, user: null, isKept: true }, null);
});
Deno.bench("record for the log", () => void recordOf(context, about));
Deno.bench("line of the log", () => void format(record));
Deno.bench("line into the queue", () => push(line));
/** Waits where there is something to wait for, such as a look every 250 ms. */
async function answer(handle: typeof handler): Promise<void> {
  const response = handle(request, info);
  if (response instanceof Promise) await response;
}

Deno.bench("all of it, without log", () => answer(handler));
Deno.bench("all of it, with log", () => answer(logging));
