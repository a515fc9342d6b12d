import { assertEquals } from "@std/assert";

import { toMoment } from "../../../lib/pages/moment.ts";

const DAY = 86_400_000;
const FIRST = Date.UTC(1000, 0);
const LAST = Date.UTC(10000, 0) - 1;

Deno.test("toMoment() writes the same as a Date, in any order of times", () => {
  const edges = [0, DAY, 365 * DAY, FIRST, LAST - 1, Date.UTC(2024, 1, 29)];
  const times = edges.flatMap((edge) => [
    ...[edge - 1, edge, edge + 1, edge + 999, edge + 1_000],
    ...[edge + 59_999, edge + 60_000, edge + 3_599_999, edge + 3_600_000],
    ...[edge + DAY - 1, edge + DAY, edge - DAY, edge + 0.5, edge - 0.5],
  ]).filter((time) => time >= FIRST && time <= LAST);

  for (const time of [...times, ...times.toReversed()]) {
    const iso = new Date(time).toISOString();

    assertEquals(toMoment(time), {
      iso: iso.replace(".000Z", "Z"),
      shown: `${iso.slice(0, 10)} ${iso.slice(11, 16)}`,
    });
  }
});
