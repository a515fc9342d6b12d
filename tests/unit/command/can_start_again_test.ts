import { assertEquals } from "@std/assert";

import { libUrl, runModule } from "../disk/_child.ts";

const IMPORT = `import * as again from "${
  libUrl("command/can_start_again.ts")
}";`;

Deno.test.each<{ flags: string[]; sandbox: boolean; can: boolean }>([
  { flags: ["-A"], sandbox: true, can: true },
  { flags: ["-A"], sandbox: false, can: false },
  { flags: ["--allow-run"], sandbox: true, can: true },
  { flags: [`--allow-run=${Deno.execPath()}`], sandbox: true, can: true },
  { flags: ["--allow-run=xdg-open"], sandbox: true, can: false },
  { flags: ["--allow-net", "--allow-read"], sandbox: true, can: false },
])("canStartAgain() with $flags, sandbox $sandbox: $can", async (row) => {
  const code = `${IMPORT}
    console.log(again.canStartAgain({ sandbox: ${row.sandbox} }));`;

  assertEquals(await runModule(code, { flags: row.flags }), row.can);
});
