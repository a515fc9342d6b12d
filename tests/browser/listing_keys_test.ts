/**
 * The folder page by keyboard alone.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { openGallery } from "./_gallery.ts";
import {
  filesOf,
  focused,
  listingTests,
  MIXED,
  selectedNames,
} from "./_listing.ts";

listingTests("the keyboard on the folder page", {
  "goes from entry to entry and stays at the ends": async (browser) => {
    await using site = await openGallery(browser, filesOf(3));
    const { page } = site;
    const rows: readonly (readonly [key: string, focused: string])[] = [
      ["ArrowDown", "Parent folder"],
      ["ArrowDown", "file-0.txt"],
      ["ArrowDown", "file-1.txt"],
      ["ArrowUp", "file-0.txt"],
      ["End", "file-2.txt"],
      ["ArrowDown", "file-2.txt"],
      ["Home", "Parent folder"],
      ["ArrowLeft", "Parent folder"],
      ["ArrowUp", "filter"],
    ];

    for (const [key, expected] of rows) {
      await page.keyboard.press(key);

      assertEquals(await focused(page), expected, key);
    }
    assertEquals(site.problems, []);
  },

  "keeps the entry with the focus in sight": async (browser) => {
    await using site = await openGallery(browser, filesOf(300));
    const { page } = site;
    const isSeen = `(() => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      const bar = document.querySelector("thead").getBoundingClientRect().bottom;
      return top >= bar && bottom <= innerHeight;
    })()`;

    for (const key of ["End", "ArrowUp", "Home", "ArrowDown"]) {
      await page.keyboard.press(key);

      assert(await page.evaluate(isSeen), key);
    }
  },

  "goes in four directions in the grid": async (browser) => {
    await using site = await openGallery(browser, filesOf(20), {
      query: "?view=grid",
    });
    const { page } = site;
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    assertEquals(await focused(page), "file-0.txt");

    await page.keyboard.press("ArrowDown");
    const below = await focused(page);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    assertEquals(await focused(page), below);
    await page.keyboard.press("ArrowUp");

    assert(below !== "file-0.txt" && below !== "file-1.txt", below);
    assertEquals(await focused(page), "file-0.txt");
  },

  "opens with Enter and goes up with u and Backspace": async (browser) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;

    for (const up of ["u", "Backspace"]) {
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/folder/%C3%81lbum/");
      await page.keyboard.press(up);
      await page.waitForURL(site.url);
    }
    assertEquals(site.problems, []);
  },

  "tells of itself in a dialog that gives the focus back": async (browser) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    await page.keyboard.press("End");
    const before = await focused(page);

    await page.keyboard.press("?");

    const dialog = page.getByRole("dialog", { name: "Keyboard" });
    assert(await dialog.isVisible());
    await page.keyboard.press("ArrowDown"); // nothing behind it moves
    await page.keyboard.press("Escape");

    assert(!await dialog.isVisible());
    assertEquals(await focused(page), before);
  },

  "leaves typing and other shortcuts alone": async (browser) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    await page.keyboard.press("/");

    await page.keyboard.type("u?xg/");
    for (const keys of ["Control+u", "Alt+x", "Meta+g"]) {
      await page.locator("thead button").first().focus();
      await page.keyboard.press(keys);
    }

    assertEquals(await page.locator("#filter").inputValue(), "u?xg/");
    assertEquals(new URL(page.url()).pathname, "/folder/");
    assertEquals(await page.locator("dialog[open]").count(), 0);
    assertEquals(await page.locator("html.grid").count(), 0);
    assertEquals(await selectedNames(page), []);
  },

  "reaches every control in order and shows where it is": async (browser) => {
    await using site = await openGallery(browser, filesOf(3), {
      // What fades in is there at once.
      reducedMotion: "reduce",
    });
    const { page } = site;
    const controls =
      `[...document.querySelectorAll("a, button, input, summary")]
      .filter((control) => control.type !== "hidden" && control.checkVisibility())`;
    const count: number = await page.evaluate(`${controls}.length`);

    const seen: number[] = [];
    for (let index = 0; index < count; index++) {
      await page.keyboard.press("Tab");
      seen.push(
        await page.evaluate(`(() => {
          const { activeElement } = document;
          const { outlineStyle, opacity } = getComputedStyle(activeElement);
          const isShown = outlineStyle === "solid" && opacity !== "0";
          return isShown ? ${controls}.indexOf(activeElement) : -1;
        })()`),
      );
    }

    assert(count > 12);
    assertEquals(seen, Array.from({ length: count }, (_, index) => index));
  },
});
