import { assertEquals } from "@std/assert";

import { formatError, formatLoss, formatNote } from "../../../lib/log/note.ts";
import type { LogFormat } from "../../../lib/options.ts";
import { RECORD } from "./_fakes.ts";

const FAILED = { ...RECORD, error: "TypeError: no\n  at answer" };

Deno.test("formatError() is null when nothing went wrong", () => {
  assertEquals(formatError(RECORD, "common"), null);
  assertEquals(formatError(RECORD, "json"), null);
});

Deno.test.each<{ format: LogFormat }>([
  { format: "common" },
  { format: "combined" },
  { format: "python" },
])("formatError() $format is one line that log tools skip", ({ format }) => {
  assertEquals(
    formatError(FAILED, format),
    String.raw`# error: GET /a.txt?b=1: TypeError: no\x0a  at answer`,
  );
});

Deno.test("formatError() json is an object of its own", () => {
  assertEquals(JSON.parse(formatError(FAILED, "json") ?? ""), {
    time: "2026-11-21T10:11:12.345Z",
    method: "GET",
    target: "/a.txt?b=1",
    error: "TypeError: no\n  at answer",
  });
});

Deno.test("formatNote() escapes what it was given", () => {
  assertEquals(
    formatNote("refused a\nb", "common"),
    String.raw`# refused a\x0ab`,
  );
});

Deno.test.each<{ lost: number; format: LogFormat; line: string }>([
  {
    lost: 1,
    format: "common",
    line:
      "# 1 log line lost: the reader of the log was too slow, or its disk full",
  },
  {
    lost: 1234,
    format: "python",
    line:
      "# 1234 log lines lost: the reader of the log was too slow, or its disk full",
  },
  { lost: 2, format: "json", line: '{"note":"log lines lost","lost":2}' },
])("formatLoss() $format writes $line", ({ lost, format, line }) => {
  assertEquals(formatLoss(lost, format), line);
});
