import { assert, assertEquals } from "@std/assert";

import { readSource, repositoryFiles, withoutComments } from "./_sources.ts";

const FILES = await repositoryFiles();
const SOURCES = FILES.filter((path) =>
  path === "main.ts" || /^lib\/.*\.ts$/.test(path)
);

const LINES_MAX = 250;

/** Files that were worth some lines more. */
const LINES_MAX_OF: Readonly<Record<string, number>> = {
  // The one table, ten lines a flag.
  "lib/cli/flags.ts": 400,
};

/** What only some files may use. */
const USES: { what: string; pattern: RegExp; where: RegExp }[] = [
  {
    what: "new Response",
    pattern: /\bnew Response\b|\bResponse\.(?:json|error|redirect)\b/,
    where: /^lib\/response\.ts$/,
  },
  {
    what: "the files of the disk",
    pattern:
      /\bDeno\.(?:open|lstat|realPath|readDir|stat|readFile|readTextFile|readLink)(?:Sync)?\b/,
    where: /^lib\/(?:disk|server)\//,
  },
  {
    what: "what changes the disk",
    pattern:
      /\bDeno\.(?:write\w*|create|mkdir|remove|rename|truncate|symlink|link|chmod|chown|utime|copyFile|make\w*)\b/,
    where: /^$/,
  },
  { what: "console", pattern: /\bconsole\./, where: /^main\.ts$/ },
  {
    what: "the markup that is not escaped",
    pattern: /\binnerHTML\b|\beval\(/,
    where: /^$/,
  },
];

Deno.test("the top level holds what it is to hold", () => {
  const top = FILES.map((path) => path.split("/", 1)[0] ?? "");
  const names = [...new Set(top)].filter((name) => !name.startsWith("."));

  assertEquals(names.toSorted(), [
    "README.md",
    "deno.json",
    "deno.lock",
    "lib",
    "main.ts",
    "tests",
  ]);
});

Deno.test("no file of the program is long", async () => {
  const long: string[] = [];
  for (const path of SOURCES) {
    const lines = (await readSource(path)).trimEnd().split("\n").length;
    const limit = LINES_MAX_OF[path] ?? LINES_MAX;
    if (lines > limit) long.push(`${path}: ${lines} of ${limit} lines`);
  }

  assertEquals(long, []);
});

Deno.test.each(USES)(
  "only some files use $what",
  async ({ pattern, where }) => {
    const wrong: string[] = [];
    for (const path of SOURCES) {
      if (where.test(path)) continue;
      const code = withoutComments(await readSource(path));
      const found = pattern.exec(code);
      if (found !== null) wrong.push(`${path}: ${found[0]}`);
    }

    assertEquals(wrong, []);
  },
);

Deno.test("every file of the program begins by saying what it is for", async () => {
  const mute: string[] = [];
  for (const path of SOURCES) {
    if (path.endsWith(".d.ts")) continue;
    const block = /^\/\*\*\n(?: \*[^\n]*\n)+? \*\/\n/.exec(
      await readSource(path),
    );
    if (!block?.[0].includes("\n * @module\n")) mute.push(path);
  }

  assertEquals(mute, []);
});

Deno.test("every file in a folder of lib has its tests", () => {
  const untested = SOURCES
    .map((path) => /^lib\/(.+\/.+)\.ts$/.exec(path)?.[1])
    .filter((name) => name !== undefined)
    .filter((name) => !FILES.includes(`tests/unit/${name}_test.ts`));

  assertEquals(untested, []);
});

Deno.test("every unit test has its file in lib", () => {
  const orphans = FILES
    .map((path) => /^tests\/unit\/(.+)_test\.ts$/.exec(path)?.[1])
    .filter((name) => name !== undefined)
    .filter((name) => !SOURCES.includes(`lib/${name}.ts`));

  assertEquals(orphans, []);
});

Deno.test("file names are in snake_case, and none is a drawer for everything", () => {
  const wrong = FILES
    .filter((path) => /^(?:main\.ts|lib\/|tests\/)/.test(path))
    .filter((path) =>
      !path.split("/").every((name) => /^_?[a-z0-9_]+(?:\.\w+)*$/.test(name)) ||
      /\/(?:mod|index|utils?|helpers?|common)\.ts$/.test(path)
    );

  assert(FILES.length > 100);
  assertEquals(wrong, []);
});
