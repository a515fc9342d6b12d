import { assertEquals } from "@std/assert";
import * as path from "@std/path";

import {
  basename,
  dirname,
  isAbsolute,
  join,
  relative,
  resolve,
  SEPARATOR,
} from "../../lib/disk_path.ts";

const PATHS = ["/", "/srv", "/srv/www/", "a", "./a/../b", "..", ".", "/a//b"];

Deno.test.each(PATHS)(
  "functions of one path say what the library says",
  (each) => {
    assertEquals(basename(each), path.basename(each));
    assertEquals(dirname(each), path.dirname(each));
    assertEquals(isAbsolute(each), path.isAbsolute(each));
    assertEquals(resolve(each), path.resolve(each));
    assertEquals(join(each, "x", "..", "y"), path.join(each, "x", "..", "y"));
  },
);

Deno.test("SEPARATOR and relative() are those of this system", () => {
  assertEquals(SEPARATOR, path.SEPARATOR);
  assertEquals(
    relative("/srv/www", "/srv/a/b"),
    path.relative("/srv/www", "/srv/a/b"),
  );
  assertEquals(relative("/srv", "/srv"), "");
});

Deno.test("resolve() of an absolute path does without the working directory", () => {
  const { cwd } = Deno;
  Deno.cwd = () => {
    throw new Deno.errors.NotFound("the folder is gone");
  };
  try {
    assertEquals(resolve("/srv/./www"), path.join("/srv", "www"));
  } finally {
    Deno.cwd = cwd;
  }
});
