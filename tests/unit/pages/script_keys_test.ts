import { assertEquals } from "@std/assert";

import { barEnd } from "../../../lib/pages/listing_bar.ts";
import { KEYS_PART } from "../../../lib/pages/script_keys.ts";

const NAMES: Readonly<Record<string, string>> = {
  "↑": "ArrowUp",
  "↓": "ArrowDown",
  "Esc": "Escape",
};

Deno.test("the script knows every key that the page tells of", () => {
  const help = String(barEnd({ archive: true, folders: 0, files: 1 }));

  const keys = [...help.matchAll(/<kbd>([^<]+)<\/kbd>/g)]
    .map(([, key = ""]) => NAMES[key] ?? key);
  const unknown = keys.filter((key) => !KEYS_PART.includes(`"${key}"`));
  assertEquals(keys.length > 10, true);
  assertEquals(unknown, []);
});
