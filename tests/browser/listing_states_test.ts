/**
 * The folder page in a real browser, in states that people get into without
 * meaning to: keys below the list, a step back that comes soon, a dialog that
 * is opened twice.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";

import { browserTest } from "../_support/browser.ts";
import type { Entries } from "../_support/tree.ts";
import { openGallery, PNG, until } from "./_gallery.ts";
import { filesOf } from "./_listing.ts";
import { isClosed, noteOf, shown, stateOf } from "./_viewer.ts";

const README = `# Read this

| name | what |
| ---- | ---- |
| [a picture](a.png) | x |

${"A paragraph.\n\n".repeat(80)}`;

const FOLDER: Entries = {
  "docs/": null,
  "a.png": PNG,
  "b.png": PNG,
  "empty.txt": "",
  "README.md": README,
};

const FIELD = "#filter";
const IN_README = ".readme td a";

function scrollTopOf(page: Page): Promise<number> {
  return page.evaluate("scrollY");
}

browserTest(
  "x on a link in a table of the README selects nothing and fails nowhere",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER);

    await site.page.focus(IN_README);
    await site.page.keyboard.press("x");

    const picked = await site.page.locator(":checked").count();
    assertEquals([picked, site.problems], [0, []]);
  },
);

browserTest(
  "arrows scroll a README and do not leap back to the list",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER);
    const { page } = site;

    await page.focus(IN_README);
    const atLink = await scrollTopOf(page);
    await page.keyboard.press("ArrowDown");
    await until(page, `scrollY > ${atLink}`);
    assertEquals(
      await page.evaluate(`document.activeElement.closest("td") !== null`),
      true,
    );

    await page.evaluate("document.activeElement.blur(), scrollTo(0, 1e6)");
    const atEnd = await scrollTopOf(page);
    await page.keyboard.press("ArrowUp");
    await until(page, `scrollY < ${atEnd}`);
    assert(await scrollTopOf(page) > atEnd / 2);
  },
);

browserTest(
  "the arrow at the last entry scrolls on to the README",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER);
    const { page } = site;

    await page.keyboard.press("End");
    const before = await scrollTopOf(page);
    await page.keyboard.press("ArrowDown");

    await until(page, `scrollY > ${before}`);
  },
);

browserTest(
  "rows of a table in the README are as high in the grid as in the list",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER);
    const heights = () =>
      site.page.evaluate(
        `[...document.querySelectorAll(".readme tr")].map((row) => row.offsetHeight)`,
      );

    const inList = await heights();
    await site.page.getByRole("button", { name: "Grid" }).click();

    assertEquals(await heights(), inList);
  },
);

browserTest(
  "a file that is opened right after typing is left for the filtered list",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER);
    const { page } = site;

    await page.focus(FIELD);
    await page.keyboard.type("a.p");
    await page.keyboard.press("Enter");
    await shown(page, "img");
    await page.keyboard.press("Escape");
    await isClosed(page);

    assertEquals(page.url(), `${site.url}?filter=a.p`);
    assertEquals(await page.inputValue(FIELD), "a.p");
  },
);

browserTest(
  "a folder that is opened right after typing is left for the filtered list",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER);
    const { page } = site;

    await page.focus(FIELD);
    await page.keyboard.type("doc");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.url}docs/`);
    await page.goBack();

    assertEquals(page.url(), `${site.url}?filter=doc`);
    assertEquals(await page.inputValue(FIELD), "doc");
  },
);

browserTest(
  "closing the viewer stays in the folder when the address named the file before",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER, {
      query: "?show=a.png&filter=b.png",
    });
    const { page } = site;

    await page.getByRole("button", { name: "Clear the filter" }).click();
    await until(page, `!location.search.includes("filter")`);
    await page.getByRole("link", { name: "a.png" }).first().click();
    await shown(page, "img");
    await page.keyboard.press("Escape");
    await isClosed(page);

    assertEquals(page.url(), site.url);
  },
);

browserTest(
  "a sort that follows a cleared filter at once leaves no entry out",
  async (browser) => {
    await using site = await openGallery(browser, filesOf(300));
    const { page } = site;

    const hidden = await page.evaluate(`(async () => {
      const type = (text) => {
        const field = document.querySelector("${FIELD}");
        field.value = text;
        field.dispatchEvent(new Event("input"));
      };
      type("7");
      // Each group has now rows that are not shown.
      document.querySelector("[role=columnheader] button").click();
      type("");
      document.querySelector("[role=columnheader] button").click();
      await new Promise((resolve) => setTimeout(resolve, 200));
      return document.querySelectorAll("tr[hidden], tbody[hidden]").length;
    })()`);

    assertEquals(hidden, 0);
  },
);

browserTest(
  "the walk goes on where the browser refuses to change the address",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER, {
      prepare: (page) =>
        page.addInitScript(`history.replaceState = () => {
          throw new DOMException("too often", "SecurityError");
        }`),
    });
    const { page } = site;

    await page.getByRole("link", { name: "a.png" }).first().click();
    await shown(page, "img");
    await page.keyboard.press("ArrowRight");

    assertMatch((await stateOf(page)).what ?? "", /^b\.png/);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "an empty text is shown as empty, without an error in the console",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER);

    await site.page.getByRole("link", { name: "empty.txt" }).click();

    assertEquals(await noteOf(site.page), "This file is empty.");
    assertEquals(site.problems, []);
  },
);

browserTest(
  "a view that came by the address or by a button is in that of the next folder",
  async (browser) => {
    await using site = await openGallery(browser, FOLDER, {
      query: "?view=grid",
    });
    const { page } = site;

    await page.goto(`${site.url}docs/../`);

    assertEquals(page.url(), `${site.url}?view=grid`);
  },
);
