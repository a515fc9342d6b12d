import { assertEquals } from "@std/assert";

import { explainRootError, findRoot } from "../../../lib/server/shared_root.ts";
import { link, makeTree } from "../../_support/tree.ts";
import { libUrl, plainUserTest, runModule } from "../disk/_child.ts";

const IMPORT = `import * as permissions from "${
  libUrl("server/shared_root.ts")
}";`;

/** What `findRoot()` says in a process with these permissions. */
function findRootWith(flags: readonly string[], directory: string, cwd = "/") {
  const code = `${IMPORT}
    const found = await permissions.findRoot(${JSON.stringify(directory)});
    console.log(JSON.stringify(found));`;
  return runModule(code, { flags, cwd });
}

Deno.test("findRoot() finds a folder and a file", async () => {
  await using tree = await makeTree({ "a.txt": "x" });

  assertEquals(await findRoot(tree.path), {
    kind: "root",
    root: { kind: "directory", path: tree.path, name: "" },
  });
  assertEquals(await findRoot(tree.at("a.txt")), {
    kind: "root",
    root: { kind: "file", path: tree.at("a.txt"), name: "a.txt" },
  });
});

Deno.test.each<{ written: string; reason: string }>([
  { written: "none", reason: "give a folder or file that exists" },
  { written: "a.txt/b", reason: "give a folder or file that exists" },
  { written: "broken", reason: "give a folder or file that exists" },
  { written: "loop", reason: "give a folder or file that exists" },
  { written: "x".repeat(256), reason: "the name is too long" },
])("findRoot() takes $written for wrong usage", async ({ written, reason }) => {
  await using tree = await makeTree({
    "a.txt": "x",
    "broken": link("none"),
    "loop": link("loop"),
  });
  const path = tree.at(written);

  assertEquals(await findRoot(path), {
    kind: "failed",
    message: `Cannot find ${JSON.stringify(path)}: ${reason}`,
    isUsage: true,
  });
});

Deno.test("findRoot() takes a device for wrong usage", async () => {
  assertEquals(await findRoot("/dev/null"), {
    kind: "failed",
    message: 'Cannot share "/dev/null": give a folder or a regular file',
    isUsage: true,
  });
});

// One grant of the folder, however it and the directory are written.
Deno.test.each<{ granted: string; written: string }>([
  { granted: "site", written: "site" },
  { granted: "./site", written: "site/" },
  { granted: "site/", written: "./site" },
  { granted: "site", written: "$PATH/site" },
  { granted: "$PATH/site", written: "site" },
  { granted: "$PATH/site/", written: "$PATH/site" },
  { granted: ".", written: "." },
  { granted: ".", written: "site" },
  { granted: "$PATH", written: "./site/../site/" },
])("findRoot() with --allow-read=$granted shares $written", async (row) => {
  await using tree = await makeTree({ "site/": null });
  const granted = row.granted.replace("$PATH", tree.path);
  const written = row.written.replace("$PATH", tree.path);

  const found = await findRootWith(
    [`--allow-read=${granted}`],
    written,
    tree.path,
  );

  const path = row.written === "." ? tree.path : tree.at("site");
  assertEquals(found, {
    kind: "root",
    root: { kind: "directory", path, name: "" },
  });
});

Deno.test("findRoot() names the flag that is missing", async () => {
  await using tree = await makeTree({ "site/": null, "other/": null });
  const path = tree.at("site");

  const found = await findRootWith(
    [`--allow-read=${tree.at("other")}`],
    "site",
    tree.path,
  );

  assertEquals(found, {
    kind: "failed",
    message: `Cannot read ${path}: run with --allow-read=${path} ` +
      "(for a link: of the folder that it leads to, given as the directory)",
    isUsage: false,
  });
});

Deno.test("findRoot() names the target where only a link was granted", async () => {
  await using tree = await makeTree({ "data/": null, "www": link("data") });
  const [link_, target] = [tree.at("www"), tree.at("data")];

  const found = await findRootWith([`--allow-read=${link_}`], link_);

  assertEquals(found, {
    kind: "failed",
    message: `Cannot read ${link_}: it leads to ${target}; ` +
      `run with --allow-read=${target} and with ${target} as the directory`,
    isUsage: false,
  });
});

plainUserTest(
  "findRoot() says that this user may not open the folder",
  async (run) => {
    await using tree = await makeTree({ "site/a.txt": "x" });
    const path = tree.at("site");
    const results: unknown[] = [];

    // Not to be listed, though its files could be opened.
    for (const mode of [0o000, 0o311]) {
      await Deno.chmod(path, mode);
      results.push(
        await run(`${IMPORT}
        const found = await permissions.findRoot(${JSON.stringify(path)});
        console.log(JSON.stringify(found));`),
      );
    }

    const failed = {
      kind: "failed",
      message: `Cannot read ${JSON.stringify(path)}: this user may not open it`,
      isUsage: false,
    };
    assertEquals(results, [failed, failed]);
  },
);

Deno.test("explainRootError() tells of folders that no flag grants", () => {
  const said = explainRootError(new Deno.errors.NotCapable(), "/dev/shm");

  assertEquals(said.isUsage, false);
  assertEquals(
    said.message,
    'Cannot share "/dev/shm": the runtime keeps folders of the system from ' +
      "programs that do not have all permissions; give another folder, or " +
      "run with -A and --no-sandbox",
  );
});
