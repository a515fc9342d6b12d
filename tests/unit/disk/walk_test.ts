import { assert, assertEquals } from "@std/assert";

import { link, makeTree, OLD } from "../../_support/tree.ts";
import { plainUserTest } from "./_child.ts";
import { namesOf, walk, walkAll } from "./_walk.ts";

Deno.test("walkFolder() gives all that can be seen, folders first and before what is in them", async () => {
  await using tree = await makeTree({
    "b.txt": "b",
    "a.txt": "aa",
    ".hidden": "h",
    ".git/config": "c",
    ".well-known/x": "x",
    "z/empty": null,
    "z/10": "10",
    "z/9": "9",
    "y/файл\n.txt": "",
  });

  const entries = await walkAll(tree.path);

  assertEquals(namesOf(entries), [
    "top/",
    "top/.well-known/",
    "top/.well-known/x",
    "top/y/",
    "top/y/файл\n.txt",
    "top/z/",
    "top/z/empty/",
    "top/z/9",
    "top/z/10",
    "top/a.txt",
    "top/b.txt",
  ]);
  const { size, modified, path, facts } = entries.at(9) ?? {};
  const { ino, dev } = await Deno.stat(tree.at("a.txt"));
  assertEquals([size, modified], [2, OLD.getTime()]);
  assertEquals([facts?.inode, facts?.device], [ino, dev]);
  assertEquals(path, tree.at("a.txt"));
  entries.free();
});

Deno.test("walkFolder() shows dotfiles where they are switched on", async () => {
  await using tree = await makeTree({ ".env": "", "a": "" });

  const entries = await walkAll(tree.path, { rules: { dotfiles: true } });

  assertEquals(namesOf(entries), ["top/", "top/.env", "top/a"]);
});

Deno.test("walkFolder() takes links for what they lead to, and none to the outside", async () => {
  await using outside = await makeTree({ "secret": "s", "d/secret": "s" });
  await using tree = await makeTree({
    "data/a": "aaa",
    "file": link("data/a"),
    "folder": link("data"),
    "gone": link("nowhere"),
    "out": link(outside.at("secret")),
    "outfolder": link(outside.at("d")),
  });

  const inside = namesOf(await walkAll(tree.path));
  const all = namesOf(
    await walkAll(tree.path, { rules: { followSymlinks: true } }),
  );

  assertEquals(inside, [
    "top/",
    "top/data/",
    "top/data/a",
    "top/folder/",
    "top/folder/a",
    "top/file",
  ]);
  assertEquals(all.filter((name) => !inside.includes(name)), [
    "top/outfolder/",
    "top/outfolder/secret",
    "top/out",
  ]);
});

Deno.test("walkFolder() gives what a link leads to with its size and its place", async () => {
  await using tree = await makeTree({
    "data/a": "aaa",
    "folder": link("data"),
    "file": link("data/a"),
  });

  const entries = await walkAll(tree.path);

  const found = namesOf(entries).map((_, i) => entries.at(i));
  const below = found.find((entry) => entry?.name === "top/folder/a");
  const direct = found.find((entry) => entry?.name === "top/file");
  assertEquals(below?.path, tree.at("data/a"));
  assertEquals([below?.size, direct?.size], [3, 3]);
  assertEquals(direct?.facts.inode, below?.facts.inode);
});

Deno.test("walkFolder() leaves out links to a folder that they are in", async () => {
  await using tree = await makeTree({
    "a/b/up": link(".."),
    "a/b/top": link("../.."),
    "a/b/self": link("."),
    "a/b/c": "c",
  });

  assertEquals(namesOf(await walkAll(tree.path)), [
    "top/",
    "top/a/",
    "top/a/b/",
    "top/a/b/c",
  ]);
});

Deno.test("walkFolder() shows two folders that hold links to each other, each link once", async () => {
  await using tree = await makeTree({
    "a/to b": link("../b"),
    "b/to a": link("../a"),
  });

  assertEquals(namesOf(await walkAll(tree.path)), [
    "top/",
    "top/a/",
    "top/a/to b/",
    "top/b/",
    "top/b/to a/",
  ]);
});

Deno.test({
  name: "walkFolder() leaves out special files and names that are not UTF-8",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using tree = await makeTree({ "a": "a" });
    const made = await new Deno.Command("sh", {
      args: ["-c", `mkfifo fifo && : > "$(printf 'x\\377')"`],
      cwd: tree.path,
    }).output();

    assert(made.success);
    assertEquals(namesOf(await walkAll(tree.path)), ["top/", "top/a"]);
  },
});

Deno.test("walkFolder() gives only the entries that are wanted, with all that is in them", async () => {
  await using tree = await makeTree({
    "a/b": "b",
    "c": "c",
    "d/e": "e",
    "a b\nc": "",
  });

  const some = await walkAll(tree.path, { names: ["d", "c"] });
  // A form sends a line break as two characters.
  const odd = await walkAll(tree.path, { names: ["a b\r\nc"] });

  assertEquals(namesOf(some), ["top/", "top/d/", "top/d/e", "top/c"]);
  assertEquals(namesOf(odd), ["top/", "top/a b\nc"]);
});

Deno.test.each<{ name: string }>([
  { name: "none" },
  { name: ".hidden" },
  { name: "a/b" },
  { name: ".." },
  { name: "." },
  { name: "" },
  { name: "out" },
])("walkFolder() is missing where '$name' is wanted as well", async (row) => {
  await using tree = await makeTree({
    "a/b": "b",
    "c": "c",
    ".hidden": "h",
    "out": link("/etc/hostname"),
  });

  const walked = await walk(tree.path, { names: ["c", row.name] });

  assertEquals(walked, { kind: "refused", error: "missing" });
});

Deno.test("walkFolder() ends where there is more than may be", async () => {
  await using tree = await makeTree({ "a/1": "", "a/2": "", "b/3": "" });
  let room = 5;
  const mayAdd = (count: number) => {
    room -= count;
    return room >= 0;
  };

  const walked = await walk(tree.path, { mayAdd });

  assertEquals(walked, { kind: "refused", error: "too-much" });
});

Deno.test("walkFolder() ends where links lead deeper than any path can be", async () => {
  const name = "n".repeat(250);
  const chain = Array.from({ length: 20 }, (_, i) => [
    [`${i}/a`, ""],
    [`${i}/${name}`, link(`../${i + 1}`)],
  ]).flat();
  await using tree = await makeTree(Object.fromEntries(chain));

  const deep = await walk(tree.path, { folder: "0" });
  const less = await walk(tree.path, { folder: "5" });

  assertEquals(deep, { kind: "refused", error: "too-large" });
  assertEquals(less.kind, "entries");
});

Deno.test("walkFolder() ends soon where folders are nested deeper than may be", async () => {
  const way = (depth: number) => Array(depth).fill("d").join("/");
  await using tree = await makeTree({ [`${way(257)}/f`]: "f" });
  let folders = 0;
  const mayAdd = () => ++folders > 0;

  const deep = await walk(tree.path, { mayAdd });
  const entered = folders;
  const less = await walk(tree.path, { folder: "d" });

  assertEquals(deep, { kind: "refused", error: "too-large" });
  assertEquals(entered, 257);
  assertEquals(less.kind, "entries");
});

Deno.test("walkFolder() tells that more is there than in any archive", async () => {
  await using tree = await makeTree({ "a/1": "", "a/2": "", "b/3": "" });

  const more = await walk(tree.path, { entriesMax: 5 });
  const all = await walk(tree.path, { entriesMax: 7 });

  assertEquals(more, { kind: "refused", error: "too-large" });
  assertEquals(all.kind, "entries");
});

Deno.test("walkFolder() gives an empty folder by itself", async () => {
  await using tree = await makeTree({});

  assertEquals(namesOf(await walkAll(tree.path)), ["top/"]);
});

plainUserTest(
  "walkFolder() is unreadable where a file or a folder in it cannot be read",
  async (run) => {
    await using tree = await makeTree({
      "files/closed": "c",
      "files/open": "o",
      "folders/closed/a": "a",
      "owner/mine": "m",
    });
    await Deno.chmod(tree.at("files/closed"), 0o000);
    await Deno.chmod(tree.at("folders/closed"), 0o000);
    await Deno.chmod(tree.at("owner/mine"), 0o400);
    const helper = new URL("./_walk.ts", import.meta.url).href;

    const found = await run(`
      import { walk } from ${JSON.stringify(helper)};
      const of = async (folder) => {
        const walked = await walk(${JSON.stringify(tree.path)}, { folder });
        return walked.kind === "entries" ? walked.entries.length : walked.error;
      };
      console.log(JSON.stringify([
        await of("files"),
        await of("folders"),
        await of("owner"),
      ]));
    `);
    await Deno.chmod(tree.at("folders/closed"), 0o700);

    assertEquals(found, ["unreadable", "unreadable", 2]);
  },
);
