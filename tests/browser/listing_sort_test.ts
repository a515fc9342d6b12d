/**
 * Sorting the folder page without loading it again.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

import { DESKTOP, openGallery, PHONE } from "./_gallery.ts";
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
});
