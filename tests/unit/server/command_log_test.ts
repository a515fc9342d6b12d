import { assertEquals, assertStringIncludes } from "@std/assert";

import type { LogFormat } from "../../../lib/options.ts";
import { openCommandLog } from "../../../lib/server/command_log.ts";
import { libUrl, startModule } from "../disk/_child.ts";
import { RECORD } from "../log/_fakes.ts";

/** What a process writes that opens the log and does some steps. */
async function writeLog(
  options: { logFormat?: LogFormat; quiet?: boolean; color?: boolean },
  steps: string,
): Promise<{ stdout: string; stderr: string }> {
  const whole = { logFormat: "common", quiet: false, color: false, ...options };
  const child = await startModule(
    `
    import { openCommandLog } from "${libUrl("server/command_log.ts")}";
    const log = openCommandLog(${JSON.stringify(whole)});
    const RECORD = ${JSON.stringify(RECORD)};
    const FAILED = { ...RECORD, status: 500, error: "Error: broken" };
    ${steps}`,
    { flags: [] },
  );
  const { stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const FLUSH = "await log.flush(1_000);";

Deno.test("access() writes a line to standard error", async () => {
  const { stdout, stderr } = await writeLog({}, `log.access(RECORD); ${FLUSH}`);

  assertEquals(stdout, "");
  assertEquals(stderr.split("\n").length, 2);
  assertStringIncludes(stderr, '"GET /a.txt?b=1 HTTP/1.1" 200 12\n');
});

Deno.test("access() writes what went wrong below the line", async () => {
  const { stderr } = await writeLog({}, `log.access(FAILED); ${FLUSH}`);

  const [line = "", error] = stderr.split("\n");
  assertStringIncludes(line, '" 500 ');
  assertEquals(error, "# error: GET /a.txt?b=1: Error: broken");
});

Deno.test("access() writes nothing but errors where no log is wanted", async () => {
  const { stderr } = await writeLog(
    { quiet: true },
    `log.access(RECORD); log.access(FAILED); ${FLUSH}`,
  );

  assertEquals(stderr, "# error: GET /a.txt?b=1: Error: broken\n");
});

Deno.test("note() keeps to the format of the lines", async () => {
  const { stderr } = await writeLog(
    { logFormat: "json" },
    `log.note("hello"); ${FLUSH}`,
  );

  assertEquals(stderr, '{"note":"hello"}\n');
});

Deno.test("openCommandLog() hands lines over without a flush", async () => {
  const line = await firstLineOf("stderr", 'log.note("hello");');

  assertEquals(line, "# hello");
});

Deno.test("openCommandLog() says on standard output that standard error is gone", async () => {
  const line = await firstLineOf(
    "stdout",
    'Deno.stderr.close(); log.note("hello");',
  );

  assertEquals(line, "The access log has ended: its reader has gone");
});

Deno.test("openCommandLog() writes what it gathered before the process ends, which it holds up no longer", async () => {
  const { stderr } = await writeLog({}, 'log.note("hello");');

  assertEquals(stderr, "# hello\n");
});

Deno.test.each<{ logFormat: LogFormat; quiet: boolean; fields: string }>([
  { logFormat: "common", quiet: false, fields: "without-headers" },
  { logFormat: "combined", quiet: false, fields: "all" },
  { logFormat: "json", quiet: false, fields: "all" },
  // Errors alone are written, which tell nothing of the client.
  { logFormat: "json", quiet: true, fields: "without-headers" },
])("openCommandLog() $logFormat, quiet: $quiet, needs $fields", (row) => {
  const log = openCommandLog({ ...row, color: false });

  assertEquals(log.fields, row.fields);
});

/** The first line of a process that opens the log, does some steps, lives on. */
async function firstLineOf(
  stream: "stdout" | "stderr",
  steps: string,
): Promise<string> {
  const child = await startModule(`
    import { openCommandLog } from "${libUrl("server/command_log.ts")}";
    setInterval(() => {}, 60_000);
    const log = openCommandLog({
      logFormat: "common", quiet: false, color: false,
    });
    ${steps}`);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of child[stream]) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n")) break;
  }
  child.kill("SIGKILL");
  await child[stream === "stdout" ? "stderr" : "stdout"].cancel();
  await child.status;
  return text.split("\n", 1)[0] ?? "";
}
