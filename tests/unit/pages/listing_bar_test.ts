import { assert, assertEquals, assertMatch } from "@std/assert";

import { barEnd, barTop } from "../../../lib/pages/listing_bar.ts";

const VIEW = { archive: true, folders: 1, files: 2 };
const EMPTY = { folders: 0, files: 0 };

function valuesIn(markup: string): string[] {
  return [...markup.matchAll(/name="archive"\s+value="([^"]+)"/g)]
    .map(([, value]) => value ?? "");
}

Deno.test("barTop() and barEnd() offer the folder and the selection in each format", () => {
  const formats = ["zip", "tar", "tar.gz"];

  assertEquals(valuesIn(String(barTop(VIEW))), formats);
  assertEquals(valuesIn(String(barEnd(VIEW))), formats);
});

Deno.test.each([
  { what: "archives are off", view: { ...VIEW, archive: false } },
  { what: "the folder is empty", view: { ...VIEW, ...EMPTY } },
])("barTop() and barEnd() offer no archive when $what", ({ view }) => {
  assertEquals(valuesIn(`${barTop(view)}${barEnd(view)}`), []);
});

Deno.test("barTop() has nothing to filter in an empty folder", () => {
  assert(!String(barTop({ ...VIEW, ...EMPTY })).includes("filter"));
  assertMatch(String(barTop(VIEW)), /type="search" id="filter"/);
});

Deno.test("barTop() of what needs a script alone is for a script alone", () => {
  const bar = (view: typeof VIEW) => String(barTop(view)).split("\n")[0];

  assertEquals(bar(VIEW), '<div class="bar">');
  assertEquals(bar({ ...VIEW, archive: false }), '<div class="bar script">');
});

Deno.test("barTop() and barEnd() have no link, which a mirroring program would follow", () => {
  assert(!`${barTop(VIEW)}${barEnd(VIEW)}`.includes("href"));
});

Deno.test("barTop() and barEnd() name every button", () => {
  const markup = `${barTop(VIEW)}${barEnd(VIEW)}`;

  const buttons = [...markup.matchAll(/<button([^>]*)>([^]*?)<\/button>/g)];
  assert(buttons.length > 10);
  const mute = buttons.filter(([, attributes = "", text = ""]) =>
    text.trim() === "" && !attributes.includes("aria-label=")
  );
  assertEquals(mute, []);
});
