import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";

import { LOOKS } from "../../lib/disk/seen.ts";
import { createInFlight } from "../../lib/in_flight.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { get, headOf } from "../_support/call.ts";
import { ageFiles, createWatched, type Watched } from "../_support/memory.ts";
import { link, makeTree, OLD, type Tree } from "../_support/tree.ts";

async function textOf({ handler }: Watched, path: string): Promise<string> {
  const response = await get(handler, path);
  const text = await response.text();
  return response.ok ? text : String(response.status);
}

/** Puts a file in the place of another, in one step. */
async function replace(
  tree: Tree,
  name: string,
  content: string,
  time: Date = OLD,
): Promise<void> {
  const path = tree.at(`${name}.new`);
  await Deno.writeTextFile(path, content);
  await Deno.utime(path, time, time);
  await Deno.rename(path, tree.at(name));
}

Deno.test.each<{ init: RequestInit; status: number }>([
  { init: {}, status: 200 },
  { init: { method: "HEAD" }, status: 200 },
  { init: { headers: { "if-none-match": '"5-18f4cb7e0c8"' } }, status: 200 },
  { init: { headers: { "accept-encoding": "gzip, br" } }, status: 200 },
])(
  "a file is answered from memory as it was before: $init",
  async ({ init, status }) => {
    using _ = ageFiles();
    await using tree = await makeTree({ "a.bin": "hello" });
    const { handler, resolved } = await createWatched(tree.path);
    const before = await get(handler, "/a.bin", init);
    const first = { status: before.status, headers: [...before.headers] };
    const body = await before.text();

    const again = await get(handler, "/a.bin", init);

    assertEquals(first.status, status);
    assertEquals({ status: again.status, headers: [...again.headers] }, first);
    assertEquals(await again.text(), body);
    assertEquals(
      resolved(),
      "headers" in init && "if-none-match" in Object(init.headers) ? 2 : 1,
    );
  },
);

Deno.test("a client that has a file is told so from memory, by either validator", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.bin": "hello" });
  const { handler, resolved } = await createWatched(tree.path);
  const { headers } = await headOf(await get(handler, "/a.bin"));
  const { etag = "", "last-modified": date = "" } = headers;

  for (
    const [name, value] of [["if-none-match", etag], [
      "if-modified-since",
      date,
    ]] as const
  ) {
    const fresh = await createWatched(tree.path);
    const init = { headers: { [name]: value } };
    const known = await headOf(await get(handler, "/a.bin", init));

    assertEquals(known.status, 304);
    assertEquals(known, await headOf(await get(fresh.handler, "/a.bin", init)));
  }
  assertEquals(resolved(), 1);
});

Deno.test.each<{ field: string; value: string; status: number }>([
  { field: "range", value: "bytes=1-2", status: 206 },
  { field: "if-match", value: '"other"', status: 412 },
  { field: "if-none-match", value: "*", status: 304 },
  { field: "if-none-match", value: '"other"', status: 200 },
  {
    field: "if-unmodified-since",
    value: "Mon, 01 Jan 2001 00:00:00 GMT",
    status: 412,
  },
  {
    field: "if-modified-since",
    value: "Mon, 01 Jan 2001 00:00:00 GMT",
    status: 200,
  },
])(
  "$field: $value of a file in memory gives $status",
  async ({ field, value, status }) => {
    using _ = ageFiles();
    await using tree = await makeTree({ "a.bin": "hello" });
    const { handler } = await createWatched(tree.path);
    await headOf(await get(handler, "/a.bin"));

    const { status: given } = await headOf(
      await get(handler, "/a.bin", { headers: { [field]: value } }),
    );

    assertEquals(given, status);
  },
);

/** How a file or what leads to it can change, and what is there then. */
const CHANGES: readonly {
  what: string;
  path: string;
  change: (tree: Tree) => Promise<void>;
  then: string;
}[] = [
  {
    what: "is written to",
    path: "/a.bin",
    change: (tree) => Deno.writeTextFile(tree.at("a.bin"), "longer text"),
    then: "longer text",
  },
  {
    what: "is written to with the same size",
    path: "/a.bin",
    change: (tree) => Deno.writeTextFile(tree.at("a.bin"), "HELLO"),
    then: "HELLO",
  },
  {
    what: "is cut off",
    path: "/a.bin",
    change: (tree) => Deno.truncate(tree.at("a.bin"), 2),
    then: "he",
  },
  {
    what: "is replaced by one of the same size and time",
    path: "/a.bin",
    change: (tree) => replace(tree, "a.bin", "HELLO"),
    then: "HELLO",
  },
  {
    what: "is removed",
    path: "/a.bin",
    change: (tree) => Deno.remove(tree.at("a.bin")),
    then: "404",
  },
  {
    what: "is replaced by a link to another",
    path: "/a.bin",
    async change(tree) {
      await Deno.remove(tree.at("a.bin"));
      await Deno.symlink("b.bin", tree.at("a.bin"));
    },
    then: "other",
  },
  {
    what: "is replaced by a link to the outside",
    path: "/a.bin",
    async change(tree) {
      await Deno.remove(tree.at("a.bin"));
      await Deno.symlink("/etc/hostname", tree.at("a.bin"));
    },
    then: "404",
  },
  {
    what: "behind a link is no longer meant",
    path: "/l",
    async change(tree) {
      await Deno.remove(tree.at("l"));
      await Deno.symlink("b.bin", tree.at("l"));
    },
    then: "other",
  },
  {
    what: "is in a folder that is swapped for a link to another one",
    path: "/d/a.bin",
    async change(tree) {
      await Deno.rename(tree.at("d"), tree.at("was"));
      await Deno.symlink("e", tree.at("d"));
    },
    then: "of e!",
  },
  {
    what: "is in a folder that is swapped for a link to the outside",
    path: "/d/a.bin",
    async change(tree) {
      const outside = `${tree.path}_outside`;
      await Deno.mkdir(outside);
      await Deno.rename(tree.at("d/a.bin"), join(outside, "a.bin"));
      await Deno.writeTextFile(join(outside, "a.bin"), "secret");
      await Deno.remove(tree.at("d"));
      await Deno.symlink(outside, tree.at("d"));
    },
    then: "404",
  },
  {
    what: "is in a folder whose parent is moved away with a link left",
    path: "/p/d/a.bin",
    async change(tree) {
      await Deno.rename(tree.at("p"), `${tree.path}_outside`);
      await Deno.symlink(`${tree.path}_outside`, tree.at("p"));
    },
    then: "404",
  },
  {
    what: "is in a folder behind a link that is moved away",
    path: "/to-p/d/a.bin",
    async change(tree) {
      await Deno.rename(tree.at("p"), `${tree.path}_outside`);
      await Deno.symlink(`${tree.path}_outside`, tree.at("p"));
    },
    then: "404",
  },
  {
    what: "is the index of a folder and is removed, and there is a second one",
    path: "/site/",
    change: (tree) => Deno.remove(tree.at("site/index.html")),
    then: "second",
  },
  {
    what: "is the second index of a folder and there comes a first one",
    path: "/old/",
    change: (tree) => Deno.writeTextFile(tree.at("old/index.html"), "first"),
    then: "first",
  },
  {
    what: "is not there and is made",
    path: "/none/x.bin",
    async change(tree) {
      await Deno.mkdir(tree.at("none"));
      await Deno.writeTextFile(tree.at("none/x.bin"), "new");
    },
    then: "new",
  },
  {
    what: "is a folder and becomes a file",
    path: "/e/a.bin",
    async change(tree) {
      await Deno.remove(tree.at("e"), { recursive: true });
      await Deno.writeTextFile(tree.at("e"), "a file");
    },
    then: "404",
  },
];

Deno.test.each(CHANGES)(
  "what $what is never served as it was",
  async ({ path, change, then }) => {
    using _ = ageFiles();
    await using tree = await makeTree({
      "a.bin": "hello",
      "b.bin": "other",
      "l": link("a.bin"),
      "p/d/a.bin": "below",
      "to-p": link("p"),
      "d/a.bin": "of d!",
      "e/a.bin": "of e!",
      "site/index.html": "first",
      "site/index.htm": "second",
      "old/index.htm": "second",
    });
    const site = await createWatched(tree.path);
    const before = [await textOf(site, path), await textOf(site, path)];
    assertEquals(before[1], before[0]);
    // But for the one that also depends on what is not there.
    assertEquals(site.resolved(), path === "/old/" ? 2 : 1);
    try {
      // Kernels write times in steps: two changes in one step look the same.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await change(tree);

      assertEquals(await textOf(site, path), then);
      assertEquals(await textOf(site, path), then);
    } finally {
      await Deno.remove(`${tree.path}_outside`, { recursive: true })
        .catch(() => {});
    }
  },
);

Deno.test("a file of the same size, time and name is told apart by when it was changed", async () => {
  await using tree = await makeTree({ "a.bin": "hello" });
  await new Promise((resolve) => setTimeout(resolve, 3_100));
  const site = await createWatched(tree.path);
  assertEquals([await textOf(site, "/a.bin"), await textOf(site, "/a.bin")], [
    "hello",
    "hello",
  ]);
  assertEquals(site.resolved(), 1);

  await Deno.writeTextFile(tree.at("a.bin"), "HELLO");
  await Deno.utime(tree.at("a.bin"), OLD, OLD);

  assertEquals(await textOf(site, "/a.bin"), "HELLO");
});

Deno.test("a file that was changed just now is read each time", async () => {
  await using tree = await makeTree({ "a.bin": "hello" });
  const site = await createWatched(tree.path);

  await textOf(site, "/a.bin");
  await textOf(site, "/a.bin");

  assertEquals(site.resolved(), 2);
});

Deno.test("what is not there is answered from memory, also with a page of its own", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({});
  const { handler, resolved } = await createWatched(tree.path);
  const plain = await (await get(handler, "/none")).text();
  assertEquals(await (await get(handler, "/none")).text(), plain);
  assertEquals(resolved(), 1);

  await new Promise((resolve) => setTimeout(resolve, 20));
  await Deno.writeTextFile(tree.at("404.html"), "<p>Gone");
  const own = await get(handler, "/none");
  assertEquals([own.status, await own.text()], [404, "<p>Gone"]);
  assertEquals(await (await get(handler, "/none")).text(), "<p>Gone");
  assertEquals(resolved(), 2);

  await replace(tree, "404.html", "<p>Lost");
  assertEquals(await (await get(handler, "/none")).text(), "<p>Lost");
  await Deno.remove(tree.at("404.html"));
  assertEquals(await (await get(handler, "/none")).text(), plain);
});

Deno.test("a query is of no meaning to a file in memory, but for those that have one", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({
    "a.bin": "hello",
    "site/index.html": "index",
  });
  const { handler, resolved } = await createWatched(tree.path);
  await headOf(await get(handler, "/a.bin?v=1"));
  await headOf(await get(handler, "/a.bin?v=2"));
  await headOf(await get(handler, "/a.bin"));
  assertEquals(resolved(), 1);

  for (const query of ["?download", "?%64ownload", "?x&download=1"]) {
    const { headers } = await headOf(await get(handler, `/a.bin${query}`));
    assert(headers["content-disposition"] !== undefined, query);
    const plain = await headOf(await get(handler, "/a.bin"));
    assertEquals(plain.headers["content-disposition"], undefined);
  }
  assertEquals(await (await get(handler, "/site/")).text(), "index");
  for (const query of ["?listing", "?format=json", "?lis%74ing"]) {
    const text = await (await get(handler, `/site/${query}`)).text();
    assert(text.includes("index.html"), query);
    assertEquals(await (await get(handler, "/site/")).text(), "index");
  }
});

Deno.test.each<{
  what: string;
  options: Partial<ServeOptions>;
  init: RequestInit;
  url: string;
  status: number;
}>([
  {
    what: "another host",
    options: { hosts: [] },
    init: {},
    url: "http://evil.example/a.bin",
    status: 421,
  },
  {
    what: "no password",
    options: { users: [{ name: "a", password: "b" }] },
    init: { headers: { authorization: "" } },
    url: "http://localhost/a.bin",
    status: 401,
  },
  {
    what: "another method",
    options: {},
    init: { method: "POST" },
    url: "http://localhost/a.bin",
    status: 405,
  },
])("$what is refused although the file is in memory", async (row) => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.bin": "hello" });
  const { handler, resolved } = await createWatched(tree.path, row.options);
  const peer = { transport: "tcp", hostname: "::1", port: 1 } as const;
  const info = { remoteAddr: peer, completed: Promise.resolve() };
  const headers = { authorization: `Basic ${btoa("a:b")}` };
  const ask = async (url: string, init: RequestInit) =>
    await headOf(await handler(new Request(url, init), info));
  for (let i = 0; i < 2; i++) {
    const { status } = await ask("http://localhost/a.bin", { headers });
    assertEquals(status, 200);
  }
  assertEquals(resolved(), 1);

  const { status } = await ask(row.url, { headers, ...row.init });

  assertEquals(status, row.status);
});

Deno.test("a file in memory tells each origin what is meant for it", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.bin": "hello" });
  const cors = ["https://a.example", "https://b.example"];
  const { handler, resolved } = await createWatched(tree.path, { cors });
  const name = "access-control-allow-origin";
  const ask = async (origin: string | null) => {
    const init = origin === null ? {} : { headers: { origin } };
    const { headers } = await headOf(await get(handler, "/a.bin", init));
    return headers[name];
  };
  await ask(null);

  const told = [];
  for (const origin of [cors[0], null, cors[1], "https://c.example", cors[0]]) {
    told.push(await ask(origin ?? null));
  }

  assertEquals(told, [cors[0], undefined, cors[1], undefined, cors[0]]);
  assertEquals(resolved(), 1);
});

Deno.test("whoever changes a response changes no other", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.bin": "hello" });
  const { handler } = await createWatched(tree.path);

  for (let i = 0; i < 3; i++) {
    for (const method of ["GET", "HEAD"]) {
      const response = await get(handler, "/a.bin", { method });
      assertEquals(response.headers.get("x-mine"), null);
      response.headers.set("x-mine", "1");
      await response.body?.cancel();
    }
  }
});

Deno.test("while the disk hangs, nothing is looked at synchronously, and others are answered at once", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.bin": "hello", "b.bin": "other" });
  let isHanging = false;
  let time = 0;
  const hung = Promise.withResolvers<boolean>();
  const { handler } = await createWatched(tree.path, {}, {
    looks: {
      now: () => time,
      look: () => isHanging ? hung.promise : Promise.resolve(),
      isAsSeenNow(seen) {
        assert(!isHanging, "a synchronous look at a disk that hangs");
        return LOOKS.isAsSeenNow(seen);
      },
      isAsSeen: () => hung.promise,
    },
  });
  for (const path of ["/a.bin", "/b.bin", "/a.bin"]) {
    await (await get(handler, path)).text();
  }

  isHanging = true;
  // What was known of the disk is known no longer.
  time = 251;
  const waiting = [get(handler, "/a.bin"), get(handler, "/b.bin")];
  const others = [
    await get(handler, "/a.bin", { method: "POST" }),
    await get(handler, "/%00"),
    await get(handler, "/a.bin", { method: "OPTIONS" }),
  ];

  assertEquals(others.map(({ status }) => status), [405, 400, 204]);
  for (const { body } of others) await body?.cancel();
  isHanging = false;
  hung.resolve(true);
  const texts = await Promise.all(
    waiting.map(async (response) => await (await response).text()),
  );
  assertEquals(texts, ["hello", "other"]);
});

Deno.test("a form that a sibling would take the place of is right for a second, and again while none comes", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.txt": "hello" });
  let time = 0;
  const { handler, resolved } = await createWatched(tree.path, {}, {
    looks: { ...LOOKS, now: () => time },
  });
  const init = { headers: { "accept-encoding": "gzip" } };
  const ask = async () => {
    const { headers } = await headOf(await get(handler, "/a.txt", init));
    return headers["content-encoding"] ?? "none";
  };
  for (let i = 0; i < 5; i++) {
    assertEquals(await ask(), "none");
    time += 1_001;
  }
  assertEquals(resolved(), 1);

  await new Promise((resolve) => setTimeout(resolve, 20));
  const gzip = new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 0, 0]);
  await Deno.writeFile(tree.at("a.txt.gz"), gzip);

  assertEquals(await ask(), "gzip");
  await Deno.remove(tree.at("a.txt.gz"));
  assertEquals(await ask(), "none");
});

Deno.test("whoever changes the bytes of a response changes those of no other", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.bin": "hello" });
  const { handler, resolved } = await createWatched(tree.path);

  for (let i = 0; i < 3; i++) {
    const buffer = await (await get(handler, "/a.bin")).arrayBuffer();
    assertEquals(new TextDecoder().decode(buffer), "hello");
    new Uint8Array(buffer).fill(33);
    buffer.transfer();
  }
  assertEquals(resolved(), 1);
});

Deno.test("a file that was asked for just before it has validators has them a moment later", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({ "a.bin": "hello" });
  let time = OLD.getTime() + 1_990;
  const { handler } = await createWatched(tree.path, {}, { now: () => time });
  const young = await headOf(await get(handler, "/a.bin"));
  assertEquals(young.headers["etag"], undefined);

  time += 1_000;
  const { headers } = await headOf(await get(handler, "/a.bin"));

  assert(headers["etag"] !== undefined);
});

Deno.test("files that were not compressed because many others waited are compressed later", async () => {
  using _ = ageFiles();
  const names = Array.from({ length: 120 }, (_, i) => `${i}.js`);
  await using tree = await makeTree(
    Object.fromEntries(names.map((name) => [name, `// ${name}\n`.repeat(500)])),
  );
  const { handler } = await createWatched(tree.path);
  const init = { headers: { "accept-encoding": "gzip" } };
  const ask = async (name: string) => {
    const { headers } = await headOf(await get(handler, `/${name}`, init));
    return headers["content-encoding"] ?? "none";
  };
  const burst = await Promise.all(names.map(ask));
  assert(burst.includes("none"), "nobody had to wait");

  const later = [];
  for (const name of names) later.push(await ask(name));

  assertEquals(later.filter((coding) => coding !== "gzip"), []);
});

Deno.test("a long body from memory has its place until it is sent, a short one none", async () => {
  using _ = ageFiles();
  await using tree = await makeTree({
    "long.bin": "x".repeat(300_000),
    "short.bin": "x",
  });
  const limits = { whole: 9, perAddress: 9, fullMs: 1_000 };
  const inFlight = createInFlight(limits, { now: Date.now, onStuck: () => {} });
  const { handler, resolved } = await createWatched(tree.path, {}, {
    inFlight,
  });
  // The second time, the disk is found to be quick.
  for (const path of ["/long.bin", "/short.bin", "/long.bin"]) {
    await (await get(handler, path)).bytes();
  }
  const { promise: completed, resolve } = Promise.withResolvers<void>();
  const remoteAddr = { transport: "tcp", hostname: "::1", port: 1 } as const;
  const ask = (path: string) =>
    handler(new Request(`http://localhost${path}`), { remoteAddr, completed });

  const short = await ask("/short.bin");
  assertEquals(inFlight.underWay, 0);
  const long = await ask("/long.bin");
  assertEquals(inFlight.underWay, 1);

  assertEquals((await long.bytes()).length, 300_000);
  assertEquals((await short.bytes()).length, 1);
  resolve();
  await completed;
  assertEquals(inFlight.underWay, 0);
  assertEquals(resolved(), 2);
});
