/**
 * The viewer in a real browser for a finger, a small window and a screen reader.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { CDPSession } from "playwright-core";

import { browserTest } from "../_support/browser.ts";
import type { Entries } from "../_support/tree.ts";
import {
  DESKTOP,
  openGallery,
  PHONE,
  until,
  violationsOf,
} from "./_gallery.ts";
import { RECORDINGS } from "./_recordings.ts";
import { FILES, shown, stateOf } from "./_viewer.ts";

const TEXT_BYTES = 262_144;

/** One finger from a point to another. */
async function swipe(
  session: CDPSession,
  [right, down]: readonly [right: number, down: number],
): Promise<void> {
  const at = (part: number) => [{
    x: 180 + right * part,
    y: 300 + down * part,
  }];
  const send = (type: "touchStart" | "touchMove" | "touchEnd", part: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : at(part),
    });
  await send("touchStart", 0);
  for (const part of [0.3, 0.6, 1]) await send("touchMove", part);
  await send("touchEnd", 1);
}

browserTest(
  "a swipe walks to the side, and only to the side",
  async (browser) => {
    await using site = await openGallery(browser, FILES, {
      ...PHONE,
      query: "?show=b.jpg",
    });
    const { page } = site;
    const session = await page.context().newCDPSession(page);
    const names: (string | null)[] = [];
    for (
      const way of [[-120, 10], [30, 0], [60, 200], [120, -10], [
        120,
        0,
      ]] as const
    ) {
      await shown(page, "img");
      await swipe(session, way);
      names.push((await stateOf(page)).show);
    }

    assertEquals(names, ["c.svg", "c.svg", "c.svg", "b.jpg", "a.png"]);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "axe finds nothing in the viewer, and it fits a phone",
  async (browser) => {
    const files: Entries = {
      ...FILES,
      "broken.png": "x",
      "long.txt": `${"line ".repeat(40)}\n`.repeat(TEXT_BYTES / 160),
      [`${"y".repeat(250)}.txt`]: "z".repeat(2_000),
      ...(RECORDINGS === null
        ? {}
        : { "v.webm": RECORDINGS.video, "w.opus": RECORDINGS.audio }),
    };
    const names = Object.keys(files)
      .filter((name) => !/\/$|\.(?:pdf|html|zip)$/.test(name));
    for (
      const [size, colorScheme] of [[PHONE, "dark"], [
        DESKTOP,
        "light",
      ]] as const
    ) {
      await using site = await openGallery(browser, files, {
        ...size,
        colorScheme,
        bypassCSP: true,
        query: "?show=a.png",
      });
      const { page } = site;
      for (let at = 0; at < names.length; at++) {
        await until(
          page,
          `document.querySelector(".stage[aria-busy=false] > *, .note a")`,
        );
        const { show } = await stateOf(page);
        assertEquals(
          await violationsOf(page, ".viewer"),
          [],
          `${show} ${colorScheme}`,
        );
        const [small, widest]: [string[], number] = await page.evaluate(
          `(() => {
            const controls = [...document.querySelectorAll(".viewer .action:not([hidden])")];
            const isSmall = (control) => {
              const { width, height } = control.getBoundingClientRect();
              return width < 44 || height < 44;
            };
            return [
              controls.filter(isSmall).map(({ className }) => className),
              Math.max(...[...document.querySelectorAll(".viewer, .viewer *")]
                .filter((element) => !element.closest("bdi"))
                .map((element) => element.getBoundingClientRect().right)),
            ];
          })()`,
        );
        assertEquals(small, [], `${show}`);
        assert(widest <= (size.viewport?.width ?? 0), `${show}: ${widest}`);
        await page.keyboard.press("ArrowRight");
      }
    }
  },
);

browserTest(
  "a screen reader hears a dialog with the name, and each step",
  async (browser) => {
    await using site = await openGallery(browser, FILES, {
      query: "?show=b.jpg",
    });
    const { page } = site;
    await shown(page, "img");

    const dialog = page.getByRole("dialog", { name: "b.jpg" });
    assertEquals(await dialog.count(), 1);
    assertEquals(await dialog.getByRole("img", { name: "b.jpg" }).count(), 1);
    assertEquals(await dialog.getByRole("group", { name: "Image" }).count(), 1);
    const heard = dialog.getByRole("status").first();
    assertEquals(await heard.textContent(), "b.jpg2 of 4 · 225 B");
    const next = page.getByRole("button", { name: "Next" });
    await next.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    assertEquals(await next.getAttribute("aria-disabled"), "true");
    assertEquals(
      await page.evaluate("document.activeElement.className"),
      "action next",
    );
  },
);
