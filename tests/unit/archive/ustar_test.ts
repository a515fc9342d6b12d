import { assert, assertEquals } from "@std/assert";

import {
  OCTAL_MAX,
  splitPath,
  ustarHeader,
} from "../../../lib/archive/ustar.ts";

const FIELDS = { name: "d/a.txt", type: "0", size: 5, seconds: 8 } as const;

/** A field as text. */
function textAt(
  block: Uint8Array<ArrayBuffer>,
  at: number,
  length: number,
): string {
  return new TextDecoder().decode(block.subarray(at, at + length));
}

// POSIX.1-2024, ustar Interchange Format, field by field.
Deno.test("ustarHeader() has each field at its place", () => {
  const block = ustarHeader(FIELDS);

  assertEquals(textAt(block, 0, 100), "d/a.txt".padEnd(100, "\0"));
  assertEquals(textAt(block, 100, 8), "0000644\0");
  assertEquals(textAt(block, 108, 8), "0000000\0");
  assertEquals(textAt(block, 116, 8), "0000000\0");
  assertEquals(textAt(block, 124, 12), "00000000005\0");
  assertEquals(textAt(block, 136, 12), "00000000010\0");
  assertEquals(textAt(block, 156, 1), "0");
  assertEquals(textAt(block, 157, 100), "\0".repeat(100));
  assertEquals(textAt(block, 257, 8), "ustar\x0000");
  assertEquals(textAt(block, 265, 64), "\0".repeat(64));
  assertEquals(textAt(block, 329, 8), "0000000\0");
  assertEquals(textAt(block, 337, 8), "0000000\0");
  assertEquals(textAt(block, 345, 167), "\0".repeat(167));
  assertEquals(block.length, 512);
});

Deno.test("ustarHeader() has the sum of its bytes", () => {
  const block = ustarHeader(FIELDS);

  const field = textAt(block, 148, 8);
  const sum = block.fill(0x20, 148, 156).reduce((a, b) => a + b, 0);
  assertEquals(field, `${sum.toString(8).padStart(6, "0")}\0 `);
});

Deno.test("ustarHeader() lets all enter a folder", () => {
  const block = ustarHeader({ ...FIELDS, name: "d/", type: "5", size: 0 });

  assertEquals(textAt(block, 100, 8), "0000755\0");
  assertEquals(textAt(block, 156, 1), "5");
});

Deno.test("ustarHeader() holds the largest size there is", () => {
  const block = ustarHeader({ ...FIELDS, size: OCTAL_MAX, seconds: OCTAL_MAX });

  assertEquals(textAt(block, 124, 12), "77777777777\0");
  assertEquals(textAt(block, 136, 12), "77777777777\0");
  assertEquals(OCTAL_MAX, 8 * 2 ** 30 - 1);
});

Deno.test("ustarHeader() writes whole characters of a path that does not fit", () => {
  const block = ustarHeader({ ...FIELDS, name: `a${"é".repeat(60)}` });

  assertEquals(textAt(block, 0, 100), `a${"é".repeat(49)}\0`);
  assertEquals(textAt(block, 345, 155), "\0".repeat(155));
});

Deno.test("ustarHeader() divides a long path", () => {
  const block = ustarHeader({ ...FIELDS, name: `p/q/${"n".repeat(99)}` });

  assertEquals(textAt(block, 0, 100), `${"n".repeat(99)}\0`);
  assertEquals(textAt(block, 345, 4), "p/q\0");
});

const n = (count: number) => "n".repeat(count);

const PATHS: { path: string; parts: readonly string[] | null }[] = [
  { path: "a", parts: ["", "a"] },
  { path: n(100), parts: ["", n(100)] },
  { path: n(101), parts: null },
  { path: `p/${n(100)}`, parts: ["p", n(100)] },
  { path: `p/${n(101)}`, parts: null },
  { path: `${n(155)}/${n(100)}`, parts: [n(155), n(100)] },
  { path: `${n(156)}/${n(100)}`, parts: null },
  { path: `${n(156)}/${n(10)}`, parts: null },
  // A folder: the slash at its end is a part of the name.
  { path: `p/${n(99)}/`, parts: ["p", `${n(99)}/`] },
  { path: `p/${n(100)}/`, parts: null },
  { path: `${n(120)}/`, parts: null },
  { path: "é", parts: null },
  { path: "a\x7f\n", parts: ["", "a\x7f\n"] },
];

Deno.test.each(PATHS)("splitPath() of $path is $parts", ({ path, parts }) => {
  const result = splitPath(path);

  assertEquals(result && [result.prefix, result.name], parts);
});

Deno.test("splitPath() loses nothing", () => {
  for (let length = 101; length < 260; length++) {
    const path = "0123456/".repeat(40).slice(0, length);
    const result = splitPath(path);
    if (result === null) continue;
    assert(result.name.length > 0 && result.name.length <= 100);
    assert(result.prefix.length > 0 && result.prefix.length <= 155);
    assertEquals(`${result.prefix}/${result.name}`, path);
  }
});
