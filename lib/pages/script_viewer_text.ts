/**
 * The part of the viewer that shows text: the beginning of the file, as it is,
 * as the text of one element.
 *
 * @module
 */

/**
 * Source that declares `showText`. It reads 256 KiB at most, whatever the
 * server sends, and says when there is more.
 *
 * @example Usage
 * ```ts
 * import { TEXT_SCRIPT } from "./script_viewer_text.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(TEXT_SCRIPT, /textContent/);
 * ```
 */
export const TEXT_SCRIPT: string = `
const TEXT_BYTES = 262144;
const UNREADABLE = "This file could not be loaded.";

const readStart = async (link, signal) => {
  // No byte of an empty file can be asked for.
  const isEmpty = sizeOf(link.closest("tr")) === 0;
  const response = await fetch(addressOf(link), {
    headers: isEmpty ? {} : { range: "bytes=0-" + (TEXT_BYTES - 1) },
    redirect: "error",
    signal,
  });
  // It was emptied since the page was made.
  if (response.status === 416) return { bytes: new Uint8Array(), isWhole: true };
  if (response.status === 404) return { problem: "This file is no longer there." };
  if (!response.ok) return { problem: UNREADABLE };
  const total = /\\/(\\d+)$/.exec(response.headers.get("content-range"))?.[1];
  const bytes = new Uint8Array(TEXT_BYTES);
  const reader = response.body.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: bytes.subarray(0, length), isWhole: !(total > length) };
    const part = value.subarray(0, TEXT_BYTES - length);
    bytes.set(part, length);
    length += part.length;
    if (part.length < value.length) {
      await reader.cancel();
      return { bytes, isWhole: false };
    }
  }
};

const decode = (bytes) => {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  // A character that the end cuts in two is left out.
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes, { stream: true });
};

const showText = (link) => {
  const leaving = new AbortController();
  const put = ({ bytes, isWhole, problem }) => {
    if (leaving.signal.aborted) return;
    if (problem) return fail(problem);
    const text = decode(bytes);
    if (text.includes("\\0")) return fail("This file is not text.");
    stage.ariaBusy = "false";
    if (text) stage.append(make("pre", { textContent: text }));
    else note.textContent = "This file is empty.";
    if (!isWhole) tell("Only the first 262 kB are shown.", link.href, "Open the whole file");
  };
  stage.ariaBusy = "true";
  readStart(link, leaving.signal).catch(() => ({ problem: UNREADABLE })).then(put);
  return () => leaving.abort();
};
`;
