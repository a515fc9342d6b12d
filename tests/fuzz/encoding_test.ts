import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  chooseEncoding,
  type Encoding,
  encodingGroups,
  encodingKey,
} from "../../lib/http/encoding.ts";

const RUNS = { numRuns: 3_000 };

const ALL: readonly Encoding[] = ["zstd", "br", "gzip"];

/** One element of the list, with its weight in thousandths. */
const anyElement = fc.record({
  name: fc.constantFrom(...ALL, "x-gzip", "GZip", "*", "identity", "deflate"),
  weight: fc.oneof(fc.constant(0), fc.constant(1_000), fc.nat({ max: 1_000 })),
  isTold: fc.boolean(),
  space: fc.constantFrom("", " ", "\t", "  "),
});
type Element = typeof anyElement extends fc.Arbitrary<infer T> ? T : never;

const anySubset = fc.subarray([...ALL]);

function textOf({ name, weight, isTold, space }: Element): string {
  if (weight === 1_000 && !isTold) return name;
  const digits = weight === 1_000
    ? "1.000"
    : `0.${String(weight).padStart(3, "0")}`;
  return `${name}${space};${space}q=${digits}`;
}

/** Least weight under which a coding is named, by itself or by `*`. */
function weightOf(elements: readonly Element[], name: string): number {
  const named = (wanted: string) =>
    elements.filter((each) =>
      each.name.toLowerCase().replace("x-", "") === wanted
    ).map((each) => each.weight);
  const own = named(name);
  const weights = own.length > 0 ? own : named("*");
  return weights.length > 0 ? Math.min(...weights) : 0;
}

Deno.test("chooseEncoding() never chooses what has q=0, nor what is not there", () => {
  fc.assert(
    fc.property(fc.array(anyElement), anySubset, (elements, available) => {
      const key = encodingKey(elements.map(textOf).join(","));
      const chosen = chooseEncoding(key, available);

      if (chosen === null) return;
      assert(available.includes(chosen));
      assert(weightOf(elements, chosen) > 0);
      for (const other of available) {
        assert(weightOf(elements, other) <= weightOf(elements, chosen));
      }
    }),
    RUNS,
  );
});

Deno.test("chooseEncoding() gives nothing only where nothing is more welcome", () => {
  fc.assert(
    fc.property(fc.array(anyElement), anySubset, (elements, available) => {
      const key = encodingKey(elements.map(textOf).join(", "));
      if (chooseEncoding(key, available) !== null) return;

      const plain = elements.filter(({ name }) => name === "identity");
      const least = Math.min(...plain.map(({ weight }) => weight));
      for (const each of available) {
        const weight = weightOf(elements, each);
        assert(weight === 0 || (plain.length > 0 && weight < least));
      }
    }),
    RUNS,
  );
});

Deno.test("encodingKey() has one spelling for each meaning, whatever comes", () => {
  const anyHeader = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."gzipbrstd;q=01.,* \t") }),
    fc.array(anyElement).map((all) => all.map(textOf).join(",")),
  );

  fc.assert(
    fc.property(anyHeader, (header) => {
      const key = encodingKey(header);
      const groups = encodingGroups(key);

      assertEquals(groups.map((group) => group.join(",")).join(">"), key);
      assertEquals(new Set(groups.flat()).size, groups.flat().length);
    }),
    RUNS,
  );
});
