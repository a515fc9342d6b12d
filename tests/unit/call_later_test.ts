import { assert, assertEquals } from "@std/assert";

import { callLater } from "../../lib/call_later.ts";
import { libUrl, runModule } from "./disk/_child.ts";

Deno.test("callLater() calls once, and not before the time has come", async () => {
  const start = performance.now();
  let calls = 0;

  await new Promise<void>((resolve) => {
    callLater(() => {
      calls++;
      resolve();
    }, 20);
  });

  assertEquals(calls, 1);
  assert(performance.now() - start >= 19);
});

Deno.test("callLater() does not call what was called off", async () => {
  const called: string[] = [];

  const callOff = callLater(() => called.push("first"), 1);
  callOff();
  await new Promise<void>((resolve) => void callLater(resolve, 20));

  assertEquals(called, []);
});

Deno.test("callLater() does not keep a process for what was called off", async () => {
  const code = `
    import { callLater } from "${libUrl("call_later.ts")}";
    callLater(() => {}, 600_000)();
    console.log(JSON.stringify("ended"));`;

  assertEquals(await runModule(code), "ended");
});
