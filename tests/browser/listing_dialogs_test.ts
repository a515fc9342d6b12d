/**
 * The dialogs of the folder page in a real browser, and the page as it is when
 * its address holds a name and a password.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { browserTest } from "../_support/browser.ts";
import { startServer } from "../_support/cli.ts";
import { makeTree } from "../_support/tree.ts";
import { openGallery, PNG, until } from "./_gallery.ts";
import { shown } from "./_viewer.ts";

const ADDRESS_AND_CODE = ".tool.qr";

browserTest(
  "the address opened twice while its code is on its way has one code",
  async (browser) => {
    await using site = await openGallery(browser, { "a.txt": "x" });
    const { page } = site;
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route("**/?qr=text", async (route) => {
      await promise;
      await route.continue();
    });

    await page.click(ADDRESS_AND_CODE);
    await page.keyboard.press("Escape");
    await page.click(ADDRESS_AND_CODE);
    const answered = page.waitForResponse(/\?qr$/);
    resolve();
    await answered;
    await until(page, `document.querySelector("#qr img")?.complete`);
    await page.unrouteAll({ behavior: "wait" });

    assertEquals(await page.locator("#qr img").count(), 1);
  },
);

browserTest(
  "the address is shown without a code where the server is gone",
  async (browser) => {
    await using site = await openGallery(browser, { "a.txt": "x" });
    const { page } = site;
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.route("**/?qr=text", (route) => route.abort());

    const failed = page.waitForEvent("requestfailed");
    await page.click(ADDRESS_AND_CODE);
    await failed;
    await page.evaluate("new Promise((resolve) => setTimeout(resolve))");

    assertEquals(await page.textContent(".address span"), site.url);
    assertEquals(errors, []);
  },
);

browserTest(
  "a press beside a dialog closes it, one on its margin does not",
  async (browser) => {
    await using site = await openGallery(browser, { "a.txt": "x" });
    const { page } = site;

    await page.keyboard.press("?");
    const box = await page.locator("#keys").boundingBox();
    const { x, y } = box ?? { x: 0, y: 0 };
    await page.mouse.click(x + 8, y + 60);
    const isOpenAfterMargin = await page.locator("#keys[open]").count();
    await page.mouse.click(x - 20, y + 60);

    assertEquals(
      [isOpenAfterMargin, await page.locator("#keys[open]").count()],
      [1, 0],
    );
  },
);

browserTest(
  "an address with name and password has viewer, grid and code as any other",
  async (browser) => {
    await using tree = await makeTree({ "a.png": PNG, "b.txt": "text" });
    await using server = await startServer({
      directory: tree.path,
      args: ["--quiet", "--auth", "ada:secret"],
    });
    const context = await browser.newContext();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));

    await page.goto(`${server.origin.replace("//", "//ada:secret@")}/`);
    await page.getByRole("link", { name: "a.png" }).click();
    await shown(page, "img");
    await page.keyboard.press("ArrowRight");
    await shown(page, "pre");
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await until(page, `document.querySelector(".shot.ready")`);
    await page.click(ADDRESS_AND_CODE);
    await until(page, `document.querySelector("#qr img")?.naturalWidth > 0`);

    assertEquals(errors, []);
  },
);

browserTest(
  "code and address fit into the window of a phone that lies on its side",
  async (browser) => {
    await using tree = await makeTree({ "a.txt": "x" });
    await using server = await startServer({
      directory: tree.path,
      args: ["--quiet"],
    });
    const context = await browser.newContext({
      viewport: { width: 740, height: 360 },
    });
    const page = await context.newPage();
    await page.goto(`${server.origin}/`);

    await page.click(ADDRESS_AND_CODE);
    await until(page, `document.querySelector("#qr img")?.naturalWidth > 0`);
    const hidden = await page.evaluate(`(() => {
      const { scrollHeight, clientHeight } = document.querySelector("#qr");
      return scrollHeight - clientHeight;
    })()`);

    assertEquals(hidden, 0);
  },
);
