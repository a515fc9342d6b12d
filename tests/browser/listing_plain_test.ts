/**
 * The folder page without JavaScript.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { DESKTOP, openGallery, PHONE } from "./_gallery.ts";
import { listingTests, MIXED, shownNames } from "./_listing.ts";

const PLAIN = { javaScriptEnabled: false };

listingTests("the folder page without JavaScript", {
  "sorts, and says that times are in UTC": async (browser) => {
    for (const size of [PHONE, DESKTOP]) {
      await using site = await openGallery(browser, MIXED, {
        ...size,
        ...PLAIN,
      });
      const { page } = site;

      await page.getByRole("button", { name: "Size" }).click();
      await page.waitForURL("**/?sort=size&order=desc");

      assertEquals((await shownNames(page))[2], "file 10.txt");
      assert(await page.getByText("UTC").isVisible());
      assertEquals(
        await page.locator("tr", { hasText: "song" }).locator("time")
          .innerText(),
        "2024-05-06 07:08",
      );
      assertEquals(site.problems, []);
    }
  },

  "shows no control that does nothing": async (browser) => {
    await using site = await openGallery(browser, MIXED, PLAIN);
    const { page } = site;

    const shown = await page
      .locator("button, summary, input:not([name=name])").filter({
        visible: true,
      })
      .allInnerTexts();

    assertEquals(shown, ["Download", "Name", "Size", "Modified UTC"]);
  },

  "downloads the folder and a selection": async (browser) => {
    await using site = await openGallery(browser, MIXED, PLAIN);
    const { page } = site;
    const asked = () =>
      page.waitForRequest((request) => request.url().includes("archive="));

    await page.locator("summary").click();
    const [folder] = await Promise.all([
      asked(),
      page.locator(".menu").getByText("zip").click(),
    ]);
    assertEquals(new URL(folder.url()).search, "?archive=zip");

    await page.goto(site.url);
    assert(!await page.locator(".chosen").isVisible());
    await page.getByRole("checkbox", { name: "Select École.pdf" }).check();
    const [some] = await Promise.all([
      asked(),
      page.locator(".chosen").getByText("tar", { exact: true }).click(),
    ]);

    assertEquals(
      new URLSearchParams(new URL(some.url()).search).getAll("name"),
      ["École.pdf"],
    );
  },
});
