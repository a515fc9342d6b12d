/**
 * A video and a piece of sound that Chromium can play, made by ffmpeg.
 *
 * @module
 */

import type { Browser } from "playwright-core";

import { browserTest } from "../_support/browser.ts";
import { makeTree } from "../_support/tree.ts";

/** Files of four seconds. */
export interface Recordings {
  /** WebM of 64 by 48, with sound. */
  readonly video: Uint8Array;
  /** Opus in Ogg. */
  readonly audio: Uint8Array;
}

/** The recordings, or `null` where no ffmpeg makes them. */
export const RECORDINGS: Recordings | null = await makeRecordings();

/**
 * Registers a test that needs the browser and recordings. Without ffmpeg it is
 * ignored, and its name says why.
 */
export function recordingTest(
  name: string,
  fn: (browser: Browser, recordings: Recordings) => Promise<void>,
): void {
  if (RECORDINGS === null) Deno.test.ignore(`${name} (no ffmpeg)`, () => {});
  else browserTest(name, (browser) => fn(browser, RECORDINGS));
}

async function makeRecordings(): Promise<Recordings | null> {
  const picture = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=10"];
  const sound = ["-f", "lavfi", "-i", "sine=440", "-c:a", "libopus"];
  await using scratch = await makeTree({});
  try {
    await Promise.all([
      encode([...picture, ...sound, "-c:v", "libvpx"], scratch.at("a.webm")),
      encode(sound, scratch.at("a.opus")),
    ]);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return {
    video: await Deno.readFile(scratch.at("a.webm")),
    audio: await Deno.readFile(scratch.at("a.opus")),
  };
}

async function encode(args: readonly string[], path: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("ffmpeg", {
    args: ["-v", "error", ...args, "-t", "4", path],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
