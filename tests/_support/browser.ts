/**
 * A real browser for the tests of pages.
 *
 * @module
 */

import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Path of a Chromium: from `CHROMIUM`, else the first on `PATH`, else `null`. */
export const CHROMIUM: string | null = findChromium();

function findChromium(): string | null {
  const named = Deno.env.get("CHROMIUM");
  if (named) return named;
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const candidates = NAMES.flatMap((name) =>
    folders.map((folder) => `${folder}/${name}`)
  );
  return candidates.find(isFile) ?? null;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // not there, or not to be read: the next one is tried
  }
}

/**
 * Starts the browser; it is closed when the value goes out of scope.
 *
 * @param args Further arguments of the browser.
 */
export async function launchBrowser(
  args: readonly string[] = [],
): Promise<Browser> {
  if (CHROMIUM === null) throw new Error("Cannot find a Chromium");
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: [...FLAGS, ...args],
  });
}

let shared: Promise<Browser> | undefined;
let closesAtEnd = false;

/** Closes the browser after the last test of the file that shares it. */
function closeAtEnd(): void {
  if (closesAtEnd) return;
  closesAtEnd = true;
  Deno.test.afterAll(async () => await (await shared)?.close());
}

/**
 * Registers a test that needs the browser. The tests of a file share one, of
 * which each has contexts of its own, closed at its end. Without a browser the
 * test is ignored, and its name says why.
 */
export function browserTest(
  name: string,
  fn: (browser: Browser) => Promise<void>,
): void {
  const isMissing = CHROMIUM === null;
  closeAtEnd();
  Deno.test({
    name: isMissing ? `${name} (ignored: no Chromium, set CHROMIUM)` : name,
    ignore: isMissing,
    // The driver keeps timers and pipes of its own that outlive a test.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const browser = await (shared ??= launchBrowser());
      try {
        await fn(browser);
      } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
      }
    },
  });
}
