import { assert, assertEquals } from "@std/assert";

import type { Handler } from "../../lib/answer.ts";
import { createHandler } from "../../lib/handler.ts";
import { get } from "../_support/call.ts";
import { link, makeTree, OLD, type Tree } from "../_support/tree.ts";
import { replace } from "../unit/disk/_replace.ts";

const HOUR_MS = 3_600_000;

/**
 * The clock of the program is an hour ahead, so that nothing in a tree changed
 * lately for it, and can be put forward.
 */
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

/** Counts how often folders are read. */
function countReadings(): Disposable & { count: number } {
  const { readDir } = Deno;
  const counter = {
    count: 0,
    [Symbol.dispose]: () => replaced[Symbol.dispose](),
  };
  const replaced = replace(Deno, "readDir", (path: string) => {
    counter.count++;
    return readDir(path);
  });
  return counter;
}

async function entriesAt(
  handler: Handler,
  path: string,
  query = "",
): Promise<string> {
  const response = await get(handler, `${path}?format=json${query}`);
  if (response.status !== 200) {
    await response.body?.cancel();
    return String(response.status);
  }
  const entries: { name: string; size: number | null }[] = await response
    .json();
  return entries.map(({ name, size }) =>
    size === null ? name : `${name}:${size}`
  )
    .join(" ");
}

/** A change from now on shows in the time of a folder. */
async function settle(tree: Tree, folder: string): Promise<void> {
  await Deno.utime(tree.at(folder), OLD, OLD);
}

Deno.test("GET of a folder that is as it was does not read it again", async () => {
  await using tree = await makeTree({ "a.txt": "x", "d/b.txt": "x" });
  using _clock = createClock();
  await settle(tree, "d");
  const handler = await createHandler(tree.path);

  const first = await get(handler, "/d/");
  using readings = countReadings();
  const second = await get(handler, "/d/");
  const head = await get(handler, "/d/", { method: "HEAD" });

  assertEquals(readings.count, 0);
  assertEquals(await second.text(), await first.text());
  assertEquals([...second.headers], [...first.headers]);
  assertEquals([...head.headers], [...first.headers]);
  assertEquals(await head.text(), "");
});

Deno.test("GET of a folder tells its forms and orders apart when they are remembered", async () => {
  await using tree = await makeTree({ "a": "xx", "b": "x" });
  using _clock = createClock();
  await settle(tree, ".");
  const json = { headers: { accept: "application/json" } };
  const requests: [string, RequestInit][] = [
    ["/", {}],
    ["/", json],
    ["/?sort=size", {}],
    ["/?sort=size", json],
    ["/?sort=size&order=desc", {}],
    ["/?format=json", {}],
    ["/?format=html", json],
    ["/?listing", {}],
  ];
  const handler = await createHandler(tree.path);
  async function bodies(): Promise<string[]> {
    const texts: string[] = [];
    for (const request of requests) {
      texts.push(await (await get(handler, ...request)).text());
    }
    return texts;
  }

  const first = await bodies();
  using readings = countReadings();
  const second = await bodies();

  assertEquals(readings.count, 0);
  assertEquals(second, first);
  assertEquals(new Set(first).size, 6);
});

Deno.test.each<{ about: string; change: (tree: Tree) => Promise<void> }>([
  {
    about: "added",
    change: (tree) => Deno.writeTextFile(tree.at("site/d/new"), ""),
  },
  { about: "removed", change: (tree) => Deno.remove(tree.at("site/d/a")) },
  {
    about: "renamed",
    change: (tree) => Deno.rename(tree.at("site/d/a"), tree.at("site/d/z")),
  },
  {
    about: "put in the place of another",
    change: (tree) => Deno.rename(tree.at("site/d/a"), tree.at("site/d/b")),
  },
  {
    about: "moved in from elsewhere",
    change: (tree) => Deno.rename(tree.at("secret/c"), tree.at("site/d/c")),
  },
])("GET of a folder shows at once what was $about", async ({ change }) => {
  await using tree = await makeTree({
    "site/d/a": "a",
    "site/d/b": "bb",
    "secret/c": "c",
  });
  using _clock = createClock();
  await settle(tree, "site/d");
  const handler = await createHandler(tree.at("site"));

  const before = await entriesAt(handler, "/d/");
  await change(tree);
  const after = await entriesAt(handler, "/d/");

  assertEquals(before, "a:1 b:2");
  assert(after !== before);
  assertEquals(
    after,
    await entriesAt(await createHandler(tree.at("site")), "/d/"),
  );
});

// The folder is young all the time, and its times may be those of one tick.
Deno.test("GET of a folder shows each of many changes in the same moment", async () => {
  await using tree = await makeTree({ "d/": null });
  const handler = await createHandler(tree.path);

  for (let i = 0; i < 100; i++) {
    await Deno.writeTextFile(tree.at(`d/${i % 10}`), "");
    const added = await entriesAt(handler, "/d/");
    await Deno.remove(tree.at(`d/${i % 10}`));
    const removed = await entriesAt(handler, "/d/");

    assertEquals([added, removed], [`${i % 10}:0`, ""]);
  }
});

Deno.test("GET of a folder shows a size and a time after a second", async () => {
  await using tree = await makeTree({ "d/a": "x", "d/b": "x" });
  using clock = createClock();
  await settle(tree, "d");
  const handler = await createHandler(tree.path);

  const before = await entriesAt(handler, "/d/", "&sort=size");
  await Deno.writeTextFile(tree.at("d/a"), "xxx");
  clock.pass(1_000);
  const after = await entriesAt(handler, "/d/", "&sort=size");

  assertEquals([before, after], ["a:1 b:1", "b:1 a:3"]);
});

Deno.test.each<{ about: string; change: (tree: Tree) => Promise<void> }>([
  {
    about: "a link to another folder",
    async change(tree) {
      await Deno.remove(tree.at("site/l"));
      await Deno.symlink("e", tree.at("site/l"));
    },
  },
  {
    about: "a link to the outside",
    async change(tree) {
      await Deno.remove(tree.at("site/l"));
      await Deno.symlink("../secret", tree.at("site/l"));
    },
  },
  {
    about: "nothing",
    change: (tree) => Deno.remove(tree.at("site/l")),
  },
  {
    about: "a folder of its own",
    async change(tree) {
      await Deno.remove(tree.at("site/l"));
      await Deno.rename(tree.at("site/e"), tree.at("site/l"));
    },
  },
])(
  "GET of a folder behind a link shows at once that it is $about",
  async (row) => {
    await using tree = await makeTree({
      "site/d/a": "a",
      "site/e/b": "b",
      "site/l": link("d"),
      "secret/a": "x",
    });
    using _clock = createClock();
    for (const folder of ["site/d", "site/e", "secret"]) {
      await settle(tree, folder);
    }
    const handler = await createHandler(tree.at("site"));

    const before = await entriesAt(handler, "/l/");
    await row.change(tree);
    const after = await entriesAt(handler, "/l/");

    assertEquals(before, "a:1");
    assert(after !== before);
    assertEquals(
      after,
      await entriesAt(await createHandler(tree.at("site")), "/l/"),
    );
  },
);

Deno.test("GET of a folder shows at once another one of the same name and times", async () => {
  await using tree = await makeTree({ "d/a": "a", "e/b": "b" });
  using _clock = createClock();
  await settle(tree, "d");
  await settle(tree, "e");
  const handler = await createHandler(tree.path);

  const before = await entriesAt(handler, "/d/");
  await Deno.rename(tree.at("d"), tree.at("f"));
  await Deno.rename(tree.at("e"), tree.at("d"));
  const after = await entriesAt(handler, "/d/");

  assertEquals([before, after], ["a:1", "b:1"]);
});

Deno.test("GET of a folder shows at once that it has an index now", async () => {
  await using tree = await makeTree({ "d/a": "a" });
  using _clock = createClock();
  await settle(tree, "d");
  const handler = await createHandler(tree.path);

  await (await get(handler, "/d/")).body?.cancel();
  await Deno.writeTextFile(tree.at("d/index.html"), "hello");

  assertEquals(await (await get(handler, "/d/")).text(), "hello");
});

Deno.test("GET of a folder that is gone says so at once", async () => {
  await using tree = await makeTree({ "d/a": "a" });
  using _clock = createClock();
  await settle(tree, "d");
  const handler = await createHandler(tree.path);

  const before = await entriesAt(handler, "/d/");
  await Deno.remove(tree.at("d"), { recursive: true });
  const after = await entriesAt(handler, "/d/");

  assertEquals([before, after], ["a:1", "404"]);
});

Deno.test("64 clients that ask for a folder at once cost two readings at most", async () => {
  await using tree = await makeTree({ "a": "a", "b": "b" });
  using clock = createClock();
  await settle(tree, ".");
  const handler = await createHandler(tree.path);
  await entriesAt(handler, "/");
  clock.pass(1_000);
  const { readDir } = Deno;
  let readings = 0;
  // A reading takes until all have come.
  using _slow = replace(Deno, "readDir", async function* (path: string) {
    readings++;
    for (let i = 0; i < 100; i++) await new Promise((r) => setTimeout(r, 0));
    yield* readDir(path);
  });

  const pages = await Promise.all(
    Array.from({ length: 64 }, () => entriesAt(handler, "/")),
  );

  assertEquals(new Set(pages), new Set(["a:1 b:1"]));
  assert(readings === 1 || readings === 2, `${readings} readings`);
});
