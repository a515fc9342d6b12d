/**
 * JSR as files: packages laid out as the registry serves them, see
 * {@link https://jsr.io/docs/api#jsr-registry-api | its documentation}.
 *
 * @module
 */

import { dirname, join } from "@std/path";

import { REPOSITORY } from "../_support/cli.ts";

/** One version of a package. */
export interface Package {
  /** Name with scope, such as `@std/path`. */
  readonly name: string;
  readonly version: string;
  /** Content by path; paths begin with `/`. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly exports: Readonly<Record<string, string>>;
}

/** Writes a package with the checksums that the runtime asks for. */
export async function layOut(registry: string, each: Package): Promise<void> {
  const { name, version, files, exports } = each;
  const manifest: Record<string, { size: number; checksum: string }> = {};
  for (const [path, bytes] of files) {
    const target = join(registry, name, version, path);
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeFile(target, bytes);
    manifest[path] = { size: bytes.length, checksum: await checksumOf(bytes) };
  }
  await writeJson(join(registry, name, `${version}_meta.json`), {
    manifest,
    exports,
  });
  const [scope, bareName] = name.slice(1).split("/");
  await writeJson(join(registry, name, "meta.json"), {
    scope,
    name: bareName,
    latest: version,
    versions: { [version]: {} },
  });
}

async function checksumOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const digits = [...hash].map((byte) => byte.toString(16).padStart(2, "0"));
  return `sha256-${digits.join("")}`;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await Deno.writeTextFile(path, JSON.stringify(value));
}

/**
 * The packages of the standard library that this repository imports, from the
 * npm package that it takes them from. Types are those of `lib/std.d.ts`.
 */
export async function stdPackages(): Promise<Package[]> {
  const { imports }: { imports: Record<string, string> } = JSON.parse(
    await Deno.readTextFile(join(REPOSITORY, "deno.json")),
  );
  const types = await readTypes();
  const modules = Object.entries(imports).flatMap(([name, specifier]) => {
    const match = /^npm:deno-std@([^/]+)\/(\w+)(\/.+)\.js$/.exec(specifier);
    if (match === null) return [];
    const [, version = "", folder = "", path = ""] = match;
    return [{ name, version, folder, path, types: types.get(name) ?? "" }];
  });
  const byFolder = Map.groupBy(modules, ({ folder }) => folder);
  return await Promise.all(
    [...byFolder].map(async ([folder, modules]) => {
      const { name = "", version = "" } = modules[0] ?? {};
      const packageName = name.split("/").slice(0, 2).join("/");
      const files = await readFiles(join(await npmFolder(version), folder));
      for (const { path, types } of modules) addTypes(files, path, types);
      const exports = modules.map(({ name, path }) =>
        [`.${name.slice(packageName.length)}`, `.${path}.js`] as const
      );
      return {
        name: packageName,
        version,
        files,
        exports: Object.fromEntries(exports),
      };
    }),
  );
}

/** What `lib/std.d.ts` declares, by the name of the module. */
async function readTypes(): Promise<Map<string, string>> {
  const text = await Deno.readTextFile(join(REPOSITORY, "lib", "std.d.ts"));
  const blocks = text.matchAll(/^declare module "(.+)" \{\n([^]*?)\n\}/gm);
  return new Map([...blocks].map(([, name = "", body = ""]) => [name, body]));
}

/** Puts types beside a module, as JSR does where it has only JavaScript. */
function addTypes(
  files: Map<string, Uint8Array<ArrayBuffer>>,
  path: string,
  types: string,
): void {
  const encoder = new TextEncoder();
  const up = "../".repeat(path.split("/").length - 2);
  // The declarations of a part lead to those of the whole package.
  const own = types.replace(/(?<=from ")@std\/\w+(?=")/, `./${up}mod.d.ts`);
  const code = new TextDecoder().decode(files.get(`${path}.js`));
  const fileName = path.slice(path.lastIndexOf("/") + 1);
  const pragma = `/* @ts-self-types="./${fileName}.d.ts" */`;
  files.set(`${path}.d.ts`, encoder.encode(own));
  files.set(`${path}.js`, encoder.encode(`${pragma}\n${code}`));
}

async function readFiles(
  folder: string,
  prefix = "",
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    const inner = isDirectory
      ? await readFiles(path, `${prefix}/${name}`)
      : [[`${prefix}/${name}`, await Deno.readFile(path)] as const];
    for (const [key, bytes] of inner) files.set(key, bytes);
  }
  return files;
}

/** Where the runtime keeps the npm package: there is one to import from. */
async function npmFolder(version: string): Promise<string> {
  const cache = await npmCache();
  for await (const { name } of Deno.readDir(cache)) {
    const folder = join(cache, name, "deno-std", version);
    try {
      if ((await Deno.stat(folder)).isDirectory) return folder;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(`The cache has no deno-std@${version}`);
}

/** The packages that the runtime has fetched from npm. */
export async function npmCache(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
    stdin: "null",
  }).output();
  const { npmCache }: { npmCache: string } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  return npmCache;
}
