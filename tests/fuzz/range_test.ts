import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { RANGES_MAX } from "../../lib/http/limits.ts";
import {
  formatContentRange,
  parseRange,
  type RangeResult,
} from "../../lib/http/range.ts";

const RUNS = { numRuns: 3_000 };

const anyField = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."0123456789-, \t") })
    .map((set) => `bytes=${set}`),
  fc.string({ unit: fc.constantFrom(..."019-,", "-,", "0-") })
    .map((set) => `bytes=${set}`),
  fc.string({ unit: fc.constantFrom(..."bytes=09-, ;x") }),
  fc.string({ unit: "binary" }),
);
const anySize = fc.oneof(
  fc.nat({ max: 50 }),
  fc.nat({ max: Number.MAX_SAFE_INTEGER }),
);

/** One part of a set as RFC 9110 section 14.1.1 has it. */
interface Spec {
  readonly text: string;
  /** Whether a position of a file of a size is asked for. */
  readonly has: (position: number, size: number) => boolean;
}

const SIZE_MAX = 40;
const position = fc.oneof(
  { weight: 5, arbitrary: fc.bigInt(0n, BigInt(SIZE_MAX) + 5n) },
  fc.bigInt(0n, 10n ** 30n),
);
const digits = (value: bigint, zeros: number) => "0".repeat(zeros) + value;
const fewZeros = fc.oneof(fc.constant(0), fc.nat({ max: 3 }));

const validSpec: fc.Arbitrary<Spec> = fc.oneof(
  fc.tuple(position, position, fewZeros).map(([a, b, zeros]) => {
    const [first, last] = a < b ? [a, b] : [b, a];
    return {
      text: `${digits(first, zeros)}-${digits(last, zeros)}`,
      has: (at: number) => BigInt(at) >= first && BigInt(at) <= last,
    };
  }),
  fc.tuple(position, fewZeros).map(([first, zeros]) => ({
    text: `${digits(first, zeros)}-`,
    has: (at: number) => BigInt(at) >= first,
  })),
  fc.tuple(position, fewZeros).map(([length, zeros]) => ({
    text: `-${digits(length, zeros)}`,
    has: (at: number, size: number) => BigInt(size - at) <= length,
  })),
);

const space = fc.constantFrom("", " ", "\t", " \t ");
const comma = fc.tuple(space, fc.constantFrom(",", ",,", ", ,"), space)
  .map((parts) => parts.join(""));

/** What a set comes to, found position by position. */
function expectedOf(specs: readonly Spec[], size: number): RangeResult {
  const sets = specs.map(({ has }) =>
    Array.from({ length: size }, (_, at) => at).filter((at) => has(at, size))
  );
  const isLastOfNothing = ({ text }: Spec) => /^-\d*[1-9]/.test(text);
  if (size === 0 && specs.some(isLastOfNothing)) return { kind: "whole" };
  const inside = sets.filter((set) => set.length > 0);
  if (inside.length === 0) return { kind: "unsatisfiable" };
  const all = inside.flat();
  if (new Set(all).size < all.length) return { kind: "whole" };
  const parts = inside.map((set) => ({
    start: set[0] ?? NaN,
    length: set.length,
  }));
  return { kind: "parts", parts };
}

Deno.test("any Range of any file asks for bytes of it, each once", () => {
  fc.assert(
    fc.property(anyField, anySize, (field, size) => {
      const result = parseRange(field, size);

      if (result.kind !== "parts") return;
      const { parts } = result;
      assert(parts.length > 0 && parts.length <= RANGES_MAX);
      let sum = 0;
      for (const { start, length } of parts) {
        assert(Number.isSafeInteger(start) && start >= 0);
        assert(Number.isSafeInteger(length) && length >= 1);
        assert(start + length <= size);
        sum += length;
      }
      assert(sum <= size);
      for (const [i, a] of parts.entries()) {
        for (const b of parts.slice(i + 1)) {
          const isApart = a.start + a.length <= b.start ||
            b.start + b.length <= a.start;
          assert(isApart, field);
        }
      }
    }),
    RUNS,
  );
});

Deno.test("any valid Range comes to what its specs say position by position", () => {
  const size = fc.nat({ max: SIZE_MAX });
  const specs = fc.array(fc.tuple(validSpec, comma), {
    minLength: 1,
    maxLength: 5,
  });

  fc.assert(
    fc.property(specs, space, size, (pairs, end, size) => {
      const set = pairs.map(([{ text }, comma], i) =>
        i === 0 ? text : comma + text
      );
      const field = `bytes=${end}${set.join("")}${end}`;

      const result = parseRange(field, size);

      assertEquals(
        result,
        expectedOf(pairs.map(([spec]) => spec), size),
        field,
      );
    }),
    RUNS,
  );
});

Deno.test("any single Range read back from its Content-Range is the same", () => {
  fc.assert(
    fc.property(validSpec, anySize, ({ text }, size) => {
      const result = parseRange(`bytes=${text}`, size);

      if (result.kind !== "parts") return;
      const [part = null] = result.parts;
      const [, again, total] = /^bytes (\d+-\d+)\/(\d+)$/.exec(
        formatContentRange(part, size),
      ) ?? [];
      assertEquals(Number(total), size);
      assertEquals(parseRange(`bytes=${again}`, size), result);
    }),
    RUNS,
  );
});
