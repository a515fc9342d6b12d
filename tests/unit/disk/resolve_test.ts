import { assert, assertEquals } from "@std/assert";
import { relative } from "@std/path";

import {
  findVisible,
  isNameVisible,
  resolveTarget,
} from "../../../lib/disk/resolve.ts";
import { createQuickDisks } from "../../../lib/disk/quick_disks.ts";
import { openRoot } from "../../../lib/disk/root.ts";
import { DEFAULTS, type FileRules } from "../../../lib/options.ts";
import type { Target } from "../../../lib/target.ts";
import {
  type Entries,
  link,
  makeTree,
  type Tree,
} from "../../_support/tree.ts";
import { libUrl, plainUserTest } from "./_child.ts";

/** What is shared is `site`; all else must stay out of sight. */
const TREE: Entries = {
  "secret.txt": "secret",
  "outside/secret.txt": "secret",
  "site-secret/secret.txt": "secret",
  "site/a.txt": "a",
  "site/a b/c.txt": "c",
  "site/d/b.txt": "b",
  "site/d/.hidden": "hidden",
  "site/.env": "secret",
  "site/.git/config": "secret",
  "site/.well-known/security.txt": "x",
  "site/.well-known/.hidden": "hidden",
  "site/in.txt": link("a.txt"),
  "site/in-chain.txt": link("in.txt"),
  "site/in-dir": link("d"),
  "site/in-dot": link("."),
  "site/in-around.txt": link("../site/a.txt"),
  "site/in-hidden": link(".env"),
  "site/out.txt": link("../secret.txt"),
  "site/out-dir": link("../outside"),
  "site/out-sibling": link("../site-secret"),
  "site/out-up": link(".."),
  "site/out-device": link("/dev/null"),
  "site/out-chain.txt": link("out.txt"),
  "site/broken": link("none"),
  "site/loop": link("loop"),
  "site/loop-a": link("loop-b"),
  "site/loop-b": link("loop-a"),
};

/** Disks that are all looked at without waiting. */
const QUICK = createQuickDisks({ isQuick: () => true, took: () => {} });

async function resolveIn(
  tree: Tree,
  path: string,
  options: Partial<FileRules> & { shared?: string; wantsListing?: boolean } =
    {},
): Promise<string> {
  const { shared = "site", wantsListing = false, ...rules } = options;
  const root = await openRoot(tree.at(shared));
  const wanted = {
    segments: path.split("/").filter((name) => name !== ""),
    isFolder: path.endsWith("/"),
    wantsListing,
  };
  const all = { ...DEFAULTS, ...rules };
  const target = await resolveTarget(root, wanted, all);
  // Whether the disk is waited for makes no difference to what is found.
  assertEquals(await resolveTarget(root, wanted, all, QUICK), target);
  return describe(target, tree);
}

function describe(target: Target, tree: Tree): string {
  switch (target.kind) {
    case "file":
      return `file ${relative(tree.path, target.path)} as ${target.name}`;
    case "directory":
      return `directory ${relative(tree.path, target.path)}`;
    case "redirect":
      return `redirect ${target.location}`;
    case "not-found":
      return `not-found ${target.reason}`;
    default:
      return target.kind;
  }
}

Deno.test.each<{ path: string; found: string }>([
  { path: "/", found: "directory site" },
  { path: "/a.txt", found: "file site/a.txt as a.txt" },
  { path: "/a.txt/", found: "redirect /a.txt" },
  { path: "/d", found: "redirect /d/" },
  { path: "/d/", found: "directory site/d" },
  { path: "/d/b.txt", found: "file site/d/b.txt as b.txt" },
  { path: "/a b", found: "redirect /a%20b/" },
  { path: "/a b/c.txt/", found: "redirect /a%20b/c.txt" },
  { path: "/none", found: "not-found missing" },
  { path: "/none/", found: "not-found missing" },
  { path: "/d/none/b.txt", found: "not-found missing" },
  { path: "/A.TXT", found: "not-found missing" },
  // A file used as a folder.
  { path: "/a.txt/b", found: "not-found missing" },
  { path: `/${"x".repeat(256)}`, found: "not-found missing" },
  { path: `/${"x/".repeat(3_000)}`, found: "not-found missing" },
  { path: "/a.txt\0", found: "not-found missing" },
  // The names in the request are judged, whether they are there or not.
  { path: "/.env", found: "not-found hidden" },
  { path: "/.none", found: "not-found hidden" },
  { path: "/.git", found: "not-found hidden" },
  { path: "/.git/", found: "not-found hidden" },
  { path: "/.git/config", found: "not-found hidden" },
  { path: "/d/.hidden", found: "not-found hidden" },
  { path: "/in-dir/.hidden", found: "not-found hidden" },
  { path: "/...", found: "not-found hidden" },
  { path: "/.well-known/", found: "directory site/.well-known" },
  {
    path: "/.well-known/security.txt",
    found: "file site/.well-known/security.txt as security.txt",
  },
  { path: "/.well-known/.hidden", found: "not-found hidden" },
  // Links count by where they end, and are called as the client calls them.
  { path: "/in.txt", found: "file site/a.txt as in.txt" },
  { path: "/in-chain.txt", found: "file site/a.txt as in-chain.txt" },
  { path: "/in-dir", found: "redirect /in-dir/" },
  { path: "/in-dir/", found: "directory site/d" },
  { path: "/in-dir/b.txt", found: "file site/d/b.txt as b.txt" },
  { path: "/in-dot/", found: "directory site" },
  { path: "/in-dot/in-dot/a.txt", found: "file site/a.txt as a.txt" },
  { path: "/in-around.txt", found: "file site/a.txt as in-around.txt" },
  { path: "/in-hidden", found: "file site/.env as in-hidden" },
  { path: "/out.txt", found: "not-found outside" },
  { path: "/out-chain.txt", found: "not-found outside" },
  { path: "/out-dir", found: "not-found outside" },
  { path: "/out-dir/", found: "not-found outside" },
  { path: "/out-dir/secret.txt", found: "not-found outside" },
  // Its path begins with the characters of the root's.
  { path: "/out-sibling/", found: "not-found outside" },
  { path: "/out-sibling/secret.txt", found: "not-found outside" },
  { path: "/out-up/", found: "not-found outside" },
  { path: "/out-up/secret.txt", found: "not-found outside" },
  { path: "/out-up/site/a.txt", found: "file site/a.txt as a.txt" },
  { path: "/out-device", found: "not-found outside" },
  { path: "/broken", found: "not-found missing" },
  { path: "/loop", found: "not-found missing" },
  { path: "/loop-a", found: "not-found missing" },
])("resolveTarget() leads $path to $found", async ({ path, found }) => {
  await using tree = await makeTree(TREE);

  assertEquals(await resolveIn(tree, path), found);
});

Deno.test.each<{ path: string; found: string }>([
  { path: "/out.txt", found: "file secret.txt as out.txt" },
  { path: "/out-dir", found: "redirect /out-dir/" },
  { path: "/out-dir/", found: "directory outside" },
  {
    path: "/out-sibling/secret.txt",
    found: "file site-secret/secret.txt as secret.txt",
  },
  { path: "/out-device", found: "not-found not-regular" },
  { path: "/.env", found: "not-found hidden" },
  { path: "/broken", found: "not-found missing" },
])("resolveTarget() with followSymlinks leads $path to $found", async (row) => {
  await using tree = await makeTree(TREE);

  const found = await resolveIn(tree, row.path, { followSymlinks: true });

  assertEquals(found, row.found);
});

Deno.test.each<{ path: string; found: string }>([
  { path: "/.env", found: "file site/.env as .env" },
  { path: "/.git", found: "redirect /.git/" },
  { path: "/.git/config", found: "file site/.git/config as config" },
  { path: "/.none", found: "not-found missing" },
  { path: "/out.txt", found: "not-found outside" },
])("resolveTarget() with dotfiles leads $path to $found", async (row) => {
  await using tree = await makeTree(TREE);

  assertEquals(await resolveIn(tree, row.path, { dotfiles: true }), row.found);
});

Deno.test.each<{ what: string; name: string }>([
  { what: "a backslash", name: "a\\b.txt" },
  { what: "a line break", name: "a\nb.txt" },
  { what: "a percent sign", name: "100%41.txt" },
  { what: "quotes and signs", name: "a\"'<>&#?.txt" },
  { what: "a leading space", name: " a.txt " },
  { what: "255 bytes", name: "x".repeat(255) },
  { what: "255 bytes in UTF-8", name: "é".repeat(127) + "x" },
  { what: "composed letters", name: "\u00e9.txt" },
  { what: "decomposed letters", name: "e\u0301.txt" },
])("resolveTarget() finds a name with $what", async ({ name }) => {
  await using tree = await makeTree({ [`site/${name}`]: "x" });

  assertEquals(
    await resolveIn(tree, `/${name}`),
    `file site/${name} as ${name}`,
  );
});

Deno.test.each<{ entries: Entries; found: string; about: string }>([
  {
    about: "index.html",
    entries: { "site/index.html": "x", "site/index.htm": "x" },
    found: "file site/index.html as index.html",
  },
  {
    about: "index.htm where there is no index.html",
    entries: { "site/index.htm": "x" },
    found: "file site/index.htm as index.htm",
  },
  {
    about: "a link to a file inside",
    entries: { "site/index.html": link("d/b.txt"), "site/d/b.txt": "x" },
    found: "file site/d/b.txt as index.html",
  },
  {
    about: "no folder",
    entries: { "site/index.html/": null },
    found: "directory site",
  },
  {
    about: "index.htm where index.html is a folder",
    entries: { "site/index.html/": null, "site/index.htm": "x" },
    found: "file site/index.htm as index.htm",
  },
  {
    about: "no link to the outside",
    entries: { "site/index.html": link("../secret.txt"), "secret.txt": "x" },
    found: "directory site",
  },
  {
    about: "no broken link",
    entries: { "site/index.html": link("none") },
    found: "directory site",
  },
  {
    about: "no device",
    entries: { "site/index.html": link("/dev/null") },
    found: "directory site",
  },
  {
    about: "no other case",
    entries: { "site/INDEX.HTML": "x" },
    found: "directory site",
  },
])("resolveTarget() takes for the index $about", async (row) => {
  await using tree = await makeTree(row.entries);

  assertEquals(await resolveIn(tree, "/"), row.found);
});

Deno.test.each<{
  rules: Partial<FileRules> & { wantsListing?: boolean };
  path: string;
  found: string;
}>([
  {
    rules: { index: false },
    path: "/with/",
    found: "directory site/with",
  },
  {
    rules: { wantsListing: true },
    path: "/with/",
    found: "directory site/with",
  },
  {
    rules: { listing: false },
    path: "/with/",
    found: "file site/with/index.html as index.html",
  },
  {
    rules: { listing: false, wantsListing: true },
    path: "/with/",
    found: "file site/with/index.html as index.html",
  },
  {
    rules: { listing: false },
    path: "/without/",
    found: "not-found listing-off",
  },
  {
    rules: { listing: false, index: false },
    path: "/with/",
    found: "not-found listing-off",
  },
  // Whether the folder is there is no secret: its files can be asked for.
  {
    rules: { listing: false },
    path: "/without",
    found: "redirect /without/",
  },
  {
    rules: { followSymlinks: true },
    path: "/link-out/",
    found: "file secret.txt as index.html",
  },
])("resolveTarget() with $rules leads $path to $found", async (row) => {
  await using tree = await makeTree({
    "secret.txt": "secret",
    "site/with/index.html": "x",
    "site/without/a.txt": "x",
    "site/link-out/index.html": link("../../secret.txt"),
  });

  assertEquals(await resolveIn(tree, row.path, row.rules), row.found);
});

Deno.test.each<
  { special: string; make: (path: string) => Promise<Disposable> }
>(
  [
    { special: "a FIFO", make: makeFifo },
    { special: "a socket", make: makeSocket },
  ],
)("resolveTarget() does not find $special", async ({ make }) => {
  await using tree = await makeTree({
    "site/folder/": null,
    "site/link": link("special"),
  });
  using _special = await make(tree.at("site/special"));
  using _index = await make(tree.at("site/folder/index.html"));

  assertEquals(await resolveIn(tree, "/special"), "not-found not-regular");
  assertEquals(await resolveIn(tree, "/special/"), "not-found not-regular");
  assertEquals(await resolveIn(tree, "/link"), "not-found not-regular");
  assertEquals(await resolveIn(tree, "/folder/"), "directory site/folder");
});

Deno.test.each<{ path: string; found: string }>([
  { path: "/", found: "redirect /a%20b.txt" },
  { path: "/a b.txt", found: "file a b.txt as a b.txt" },
  { path: "/a b.txt/", found: "redirect /a%20b.txt" },
  { path: "/other.txt", found: "not-found missing" },
  { path: "/a b.txt/c", found: "not-found missing" },
  { path: "/index.html", found: "not-found missing" },
])("resolveTarget() of a single file leads $path to $found", async (row) => {
  await using tree = await makeTree({
    "a b.txt": "a",
    "other.txt": "secret",
    "index.html": "secret",
  });

  const found = await resolveIn(tree, row.path, { shared: "a b.txt" });

  assertEquals(found, row.found);
});

Deno.test("resolveTarget() of a single dotfile finds it", async () => {
  await using tree = await makeTree({ ".env": "x" });

  const found = await resolveIn(tree, "/.env", { shared: ".env" });

  assertEquals(found, "file .env as .env");
});

Deno.test("resolveTarget() of a single file behind a link calls it as the link", async () => {
  await using tree = await makeTree({ "a.txt": "x", "l.txt": link("a.txt") });
  const shared = "l.txt";

  assertEquals(await resolveIn(tree, "/", { shared }), "redirect /l.txt");
  assertEquals(
    await resolveIn(tree, "/l.txt", { shared }),
    "file a.txt as l.txt",
  );
  assertEquals(
    await resolveIn(tree, "/a.txt", { shared }),
    "not-found missing",
  );
});

Deno.test.each<{
  name: string;
  change: (tree: Tree) => Promise<void>;
  found: string;
}>([
  {
    name: "removed",
    change: () => Promise.resolve(),
    found: "not-found missing",
  },
  {
    name: "replaced by a link to a secret",
    change: (tree) => Deno.symlink("secret.txt", tree.at("a.txt")),
    found: "not-found outside",
  },
  {
    name: "replaced by a folder",
    change: (tree) => Deno.mkdir(tree.at("a.txt")),
    found: "not-found not-regular",
  },
  {
    name: "replaced by another file",
    change: (tree) => Deno.rename(tree.at("secret.txt"), tree.at("a.txt")),
    found: "file a.txt as a.txt",
  },
])("resolveTarget() of a single file that was $name", async (row) => {
  await using tree = await makeTree({ "a.txt": "a", "secret.txt": "secret" });
  const root = await openRoot(tree.at("a.txt"));
  await Deno.remove(tree.at("a.txt"));
  await row.change(tree);
  const wanted = {
    segments: ["a.txt"],
    isFolder: false,
    wantsListing: false,
  };

  for (const followSymlinks of [false, true]) {
    const rules = { ...DEFAULTS, followSymlinks };
    const target = await resolveTarget(root, wanted, rules);

    assertEquals(describe(target, tree), row.found);
  }
});

Deno.test("resolveTarget() shares the root of the disk", async () => {
  await using tree = await makeTree({ "a.txt": "x" });
  const root = await openRoot("/");
  const wanted = {
    segments: tree.at("a.txt").split("/").slice(1),
    isFolder: false,
    wantsListing: false,
  };

  const target = await resolveTarget(root, wanted, DEFAULTS);

  assertEquals(describe(target, tree), "file a.txt as a.txt");
});

Deno.test("resolveTarget() judges a folder that was replaced by a link out", async () => {
  await using tree = await makeTree(TREE);
  const before = await resolveIn(tree, "/d/b.txt");

  await Deno.remove(tree.at("site/d"), { recursive: true });
  await Deno.symlink("../outside", tree.at("site/d"));

  assertEquals(before, "file site/d/b.txt as b.txt");
  assertEquals(await resolveIn(tree, "/d/secret.txt"), "not-found outside");
});

plainUserTest(
  "resolveTarget() may not see into a closed folder",
  async (run) => {
    await using tree = await makeTree({
      "closed/a.txt": "x",
      "index/index.html": link("../closed/a.txt"),
    });
    await Deno.chmod(tree.at("closed"), 0o000);

    const found = await run(`
    import { resolveTarget } from "${libUrl("disk/resolve.ts")}";
    import { openRoot } from "${libUrl("disk/root.ts")}";
    import { DEFAULTS } from "${libUrl("options.ts")}";

    const root = await openRoot(${JSON.stringify(tree.path)});
    const kindOf = async (segments, isFolder) => (await resolveTarget(
      root, { segments, isFolder, wantsListing: false }, DEFAULTS)).kind;
    console.log(JSON.stringify([
      await kindOf(["closed", "a.txt"], false),
      await kindOf(["closed", "none"], false),
      // Unreadable is not absent.
      await kindOf(["index"], true),
    ]));
  `);

    assertEquals(found, ["forbidden", "forbidden", "forbidden"]);
  },
);

Deno.test.each<{ name: string; dotfiles: boolean; isVisible: boolean }>([
  { name: "a.txt", dotfiles: false, isVisible: true },
  { name: "a.", dotfiles: false, isVisible: true },
  { name: ".env", dotfiles: false, isVisible: false },
  { name: "...", dotfiles: false, isVisible: false },
  { name: ".well-known", dotfiles: false, isVisible: true },
  { name: ".well-known2", dotfiles: false, isVisible: false },
  { name: ".Well-Known", dotfiles: false, isVisible: false },
  { name: ".env", dotfiles: true, isVisible: true },
])("isNameVisible() of $name, dotfiles $dotfiles: $isVisible", (row) => {
  assertEquals(isNameVisible(row.name, row), row.isVisible);
});

Deno.test("findVisible() does not ask whether the disk of a link is quick: where it leads may be another", async () => {
  await using tree = await makeTree({ "a.txt": "a", "l": link("a.txt") });
  const root = await openRoot(tree.path);
  const asked: string[] = [];
  const disks = createQuickDisks({
    isQuick(_device, path) {
      asked.push(path);
      return false;
    },
    took: () => {},
  });

  await findVisible(root, tree.at("l"), DEFAULTS, disks);
  assertEquals(asked, []);

  await findVisible(root, tree.at("a.txt"), DEFAULTS, disks);
  assertEquals(asked.includes(tree.at("a.txt")), true);
});

Deno.test("findVisible() gives the canonical path and the facts of the end of a link", async () => {
  await using tree = await makeTree({ "a.txt": "hello", "l": link("a.txt") });
  const root = await openRoot(tree.path);
  const info = await Deno.lstat(tree.at("a.txt"));

  const found = await findVisible(root, tree.at("l"), DEFAULTS);

  assert(found.kind === "file");
  assertEquals<string>(found.path, tree.at("a.txt"));
  assertEquals(found.facts, {
    size: 5,
    modified: info.mtime?.getTime() ?? null,
    device: info.dev,
    inode: info.ino,
    changed: info.ctime?.getTime() ?? null,
  });
});

async function makeFifo(path: string): Promise<Disposable> {
  await new Deno.Command("mkfifo", { args: [path] }).output();
  return { [Symbol.dispose]() {} };
}

function makeSocket(path: string): Promise<Disposable> {
  return Promise.resolve(Deno.listen({ transport: "unix", path }));
}
