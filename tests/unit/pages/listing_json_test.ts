import { assertEquals } from "@std/assert";

import type { Entry } from "../../../lib/entry.ts";
import { jsonPieces } from "../../../lib/pages/listing_json.ts";

Deno.test("jsonPieces() of no entries is an empty list", () => {
  assertEquals([...jsonPieces([])].join(""), "[\n]\n");
});

Deno.test("jsonPieces() writes one entry a line", () => {
  const text = [...jsonPieces([
    { name: 'a "b".txt', kind: "file", size: 5, modified: 1_000 },
    { name: "d", kind: "directory", size: null, modified: null },
  ])].join("");

  assertEquals(
    text,
    `[
{"name":"a \\"b\\".txt","type":"file","size":5,"modified":"1970-01-01T00:00:01.000Z","url":"./a%20%22b%22.txt"},
{"name":"d","type":"directory","size":null,"modified":null,"url":"./d/"}
]
`,
  );
});

Deno.test.each([1, 199, 200, 201, 400, 401])(
  "jsonPieces() of %i entries come to one list",
  (count) => {
    const entries = Array.from({ length: count }, (_, i): Entry => ({
      name: `f${i}`,
      kind: "file",
      size: i,
      modified: null,
    }));

    const list: Entry[] = JSON.parse([...jsonPieces(entries)].join(""));

    assertEquals(list.map(({ name }) => name), entries.map((e) => e.name));
  },
);
