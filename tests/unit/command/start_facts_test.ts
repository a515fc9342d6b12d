import { assertEquals, assertMatch } from "@std/assert";

import type { Access } from "../../../lib/command/access.ts";
import {
  noticesOf,
  type Started,
  startFacts,
  takenLines,
} from "../../../lib/command/start_facts.ts";
import { COMMAND_DEFAULTS, type CommandOptions } from "../../../lib/options.ts";

const ACCESS: Access = {
  users: null,
  hosts: [],
  certificate: null,
  renewal: null,
  files: [],
  warnings: [],
};

const STARTED: Started = {
  root: { kind: "directory", path: "/home/ann/site", name: "" },
  address: { scheme: "http", bind: "0.0.0.0", port: 8000 },
  taken: [],
  machine: { home: "/home/ann", hostName: null, interfaces: null },
  access: ACCESS,
};

const USERS = [{ name: "ann", password: "secret" }];

Deno.test("startFacts() tells what is shared and where", () => {
  const facts = startFacts(STARTED, COMMAND_DEFAULTS);

  assertEquals(facts.shared, "folder");
  assertEquals(facts.folder, "~/site");
  assertEquals(facts.allowed, ["read ~/site", "listen on port 8000"]);
  assertEquals(facts.asksPassword, false);
  assertEquals(facts.warnings, []);
});

Deno.test("startFacts() tells of files that are read besides", () => {
  const access = { ...ACCESS, files: ["/home/ann/users", "/etc/a.key"] };

  const { allowed } = startFacts({ ...STARTED, access }, COMMAND_DEFAULTS);

  assertEquals(allowed, [
    "read ~/site",
    "read ~/users",
    "read /etc/a.key",
    "listen on port 8000",
  ]);
});

Deno.test.each<{ about: string; started: Partial<Started>; lines: string[] }>([
  {
    about: "a home folder",
    started: { root: { kind: "directory", path: "/home/ann", name: "" } },
    lines: ["all of ~ is shared: give a folder to share less"],
  },
  {
    about: "ports that are taken",
    started: { taken: [7998, 7999] },
    lines: ["ports 7998 to 7999 are taken, so this is port 8000"],
  },
  {
    about: "passwords without TLS",
    started: { access: { ...ACCESS, users: USERS } },
    lines: ["passwords travel unencrypted: add --tls"],
  },
  {
    about: "passwords without TLS on this machine alone",
    started: {
      access: { ...ACCESS, users: USERS },
      address: { scheme: "http", bind: "127.0.0.1", port: 8000 },
    },
    lines: [],
  },
  {
    about: "passwords with TLS",
    started: {
      access: { ...ACCESS, users: USERS },
      address: { scheme: "https", bind: "0.0.0.0", port: 8000 },
    },
    lines: [],
  },
])("startFacts() warns of $about", ({ started, lines }) => {
  const facts = startFacts({ ...STARTED, ...started }, COMMAND_DEFAULTS);

  assertEquals(facts.warnings, lines);
});

Deno.test("startFacts() writes no narrower line where links may lead anywhere", () => {
  const options = { ...COMMAND_DEFAULTS, followSymlinks: true };

  assertEquals(startFacts(STARTED, options).narrowCommand, null);
});

Deno.test.each<{ flags: Partial<CommandOptions>; grant: RegExp }>([
  { flags: { qr: true }, grant: / --allow-sys=networkInterfaces / },
  { flags: { open: true }, grant: / --allow-run=(?:xdg-open|open|rundll32) / },
  { flags: {}, grant: /^(?!.*--allow-(?:sys|run))/ },
])("startFacts() writes a narrower line that permits $flags", ({
  flags,
  grant,
}) => {
  const { narrowCommand } = startFacts(STARTED, {
    ...COMMAND_DEFAULTS,
    ...flags,
  });

  assertMatch(narrowCommand ?? "", grant);
});

Deno.test.each<{ taken: number[]; lines: string[] }>([
  { taken: [], lines: [] },
  { taken: [8000], lines: ["port 8000 is taken, so this is port 8009"] },
  {
    taken: [8000, 8001, 8002],
    lines: ["ports 8000 to 8002 are taken, so this is port 8009"],
  },
])("takenLines() for $taken", ({ taken, lines }) => {
  assertEquals(takenLines(taken, 8009), lines);
});

Deno.test("noticesOf() gives warnings and the fingerprint", () => {
  assertEquals(noticesOf({ warnings: ["a"], fingerprint: null }), ["a"]);
  assertEquals(noticesOf({ warnings: ["a"], fingerprint: "AB:CD" }), [
    "a",
    "certificate SHA-256 AB:CD",
  ]);
});
