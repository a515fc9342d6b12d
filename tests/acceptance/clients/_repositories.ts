/**
 * Repositories that lie in a served folder: a bare one of git, fetched over
 * its dumb protocol, and one of Debian packages.
 *
 * @module
 */

import { join } from "@std/path";

import type { Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { makeTree, OLD } from "../../_support/tree.ts";
import { countLogged } from "./_log.ts";
import { checkTools, namesIn, run, runWell } from "./_tools.ts";

/** Commits that come in one pack, and those that stay loose objects. */
const PACKED = 300;
const LOOSE = 40;
const PACKAGE = "serve-sample";

/** Clones a bare repository, packs and loose objects, and compares. */
export async function clonesRepository(): Promise<Finding> {
  checkTools("git");
  await using scratch = await makeTree({ "shared/": null, "home/": null });
  const bare = scratch.at("shared/x.git");
  const env = gitEnvironment(scratch.at("home"));
  const git = (...args: string[]) => runWell("git", args, { env });
  await makeRepository(git, scratch.path, bare);
  await using server = await startServer({ directory: scratch.at("shared") });
  const clone = scratch.at("clone");
  await git("clone", "--quiet", `${server.origin}/x.git`, clone);
  const heads = [
    await git("-C", bare, "rev-parse", "HEAD"),
    await git("-C", clone, "rev-parse", "HEAD"),
  ];
  const commits = Number(await git("-C", clone, "rev-list", "--count", "HEAD"));
  await git("-C", clone, "fsck", "--full", "--strict");
  const changed = await git("-C", clone, "status", "--porcelain");
  const objects = await git("-C", bare, "count-objects", "-v");
  const count = (name: string) =>
    new RegExp(`^${name}: (\\d+)$`, "m").exec(objects)?.[1] ?? "no";
  return {
    holds: heads[0] === heads[1] && changed === "" &&
      commits === PACKED + LOOSE && count("packs") !== "0" &&
      count("count") !== "0",
    figure: `${commits} commits, ${count("packs")} pack, ` +
      `${count("count")} loose objects; HEAD ` +
      `${heads[0] === heads[1] ? "the same" : "another"}, fsck clean`,
  };
}

async function makeRepository(
  git: (...args: string[]) => Promise<string>,
  folder: string,
  bare: string,
): Promise<void> {
  const work = join(folder, "work");
  await git("init", "--quiet", "--initial-branch=main", work);
  for (let i = 1; i <= PACKED + LOOSE; i++) {
    await Deno.writeTextFile(join(work, `file ${i % 50}.txt`), `${i}\n`);
    await git("-C", work, "add", "--all");
    await git("-C", work, "commit", "--quiet", `--message=Commit ${i}`);
    if (i === PACKED) await git("-C", work, "repack", "-a", "-d", "--quiet");
  }
  await Deno.rename(join(work, ".git"), bare);
  await git("-C", bare, "config", "core.bare", "true");
  await git("-C", bare, "update-server-info");
}

function gitEnvironment(home: string): Record<string, string> {
  return {
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@example.com",
    GIT_COMMITTER_NAME: "A",
    GIT_COMMITTER_EMAIL: "a@example.com",
  };
}

/** Updates package lists from a folder, downloads, and updates once more. */
export async function updatesPackages(): Promise<Finding> {
  checkTools("apt-get", "dpkg-deb", "apt-ftparchive", "gzip");
  await using scratch = await makeTree({ "shared/": null, "apt/": null });
  const shared = scratch.at("shared");
  const built = await makePackages(scratch.path, shared);
  await using server = await startServer({ directory: shared });
  const options = await aptOptions(server, scratch.at("apt"));
  const apt = (...args: string[]) =>
    run("apt-get", [...options, ...args], { cwd: scratch.at("apt") });
  const first = await apt("update");
  const download = await apt("download", PACKAGE);
  const got = (await namesIn(scratch.at("apt")))
    .find((name) => name.endsWith(".deb"));
  const isSame = got !== undefined && await isSameFile(
    join(scratch.at("apt"), got),
    built,
  );
  const second = await apt("update");
  const codes = [first.code, download.code, second.code];
  const got200 = /^Get:\d+ http.* Packages/m.test(first.stdout);
  const hit = /^Hit:\d+ http.* Release$/m.test(second.stdout);
  const not = [first, second].flatMap(({ stderr }) =>
    stderr.split("\n").filter((line) => /^[EW]:/.test(line))
  );
  const logged = await countLogged(server, /" 304 /);
  return {
    holds: codes.every((code) => code === 0) && isSame && got200 && hit &&
      logged > 0 && not.length === 0,
    figure:
      `exit codes ${codes.join(", ")}; lists ${
        got200 ? "fetched" : "not fetched"
      }; package ${isSame ? "downloaded, the same bytes" : "missing"}; ` +
      `second update ${hit ? "Hit" : "no Hit"}, ${logged} × 304 ${
        not.slice(0, 3).join("; ")
      }`,
  };
}

async function makePackages(folder: string, shared: string): Promise<string> {
  const source = join(folder, "source");
  await Deno.mkdir(join(source, "DEBIAN"), { recursive: true });
  await Deno.mkdir(join(source, "opt"));
  await Deno.writeTextFile(join(source, "opt", PACKAGE), "A sample.\n");
  await Deno.writeTextFile(
    join(source, "DEBIAN/control"),
    `Package: ${PACKAGE}\nVersion: 1.0\nArchitecture: all\n` +
      "Maintainer: A <a@example.com>\nDescription: A sample\n",
  );
  const file = `${PACKAGE}_1.0_all.deb`;
  await runWell("dpkg-deb", [
    "--root-owner-group",
    "--build",
    source,
    join(shared, file),
  ]);
  const make = async (kind: string, name: string) => {
    const text = await runWell("apt-ftparchive", [kind, "."], { cwd: shared });
    await Deno.writeTextFile(join(shared, name), text);
  };
  await make("packages", "Packages");
  await runWell("gzip", ["--best", "--keep", join(shared, "Packages")]);
  await make("release", "Release");
  await Deno.remove(join(shared, "Packages"));
  for (const name of await namesIn(shared)) {
    await Deno.utime(join(shared, name), OLD, OLD);
  }
  return join(shared, file);
}

/** Keeps `apt-get` away from everything that belongs to the machine. */
async function aptOptions(server: Server, folder: string): Promise<string[]> {
  const at = (name: string) => join(folder, name);
  for (const name of ["lists/partial", "cache/archives/partial"]) {
    await Deno.mkdir(at(name), { recursive: true });
  }
  await Deno.writeTextFile(at("status"), "");
  await Deno.writeTextFile(
    at("sources.list"),
    `deb [trusted=yes] ${server.origin}/ ./\n`,
  );
  const options = {
    "Dir::Etc::SourceList": at("sources.list"),
    "Dir::Etc::SourceParts": "-",
    "Dir::State": folder,
    "Dir::State::Lists": at("lists"),
    "Dir::State::status": at("status"),
    "Dir::Cache": at("cache"),
    "Acquire::http::Proxy": "DIRECT",
    "Acquire::Languages": "none",
    "APT::Sandbox::User": "",
    "Debug::NoLocking": "true",
  };
  return Object.entries(options).flatMap(([name, value]) => [
    "-o",
    `${name}=${value}`,
  ]);
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  return (await run("cmp", ["--", one, other])).code === 0;
}
