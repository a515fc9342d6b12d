/**
 * The viewer and the grid in a real browser, among names and files that want to
 * run something.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";

import { browserTest } from "../_support/browser.ts";
import type { Entries } from "../_support/tree.ts";
import { openGallery, PNG, SVG, until } from "./_gallery.ts";
import { stateOf } from "./_viewer.ts";

const ATTACK = `parent.ran=1;top.ran=1;ran=1;fetch('/ran')`;
const HOSTILE: Entries = {
  "javascript:alert(1).png": PNG,
  [`"><img src=x onerror=${"fetch`ran`"}>.txt`]:
    `</pre><img src=x onerror="${ATTACK}">`,
  "'onload='fetch(`ran`)'.svg": SVG,
  "&lt;script&gt;ran=1&lt;&sol;script&gt;.md":
    `<script>${ATTACK}</script>[x](javascript:ran=1)`,
  "data:text,html;<script>ran=1<script>.txt": `<svg onload="${ATTACK}">`,
  "page.png": `<html><script>${ATTACK}</script>`,
  "page.txt": `<html><script>${ATTACK}</script>`,
  "picture.svg": SVG,
  "foreign.svg":
    `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="&lt;script&gt;fetch('/ran')&lt;/script&gt;"/></foreignObject><image href="/ran"/></svg>`,
  "style.css": `</style><script>${ATTACK}</script>`,
  "data.json":
    `{"__proto__": {"ran": 1}, "x": "</pre><script>${ATTACK}</script>"}`,
  "cod\u202Egnp.txt": "\u202E<script>",
  "two\nlines.txt": "\x1b]0;title\x07<b>",
  "__proto__.txt": "proto",
  "constructor.png": PNG,
};

browserTest(
  "nothing runs, whatever names and files hold",
  async (browser) => {
    for (const view of ["list", "grid"]) {
      await using site = await openGallery(browser, HOSTILE, {
        query: `?view=${view}`,
        prepare: (page) =>
          page.addInitScript(`window.alert = () => { window.ran = "alert"; }`),
      });
      const { page } = site;
      const count = Object.keys(HOSTILE).length;

      await page.locator("tbody th a").nth(1).click();
      for (let at = 1; at <= count; at++) {
        await until(
          page,
          `document.querySelector(".viewer .stage > [src], .viewer .stage[aria-busy=false] > pre, .viewer .note a")`,
        );
        const { what, show } = await stateOf(page);
        assertMatch(what ?? "", new RegExp(` ${at} of ${count}( |$)`));
        assert(show !== null && show in HOSTILE, `${show}`);
        await page.keyboard.press("ArrowRight");
      }

      assertEquals(
        await page.evaluate(
          `[window.ran, top.ran, document.querySelectorAll("iframe, object, embed, .stage script").length]`,
        ),
        [undefined, undefined, 0],
      );
      assertEquals(site.asked.filter((path) => path.includes("/ran")), []);
      const refusals = site.problems.filter((text) =>
        /script|policy/i.test(text)
      );
      assertEquals(refusals, []);
    }
  },
);
