import { assertEquals } from "@std/assert";

import { announce } from "../../../lib/command/announce.ts";
import type { Started } from "../../../lib/command/start_facts.ts";
import { COMMAND_DEFAULTS } from "../../../lib/options.ts";

const STARTED: Started = {
  root: { kind: "directory", path: "/srv/www", name: "" },
  address: { bind: "127.0.0.1", port: 8001, scheme: "http" },
  taken: [8000],
  machine: { home: null, hostName: null, interfaces: null },
  access: {
    users: null,
    hosts: [],
    certificate: null,
    renewal: null,
    files: [],
    warnings: [],
  },
};

Deno.test("announce() prints the start page, and notes its warnings where nobody looks on", () => {
  const said: string[] = [];

  announce(STARTED, COMMAND_DEFAULTS, {
    print: (text) => said.push(`print ${text.split(" (", 1)[0]}`),
    note: (message) => said.push(`note ${message}`),
  });

  assertEquals(said, [
    "print Serving HTTP on 127.0.0.1 port 8001",
    ...Deno.stdout.isTerminal()
      ? []
      : ["note port 8000 is taken, so this is port 8001"],
  ]);
});
