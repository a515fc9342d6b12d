import { assertEquals } from "@std/assert";

import { createHostHint } from "../../../lib/http/host_hint.ts";

function createNotes(): { notes: string[]; hint: (host: string) => void } {
  const notes: string[] = [];
  return { notes, hint: createHostHint((note) => void notes.push(note)) };
}

Deno.test("createHostHint() tells each name once", () => {
  const { notes, hint } = createNotes();

  for (const host of ["a.example", "b.example", "a.example"]) hint(host);

  assertEquals(notes, [
    "refused Host a.example: allow it with --allow-host a.example",
    "refused Host b.example: allow it with --allow-host b.example",
  ]);
});

Deno.test("createHostHint() falls silent when somebody makes names up", () => {
  const { notes, hint } = createNotes();

  for (let i = 0; i < 1_000; i++) hint(`n${i}.example`);
  hint("n0.example");

  assertEquals(notes.length, 11);
  assertEquals(
    notes[9],
    "refused Host n9.example: allow it with --allow-host n9.example",
  );
  assertEquals(
    notes[10],
    "refused more Hosts: further names are not reported",
  );
});

Deno.test("createHostHint() cuts what is no name of the DNS", () => {
  const { notes, hint } = createNotes();
  const start = "a.".repeat(126) + "a";

  hint(`${start}bcd`);
  hint(`${start}efg`);

  assertEquals(notes, [
    `refused Host ${start}: allow it with --allow-host ${start}`,
  ]);
});

Deno.test.each([["127.1"], ["0x7f.1"], [".local"], ["a..local"]])(
  "createHostHint() gives no advice that does not work for %s",
  (host) => {
    const notes: string[] = [];

    createHostHint((message) => void notes.push(message))(host);

    assertEquals(notes, []);
  },
);
