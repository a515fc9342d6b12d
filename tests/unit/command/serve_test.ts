import { assertRejects } from "@std/assert";

import { serve } from "../../../lib/command/serve.ts";
import { COMMAND_DEFAULTS } from "../../../lib/options.ts";

// Serving itself gives permissions back and ends the process: tests/cli.

Deno.test("serve() says what cannot be shared before it does anything", async () => {
  const options = { ...COMMAND_DEFAULTS, directory: "/no/such/folder" };
  const setting = {
    print: () => {},
    warn: () => {},
    fail(message: string, code: number): never {
      throw new Error(`${code}: ${message}`);
    },
    machine: { home: null, hostName: null, interfaces: null },
    taken: [],
    control: null,
  };

  await assertRejects(
    () => serve(options, setting),
    Error,
    '2: Cannot find "/no/such/folder"',
  );
});
