import { assertEquals } from "@std/assert";

import { FLUSH_MS, stopServing } from "../../../lib/command/stop_serving.ts";

Deno.test("stopServing() waits for the answers, then for the log", async () => {
  const steps: string[] = [];
  const drained = Promise.withResolvers<void>();
  const serving = {
    requestsUnderWay: 1,
    stop() {
      steps.push("stop");
      return drained.promise;
    },
  };
  const log = {
    flush(deadlineMs: number) {
      steps.push(`flush ${deadlineMs}`);
      return Promise.resolve();
    },
  };

  const stopped = stopServing(serving, log);
  assertEquals(steps, ["stop"]);
  drained.resolve();
  await stopped;

  assertEquals(steps, ["stop", `flush ${FLUSH_MS}`]);
});

Deno.test("stopServing() hands the log over where stopping fails", async () => {
  let isFlushed = false;

  await stopServing({
    requestsUnderWay: 0,
    stop: () => Promise.reject(new Error("x")),
  }, {
    flush() {
      isFlushed = true;
      return Promise.resolve();
    },
  });

  assertEquals(isFlushed, true);
});
