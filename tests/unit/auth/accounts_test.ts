import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";

import { createAccounts } from "../../../lib/auth/accounts.ts";
import {
  deriveDigest,
  formatPasswordHash,
  hashPassword,
} from "../../../lib/auth/password_hash.ts";

/** Hash of a password with few rounds, as a file has it. */
async function hashOf(password: string, rounds = 1_000): Promise<string> {
  return formatPasswordHash(await hashPassword(password, rounds));
}

async function isRight(
  users: Parameters<typeof createAccounts>[0],
  claim: { name: string; password: string },
): Promise<boolean> {
  const account = (await createAccounts(users))(claim.name);
  // For a password in clear the digest does not matter, so it may be cheap.
  const digest = await deriveDigest(claim.password, {
    ...account.parameters,
    rounds: 1_000,
  });
  return account.isRight(claim.password, digest);
}

Deno.test.each<{ name: string; password: string; is: boolean }>([
  { name: "plain", password: "secret", is: true },
  { name: "plain", password: "Secret", is: false },
  { name: "plain", password: "", is: false },
  { name: "hashed", password: "secret", is: true },
  { name: "hashed", password: "secret ", is: false },
  { name: "nobody", password: "secret", is: false },
  { name: "Plain", password: "secret", is: false },
  // Normalization Form C on both sides.
  { name: "caf\u00e9", password: "cafe\u0301", is: true },
])("$name with the password $password: $is", async ({ is, ...claim }) => {
  const users = [
    { name: "plain", password: "secret" },
    { name: "hashed", hash: await hashOf("secret") },
    { name: "cafe\u0301", password: "caf\u00e9" },
  ];

  assertEquals(await isRight(users, claim), is);
});

Deno.test("a password that is the digest of a stranger is not right", async () => {
  const { isRight, parameters } = (await createAccounts([]))("nobody");

  assertEquals(isRight("x", new Uint8Array(64)), false);
  assertEquals(parameters.rounds, 210_000);
});

Deno.test("a password in clear costs as many rounds as a new hash", async () => {
  const accountOf = await createAccounts([{ name: "ada", password: "x" }]);

  assertEquals(accountOf("ada").parameters.rounds, 210_000);
  assertEquals(accountOf("nobody").parameters.rounds, 210_000);
});

Deno.test("unknown names cost what the users cost, the same after a restart", async () => {
  const users = [
    { name: "old", hash: await hashOf("x", 1_000) },
    { name: "new", hash: await hashOf("x", 2_000) },
  ];
  const names = Array.from({ length: 60 }, (_, i) => `name ${i}`);
  const roundsOf = async () => {
    const accountOf = await createAccounts(users);
    return names.map((name) => accountOf(name).parameters.rounds);
  };

  const first = await roundsOf();

  assertEquals(await roundsOf(), first);
  assertEquals([...new Set(first)].toSorted(), [1_000, 2_000]);
});

Deno.test("which users an unknown name costs like is the hashes' secret", async () => {
  const names = Array.from({ length: 60 }, (_, i) => `name ${i}`);
  const roundsOf = async () => {
    const accountOf = await createAccounts([
      { name: "old", hash: await hashOf("x", 1_000) },
      { name: "new", hash: await hashOf("x", 2_000) },
    ]);
    return names.map((name) => accountOf(name).parameters.rounds);
  };

  assertNotEquals(await roundsOf(), await roundsOf());
});

Deno.test("createAccounts() takes no malformed hash", async () => {
  await assertRejects(
    () => createAccounts([{ name: "ada", hash: "x" }]),
    TypeError,
    "Cannot read a password hash",
  );
});

Deno.test("of two users with one name the first counts", async () => {
  const users = [
    { name: "ada", password: "first" },
    { name: "ada", password: "second" },
  ];

  assertEquals(await isRight(users, { name: "ada", password: "first" }), true);
  assertEquals(
    await isRight(users, { name: "ada", password: "second" }),
    false,
  );
});
