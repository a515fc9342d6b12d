import { assert, assertEquals, assertNotEquals } from "@std/assert";

import {
  DEFAULT_ROUNDS,
  deriveDigest,
  formatPasswordHash,
  hashPassword,
  isSameDigest,
  newSalt,
  parsePasswordHash,
} from "../../../lib/auth/password_hash.ts";

const DIGEST = "A".repeat(86);
const SALT = "A".repeat(22);

/** Bytes of a string of hexadecimal digits. */
function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    hex.match(/../g) ?? [],
    (pair) => Number.parseInt(pair, 16),
  );
}

Deno.test.each<{ password: string; salt: string; rounds: number; hex: string }>(
  [
    // The inputs of RFC 6070 with HMAC-SHA-512; Python's hashlib says the same.
    {
      password: "password",
      salt: "salt",
      rounds: 1,
      hex: "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252" +
        "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce",
    },
    {
      password: "password",
      salt: "salt",
      rounds: 4096,
      hex: "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5" +
        "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5",
    },
  ],
)("deriveDigest() of $password with $rounds rounds", async (row) => {
  const salt = new TextEncoder().encode(row.salt);

  const digest = await deriveDigest(row.password, { rounds: row.rounds, salt });

  assertEquals(digest, fromHex(row.hex));
});

Deno.test("deriveDigest() takes a password in Normalization Form C", async () => {
  const parameters = { rounds: 1_000, salt: newSalt() };

  assertEquals(
    await deriveDigest("caf\u00e9", parameters),
    await deriveDigest("cafe\u0301", parameters),
  );
});

Deno.test("hashPassword() gives each hash a salt of its own", async () => {
  const first = await hashPassword("secret", 1_000);
  const second = await hashPassword("secret", 1_000);

  assertNotEquals(first.salt, second.salt);
  assertNotEquals(first.digest, second.digest);
});

Deno.test("hashPassword() makes 210,000 rounds unless told", async () => {
  const hash = await hashPassword("secret");

  assertEquals([hash.rounds, DEFAULT_ROUNDS], [210_000, 210_000]);
  assertEquals([hash.salt.length, hash.digest.length], [16, 64]);
  assertEquals(parsePasswordHash(formatPasswordHash(hash)), hash);
});

Deno.test.each<{ first: number[]; second: number[]; is: boolean }>([
  { first: [], second: [], is: true },
  { first: [1, 2], second: [1, 2], is: true },
  { first: [1, 2], second: [1, 3], is: false },
  { first: [3, 2], second: [1, 2], is: false },
  { first: [1], second: [1, 0], is: false },
])("isSameDigest() of $first and $second is $is", ({ first, second, is }) => {
  assertEquals(
    isSameDigest(new Uint8Array(first), new Uint8Array(second)),
    is,
  );
});

Deno.test.each([
  `$pbkdf2-sha512$i=1000$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=10000000$${SALT}$${DIGEST}`,
  // Salts of 8 and of 64 bytes.
  `$pbkdf2-sha512$i=1000$${"A".repeat(11)}$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$${"A".repeat(86)}$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$${"+/".repeat(10)}+Q$${DIGEST}`,
])("parsePasswordHash() reads and writes %s", (text) => {
  const hash = parsePasswordHash(text);

  assert(hash !== undefined);
  assertEquals(formatPasswordHash(hash), text);
});

Deno.test.each([
  "",
  "secret",
  "$apr1$salt$hash",
  "$2y$10$abcdefghijklmnopqrstuv",
  `$pbkdf2-sha256$i=210000$${SALT}$${DIGEST}`,
  `pbkdf2-sha512$i=210000$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$${SALT}$${DIGEST}`,
  // Rounds: too few, too many, spelt in another way.
  `$pbkdf2-sha512$i=0$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=999$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=10000001$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=99999999999$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=01000$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=1e5$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=-2000$${SALT}$${DIGEST}`,
  // Salts of 7 and of 65 bytes, and no base64.
  `$pbkdf2-sha512$i=1000$${"A".repeat(10)}$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$${"A".repeat(87)}$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$${SALT}==$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$${SALT.slice(1)}-$${DIGEST}`,
  // RFC 4648 section 3.5: bits that stand for nothing, and a lone character.
  `$pbkdf2-sha512$i=1000$${SALT.slice(1)}B$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$${SALT}AAA$${DIGEST}`,
  // A digest that is too short, too long, or not there.
  `$pbkdf2-sha512$i=1000$${SALT}$${DIGEST.slice(3)}`,
  `$pbkdf2-sha512$i=1000$${SALT}$${DIGEST}AA`,
  `$pbkdf2-sha512$i=1000$${SALT}$`,
  `$pbkdf2-sha512$i=1000$${SALT}`,
  ` $pbkdf2-sha512$i=1000$${SALT}$${DIGEST}`,
  `$pbkdf2-sha512$i=1000$${SALT}$${DIGEST}\n`,
])("parsePasswordHash() refuses %j", (text) => {
  assertEquals(parsePasswordHash(text), undefined);
});
