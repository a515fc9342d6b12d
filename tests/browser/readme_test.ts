import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { createHandler } from "../../lib/handler.ts";
import { browserTest } from "../_support/browser.ts";
import { makeTree } from "../_support/tree.ts";

const PHONE = { viewport: { width: 360, height: 740 } };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="90"></svg>';

const README = `
![too wide](wide.svg)

## Not the first level

See [the guide](docs/guide.md "Long"), [up](../), https://a.example/x and
![elsewhere](https://a.example/x.png).

[![badge](https://a.example/b.svg)](docs/guide.md) []()

- [ ] to do
- [x] done

~~~
code that is far too wide ${"for any window ".repeat(20)}
~~~

| | Size |
|:-:|--:|
| ${"cell ".repeat(40)} | 12 |
| [a link](docs/guide.md) | 13 |

#### Twice

> quote with \`code${"x".repeat(200)}\`

###### Twice
#

${"word".repeat(100)}

\u05e9\u05dc\u05d5\u05dd
`;

interface Site extends AsyncDisposable {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly asked: readonly string[];
  readonly origin: string;
}

async function openSite(
  browser: Browser,
  path: string,
  options: BrowserContextOptions,
): Promise<Site> {
  const tree = await makeTree({
    "a/README.md": README,
    "a/wide.svg": SVG,
    "a/docs/guide.md": "the guide",
    "a/docs/README.txt": `<b>\t${"x".repeat(500)}\n`,
    "a/long/README.md": "a\n\n".repeat(1_100),
  });
  const handler = await createHandler(tree.path);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    handler,
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) asked.push(request.url());
  });
  await page.goto(`${origin}${path}`);
  return {
    page,
    problems,
    asked,
    origin,
    async [Symbol.asyncDispose]() {
      await context.close();
      await server.shutdown();
      await tree[Symbol.asyncDispose]();
    },
  };
}

browserTest(
  "a README asks for nothing but what is on this server",
  async (browser) => {
    await using site = await openSite(browser, "/a/", DESKTOP);
    const { page, origin } = site;
    // It is loaded when it comes near the window.
    await page.locator(".readme").scrollIntoViewIfNeeded();
    await page.waitForFunction(`document.querySelector(".prose img").complete`);

    assertEquals(site.asked.map((url) => url.replace(origin, "")).toSorted(), [
      "/a/",
      "/a/wide.svg",
    ]);
    assertEquals(site.problems, []);
    const link = page.getByRole("link", { name: "elsewhere" });
    assertEquals(await link.getAttribute("href"), "https://a.example/x.png");
    assertEquals(
      await link.getAttribute("rel"),
      "noopener noreferrer nofollow",
    );
  },
);

browserTest("links of a README lead to where they say", async (browser) => {
  await using site = await openSite(browser, "/a/", DESKTOP);
  const { page, origin } = site;

  await page.getByRole("link", { name: "the guide" }).click();
  await page.waitForURL(`${origin}/a/docs/guide.md`);
  await page.goBack();
  await page.locator(".readme").getByRole("link", { name: "up" }).click();
  await page.waitForURL(`${origin}/`);
});

browserTest("a README makes no page scroll sideways", async (browser) => {
  for (const path of ["/a/", "/a/docs/", "/a/long/"]) {
    await using site = await openSite(browser, path, PHONE);

    const widest = await site.page.evaluate(`Math.max(
      document.documentElement.scrollWidth,
      ...[...document.querySelectorAll(".readme, .prose > *")]
        .map((element) => element.getBoundingClientRect().right))`);

    assertEquals(widest, 360, path);
  }
});

browserTest(
  "code in a README scrolls by the keyboard",
  async (browser) => {
    await using site = await openSite(browser, "/a/", PHONE);
    const { page } = site;

    await page.locator(".prose pre").focus();
    await page.keyboard.press("ArrowRight");

    await page.waitForFunction(
      `document.querySelector(".prose pre").scrollLeft > 0`,
    );
  },
);

browserTest(
  "the headings of a README go on from those of the page",
  async (browser) => {
    await using site = await openSite(browser, "/a/", DESKTOP);

    const levels = await site.page.evaluate(
      `[...document.querySelectorAll("main h2, main h3, main h4, main h5, main h6, h1")]
        .filter((heading) => !heading.closest("dialog"))
        .map((heading) => heading.localName + " " + heading.id)`,
    );

    assertEquals(levels, [
      "h1 ",
      "h2 ",
      "h3 readme-not-the-first-level",
      "h4 readme-twice",
      "h5 readme-twice-1",
    ]);
  },
);

browserTest(
  "a table of a README is none of the list's: neither in its look nor in its rows",
  async (browser) => {
    await using site = await openSite(browser, "/a/", DESKTOP);
    const { page } = site;

    const display = await page.evaluate(
      `["table", "tr", "td", "td a"].map((name) =>
        getComputedStyle(document.querySelector(".prose " + name)).display)`,
    );
    assertEquals(display, ["table", "table-row", "table-cell", "inline"]);

    await page.locator("#filter").fill("no entry has this name");
    await page.locator(".none:not([hidden])").waitFor();
    assertEquals(await page.locator(".prose tr:visible").count(), 3);
    await page.goto(`${site.origin}/a/?view=grid`);
    assertEquals(await page.locator(".prose tr:visible").count(), 3);
    assertEquals(site.problems, []);
  },
);

browserTest("a long README says that it goes on", async (browser) => {
  await using site = await openSite(browser, "/a/long/", DESKTOP);
  const { page, origin } = site;

  await page.getByRole("link", { name: "Open all of README.md" }).click();

  await page.waitForURL(`${origin}/a/long/README.md`);
});

browserTest(
  "a screen reader hears of a region with the name of the file",
  async (browser) => {
    await using site = await openSite(browser, "/a/", DESKTOP);
    const region = site.page.getByRole("region", { name: "README.md" });

    assertEquals(await region.count(), 1);
    assertEquals(await region.getByRole("img", { name: "Done" }).count(), 1);
    assertEquals(await region.getByRole("row").count(), 3);
    assert(await region.getByRole("heading", { level: 3 }).isVisible());
  },
);

browserTest(
  "axe finds nothing in a README, light or dark, phone or desktop",
  async (browser) => {
    // A colour on its way from light to dark would be judged as it is then.
    const still = { bypassCSP: true, reducedMotion: "reduce" } as const;
    const options = { ...PHONE, ...still };
    await using site = await openSite(browser, "/", options);
    const { page, origin } = site;
    for (const path of ["/a/", "/a/docs/", "/a/long/"]) {
      await page.goto(`${origin}${path}`);
      await page.evaluate(axe.source);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const { viewport } of [PHONE, DESKTOP]) {
          await page.setViewportSize(viewport);

          const violations = await page.evaluate(
            "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))",
          );

          assertEquals(violations, [], `${path} ${colorScheme}`);
        }
      }
    }
  },
);
