import { assert, assertEquals } from "@std/assert";

import { formatPasswordHash } from "../../../lib/auth/password_hash.ts";
import { checkPassword, checkUser, parseUser } from "../../../lib/auth/user.ts";

const HASH = formatPasswordHash({
  rounds: 1_000,
  salt: new Uint8Array(16),
  digest: new Uint8Array(64),
});

Deno.test.each<{ text: string; name: string; password: string }>([
  { text: "a:b", name: "a", password: "b" },
  { text: "a:b:c", name: "a", password: "b:c" },
  { text: "a::", name: "a", password: ":" },
  { text: "ada lovelace: x ", name: "ada lovelace", password: " x " },
  { text: "e\u0301:b", name: "\u00e9", password: "b" },
])("parseUser() reads %j", ({ text, name, password }) => {
  assertEquals(parseUser(text), { kind: "user", user: { name, password } });
});

Deno.test.each<{ text: string; message: string }>([
  {
    text: "s3cret",
    message: "Cannot use --auth without a colon: give USER:PASSWORD",
  },
  {
    text: "",
    message: "Cannot use --auth without a colon: give USER:PASSWORD",
  },
  {
    text: ":s3cret",
    message: "Cannot use an empty user name: give USER:PASSWORD",
  },
  {
    text: "ada:",
    message: 'Cannot use an empty password for the user "ada": give one',
  },
  {
    text: "ada:s3cret\x07",
    message: "Cannot use a password with control characters for the user " +
      '"ada": leave them out',
  },
  {
    text: "a\nda:s3cret",
    message: "Cannot use a user name with control characters: leave them out",
  },
  {
    text: `ada:${"s3cret".repeat(200)}`,
    message: "Cannot use a password of more than 1024 bytes for the user " +
      '"ada": give a shorter one',
  },
  {
    text: `${"ada".repeat(400)}:s3cret`,
    message: "Cannot use a user name of more than 1024 bytes: " +
      "give a shorter one",
  },
  {
    text: `ada:${HASH}`,
    message: 'Cannot use a hash as the password of the user "ada": ' +
      "write the line into a file and give it with --auth-file",
  },
])("parseUser() says $message", ({ text, message }) => {
  assertEquals(parseUser(text), { kind: "malformed", message });
  assert(!message.includes("s3cret"));
});

Deno.test("checkUser() takes a user with a hash", () => {
  assertEquals(checkUser({ name: "ada", hash: HASH }), undefined);
});

Deno.test("checkUser() takes no user with another hash", () => {
  assertEquals(
    checkUser({ name: "ada", hash: "$apr1$salt$hash" }),
    'Cannot read the password hash of the user "ada": ' +
      "make one with --hash-password",
  );
});

Deno.test("checkUser() takes no name with a colon", () => {
  assertEquals(
    checkUser({ name: "a:b", password: "c" }),
    'Cannot use "a:b" as a user name: leave out the colon',
  );
});

Deno.test("checkPassword() counts bytes", () => {
  assertEquals(checkPassword("é".repeat(512)), undefined);
  assertEquals(
    checkPassword("é".repeat(513)),
    "Cannot use a password of more than 1024 bytes: give a shorter one",
  );
});
