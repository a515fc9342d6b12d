/**
 * The folder page in Chromium: what 1,000 entries weigh besides themselves,
 * that nothing moves by itself, and how soon a keystroke in the filter of
 * 10,000 entries is to be seen.
 *
 * @module
 */

import type { Browser, Page } from "playwright-core";

import { acceptance } from "../../_support/acceptance.ts";
import { launchBrowser } from "../../_support/browser.ts";
import { serveLocally } from "../../_support/server.ts";
import { makeTree } from "../../_support/tree.ts";

const COMPRESSED_MAX = 30 * 1_024;
const KEYSTROKE_MS_MAX = 50;
const ROUNDS = 5;

// Few matches and many, each letter, and back again to all.
const TYPED = [..."picture 12", ..."Backspace ".repeat(10).trim().split(" ")];

/** Tells after each key how long it took until the next frame was there. */
const WATCH = `
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) shifts += value;
  }).observe({ type: "layout-shift", buffered: true });
  addEventListener("keydown", ({ timeStamp }) => {
    window.seen = new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - timeStamp);
      port2.postMessage(null);
    }));
  }, true);
`;

const KINDS = ["picture", "report", "Scan", "\u00dcbersicht", "song"];

function filesOf(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${KINDS[index % KINDS.length]}-${index}.txt`,
      "x".repeat(index % 50),
    ]),
  );
}

async function openFolder(
  browser: Browser,
  count: number,
  look: (
    page: Page,
    text: string,
  ) => Promise<{ holds: boolean; figure: string }>,
) {
  await using tree = await makeTree(filesOf(count));
  await using server = await serveLocally(tree.path);
  const page = await browser.newPage();
  try {
    await page.addInitScript(WATCH);
    const response = await page.goto(server.origin);
    const text = await response?.text() ?? "";
    await page.waitForTimeout(2_000); // for what comes late
    return await look(page, text);
  } finally {
    await page.close();
  }
}

async function gzippedLength(text: string): Promise<number> {
  const stream = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).bytes()).length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** How long each key took, in milliseconds. */
async function typeOnce(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (const key of TYPED) {
    await page.keyboard.press(key);
    times.push(Number(await page.evaluate("seen")));
    await page.waitForTimeout(150); // as somebody types
  }
  return times;
}

const browser = await launchBrowser();
try {
  await acceptance(
    "the page of 1,000 entries without its entries is below 30 KB compressed",
    () =>
      openFolder(browser, 1_000, async (_page, text) => {
        const frame = text.replaceAll(/<tbody[^]*<\/tbody>/g, "");
        const bytes = await gzippedLength(frame);
        return { holds: bytes < COMPRESSED_MAX, figure: `${bytes} bytes` };
      }),
  );
  await acceptance(
    "nothing of 1,000 entries moves by itself while the page loads",
    () =>
      openFolder(browser, 1_000, async (page) => {
        const shifts = Number(await page.evaluate("shifts"));
        return { holds: shifts === 0, figure: `layout shifts ${shifts}` };
      }),
  );
  await acceptance(
    "a keystroke in the filter of 10,000 entries is seen within 50 ms",
    () =>
      openFolder(browser, 10_000, async (page) => {
        await page.keyboard.press("/");
        const rounds: number[][] = [];
        for (let i = 0; i < ROUNDS; i++) rounds.push(await typeOnce(page));
        const medians = TYPED.map((_, i) =>
          median(rounds.map((round) => round[i] ?? NaN))
        );
        const worst = Math.max(...medians);
        const slowest = TYPED[medians.indexOf(worst)];
        const every = rounds.flat();
        return {
          holds: worst < KEYSTROKE_MS_MAX,
          figure:
            `slowest key ${slowest} ${worst.toFixed()} ms (median of ${ROUNDS}), ` +
            `all keys ${median(every).toFixed()} ms, ` +
            `worst single ${Math.max(...every).toFixed()} ms`,
        };
      }),
  );
} finally {
  await browser.close();
}
