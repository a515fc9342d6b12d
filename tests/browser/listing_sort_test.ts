/**
 * Sorting the folder page without loading it again.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { listingPieces } from "../../lib/pages/listing_pieces.ts";
import { DESKTOP, openGallery, PHONE, until } from "./_gallery.ts";
import { listingTests, MIXED, shownNames } from "./_listing.ts";

// One press each: what is pressed, and the query that asks the server for it.
const PRESSES: readonly (readonly [label: string, query: string])[] = [
  ["Name", "?sort=name&order=desc"],
  ["Size", "?sort=size&order=desc"],
  ["Size", "?sort=size&order=asc"],
  ["Modified", "?sort=modified&order=desc"],
  ["Modified", "?sort=modified&order=asc"],
  ["Name", ""],
];

/** The page of so many files, the smallest first. */
function pageOf(count: number): string {
  const entries = Array.from({ length: count }, (_, index) => ({
    name: `${String(index).padStart(6, "0")}.txt`,
    kind: "file" as const,
    size: index,
    modified: 0,
  }));
  const view = {
    segments: [],
    sort: "name",
    order: "asc",
    keepListing: false,
    folders: 0,
    files: count,
    bytes: 0,
    archive: true,
    title: null,
    theme: "auto",
  } as const;
  return [...listingPieces(view, entries)].join("");
}

/** The same names in other orders, with equal sizes among them. */
function manyFiles(): typeof MIXED {
  const names = ["a", "A", "á", "b 1", "b 01", "b 10", "b 9", "İ", "ß", "Z"];
  return {
    ...MIXED,
    ...Object.fromEntries(
      names.flatMap((name, index) =>
        Array.from({ length: 14 }, (_, i) => [
          `${name}${i % 3}-${i}.txt`,
          "x".repeat((index * 7 + i) % 9),
        ])
      ),
    ),
  };
}

listingTests("sorting the folder page", {
  "gives the server's order, by mouse, without a request": async (browser) => {
    await using site = await openGallery(browser, manyFiles());
    const { page } = site;
    await page.evaluate("window.isSame = true");

    for (const [label, query] of PRESSES) {
      await page.getByRole("button", { name: label, exact: true }).click();

      const shown = await shownNames(page);
      const response = await fetch(site.url + query, {
        headers: { accept: "application/json" },
      });
      const wanted: { name: string }[] = await response.json();
      assertEquals(shown, wanted.map(({ name }) => name), query);
      assertEquals(new URL(page.url()).search, query);
    }
    assertEquals(await page.evaluate("window.isSame"), true);
    assertEquals(site.asked.length, 1);
    assertEquals(site.problems, []);
  },

  "is the same after loading again": async (browser) => {
    await using site = await openGallery(browser, manyFiles());
    const { page } = site;
    await page.getByRole("button", { name: "Size" }).click();
    const before = await shownNames(page);

    await page.reload();

    assertEquals(await shownNames(page), before);
    assertEquals(
      await page.locator("[aria-sort=descending]").innerText(),
      "Size",
    );
  },

  "says by aria-sort and by voice how it is sorted, by keyboard": async (
    browser,
  ) => {
    await using site = await openGallery(browser, MIXED, DESKTOP);
    const { page } = site;

    await page.getByRole("button", { name: "Size" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");

    assertEquals(await page.locator("[aria-sort]").count(), 1);
    assertEquals(
      await page.locator("[aria-sort=ascending]").innerText(),
      "Size",
    );
    assertEquals(
      (await page.getByRole("status").innerText()).trim(),
      "Sorted by Size, ascending",
    );
    assertEquals(
      await page.evaluate("document.activeElement.textContent.trim()"),
      "Size",
    );
  },

  "keeps a filter and the names that do not match it hidden, by touch": async (
    browser,
  ) => {
    await using site = await openGallery(browser, manyFiles(), {
      ...PHONE,
      query: "?filter=b+txt",
    });
    const { page } = site;
    const before = await shownNames(page);

    await page.getByRole("button", { name: "Name" }).tap();

    const after = await shownNames(page);
    assertEquals(after.toSorted(), before.toSorted());
    assertEquals(after.includes("docs"), false);
    assertEquals(after[0] === before[0], false);
    assertEquals(site.problems, []);
  },

  "of more entries than are sorted at once shows that it is at work": async (
    browser,
  ) => {
    await using site = await openGallery(browser, {});
    const { page } = site;
    await page.route(
      "**/many",
      (route) =>
        route.fulfill({ contentType: "text/html", body: pageOf(10_001) }),
    );
    await page.goto(new URL("many", site.url).href);
    const isBusy = `document.querySelector("table[aria-busy]") !== null`;

    const first = await page.evaluate(`(() => {
      document.querySelector("[aria-label=Size] button").click();
      return [${isBusy}, document.querySelector("tbody a").textContent.slice(0, 6)];
    })()`);
    await until(page, `!(${isBusy})`);

    assertEquals(first, [true, "000000"]);
    assertEquals(
      (await page.locator("tbody a").first().textContent())?.slice(0, 6),
      "010000",
    );
    assertEquals(
      (await page.getByRole("status").innerText()).trim(),
      "Sorted by Size, descending",
    );
  },
});
