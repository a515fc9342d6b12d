/**
 * What a line of the access log costs: each step of it by itself, the whole way
 * of 100 lines from the answer to the queue, and 100,000 lines that are handed
 * over to a file and to a pipe.
 *
 * @module
 */

import { recordOf as toRecord } from "../../lib/answer_log.ts";
import { createFormatter, fieldsOf } from "../../lib/log/format.ts";
import { LineQueue } from "../../lib/log/line_queue.ts";
import { formatLoss } from "../../lib/log/note.ts";
import type { LogSink } from "../../lib/log/delivery.ts";
import { createLogWriter, type LogWriter } from "../../lib/log/writer.ts";
import type { LogFormat } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";

const LINES = 100_000;
/** Lines between two turns of the event loop: a burst of a busy server. */
const BURST = 100;
const FORMATS: readonly LogFormat[] = ["common", "combined", "json", "python"];
const START = Date.now();

function recordOf(index: number): LogRecord {
  return {
    remote: "192.168.1.23",
    user: null,
    // 20,000 answers a second, by a clock of milliseconds.
    time: START + Math.floor(index / 20),
    method: "GET",
    target: `/docs/chapter/page-${index}.html?from=start`,
    protocol: "HTTP/1.1",
    status: 200,
    bytes: 12_345 + index,
    durationMs: 0.4567,
    referrer: "http://192.168.1.20:8000/docs/",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0",
    aborted: false,
    error: null,
  };
}

function createWriter(sink: LogSink): LogWriter {
  return createLogWriter(sink, {
    formatLoss: (lost) => formatLoss(lost, "common"),
    report: (message) => {
      throw new Error(message);
    },
    schedule: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  });
}

/** Formats and writes, and lets the event loop turn as between requests. */
async function writeLines(sink: LogSink): Promise<void> {
  const toLine = createFormatter("common", { color: false });
  const writer = createWriter(sink);
  for (let i = 0; i < LINES; i++) {
    writer.write(toLine(recordOf(i)));
    if (i % BURST === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await writer.flush(10_000);
}

for (const format of FORMATS) {
  const toLine = createFormatter(format, { color: false });
  let index = 0;
  Deno.bench(`format one ${format} line`, () => {
    toLine(recordOf(index++));
  });
}

/** A request as the runtime gives it: its headers are read on demand. */
const REQUEST = new Request("http://192.168.1.20:8000/", {
  headers: {
    "referer": "http://192.168.1.20:8000/docs/",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0",
  },
});
const END = { bytes: 12_345, aborted: false, error: null };

function contextOf(index: number) {
  return {
    remote: "192.168.1.23",
    headers: REQUEST.headers,
    method: "GET",
    target: `/docs/chapter/page-${index % 10_000}.html`,
    protocol: "HTTP/1.1",
    time: Date.now(),
  } as const;
}

for (const fields of ["all", "without-headers"] as const) {
  let index = 0;
  Deno.bench(`make one record, ${fields}`, () => {
    const about = { status: 200, end: END, now: Date.now, fields };
    toRecord(contextOf(index++), about);
  });
}

const bare = new LineQueue(1_048_576);
Deno.bench("100 lines, queue alone", { group: "100 lines" }, () => {
  const head = '192.168.1.23 - - [21/Nov/2026:10:11:12 +0000] "GET /docs/page-';
  for (let i = 0; i < BURST; i++) {
    bare.push(`${head}${i}.html HTTP/1.1" 200 12345`);
  }
  bare.take();
});

for (const format of FORMATS) {
  const toLine = createFormatter(format, { color: false });
  const fields = fieldsOf(format);
  const queue = new LineQueue(1_048_576);
  Deno.bench(`100 ${format} lines from the answer to the queue`, {
    group: "100 lines",
  }, () => {
    for (let i = 0; i < BURST; i++) {
      const about = { status: 200, end: END, now: Date.now, fields };
      queue.push(toLine(toRecord(contextOf(i), about)));
    }
    queue.take();
  });
}

Deno.bench("100,000 lines, no log", { group: "100,000" }, async () => {
  for (let i = 0; i < LINES; i++) {
    recordOf(i);
    if (i % BURST === 0) await new Promise((resolve) => setImmediate(resolve));
  }
});

Deno.bench("100,000 lines to a file", { group: "100,000" }, async (bench) => {
  const path = await Deno.makeTempFile();
  using file = await Deno.open(path, { write: true, truncate: true });
  bench.start();
  await writeLines(file);
  bench.end();
  await Deno.remove(path);
});

Deno.bench("100,000 lines to a pipe", { group: "100,000" }, async (bench) => {
  const child = new Deno.Command("cat", {
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const pipe = child.stdin.getWriter();
  bench.start();
  await writeLines({
    async write(bytes) {
      await pipe.write(bytes);
      return bytes.length;
    },
  });
  bench.end();
  await pipe.close();
  await child.status;
});

Deno.bench("100,000 lines to a reader that stalls", {
  group: "100,000",
}, async () => {
  const toLine = createFormatter("common", { color: false });
  const stalled = Promise.withResolvers<number>();
  const writer = createWriter({ write: () => stalled.promise });
  for (let i = 0; i < LINES; i++) {
    writer.write(toLine(recordOf(i)));
    if (i % BURST === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await writer.flush(0);
});
