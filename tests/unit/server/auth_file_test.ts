import { assertEquals } from "@std/assert";

import { formatPasswordHash } from "../../../lib/auth/password_hash.ts";
import { readAuthFile } from "../../../lib/server/auth_file.ts";
import { link, makeTree } from "../../_support/tree.ts";
import { libUrl, plainUserTest, runModule } from "../disk/_child.ts";

const HASH = formatPasswordHash({
  rounds: 1_000,
  salt: new Uint8Array(16),
  digest: new Uint8Array(64),
});

/** What `readAuthFile()` says in a process with these permissions. */
function readWith(flags: readonly string[], file: string): Promise<unknown> {
  return runModule(codeFor(file), { flags });
}

function codeFor(file: string): string {
  return `import { readAuthFile } from "${libUrl("server/auth_file.ts")}";
    console.log(JSON.stringify(await readAuthFile(${JSON.stringify(file)})));`;
}

Deno.test("readAuthFile() gives the users, and where the file really is", async () => {
  await using tree = await makeTree({
    "users": `ada:${HASH}\n`,
    "link": link("users"),
  });
  await Deno.chmod(tree.at("users"), 0o600);

  assertEquals(await readAuthFile(tree.at("link")), {
    kind: "users",
    users: [{ name: "ada", hash: HASH }],
    path: tree.at("users"),
    warnings: [],
  });
});

Deno.test({
  name: "readAuthFile() warns of a file that everybody can read",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using tree = await makeTree({ "users": `ada:${HASH}\n` });
    const file = tree.at("users");
    await Deno.chmod(file, 0o644);

    const result = await readAuthFile(file);

    assertEquals(result.kind === "users" && result.warnings, [
      `other users of this machine can read ${file}: chmod 600 ${file}`,
    ]);
  },
});

Deno.test.each<{ content: string; said: string }>([
  {
    content: `ada:${HASH}\nbob:s3cret\n`,
    said: 'Cannot use line 2 of "$FILE": what follows "bob:" is no hash: ' +
      "make one with --hash-password",
  },
  {
    content: "",
    said: 'Cannot use "$FILE": there is no user: write user:hash on a line, ' +
      "the hash as --hash-password prints it",
  },
  {
    content: "#".repeat(1024 * 1024 + 1),
    said: 'Cannot use "$FILE" as a file of users: it is larger than 1 MiB',
  },
])("readAuthFile() says $said", async ({ content, said }) => {
  await using tree = await makeTree({ "users": content });
  const file = tree.at("users");

  assertEquals(await readAuthFile(file), {
    kind: "failed",
    message: said.replace("$FILE", file),
    isUsage: true,
  });
});

Deno.test("readAuthFile() takes no bytes that are not UTF-8", async () => {
  await using tree = await makeTree({
    "users": new Uint8Array([0x61, 0xff, 0x0a]),
  });
  const file = tree.at("users");

  assertEquals(await readAuthFile(file), {
    kind: "failed",
    message: `Cannot use "${file}" as a file of users: it is not UTF-8 text`,
    isUsage: true,
  });
});

Deno.test.each(["none", "users/x", "loop", "x".repeat(256)])(
  "readAuthFile() finds no %s",
  async (name) => {
    await using tree = await makeTree({
      "users": `ada:${HASH}\n`,
      "loop": link("loop"),
    });
    const file = tree.at(name);

    assertEquals(await readAuthFile(file), {
      kind: "failed",
      message: `Cannot find "${file}": give a file of users that exists`,
      isUsage: true,
    });
  },
);

Deno.test("readAuthFile() takes no folder and no pipe", async () => {
  await using tree = await makeTree({ "folder": null });
  await new Deno.Command("mkfifo", { args: [tree.at("pipe")] }).output();

  for (const name of ["folder", "pipe"]) {
    const file = tree.at(name);
    assertEquals(await readAuthFile(file), {
      kind: "failed",
      message: `Cannot read "${file}": give a regular file`,
      isUsage: true,
    });
  }
});

Deno.test("readAuthFile() needs to read that file alone", async () => {
  await using tree = await makeTree({ "users": `ada:${HASH}\n` });
  const file = tree.at("users");
  await Deno.chmod(file, 0o600);

  assertEquals(await readWith([`--allow-read=${file}`], file), {
    kind: "users",
    users: [{ name: "ada", hash: HASH }],
    path: file,
    warnings: [],
  });
  assertEquals(await readWith([], file), {
    kind: "failed",
    message: `Cannot read "${file}": run with --allow-read=${file}`,
    isUsage: false,
  });
});

Deno.test("readAuthFile() names the target of a link", async () => {
  await using tree = await makeTree({
    "users": `ada:${HASH}\n`,
    "link": link("users"),
  });
  const [file, path] = [tree.at("link"), tree.at("users")];

  const result = await readWith([`--allow-read=${file}`], file);

  assertEquals(result, {
    kind: "failed",
    message: `Cannot read "${file}": it leads to ${path}; ` +
      `run with --allow-read=${path} and give ${path}`,
    isUsage: false,
  });
});

plainUserTest("readAuthFile() says who may not open a file", async (run) => {
  await using tree = await makeTree({ "users": `ada:${HASH}\n` });
  const file = tree.at("users");
  await Deno.chmod(file, 0o000);

  assertEquals(await run(codeFor(file)), {
    kind: "failed",
    message: `Cannot read "${file}": this user may not open it`,
    isUsage: false,
  });
});
