/**
 * The folder page and the error page in a real browser, in every state, as
 * people with and without eyes, a mouse or much room meet them.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import {
  DESKTOP,
  openGallery,
  PHONE,
  until,
  violationsOf,
} from "./_gallery.ts";
import { listingTests, MIXED } from "./_listing.ts";

/** What is done to a page, and what it comes to. */
type State = readonly [
  name: string,
  query: string,
  act: (page: Page) => Promise<unknown>,
];

const nothing = () => Promise.resolve();

// Controls may be elsewhere by touch than by mouse: by script they are the same.
const press = (selector: string) => (page: Page) =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);

const STATES: readonly State[] = [
  ["list", "", nothing],
  ["grid", "?view=grid", nothing],
  ["sorted", "?sort=modified&order=desc", nothing],
  ["filter", "?filter=fi+txt", nothing],
  ["no match", "?filter=zzz", nothing],
  ["selection", "", press("tbody:not(.top) .pick input")],
  ["selection in the grid", "?view=grid", press("thead .pick input")],
  ["menu", "", press("summary")],
  ["keys", "", press(".help")],
  ["address", "", async (page) => {
    await press(".tool.qr")(page);
    await until(page, `document.querySelector("#qr img")?.complete`);
  }],
  ["empty", "docs/", nothing],
  ["error", "none", nothing],
];
const SIZES = { PHONE, DESKTOP };
const TABLET = {
  viewport: { width: 820, height: 1_180 },
  hasTouch: true,
  isMobile: true,
};

// The states with colours of their own, for which both sizes have both themes.
const COLOURED = ["list", "selection", "keys", "error"];

/** Opens the page in each of its states. */
async function eachState(
  browser: Browser,
  options: BrowserContextOptions,
  look: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  await using site = await openGallery(browser, MIXED, options);
  for (const [name, query, act] of STATES) {
    await site.page.goto(site.url + query);
    await act(site.page);
    await look(site.page, name);
    // The next one is not to begin with this one's view.
    await site.page.evaluate("sessionStorage.clear()");
  }
  const real = site.problems.filter((text) => !text.includes("404"));
  assertEquals(real, []);
}

listingTests("the folder page", {
  "has no fault that axe finds in any state, colour and size": async (
    browser,
  ) => {
    for (const [size, options] of Object.entries(SIZES)) {
      for (const colorScheme of ["light", "dark"] as const) {
        const context = { ...options, colorScheme, bypassCSP: true };
        const isWhole = (size === "PHONE") === (colorScheme === "dark");
        await eachState(browser, context, async (page, name) => {
          if (!isWhole && !COLOURED.includes(name)) return;
          assertEquals(
            await violationsOf(page),
            [],
            `${name} ${size} ${colorScheme}`,
          );
        });
      }
    }
  },

  "fits into 360 px, with controls of 24 px and more, 44 by touch": async (
    browser,
  ) => {
    for (
      const [options, least] of [[PHONE, 44], [TABLET, 44], [
        DESKTOP,
        24,
      ]] as const
    ) {
      await eachState(browser, options, async (page, name) => {
        const found: { width: number; small: string[] } = await page.evaluate(
          `({
          width: Math.max(
            document.documentElement.scrollWidth,
            ...[...document.body.querySelectorAll("*:not(.unseen)")]
              .filter((one) => one.checkVisibility())
              .map((one) => one.getBoundingClientRect().right)),
          small: [...document.querySelectorAll("button, input, summary, tbody a, nav a")]
            .filter((one) => one.type !== "hidden" && one.checkVisibility())
            .map((one) => {
              // On a phone the whole row leads to where its link leads.
              const { width, height } = (one.matches("tbody a") ? one.closest("tr") : one).getBoundingClientRect();
              const least = one.matches("nav a, thead *, .pick *") ? 24 : ${least};
              return [one.ariaLabel || one.textContent, width, height, least];
            })
            .filter(([, width, height, least]) => Math.min(width, height) < least)
            .map(String),
        })`,
        );

        assertEquals(found.small, [], name);
        assert(
          found.width <= (options.viewport?.width ?? 0),
          `${name}: ${found.width}`,
        );
      });
    }
  },

  "reads out name, kind, size and time of each entry, and how they are sorted":
    async (
      browser,
    ) => {
      for (const options of Object.values(SIZES)) {
        await using site = await openGallery(browser, MIXED, {
          ...options,
          locale: "en-GB",
          timezoneId: "UTC",
          query: "?sort=size&order=desc",
        });
        const { page } = site;

        const row = page.getByRole("row", { name: "file 10" });
        const tree = await row.ariaSnapshot();

        for (
          const part of [
            'rowheader "file 10.txt document"',
            "/url: ./file%2010.txt",
            'cell "12.3 kB"',
            'cell "6 May 2024, 07:08"',
          ]
        ) assert(tree.includes(part), `${part} in ${tree}`);
        const session = await page.context().newCDPSession(page);
        const { nodes } = await session.send("Accessibility.getFullAXTree");
        const named = (role: string) =>
          nodes.filter((node) => !node.ignored && node.role?.value === role)
            .map((node) => node.name?.value);
        const rows = Object.keys(MIXED).length + 1; // and the parent folder
        assertEquals(named("table"), ["Files and folders"]);
        assertEquals(named("columnheader"), ["Name", "Size", "Modified"]);
        assertEquals(named("row").length, rows + 1);
        assertEquals(named("rowheader").length, rows);
        const links = named("link").map(String);
        for (
          const name of [
            "docs folder",
            "École.pdf document",
            "photo.JPG image",
            "song.mp3 audio",
            "site.tar.gz archive",
          ]
        ) assert(links.includes(name), `${name} in ${links}`);
        for (
          const landmark of ["banner", "navigation", "main", "search", "status"]
        ) {
          assertEquals(named(landmark).length, 1, landmark);
        }
        assertEquals(
          await page.locator('th[aria-sort="descending"]').innerText(),
          "Size",
        );
      }
    },

  "leads from every name to its entry, and to the folders above": async (
    browser,
  ) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;

    const paths: string[] = await page.evaluate(
      `[...document.querySelectorAll("tbody:not(.top) a")].map((link) => link.pathname)`,
    );
    const above = await page.evaluate(
      `[...document.querySelectorAll("nav a, .up a")].map((link) => link.pathname)`,
    );

    const names = paths.map((path) => decodeURIComponent(path.slice(8)));
    assertEquals(names.toSorted(), Object.keys(MIXED).toSorted());
    assertEquals(above, ["/", "/"]);
  },

  "asks for nothing but itself, and leaves no name behind": async (browser) => {
    await using site = await openGallery(browser, MIXED, {
      prepare: (page) =>
        page.addInitScript(
          "window.before = new Set(Object.getOwnPropertyNames(window))",
        ),
    });

    const left = await site.page.evaluate(
      `Object.getOwnPropertyNames(window).filter((name) =>
        name !== "before" && !before.has(name) && !/^\\d+$/.test(name))`,
    );

    assertEquals(left, []);
    assertEquals(site.asked, ["/folder/"]);
    assertEquals(site.problems, []);
  },

  "is readable in forced colours and on paper": async (browser) => {
    await using site = await openGallery(browser, MIXED, {
      forcedColors: "active",
    });
    const { page } = site;
    await press("tbody:not(.top) .pick input")(page);

    assertEquals(
      await page.evaluate(
        `getComputedStyle(document.querySelector("tbody:not(.top) .pick input")).appearance`,
      ),
      "auto",
    );

    await page.emulateMedia({ media: "print", forcedColors: "none" });
    assertEquals(await page.locator(".bar").isVisible(), false);
    assertEquals(await page.locator(".chosen").isVisible(), false);
    assertEquals(await page.getByText("song.mp3").isVisible(), true);
  },
});
