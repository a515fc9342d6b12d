import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { ByteMemory } from "../../lib/byte_memory.ts";

Deno.test("get() gives what was set last under a key", () => {
  const memory = new ByteMemory<number>(100);

  memory.set("a", 1, 10);
  memory.set("a", 2, 20);

  assertEquals(memory.get("a"), 2);
  assertEquals(memory.get("b"), undefined);
  assertEquals(memory.bytes, 20);
});

Deno.test("set() lets go of what was used longest ago", () => {
  const memory = new ByteMemory<number>(30);
  memory.set("a", 1, 10);
  memory.set("b", 2, 10);
  memory.set("c", 3, 10);
  memory.get("b");
  memory.get("a");

  memory.set("d", 4, 20);

  assertEquals(memory.get("c"), undefined);
  assertEquals(memory.get("b"), undefined);
  assertEquals(memory.get("a"), 1);
  assertEquals(memory.get("d"), 4);
  assertEquals(memory.bytes, 30);
});

Deno.test("set() holds nothing that is larger than the limit, and lets go of nothing for it", () => {
  const memory = new ByteMemory<number>(30);
  memory.set("a", 1, 10);
  memory.set("b", 2, 10);

  memory.set("b", 3, 31);

  assertEquals(memory.get("a"), 1);
  assertEquals(memory.get("b"), undefined);
  assertEquals(memory.bytes, 10);
});

Deno.test("delete() frees the room", () => {
  const memory = new ByteMemory<number>(30);
  memory.set("a", 1, 10);

  memory.delete("a");
  memory.delete("a");

  assertEquals(memory.bytes, 0);
  assertEquals(memory.get("a"), undefined);
});

Deno.test("a memory is what a list with the same rule is, whatever is done with it", () => {
  const key = fc.constantFrom("a", "b", "c", "d", "e");
  const step = fc.oneof(
    fc.record({
      what: fc.constant("set" as const),
      key,
      bytes: fc.nat({ max: 60 }),
    }),
    fc.record({
      what: fc.constantFrom("get" as const, "delete" as const),
      key,
    }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
    const memory = new ByteMemory<number>(50);
    let list: { key: string; value: number; bytes: number }[] = [];
    for (const [value, done] of steps.entries()) {
      const found = list.find((held) => held.key === done.key);
      list = list.filter((held) => held !== found);
      if (done.what === "get") {
        assertEquals(memory.get(done.key), found?.value);
        if (found !== undefined) list.push(found);
      } else if (done.what === "delete") {
        memory.delete(done.key);
      } else if (done.what === "set") {
        memory.set(done.key, value, done.bytes);
        if (done.bytes > 50) continue;
        list.push({ key: done.key, value, bytes: done.bytes });
        while (list.reduce((sum, { bytes }) => sum + bytes, 0) > 50) {
          list.shift();
        }
      }
      const bytes = list.reduce((sum, held) => sum + held.bytes, 0);
      assertEquals(memory.bytes, bytes);
      assert(bytes <= 50);
    }
  }));
});
