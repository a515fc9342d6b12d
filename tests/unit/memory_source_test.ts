import { assert, assertEquals } from "@std/assert";

import { memorySource } from "../../lib/memory_source.ts";
import { concat } from "../_support/raw.ts";

Deno.test.each<{ size: number; isForRuntime: boolean }>([
  { size: 0, isForRuntime: true },
  { size: 262_144, isForRuntime: false },
  { size: 600_000, isForRuntime: true },
  { size: 600_000, isForRuntime: false },
])(
  "memorySource() gives $size bytes, copied unless for the runtime: $isForRuntime",
  async (row) => {
    const bytes = new Uint8Array(row.size).map((_, i) => i % 251);
    const source = memorySource(bytes, row);
    const pieces: Uint8Array[] = [];

    for (;;) {
      const piece = await source.next();
      if (piece === null) break;
      assert(piece.length > 0 && piece.length <= 262_144);
      assertEquals(piece.buffer === bytes.buffer, row.isForRuntime);
      pieces.push(piece);
    }

    assertEquals(concat(pieces), bytes);
  },
);
