/**
 * The folder page and the error page in a real browser, with the policy that
 * they are sent with.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import type { Entry } from "../../lib/entry.ts";
import { errorPage } from "../../lib/pages/error_page.ts";
import {
  listingEnd,
  listingRows,
  listingTop,
} from "../../lib/pages/listing_page.ts";
import type { ListingView } from "../../lib/pages/listing_page.ts";
import { contentSecurityPolicy } from "../../lib/pages/policy.ts";
import { STYLE } from "../../lib/pages/style.ts";
import { browserTest } from "../_support/browser.ts";

const NAMES = [
  "<script>document.title='x'</script>",
  `"><img src=x onerror=alert(1)>`,
  "javascript:alert(1)",
  "two\nlines\x1b[31m",
  "cod\u202Egpj.exe",
  "קובץ ארוך.txt",
  "-rf",
  "..hid",
  "50% #1?.txt",
  "a&amp;b'c",
  " spaces  inside ",
  "back\\slash",
  "日本語.png",
  "x".repeat(255),
];

const ENTRIES: readonly Entry[] = [
  { name: "docs", kind: "directory", size: null, modified: 1_760_000_000_000 },
  { name: "y".repeat(255), kind: "directory", size: null, modified: null },
  ...NAMES.map((name, index) => ({
    name,
    kind: "file" as const,
    size: 7 ** index,
    modified: index === 3 ? null : 1_700_000_000_000 + index * 86_399_000,
  })),
];

const VIEW: ListingView = {
  segments: ["photos & more", "z".repeat(255), "2026"],
  sort: "name",
  order: "asc",
  folders: 2,
  files: NAMES.length,
  bytes: 4_200_000,
  keepListing: true,
};
const EMPTY = { folders: 0, files: 0, bytes: 0 };

const PAGES: Readonly<Record<string, string>> = {
  full: `${listingTop(VIEW)}${listingRows(ENTRIES)}${listingEnd(VIEW)}`,
  empty: `${listingTop({ ...VIEW, ...EMPTY })}${
    listingEnd({ ...VIEW, ...EMPTY })
  }`,
  error: String(errorPage(404)),
};
const KINDS = Object.keys(PAGES);

const PHONE = { viewport: { width: 360, height: 740 } };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

interface Site extends AsyncDisposable {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly targets: readonly string[];
  readonly origin: string;
}

async function openPage(
  browser: Browser,
  kind: string,
  options: BrowserContextOptions,
): Promise<Site> {
  const policy = await contentSecurityPolicy(STYLE);
  const problems: string[] = [];
  const targets: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    ({ url }) => {
      targets.push(url.slice(new URL(url).origin.length));
      return new Response(PAGES[kind] ?? "", {
        headers: {
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": policy,
        },
      });
    },
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${origin}/a/b/c/?listing`);
  return {
    page,
    problems,
    targets,
    origin,
    async [Symbol.asyncDispose]() {
      await context.close();
      await server.shutdown();
    },
  };
}

browserTest(
  "the pages cause no console message, request or script",
  async (browser) => {
    for (const kind of KINDS) {
      await using site = await openPage(browser, kind, DESKTOP);

      assertEquals(await site.page.locator("script, img").count(), 0);
      assertEquals(
        await site.page.evaluate("getComputedStyle(document.body).marginTop"),
        "0px",
      );
      assertEquals(site.problems, []);
      assertEquals(site.targets, ["/a/b/c/?listing"]);
    }
  },
);

browserTest("the pages do not scroll sideways at 360 px", async (browser) => {
  for (const kind of KINDS) {
    await using site = await openPage(browser, kind, PHONE);

    const widest = await site.page.evaluate(`Math.max(
      document.documentElement.scrollWidth,
      ...[...document.body.querySelectorAll("*")]
        .map((element) => element.getBoundingClientRect().right))`);

    assertEquals(widest, 360, kind);
  }
});

browserTest(
  "every control is at least 24 px in both directions",
  async (browser) => {
    for (const kind of KINDS) {
      for (const options of [PHONE, DESKTOP]) {
        await using site = await openPage(browser, kind, options);

        const sizes: { name: string; width: number; height: number }[] =
          await site.page.evaluate(`[...document.querySelectorAll("a, button")]
          .map((control) => {
            const { width, height } = control.getBoundingClientRect();
            return { name: control.textContent, width, height };
          })`);

        assert(sizes.length > 0);
        const small = sizes.filter(({ width, height }) =>
          width < 24 || height < 24
        );
        assertEquals(small, [], kind);
      }
    }
  },
);

browserTest("every name leads to its entry", async (browser) => {
  await using site = await openPage(browser, "full", DESKTOP);

  const paths: string[] = await site.page.evaluate(
    `[...document.querySelectorAll("tr:not(.up) > th[scope=row] > a")]
      .map((link) => link.pathname)`,
  );

  const names = paths.map((path) => decodeURIComponent(path.slice(7)));
  assertEquals(
    names,
    ENTRIES.map(({ name, kind }) => kind === "directory" ? `${name}/` : name),
  );
});

browserTest("the links above lead to the folders above", async (browser) => {
  await using site = await openPage(browser, "full", DESKTOP);

  const paths = await site.page.evaluate(
    `[...document.querySelectorAll("nav a, .up a")].map((link) => link.pathname)`,
  );

  assertEquals(paths, ["/", "/a/", "/a/b/", "/a/b/"]);
});

browserTest(
  "the buttons ask for the other orders and keep ?listing",
  async (browser) => {
    await using site = await openPage(browser, "full", PHONE);

    for (const name of ["Name", "Size", "Modified UTC"]) {
      await site.page.getByRole("button", { name }).click();
      await site.page.waitForLoadState();
    }

    assertEquals(site.targets.slice(1), [
      "/a/b/c/?listing=&sort=name&order=desc",
      "/a/b/c/?listing=&sort=size&order=desc",
      "/a/b/c/?listing=&sort=modified&order=desc",
    ]);
    assertEquals(site.problems, []);
  },
);

browserTest(
  "the keyboard reaches every control in order and shows where it is",
  async (browser) => {
    await using site = await openPage(browser, "full", DESKTOP);
    const count = await site.page.locator("a, button").count();

    const seen: number[] = [];
    for (let index = 0; index < count; index++) {
      await site.page.keyboard.press("Tab");
      seen.push(
        await site.page.evaluate(`(() => {
      const { activeElement } = document;
      const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
      const isShown = outlineStyle === "solid" && outlineWidth === "2px";
      return isShown ? [...document.querySelectorAll("a, button")].indexOf(activeElement) : -1;
    })()`),
      );
    }

    assertEquals(seen, Array.from({ length: count }, (_, index) => index));
  },
);

browserTest(
  "the browser tells a screen reader of one table at any width",
  async (browser) => {
    for (const options of [PHONE, DESKTOP]) {
      await using site = await openPage(browser, "full", options);

      const session = await site.page.context().newCDPSession(site.page);
      const { nodes } = await session.send("Accessibility.getFullAXTree");
      const count = (role: string) =>
        nodes.filter((node) => !node.ignored && node.role?.value === role)
          .length;
      const table = nodes.find((node) => node.role?.value === "table");

      const rows = ENTRIES.length + 1; // and the parent folder
      assertEquals(table?.name?.value, "Files and folders");
      assertEquals(count("columnheader"), 3);
      assertEquals(count("row"), rows + 1);
      assertEquals(count("rowheader"), rows);
      assertEquals(count("cell"), 2 * rows);
      for (const landmark of ["banner", "navigation", "main"]) {
        assertEquals(count(landmark), 1, landmark);
      }
    }
  },
);

browserTest(
  "axe finds nothing on any page, light or dark, phone or desktop",
  async (browser) => {
    for (const kind of KINDS) {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const size of [PHONE, DESKTOP]) {
          await using site = await openPage(browser, kind, {
            ...size,
            colorScheme,
            bypassCSP: true,
          });

          await site.page.evaluate(axe.source);
          const violations = await site.page.evaluate(
            "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))",
          );

          assertEquals(violations, [], `${kind} ${colorScheme}`);
        }
      }
    }
  },
);
