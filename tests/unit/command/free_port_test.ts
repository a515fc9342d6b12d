import { assert, assertEquals } from "@std/assert";

import { findPort } from "../../../lib/command/free_port.ts";
import { libUrl, runModule } from "../disk/_child.ts";

/** An address of this machine that no other test listens on. */
const QUIET_ADDRESS = "127.0.0.79";

const IMPORT = `import { findPort } from "${libUrl("command/free_port.ts")}";`;

function canListen(): boolean {
  try {
    Deno.listen({ hostname: QUIET_ADDRESS, port: 0 }).close();
    return true;
  } catch {
    return false; // only Linux has all of 127/8
  }
}

Deno.test("findPort() leaves a port alone that was asked for", () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;

  assertEquals(findPort({ bind: "127.0.0.1", port, portAsked: true }), {
    kind: "port",
    port,
    taken: [],
  });
});

Deno.test("findPort() finds a free port for 0", () => {
  const found = findPort({ bind: "127.0.0.1", port: 0, portAsked: true });

  assert(found.kind === "port" && found.port > 0);
  Deno.listen({ hostname: "127.0.0.1", port: found.port }).close();
});

Deno.test({
  name: "findPort() passes over ports that are taken",
  ignore: !canListen(),
  fn() {
    const hostname = QUIET_ADDRESS;
    using _first = Deno.listen({ hostname, port: 8000 });
    using _second = Deno.listen({ hostname, port: 8001 });

    assertEquals(findPort({ bind: hostname, port: 8000, portAsked: false }), {
      kind: "port",
      port: 8002,
      taken: [8000, 8001],
    });
  },
});

Deno.test({
  name: "findPort() finds none where all ten are taken",
  ignore: !canListen(),
  fn() {
    const hostname = "127.0.0.80";
    using stack = new DisposableStack();
    for (let port = 8000; port <= 8009; port++) {
      stack.use(Deno.listen({ hostname, port }));
    }

    assertEquals(findPort({ bind: hostname, port: 8000, portAsked: false }), {
      kind: "none",
    });
  },
});

Deno.test("findPort() leaves an address that is wrong to who listens", () => {
  assertEquals(findPort({ bind: "192.0.2.1", port: 8000, portAsked: false }), {
    kind: "port",
    port: 8000,
    taken: [],
  });
});

Deno.test.each<{ flag: string; kind: string }>([
  { flag: "--allow-net=127.0.0.1:8000", kind: "port" },
  { flag: "--allow-net=127.0.0.1:8001", kind: "none" },
  { flag: "--allow-net=127.0.0.2", kind: "none" },
])("findPort() with $flag: $kind", async ({ flag, kind }) => {
  const code = `${IMPORT}
    const wanted = { bind: "127.0.0.1", port: 8000, portAsked: true };
    console.log(JSON.stringify(findPort(wanted).kind));`;

  assertEquals(await runModule(code, { flags: [flag] }), kind);
});
