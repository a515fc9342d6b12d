/**
 * A video that a browser seeks in.
 *
 * @module
 */

import { join } from "@std/path";

import type { Finding } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { launchBrowser } from "../../_support/browser.ts";
import { countLogged } from "./_log.ts";
import { checkTools, runWell } from "./_tools.ts";

/** Length of the video; the piece that is repeated lasts a tenth of it. */
const SECONDS = 100;
/** Too much for a browser to have fetched when it is asked to seek. */
const LEAST_BYTES = 20e6;
const SEEKS = [90, 30, 60.5];

/** The page with the video, and what it can be told to do with it. */
const PAGE = `<!doctype html>
<title>Video</title>
<video src="video.webm" preload="metadata" muted></video>
<script>
  const video = document.querySelector("video");
  const limit = (what, reject) =>
    setTimeout(() => reject(new Error("No " + what + " in 20 s")), 20000);

  const duration = new Promise((resolve, reject) => {
    limit("metadata", reject);
    video.onloadedmetadata = () => resolve(video.duration);
    video.onerror = () => reject(new Error(video.error.message));
  });

  function seek(to) {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      limit("seek to " + to, reject);
      video.onseeked = () => resolve({
        time: video.currentTime,
        canPlay: video.readyState >= 2 && video.videoWidth > 0,
        milliseconds: performance.now() - started,
      });
      video.currentTime = to;
    });
  }

  async function play() {
    const from = video.currentTime;
    await video.play();
    for (let i = 0; i < 100 && video.currentTime <= from + 0.5; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    video.pause();
    return video.currentTime - from;
  }
</script>
`;

/** What the page saw after a seek. */
interface Sought {
  readonly time: number;
  readonly canPlay: boolean;
  readonly milliseconds: number;
}

/** Chromium plays a video and seeks in it; each seek must need a range. */
export async function seeksInVideo(): Promise<Finding> {
  await using tree = await makeTree({ "page.html": PAGE });
  const size = await makeVideo(tree.path);
  await using server = await startServer({ directory: tree.path });
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const ranges: string[] = [];
  page.on("response", (response) => {
    if (response.status() === 206) {
      ranges.push(response.headers()["content-range"] ?? "");
    }
  });
  await page.goto(`${server.origin}/page.html`);
  const duration = await page.evaluate<number>("duration");
  const sought: Sought[] = [];
  for (const to of SEEKS) {
    sought.push(await page.evaluate<Sought>(`seek(${to})`));
  }
  const moved = await page.evaluate<number>("play()");
  await page.close();
  const later = ranges.filter((range) => !range.startsWith("bytes 0-"));
  const logged = await countLogged(server, /GET \/video\.webm \S+ 206 /);
  const arrived = sought.every(({ time, canPlay }, index) =>
    canPlay && Math.abs(time - (SEEKS[index] ?? NaN)) < 0.5
  );
  return {
    holds: arrived && moved > 0 && Math.abs(duration - SECONDS) < 2 &&
      size >= LEAST_BYTES && later.length > 0 && logged > 0,
    figure: `${(size / 1e6).toFixed(0)} MB, ${duration.toFixed(1)} s; ` +
      `seeks to ${sought.map(describe).join(", ")}; played on by ` +
      `${moved.toFixed(2)} s; ${later.length} ranges from further in ` +
      `(${later.slice(0, 3).join(", ")}), ${logged} × 206 in the log`,
  };
}

async function makeVideo(folder: string): Promise<number> {
  checkTools("ffmpeg");
  const piece = join(folder, "piece.webm");
  const video = join(folder, "video.webm");
  const quiet = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y"];
  const picture = "testsrc2=size=640x360:rate=25,noise=alls=40:allf=t";
  await runWell("ffmpeg", [
    ...quiet,
    ...["-f", "lavfi", "-i", picture, "-t", String(SECONDS / 10)],
    ...["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"],
    ...["-b:v", "3M", "-g", "50", piece],
  ]);
  await runWell("ffmpeg", [
    ...quiet,
    ...["-stream_loop", "9", "-i", piece, "-c", "copy", video],
  ]);
  await Deno.remove(piece);
  return (await Deno.stat(video)).size;
}

function describe({ time, milliseconds }: Sought): string {
  return `${time.toFixed(1)} s in ${milliseconds.toFixed(0)} ms`;
}
