import { assert, assertEquals } from "@std/assert";

import { NO_PULSE } from "../../../lib/disk/entry_looks.ts";
import type { Pulse } from "../../../lib/disk/pulse.ts";
import { findVisible } from "../../../lib/disk/resolve.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { lookAtFiles } from "../../../lib/disk/walk_looks.ts";
import type { Entry } from "../../../lib/entry.ts";
import { DEFAULTS } from "../../../lib/options.ts";
import type { FileFacts } from "../../../lib/target.ts";
import { link, makeTree } from "../../_support/tree.ts";
import { replaceDeno, systemError } from "./_replace.ts";

const QUICK: Pulse = { isQuick: () => true, took: () => {} };

const PULSES = [
  { how: "without waiting", pulse: QUICK },
  { how: "patiently", pulse: NO_PULSE },
];

function entry(name: string, size = 7): Entry {
  return { name, kind: "file", size, modified: 1_700_000_000_000 };
}

/** Looks at files of a folder; what was found, by name. */
async function look(
  directory: string,
  entries: readonly Entry[],
  pulse: Pulse,
) {
  const root = await openRoot(directory);
  const found = await findVisible(root, root.path, DEFAULTS);
  assert(found.kind === "directory");
  const { path, facts: { device } } = found;
  const taken = new Map<string, FileFacts>();
  const folder = { root, path, rules: DEFAULTS, device, pulse };
  const error = await lookAtFiles(folder, entries, {
    add: ({ name }, facts) => void taken.set(name, facts),
  });
  return { error, taken };
}

Deno.test.each(PULSES)(
  "lookAtFiles() tells $how what files are, with the size and time that are known",
  async ({ pulse }) => {
    await using tree = await makeTree({ "a": "a", "l": link("a") });
    const { ino } = await Deno.stat(tree.at("a"));

    const { error, taken } = await look(
      tree.path,
      [entry("a"), entry("gone"), entry("l")],
      pulse,
    );

    assertEquals(error, null);
    assertEquals([...taken.keys()], ["a", "l"]);
    for (const facts of taken.values()) {
      assertEquals(
        [facts.inode, facts.size, facts.modified],
        [ino, 7, 1_700_000_000_000],
      );
    }
  },
);

Deno.test.each(PULSES)(
  "lookAtFiles() leaves out $how what became a link to the outside, or a folder",
  async ({ pulse }) => {
    await using outside = await makeTree({ "secret": "s" });
    await using tree = await makeTree({
      "l": link(outside.at("secret")),
      "d": null,
    });

    const { error, taken } = await look(
      tree.path,
      [entry("l"), entry("d")],
      pulse,
    );

    assertEquals(error, null);
    assertEquals([...taken.keys()], []);
  },
);

Deno.test.each(PULSES)(
  "lookAtFiles() keeps the order of 100 files, some of which it has to try $how",
  async ({ pulse }) => {
    const names = Array.from({ length: 100 }, (_, i) => String(i));
    await using tree = await makeTree(
      Object.fromEntries(names.map((name) => [name, name])),
    );
    for (const name of ["3", "50"]) await Deno.chmod(tree.at(name), 0o600);

    const { taken } = await look(
      tree.path,
      names.map((name) => entry(name)),
      pulse,
    );

    assertEquals([...taken.keys()], names);
  },
);

Deno.test.each<{ code: string; error: string }>([
  { code: "EACCES", error: "unreadable" },
  { code: "EMFILE", error: "exhausted" },
])("lookAtFiles() is $error where a trial ends with $code", async (row) => {
  await using tree = await makeTree({ "a": "a" });
  await Deno.chmod(tree.at("a"), 0o600);
  using _open = replaceDeno(
    "open",
    () => Promise.reject(systemError(row.code)),
  );

  const { error, taken } = await look(tree.path, [entry("a")], NO_PULSE);

  assertEquals(error, row.error);
  assertEquals(taken.size, 0);
});
