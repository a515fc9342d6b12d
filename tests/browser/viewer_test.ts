/**
 * The viewer of the folder page in a real browser: how it opens, walks and
 * closes, and what it leaves in the address and in the history.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { browserTest } from "../_support/browser.ts";
import { openGallery, PNG, until } from "./_gallery.ts";
import { pictures } from "./_grid.ts";
import { FILES, isClosed, shown, stateOf } from "./_viewer.ts";

browserTest(
  "a click opens the viewer; Escape and Back close it where it was opened",
  async (browser) => {
    await using site = await openGallery(browser, FILES);
    const { page } = site;
    const link = page.getByRole("link", { name: "b.jpg" });

    await link.click();
    await shown(page, "img");
    assertEquals(await stateOf(page), {
      what: "b.jpg | 2 of 4 · 225 B",
      show: "b.jpg",
      focus: null,
    });
    await page.keyboard.press("Escape");
    await isClosed(page);
    assertEquals((await stateOf(page)).focus, "b.jpg");

    await page.keyboard.press("Enter");
    await shown(page, "img");
    await page.goBack();
    await isClosed(page);
    assertEquals((await stateOf(page)).focus, "b.jpg");

    await page.goForward();
    await shown(page, "img");
    await page.getByRole("button", { name: "Close" }).last().click();
    await isClosed(page);
    assertEquals(page.url(), site.url);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the address opens the viewer, unless it names nothing that is there",
  async (browser) => {
    await using site = await openGallery(browser, FILES, {
      query: "?show=notes.md",
    });
    const { page } = site;

    assertEquals(await shown(page, "pre"), FILES["notes.md"]);
    await page.keyboard.press("Escape");
    await isClosed(page);

    for (const name of ["gone.png", "x.zip", "../", "docs/", "toString", ""]) {
      await page.goto(`${site.url}?show=${name}`);
      assertEquals((await stateOf(page)).what, null, name);
    }
    assertEquals(site.problems, []);
  },
);

browserTest(
  "arrows and buttons walk through what can be shown, in the shown order",
  async (browser) => {
    await using site = await openGallery(browser, FILES, {
      query: "?sort=name&order=desc",
    });
    const { page } = site;
    const walked: (string | null)[] = [];
    const step = async (act: () => Promise<void>) => {
      await act();
      walked.push((await stateOf(page)).what?.split(" · ")[0] ?? null);
    };

    await page.getByRole("link", { name: "notes.md" }).click();
    await step(() => page.keyboard.press("ArrowLeft"));
    await step(() => page.keyboard.press("ArrowRight"));
    await step(() => page.getByRole("button", { name: "Next" }).click());
    await step(() => page.keyboard.press("ArrowRight"));
    await step(() => page.keyboard.press("ArrowRight"));
    await step(() => page.getByRole("button", { name: "Previous" }).click());

    assertEquals(walked, [
      "notes.md | 1 of 4",
      "c.svg | 2 of 4",
      "b.jpg | 3 of 4",
      "a.png | 4 of 4",
      "a.png | 4 of 4",
      "b.jpg | 3 of 4",
    ]);
    assertEquals((await stateOf(page)).show, "b.jpg");
    await page.goBack();
    await isClosed(page);
    assertEquals((await stateOf(page)).focus, "b.jpg");
    assertEquals(site.problems, []);
  },
);

browserTest(
  "closing leads to the row of what was shown last",
  async (browser) => {
    await using site = await openGallery(browser, pictures(80));
    const { page } = site;

    await page.getByRole("link", { name: "00001.png" }).click();
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("Escape");
    await isClosed(page);
    await until(page, `history.scrollRestoration === "auto"`);

    assertEquals((await stateOf(page)).focus, "00061.png");
    const top: number = await page.evaluate(
      "document.activeElement.getBoundingClientRect().top",
    );
    assert(top > 0 && top < 800, String(top));
  },
);

browserTest(
  "keys of the page do nothing while the viewer is open",
  async (browser) => {
    await using site = await openGallery(browser, FILES, {
      query: "?show=a.png",
    });
    const { page } = site;
    await shown(page, "img");

    for (const key of ["g", "?", "/", "u", "Backspace", "ArrowDown", "x"]) {
      await page.keyboard.press(key);
    }

    assertEquals(
      await page.evaluate(
        `[document.documentElement.classList.contains("grid"),
          document.querySelectorAll("dialog[open], :checked").length,
          location.pathname]`,
      ),
      [false, 1, "/folder/"],
    );
  },
);

browserTest(
  "a click that asks for the file gets the file, and so does all else",
  async (browser) => {
    await using site = await openGallery(browser, FILES);
    const { page } = site;
    const link = page.getByRole("link", { name: "a.png" });

    for (
      const click of [
        { modifiers: ["ControlOrMeta"] as const },
        { button: "middle" as const },
      ]
    ) {
      const opened = page.context().waitForEvent("page");
      const options = "modifiers" in click
        ? { modifiers: [...click.modifiers] }
        : click;
      await link.click(options);
      const other = await opened;
      await other.waitForURL(`${site.url}a.png`);
      await other.close();
    }
    assertEquals((await stateOf(page)).what, null);
    await page.getByRole("link", { name: "page.html" }).click();
    await page.waitForURL(`${site.url}page.html`);

    assertEquals(await page.title(), "site");
    await page.goBack();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "x.zip" }).click();
    assertEquals((await download).suggestedFilename(), "x.zip");
  },
);

browserTest(
  "the viewer's links lead to the file and to its download",
  async (browser) => {
    await using site = await openGallery(browser, {
      "50% #1?.png": PNG,
    });
    const { page } = site;
    await page.getByRole("link", { name: "50%" }).click();
    await shown(page, "img");

    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    assertEquals((await download).suggestedFilename(), "50% #1_.png");
    await page.getByRole("link", { name: "Open the file itself" }).click();
    await page.waitForURL(`${site.url}50%25%20%231%3F.png`);

    // One file has no neighbours.
    await page.goBack();
    await shown(page, "img");
    assertEquals(
      await page.locator(".previous:visible, .next:visible").count(),
      0,
    );
  },
);
