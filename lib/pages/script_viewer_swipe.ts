/**
 * The part of the viewer that walks by swiping: to the left for the next file,
 * to the right for the one before. Zooming is the browser's.
 *
 * @module
 */

/**
 * Source that listens on the stage.
 *
 * @example Usage
 * ```ts
 * import { SWIPE_SCRIPT } from "./script_viewer_swipe.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(SWIPE_SCRIPT, /pointerdown/);
 * ```
 */
export const SWIPE_SCRIPT: string = `
const SWIPE_PIXELS = 48;
const CONTROLS_PIXELS = 72;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let from = null;

const isZoomed = () => window.visualViewport?.scale > 1.01;
const drag = (pixels) => {
  const image = $("img", stage);
  if (image) image.style.transform = pixels && !calm.matches ? "translateX(" + pixels + "px)" : "";
};
const isOnControls = ({ target, clientY }) => {
  const media = target.closest("audio, video");
  return media !== null && clientY > media.getBoundingClientRect().bottom - CONTROLS_PIXELS;
};

stage.addEventListener("pointerdown", (event) => {
  drag(0);
  // A second finger makes it a pinch.
  from = event.pointerType === "mouse" || !event.isPrimary || isZoomed() || isOnControls(event)
    ? null
    : event;
});
stage.addEventListener("pointermove", (event) => from && drag(event.clientX - from.clientX));
stage.addEventListener("pointerup", (event) => {
  drag(0);
  if (!from) return;
  const right = event.clientX - from.clientX;
  const down = event.clientY - from.clientY;
  from = null;
  if (Math.abs(right) >= SWIPE_PIXELS && Math.abs(right) > 1.5 * Math.abs(down)) {
    walk(right < 0 ? 1 : -1);
  }
});
stage.addEventListener("pointercancel", () => {
  from = null;
  drag(0);
});
window.visualViewport?.addEventListener("resize", () => stage.classList.toggle("zoomed", isZoomed()));
`;
