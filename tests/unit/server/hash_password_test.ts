import { assert, assertEquals, assertMatch } from "@std/assert";

import {
  deriveDigest,
  parsePasswordHash,
} from "../../../lib/auth/password_hash.ts";
import { MAIN } from "../../_support/cli.ts";
import {
  hasTerminal,
  startCommand,
  waitForOutput,
} from "../../cli/_command.ts";

/** Runs `--hash-password` without any permission. */
async function hashPiped(input: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", MAIN, "--hash-password"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

function startOnTerminal() {
  return startCommand({
    denoFlags: [],
    args: ["--hash-password"],
    isOnTerminal: true,
  });
}

const ON_TERMINAL = { ignore: !await hasTerminal() };

Deno.test("--hash-password prints the hash of what is piped, and nothing else", async () => {
  const { code, stdout, stderr } = await hashPiped("open sesame\n");

  assertEquals([code, stderr], [0, ""]);
  const hash = parsePasswordHash(stdout.trimEnd());
  assert(hash !== undefined);
  assertEquals(hash.rounds, 210_000);
  assertEquals(await deriveDigest("open sesame", hash), hash.digest);
});

Deno.test("--hash-password of nothing exits 2", async () => {
  assertEquals(await hashPiped(""), {
    code: 2,
    stdout: "",
    stderr: "error: Cannot use an empty password: give one\n",
  });
});

Deno.test({
  name: "--hash-password on a terminal shows nothing of the password",
  ...ON_TERMINAL,
  async fn() {
    await using command = startOnTerminal();
    await waitForOutput(command, /Password: /);
    await command.type("s3cret\r");
    await waitForOutput(command, /Once more: /);
    await command.type("s3cret\r");

    assertEquals((await command.status).code, 0);
    const shown = command.stdout();
    const hash = /^\$pbkdf2-sha512\$i=210000\$[^$]+\$[^$]+\r?$/m;
    assertMatch(shown, hash);
    // One hash in forty has these letters by chance.
    assert(!shown.replace(hash, "").includes("s3"), shown);
  },
});

for (
  const { key, keys, code } of [
    { key: "Ctrl-C", keys: "s3cret\x03", code: 130 },
    { key: "Ctrl-D", keys: "\x04", code: 130 },
    { key: "Enter alone", keys: "\r", code: 2 },
  ]
) {
  Deno.test({
    name: `--hash-password exits ${code} at ${key}`,
    ...ON_TERMINAL,
    async fn() {
      await using command = startOnTerminal();
      await waitForOutput(command, /Password: /);

      await command.type(keys);

      assertEquals((await command.status).code, code);
    },
  });
}
