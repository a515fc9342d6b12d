import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { HEAD_BYTES, mediaTypeOf } from "../../lib/http/media_type.ts";

const RUNS = { numRuns: 2_000 };

// RFC 3629 section 4, on bytes written as characters.
const UTF_8 = "(?:[\\0-\\x7f]|[\\xc2-\\xdf][\\x80-\\xbf]|" +
  "\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}|" +
  "\\xed[\\x80-\\x9f][\\x80-\\xbf]|\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|" +
  "[\\xf1-\\xf3][\\x80-\\xbf]{3}|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2})*";
const CUT = "(?:[\\xc2-\\xdf]|\\xe0[\\xa0-\\xbf]?|" +
  "[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]?|\\xed[\\x80-\\x9f]?|" +
  "\\xf0(?:[\\x90-\\xbf][\\x80-\\xbf]?)?|[\\xf1-\\xf3][\\x80-\\xbf]{0,2}|" +
  "\\xf4(?:[\\x80-\\x8f][\\x80-\\xbf]?)?)?";
const ALL_UTF_8 = new RegExp(`^${UTF_8}$`);
const BEGINS_AS_UTF_8 = new RegExp(`^${UTF_8}${CUT}$`);

function isUtf8(head: Uint8Array, isWhole: boolean): boolean {
  const bytes = String.fromCharCode(...head);
  return (isWhole ? ALL_UTF_8 : BEGINS_AS_UTF_8).test(bytes);
}

/** Bytes that are UTF-8 but for a few places. */
const anyHead = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: "binary" }) },
    { weight: 2, arbitrary: fc.string() },
    fc.constantFrom(
      "<meta charset=",
      "<html>",
      "\ufeff",
      "\0",
      "a".repeat(500),
      "\u{1f389}".repeat(125),
    ),
    fc.uint8Array({ maxLength: 4 }),
    fc.constantFrom(
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf0, 0x9f, 0x8e],
      [0xe2, 0x82],
      [0xc3],
    ).map((bytes) => Uint8Array.from(bytes)),
  ),
  { maxLength: 8 },
).map((chunks) => {
  const encoder = new TextEncoder();
  const bytes = chunks.flatMap((chunk) => [
    ...(typeof chunk === "string" ? encoder.encode(chunk) : chunk),
  ]);
  return Uint8Array.from(bytes.slice(0, HEAD_BYTES));
});

const anyName = fc.oneof(
  fc.tuple(
    fc.constantFrom("a", "", ".a", "a.b", "\u00fc"),
    fc.constantFrom(
      ..."ts html htm css js json svg png txt md py gz br zst xml csv sh key"
        .split(" "),
      ..."constructor __proto__ toString TS Html unknown".split(" "),
      "",
    ),
  ).map(([stem, extension]) => `${stem}.${extension}`),
  fc.string({ unit: "binary" }),
);

Deno.test("any file has a media type that fits into a header", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyName,
      anyHead,
      fc.boolean(),
      async (name, head, isWhole) => {
        const type = await mediaTypeOf(name, head, { isWhole });

        assertMatch(type, /^[a-z]+\/[a-z\d][a-z\d.+-]*(?:; charset=utf-8)?$/);
      },
    ),
    RUNS,
  );
});

Deno.test("any file that says utf-8 is text and begins as UTF-8", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyName,
      anyHead,
      fc.boolean(),
      async (name, head, isWhole) => {
        const type = await mediaTypeOf(name, head, { isWhole });

        if (!type.includes("charset")) return;
        assert(isUtf8(head, isWhole), name);
        assertMatch(type, /^text\//);
      },
    ),
    RUNS,
  );
});

Deno.test("any text says utf-8 exactly where it begins as UTF-8", async () => {
  await fc.assert(
    fc.asyncProperty(anyHead, fc.boolean(), async (head, isWhole) => {
      const type = await mediaTypeOf("a.css", head, { isWhole });

      assertEquals(type.includes("charset=utf-8"), isUtf8(head, isWhole));
    }),
    RUNS,
  );
});
