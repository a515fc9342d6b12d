import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  evaluatePreconditions,
  isRangeWelcome,
} from "../../lib/http/conditional.ts";
import { formatHttpDate } from "../../lib/http/date.ts";
import type { Validators } from "../../lib/http/etag.ts";

const RUNS = { numRuns: 2_000 };
const NOW = Date.UTC(2024, 5, 1);
const NOTHING: Validators = { etag: null, lastModified: null };

/** Whatever a header field can hold: bytes, no line end, no NUL. */
const fieldText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'"a-1",W/* \t\\\x80\xe9\xff') }),
  fc.string({ unit: fc.constantFrom('"a-1"', 'W/"', '"', ",", " ", "*", "x") }),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
  }),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(NOW) })
    .map((date) => formatHttpDate(date.getTime())),
);

const FIELDS = [
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
  "if-range",
] as const;
const anyHeaders = fc.array(
  fc.tuple(fc.constantFrom(...FIELDS), fieldText),
  { maxLength: 6 },
).map((pairs) => new Headers(pairs));

/** A tag without its quotes: commas, spaces excluded as the grammar has it. */
const opaque = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("a-1", "a", "", ",", "W/", "*") },
  fc.string({ unit: fc.constantFrom(..."a-1,W/*\\'\x80\xff") }),
);
const tag = fc.record({ isWeak: fc.boolean(), opaque });
const separator = fc.string({
  unit: fc.constantFrom(" ", "\t", ","),
  maxLength: 4,
}).map((text) => `${text},`);
const tagList = fc.array(fc.tuple(separator, tag), { minLength: 1 });

/** Writes tags as a list that a recipient has to understand. */
function toField(
  pairs: readonly (readonly [string, { isWeak: boolean; opaque: string }])[],
): string {
  return pairs.map(([separator, { isWeak, opaque }], i) =>
    `${i === 0 ? "" : separator}${isWeak ? "W/" : ""}"${opaque}"`
  ).join("");
}

const lastModified = fc.option(
  fc.integer({ min: 2, max: NOW / 1_000 - 2 }).map((seconds) =>
    seconds * 1_000
  ),
);
const validators: fc.Arbitrary<Validators> = fc.record({
  etag: fc.option(opaque.map((text) => `"${text}"`)),
  lastModified,
});

Deno.test("any preconditions come to an answer, and it is never 304 or 412 without reason", () => {
  fc.assert(
    fc.property(anyHeaders, validators, (headers, validators) => {
      const is = evaluatePreconditions(headers, validators, NOW);

      assert(["send", "not-modified", "failed"].includes(is));
      const has = (...names: string[]) => names.some((n) => headers.has(n));
      if (is === "not-modified") {
        assert(has("if-none-match", "if-modified-since"));
        assert(evaluatePreconditions(headers, NOTHING, NOW) !== is);
      }
      if (is === "failed") assert(has("if-match", "if-unmodified-since"));
    }),
    RUNS,
  );
});

Deno.test("any If-Range is welcome only for a version that it names", () => {
  fc.assert(
    fc.property(fieldText, validators, (field, validators) => {
      const headers = new Headers({ "if-range": field });

      const isWelcome = isRangeWelcome(headers, validators, NOW);

      const { etag, lastModified } = validators;
      const date = lastModified === null ? null : formatHttpDate(lastModified);
      if ([etag, date].includes(field.trim())) assert(isWelcome);
      // Other spellings of the date are the only other way.
      else if (isWelcome) assert(/^\w+,? .*\d$|GMT$/.test(field.trim()), field);
    }),
    RUNS,
  );
});

Deno.test("any list of tags matches the tags in it and no text inside them", () => {
  fc.assert(
    fc.property(tagList, opaque, (pairs, text) => {
      const etag = `"${text}"`;
      const field = toField(pairs);
      const file = { etag, lastModified: null };
      const tags = pairs.map(([, tag]) => tag);

      const weak = evaluatePreconditions(
        new Headers({ "if-none-match": field }),
        file,
        NOW,
      );
      const strong = evaluatePreconditions(
        new Headers({ "if-match": field }),
        file,
        NOW,
      );

      const same = tags.filter((tag) => tag.opaque === text);
      assertEquals(weak, same.length > 0 ? "not-modified" : "send", field);
      assertEquals(
        strong,
        same.some((tag) => !tag.isWeak) ? "send" : "failed",
        field,
      );
    }),
    RUNS,
  );
});

Deno.test("any file with validators is 304 for them and 200 for others", () => {
  fc.assert(
    fc.property(
      validators,
      fc.nat({ max: 10 }),
      ({ etag, lastModified }, by) => {
        const file = { etag, lastModified };

        if (etag !== null) {
          const headers = new Headers({ "if-none-match": `"x", W/${etag}` });
          assertEquals(
            evaluatePreconditions(headers, file, NOW),
            "not-modified",
          );
        }
        if (lastModified !== null) {
          const date = formatHttpDate(lastModified + by * 1_000);
          const headers = new Headers({ "if-modified-since": date });
          assertEquals(
            evaluatePreconditions(headers, file, NOW),
            by === 0 ? "not-modified" : "send",
          );
        }
      },
    ),
    RUNS,
  );
});
