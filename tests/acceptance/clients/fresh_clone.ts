/**
 * What somebody does who has Node and nothing else: clones, runs the README's
 * run command, runs its test command. Deno comes from the package registry,
 * all of its caches are empty, and no `deno` is on PATH.
 *
 * @module
 */

import { join } from "@std/path";

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { freePort, REPOSITORY } from "../../_support/cli.ts";
import { makeTree, type Tree } from "../../_support/tree.ts";
import { type DocTree, docTree } from "./_doc_tree.ts";
import { markedBlock, pointedAt } from "./_readme.ts";
import { checkTools, run, runWell } from "./_tools.ts";

/** Enough for Deno and the packages to arrive over a slow line. */
const START_LIMIT_MS = 180_000;
const TEST_LIMIT_SECONDS = 1800;
const AT_ONCE = 8;

await acceptance("fresh clone, Node only: a folder is prepared", async () => {
  checkTools("git", "node", "npx", "setsid", "sh");
  await using scratch = await makeTree({ "bin/": null });
  const clone = scratch.at("clone");
  await runWell("git", ["clone", "--quiet", REPOSITORY, clone]);
  const env = await nodeOnly(scratch);
  const found = await run("sh", ["-c", "command -v deno"], { env });
  await acceptance(
    "fresh clone, Node only: the run command serves the documentation",
    () => serves(clone, env),
  );
  await acceptance(
    "fresh clone, Node only: the test command passes",
    () => tests(clone, env),
  );
  const commit = await runWell("git", ["-C", clone, "log", "-1", "--oneline"]);
  return {
    holds: found.code !== 0,
    figure: `at ${commit.trim()}; ${
      found.code === 0 ? `deno is on PATH: ${found.stdout}` : "no deno on PATH"
    }`,
  };
});

/** All programs of the machine but `deno`, and caches that are empty. */
async function nodeOnly(scratch: Tree): Promise<Record<string, string>> {
  const bin = scratch.at("bin");
  const names = new Set(["deno"]);
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    if (folder === "" || !await isFolder(folder)) continue;
    for await (const { name } of Deno.readDir(folder)) {
      if (names.has(name)) continue;
      names.add(name);
      await Deno.symlink(join(folder, name), join(bin, name));
    }
  }
  return {
    PATH: bin,
    DENO_DIR: scratch.at("deno_dir"),
    npm_config_cache: scratch.at("npm_cache"),
    npm_config_update_notifier: "false",
  };
}

async function serves(
  clone: string,
  env: Record<string, string>,
): Promise<Finding> {
  const tree = await docTree();
  const port = freePort("0.0.0.0");
  const block = markedBlock(await readme(clone), "run: node");
  const command = pointedAt(block, tree.root, port);
  // In a session of its own, so that whatever the command starts ends with it.
  const child = new Deno.Command("setsid", {
    args: ["sh", "-c", command],
    cwd: clone,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const started = Date.now();
  try {
    const line = await firstLine(child.stdout, START_LIMIT_MS);
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    const { same, wrong } = await fetchAll(`http://127.0.0.1:${port}`, tree);
    return {
      holds: wrong.length === 0 && same === tree.files.length &&
        line.startsWith(`Serving HTTP on 0.0.0.0 port ${port} `),
      figure: `${JSON.stringify(line)} after ${seconds} s; ` +
        `${tree.regular} files (${same} of ${tree.files.length} paths the ` +
        `same bytes), ${tree.folders.length} folders, ` +
        `${wrong.length} wrong ${wrong.slice(0, 5).join("; ")}`.trimEnd(),
    };
  } finally {
    await runWell("sh", ["-c", `kill -TERM -${child.pid}`]);
    await child.status;
  }
}

async function tests(
  clone: string,
  env: Record<string, string>,
): Promise<Finding> {
  const command = markedBlock(await readme(clone), "test: node");
  const started = Date.now();
  const { code, stdout, stderr } = await run("sh", ["-c", command], {
    cwd: clone,
    env: { ...env, NO_COLOR: "1" },
    limitSeconds: TEST_LIMIT_SECONDS,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  const output = stdout + stderr;
  const summary = /^(?:ok|FAILED) \| .*$/m.exec(output)?.[0] ??
    output.trim().split("\n").slice(-5).join("\n");
  return {
    holds: code === 0,
    figure: `exit code ${code}, ${summary}; ${seconds} s in all`,
  };
}

async function readme(clone: string): Promise<string> {
  return await Deno.readTextFile(join(clone, "README.md"));
}

/** Fetches every file and folder by its path and compares with the disk. */
async function fetchAll(
  origin: string,
  tree: DocTree,
): Promise<{ same: number; wrong: string[] }> {
  const wrong: string[] = [];
  let same = 0;
  const encode = (path: string) =>
    path.split("/").map(encodeURIComponent).join("/");
  const file = async (path: string) => {
    const response = await fetch(`${origin}/${encode(path)}`);
    const body = new Uint8Array(await response.arrayBuffer());
    const content = await Deno.readFile(join(tree.root, path));
    const isSame = response.status === 200 && body.length === content.length &&
      body.every((byte, index) => byte === content[index]);
    if (isSame) same++;
    else wrong.push(`${response.status} for ${path}`);
  };
  const folder = async (path: string) => {
    const response = await fetch(`${origin}/${encode(path)}/`);
    await response.body?.cancel();
    if (response.status !== 200) wrong.push(`${response.status} for ${path}/`);
  };
  const jobs = [
    ...tree.files.map((path) => () => file(path)),
    ...tree.folders.map((path) => () => folder(path)),
  ];
  for (let i = 0; i < jobs.length; i += AT_ONCE) {
    await Promise.all(jobs.slice(i, i + AT_ONCE).map((job) => job()));
  }
  return { same, wrong };
}

async function firstLine(
  stream: ReadableStream<Uint8Array>,
  limitMs: number,
): Promise<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const timer = setTimeout(() => reader.cancel("too late"), limitMs);
  let text = "";
  while (!text.includes("\n")) {
    const { done, value } = await reader.read();
    if (done) {
      throw new Error(`The run command said nothing but: ${text}`);
    }
    text += value;
  }
  clearTimeout(timer);
  // What follows is read as well: a full pipe must not hold the server up.
  (async () => {
    while (!(await reader.read()).done);
  })();
  return text.split("\n")[0] ?? "";
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    // PATH may name what is not there.
    return false;
  }
}
