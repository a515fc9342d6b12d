import { assertEquals } from "@std/assert";

import { readPassword } from "../../../lib/server/password_prompt.ts";

/** A source that gives chunks, and what was shown and done. */
function createSource(
  kind: "terminal" | "pipe",
  chunks: readonly (string | Uint8Array)[],
) {
  const left = [...chunks];
  const events: string[] = [];
  return {
    events,
    left,
    isTerminal: kind === "terminal",
    read: () => {
      const chunk = left.shift() ?? null;
      return Promise.resolve(
        typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk,
      );
    },
    write: (text: string) => {
      events.push(text);
      return Promise.resolve();
    },
    hide: () => {
      events.push("hide");
      return { [Symbol.dispose]: () => void events.push("show") };
    },
  };
}

Deno.test("readPassword() asks twice and shows nothing", async () => {
  const source = createSource("terminal", ["sec", "ret\r", "secret\r"]);

  assertEquals(await readPassword(source), {
    kind: "password",
    password: "secret",
  });
  assertEquals(source.events, [
    "hide",
    "Password: ",
    "\n",
    "Once more: ",
    "\n",
    "show",
  ]);
});

Deno.test.each<{ keys: string[]; password: string }>([
  { keys: ["a b\n", "a b\n"], password: "a b" },
  // Pasted at once, with line ends of all kinds.
  { keys: ["one\rone\r"], password: "one" },
  { keys: ["one\r\none\r\n"], password: "one" },
  { keys: ["one\none"], password: "one" },
  // Backspace takes a character, however many units it has.
  { keys: ["ab\x7fc\r", "ac\r"], password: "ac" },
  { keys: ["a😀\bc\r", "ac\r"], password: "ac" },
  { keys: ["\x7f\x7fa\r", "a\r"], password: "a" },
  // Ctrl-U takes the line, Ctrl-D behind something ends it.
  { keys: ["wrong\x15right\r", "right\r"], password: "right" },
  { keys: ["a\x04", "a\x04"], password: "a" },
  // Arrows, Delete, F1 and other controls say nothing.
  { keys: ["a\x1b[Db\x1b[3~\x1bOPc\x1a\t\r", "abc\r"], password: "abc" },
  { keys: ["a\x1b", "\r", "a\r"], password: "a" },
])("readPassword() takes the keys $keys", async ({ keys, password }) => {
  const isOpen = keys.length === 1 && keys[0] === "one\none";
  const source = createSource("terminal", isOpen ? [...keys, "\r"] : keys);

  assertEquals(await readPassword(source), { kind: "password", password });
});

Deno.test("readPassword() joins a character that comes in two chunks", async () => {
  const [first = 0, second = 0] = new TextEncoder().encode("é");
  const source = createSource("terminal", [
    new Uint8Array([first]),
    new Uint8Array([second, 0x0d]),
    "é\r",
  ]);

  assertEquals(await readPassword(source), { kind: "password", password: "é" });
});

Deno.test.each<{ keys: string[]; message: string }>([
  { keys: ["\r"], message: "Cannot use an empty password: give one" },
  {
    keys: ["a\r", "b\r"],
    message: "Cannot tell which password is meant: the two are not the same",
  },
  {
    keys: ["x".repeat(1_025), "\r"],
    message: "Cannot use a password of more than 1024 bytes: " +
      "give a shorter one",
  },
])("readPassword() says $message", async ({ keys, message }) => {
  const source = createSource("terminal", keys);

  assertEquals(await readPassword(source), { kind: "failed", message });
  assertEquals(source.events.at(-1), "show");
});

Deno.test.each<{ keys: string[] }>([
  { keys: ["\x03"] },
  { keys: ["secret\x03"] },
  { keys: ["\x04"] },
  { keys: ["secret\r", "sec\x03"] },
  // The terminal is gone.
  { keys: [] },
  { keys: ["sec"] },
])("readPassword() is interrupted by $keys", async ({ keys }) => {
  const source = createSource("terminal", keys);

  assertEquals(await readPassword(source), { kind: "interrupted" });
  assertEquals(source.events.at(-1), "show");
});

Deno.test("readPassword() shows the terminal again when reading fails", async () => {
  const source = createSource("terminal", []);

  const [outcome] = await Promise.allSettled([
    readPassword({
      ...source,
      read: () => Promise.reject(new Error("broken")),
    }),
  ]);

  assertEquals(outcome?.status, "rejected");
  assertEquals(source.events, ["hide", "Password: ", "show"]);
});

Deno.test.each<{ chunks: string[]; password: string }>([
  { chunks: ["secret\n"], password: "secret" },
  { chunks: ["secret"], password: "secret" },
  { chunks: ["secret\r\n"], password: "secret" },
  { chunks: ["sec", "ret\nmore\n"], password: "secret" },
  { chunks: [" a:b \n"], password: " a:b " },
  { chunks: ["x".repeat(1_024), "\r\n"], password: "x".repeat(1_024) },
])("readPassword() takes the line of $chunks", async (row) => {
  const source = createSource("pipe", row.chunks);

  assertEquals(await readPassword(source), {
    kind: "password",
    password: row.password,
  });
  assertEquals(source.events, []);
});

Deno.test.each<{ chunks: (string | Uint8Array)[]; message: string }>([
  { chunks: [], message: "Cannot use an empty password: give one" },
  { chunks: ["\n", "x\n"], message: "Cannot use an empty password: give one" },
  { chunks: ["\r\n"], message: "Cannot use an empty password: give one" },
  {
    chunks: ["a\0b\n"],
    message: "Cannot use a password with control characters: leave them out",
  },
  {
    chunks: ["x".repeat(1_025)],
    message: "Cannot use a password of more than 1024 bytes: " +
      "give a shorter one",
  },
  {
    chunks: [new Uint8Array([0xff, 0x0a])],
    message: "Cannot use a password that is not UTF-8",
  },
])("readPassword() from a pipe says $message", async ({ chunks, message }) => {
  assertEquals(await readPassword(createSource("pipe", chunks)), {
    kind: "failed",
    message,
  });
});

Deno.test("readPassword() reads no more of a pipe than it needs", async () => {
  const source = createSource("pipe", Array(100).fill("x".repeat(1_000)));

  assertEquals((await readPassword(source)).kind, "failed");
  assertEquals(source.left.length, 98);
});
