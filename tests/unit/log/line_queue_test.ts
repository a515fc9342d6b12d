import { assert, assertEquals } from "@std/assert";

import { LineQueue } from "../../../lib/log/line_queue.ts";
import { libUrl, startModule } from "../disk/_child.ts";

function takeAll(queue: LineQueue): string {
  const decoder = new TextDecoder();
  let text = "";
  while (queue.bytes > 0) text += decoder.decode(queue.take());
  return text;
}

Deno.test("take() gives no bytes when no line waits", () => {
  const queue = new LineQueue(100);

  assertEquals(queue.take().length, 0);
  assertEquals(queue.bytes, 0);
});

Deno.test("take() gives whole lines in their order", () => {
  const queue = new LineQueue(1_000_000);
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i} ☃`);

  for (const line of lines) assert(queue.push(line));
  const last = new TextDecoder().decode(queue.take()).at(-1);
  const rest = takeAll(queue);

  assertEquals(last, "\n");
  assert(rest.endsWith(`${lines.slice(-100).join("\n")}\n`));
});

Deno.test("push() keeps a line that is larger than a piece whole", () => {
  const queue = new LineQueue(1_000_000);
  const long = "☃".repeat(100_000);

  for (const line of ["before", long, "after"]) assert(queue.push(line));

  assertEquals(takeAll(queue), `before\n${long}\nafter\n`);
});

Deno.test("take() leaves what was taken before untouched", () => {
  const queue = new LineQueue(100);

  queue.push("one");
  const first = queue.take();
  queue.push("two");

  assertEquals(new TextDecoder().decode(first), "one\n");
  assertEquals(takeAll(queue), "two\n");
});

Deno.test.each([
  // Exactly full, with the newline.
  { line: "1234567", isTaken: true },
  { line: "12345678", isTaken: false },
  // Two bytes a character: the limit is bytes.
  { line: "ééé", isTaken: true },
  { line: "éééé", isTaken: false },
  { line: "", isTaken: true },
])("push() of $line to a queue of 8 bytes is $isTaken", ({ line, isTaken }) => {
  const queue = new LineQueue(8);

  assertEquals(queue.push(line), isTaken);
  assertEquals(takeAll(queue), isTaken ? `${line}\n` : "");
});

Deno.test("push() has room again when something was taken", () => {
  const queue = new LineQueue(8);

  const pushed = [queue.push("12345"), queue.push("678")];
  queue.take();
  pushed.push(queue.push("678"));

  assertEquals(pushed, [true, false, true]);
  assertEquals(takeAll(queue), "678\n");
});

Deno.test("isPressing is true when a whole piece waits", () => {
  const queue = new LineQueue(1_000_000);

  queue.push("x");
  const before = queue.isPressing;
  for (let i = 0; i < 70; i++) queue.push("x".repeat(1000));

  assertEquals([before, queue.isPressing], [false, true]);
});

Deno.test("push() does not keep alive what lines were cut from", async () => {
  // A piece of a string keeps the whole of it in memory: 10,000 of 64 KiB here,
  // ten times as much as the process may have.
  const child = await startModule(
    `
    import { LineQueue } from "${libUrl("log/line_queue.ts")}";
    const queue = new LineQueue(1_048_576);
    for (let i = 0; i < 10_000; i++) {
      const host = ("h" + i).padEnd(65_536, "x");
      queue.push(\`GET \${host.slice(0, 40)}\`);
    }
    console.log(queue.bytes);
    `,
    { flags: ["--v8-flags=--max-old-space-size=64"] },
  );

  const { stdout } = await child.output();

  assertEquals(new TextDecoder().decode(stdout), "450000\n");
});
