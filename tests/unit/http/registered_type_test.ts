import { assertEquals } from "@std/assert";
import { typeByExtension } from "@std/media-types/type-by-extension";

import {
  COMMON_TYPES,
  registeredType,
} from "../../../lib/http/registered_type.ts";

Deno.test("COMMON_TYPES says what the registry says", () => {
  const registered = [...COMMON_TYPES.keys()].map((extension) => [
    extension,
    typeByExtension(extension),
  ]);

  assertEquals([...COMMON_TYPES], registered);
});

Deno.test.each<{ extension: string; type: string | undefined }>([
  { extension: "html", type: "text/html" },
  { extension: "epub", type: "application/epub+zip" },
  { extension: "unknown", type: undefined },
  { extension: "constructor", type: undefined },
])("registeredType() of $extension is $type", async ({ extension, type }) => {
  assertEquals(await registeredType(extension), type);
});
