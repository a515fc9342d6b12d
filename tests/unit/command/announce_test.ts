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

Deno.test("announce() prints the start page, and notes its warnings where nobody looks on", async () => {
  const said: string[] = [];

  await announce(STARTED, COMMAND_DEFAULTS, {
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

Deno.test("announce() gives the origins of the networks", async () => {
  const origins = await announce(
    {
      ...STARTED,
      address: { bind: "0.0.0.0", port: 8001, scheme: "https" },
      machine: {
        ...STARTED.machine,
        interfaces: [
          { name: "docker0", family: "IPv4", address: "172.17.0.1" },
          { name: "eth0", family: "IPv4", address: "192.168.1.23" },
        ],
      },
    },
    COMMAND_DEFAULTS,
    { print: () => {}, note: () => {} },
  );

  assertEquals(origins, [
    "https://192.168.1.23:8001",
    "https://172.17.0.1:8001",
  ]);
});

Deno.test("announce() says why there is no QR code", async () => {
  const said: string[] = [];
  const say = (text: string) => void said.push(...text.split("\n"));

  const options = { ...COMMAND_DEFAULTS, qr: true };
  await announce({ ...STARTED, taken: [] }, options, {
    print: say,
    note: say,
  });

  const line = "no QR code: only this machine reaches 127.0.0.1; leave out " +
    "--bind";
  assertEquals(said.filter((each) => each.includes(line)).length, 1);
});
