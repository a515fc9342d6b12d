import { assertEquals, assertRejects } from "@std/assert";

import { readAccess } from "../../../lib/command/access.ts";
import type { Machine } from "../../../lib/command/machine.ts";
import { COMMAND_DEFAULTS, type CommandOptions } from "../../../lib/options.ts";
import { makeTree } from "../../_support/tree.ts";

const MACHINE: Machine = { home: null, hostName: "Box", interfaces: null };
const HASH = "$pbkdf2-sha512$i=210000$IoGpv9808I1g1PcZW+QL2w$" +
  "F6DmwOLdB+stRSCxTEmlEFsFMVZ4WKxeGKc97MCLO1OOKG7MV63rlGweK86aZ5DSRmvBnM8E" +
  "Uc5R/2JVHc86Lg";

class Failed extends Error {
  constructor(message: string, readonly code: number) {
    super(message);
  }
}

const TALK = {
  fail(message: string, code: number): never {
    throw new Failed(message, code);
  },
};

function read(options: Partial<CommandOptions>) {
  return readAccess({ ...COMMAND_DEFAULTS, ...options }, MACHINE, TALK);
}

Deno.test("readAccess() asks for no password and speaks HTTP by default", async () => {
  assertEquals(await read({}), {
    users: null,
    hosts: ["Box"],
    certificate: null,
    renewal: null,
    files: [],
    warnings: [],
  });
});

Deno.test.each([["Bob's Mac"], ["a b"], [""]])(
  "readAccess() leaves out the machine's name %j, which no URL holds",
  async (hostName) => {
    const machine = { ...MACHINE, hostName };

    const { hosts } = await readAccess(COMMAND_DEFAULTS, machine, TALK);

    assertEquals(hosts, []);
  },
);

Deno.test("readAccess() answers to the name that it listens on", async () => {
  const { hosts } = await read({ bind: "files.example.com" });

  assertEquals(hosts, ["files.example.com", "Box"]);
});

Deno.test("readAccess() joins the users of both flags", async () => {
  await using tree = await makeTree({ "users.txt": `bob:${HASH}\n` });
  await Deno.chmod(tree.at("users.txt"), 0o600);

  const { users, files } = await read({
    users: [{ name: "ada", password: "x" }],
    authFile: tree.at("users.txt"),
  });

  assertEquals(users, [
    { name: "ada", password: "x" },
    { name: "bob", hash: HASH },
  ]);
  assertEquals(files, [tree.at("users.txt")]);
});

Deno.test("readAccess() refuses one user in both", async () => {
  await using tree = await makeTree({ "users.txt": `ada:${HASH}\n` });

  const error = await assertRejects(() =>
    read({
      users: [{ name: "ada", password: "x" }],
      authFile: tree.at("users.txt"),
    }), Failed);

  assertEquals([error.code, error.message], [
    2,
    'Cannot use --auth and --auth-file for the same user "ada": ' +
    "give one password",
  ]);
});

Deno.test("readAccess() fails with the line of a broken file", async () => {
  await using tree = await makeTree({ "users.txt": `ada:${HASH}\nbob\n` });

  const error = await assertRejects(
    () => read({ authFile: tree.at("users.txt") }),
    Failed,
    "line 2",
  );

  assertEquals(error.code, 2);
});

Deno.test("readAccess() makes a certificate for the address and the machine", async () => {
  const { certificate, renewal } = await read({ tls: true, bind: "10.1.2.3" });

  assertEquals(renewal, { kind: "self-signed", names: ["10.1.2.3", "Box"] });
  assertEquals(certificate?.fingerprint.split(":").length, 32);
});

Deno.test("readAccess() tells a loopback certificate nothing of the machine", async () => {
  const { renewal } = await read({ tls: true, bind: "127.0.0.1" });

  assertEquals(renewal, { kind: "self-signed", names: ["127.0.0.1"] });
});

Deno.test("readAccess() fails where a certificate is missing", async () => {
  const error = await assertRejects(
    () => read({ tlsCert: "./none.pem", tlsKey: "./none.key" }),
    Failed,
    "none.pem",
  );

  assertEquals(error.code, 2);
});
