/**
 * The tools of the folder page: its view, menu and dialogs, and its times.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { openGallery, PHONE, until } from "./_gallery.ts";
import { filesOf, focused, listingTests, MIXED } from "./_listing.ts";

listingTests("the tools of the folder page", {
  "switch to the grid and back, and remember it in the next folder": async (
    browser,
  ) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    const button = page.getByRole("button", { name: "Grid" });
    const state = async () => [
      await button.getAttribute("aria-pressed"),
      await page.evaluate(
        `document.documentElement.classList.contains("grid")`,
      ),
    ];
    assertEquals(await state(), ["false", false]);

    await button.click();

    assertEquals(await state(), ["true", true]);
    assertEquals(new URL(page.url()).search, "?view=grid");

    await page.goto(`${site.url}docs/`);
    assertEquals(await page.locator("html.grid").count(), 1);
    await page.goto(site.url);
    await page.keyboard.press("g");

    assertEquals(await state(), ["false", false]);
    assertEquals(new URL(page.url()).search, "");
  },

  "offer the folder as an archive in a menu": async (browser) => {
    await using site = await openGallery(browser, filesOf(2));
    const { page } = site;
    const menu = page.locator(".menu");
    const summary = menu.locator("summary");
    const isOpen = () => page.evaluate(`document.querySelector(".menu").open`);

    await summary.focus();
    await page.keyboard.press("Enter");
    assert(await isOpen());
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    assert(!await isOpen());
    assertEquals(await focused(page), "Download");
    await summary.click();
    await page.locator("h1").click();
    await until(page, `!document.querySelector(".menu").open`);

    await summary.click();
    const asked = page.waitForRequest((request) =>
      request.url().includes("archive")
    );
    await menu.getByText("tar", { exact: true }).click();

    assertEquals(new URL((await asked).url()).search, "?archive=tar");
  },

  "show the address and its QR code, and copy it": async (browser) => {
    await using site = await openGallery(browser, MIXED, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const { page } = site;

    await page.getByRole("button", { name: "Address" }).click();

    const dialog = page.getByRole("dialog");
    await until(page, `document.querySelector("#qr img")?.naturalWidth > 0`);
    assertEquals(await dialog.locator(".address span").innerText(), site.url);
    assert(await dialog.getByRole("img", { name: "QR code" }).isVisible());

    await dialog.getByRole("button", { name: "Copy" }).click();
    await until(
      page,
      `document.querySelector(".address button").textContent === "Copied"`,
    );

    assertEquals(
      await page.evaluate("navigator.clipboard.readText()"),
      site.url,
    );
    await dialog.getByRole("button", { name: "Close" }).click();
    assertEquals(await page.locator("dialog[open]").count(), 0);
    assertEquals(site.problems, []);
  },

  "close a dialog by a touch beside it": async (browser) => {
    await using site = await openGallery(browser, MIXED, PHONE);
    const { page } = site;
    await page.getByRole("button", { name: "Address" }).tap();
    assertEquals(await page.locator("dialog[open]").count(), 1);

    await page.touchscreen.tap(180, 8);

    assertEquals(await page.locator("dialog[open]").count(), 0);
  },

  "write times in the reader's zone and language": async (browser) => {
    const rows: readonly (readonly [string, string, string])[] = [
      ["en-US", "America/New_York", "May 6, 2024, 3:08 AM"],
      ["de-DE", "Asia/Tokyo", "06.05.2024, 16:08"],
    ];
    for (const [locale, timezoneId, expected] of rows) {
      await using site = await openGallery(browser, filesOf(200), {
        locale,
        timezoneId,
      });
      const { page } = site;
      await until(
        page,
        `document.querySelectorAll("time:not([title])").length === 0`,
      );

      const shown: string[] = await page.evaluate(
        `[...document.querySelectorAll("time")].map((time) => time.textContent)`,
      );
      const cut: number = await page.evaluate(
        `[...document.querySelectorAll("time")].filter((time) => time.scrollWidth > time.clientWidth).length`,
      );
      assertEquals(shown.length, 200);
      assertEquals(
        [...new Set(shown)].map((text) => text.replaceAll("\u202f", " ")),
        [expected],
      );
      assertEquals(cut, 0);
      assertEquals(await page.getByText("UTC").isVisible(), false);

      await page.locator("time").first().hover();
      const hint = await page.locator("time").first().getAttribute("title");
      assert(hint?.includes(":08:09"), `${hint}`);
    }
  },
});
