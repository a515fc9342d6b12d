/**
 * From folder to folder: the order goes along, and the keyboard finds its place
 * again on the way up.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { openGallery } from "./_gallery.ts";
import { focused, listingTests, shownNames } from "./_listing.ts";

const TREE = {
  "a b/c/x.txt": "xx",
  "a b/c/y.txt": "x",
  "d/": null,
  "e/": null,
  "z.txt": "x",
} as const;

listingTests("the way from folder to folder", {
  "keeps the order, down, up and along the names above": async (browser) => {
    await using site = await openGallery(browser, TREE);
    const { page } = site;
    const order = "?sort=size&order=asc";
    await page.getByRole("button", { name: "Size" }).click();
    await page.getByRole("button", { name: "Size" }).click();

    await page.getByRole("link", { name: "a b folder" }).click();
    await page.waitForURL(`${site.url}a%20b/${order}`);
    await page.getByRole("link", { name: "c folder", exact: true }).press(
      "Enter",
    );
    await page.waitForURL(`${site.url}a%20b/c/${order}`);
    assertEquals(await shownNames(page), ["y.txt", "x.txt"]);
    await page.getByRole("link", { name: "Parent folder" }).click();
    await page.waitForURL(`${site.url}a%20b/${order}`);
    await page.getByRole("navigation").getByRole("link").last().click();
    await page.waitForURL(site.url + order);

    assertEquals(site.problems, []);
  },

  "takes nothing else along, and leaves the links as they are": async (
    browser,
  ) => {
    await using site = await openGallery(browser, TREE, {
      query: "?filter=d&sort=size&order=asc",
    });
    const { page } = site;
    const href = await page.getByRole("link", { name: "d folder", exact: true })
      .getAttribute(
        "href",
      );

    await page.getByRole("link", { name: "d folder", exact: true }).click();
    await page.waitForURL(`${site.url}d/?sort=size&order=asc`);
    await page.goto(site.url);
    await page.getByRole("link", { name: "e folder" }).click();
    await page.waitForURL(`${site.url}e/`);

    assertEquals(href, "./d/");
  },

  "ends by the keyboard at the folder that was left": async (browser) => {
    await using site = await openGallery(browser, TREE);
    const { page } = site;

    await page.goto(`${site.url}a%20b/c/`);
    await page.keyboard.press("u");
    await page.waitForURL(`${site.url}a%20b/`);
    assertEquals(await focused(page), "c");
    await page.keyboard.press("Backspace");
    await page.waitForURL(site.url);
    assertEquals(await focused(page), "a b");
    await page.keyboard.press("ArrowDown");
    assertEquals(await focused(page), "d");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.url}d/`);
    await page.getByRole("link", { name: "Back to the" }).press("Enter");
    await page.waitForURL(site.url);
    assertEquals(await focused(page), "d");
  },

  "does not move the focus of somebody who points": async (browser) => {
    await using site = await openGallery(browser, TREE);
    const { page } = site;
    const isNowhere = "document.activeElement === document.body";

    await page.goto(`${site.url}a%20b/`);
    await page.getByRole("link", { name: "Parent folder" }).click();
    await page.waitForURL(site.url);
    assertEquals(await page.evaluate(isNowhere), true);
    await page.goto(`${site.url}a%20b/`);
    await page.keyboard.press("u");
    await page.waitForURL(site.url);
    await page.reload();

    assertEquals(await page.evaluate(isNowhere), true);
  },
});
