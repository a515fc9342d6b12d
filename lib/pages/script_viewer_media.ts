/**
 * The part of the viewer that shows pictures, sound and video, each by the
 * browser's own element.
 *
 * @module
 */

/**
 * Source that declares `SHOWERS`: for each kind a function that fills the stage
 * and gives the one that empties it. The picture that follows is loaded ahead.
 *
 * @example Usage
 * ```ts
 * import { MEDIA_SCRIPT } from "./script_viewer_media.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(MEDIA_SCRIPT, /const SHOWERS/);
 * ```
 */
export const MEDIA_SCRIPT: string = `
let ahead = null;

const loadAhead = (link) => {
  if (!link || kindOf(link) !== "image") return;
  ahead = make("img", { decoding: "async", src: addressOf(link) });
};

const dropAhead = () => {
  ahead?.removeAttribute("src");
  ahead = null;
};

const showImage = (link, { following }) => {
  const image = make("img", { alt: textOf(link), decoding: "async" });
  let isShown = true;
  const ready = () => {
    if (!isShown) return;
    stage.ariaBusy = "false";
    loadAhead(following);
  };
  image.addEventListener("load", ready);
  image.addEventListener("error", () => isShown && fail("This picture cannot be shown."));
  // At once where it was loaded ahead: a document has an image but once.
  image.src = addressOf(link);
  stage.append(image);
  stage.ariaBusy = "true";
  return () => {
    isShown = false;
    if (!image.complete) image.removeAttribute("src");
  };
};

const showMedia = (tag, sentence) => (link, { isAsked }) => {
  const media = make(tag, { controls: true, playsInline: true, preload: "metadata", autoplay: isAsked && !calm.matches });
  let isShown = true;
  media.ariaLabel = textOf(link);
  media.addEventListener("error", () => isShown && fail(sentence));
  media.src = addressOf(link);
  stage.append(media);
  return () => {
    isShown = false;
    media.pause();
    media.removeAttribute("src");
    media.load();
  };
};

const SHOWERS = {
  image: showImage,
  video: showMedia("video", "This video cannot be played here."),
  audio: showMedia("audio", "This recording cannot be played here."),
  text: (link) => showText(link),
};
`;
