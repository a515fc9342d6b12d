import { assertEquals, assertRejects, assertThrows } from "@std/assert";

import {
  look,
  type QuickDisk,
  UNKNOWN_DISK,
  withinBudget,
} from "../../../lib/disk/quick_look.ts";

/** A disk that is quick, and what it is told. */
function quickDisk() {
  const told: number[] = [];
  const disk: QuickDisk = {
    isQuick: () => true,
    onLook: (ms) => void told.push(ms),
  };
  return { disk, told };
}

Deno.test("look() does not wait for a quick disk, and tells how long it took", () => {
  const { disk, told } = quickDisk();

  const seen = look(disk, () => "at once", () => Promise.resolve("later"));

  assertEquals(seen, "at once");
  assertEquals(told.map((ms) => ms >= 0), [true]);
});

Deno.test("look() waits for a disk of which nothing is known", async () => {
  const seen = look(
    UNKNOWN_DISK,
    () => "at once",
    () => Promise.resolve("later"),
  );

  assertEquals(seen instanceof Promise, true);
  assertEquals(await seen, "later");
});

Deno.test("look() tells how long a look took that failed", () => {
  const { disk, told } = quickDisk();
  const failing = () => {
    throw new Error("gone");
  };

  assertThrows(() => look(disk, failing, () => Promise.resolve()), Error);
  assertEquals(told.length, 1);
});

Deno.test("look() rejects when a look that is waited for fails", async () => {
  const seen = look(
    UNKNOWN_DISK,
    () => "at once",
    () => Promise.reject(new Error("gone")),
  );

  await assertRejects(() => Promise.resolve(seen), Error, "gone");
});

Deno.test("withinBudget() allows half of any ten milliseconds to all readers", () => {
  let time = 100;
  const { disk, told } = quickDisk();
  const shared = withinBudget(disk, () => time);

  shared.onLook(3);
  const below = shared.isQuick();
  shared.onLook(2);
  const spent = shared.isQuick();
  time += 9;
  const later = shared.isQuick();
  time += 1;
  const next = shared.isQuick();

  assertEquals([below, spent, later, next], [true, false, false, true]);
  assertEquals(told, [3, 2]);
});

Deno.test("a disk that is not quick stays so whoever asks", () => {
  const disk = withinBudget(UNKNOWN_DISK, () => 0);

  assertEquals(disk.isQuick(), false);
});
