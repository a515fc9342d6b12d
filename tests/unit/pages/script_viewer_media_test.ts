import { assertEquals } from "@std/assert";

import { MEDIA_SCRIPT } from "../../../lib/pages/script_viewer_media.ts";

const hrefOf = ({ href }: { readonly href: string }) => href;

Deno.test("MEDIA_SCRIPT has a way to show each kind", () => {
  const showers = new Function(
    `"use strict"; ${MEDIA_SCRIPT} return SHOWERS;`,
  )();

  assertEquals(Object.keys(showers), ["image", "video", "audio", "text"]);
});

Deno.test.each([
  [true, false, true],
  // Opened by its address, or walked to.
  [false, false, false],
  // A person who wants less motion.
  [true, true, false],
])(
  "a recording asked for: %o, calm: %o, plays: %o",
  (isAsked, matches, plays) => {
    let autoplay: unknown;
    const make = (_tag: string, properties: { autoplay: unknown }) => {
      autoplay = properties.autoplay;
      return { addEventListener: () => {} };
    };
    const show = new Function(
      "make",
      "stage",
      "textOf",
      "calm",
      "addressOf",
      `"use strict"; ${MEDIA_SCRIPT} return SHOWERS.audio;`,
    )(make, { append: () => {} }, () => "name", { matches }, hrefOf);

    show({ href: "http://host/a.opus" }, { isAsked });

    assertEquals(autoplay, plays);
  },
);

Deno.test("MEDIA_SCRIPT frees a recording that is left", () => {
  const done: string[] = [];
  const media = {
    addEventListener: () => {},
    pause: () => done.push("pause"),
    removeAttribute: (name: string) => done.push(name),
    load: () => done.push("load"),
  };
  const show = new Function(
    "make",
    "stage",
    "textOf",
    "addressOf",
    `"use strict"; const calm = {}; ${MEDIA_SCRIPT} return SHOWERS.video;`,
  )(() => media, { append: () => done.push("append") }, () => "name", hrefOf);

  show({ href: "http://host/a.webm" }, { isAsked: false })();

  assertEquals(done, ["append", "pause", "src", "load"]);
});
