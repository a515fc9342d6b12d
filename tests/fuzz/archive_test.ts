import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import fc from "fast-check";

import type { ArchiveEntry, ArchiveLayout } from "../../lib/archive/layout.ts";
import type { Pause } from "../../lib/archive/offsets.ts";
import { tarLayout } from "../../lib/archive/tar_layout.ts";
import { zipLayout } from "../../lib/archive/zip_layout.ts";
import {
  bytesOf,
  type Content,
  noPause,
  readZip,
  toEntries,
} from "../_support/archive.ts";
import { makeTree, type Tree } from "../_support/tree.ts";

type MakeLayout = (
  entries: readonly ArchiveEntry[],
  pause: Pause,
) => Promise<ArchiveLayout>;

const FORMATS: { format: "zip" | "tar"; makeLayout: MakeLayout }[] = [
  { format: "zip", makeLayout: zipLayout },
  { format: "tar", makeLayout: tarLayout },
];

/** Segments of paths: all that a file of Linux can be called. */
const segment = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab.-") }),
  fc.string({ unit: fc.constantFrom(..."\\:\n\x01\x1b\"'<&%*é日🎈\u202e ~") }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.nat({ max: 130 }).map((length) => "n".repeat(length)),
  fc.nat({ max: 80 }).map((length) => "ü".repeat(length)),
).filter((name) => !/^\.{0,2}$|[\0/]/.test(name) && name.isWellFormed());

const path = fc.array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join("/"));

// What both formats can say: whole seconds, 1970 to 2038.
const modified = fc.option(
  fc.nat({ max: 2 ** 31 - 1 }).map((seconds) => seconds * 1_000 + 999),
);

const content: fc.Arbitrary<Content> = fc.oneof(
  fc.record({
    name: path,
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.nat({ max: 3_000 }).map((length) => new Uint8Array(length).fill(7)),
    ).map((bytes) => new Uint8Array(bytes)),
    modified,
  }),
  fc.record({
    name: path.map((name) => `${name}/`),
    bytes: fc.constant(new Uint8Array(0)),
    modified,
  }),
);

const tree = fc.uniqueArray(content, {
  selector: ({ name }) => name.replace(/\/$/, ""),
  maxLength: 12,
});

/** The whole archive. */
async function wholeOf(makeLayout: MakeLayout, contents: readonly Content[]) {
  const layout = await makeLayout(toEntries(contents), noPause);
  const whole = await bytesOf(layout, contents, {
    start: 0,
    end: layout.length,
  });
  return { layout, whole };
}

Deno.test.each(FORMATS)(
  "$format: for any tree and any range, the pieces are that part of the whole",
  async ({ makeLayout }) => {
    const range = fc.tuple(
      fc.double({ noNaN: true, min: 0, max: 1 }),
      fc.nat(),
    );
    await fc.assert(
      fc.asyncProperty(tree, fc.array(range), async (contents, ranges) => {
        const { layout, whole } = await wholeOf(makeLayout, contents);
        for (const [place, size] of ranges) {
          const start = Math.floor(place * layout.length);
          const end = start + size % (layout.length - start + 1);
          const part = await bytesOf(layout, contents, { start, end });
          assertEquals(part, whole.slice(start, end));
        }
      }),
      { numRuns: 150 },
    );
  },
);

Deno.test.each(FORMATS)(
  "$format: for a small tree, every range is that part of the whole",
  async ({ makeLayout }) => {
    const contents = [
      { name: "a", bytes: Uint8Array.of(1, 2, 3), modified: 0 },
      { name: "b/", bytes: new Uint8Array(0), modified: null },
      { name: "b/c", bytes: Uint8Array.of(4), modified: null },
    ];
    const { layout, whole } = await wholeOf(makeLayout, contents);
    // Of a tar the zeros at the end are left out but for a few.
    const last = Math.min(layout.length, 450);
    for (let start = 0; start <= last; start++) {
      for (let end = start; end <= last; end += 1 + start % 3) {
        const part = await bytesOf(layout, contents, { start, end });
        assertEquals(part, whole.slice(start, end));
      }
    }
  },
);

Deno.test("zip: for any tree, the records say what is in it", async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (contents) => {
      const { whole } = await wholeOf(zipLayout, contents);
      const read = (start: number, end: number) =>
        Promise.resolve(whole.slice(start, end));

      const entries = await readZip(read, whole.length);

      assertEquals(
        entries.map(({ name, start, size }) => ({
          name,
          bytes: whole.slice(start, start + size),
        })),
        contents.map(({ name, bytes }) => ({ name, bytes })),
      );
    }),
    { numRuns: 150 },
  );
});

/** Prints what Python reads: name, bytes in hexadecimal, and seconds. */
const PYTHON = `
import json, struct, sys, tarfile, zipfile

def read_zip(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            assert info.is_dir() == info.filename.endswith("/")
            extra = info.extra
            seconds = struct.unpack("<i", extra[5:9])[0] if extra else None
            yield [info.filename, archive.read(info).hex(), seconds]

def read_tar(path):
    with tarfile.open(path) as archive:
        for info in archive:
            name = info.name + ("/" if info.isdir() else "")
            data = archive.extractfile(info).read() if info.isfile() else b""
            yield [name, data.hex(), int(info.mtime)]

for path in sys.argv[1:]:
    read = read_zip if path.endswith("zip") else read_tar
    print(json.dumps(list(read(path))))
`;

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** Whether a program is there. */
async function has(program: string, version = "--version"): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, { args: [version] })
      .output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function run(program: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    env: { LC_ALL: "C.UTF-8", PYTHONUTF8: "1", TZ: "UTC" },
  }).output();
  assertEquals({ code, error: new TextDecoder().decode(stderr) }, {
    code: 0,
    error: "",
  });
  return new TextDecoder().decode(stdout);
}

Deno.test.each(FORMATS)("$format: Python reads any tree as it is", {
  ignore: !await has("python3"),
}, async ({ format, makeLayout }) => {
  await using folder = await makeTree({});
  const trees = fc.sample(tree, 60);
  const paths: string[] = [];
  for (const [index, contents] of trees.entries()) {
    const { whole } = await wholeOf(makeLayout, contents);
    paths.push(folder.at(`${index}.${format}`));
    await Deno.writeFile(folder.at(`${index}.${format}`), whole);
  }

  const output = await run("python3", "-c", PYTHON, ...paths);

  const unknown = format === "zip" ? null : 0;
  assertEquals(
    output.trim().split("\n").map((line) => JSON.parse(line)),
    trees.map((contents) =>
      contents.map(({ name, bytes, modified }) => [
        name,
        toHex(bytes),
        modified === null ? unknown : Math.floor(modified / 1_000),
      ])
    ),
  );
});

/** A tree that can be unpacked on a disk. */
const TIME = Date.UTC(2024, 4, 6, 7, 8, 9);
const UNPACKED: Content[] = [
  ["empty/", ""],
  ["none.txt", ""],
  ["a.txt", "some text"],
  ["d/", ""],
  ["d/large", "x".repeat(200_000)],
  ["d/größe 日本 🎈 \u202etxt.exe", "é"],
  [`d/${"l".repeat(255)}`, "long"],
  [`d/${"ü".repeat(127)}`, "long and not ASCII"],
  [`${`${"deep ".repeat(8)}/`.repeat(8)}file`, "deep"],
  [" -rf\"'<b>&%41*?", "quotes"],
  [".hidden", "hidden"],
].map(([name = "", text]) => ({
  name,
  bytes: new TextEncoder().encode(text),
  modified: TIME,
}));

/** What must be the same after unpacking. */
async function lookAt(
  folder: Tree,
  contents: readonly Content[],
): Promise<Content[]> {
  const found: Content[] = [];
  for (const { name } of contents) {
    const path = join(folder.path, name);
    const { isDirectory, mtime } = await Deno.lstat(path);
    const bytes = isDirectory ? new Uint8Array(0) : await Deno.readFile(path);
    // The time of a folder changes with what is put into it.
    const modified = isDirectory ? TIME : mtime?.getTime() ?? null;
    found.push({ name, bytes, modified });
  }
  return found;
}

const UNPACKERS: {
  format: "zip" | "tar";
  program: string;
  version: string;
  args: (archive: string, folder: string) => string[];
}[] = [
  {
    format: "zip",
    program: "unzip",
    version: "-v",
    args: (archive, folder) => ["-q", archive, "-d", folder],
  },
  {
    format: "zip",
    program: "bsdtar",
    version: "--version",
    args: (archive, folder) => ["-xf", archive, "-C", folder],
  },
  {
    format: "tar",
    program: "bsdtar",
    version: "--version",
    args: (archive, folder) => ["-xf", archive, "-C", folder],
  },
  {
    format: "tar",
    program: "tar",
    version: "--version",
    args: (archive, folder) => ["-xf", archive, "-C", folder],
  },
];

for (const { format, program, version, args } of UNPACKERS) {
  Deno.test({
    name: `${format}: ${program} unpacks names, bytes and times as they are`,
    ignore: !await has(program, version),
    async fn() {
      await using folder = await makeTree({ "unpacked": null });
      const row = FORMATS.find((row) => row.format === format);
      const { whole } = await wholeOf(row?.makeLayout ?? zipLayout, UNPACKED);
      const archive = folder.at(`archive.${format}`);
      await Deno.writeFile(archive, whole);

      await run(program, ...args(archive, folder.at("unpacked")));

      const unpacked = { ...folder, path: folder.at("unpacked") };
      assertEquals(await lookAt(unpacked, UNPACKED), UNPACKED);
    },
  });
}

Deno.test({
  name: "zip: bsdtar unpacks a stream, without the directory at its end",
  ignore: !await has("bsdtar"),
  async fn() {
    await using folder = await makeTree({ "unpacked": null });
    const { whole } = await wholeOf(zipLayout, UNPACKED);
    const unpack = new Deno.Command("bsdtar", {
      args: ["-xf", "-", "-C", folder.at("unpacked")],
      env: { LC_ALL: "C.UTF-8" },
      stdin: "piped",
      stderr: "piped",
    }).spawn();

    const writer = unpack.stdin.getWriter();
    await writer.write(whole);
    await writer.close();

    const { code, stderr } = await unpack.output();
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    const unpacked = { ...folder, path: folder.at("unpacked") };
    assertEquals(await lookAt(unpacked, UNPACKED), UNPACKED);
  },
});
