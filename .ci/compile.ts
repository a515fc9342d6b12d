/**
 * Makes executables in `dist/`, and `SHA256SUMS` of them:
 *
 * ```sh
 * deno task compile               # dist/serve, for this system
 * deno task compile:all           # one for each system
 * deno task compile:site FOLDER   # dist/site, with a folder inside
 * ```
 *
 * The program is bundled first: modules that are not needed stay out, and what
 * is loaded late stays in files of its own, so that a start reads little.
 * `DENO_COMPILE` names another compiler than the one that runs this.
 *
 * @module
 */

import { basename, fromFileUrl, join } from "@std/path";

import { openerOf } from "../lib/server/opener.ts";

/** A system that executables are made for. */
export interface Target {
  /** Name of the system, as the compiler wants it. */
  readonly triple: string;
  readonly os: "linux" | "darwin" | "windows";
}

/** The systems that Deno compiles for. */
export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", os: "linux" },
  { triple: "aarch64-unknown-linux-gnu", os: "linux" },
  { triple: "x86_64-apple-darwin", os: "darwin" },
  { triple: "aarch64-apple-darwin", os: "darwin" },
  { triple: "x86_64-pc-windows-msvc", os: "windows" },
];

/** The repository. */
const REPOSITORY = fromFileUrl(new URL("../", import.meta.url));

/** The folder in an executable that is served where none is given. */
const SITE = "public";

/**
 * Gives the flags for what an executable may do.
 *
 * @param os System that it is for.
 * @returns Flags of the compiler.
 */
export function permissionFlags(os: Target["os"]): string[] {
  return [
    "--no-prompt",
    "--allow-read",
    "--allow-net",
    "--allow-sys=networkInterfaces,hostname",
    "--allow-env=PORT",
    `--allow-run=${openerOf(os).program}`,
    // Modules of other sites are granted unless they are refused.
    "--deny-import",
  ];
}

/** What to compile, and to what. */
export interface Job {
  /** Folder in which everything is, and nothing else. */
  readonly folder: string;
  /** Main module in it. */
  readonly entry: string;
  /** Folders in it that are put into the executable. */
  readonly include?: readonly string[];
  /** Path of the executable. */
  readonly output: string;
  readonly target: Target;
  /** Program that compiles. */
  readonly compiler: string;
  /** What it may do, if that is not {@linkcode permissionFlags}. */
  readonly flags?: readonly string[];
}

/** Makes one executable. */
export async function compile(job: Job): Promise<void> {
  await run(job.compiler, [
    "compile",
    // Baked in: else a server without a desktop says at each start that there
    // is no program that opens browsers.
    "--quiet",
    "--no-check",
    "--no-config",
    "--no-lock",
    // SECURITY: the runtime would keep compiled code in the folder for temporary
    // files, under a name that every user of the machine can take first.
    "--no-code-cache",
    ...job.flags ?? permissionFlags(job.target.os),
    ...(job.include ?? []).flatMap((name) => ["--include", name]),
    "--target",
    job.target.triple,
    "--output",
    job.output,
    job.entry,
  ], job.folder);
}

/** Writes a program and all that it imports as JavaScript; names its entry. */
export async function bundle(entry: string, folder: string): Promise<string> {
  await run(Deno.execPath(), [
    "bundle",
    "--quiet",
    "--frozen",
    "--platform=deno",
    "--code-splitting",
    "--minify",
    "--outdir",
    folder,
    entry,
  ], REPOSITORY);
  return basename(entry).replace(/\.ts$/, ".js");
}

/** Copies a folder; what visitors are told of its files are their times. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    const { isDirectory, atime, mtime } = await Deno.stat(source);
    if (isDirectory) await copyFolder(source, target);
    else {
      await Deno.copyFile(source, target);
      await Deno.utime(target, atime ?? new Date(), mtime ?? new Date());
    }
  }
}

/** The system that this runs on. */
export function ownTarget(): Target {
  const target = TARGETS.find(({ triple }) => triple === Deno.build.target);
  if (target === undefined) {
    throw new Error(`Cannot compile for ${Deno.build.target}`);
  }
  return target;
}

/** Name of an executable. */
export function fileNameOf(name: string, { os }: Target): string {
  return os === "windows" ? `${name}.exe` : name;
}

/** One line of `SHA256SUMS`, as `sha256sum --check` reads it. */
export async function sumLine(folder: string, name: string): Promise<string> {
  const bytes = await Deno.readFile(join(folder, name));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hex = Array.from(
    new Uint8Array(digest),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
  return `${hex}  ${name}\n`;
}

if (import.meta.main) await main(Deno.args);

async function main([what = "own", site]: readonly string[]): Promise<void> {
  const dist = join(REPOSITORY, "dist");
  const compiler = Deno.env.get("DENO_COMPILE") ?? Deno.execPath();
  if (what === "all" && Deno.env.has("DENORT_BIN")) {
    // It would be taken for every system.
    throw new Error("Cannot make all: DENORT_BIN names the runtime of one");
  }
  const folder = await Deno.makeTempDir({ prefix: "serve_compile_" });
  try {
    await Deno.mkdir(dist, { recursive: true });
    const entry = await bundle(join(REPOSITORY, "main.ts"), folder);
    const names: string[] = [];
    for (const { name, target, include } of await jobsOf(what, site, folder)) {
      const output = join(dist, name);
      await compile({ folder, entry, include, output, target, compiler });
      names.push(name);
    }
    const lines = await Promise.all(names.map((name) => sumLine(dist, name)));
    await Deno.writeTextFile(join(dist, "SHA256SUMS"), lines.join(""));
    for (const name of names) {
      const { size } = await Deno.stat(join(dist, name));
      // deno-lint-ignore no-console -- what was made
      console.log(`dist/${name}: ${(size / 1e6).toFixed(1)} MB`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function jobsOf(
  what: string,
  site: string | undefined,
  folder: string,
): Promise<{ name: string; target: Target; include: string[] }[]> {
  const own = ownTarget();
  switch (what) {
    case "own":
      return [{ name: fileNameOf("serve", own), target: own, include: [] }];
    case "all":
      return TARGETS.map((target) => ({
        name: fileNameOf(`serve-${target.triple}`, target),
        target,
        include: [],
      }));
    case "site":
      if (site === undefined) throw new TypeError("Say which folder to share");
      await copyFolder(site, join(folder, SITE));
      return [{ name: fileNameOf("site", own), target: own, include: [SITE] }];
    default:
      throw new TypeError(`Cannot make "${what}": say own, all or site`);
  }
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new Error(
      `${program} ${args[0]}: ${new TextDecoder().decode(stderr)}`,
    );
  }
}
