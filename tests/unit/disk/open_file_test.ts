import { assert, assertEquals, assertRejects } from "@std/assert";

import { closeFile, openFile } from "../../../lib/disk/open_file.ts";
import { WHOLE_BYTES_MAX } from "../../../lib/disk/read_file.ts";
import type { Opened } from "../../../lib/disk/open_file.ts";
import { HEAD_BYTES } from "../../../lib/http/media_type.ts";
import { link, makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { libUrl, plainUserTest, runModule } from "./_child.ts";
import { bytesOf, fileOf, open, resolveFile } from "./_open.ts";
import { replaceDeno, systemError } from "./_replace.ts";

Deno.test.each<{ size: number }>([
  { size: 0 },
  { size: 1 },
  { size: HEAD_BYTES },
  { size: HEAD_BYTES + 1 },
  { size: WHOLE_BYTES_MAX },
])("openFile() reads a file of $size bytes whole", async ({ size }) => {
  const bytes = bytesOf(size);
  await using tree = await makeTree({ "a.bin": bytes });

  const file = await open(tree, "a.bin");

  assertEquals(file.facts.size, size);
  assertEquals(file.facts.modified, OLD.getTime());
  assertEquals(file.name, "a.bin");
  assertEquals(file.content, { kind: "memory", bytes });
  assertEquals(file.head, bytes.slice(0, HEAD_BYTES));
});

Deno.test("openFile() keeps a larger file open and reads its beginning", async () => {
  const bytes = bytesOf(WHOLE_BYTES_MAX + 1);
  await using tree = await makeTree({ "a.bin": bytes });

  const file = await open(tree, "a.bin");

  assertEquals(file.content.kind, "handle");
  assertEquals(file.facts.size, bytes.length);
  assertEquals(file.head, bytes.slice(0, HEAD_BYTES));
  closeFile(file);
});

Deno.test.each<{
  name: string;
  change: (tree: Tree) => Promise<void>;
}>([
  {
    name: "a link to a secret outside",
    change: (tree) => Deno.symlink("../secret.txt", tree.at("site/a.txt")),
  },
  {
    name: "a link to a file inside",
    change: (tree) => Deno.symlink("b.txt", tree.at("site/a.txt")),
  },
  {
    name: "another file",
    change: (tree) => Deno.rename(tree.at("site/b.txt"), tree.at("site/a.txt")),
  },
  {
    name: "another file of the same size and time",
    change: (tree) => Deno.copyFile(tree.at("same.txt"), tree.at("site/a.txt")),
  },
  {
    name: "a folder",
    change: (tree) => Deno.mkdir(tree.at("site/a.txt")),
  },
])("openFile() notices that there is $name by now", async ({ change }) => {
  await using tree = await makeTree({
    "secret.txt": "secret",
    "same.txt": "a",
    "site/a.txt": "a",
    "site/b.txt": "b",
  });
  const target = await resolveFile(tree, "site/a.txt");
  // Kept under another name, so that its inode is not given to a new file.
  await Deno.rename(tree.at("site/a.txt"), tree.at("site/old.txt"));
  await change(tree);
  await Deno.utime(tree.at("site/a.txt"), OLD, OLD);

  assertEquals(await openFile(target), { kind: "swapped" });
});

Deno.test("openFile() notices another file in the root itself, where no folder is on the way", async () => {
  await using tree = await makeTree({ "a.txt": "a", "b.txt": "b" });
  const target = await resolveFile(tree, "a.txt");
  await Deno.rename(tree.at("a.txt"), tree.at("old.txt"));
  await Deno.rename(tree.at("b.txt"), tree.at("a.txt"));

  assertEquals(await openFile(target), { kind: "swapped" });
});

Deno.test("openFile() notices a folder on the way that became a link out", async () => {
  await using tree = await makeTree({
    "outside/a.txt": "secret",
    "site/d/a.txt": "a",
  });
  const target = await resolveFile(tree, "site/d/a.txt");
  await Deno.rename(tree.at("site/d"), tree.at("site/e"));
  await Deno.symlink("../outside", tree.at("site/d"));

  assertEquals(await openFile(target), { kind: "swapped" });
});

Deno.test("openFile() notices a link to a secret with the least permissions too", async () => {
  await using tree = await makeTree({
    "secret.txt": "secret",
    "site/a.txt": "a",
  });

  const outcome = await runModule(
    `
    import { openFile } from "${libUrl("disk/open_file.ts")}";
    import { resolveTarget } from "${libUrl("disk/resolve.ts")}";
    import { openRoot } from "${libUrl("disk/root.ts")}";
    import { DEFAULTS } from "${libUrl("options.ts")}";

    const root = await openRoot(".");
    const target = await resolveTarget(root, {
      segments: ["a.txt"], isFolder: false, wantsListing: false,
    }, DEFAULTS);
    await new Deno.Command("ln", {
      args: ["-sf", "../secret.txt", "a.txt"],
    }).output();
    console.log(JSON.stringify([target.kind, await openFile(target)]));
    `,
    {
      flags: [`--allow-read=${tree.at("site")}`, "--allow-run=ln"],
      cwd: tree.at("site"),
    },
  );

  assertEquals(outcome, ["file", { kind: "swapped" }]);
});

Deno.test("openFile() says that a file is gone", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const target = await resolveFile(tree, "a.txt");
  await Deno.remove(tree.at("a.txt"));

  assertEquals(await openFile(target), { kind: "refused", error: "missing" });
});

Deno.test("openFile() gives one version of a file that was rewritten after it was resolved", async () => {
  await using tree = await makeTree({ "a.txt": "old" });
  const target = await resolveFile(tree, "a.txt");
  await Deno.writeTextFile(tree.at("a.txt"), "newer");
  await Deno.utime(tree.at("a.txt"), OLD, OLD);

  const file = fileOf(await openFile(target));

  assertEquals(file.facts.size, 5);
  assertEquals(new TextDecoder().decode(file.head), "newer");
});

plainUserTest("openFile() says that a file is unreadable", async (run) => {
  await using tree = await makeTree({ "a.txt": "a" });
  await Deno.chmod(tree.at("a.txt"), 0o000);

  const outcome = await run(`
    import { openFile } from "${libUrl("disk/open_file.ts")}";
    import { resolveTarget } from "${libUrl("disk/resolve.ts")}";
    import { openRoot } from "${libUrl("disk/root.ts")}";
    import { DEFAULTS } from "${libUrl("options.ts")}";

    const target = await resolveTarget(
      await openRoot(${JSON.stringify(tree.path)}),
      { segments: ["a.txt"], isFolder: false, wantsListing: false },
      DEFAULTS,
    );
    console.log(JSON.stringify(await openFile(target)));
  `);

  assertEquals(outcome, { kind: "refused", error: "unreadable" });
});

Deno.test("openFile() says that descriptors ran out", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const target = await resolveFile(tree, "a.txt");
  using _open = replaceDeno(
    "open",
    () => Promise.reject(systemError("EMFILE")),
  );

  assertEquals(await openFile(target), { kind: "refused", error: "exhausted" });
});

Deno.test("openFile() rejects when the disk is broken, and keeps nothing open", async () => {
  const file = fakeFile([], () => systemError("EIO"));

  await assertRejects(() => openFake(file), Error, "EIO");
  assertEquals(file.closed, 1);
});

Deno.test("openFile() reads again when the file changed while it was read", async () => {
  const file = fakeFile([
    { size: 2, modified: 1_000, bytes: "aa" },
    { size: 2, modified: 1_000, bytes: "ab" },
    { size: 2, modified: 2_000, bytes: "bb" },
    { size: 2, modified: 2_000, bytes: "bb" },
  ]);

  const { facts, head } = fileOf(await openFake(file));
  assertEquals(facts.modified, 2_000);
  assertEquals(new TextDecoder().decode(head), "bb");
  assertEquals(file.closed, 1);
});

Deno.test("openFile() reads again when the file became shorter while it was read", async () => {
  const file = fakeFile([
    { size: 3, modified: 1_000, bytes: "aaa" },
    { size: 3, modified: 1_000, bytes: "a" },
    { size: 1, modified: 1_000, bytes: "b" },
    { size: 1, modified: 1_000, bytes: "b" },
  ]);

  assertEquals(
    new TextDecoder().decode(fileOf(await openFake(file)).head),
    "b",
  );
});

Deno.test("openFile() reads again when the file was short for a moment", async () => {
  const file = fakeFile([
    { size: 3, modified: 1_000, bytes: "aaa" },
    { size: 3, modified: 1_000, bytes: "a" },
    { size: 3, modified: 1_000, bytes: "aaa" },
    { size: 3, modified: 1_000, bytes: "bbb" },
  ]);

  const { content } = fileOf(await openFake(file));

  assert(content.kind === "memory");
  assertEquals(new TextDecoder().decode(content.bytes), "bbb");
});

Deno.test("openFile() gives up on a file that is written to without a pause", async () => {
  const versions = Array.from({ length: 200 }, (_, i) => ({
    size: 2,
    modified: i,
    bytes: "aa",
  }));

  const file = fakeFile(versions);

  assertEquals(await openFake(file), { kind: "unstable" });
  assertEquals(file.closed, 1);
});

Deno.test("openFile() gives the beginning of a file that only grows", async () => {
  // A log: each look finds it one byte longer, and nothing else is changed.
  const versions = Array.from({ length: 200 }, (_, i) => ({
    size: 10 + i,
    modified: i,
    bytes: "l".repeat(10 + i),
  }));

  const file = fakeFile(versions);

  const { facts, content } = fileOf(await openFake(file));
  assert(content.kind === "memory");
  assertEquals(content.bytes.length, facts.size);
});

Deno.test("openFile() does not trust the time of a file that has just changed", async () => {
  const now = Date.now() + 10;
  // The second version came within the same step of the clock.
  const file = fakeFile([
    { size: 2, modified: now, bytes: "aa" },
    { size: 2, modified: now, bytes: "aa" },
    { size: 2, modified: now, bytes: "ab" },
    { size: 2, modified: now, bytes: "bb" },
  ]);

  assertEquals(
    new TextDecoder().decode(fileOf(await openFake(file)).head),
    "bb",
  );
});

Deno.test("closeFile() frees a larger file and leaves bytes alone", async () => {
  await using tree = await makeTree({
    "small.bin": bytesOf(10),
    "large.bin": bytesOf(WHOLE_BYTES_MAX + 1),
  });
  const small = await open(tree, "small.bin");
  const large = await open(tree, "large.bin");

  closeFile(small);
  closeFile(large);

  assert(large.content.kind === "handle");
  const { file } = large.content;
  await assertRejects(() => file.stat(), Deno.errors.BadResource);
});

Deno.test("openFile() gives a link's own name to what it leads to", async () => {
  await using tree = await makeTree({ "a.txt": "a", "l.md": link("a.txt") });

  assertEquals((await open(tree, "l.md")).name, "l.md");
});

interface Version {
  readonly size: number;
  readonly modified: number;
  readonly bytes: string;
}

/**
 * A file that is in its next version each time it is looked at or read from
 * its beginning; the last one stays. The first look, which compares inodes,
 * takes none of them.
 */
function fakeFile(versions: readonly Version[], onRead?: () => Error) {
  let turn = 0;
  let position = 0;
  const first: Version = { size: 2, modified: 0, bytes: "aa" };
  const all = [first, ...versions];
  const last: Version = versions.at(-1) ?? first;
  const next = () => all[turn++] ?? last;
  let reading = last;
  return {
    closed: 0,
    stat() {
      const { size, modified } = next();
      const mtime = new Date(modified);
      return Promise.resolve({ isFile: true, size, mtime, dev: 1, ino: 1 });
    },
    seekSync(offset: number) {
      position = offset;
      reading = next();
      return offset;
    },
    read(buffer: Uint8Array) {
      const error = onRead?.();
      if (error !== undefined) return Promise.reject(error);
      const rest = new TextEncoder().encode(reading.bytes).subarray(position);
      const part = rest.subarray(0, buffer.length);
      buffer.set(part);
      position += part.length;
      return Promise.resolve(part.length === 0 ? null : part.length);
    },
    close() {
      this.closed++;
    },
  };
}

/** Opens a fake in the place of a file that was resolved. */
async function openFake(file: ReturnType<typeof fakeFile>): Promise<Opened> {
  await using tree = await makeTree({ "a.txt": "aa" });
  const target = await resolveFile(tree, "a.txt");
  using _open = replaceDeno("open", () => Promise.resolve(file));
  const facts = { ...target.facts, device: 1, inode: 1 };
  return await openFile({ ...target, facts });
}
