/**
 * What an executable for each system may do, without making one: a program in
 * the place of the compiler writes down what it is given.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import {
  compile,
  fileNameOf,
  permissionFlags,
  sumLine,
  TARGETS,
} from "../../.ci/compile.ts";
import { makeTree } from "../_support/tree.ts";

const OPENERS = { linux: "xdg-open", darwin: "open", windows: "rundll32" };

Deno.test("permissionFlags() names the opener of its system and no other program", () => {
  for (const { os } of TARGETS) {
    const flags = permissionFlags(os);

    assertEquals(
      flags.filter((flag) => flag.startsWith("--allow-run")),
      [`--allow-run=${OPENERS[os]}`],
    );
    assertEquals(
      flags.filter((flag) =>
        /^(?:-A|--allow-(?:all|write|ffi|import))/.test(flag)
      ),
      [],
    );
    assert(flags.includes("--allow-env=PORT"));
    assert(flags.includes("--no-prompt"));
  }
});

Deno.test("TARGETS are five, and what is for Windows says so", () => {
  const names = TARGETS.map((target) =>
    fileNameOf(`serve-${target.triple}`, target)
  );

  assertEquals(new Set(names).size, 5);
  assertEquals(
    names.filter((name) => name.endsWith(".exe")),
    ["serve-x86_64-pc-windows-msvc.exe"],
  );
});

Deno.test({
  name: "compile() gives the compiler the target and its permissions",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using tree = await makeTree({
      "compiler": '#!/bin/sh\nprintf "%s\\n" "$@" > given\n',
    });
    await Deno.chmod(tree.at("compiler"), 0o755);

    for (const target of TARGETS) {
      await compile({
        folder: tree.path,
        entry: "main.js",
        include: ["public"],
        output: tree.at("serve"),
        target,
        compiler: tree.at("compiler"),
      });

      const given = (await Deno.readTextFile(tree.at("given"))).split("\n");
      const after = (flag: string) => given[given.indexOf(flag) + 1];
      assertEquals(given[0], "compile");
      assertEquals(after("--target"), target.triple);
      assertEquals(after("--include"), "public");
      for (const flag of [...permissionFlags(target.os), "--no-code-cache"]) {
        assert(given.includes(flag), flag);
      }
    }
  },
});

Deno.test("sumLine() is a line that sha256sum reads", async () => {
  await using tree = await makeTree({ "a.txt": "abc" });

  assertEquals(
    await sumLine(tree.path, "a.txt"),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n",
  );
});
