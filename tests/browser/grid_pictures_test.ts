/**
 * The pictures in the grid view in a real browser: which files are loaded, how
 * many at a time, and when they are given back.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Route } from "playwright-core";

import { browserTest } from "../_support/browser.ts";
import { openGallery, PNG, until } from "./_gallery.ts";
import { GRID, MIXED, pictures, shownNames } from "./_grid.ts";
import { recordingTest } from "./_recordings.ts";

const LIMIT_BYTES = 4_194_304;

browserTest(
  "the grid shows what is in images, and the icon of all else",
  async (browser) => {
    await using site = await openGallery(browser, MIXED, GRID);

    const names = await shownNames(site.page, 4);

    assertEquals(names, [
      "a photo.JPG",
      "b.png",
      "c.svg",
      Object.keys(MIXED).at(-1),
    ]);
    assertEquals(site.asked.slice(1).toSorted(), [
      "/folder/a photo.JPG",
      "/folder/b.png",
      "/folder/c.svg",
      `/folder/${Object.keys(MIXED).at(-1)}`,
    ]);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the grid loads four pictures at a time",
  async (browser) => {
    const held: Route[] = [];
    let arrival = Promise.withResolvers<void>();
    let most = 0;
    await using site = await openGallery(browser, pictures(15), {
      ...GRID,
      prepare: (page) =>
        page.route("**/*.png", (route) => {
          held.push(route);
          most = Math.max(most, held.length);
          arrival.resolve();
          arrival = Promise.withResolvers();
        }),
    });
    const late = new Promise<never>((_, reject) => {
      const signal = AbortSignal.timeout(20_000);
      signal.onabort = () => reject(new Error(`${held.length} requests`));
    });

    // One is answered only when four wait, or all that are left.
    for (let left = 15; left > 0; left--) {
      while (held.length < Math.min(4, left)) {
        await Promise.race([arrival.promise, late]);
      }
      await held.shift()?.continue();
    }

    await shownNames(site.page, 15);
    assertEquals(most, 4);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the grid never asks for a file above 4 MiB, nor for one that is empty",
  async (browser) => {
    const padded = (length: number) => {
      const file = new Uint8Array(length);
      file.set(PNG);
      return file;
    };
    await using site = await openGallery(browser, {
      "above.png": padded(LIMIT_BYTES + 1),
      "at.png": padded(LIMIT_BYTES),
      "empty.png": "",
      "last.png": PNG,
      "video.mp4": padded(LIMIT_BYTES + 1),
    }, GRID);

    assertEquals(await shownNames(site.page, 2), ["at.png", "last.png"]);

    assertEquals(site.asked.slice(1), ["/folder/at.png", "/folder/last.png"]);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the icon stays where an image cannot be shown, and nothing complains",
  async (browser) => {
    await using site = await openGallery(browser, {
      "broken.png": "not a picture",
      "page.jpg": "<script>parent.ran = 1</script>",
      "silent.mp4": "not a video",
      "whole.png": PNG,
    }, GRID);

    await shownNames(site.page, 1);
    await until(site.page, `document.querySelectorAll(".shot").length === 1`);
    await site.page.mouse.wheel(0, 500);
    await site.page.getByRole("button", { name: "Grid" }).click();
    await site.page.getByRole("button", { name: "Grid" }).click();
    await shownNames(site.page, 1);

    const asked = (name: string) =>
      site.asked.filter((path) => path.endsWith(name)).length;
    assertEquals(asked("broken.png"), 1, "asked for once");
    assertEquals(await site.page.evaluate("window.ran"), undefined);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the grid of 10,000 images has pictures only near the window",
  async (browser) => {
    await using site = await openGallery(browser, pictures(10_000), GRID);
    const { page } = site;
    await until(page, `document.querySelectorAll(".shot.ready").length > 10`);

    let most = 0;
    for (const part of [1_999, 3_999, 5_999, 7_999, 9_999]) {
      await page.evaluate(
        `document.querySelector("[href$='/${
          String(part).padStart(5, "0")
        }.png']").scrollIntoView()`,
      );
      await until(
        page,
        `document.querySelector("[href$='/${
          String(part).padStart(5, "0")
        }.png'] > .ready")`,
      );
      most = Math.max(most, await page.locator(".shot").count());
    }

    const asked = site.asked.filter((path) => path.endsWith(".png"));
    assert(most > 0 && most < 120, String(most));
    assert(asked.length < 400, String(asked.length));
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the list has no pictures, also after the grid",
  async (browser) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    const button = page.getByRole("button", { name: "Grid" });

    assertEquals(await page.locator(".shot").count(), 0);
    await button.click();
    await shownNames(page, 4);
    await button.click();

    assertEquals(await page.locator(".shot").count(), 0);
  },
);

recordingTest(
  "the grid shows a frame of a video, silently, and lets go of it",
  async (browser, recordings) => {
    await using site = await openGallery(browser, {
      "0.webm": recordings.video,
      ...pictures(100),
    }, GRID);
    const { page } = site;

    await until(page, `document.querySelector("video.shot.ready")`);
    const video = await page.evaluateHandle(`document.querySelector("video")`);
    const state = await page.evaluate(
      `(({ muted, paused, preload, videoWidth }) =>
        ({ muted, paused, preload, videoWidth }))(document.querySelector("video"))`,
    );
    await page.evaluate(`scrollTo(0, 1e6)`);
    await until(page, `!document.querySelector("video")`);

    assertEquals(state, {
      muted: true,
      paused: true,
      preload: "metadata",
      videoWidth: 64,
    });
    const network = await video.getProperty("networkState");
    assertEquals(await network.jsonValue(), 0, "NETWORK_EMPTY");
    assertEquals(site.problems, []);
  },
);
