/**
 * The part of the folder page's script that looks after the tools: the view,
 * the menu and the dialogs.
 *
 * @module
 */

/**
 * Text of the part.
 *
 * @example Usage
 * ```ts
 * import { BAR_PART } from "./script_bar.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(BAR_PART, /showModal/);
 * ```
 */
export const BAR_PART: string = `
const view = $(".view");
const showView = () => view?.setAttribute("aria-pressed", look.contains("grid"));
const setView = (isGrid) => {
  look.toggle("grid", isGrid);
  showView();
  setQuery("view", isGrid ? "grid" : null);
  // The next folder is shown in the same way.
  try { sessionStorage.setItem("view", isGrid ? "grid" : "list"); } catch { /* not, then */ }
  say(isGrid ? "Grid" : "List");
  tell("view", isGrid);
};
const toggleView = () => setView(!look.contains("grid"));
showView();
// As it was in the folder before; whoever is given the address sees it too.
if (view && look.contains("grid")) setQuery("view", "grid");
view?.addEventListener("click", toggleView);

const menu = $(".menu");
const closeMenu = () => {
  if (!menu?.open) return false;
  menu.open = false;
  return true;
};
document.addEventListener("click", ({ target }) => {
  // The form has its button's value only after the click.
  if (menu?.open && (!menu.contains(target) || target.closest("button"))) setTimeout(closeMenu);
});
menu?.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !menu.contains(relatedTarget)) closeMenu();
});

for (const dialog of document.querySelectorAll("#keys, #qr")) {
  $(".clear", dialog).addEventListener("click", () => dialog.close());
  // Closed by a click beside it, which its margin inside is not, nor the end of
  // a selection.
  let isBeside = false;
  dialog.addEventListener("pointerdown", ({ clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    isBeside = clientX < left || clientX > right || clientY < top || clientY > bottom;
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog && isBeside) dialog.close();
  });
}
const showKeys = () => $("#keys").showModal();
$(".help").addEventListener("click", showKeys);

const address = $(".address span");
$(".tool.qr").addEventListener("click", async () => {
  const here = location.origin + location.pathname;
  address.textContent ||= here;
  $("#qr").showModal();
  if ($("#qr img")) return;
  // This window may have come by a name that leads nowhere from elsewhere.
  const response = await fetch(here + "?qr=text").catch(() => null);
  const isAddress = response?.ok && response.headers.get("content-type")?.startsWith("text/plain");
  const text = isAddress ? await response.text() : "";
  // Closed and opened again meanwhile, it has its code.
  if (text === "" || $("#qr img")) return;
  address.textContent = text.trim();
  const image = document.createElement("img");
  image.alt = "QR code of the address below";
  image.src = here + "?qr";
  address.parentNode.before(image);
});
$(".address button").addEventListener("click", async ({ target }) => {
  try {
    await navigator.clipboard.writeText(address.textContent);
  } catch {
    // Over plain HTTP a browser offers this older way alone.
    getSelection().selectAllChildren(address);
    document.execCommand("copy");
  }
  target.textContent = "Copied";
  say("Address copied");
  setTimeout(() => target.textContent = "Copy", 2000);
});
`;
