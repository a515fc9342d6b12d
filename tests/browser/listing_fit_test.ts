/**
 * The folder page in a real browser, where there is little room, and keys that
 * are meant for somebody else.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { browserTest } from "../_support/browser.ts";
import { DESKTOP, openGallery, PHONE, PNG } from "./_gallery.ts";
import { filesOf } from "./_listing.ts";

const NARROWEST = { ...PHONE, viewport: { width: 320, height: 640 } };

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
    await using site = await openGallery(
      browser,
      { "a.txt": "x" },
      NARROWEST,
    );
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

/** How much room the field has for a text, beyond what the text takes. */
function roomFor(text: string): string {
  return `(() => {
    const field = document.querySelector("#filter");
    const { font, paddingLeft, paddingRight } = getComputedStyle(field);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    return field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) -
      pen.measureText(${JSON.stringify(text)}).width;
  })()`;
}

browserTest(
  "what the filter is for, and what is typed, is seen on the narrowest phone",
  async (browser) => {
    await using site = await openGallery(browser, filesOf(1_000), NARROWEST);
    const { page } = site;

    assertEquals(Number(await page.evaluate(roomFor("Filter"))) >= 0, true);
    await page.locator("#filter").fill("file-1");
    const field = await page.locator("#filter").boundingBox();
    const count = await page.locator(".find b").boundingBox();
    const side = Number(
      await page.evaluate(
        `parseFloat(getComputedStyle(document.querySelector("#filter")).paddingRight)`,
      ),
    );

    assertEquals(await page.locator(".find span").innerText(), "111");
    assertEquals(Number(await page.evaluate(roomFor("file-1"))) >= 0, true);
    assertEquals(
      (field?.x ?? 0) + (field?.width ?? 0) - side <= (count?.x ?? 0),
      true,
    );
  },
);

browserTest(
  "what a filter leaves can be selected on a phone",
  async (browser) => {
    await using site = await openGallery(browser, filesOf(20), PHONE);
    const { page } = site;

    await page.locator("#filter").fill("file-1");
    await page.getByRole("button", { name: "Select" }).first().tap();
    await page.getByRole("checkbox", { name: "Select all" }).tap();

    assertEquals(
      (await page.locator(".chosen p").innerText()).split(",")[0],
      "11 selected",
    );
  },
);

browserTest(
  "the last entry is not under the bar of the selection",
  async (browser) => {
    for (const options of [PHONE, DESKTOP]) {
      await using site = await openGallery(browser, filesOf(40), options);
      const { page } = site;

      await page.evaluate(
        `document.querySelector("tbody [name=name]").click()`,
      );
      await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
      const last = await page.locator("tbody tr").last().boundingBox();
      const bar = await page.locator(".chosen").boundingBox();

      assertEquals((last?.y ?? 0) + (last?.height ?? 0) <= (bar?.y ?? 0), true);
    }
  },
);

browserTest(
  "the line under the headings of the grid is as wide as its tiles",
  async (browser) => {
    for (const options of [PHONE, DESKTOP]) {
      await using site = await openGallery(browser, { "a.png": PNG }, {
        ...options,
        query: "?view=grid",
      });

      const [line, tile]: [number, number] = await site.page.evaluate(`(() => {
        const head = document.querySelector("thead tr");
        const row = document.querySelector("tbody:not(.top) tr");
        const { left } = head.getBoundingClientRect();
        return [
          left + parseFloat(getComputedStyle(head, "::after").left),
          row.getBoundingClientRect().left + parseFloat(getComputedStyle(row).paddingLeft),
        ];
      })()`);

      assertEquals(line, tile);
    }
  },
);

browserTest(
  "a short name in the way to a folder has the same room on both sides",
  async (browser) => {
    await using site = await openGallery(browser, { "b/c/": null });
    const { page } = site;
    await page.goto(`${site.url}b/c/`);

    const [before, after]: [number, number] = await page.evaluate(`(() => {
      const link = document.querySelector("nav li:last-child a");
      const outer = link.getBoundingClientRect();
      const inner = link.firstChild.getBoundingClientRect();
      return [inner.left - outer.left, outer.right - inner.right];
    })()`);

    assertEquals(Math.abs(before - after) < 0.1, true, `${before}, ${after}`);
  },
);

browserTest(
  "a tool that is on is told from others in forced colours",
  async (browser) => {
    await using site = await openGallery(browser, { "a.txt": "x" }, {
      forcedColors: "active",
      query: "?view=grid",
    });

    const [shown, wanted]: string[] = await site.page.evaluate(`(() => {
      const mark = document.body.appendChild(document.createElement("mark"));
      mark.style.cssText = "forced-color-adjust: none; background: Highlight";
      return [document.querySelector(".view"), mark]
        .map((element) => getComputedStyle(element).backgroundColor);
    })()`);

    assertEquals(shown, wanted);
  },
);

browserTest(
  "the ring round the heading of the times is as wide as its word",
  async (browser) => {
    await using site = await openGallery(browser, { "a.txt": "x" });

    const [ring = 99, word = 0]: number[] = await site.page.evaluate(`(() => {
      const button = document.querySelector("[aria-label=Modified] button");
      return [button, button.firstElementChild]
        .map((element) => element.getBoundingClientRect().width);
    })()`);

    assertEquals(ring - word < 16, true, `${ring}, ${word}`);
  },
);
