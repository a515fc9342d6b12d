/**
 * A real browser, without a window and without traffic of its own.
 *
 * @module
 */

import { type Browser, chromium } from "playwright-core";

import { findProgram } from "./_tools.ts";

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

/**
 * Starts the browser that `CHROMIUM` names, or else the first on PATH.
 *
 * @throws {Error} If there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = Deno.env.get("CHROMIUM");
  const path = named || NAMES.map(findProgram).find((found) => found !== null);
  if (!path) throw new Error(`Not installed: any of ${NAMES.join(", ")}`);
  return await chromium.launch({ executablePath: path, args: FLAGS });
}
