import { assertEquals, assertThrows } from "@std/assert";

import { UsageError } from "../../../lib/cli/errors.ts";
import {
  allValues,
  isSwitchedOn,
  oneValue,
  readGiven,
} from "../../../lib/cli/given.ts";

Deno.test("readGiven() tells ports from paths", () => {
  const { ports, paths } = readGiven(["8000", "site", "0x10", "08"]);

  assertEquals({ ports, paths }, {
    ports: ["8000", "08"],
    paths: ["site", "0x10"],
  });
});

Deno.test("readGiven() has a switch only where it was given", () => {
  const { switches } = readGiven(["-q", "--qr"]);

  assertEquals([...switches].sort(), ["qr", "quiet"]);
});

Deno.test("allValues() keeps their order", () => {
  const given = readGiven(["-H", "b: 1", "--header=a: 2"]);

  assertEquals(allValues(given, "header"), ["b: 1", "a: 2"]);
  assertEquals(allValues(given, "auth"), []);
});

Deno.test("oneValue() refuses two that differ", () => {
  assertEquals(oneValue(readGiven(["-p1", "-p1"]), "port"), "1");
  assertEquals(oneValue(readGiven([]), "port"), undefined);
  assertThrows(
    () => oneValue(readGiven(["-p1", "-p2"]), "port"),
    UsageError,
    'Cannot use --port twice, with "1" and "2": give one',
  );
});

Deno.test("isSwitchedOn() is the default until its switch is given", () => {
  const [none, both] = [readGiven([]), readGiven(["--no-archive", "--open"])];

  assertEquals(isSwitchedOn(none, "archive"), true);
  assertEquals(isSwitchedOn(none, "open"), false);
  assertEquals(isSwitchedOn(both, "archive"), false);
  assertEquals(isSwitchedOn(both, "open"), true);
});
