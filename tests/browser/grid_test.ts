/**
 * The grid view of the folder page in a real browser: the tiles.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { browserTest } from "../_support/browser.ts";
import {
  DESKTOP,
  openGallery,
  PHONE,
  until,
  violationsOf,
} from "./_gallery.ts";
import { GRID, MIXED, pictures, shownNames } from "./_grid.ts";

browserTest(
  "the tiles are the rows of the list, to a screen reader too",
  async (browser) => {
    await using site = await openGallery(browser, MIXED);
    const session = await site.page.context().newCDPSession(site.page);
    const told = async () => {
      const { nodes } = await session.send("Accessibility.getFullAXTree");
      return nodes
        .filter(({ ignored }) => !ignored)
        .map(({ role, name }) => `${role?.value} ${name?.value ?? ""}`)
        .filter((line) => /^(?:table|row|rowheader|cell|link) /.test(line));
    };

    const inList = await told();
    await site.page.getByRole("button", { name: "Grid" }).click();
    await shownNames(site.page, 4);
    const inGrid = await told();

    assert(inList.length > 30);
    assertEquals(inGrid, inList);
    assertEquals(
      await site.page.evaluate(`document.querySelectorAll("table").length`),
      1,
    );
  },
);

browserTest(
  "the tiles have one size and nothing moves while pictures load",
  async (browser) => {
    for (const options of [PHONE, DESKTOP]) {
      await using site = await openGallery(
        browser,
        { ...MIXED, ...pictures(30) },
        {
          ...GRID,
          ...options,
          prepare: (page) =>
            page.addInitScript(`window.shift = 0;
              new PerformanceObserver((list) => {
                for (const { value } of list.getEntries()) window.shift += value;
              }).observe({ type: "layout-shift", buffered: true });`),
        },
      );
      await until(
        site.page,
        `document.querySelectorAll(".shot.ready").length > 4`,
      );

      const [sizes, shift, width]: [string[], number, number] = await site.page
        .evaluate(`(async () => {
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
          await frame();
          await frame();
          const sizes = [...document.querySelectorAll("tbody:not(.top) tr")]
            .map((row) => row.getBoundingClientRect())
            .map(({ width, height }) => width.toFixed() + " x " + height);
          return [[...new Set(sizes)], window.shift, document.documentElement.scrollWidth];
        })()`);

      assertEquals(sizes.length, 1, sizes.join());
      assertEquals(shift, 0);
      assertEquals(width, options.viewport?.width);
    }
  },
);

browserTest(
  "a filter leaves tiles without holes, and their pictures",
  async (browser) => {
    await using site = await openGallery(browser, pictures(300), {
      ...GRID,
      viewport: { width: 1280, height: 1800 },
    });

    await site.page.getByRole("searchbox").fill("17");
    const names = await shownNames(site.page, 13);

    assertEquals(
      names,
      Object.keys(pictures(300)).filter((name) => name.includes("17")),
    );
    const lines = await site.page.evaluate(
      `Object.values(Object.groupBy(
        [...document.querySelectorAll("tbody:not(.top) tr")].filter((row) => row.offsetParent),
        (row) => row.getBoundingClientRect().top,
      )).map((line) => line.length)`,
    );
    assertEquals(lines, [5, 5, 3]);
  },
);

browserTest(
  "the whole tile is the link, and shows where the keyboard is",
  async (browser) => {
    await using site = await openGallery(browser, MIXED, GRID);
    const { page } = site;
    const tile = page.getByRole("row", { name: "notes.txt" });
    const box = await tile.boundingBox();
    assert(box !== null);

    const target = await page.evaluate(
      `document.elementFromPoint(${box.x + box.width - 12}, ${
        box.y + box.height - 12
      })
        .closest("a")?.pathname`,
    );
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    const outline = await page.evaluate(
      `getComputedStyle(document.activeElement, "::after").outlineStyle`,
    );

    assertEquals(target, "/folder/notes.txt");
    assertEquals(outline, "solid");
  },
);
browserTest("axe finds nothing in the grid", async (browser) => {
  const looks = [[PHONE, "dark"], [DESKTOP, "light"]] as const;
  for (const [size, colorScheme] of looks) {
    await using site = await openGallery(browser, MIXED, {
      ...GRID,
      ...size,
      colorScheme,
      bypassCSP: true,
    });
    await shownNames(site.page, 4);

    assertEquals(await violationsOf(site.page), [], colorScheme);
  }
});
