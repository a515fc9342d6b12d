import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { FIELD_LIMIT, parseBasic } from "../../lib/auth/basic.ts";
import { parsePasswordHash } from "../../lib/auth/password_hash.ts";
import { parseUser } from "../../lib/auth/user.ts";
import { parseUserLines } from "../../lib/auth/user_lines.ts";

const RUNS = { numRuns: 3_000 };

/** The field of a pair, as a client that speaks UTF-8 sends it. */
function fieldOf(pair: string, scheme = "Basic "): string {
  const bytes = new TextEncoder().encode(pair);
  return scheme + btoa(String.fromCharCode(...bytes));
}

const isPlain = (text: string) => text !== "" && !/\p{Cc}/u.test(text);
const anyPassword = fc.string({ unit: "grapheme" }).filter(isPlain);
const anyName = anyPassword
  .map((text) => text.replaceAll(":", "").normalize("NFC"))
  .filter((name) => name !== "");
const anyScheme = fc.tuple(
  fc.constantFrom("Basic", "basic", "BASIC", "bAsIc"),
  fc.integer({ min: 1, max: 5 }),
).map(([scheme, spaces]) => scheme + " ".repeat(spaces));
const anyField = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."Basic YTpi=+/,;:\t ") }),
  fc.string({ unit: fc.constantFrom(..."YTpi=+/_- ") })
    .map((token) => `Basic ${token}`),
  fc.uint8Array().map((bytes) =>
    `Basic ${btoa(String.fromCharCode(...bytes))}`
  ),
  fc.string({ unit: "binary" }),
);

Deno.test("any name and password come back as they were", () => {
  fc.assert(
    fc.property(anyName, anyPassword, anyScheme, (name, password, scheme) => {
      assertEquals(parseBasic(fieldOf(`${name}:${password}`, scheme)), {
        kind: "credentials",
        name,
        password,
      });
    }),
    RUNS,
  );
});

Deno.test("whatever comes, a name has no colon and nothing a control character", () => {
  fc.assert(
    fc.property(anyField, (field) => {
      const parsed = parseBasic(field);
      if (parsed.kind === "malformed") return;
      const { name, password } = parsed;

      assert(field.length <= FIELD_LIMIT);
      assert(isPlain(name) && isPlain(password) && !name.includes(":"));
      // What was taken is what such a pair is written as, apart from the name's
      // normalization: no second reading of the same bytes.
      const token = field.replace(/^basic +/i, "");
      const again = new TextDecoder().decode(
        Uint8Array.from(atob(token), (char) => char.charCodeAt(0)),
      );
      assertEquals(again.endsWith(`:${password}`), true);
    }),
    RUNS,
  );
});

Deno.test("a user of --auth is who the browser says it is", () => {
  fc.assert(
    fc.property(anyName, anyPassword, (name, password) => {
      const parsed = parseUser(`${name}:${password}`);

      assert(parsed.kind === "user" && "password" in parsed.user);
      assertEquals(parseBasic(fieldOf(`${name}:${password}`)), {
        kind: "credentials",
        ...parsed.user,
      });
    }),
    RUNS,
  );
});

Deno.test("no message repeats a password", () => {
  const secret = "s3cr3t-0f-4da";
  const around = fc.string({ unit: fc.constantFrom(..."a:\0\n# $=\t") });
  fc.assert(
    fc.property(around, around, (before, after) => {
      // A name may be repeated: the secret stands behind the first colon.
      const text = `${before}:${secret}${after}`;
      const parsed = parseUser(before.includes(":") ? text : `:${secret}`);
      const lines = parseUserLines(`${before}:${secret}${after}`);

      assert(!JSON.stringify(lines).includes(secret));
      if (parsed.kind === "malformed") {
        assert(!parsed.message.includes(secret));
      }
    }),
    RUNS,
  );
});

Deno.test("whatever is read as a hash has parameters within bounds", () => {
  const part = fc.string({ unit: fc.constantFrom(..."A+/=$b0") });
  const anyHash = fc.tuple(fc.nat({ max: 20_000_000 }), part, part).map((
    [rounds, salt, digest],
  ) => `$pbkdf2-sha512$i=${rounds}$${salt}$${digest}`);
  const nearHash = fc.tuple(
    fc.nat({ max: 20_000_000 }),
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 80, max: 90 }),
  ).map(([rounds, salt, digest]) =>
    `$pbkdf2-sha512$i=${rounds}$${"A".repeat(salt)}$${"A".repeat(digest)}`
  );
  fc.assert(
    fc.property(fc.oneof(anyHash, nearHash), (text) => {
      const hash = parsePasswordHash(text);
      if (hash === undefined) return;

      assert(hash.rounds >= 1_000 && hash.rounds <= 10_000_000);
      assert(hash.salt.length >= 8 && hash.salt.length <= 64);
      assertEquals(hash.digest.length, 64);
    }),
    RUNS,
  );
});
