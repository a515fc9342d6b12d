import { assertEquals } from "@std/assert";

import type { Pulse } from "../../../lib/disk/pulse.ts";
import {
  createQuickDisks,
  PATIENT_DISKS,
} from "../../../lib/disk/quick_disks.ts";

/** A pulse that gives these answers in turn, and what it is told. */
function createPulseOf(answers: (boolean | Promise<boolean>)[]) {
  const asked: [device: number, path: string][] = [];
  const told: [device: number, ms: number][] = [];
  const pulse: Pulse = {
    isQuick(device, path) {
      asked.push([device, path]);
      return answers.shift() ?? false;
    },
    took: (device, ms) => void told.push([device, ms]),
  };
  return { pulse, asked, told };
}

Deno.test("get() gives a disk that is quick only while that is known", () => {
  const { pulse, asked, told } = createPulseOf([true, Promise.resolve(true)]);
  const disk = createQuickDisks(pulse).get(7, "/srv/a");

  assertEquals([disk.isQuick(), disk.isQuick()], [true, false]);
  disk.onLook(3);

  assertEquals(asked, [[7, "/srv/a"], [7, "/srv/a"]]);
  assertEquals(told, [[7, 3]]);
});

Deno.test("ask() waits where it is not known whether a disk is quick", async () => {
  const { pulse } = createPulseOf([Promise.resolve(true), true]);
  const asked = createQuickDisks(pulse).ask(7, "/srv/a");

  assertEquals(asked instanceof Promise, true);
  assertEquals((await asked).isQuick(), true);
});

Deno.test("ask() does not wait where it is known", () => {
  for (const isQuick of [true, false]) {
    const { pulse } = createPulseOf([isQuick, isQuick]);
    const disk = createQuickDisks(pulse).ask(7, "/srv/a");

    assertEquals("isQuick" in disk && disk.isQuick(), isQuick);
  }
});

Deno.test("all who look at a disk share what that may cost", () => {
  const disks = createQuickDisks({ isQuick: () => true, took: () => {} });

  disks.get(7, "/srv/a").onLook(1_000);

  assertEquals(disks.get(7, "/srv/b"), disks.get(7, "/srv/a"));
  assertEquals(disks.get(8, "/srv/c").isQuick(), true);
});

Deno.test("PATIENT_DISKS are never looked at without waiting", async () => {
  assertEquals((await PATIENT_DISKS.ask(7, "/srv/a")).isQuick(), false);
});
