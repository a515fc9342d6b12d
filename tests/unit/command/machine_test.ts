import { assertEquals } from "@std/assert";

import { libUrl, runModule } from "../disk/_child.ts";

const CODE = `
  import { lookAround } from "${libUrl("command/machine.ts")}";
  const { home, hostName, interfaces } = lookAround();
  console.log(JSON.stringify([
    home !== null,
    hostName !== null,
    interfaces?.some(({ address }) => address === "127.0.0.1") ?? false,
  ]));`;

const HOME = Deno.build.os === "windows" ? "USERPROFILE" : "HOME";

Deno.test.each<{ flags: string[]; known: boolean[] }>([
  { flags: [], known: [false, false, false] },
  { flags: [`--allow-env=${HOME}`], known: [true, false, false] },
  { flags: ["--allow-sys=hostname"], known: [false, true, false] },
  { flags: ["--allow-sys=networkInterfaces"], known: [false, false, true] },
  { flags: ["-A"], known: [true, true, true] },
])("lookAround() with $flags knows $known", async ({ flags, known }) => {
  assertEquals(await runModule(CODE, { flags }), known);
});

Deno.test("lookAround() does without addresses where the system tells none", async () => {
  const code = `
    Deno.networkInterfaces = () => {
      throw new TypeError("Address family not supported by protocol");
    };
    ${CODE}`;

  assertEquals(await runModule(code, { flags: ["-A"] }), [true, true, false]);
});
