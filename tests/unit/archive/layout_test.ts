import { assert, assertEquals, assertRejects } from "@std/assert";

import {
  type ArchiveFrames,
  type ArchivePiece,
  createLayout,
} from "../../../lib/archive/layout.ts";

const text = (letters: string) => new TextEncoder().encode(letters);

/** `<` + three bytes + `>` so many times, with a checksum as the tail. */
function framesOf(count: number, size = 3): ArchiveFrames {
  return {
    offsets: Float64Array.from(
      { length: count + 1 },
      (_, frame) => frame * (size + 2),
    ),
    sizeOf: () => size,
    tailLengthOf: () => 1,
    recordOf: ({ kind, frame }, checksumOf) => {
      if (kind === "head") return text("<");
      const checksum = checksumOf(frame);
      return typeof checksum === "number"
        ? Uint8Array.of(checksum)
        : checksum.then((value) => Uint8Array.of(value));
    },
  };
}

/** Pieces as text: records, and files as `[index:start+length]`. */
function show(pieces: readonly ArchivePiece[]): string[] {
  return pieces.map((piece) =>
    piece.kind === "bytes"
      ? new TextDecoder().decode(piece.bytes)
      : `[${piece.index}:${piece.start}+${piece.length}]`
  );
}

const CLOSE = ">".charCodeAt(0);

Deno.test("pieces() joins what is between two files", async () => {
  const layout = createLayout(framesOf(2));

  const pieces = await Array.fromAsync(layout.pieces(0, 10, () => CLOSE));

  assertEquals(layout.length, 10);
  assertEquals(show(pieces), ["<", "[0:0+3]", "><", "[1:0+3]", ">"]);
});

Deno.test("pieces() asks for a checksum when its record is reached", async () => {
  const asked: number[] = [];
  const checksumOf = (index: number) => {
    asked.push(index);
    return CLOSE;
  };
  const pieces = createLayout(framesOf(2)).pieces(0, 9, checksumOf);

  await pieces.next();
  await pieces.next();
  assertEquals(asked, []);
  await pieces.next();
  assertEquals(asked, [0]);
  assertEquals((await pieces.next()).value?.kind, "file");
  assertEquals((await pieces.next()).done, true);
  assertEquals(asked, [0]);
});

Deno.test("pieces() gives out what it has before it waits for a checksum", async () => {
  const checksum = Promise.withResolvers<number>();
  // No file, so that head and tail would be together.
  const layout = createLayout(framesOf(1, 0));
  const pieces = layout.pieces(0, 2, () => checksum.promise);

  const first = await pieces.next();
  const second = pieces.next();
  checksum.resolve(CLOSE);

  assert(first.value !== undefined);
  assertEquals(show([first.value]), ["<"]);
  const { value } = await second;
  assert(value !== undefined);
  assertEquals(show([value]), [">"]);
});

Deno.test("pieces() fails when the checksum cannot be had", async () => {
  const failing = () => Promise.reject(new Error("the file is gone"));
  const pieces = createLayout(framesOf(1)).pieces(4, 5, failing);

  await assertRejects(() => pieces.next(), Error, "the file is gone");
});

Deno.test("pieces() gives records up to 16 KiB together", async () => {
  const count = 200_000;
  const layout = createLayout(framesOf(count, 0));

  const pieces = await Array.fromAsync(
    layout.pieces(0, layout.length, () => CLOSE),
  );

  const lengths = pieces.map((piece) =>
    piece.kind === "bytes" ? piece.bytes.length : NaN
  );
  assertEquals(lengths, [...Array(24).fill(16_384), 400_000 - 24 * 16_384]);
});

Deno.test("pieces() makes nothing of an empty range", async () => {
  const layout = createLayout(framesOf(2));
  for (let at = 0; at <= 10; at++) {
    assertEquals(
      await Array.fromAsync(layout.pieces(at, at, () => CLOSE)),
      [],
    );
  }
});

Deno.test.each([
  { start: -1, end: 2 },
  { start: 3, end: 2 },
  { start: 0, end: 11 },
  { start: NaN, end: 2 },
])("pieces() throws for $start to $end of 10", async ({ start, end }) => {
  const pieces = createLayout(framesOf(2)).pieces(start, end, () => CLOSE);

  await assertRejects(() => pieces.next(), RangeError);
});

Deno.test("pieces() throws when a record is not as long as announced", async () => {
  const layout = createLayout({
    ...framesOf(1),
    recordOf: () => text("<<"),
  });

  await assertRejects(
    () => layout.pieces(0, 1, () => CLOSE).next(),
    Error,
    "has 2 bytes, not 1",
  );
});
