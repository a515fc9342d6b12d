import { assertEquals, assertRejects } from "@std/assert";

import { startAgain } from "../../../lib/command/start_again.ts";
import type { Talk } from "../../../lib/command/talk.ts";
import { COMMAND_DEFAULTS } from "../../../lib/options.ts";
import { makeTree } from "../../_support/tree.ts";
import { libUrl, runModule } from "../disk/_child.ts";

// What the second process then does: tests/cli/sandbox_test.ts.

const IMPORT = `import * as again from "${libUrl("command/start_again.ts")}";`;

function talkTo(lines: string[]): Talk {
  return {
    print: (text) => lines.push(`print ${text}`),
    warn: (message) => lines.push(`warn ${message}`),
    fail(message, code) {
      throw new Error(`${code}: ${message}`);
    },
  };
}

Deno.test("startAgain() says what cannot be found", async () => {
  const options = { ...COMMAND_DEFAULTS, directory: "/no/such/folder" };

  await assertRejects(
    () => startAgain(options, talkTo([])),
    Error,
    '2: Cannot find "/no/such/folder"',
  );
});

Deno.test("startAgain() permits no half of a path with a comma", async () => {
  await using tree = await makeTree({ "a,b/": null, "c,d": "" });
  const lines: string[] = [];

  await startAgain({
    ...COMMAND_DEFAULTS,
    directory: tree.at("a,b"),
    port: 8000,
    portAsked: true,
    authFile: tree.at("c,d"),
  }, talkTo(lines));

  assertEquals(lines, [
    "warn Cannot start again with fewer permissions (no flag permits a path " +
    "with a comma); serving with all of them",
  ]);
});

Deno.test.each<{ flags: string[]; about: string }>([
  { flags: ["--allow-run"], about: "no read" },
  { flags: ["--allow-run", "--allow-read"], about: "no net" },
  {
    flags: ["--allow-run", "--allow-net=127.0.0.1:1", "--allow-read"],
    about: "net for another port",
  },
  {
    flags: ["--allow-run", "--allow-net", "--allow-read=/nowhere"],
    about: "read for another folder",
  },
])("startAgain() with $about permits no more than there is", async (row) => {
  const code = `${IMPORT}
    const options = ${JSON.stringify({ ...COMMAND_DEFAULTS, portAsked: true })};
    await again.startAgain(options, {});
    console.log("true");`;

  assertEquals(await runModule(code, { flags: row.flags }), true);
});
