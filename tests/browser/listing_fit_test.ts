/**
 * The folder page in a real browser, where there is little room, and keys that
 * are meant for somebody else.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { browserTest } from "../_support/browser.ts";
import { openGallery, PHONE } from "./_gallery.ts";

browserTest(
  "a long time is shown whole on a desk",
  async (browser) => {
    await using site = await openGallery(browser, { "a.txt": "x" }, {
      locale: "en-US",
      timezoneId: "UTC",
    });
    const { page } = site;

    const isCut = await page.evaluate(`(() => {
      const time = document.querySelector("tbody time");
      time.textContent = "Nov 28, 2026, 12:48\\u202fPM";
      return time.scrollWidth > time.clientWidth;
    })()`);

    assertEquals(isCut, false);
  },
);

browserTest(
  "what is selected can be downloaded on the narrowest phone, in one line",
  async (browser) => {
    await using site = await openGallery(browser, { "a.txt": "x" }, {
      ...PHONE,
      viewport: { width: 320, height: 640 },
    });
    const { page } = site;

    await page.getByRole("button", { name: "Select" }).first().click();
    const label = await page.locator(".chosen span").boundingBox();
    const last = await page.locator(".chosen [value='tar.gz']").boundingBox();

    assertEquals((label?.height ?? 99) < 30, true);
    assertEquals((last?.x ?? 0) + (last?.width ?? 320) <= 304, true);
  },
);

browserTest(
  "the Enter that ends a composition opens nothing",
  async (browser) => {
    await using site = await openGallery(browser, { "only.txt": "x" });

    const isTaken = await site.page.evaluate(`(() => {
      const enter = new KeyboardEvent("keydown", {
        key: "Enter",
        keyCode: 229,
        bubbles: true,
        cancelable: true,
      });
      return !document.querySelector("#filter").dispatchEvent(enter);
    })()`);

    assertEquals(isTaken, false);
    assertEquals(await site.page.locator("dialog[open]").count(), 0);
  },
);
