/**
 * The viewer of the folder page: a dialog over the page that shows one file,
 * and walks to the one before and after in the order of the page. What is shown
 * stands in the address as `?show=NAME`. This part is the dialog and the address;
 * what fills it is in `script_viewer_media.ts` and `script_viewer_text.ts`.
 *
 * SECURITY: names and the text of files reach the page as text alone, links are
 * those of the rows and lead into this folder, and files are shown by elements
 * that run nothing: a picture, also an SVG, has no script, and HTML is text or
 * is not shown at all.
 *
 * @module
 */

import { MEDIA_SCRIPT } from "./script_viewer_media.ts";
import { SWIPE_SCRIPT } from "./script_viewer_swipe.ts";
import { TEXT_SCRIPT } from "./script_viewer_text.ts";

const DIALOG_SCRIPT = `
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const action = (tag, className, label, hint) =>
  make(tag, { className: "action " + className, ariaLabel: label, title: hint ?? label });

const title = make("h2", { id: "viewer-name" }, make("bdi"));
const place = make("p");
const previous = action("button", "previous", "Previous", "Previous (\\u2190)");
const next = action("button", "next", "Next", "Next (\\u2192)");
const save = action("a", "save", "Download");
const file = action("a", "file", "Open the file itself");
const shut = action("button", "shut", "Close", "Close (Esc)");
const note = make("p", { className: "note", role: "status" });
const stage = make("div", { className: "stage", role: "group", tabIndex: -1 });
const dialog = make(
  "dialog",
  { className: "viewer" },
  make("div", { className: "what", role: "status", ariaAtomic: "true" }, title, place),
  previous, next, save, file, shut, stage,
);
dialog.setAttribute("aria-labelledby", title.id);
stage.after(note);

const pageTitle = document.title;
let current = null;
let clear = null;
let isPushed = false;

const shownLinks = () => list().filter(({ isShown, link }) => isShown && kindOf(link)).map(({ link }) => link);
const wantedName = () => new URLSearchParams(location.search).get("show");
const wantedLink = () => {
  const name = wantedName();
  return name ? shownLinks().find((link) => nameOf(link) === name) : undefined;
};
const textOf = (link) => $("bdi", link).textContent;

const empty = () => {
  clear?.();
  clear = null;
  stage.replaceChildren();
  stage.ariaBusy = "false";
  note.replaceChildren();
};

const tell = (sentence, href, label) =>
  note.replaceChildren(sentence, " ", make("a", { href, textContent: label }));

const fail = (sentence) => {
  stage.ariaBusy = "false";
  stage.replaceChildren();
  tell(sentence, save.href, "Download it");
};

const show = (link, isAsked) => {
  empty();
  current = link;
  const links = shownLinks();
  const at = links.indexOf(link);
  const kind = kindOf(link);
  const size = $("td[title]", link.closest("tr"))?.textContent;
  document.title = title.title = title.firstChild.textContent = textOf(link);
  place.textContent = (at + 1) + " of " + links.length + (size ? " \\u00b7 " + size : "");
  previous.hidden = next.hidden = links.length < 2;
  previous.ariaDisabled = String(at < 1);
  next.ariaDisabled = String(at > links.length - 2);
  save.href = link.href + "?download";
  file.href = link.href;
  stage.dataset.kind = kind;
  stage.ariaLabel = kind[0].toUpperCase() + kind.slice(1);
  stage.tabIndex = kind === "text" ? 0 : -1;
  stage.scrollTop = 0;
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) {
    dialog.showModal();
    document.documentElement.style.overflow = "hidden";
    stage.focus();
  }
  clear = SHOWERS[kind](link, { isAsked, following: links[at + 1] });
  if (!dialog.contains(document.activeElement)) stage.focus();
};

const walk = (step) => {
  const links = shownLinks();
  const link = links[links.indexOf(current) + step];
  if (!link) return;
  setQuery("show", nameOf(link));
  show(link, false);
};

const leave = () => {
  const link = current;
  current = null;
  empty();
  dropAhead();
  document.title = pageTitle;
  document.documentElement.style.overflow = "";
  if (isPushed) history.back();
  else {
    history.scrollRestoration = "auto";
    if (wantedName() !== null) setQuery("show", null);
  }
  isPushed = false;
  link.focus();
};

dialog.addEventListener("close", leave);
shut.addEventListener("click", () => dialog.close());
previous.addEventListener("click", () => walk(-1));
next.addEventListener("click", () => walk(1));
dialog.addEventListener("keydown", (event) => {
  event.stopPropagation();
  dialog.classList.add("keyed");
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // The controls of audio and video use the same keys.
  if (event.target.closest("audio, video")) return;
  const media = $("audio, video", stage);
  if (event.key === " " && event.target === stage && media) {
    event.preventDefault();
    // What is left while it starts is no error.
    if (media.paused) media.play().catch(() => {});
    else media.pause();
  }
  if (event.key === "ArrowLeft") walk(-1);
  if (event.key === "ArrowRight") walk(1);
});
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("tbody th a[href]");
  if (!link || !kindOf(link)) return;
  event.preventDefault();
  // A click that no pointer made.
  dialog.classList.toggle("keyed", event.detail === 0);
  // Of the page as it is left: closing leads to the row that was shown last.
  history.scrollRestoration = "manual";
  isPushed = setQuery("show", nameOf(link), true);
  show(link, true);
});
onState(() => {
  const link = wantedLink();
  if (link && link !== current) show(link, false);
  if (!link && dialog.open) {
    isPushed = false;
    dialog.close();
  }
  if (!dialog.open) history.scrollRestoration = "auto";
});
`;

const START_SCRIPT = `
const asked = wantedLink();
if (asked) show(asked, false);
`;

/**
 * Source of a block that needs what `script_kinds.ts` declares, and of the
 * page's own script `$`, `list`, `setQuery` and `onState`.
 *
 * @example Usage
 * ```ts
 * import { VIEWER_SCRIPT } from "./script_viewer.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(VIEWER_SCRIPT, /showModal/);
 * ```
 */
export const VIEWER_SCRIPT: string = [
  "{",
  DIALOG_SCRIPT,
  MEDIA_SCRIPT,
  TEXT_SCRIPT,
  SWIPE_SCRIPT,
  START_SCRIPT,
  "}",
].join("\n");
