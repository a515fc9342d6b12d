import { assertEquals } from "@std/assert";

import { TEXT_SCRIPT } from "../../../lib/pages/script_viewer_text.ts";

const LIMIT_BYTES = 262_144;

interface Start {
  readonly bytes?: Uint8Array;
  readonly isWhole?: boolean;
  readonly problem?: string;
}

interface Link {
  readonly closest: () => { readonly size: number };
}

interface Text {
  readonly readStart: (link: Link, signal: AbortSignal) => Promise<Start>;
  readonly decode: (bytes: Uint8Array) => string;
}

function textWith(answer: () => Response): Text & { asked: RequestInit[] } {
  const asked: RequestInit[] = [];
  const fetch = (_url: string, options: RequestInit) => {
    asked.push(options);
    return Promise.resolve(answer());
  };
  const text: Text = new Function(
    "fetch",
    "addressOf",
    "sizeOf",
    `"use strict"; ${TEXT_SCRIPT} return { readStart, decode };`,
  )(fetch, () => "/a.txt", (row: { readonly size: number }) => row.size);
  return { ...text, asked };
}

function linkTo(size: number): Link {
  return { closest: () => ({ size }) };
}

async function startOf(answer: Response): Promise<Start> {
  const { readStart } = textWith(() => answer);
  return await readStart(linkTo(9), new AbortController().signal);
}

function partOf(length: number, total: number | "*"): Response {
  const range = `bytes 0-${length - 1}/${total}`;
  return new Response(new Uint8Array(length), {
    status: 206,
    headers: { "content-range": range },
  });
}

Deno.test("readStart() asks for the first 256 KiB and follows no redirect", async () => {
  const { readStart, asked } = textWith(() => partOf(1, 1));

  await readStart(linkTo(9), new AbortController().signal);

  assertEquals(asked[0]?.headers, { range: "bytes=0-262143" });
  assertEquals(asked[0]?.redirect, "error");
});

Deno.test("readStart() asks for no part of a file that the page says is empty", async () => {
  const { readStart, asked } = textWith(() => new Response(""));

  await readStart(linkTo(0), new AbortController().signal);

  assertEquals(asked[0]?.headers, {});
});

Deno.test.each([
  [partOf(10, 10), 10, true],
  [partOf(LIMIT_BYTES, LIMIT_BYTES), LIMIT_BYTES, true],
  [partOf(LIMIT_BYTES, LIMIT_BYTES + 1), LIMIT_BYTES, false],
  // A server that knows no ranges sends all of it.
  [new Response(new Uint8Array(10)), 10, true],
  [new Response(new Uint8Array(LIMIT_BYTES)), LIMIT_BYTES, true],
  [new Response(new Uint8Array(LIMIT_BYTES + 1)), LIMIT_BYTES, false],
  [new Response(new Uint8Array(9 * LIMIT_BYTES)), LIMIT_BYTES, false],
  // An empty file.
  [new Response(null, { status: 416 }), 0, true],
])("readStart() reads a part of %o", async (answer, length, isWhole) => {
  const start = await startOf(answer);

  assertEquals(start.bytes?.length, length);
  assertEquals(start.isWhole, isWhole);
});

Deno.test.each([
  [404, "This file is no longer there."],
  [403, "This file could not be loaded."],
  [503, "This file could not be loaded."],
])("readStart() tells in a sentence of a %d", async (status, problem) => {
  assertEquals(await startOf(new Response("x", { status })), { problem });
});

Deno.test.each([
  [[0x61, 0xc3, 0xa9], "a\u00e9"],
  // A character that is cut in two.
  [[0x61, 0xc3], "a"],
  [[0x61, 0xff, 0x62], "a\ufffdb"],
  // Byte order marks.
  [[0xef, 0xbb, 0xbf, 0x61], "a"],
  [[0xff, 0xfe, 0x61, 0x00], "a"],
  [[], ""],
])("decode() reads %o", (bytes, text) => {
  const { decode } = textWith(() => new Response());

  assertEquals(decode(Uint8Array.from(bytes)), text);
});
