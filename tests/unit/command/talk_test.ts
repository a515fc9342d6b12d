import { assertEquals } from "@std/assert";

import { COULD_NOT_RUN, WRONG_USAGE } from "../../../lib/command/talk.ts";

Deno.test("the exit codes are those that the README promises", () => {
  assertEquals({ COULD_NOT_RUN, WRONG_USAGE }, {
    COULD_NOT_RUN: 1,
    WRONG_USAGE: 2,
  });
});
