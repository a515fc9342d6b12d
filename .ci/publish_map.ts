/**
 * Writes what is published on JSR into a folder of its own, from where
 * `deno publish` takes it:
 *
 * ```sh
 * deno run --allow-read --allow-write --allow-run=deno .ci/publish_map.ts FOLDER
 * ```
 *
 * In the sources the standard library has the names that it has on JSR, and
 * `deno.json` maps them to an npm package. What is published names JSR; what
 * only tests import, and what is about this repository alone, is left out. The
 * repository is not changed.
 *
 * @module
 */

import {
  fromFileUrl,
  isAbsolute,
  join,
  relative,
  resolve,
  SEPARATOR,
} from "@std/path";

/** The parts of `deno.json` that are published, and `types`, which is not. */
export interface Config {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly publish: { readonly include: readonly string[] };
  readonly imports: Readonly<Record<string, string>>;
  readonly compilerOptions: {
    readonly types?: readonly string[];
    readonly [name: string]: unknown;
  };
}

/** Imports of one module, as `deno info --json` tells them. */
interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly { readonly specifier: string }[];
}

/** The npm package that carries the standard library. */
const STD_ON_NPM = /^npm:deno-std@/;

/** The versions on JSR that have all that is imported, by package. */
const STD_RANGES: Readonly<Record<string, string>> = {
  "@std/cli": "^1",
  "@std/fmt": "^1",
  "@std/media-types": "^1",
  "@std/path": "^1",
  "@std/text": "^1",
};

/**
 * Tells where JSR has what is imported by a name of the standard library.
 *
 * @param name What is imported, such as `@std/path/posix/join`.
 * @returns The specifier, such as `jsr:@std/path@^1/posix/join`.
 * @throws {RangeError} If no version of that package is known to do.
 */
export function onJsr(name: string): string {
  const [scope = "", rest = "", ...subPath] = name.split("/");
  const range = STD_RANGES[`${scope}/${rest}`];
  if (range === undefined) {
    throw new RangeError(
      `Cannot publish "${name}": give its version on JSR in STD_RANGES`,
    );
  }
  return `jsr:${[`${scope}/${rest}@${range}`, ...subPath].join("/")}`;
}

/**
 * Makes the `deno.json` that is published.
 *
 * @param config That of the repository.
 * @param used What the published modules import by name.
 * @returns Who the package is, what it exports, and the imports in use.
 * @throws {RangeError} If JSR would not know what is imported.
 */
export function publishedConfig(
  config: Config,
  used: ReadonlySet<string>,
): Config {
  const { name, version, license, exports, publish, imports } = config;
  const unmapped = [...used].filter((each) => !Object.hasOwn(imports, each));
  if (unmapped.length > 0) {
    throw new RangeError(`Cannot publish: nothing maps ${unmapped.join(", ")}`);
  }
  const { types: _, ...compilerOptions } = config.compilerOptions;
  return {
    name,
    version,
    license,
    exports,
    publish,
    imports: Object.fromEntries(
      Object.entries(imports)
        .filter(([key]) => used.has(key))
        .map(([key, to]) => [key, STD_ON_NPM.test(to) ? onJsr(key) : to]),
    ),
    compilerOptions,
  };
}

/**
 * Finds what modules import by a name that only an import map explains.
 *
 * @param modules The modules of a program and all that they import.
 * @returns The names, such as `@std/path`.
 */
export function importedNames(modules: readonly Module[]): Set<string> {
  return new Set(
    modules
      // A declaration file says what a module is like and imports nothing.
      .filter(({ specifier }) => /^file:.*(?<!\.d)\.ts$/.test(specifier))
      .flatMap(({ dependencies = [] }) => dependencies)
      .map(({ specifier }) => specifier)
      .filter((name) => !/^(?:\.|node:)/.test(name)),
  );
}

if (import.meta.main) await main(Deno.args);

async function main([folder]: readonly string[]): Promise<void> {
  const repository = fromFileUrl(new URL("../", import.meta.url));
  if (folder === undefined) throw new TypeError("Say which folder to write");
  if (isInside(folder, repository)) {
    // What git ignores is not published, and what it does not is committed.
    throw new TypeError(`Cannot write to "${folder}": it is in the repository`);
  }
  await makeFolder(folder);
  const config = await readConfig(repository);
  const used = new Set<string>();
  for (const entry of Object.values(config.exports)) {
    const modules = await readModules(repository, entry);
    for (const name of importedNames(modules)) used.add(name);
  }
  const { include } = config.publish;
  for (const path of include) await copy(repository, folder, path);
  for (const path of config.compilerOptions.types ?? []) {
    await Deno.remove(join(folder, path));
  }
  const published = JSON.stringify(publishedConfig(config, used), null, 2);
  await Deno.writeTextFile(join(folder, "deno.json"), `${published}\n`);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, resolve(path));
  return way !== ".." && !way.startsWith(`..${SEPARATOR}`) && !isAbsolute(way);
}

/** Makes a folder, which is to be empty where there is one. */
async function makeFolder(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for await (const _ of Deno.readDir(folder)) {
    throw new TypeError(`Cannot write to "${folder}": it is not empty`);
  }
}

async function readConfig(repository: string): Promise<Config> {
  return JSON.parse(await Deno.readTextFile(join(repository, "deno.json")));
}

async function readModules(
  repository: string,
  entry: string,
): Promise<readonly Module[]> {
  const { success, stdout, stderr } = await new Deno.Command("deno", {
    args: ["info", "--json", entry],
    cwd: repository,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  const { modules }: { modules: readonly Module[] } = JSON.parse(
    decoder.decode(stdout),
  );
  return modules;
}

async function copy(from: string, to: string, path: string): Promise<void> {
  const source = join(from, path);
  const target = join(to, path);
  const { isDirectory } = await Deno.stat(source);
  if (!isDirectory) return await Deno.copyFile(source, target);
  await Deno.mkdir(target, { recursive: true });
  for await (const { name } of Deno.readDir(source)) {
    await copy(source, target, name);
  }
}
