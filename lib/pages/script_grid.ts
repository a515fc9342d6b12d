/**
 * The part of the folder page's script that fills the tiles of the grid view
 * with pictures of what is in images and videos. The grid itself is a matter
 * of style: the class `grid` on the root element turns rows into tiles.
 *
 * @module
 */

/**
 * Source of a block that needs what `script_kinds.ts` declares, and `sizeOf` of
 * the page's own script.
 *
 * A picture is the file itself, scaled by the browser; so it is loaded only
 * when its tile is on the screen or just below, four at a time, up to 4 MiB, and
 * given back when its tile is more than a screen away. Where nothing comes of
 * it, the icon stays.
 *
 * @example Usage
 * ```ts
 * import { GRID_SCRIPT } from "./script_grid.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(GRID_SCRIPT, /IntersectionObserver/);
 * ```
 */
export const GRID_SCRIPT: string = `
{
  const MOST_BYTES = 4194304;
  const AT_ONCE = 4;
  const MOST_TOGETHER = 500;
  const SMALL_PIXELS = 128;
  const BELOW = { rootMargin: "0px 0px 25% 0px" };
  const waiting = new Set();
  const loading = new Set();
  const shots = new Map();
  const failed = new WeakSet();
  let isOn = false;

  const fill = () => {
    for (const row of waiting) {
      if (loading.size >= AT_ONCE) return;
      waiting.delete(row);
      start(row);
    }
  };

  const start = (row) => {
    const link = linkOf(row);
    const isVideo = kindOf(link) === "video";
    const shot = document.createElement(isVideo ? "video" : "img");
    const on = (type, react) =>
      shot.addEventListener(type, () => shots.get(row) === shot && react());
    const done = () => {
      if (loading.delete(row)) fill();
    };
    const ready = () => {
      const isSmall = Math.max(shot.naturalWidth, shot.naturalHeight) < SMALL_PIXELS;
      shot.classList.toggle("small", isSmall);
      shot.classList.add("ready");
      done();
    };
    shot.className = "shot";
    shot.ariaHidden = "true";
    shots.set(row, shot);
    loading.add(row);
    far.observe(row);
    on("error", () => {
      failed.add(row);
      release(row);
      fill();
    });
    if (isVideo) {
      Object.assign(shot, { muted: true, playsInline: true, preload: "metadata", disableRemotePlayback: true, tabIndex: -1 });
      on("loadedmetadata", () => shot.currentTime = Math.min(1, shot.duration / 4 || 0));
      on("seeked", ready);
      on("suspend", done);
    } else {
      Object.assign(shot, { alt: "", decoding: "async", draggable: false });
      on("load", ready);
    }
    shot.src = addressOf(link);
    link.prepend(shot);
  };

  const release = (row) => {
    const shot = shots.get(row);
    if (!shot) return;
    shots.delete(row);
    loading.delete(row);
    far.unobserve(row);
    shot.remove();
    shot.removeAttribute("src");
    shot.load?.();
  };

  const near = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (!isIntersecting) forget(target);
      else if (!shots.has(target) && !failed.has(target)) waiting.add(target);
    }
    fill();
  }, BELOW);

  const forget = (row) => {
    waiting.delete(row);
    if (loading.has(row)) release(row);
  };

  // Watching the rows of a large folder one by one takes longer than a frame.
  const nearGroups = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      const shown = [...target.rows].filter(canBeShown);
      if (isIntersecting) {
        shown.forEach((row) => near.observe(row));
      } else {
        shown.forEach((row) => {
          near.unobserve(row);
          forget(row);
        });
      }
    }
    fill();
  }, BELOW);

  const far = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (!isIntersecting) release(target);
    }
    fill();
  }, { rootMargin: "100% 0px" });

  const canBeShown = (row) => {
    const bytes = sizeOf(row);
    if (!(bytes > 0 && bytes <= MOST_BYTES)) return false;
    const kind = kindOf(linkOf(row));
    return kind === "image" || kind === "video";
  };

  const watch = () => {
    near.disconnect();
    nearGroups.disconnect();
    waiting.clear();
    if (!isOn) return;
    // What a filter leaves of many groups is laid out, and watched, as one.
    const isFew = filtered && rows().length <= MOST_TOGETHER;
    table.classList.toggle("few", isFew);
    if (isFew) rows().filter(canBeShown).forEach((row) => near.observe(row));
    else groups.forEach((group) => nearGroups.observe(group));
  };

  const follow = () => {
    isOn = look.contains("grid");
    watch();
    if (isOn) return;
    for (const row of [...shots.keys()]) release(row);
  };

  if (table) {
    onView(follow);
    onShown(watch);
    follow();
  }
}
`;
