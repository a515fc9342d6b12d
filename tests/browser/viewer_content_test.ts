/**
 * What the viewer shows in a real browser: images, recordings, text, and a
 * sentence where nothing can be shown.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";

import { browserTest } from "../_support/browser.ts";
import { openGallery, PNG, until } from "./_gallery.ts";
import { recordingTest } from "./_recordings.ts";
import { isClosed, noteOf, shown } from "./_viewer.ts";

const TEXT_BYTES = 262_144;

browserTest("the next image is loaded ahead, once", async (browser) => {
  await using site = await openGallery(browser, {
    "1.png": PNG,
    "2.png": PNG,
    "3.png": PNG,
    "4.png": PNG,
  });
  const { page } = site;
  const images = () => site.asked.filter((path) => path.endsWith(".png"));

  await page.getByRole("link", { name: "1.png" }).click();
  await shown(page, "img");
  await until(
    page,
    `performance.getEntriesByName(location.origin + "/folder/2.png").length`,
  );
  assertEquals(images(), ["/folder/1.png", "/folder/2.png"]);
  await page.keyboard.press("ArrowRight");
  await shown(page, "img[src$='2.png']");
  await until(
    page,
    `performance.getEntriesByName(location.origin + "/folder/3.png").length`,
  );

  assertEquals(images(), ["/folder/1.png", "/folder/2.png", "/folder/3.png"]);
});

browserTest(
  "text is shown as it is, and a long one in part",
  async (browser) => {
    const long = "é".repeat(TEXT_BYTES);
    await using site = await openGallery(browser, {
      "0 utf16.txt": Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42, 0),
      "1 exact.log": "x".repeat(TEXT_BYTES),
      "2 long.json": long,
      "3 empty.txt": "",
      "4 binary.txt": "a\0b",
      "5 latin1.csv": Uint8Array.of(0x61, 0xe9, 0x62),
      "Makefile": "all:\n\techo",
    }, { query: "?show=0 utf16.txt" });
    const { page } = site;
    const next = () => page.keyboard.press("ArrowRight");

    assertEquals(await shown(page, "pre"), "AB");
    await next();
    assertEquals(await shown(page, "pre"), "x".repeat(TEXT_BYTES));
    assertEquals(await page.locator(".viewer .note").textContent(), "");
    const answer = page.waitForResponse("**/2%20long.json");
    await next();
    assertEquals((await answer).status(), 206);
    assertEquals((await answer).headers()["content-length"], `${TEXT_BYTES}`);
    assertEquals(await shown(page, "pre"), long.slice(0, TEXT_BYTES / 2));
    assertMatch(await noteOf(page), /^Only the first 262 kB are shown\./);
    const whole = page.getByRole("link", { name: "Open the whole file" });
    assertEquals(await whole.getAttribute("href"), `${site.url}2%20long.json`);
    await next();
    assertEquals(await noteOf(page), "This file is empty.");
    const note = await page.locator(".viewer .note").boundingBox();
    assertEquals(
      Math.round(((note?.y ?? 0) + (note?.height ?? 0) / 2) / 80),
      5,
    );
    await next();
    assertEquals(await noteOf(page), "This file is not text. Download it");
    await next();
    assertEquals(await shown(page, "pre"), "a\ufffdb");
    await next();
    assertEquals(await shown(page, "pre"), "all:\n\techo");
    // The empty file has no byte that could be asked for.
    assertEquals(site.problems.filter((text) => !text.includes("416")), []);
  },
);

browserTest(
  "what cannot be shown is told in a sentence, with the download",
  async (browser) => {
    await using site = await openGallery(browser, {
      "a.png": "not a picture",
      "b.mp4": "not a video",
      "c.mp3": "not a sound",
      "d.txt": "gone",
    });
    const { page } = site;
    await Deno.remove(site.tree.at("folder/d.txt"));

    const told: string[] = [];
    for (const name of ["a.png", "b.mp4", "c.mp3", "d.txt"]) {
      await page.getByRole("link", { name }).click();
      told.push(await noteOf(page));
      const href = await page.locator(".viewer .note a").getAttribute("href");
      assertEquals(href, `${site.url}${name}?download`);
      assertEquals(await page.locator(".stage > *").count(), 0);
      await page.keyboard.press("Escape");
      await isClosed(page);
    }

    assertEquals(told, [
      "This picture cannot be shown. Download it",
      "This video cannot be played here. Download it",
      "This recording cannot be played here. Download it",
      "This file is no longer there. Download it",
    ]);
    assertEquals(site.problems.filter((text) => !text.includes("404")), []);
  },
);

recordingTest(
  "video and audio play, are sought in and are let go",
  async (browser, recordings) => {
    await using site = await openGallery(browser, {
      "a.webm": recordings.video,
      "b.opus": recordings.audio,
    });
    const { page } = site;

    for (
      const [name, tag] of [["a.webm", "video"], ["b.opus", "audio"]] as const
    ) {
      await page.getByRole("link", { name }).click();
      const media = `document.querySelector(".stage ${tag}")`;
      await until(page, `${media}?.currentTime > 0`);
      await page.keyboard.press("Space");
      await until(page, `${media}.paused`);
      await page.evaluate(`${media}.currentTime = 3`);
      await until(page, `!${media}.seeking && ${media}.currentTime >= 2.9`);
      assertEquals(await page.evaluate(`${media}.controls`), true);
      const left = await page.evaluateHandle(media);
      await page.keyboard.press("Escape");
      await isClosed(page);

      const network = await left.getProperty("networkState");
      assertEquals(await network.jsonValue(), 0, "NETWORK_EMPTY");
    }
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the ways to the neighbours stay where they are, whatever is shown",
  async (browser) => {
    await using site = await openGallery(browser, {
      "1 short.txt": "x",
      "2 long.txt": "x".repeat(TEXT_BYTES + 1),
      "3 empty.txt": "",
    }, { query: "?show=1 short.txt" });
    const { page } = site;
    const place = () => page.locator(".viewer .next").boundingBox();
    await shown(page, "pre");
    const first = await place();

    for (let walked = 0; walked < 2; walked++) {
      await page.keyboard.press("ArrowRight");
      await noteOf(page);
      assertEquals(await place(), first);
    }
  },
);

browserTest(
  "the title of the window is the name of what is shown",
  async (browser) => {
    await using site = await openGallery(browser, {
      "a.png": PNG,
      "b.png": PNG,
    });
    const { page } = site;
    const before = await page.title();

    await page.getByRole("link", { name: "a.png" }).click();
    assertEquals(await page.title(), "a.png");
    await page.keyboard.press("ArrowRight");
    assertEquals(await page.title(), "b.png");
    await page.keyboard.press("Escape");
    await isClosed(page);

    assertEquals(await page.title(), before);
  },
);
