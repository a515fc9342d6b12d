import { assert, assertEquals } from "@std/assert";

import { seenAbsence, seenFolder } from "../../../lib/disk/absence.ts";
import { factsOf } from "../../../lib/disk/facts.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { isAsSeen } from "../../../lib/disk/seen.ts";
import { link, makeTree } from "../../_support/tree.ts";

/** Past the two seconds in which a change may not show. */
const LATER = Date.now() + 60_000;

Deno.test.each<{ segments: readonly string[]; folder: string }>([
  { segments: ["none"], folder: "." },
  { segments: ["none", "a", "b"], folder: "." },
  { segments: ["d", "none"], folder: "d" },
  { segments: ["to-d", "none", "a"], folder: "to-d" },
])("seenAbsence() of $segments is the folder $folder", async (row) => {
  await using tree = await makeTree({ "d/a.txt": "a", "to-d": link("d") });
  const root = await openRoot(tree.path);

  const seen = await seenAbsence(root, row.segments, LATER);

  const path = row.folder === "." ? tree.path : tree.at(row.folder);
  const facts = factsOf(await Deno.stat(path));
  const real = row.folder === "to-d" ? tree.at("d") : null;
  assertEquals(seen, { path, real, facts });
  assert(seen !== null && await isAsSeen(seen));
});

Deno.test.each<{ segments: readonly string[]; what: string }>([
  { segments: ["dangling"], what: "a link to nothing" },
  { segments: ["dangling", "a"], what: "something behind a link to nothing" },
  { segments: ["a.txt", "b"], what: "something below a file" },
  { segments: ["a.txt"], what: "what is there after all" },
  { segments: [], what: "the folder itself" },
])("seenAbsence() tells nothing of $what", async ({ segments }) => {
  await using tree = await makeTree({ "a.txt": "a", "dangling": link("x") });
  const root = await openRoot(tree.path);

  assertEquals(await seenAbsence(root, segments, LATER), null);
});

Deno.test("seenAbsence() tells nothing of a folder that has changed just now", async () => {
  await using tree = await makeTree({});
  const root = await openRoot(tree.path);

  assertEquals(await seenAbsence(root, ["none"], Date.now()), null);
});

Deno.test("seenAbsence() ends when the name is put into the folder", async () => {
  await using tree = await makeTree({ "d/a.txt": "a" });
  const past = new Date(Date.now() - 60_000);
  await Deno.utime(tree.at("d"), past, past);
  const root = await openRoot(tree.path);
  const seen = await seenAbsence(root, ["d", "none"], LATER);

  await Deno.writeTextFile(tree.at("d/none"), "b");

  assertEquals(seen !== null && await isAsSeen(seen), false);
});

Deno.test("seenFolder() ends when something comes into the folder", async () => {
  await using tree = await makeTree({ "d/a.txt": "a", "to-d": link("d") });
  const past = new Date(Date.now() - 60_000);
  for (const name of ["d", "to-d"]) {
    await Deno.utime(tree.at("d"), past, past);
    const seen = await seenFolder(tree.at(name), LATER);
    assert(seen !== null && await isAsSeen(seen));
    await Deno.writeTextFile(tree.at(`d/${name}.br`), "b");
    assertEquals(await isAsSeen(seen), false);
  }
});

Deno.test("seenFolder() tells nothing of what is no folder or has changed just now", async () => {
  await using tree = await makeTree({ "a.txt": "a" });

  assertEquals(await seenFolder(tree.at("a.txt"), LATER), null);
  assertEquals(await seenFolder(tree.at("none"), LATER), null);
  assertEquals(await seenFolder(tree.path, Date.now()), null);
});
