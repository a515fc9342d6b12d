import { assert, assertEquals } from "@std/assert";

import {
  bracket,
  formatHost,
  isGranted,
  mayListen,
} from "../../../lib/server/permissions.ts";
import { libUrl, runModule } from "../disk/_child.ts";

const IMPORT = `import * as permissions from "${
  libUrl("server/permissions.ts")
}";`;

Deno.test.each<{ bind: string; port: number; host: string }>([
  { bind: "0.0.0.0", port: 8000, host: "0.0.0.0:8000" },
  { bind: "127.0.0.1", port: 0, host: "127.0.0.1:0" },
  { bind: "::", port: 8000, host: "[::]:8000" },
  { bind: "::1", port: 80, host: "[::1]:80" },
  { bind: "localhost", port: 8000, host: "localhost:8000" },
])("formatHost() writes $host", ({ bind, port, host }) => {
  assertEquals(formatHost({ bind, port }), host);
});

Deno.test("isGranted() asks for what it is told", async () => {
  const code = `${IMPORT}
    console.log(JSON.stringify([
      { name: "env", variable: "PORT" },
      { name: "env", variable: "HOME" },
      { name: "env" },
      { name: "run" },
    ].map(permissions.isGranted)));`;

  const states = await runModule(code, { flags: ["--allow-env=PORT"] });

  assertEquals(states, [true, false, false, false]);
  assert(isGranted({ name: "read" }));
});

Deno.test.each<{ flag: string; bind: string; port: number; may: boolean }>([
  { flag: "127.0.0.1:8000", bind: "127.0.0.1", port: 8000, may: true },
  { flag: "127.0.0.1:8000", bind: "127.0.0.1", port: 8001, may: false },
  { flag: "127.0.0.1:8000", bind: "0.0.0.0", port: 8000, may: false },
  { flag: "127.0.0.1", bind: "127.0.0.1", port: 8001, may: true },
  { flag: "[::]:8000", bind: "::", port: 8000, may: true },
  { flag: "localhost:8000", bind: "localhost", port: 8000, may: true },
])("mayListen() with --allow-net=$flag on $bind, $port: $may", async (row) => {
  const address = JSON.stringify({ bind: row.bind, port: row.port });
  const code = `${IMPORT}
    console.log(JSON.stringify(permissions.mayListen(${address})));`;

  assertEquals(
    await runModule(code, { flags: [`--allow-net=${row.flag}`] }),
    row.may,
  );
});

Deno.test("mayListen() is true where all is granted", () => {
  assert(mayListen({ bind: "0.0.0.0", port: 0 }));
});

const NAMES = ["read", "net", "write", "run", "env", "ffi", "sys", "import"];

Deno.test.each<{ flags: string[]; kept: string[] }>([
  { flags: ["-A"], kept: ["read", "net"] },
  { flags: ["--allow-read", "--allow-env"], kept: ["read"] },
  { flags: [], kept: [] },
])("giveBack() with $flags keeps $kept", async ({ flags, kept }) => {
  const code = `${IMPORT}
    permissions.giveBack();
    const kept = ${JSON.stringify(NAMES)}
      .filter((name) => permissions.isGranted({ name }));
    console.log(JSON.stringify(kept));`;

  assertEquals(await runModule(code, { flags }), kept);
});

Deno.test("giveBack() keeps what it is told to, once", async () => {
  const code = `${IMPORT}
    const descriptor = { name: "run", command: "xdg-open" };
    permissions.giveBack(["run"]);
    const before = permissions.isGranted(descriptor);
    const env = permissions.isGranted({ name: "env" });
    permissions.giveBack();
    const after = permissions.isGranted(descriptor);
    console.log(JSON.stringify({ before, env, after }));`;
  const flags = ["--allow-run", "--allow-env"];

  assertEquals(await runModule(code, { flags }), {
    before: true,
    env: false,
    after: false,
  });
});

Deno.test("giveBack() gives back parts of a permission too", async () => {
  const code = `${IMPORT}
    permissions.giveBack();
    let name = "";
    try { Deno.env.get("PORT"); } catch (error) { name = error.name; }
    console.log(JSON.stringify([
      permissions.isGranted({ name: "env", variable: "PORT" }), name,
    ]));`;

  const found = await runModule(code, { flags: ["--allow-env=PORT"] });

  assertEquals(found, [false, "NotCapable"]);
});

Deno.test("giveBackAll() keeps nothing", async () => {
  const code = `${IMPORT}
    permissions.giveBackAll();
    const kept = ${JSON.stringify(NAMES)}
      .filter((name) => permissions.isGranted({ name }));
    console.log(JSON.stringify(kept));`;

  assertEquals(await runModule(code, { flags: ["-A"] }), []);
});

Deno.test.each<{ bind: string; host: string }>([
  { bind: "127.0.0.1", host: "127.0.0.1" },
  { bind: "localhost", host: "localhost" },
  { bind: "::1", host: "[::1]" },
])("bracket() writes $host", ({ bind, host }) => {
  assertEquals(bracket(bind), host);
});
