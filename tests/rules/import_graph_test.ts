import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, relative } from "@std/path";

import { REPOSITORY } from "../_support/cli.ts";
import { readSource, repositoryFiles, runDeno } from "./_sources.ts";

/** Where a file stands in the order of the program. */
type Layer =
  | "L0"
  | "http"
  | "archive"
  | "auth"
  | "pages"
  | "log"
  | "disk"
  | "replies"
  | "answer"
  | "handler"
  | "server"
  | "cli"
  | "command"
  | "main"
  | "deno.json";

/** One import: `type` where it is gone when the program runs. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: "code" | "type";
}

/** What each layer may import. `type` in front: types only. */
const MAY_IMPORT: Record<Layer, readonly (Layer | `type ${Layer}`)[]> = {
  "L0": ["L0"],
  "http": ["L0", "http"],
  "archive": ["L0", "archive"],
  "auth": ["L0", "http", "auth"],
  "pages": ["L0", "pages"],
  "log": ["L0", "log"],
  "disk": ["L0", "http", "archive", "disk"],
  // No sideways: what two replies need is further down. `Refuse` is a type.
  "replies": ["L0", "http", "auth", "pages", "disk", "type replies"],
  "answer": [
    "L0",
    "http",
    "archive",
    "auth",
    "type log",
    "disk",
    "replies",
    "answer",
  ],
  "handler": ["L0", "http", "auth", "type log", "disk", "answer", "handler"],
  "server": [
    "L0",
    "http",
    "auth",
    "log",
    "disk",
    "type answer",
    "type handler",
    "server",
  ],
  "cli": ["L0", "http", "auth", "cli"],
  "command": ["L0", "http", "type disk", "handler", "server", "cli", "command"],
  "main": ["L0", "server", "cli", "command", "deno.json"],
  "deno.json": [],
};

/** The standard library, and what one flag needs and loads by itself. */
const ALLOWED_PACKAGE =
  /^(?:@std\/|node:)[\w/-]+$|^@peculiar\/x509$|^reflect-metadata$|^uqr$|^markdown-it$/;

const FOLDERS: readonly Layer[] = [
  "http",
  "archive",
  "auth",
  "pages",
  "log",
  "disk",
  "replies",
  "server",
  "cli",
  "command",
];

function layerOf(path: string): Layer | null {
  if (path === "main.ts") return "main";
  if (path === "deno.json") return "deno.json";
  if (/^lib\/(?:answer|answer_\w+|gates)\.ts$/.test(path)) {
    return "answer";
  }
  if (/^lib\/(build_)?handler\.ts$/.test(path)) return "handler";
  if (/^lib\/[^/]+\.ts$/.test(path)) return "L0";
  const folder = /^lib\/([^/]+)\/[^/]+\.ts$/.exec(path)?.[1];
  return FOLDERS.find((name) => name === folder) ?? null;
}

interface Graph {
  readonly files: readonly string[];
  readonly edges: readonly Edge[];
  /** What is imported by a name, such as `@std/path`. */
  readonly packages: readonly { from: string; specifier: string }[];
}

interface Dependency {
  readonly specifier: string;
  readonly code?: { readonly specifier?: string; readonly error?: string };
  readonly type?: { readonly specifier?: string; readonly error?: string };
}

async function readGraph(...roots: string[]): Promise<Graph> {
  const files = new Set<string>();
  const edges: Edge[] = [];
  const packages: { from: string; specifier: string }[] = [];
  for (const root of roots) {
    const { stdout } = await runDeno(["info", "--json", root]);
    const info: {
      modules: { specifier: string; dependencies?: Dependency[] }[];
    } = JSON.parse(stdout);
    for (const { specifier, dependencies = [] } of info.modules) {
      const from = pathOf(specifier);
      if (from === null) continue;
      files.add(from);
      for (const dependency of dependencies) {
        if (!dependency.specifier.startsWith(".")) {
          packages.push({ from, specifier: dependency.specifier });
          continue;
        }
        const { code, type } = dependency;
        const to = pathOf((code ?? type)?.specifier ?? "");
        assert(to !== null, `${from} imports ${dependency.specifier}`);
        edges.push({ from, to, kind: code === undefined ? "type" : "code" });
      }
    }
  }
  return { files: [...files], edges, packages };
}

function pathOf(specifier: string): string | null {
  if (!specifier.startsWith("file:")) return null;
  const path = relative(REPOSITORY, fromFileUrl(specifier));
  return path.startsWith("..") ? null : path.replaceAll("\\", "/");
}

const GRAPH = await readGraph("main.ts", "lib/handler.ts");

Deno.test("every file of the program has a layer and is in use", async () => {
  const sources = (await repositoryFiles())
    .filter((path) => path === "main.ts" || /^lib\/.*\.ts$/.test(path))
    .filter((path) => !path.endsWith(".d.ts"));

  assertEquals(sources.filter((path) => layerOf(path) === null), []);
  assertEquals(sources.filter((path) => !GRAPH.files.includes(path)), []);
});

Deno.test("imports go down the layers", () => {
  const wrong = GRAPH.edges.filter(({ from, to, kind }) => {
    const [importer, imported] = [layerOf(from), layerOf(to)];
    if (importer === null || imported === null) return true;
    const allowed = MAY_IMPORT[importer];
    return !allowed.includes(imported) &&
      !(kind === "type" && allowed.includes(`type ${imported}`));
  });

  assert(GRAPH.edges.length > 100);
  assertEquals(
    wrong.map(({ from, to, kind }) => `${from} -> ${to} (${kind})`),
    [],
  );
});

Deno.test("no imports go in a circle, not even of types", () => {
  const next = Map.groupBy(GRAPH.edges, ({ from }) => from);
  const done = new Set<string>();
  const circles: string[] = [];

  function visit(path: string, way: readonly string[]): void {
    const at = way.indexOf(path);
    if (at !== -1) circles.push([...way.slice(at), path].join(" -> "));
    if (at !== -1 || done.has(path)) return;
    for (const { to } of next.get(path) ?? []) visit(to, [...way, path]);
    done.add(path);
  }
  for (const file of GRAPH.files) visit(file, []);

  assertEquals(circles, []);
});

Deno.test("the program imports the standard library by its names alone", () => {
  const wrong = GRAPH.packages
    .filter(({ specifier }) => !ALLOWED_PACKAGE.test(specifier));

  assert(GRAPH.packages.length > 0);
  assertEquals(wrong, []);
});

Deno.test("nothing but deno.json says where a package comes from", async () => {
  const sources = (await repositoryFiles()).filter((p) => /\.[jt]sx?$/.test(p));
  const wrong: string[] = [];
  for (const path of sources) {
    const source = await readSource(path);
    const imports = source.matchAll(
      /^(?:import|export)\b[^;"']*["']((?:npm|jsr|https?):[^"']*)["']/gm,
    );
    for (const [, specifier] of imports) wrong.push(`${path}: ${specifier}`);
  }

  assertEquals(wrong, []);
});
