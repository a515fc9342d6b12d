import { assert, assertEquals, assertStrictEquals } from "@std/assert";

import { type DiskError, diskErrorOf } from "../../../lib/disk/error_kind.ts";
import { link, makeTree } from "../../_support/tree.ts";
import { systemError } from "./_replace.ts";

Deno.test.each<{ code: string; kind: DiskError }>([
  { code: "ENOENT", kind: "missing" },
  { code: "ENOTDIR", kind: "missing" },
  { code: "EISDIR", kind: "missing" },
  { code: "ELOOP", kind: "missing" },
  { code: "ENAMETOOLONG", kind: "missing" },
  { code: "EINVAL", kind: "missing" },
  { code: "EILSEQ", kind: "missing" },
  { code: "ENXIO", kind: "missing" },
  { code: "EOPNOTSUPP", kind: "missing" },
  { code: "ENOTSUP", kind: "missing" },
  { code: "ENODEV", kind: "missing" },
  { code: "ESTALE", kind: "missing" },
  { code: "EACCES", kind: "unreadable" },
  { code: "EPERM", kind: "unreadable" },
  { code: "EBUSY", kind: "unreadable" },
  { code: "EMFILE", kind: "exhausted" },
  { code: "ENFILE", kind: "exhausted" },
  { code: "ENOMEM", kind: "exhausted" },
])("diskErrorOf() takes $code for $kind", ({ code, kind }) => {
  assertEquals(diskErrorOf(systemError(code)), kind);
});

Deno.test.each<{ name: string; error: Error; kind: DiskError }>([
  { name: "NotFound", error: new Deno.errors.NotFound(), kind: "missing" },
  {
    name: "NotADirectory",
    error: new Deno.errors.NotADirectory(),
    kind: "missing",
  },
  {
    name: "IsADirectory",
    error: new Deno.errors.IsADirectory(),
    kind: "missing",
  },
  {
    name: "FilesystemLoop",
    error: new Deno.errors.FilesystemLoop(),
    kind: "missing",
  },
  { name: "NotCapable", error: new Deno.errors.NotCapable(), kind: "missing" },
  {
    name: "PermissionDenied",
    error: new Deno.errors.PermissionDenied(),
    kind: "unreadable",
  },
  { name: "Busy", error: new Deno.errors.Busy(), kind: "unreadable" },
])("diskErrorOf() takes a $name without a code for $kind", (row) => {
  assertEquals(diskErrorOf(row.error), row.kind);
});

Deno.test.each<{ name: string; error: unknown }>([
  { name: "a bug", error: new TypeError("x is not a function") },
  { name: "a broken disk", error: systemError("EIO") },
  {
    name: "a code that is no text",
    error: Object.assign(new Error(), { code: 2 }),
  },
  { name: "what is no error", error: "ENOENT" },
])("diskErrorOf() throws $name on", ({ error }) => {
  try {
    diskErrorOf(error);
  } catch (thrown) {
    return assertStrictEquals(thrown, error);
  }
  throw new Error("Nothing was thrown");
});

// What the runtime really throws, whatever it calls it.
Deno.test.each<{ name: string; path: string }>([
  { name: "nothing there", path: "none" },
  { name: "a file used as a folder", path: "a.txt/b" },
  { name: "a loop of links", path: "loop" },
  { name: "a link to nothing", path: "broken" },
  { name: "a name of 256 bytes", path: "x".repeat(256) },
  { name: "a path of 5,000 bytes", path: "x/".repeat(2_500) },
  { name: "a name with NUL", path: "a\0b" },
])("diskErrorOf() takes $name for missing", async ({ path }) => {
  await using tree = await makeTree({
    "a.txt": "x",
    "loop": link("loop"),
    "broken": link("none"),
  });

  for (const look of [Deno.realPath, Deno.open, Deno.readTextFile]) {
    const error = await look(tree.at(path)).then(() => null, (e) => e);

    assert(error instanceof Error);
    assertEquals(diskErrorOf(error), "missing");
  }
});
