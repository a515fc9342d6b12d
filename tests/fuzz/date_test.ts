import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { formatHttpDate, parseHttpDate } from "../../lib/http/date.ts";

const RUNS = { numRuns: 2_000 };
const YEAR_0 = -62_167_219_200_000;
const YEAR_10000 = 253_402_300_800_000;
const HALF_CENTURY = 49 * 365 * 86_400_000;

const milliseconds = fc.integer({ min: YEAR_0, max: YEAR_10000 - 1 });
const now = fc.integer({
  min: Date.UTC(1990, 0),
  max: Date.UTC(2090, 0),
});

/** The obsolete forms, written from the preferred one. */
function toObsolete(time: number) {
  const [, weekday = "", day = "", month = "", year = "", clock = ""] =
    /^(\w+), (\d\d) (\w+) (\d+) ([\d:]+) GMT$/.exec(formatHttpDate(time)) ?? [];
  const long = new Date(time).toLocaleDateString("en-US", {
    weekday: "long",
    timeZone: "UTC",
  });
  return {
    rfc850: `${long}, ${day}-${month}-${year.slice(-2)} ${clock} GMT`,
    asctime: `${weekday} ${month} ${day.replace(/^0/, " ")} ${clock} ${year}`,
  };
}

/** A date with a character or a few put in the place of others. */
const damagedDate = fc.tuple(
  milliseconds,
  fc.constantFrom("fixed", "rfc850", "asctime"),
  fc.nat({ max: 30 }),
  fc.nat({ max: 2 }),
  fc.string({
    maxLength: 2,
    unit: fc.constantFrom(..."0123456789 :,-GMTJanFebSun\u0661"),
  }),
).map(([time, form, at, count, text]) => {
  const { rfc850, asctime } = toObsolete(time);
  const forms = { fixed: formatHttpDate(time), rfc850, asctime };
  const date = form === "fixed"
    ? forms.fixed
    : form === "rfc850"
    ? forms.rfc850
    : forms.asctime;
  return date.slice(0, at) + text + date.slice(at + count);
});

Deno.test("any time reads back in whole seconds from its date", () => {
  fc.assert(
    fc.property(milliseconds, now, (time, now) => {
      const text = formatHttpDate(time);

      assertEquals(text.length, 29);
      assertEquals(parseHttpDate(text, now), Math.floor(time / 1_000) * 1_000);
    }),
    RUNS,
  );
});

Deno.test("any time reads back from its date in the form of asctime()", () => {
  fc.assert(
    fc.property(milliseconds, now, (time, now) => {
      const { asctime } = toObsolete(time);

      assertEquals(asctime.length, 24);
      assertEquals(
        parseHttpDate(asctime, now),
        Math.floor(time / 1_000) * 1_000,
      );
    }),
    RUNS,
  );
});

Deno.test("any time of the last 49 years reads back from its date with two digits", () => {
  const age = fc.nat({ max: HALF_CENTURY });

  fc.assert(
    fc.property(age, now, (age, now) => {
      const time = now - age;
      const { rfc850 } = toObsolete(time);

      assertEquals(
        parseHttpDate(rfc850, now),
        Math.floor(time / 1_000) * 1_000,
        `${rfc850} at ${formatHttpDate(now)}`,
      );
    }),
    RUNS,
  );
});

Deno.test("any text is a date in whole seconds or none", () => {
  const text = fc.oneof(
    { weight: 5, arbitrary: damagedDate },
    fc.string({ unit: "binary" }),
  );

  fc.assert(
    fc.property(text, now, (text, now) => {
      const time = parseHttpDate(text, now);

      if (time === undefined) return;
      assert(Number.isSafeInteger(time) && time % 1_000 === 0, text);
      assert(time >= YEAR_0 && time <= YEAR_10000, text);
    }),
    RUNS,
  );
});

Deno.test("any text that is a date says the time that it is read as", () => {
  fc.assert(
    fc.property(damagedDate, now, (text, now) => {
      const time = parseHttpDate(text, now);

      if (time === undefined || text.includes(":60")) return;
      const { rfc850, asctime } = toObsolete(time);
      // The name of the day is not looked at.
      const rests = [formatHttpDate(time), rfc850, asctime].map(withoutWeekday);
      assert(rests.includes(withoutWeekday(text)), text);
      assertMatch(text, /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/);
    }),
    RUNS,
  );
});

/** Also without the zero that `asctime()` has a space for. */
function withoutWeekday(text: string): string {
  return text.replace(/^[A-Za-z]+/, "").replace(/^( \w{3} )0/, "$1 ");
}
