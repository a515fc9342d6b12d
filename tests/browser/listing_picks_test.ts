/**
 * Selecting entries of the folder page, and what is asked for then.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";

import { openGallery, PHONE, until } from "./_gallery.ts";
import { filesOf, listingTests, MIXED, selectedNames } from "./_listing.ts";

/** Presses a button that downloads, and gives the query that is asked for. */
async function askedBy(
  page: Page,
  press: () => Promise<void>,
): Promise<string> {
  const asked = page.waitForRequest((request) =>
    request.url().includes("archive=")
  );
  await press();
  return new URL((await asked).url()).search;
}

function boxOf(page: Page, name: string) {
  return page.getByRole("checkbox", { name: `Select ${name}`, exact: true });
}

listingTests("selecting on the folder page", {
  "shows how many there are and what they come to": async (browser) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    const chosen = page.locator(".chosen");
    assert(!await chosen.isVisible());

    for (const name of ["docs", "file 10.txt", "song.mp3"]) {
      await boxOf(page, name).click();
    }

    const text = "3 selected, 12.3 kB, 1 folder";
    assertEquals(await chosen.locator("p").innerText(), text);
    assertEquals((await page.getByRole("status").innerText()).trim(), text);

    await chosen.getByRole("button", { name: "Clear the selection" }).click();

    await until(page, `!document.querySelector(".picking")`);
    assert(!await chosen.isVisible());
    assertEquals(await selectedNames(page), []);
  },

  "asks for the names that are selected, whatever they hold": async (
    browser,
  ) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    for (const name of ["Álbum", "two␊lines & <b>.md"]) {
      await boxOf(page, name).click();
    }

    const search = await askedBy(
      page,
      () => page.locator(".chosen").getByText("tar.gz").click(),
    );

    const query = new URLSearchParams(search);
    assertEquals(query.get("archive"), "tar.gz");
    // A form writes a line break as CRLF.
    assertEquals(query.getAll("name"), ["Álbum", "two\r\nlines & <b>.md"]);
  },

  "takes a span with Shift, by mouse and by keyboard": async (browser) => {
    await using site = await openGallery(browser, filesOf(9));
    const { page } = site;

    await boxOf(page, "file-2.txt").click();
    await boxOf(page, "file-4.txt").click({ modifiers: ["Shift"] });

    assertEquals(await selectedNames(page), [
      "file-2.txt",
      "file-3.txt",
      "file-4.txt",
    ]);

    await page.keyboard.press("Escape");
    await until(page, `!document.querySelector(".picking")`);
    await page.locator("a", { hasText: "file-6" }).focus();
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+X");

    assertEquals(await selectedNames(page), [
      "file-6.txt",
      "file-7.txt",
      "file-8.txt",
    ]);
  },

  "takes all that are shown at once, and all without a name": async (
    browser,
  ) => {
    await using site = await openGallery(browser, filesOf(120));
    const { page } = site;
    const all = page.getByRole("checkbox", { name: "Select all" });
    await page.locator("#filter").fill("file-11");

    await all.check();

    assertEquals((await selectedNames(page)).length, 11);
    await page.locator("#filter").fill("");
    assertEquals(
      await page.evaluate(
        `(({ checked, indeterminate }) => [checked, indeterminate])(document.querySelector("thead input"))`,
      ),
      [false, true],
    );

    await all.check();
    const search = await askedBy(
      page,
      () => page.locator(".chosen").getByText("zip").click(),
    );

    assertEquals(search, "?archive=zip");
  },

  "does not ask for more than an address holds": async (browser) => {
    await using site = await openGallery(browser, filesOf(700));
    const { page } = site;
    await page.getByRole("checkbox", { name: "Select all" }).check();
    await boxOf(page, "file-0.txt").uncheck();

    await page.locator(".chosen").getByText("zip").click();

    assertEquals(
      await page.locator(".chosen p").innerText(),
      "Too many for one address. Select fewer, or download the whole folder.",
    );
    assertEquals(site.asked.length, 1);
  },

  "comes when it is called where nothing hovers": async (browser) => {
    await using site = await openGallery(browser, filesOf(3), PHONE);
    const { page } = site;
    assertEquals(await page.locator("tbody .pick input:visible").count(), 0);

    await page.getByRole("button", { name: "Select" }).tap();
    await boxOf(page, "file-1.txt").tap();

    assertEquals(
      await page.locator(".chosen p").innerText(),
      "1 selected, 1 B",
    );

    await page.getByRole("button", { name: "Clear the selection" }).tap();

    await until(page, `!document.querySelector(".picking")`);
    assertEquals(await page.locator("tbody .pick input:visible").count(), 0);
    assertEquals(site.problems, []);
  },
});
