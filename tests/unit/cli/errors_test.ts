import { assert, assertEquals } from "@std/assert";

import { UsageError } from "../../../lib/cli/errors.ts";

Deno.test("UsageError carries its name and message", () => {
  const error = new UsageError("Cannot share two folders");

  assert(error instanceof Error);
  assertEquals(`${error}`, "UsageError: Cannot share two folders");
});
