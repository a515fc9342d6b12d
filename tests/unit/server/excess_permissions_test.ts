import { assertEquals } from "@std/assert";

import { libUrl, runModule } from "../disk/_child.ts";

const IMPORT = `
  import { describeExcess } from "${libUrl("server/excess_permissions.ts")}";
  import { giveBack } from "${libUrl("server/permissions.ts")}";`;

Deno.test.each<{ flags: string[]; more: string[] }>([
  { flags: ["--allow-read=/srv/www", "--allow-net=127.0.0.1:8000"], more: [] },
  { flags: [], more: [] },
  // The optional parts are no excess: they are one variable, one kind.
  {
    flags: ["--allow-env=PORT", "--allow-sys=networkInterfaces"],
    more: [],
  },
  { flags: ["--allow-read"], more: ["read every file"] },
  { flags: ["--allow-read=/srv"], more: ["read /srv"] },
  { flags: ["--allow-read=/"], more: ["read /srv"] },
  { flags: ["--allow-net"], more: ["use the whole network"] },
  { flags: ["--allow-net=127.0.0.1"], more: ["use every port of 127.0.0.1"] },
  { flags: ["--allow-write", "--allow-run"], more: ["write", "run"] },
  {
    flags: ["-A"],
    more: [
      "read every file",
      "use the whole network",
      "write",
      "run",
      "env",
      "ffi",
      "sys",
      "import",
    ],
  },
])("describeExcess() with $flags: $more", async ({ flags, more }) => {
  const code = `${IMPORT}
    const root = { kind: "directory", path: "/srv/www", name: "" };
    const address = { bind: "127.0.0.1", port: 8000 };
    console.log(JSON.stringify(describeExcess(root, address)));`;

  assertEquals(await runModule(code, { flags }), more);
});

Deno.test.each<{ grant: string; more: string[] }>([
  { grant: "[::]:8000", more: [] },
  { grant: "[::]", more: ["use every port of ::"] },
])("describeExcess() with --allow-net=$grant: $more", async (row) => {
  const code = `${IMPORT}
    const root = { kind: "directory", path: "/srv/www", name: "" };
    const address = { bind: "::", port: 8000 };
    console.log(JSON.stringify(describeExcess(root, address)));`;

  assertEquals(
    await runModule(code, { flags: [`--allow-net=${row.grant}`] }),
    row.more,
  );
});

Deno.test("describeExcess() tells what is left after giveBack()", async () => {
  const code = `${IMPORT}
    giveBack();
    const root = { kind: "directory", path: "/", name: "" };
    const address = { bind: "127.0.0.1", port: 8000 };
    console.log(JSON.stringify(describeExcess(root, address)));`;

  assertEquals(await runModule(code), [
    "read every file",
    "use the whole network",
  ]);
});
