import { assertEquals } from "@std/assert";
import fc from "fast-check";

import type { Handler } from "../../lib/answer.ts";
import { createHandler } from "../../lib/handler.ts";
import { get } from "../_support/call.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import { replace } from "../unit/disk/_replace.ts";

const RUNS = { numRuns: 25 };
const HOUR_MS = 3_600_000;

const FOLDERS = ["site", "site/d", "site/d/e", "site/f", "outside"];
const NAMES = ["a", "b", "d", "e", "f", "l", "index.html", ".env"];

/** One thing that happens to the tree; where it cannot, it does not. */
type Change =
  | { kind: "write"; at: string; size: number }
  | { kind: "remove" | "mkdir"; at: string }
  | { kind: "rename"; at: string; to: string }
  | { kind: "link"; at: string; target: string };

const anyPath = fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES))
  .map((parts) => parts.join("/"));
const plainChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant("write"),
    at: anyPath,
    size: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({ kind: fc.constantFrom("remove", "mkdir"), at: anyPath }),
  fc.record({ kind: fc.constant("rename"), at: anyPath, to: anyPath }),
);
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  plainChange,
  fc.record({
    kind: fc.constant("link"),
    at: anyPath,
    target: fc.constantFrom("a", "d", "..", "../f", "../../outside", "none"),
  }),
);

const TARGETS = ["/", "/d/", "/d/e/", "/f/", "/l/", "/d/l/", "/d"]
  .flatMap((path) => [path, `${path}?format=json`, `${path}?sort=size`]);

async function apply(tree: Tree, change: Change): Promise<void> {
  const path = tree.at(change.at);
  try {
    switch (change.kind) {
      case "write":
        return await Deno.writeTextFile(path, "x".repeat(change.size));
      case "remove":
        return await Deno.remove(path, { recursive: true });
      case "mkdir":
        return await Deno.mkdir(path);
      case "rename":
        return await Deno.rename(path, tree.at(change.to));
      case "link":
        return await Deno.symlink(change.target, path);
      default:
        change satisfies never;
    }
  } catch (error) {
    // Such as a folder that is not there, or one moved into itself.
    if (!(error instanceof Error) || !("code" in error)) throw error;
  }
}

/** A change from now on shows in the time of each folder. */
async function settle(path: string, time: number): Promise<void> {
  await Deno.utime(path, time, time);
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) await settle(`${path}/${name}`, time);
  }
}

/** Status and body of each target; of a folder, what `shown` leaves of it. */
async function answersOf(
  handler: Handler,
  shown: (body: string) => string = (body) => body,
): Promise<string[]> {
  const answers: string[] = [];
  for (const target of TARGETS) {
    const response = await get(handler, target);
    const { status, headers } = response;
    const location = headers.get("location") ?? "";
    const body = shown(await response.text());
    answers.push([target, status, location, body].join("\n"));
  }
  return answers;
}

/** Links of a page or list, in no order: that may be one of sizes or times. */
function linksIn(body: string): string {
  return [...body.matchAll(/"\.\/[^"]*"/g)].map(String).toSorted().join(" ");
}

/** Says where answers part, instead of printing all pages. */
function assertSame(actual: readonly string[], expected: readonly string[]) {
  const at = expected.findIndex((answer, i) => actual[i] !== answer);
  assertEquals(actual[at], expected[at]);
}

/** A clock an hour ahead, for which nothing changed lately. */
function createClock() {
  const wall = Date.now;
  const steady = performance.now;
  let ahead = HOUR_MS;
  const replaced = [
    replace(Date, "now", () => wall() + ahead),
    replace(performance, "now", () => steady.call(performance) + ahead),
  ];
  return {
    pass: (ms: number) => void (ahead += ms),
    [Symbol.dispose]: () => replaced.forEach((r) => r[Symbol.dispose]()),
  };
}

/** Calls back after each change, when all was asked for before it. */
async function checkAfter(
  changes: readonly Change[],
  check: (handler: Handler, fresh: Handler) => Promise<void>,
): Promise<void> {
  await using tree = await makeTree({
    "site/a": "a",
    "site/d/a": "aa",
    "site/d/e/": null,
    "site/f/b": "b",
    "outside/a": "secret",
  });
  const handler = await createHandler(tree.at("site"));
  let time = 1e9;
  for (const change of changes) {
    await settle(tree.path, time++);
    await answersOf(handler);
    await apply(tree, change);
    await check(handler, await createHandler(tree.at("site")));
  }
}

Deno.test("a folder that is remembered shows what came and went at once", async () => {
  using _clock = createClock();
  const changes = fc.array(plainChange, { minLength: 1, maxLength: 8 });

  await fc.assert(
    fc.asyncProperty(changes, async (changes) => {
      await checkAfter(changes, async (handler, fresh) => {
        assertSame(
          await answersOf(handler, linksIn),
          await answersOf(fresh, linksIn),
        );
      });
    }),
    RUNS,
  );
});

Deno.test("a folder that is remembered is shown after a second as one that is read", async () => {
  using clock = createClock();
  const changes = fc.array(anyChange, { minLength: 1, maxLength: 8 });

  await fc.assert(
    fc.asyncProperty(changes, async (changes) => {
      await checkAfter(changes, async (handler, fresh) => {
        clock.pass(1_000);
        assertSame(await answersOf(handler), await answersOf(fresh));
      });
    }),
    RUNS,
  );
});
