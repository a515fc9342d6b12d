import { assertEquals } from "@std/assert";

import { SWIPE_SCRIPT } from "../../../lib/pages/script_viewer_swipe.ts";

interface Point {
  readonly clientX: number;
  readonly clientY: number;
  readonly pointerType?: string;
  readonly isPrimary?: boolean;
}

/** Steps that a finger's way makes, on a stage that shows nothing. */
function stepsOf(
  points: readonly (readonly [type: string, point: Point])[],
  scale = 1,
): number[] {
  const steps: number[] = [];
  const heard = new Map<string, (event: unknown) => void>();
  const stage = {
    addEventListener: (type: string, listener: (event: unknown) => void) =>
      heard.set(type, listener),
  };
  new Function(
    "stage",
    "walk",
    "$",
    "window",
    "matchMedia",
    `"use strict"; ${SWIPE_SCRIPT}`,
  )(
    stage,
    (step: number) => steps.push(step),
    () => null,
    { visualViewport: { scale, addEventListener: () => {} } },
    () => ({ matches: false }),
  );
  const target = { closest: () => null };
  for (const [type, point] of points) {
    heard.get(type)?.({
      pointerType: "touch",
      isPrimary: true,
      target,
      ...point,
    });
  }
  return steps;
}

const DOWN = { clientX: 200, clientY: 200 };

// How far the finger goes, and where that leads.
Deno.test.each([
  [-48, 0, [1]],
  [48, 0, [-1]],
  [-47, 0, []],
  [-90, 60, []],
  [-91, 60, [1]],
  [0, 200, []],
])("a finger that moves by %d, %d walks %o", (right, down, steps) => {
  const up = { clientX: 200 + right, clientY: 200 + down };

  assertEquals(stepsOf([["pointerdown", DOWN], ["pointerup", up]]), [...steps]);
});

Deno.test("a swipe is one of one finger, not of a mouse, and not while zoomed", () => {
  const up = { clientX: 0, clientY: 200 };
  const mouse = { ...DOWN, pointerType: "mouse" };
  const second = { ...DOWN, isPrimary: false };
  const end = ["pointerup", up] as const;

  assertEquals(stepsOf([["pointerdown", mouse], end]), []);
  assertEquals(
    stepsOf([["pointerdown", DOWN], ["pointerdown", second], end]),
    [],
  );
  assertEquals(
    stepsOf([["pointerdown", DOWN], ["pointercancel", up], end]),
    [],
  );
  assertEquals(stepsOf([["pointerdown", DOWN], end], 2), []);
  assertEquals(stepsOf([["pointerdown", DOWN], end, end]), [1]);
});
