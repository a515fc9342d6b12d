/**
 * Filtering the folder page while somebody types.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { DESKTOP, openGallery, PHONE, until } from "./_gallery.ts";
import {
  filesOf,
  focused,
  listingTests,
  MIXED,
  shownNames,
  WATCH_SHIFTS,
} from "./_listing.ts";

/** Serves a page in pieces, each sent when it is asked for. */
function serveByPiece(pieces: readonly string[]) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(
    {},
    { highWaterMark: Infinity },
  );
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const left = [...pieces];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () =>
      new Response(readable, {
        headers: { "content-type": "text/html; charset=utf-8" },
      }),
  );
  return {
    server,
    url: `http://127.0.0.1:${server.addr.port}/folder/`,
    /** Sends the next piece; false when there was none. */
    next(): boolean {
      const piece = left.shift();
      if (piece === undefined) writer.close();
      else writer.write(encoder.encode(piece));
      return piece !== undefined;
    },
  };
}

listingTests("filtering the folder page", {
  "matches each word anywhere, whatever the case and the accents": async (
    browser,
  ) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    const rows: readonly (readonly [typed: string, names: string[]])[] = [
      ["ecole", ["École.pdf"]],
      ["ÁLB", ["Álbum"]],
      ["txt 10", ["file 10.txt"]],
      ["  10   fi ", ["file 10.txt"]],
      ["קוב", ["קובץ.txt"]],
      ["␊lines", ["two\nlines & <b>.md"]],
      ["& <b>", ["two\nlines & <b>.md"]],
      ["nothing", []],
    ];

    for (const [typed, names] of rows) {
      await page.locator("#filter").fill(typed);

      assertEquals(await shownNames(page), names, typed);
    }
    assertEquals(site.problems, []);
  },

  "says how many there are, in sight and by voice, and in the address": async (
    browser,
  ) => {
    await using site = await openGallery(browser, filesOf(1_000));
    const { page } = site;

    await page.keyboard.press("/");
    await page.keyboard.type("99");
    await until(page, `location.search === "?filter=99"`);

    assertEquals(await page.locator(".find span").innerText(), "19 of 1,000");
    assertEquals(
      (await page.getByRole("status").innerText()).trim(),
      "19 of 1,000",
    );
    assertEquals(site.asked.length, 1);

    await page.reload();

    assertEquals(await page.locator(".find span").innerText(), "19 of 1,000");
    assertEquals((await shownNames(page)).length, 19);
  },

  "tells when nothing matches, and a press of Escape shows all": async (
    browser,
  ) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    const all = await shownNames(page);

    await page.keyboard.press("/");
    await page.keyboard.type("zzz");

    assertEquals(
      await page.locator(".none").innerText(),
      "No name here holds “zzz”.",
    );
    assertEquals(await shownNames(page), []);

    await page.keyboard.press("Escape");

    assertEquals(await shownNames(page), all);
    assertEquals(await page.locator(".none").isVisible(), false);
    assertEquals(await focused(page), "filter");
    await until(page, `location.search === ""`);
  },

  "is cleared by touch": async (browser) => {
    await using site = await openGallery(browser, MIXED, PHONE);
    const { page } = site;
    await page.locator("#filter").tap();
    await page.keyboard.type("song");
    assertEquals(await shownNames(page), ["song.mp3"]);

    await page.getByRole("button", { name: "Clear the filter" }).tap();

    assertEquals((await shownNames(page)).length, Object.keys(MIXED).length);
  },

  "goes on to the entries: arrow down, and Enter for the only one": async (
    browser,
  ) => {
    await using site = await openGallery(browser, MIXED);
    const { page } = site;
    await page.keyboard.press("/");
    await page.keyboard.type("file");

    await page.keyboard.press("ArrowDown");

    assertEquals(await focused(page), "file 2.txt");

    await page.locator("#filter").fill("docs");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/folder/docs/");
  },

  "moves nothing by itself while it loads and while somebody types": async (
    browser,
  ) => {
    for (const query of ["", "?filter=file-7&view=grid", "?sort=size"]) {
      await using site = await openGallery(browser, filesOf(1_000), {
        query,
        prepare: (page) => page.addInitScript(WATCH_SHIFTS),
      });
      const { page } = site;
      await until(
        page,
        `document.querySelectorAll("time:not([title])").length === 0`,
      );

      assertEquals(await page.evaluate("shifts"), [], query);

      await page.keyboard.press("/");
      for (const key of "file-99") await page.keyboard.press(key);
      for (let i = 0; i < 7; i++) await page.keyboard.press("Backspace");
      await page.evaluate(
        "new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))",
      );

      // What follows a key within half a second was asked for.
      assertEquals(
        await page.evaluate("shifts.filter(([, isAsked]) => !isAsked)"),
        [],
        query,
      );
    }
  },

  "moves nothing however slowly the page comes": async (browser) => {
    for (const options of [PHONE, DESKTOP]) {
      await using site = await openGallery(browser, MIXED, options);
      const whole = await (await fetch(site.url)).text();
      // All of the style at once, then a few elements at a time.
      const [head = "", ...parts] = whole.split(
        /(?=<body|<button|<form|<th |<tr |<h1|<p>)/,
      );
      const { next, url, server } = serveByPiece([head, ...parts]);
      const page = await site.page.context().newPage();
      await page.addInitScript(WATCH_SHIFTS);

      next();
      next();
      await page.goto(url, { waitUntil: "commit" });
      while (next()) {
        await page.evaluate(
          "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
        );
      }
      await page.waitForLoadState();

      assertEquals(await page.evaluate("shifts"), []);
      await page.close();
      await server.shutdown();
    }
  },

  "takes what was typed before the script ran": async (browser) => {
    await using site = await openGallery(browser, MIXED, {
      prepare: (page) =>
        page.addInitScript(`new MutationObserver(() => {
          const field = document.getElementById("filter");
          if (field && !field.value) field.value = "song";
        }).observe(document, { childList: true, subtree: true })`),
    });

    assertEquals(await shownNames(site.page), ["song.mp3"]);
    assert(await site.page.locator(".find.used").isVisible());
  },
});
