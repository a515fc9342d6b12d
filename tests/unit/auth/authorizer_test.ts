import { assert, assertEquals, assertThrows } from "@std/assert";

import {
  type Authorizer,
  type AuthorizerDeps,
  type AuthResult,
  createAuthorizer,
} from "../../../lib/auth/authorizer.ts";

const USERS = [
  { name: "ada", password: "secret" },
  { name: "bob", password: "other" },
];
const REFUSED: AuthResult = { kind: "refused" };
const BUSY: AuthResult = { kind: "busy" };
const ADA: AuthResult = { kind: "user", name: "ada" };

function fieldOf(pair: string): string {
  return `Basic ${btoa(pair)}`;
}

const RIGHT = fieldOf("ada:secret");

/** An authorizer whose derivations end when they are told to. */
function createSlow(given: Partial<AuthorizerDeps> = {}) {
  const open: (() => void)[] = [];
  const waits: number[] = [];
  const changes: (() => void)[] = [];
  let started = 0;
  const authorize = createAuthorizer(USERS, {
    now: () => 0,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    deriveDigest: () => {
      started++;
      const { promise, resolve } = Promise.withResolvers<
        Uint8Array<ArrayBuffer>
      >();
      open.push(() => resolve(new Uint8Array(64)));
      for (const change of changes.splice(0)) change();
      return promise;
    },
    ...given,
  });
  return {
    authorize,
    waits,
    get started() {
      return started;
    },
    /** Resolves when so many derivations have begun. */
    async begun(count: number) {
      while (started < count) {
        await new Promise<void>((resolve) => changes.push(resolve));
      }
    },
    endAll() {
      for (const end of open.splice(0)) end();
    },
  };
}

/** An authorizer whose derivations cost nothing. */
function createQuick(given: Partial<AuthorizerDeps> = {}) {
  let derivations = 0;
  const waits: number[] = [];
  const authorize = createAuthorizer(USERS, {
    now: () => 0,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    deriveDigest: () => {
      derivations++;
      return Promise.resolve(new Uint8Array(64));
    },
    ...given,
  });
  return { authorize, waits, count: () => derivations };
}

async function fail(authorize: Authorizer, client: string, times: number) {
  for (let i = 0; i < times; i++) {
    assertEquals(await authorize(client, fieldOf(`ada:wrong ${i}`)), REFUSED);
  }
}

Deno.test("a right pair is a user, with real derivations", async () => {
  const authorize = createAuthorizer(USERS);

  assertEquals(await authorize("192.0.2.1", RIGHT), ADA);
  assertEquals(await authorize("192.0.2.1", fieldOf("bob:secret")), REFUSED);
});

Deno.test("a remembered pair is a user at once, wherever it comes from", async () => {
  const { authorize, count } = createQuick();
  await authorize("192.0.2.1", RIGHT);

  assertEquals(authorize("192.0.2.1", RIGHT), ADA);
  assertEquals(authorize("198.51.100.1", RIGHT), ADA);
  assertEquals(count(), 1);
});

Deno.test("no password and one that is too long are refused at once", () => {
  const { authorize } = createQuick();

  assertEquals(authorize("192.0.2.1", null), REFUSED);
  assertEquals(authorize("192.0.2.1", `Basic ${"A".repeat(5_000)}`), REFUSED);
});

Deno.test.each(["", "Basic", "Bearer x", "Basic !", fieldOf("ada:")])(
  "%j is refused without a derivation and counts as no guess",
  async (field) => {
    const { authorize, count, waits } = createQuick();
    for (let i = 0; i < 20; i++) {
      assertEquals(await authorize("192.0.2.1", field), REFUSED);
    }

    await authorize("192.0.2.1", RIGHT);

    assertEquals([count(), waits], [1, []]);
  },
);

Deno.test("wrong passwords and unknown names are refused alike", async () => {
  const known = createQuick();
  const unknown = createQuick();
  for (let i = 0; i < 12; i++) {
    const [a, b] = [fieldOf(`ada:x${i}`), fieldOf(`eve:x${i}`)];
    assertEquals(await known.authorize("192.0.2.1", a), REFUSED);
    assertEquals(await unknown.authorize("192.0.2.1", b), REFUSED);
  }

  assertEquals(known.count(), 12);
  assertEquals(unknown.count(), 12);
  assertEquals(known.waits, unknown.waits);
  assertEquals(known.waits.slice(0, 6), [100, 200, 400, 800, 1_600, 2_000]);
});

Deno.test("the requests of one page share one derivation", async () => {
  const slow = createSlow();
  const page = Array.from(
    { length: 50 },
    () => slow.authorize("192.0.2.1", RIGHT),
  );

  await slow.begun(1);
  slow.endAll();

  assertEquals(await Promise.all(page), page.map(() => ADA));
  assertEquals(slow.started, 1);
});

Deno.test("one client has one derivation at a time and eight that wait", async () => {
  const slow = createSlow();
  const guesses = Array.from(
    { length: 12 },
    (_, i) => slow.authorize("192.0.2.1", fieldOf(`ada:wrong ${i}`)),
  );

  await slow.begun(1);
  const tooMany = await Promise.all(guesses.slice(9));

  assertEquals(tooMany, [BUSY, BUSY, BUSY]);
  assertEquals(slow.started, 1);
  for (let i = 1; i <= 9; i++) {
    await slow.begun(i);
    slow.endAll();
  }
  assertEquals(
    await Promise.all(guesses.slice(0, 9)),
    Array(9).fill(REFUSED),
  );
});

Deno.test("all clients have two derivations at a time and 32 that wait", async () => {
  const slow = createSlow();
  const guesses = Array.from(
    { length: 40 },
    (_, i) => slow.authorize(`192.0.2.${i}`, fieldOf("ada:wrong")),
  );

  await slow.begun(2);
  const tooMany = await Promise.all(guesses.slice(34));

  assertEquals(tooMany, Array(6).fill(BUSY));
  assertEquals(slow.started, 2);
  for (let i = 2; i <= 34; i += 2) {
    await slow.begun(i);
    slow.endAll();
  }
  assertEquals(
    await Promise.all(guesses.slice(0, 34)),
    Array(34).fill(REFUSED),
  );
});

Deno.test("of all clients that failed lately 128 claims wait, and a first login passes", async () => {
  const pause = Promise.withResolvers<void>();
  const { authorize } = createQuick({ wait: () => pause.promise });
  const clients = Array.from({ length: 40 }, (_, i) => `192.0.2.${i}`);
  for (const client of clients) await fail(authorize, client, 4);
  const claims = clients.flatMap((client) =>
    Array.from(
      { length: 8 },
      (_, i) => authorize(client, fieldOf(`ada:later ${i}`)),
    )
  );

  const tooMany = await Promise.all(claims.slice(128));
  const newcomer = await authorize("198.51.100.1", fieldOf("ada:wrong"));
  pause.resolve();
  const others = await Promise.all(claims.slice(0, 128));

  assertEquals(tooMany, Array(192).fill(BUSY));
  assertEquals(newcomer, REFUSED);
  assert(others.every((each) => each.kind !== "user"));
});

Deno.test("a busy answer is no failure", async () => {
  const slow = createSlow();
  const first = Array.from(
    { length: 34 },
    (_, i) => slow.authorize(`192.0.2.${i}`, fieldOf("ada:wrong")),
  );
  await slow.begun(2);
  for (let i = 0; i < 20; i++) {
    assertEquals(
      await slow.authorize("198.51.100.1", fieldOf(`ada:${i}`)),
      BUSY,
    );
  }
  for (let i = 2; i <= 34; i += 2) {
    await slow.begun(i);
    slow.endAll();
  }
  await Promise.all(first);

  const last = slow.authorize("198.51.100.1", RIGHT);
  await slow.begun(35);
  slow.endAll();

  assertEquals(await last, ADA);
  assertEquals(slow.waits, []);
});

Deno.test("a remembered pair passes at once while others guess", async () => {
  const slow = createSlow();
  const first = slow.authorize("192.0.2.1", RIGHT);
  await slow.begun(1);
  slow.endAll();
  await first;
  const guesses = Array.from(
    { length: 40 },
    (_, i) => slow.authorize(`192.0.2.${i}`, fieldOf("ada:wrong")),
  );
  await slow.begun(3);

  // From an address with a guess under way, too.
  assertEquals(slow.authorize("192.0.2.0", RIGHT), ADA);
  assertEquals(slow.authorize("198.51.100.1", RIGHT), ADA);

  for (let i = 3; i <= 35; i += 2) {
    await slow.begun(i);
    slow.endAll();
  }
  await Promise.all(guesses);
});

Deno.test("a right pair does not clear the failures of its client", async () => {
  const { authorize, waits } = createQuick();
  await fail(authorize, "192.0.2.1", 9);
  waits.length = 0;

  await authorize("192.0.2.1", RIGHT);
  await fail(authorize, "192.0.2.1", 1);

  assertEquals(waits, [2_000, 2_000]);
});

Deno.test("the failures of one client slow no other", async () => {
  const { authorize, waits } = createQuick();
  await fail(authorize, "192.0.2.1", 9);
  waits.length = 0;

  assertEquals(await authorize("192.0.2.2", RIGHT), ADA);

  assertEquals(waits, []);
});

Deno.test("an IPv6 network is one client", async () => {
  const { authorize, waits } = createQuick();
  for (let i = 0; i < 4; i++) {
    await authorize(`2001:db8::${i}`, fieldOf("ada:wrong"));
  }

  await authorize("2001:db8::ffff", fieldOf("ada:wrong"));
  await authorize("2001:db8:0:1::1", fieldOf("ada:wrong"));

  assertEquals(waits, [100]);
});

Deno.test("a pair that came from elsewhere meanwhile is not derived again", async () => {
  const wait = Promise.withResolvers<void>();
  const { authorize, count } = createQuick({ wait: () => wait.promise });
  await fail(authorize, "192.0.2.1", 4);
  const slowed = authorize("192.0.2.1", RIGHT);
  await authorize("192.0.2.2", RIGHT);

  wait.resolve();

  assertEquals(await slowed, ADA);
  assertEquals(count(), 5);
});

Deno.test("without users everybody is refused", async () => {
  const authorize = createAuthorizer([], {
    deriveDigest: () => Promise.resolve(new Uint8Array(64)),
  });

  assertEquals(await authorize("192.0.2.1", RIGHT), REFUSED);
});

Deno.test("a derivation that fails is told, and the next goes on", async () => {
  let isBroken = true;
  const { authorize } = createQuick({
    deriveDigest: () =>
      isBroken
        ? Promise.reject(new Error("broken"))
        : Promise.resolve(new Uint8Array(64)),
  });
  const outcomes = await Promise.allSettled([authorize("192.0.2.1", RIGHT)]);
  isBroken = false;

  assertEquals(outcomes[0]?.status, "rejected");
  assertEquals(await authorize("192.0.2.1", RIGHT), ADA);
});

Deno.test("createAuthorizer() takes no user without a password", () => {
  assertThrows(
    () => createAuthorizer([{ name: "ada", password: "" }]),
    TypeError,
    "Cannot use an empty password",
  );
});

Deno.test("spellings of right pairs do not fill the memory", async () => {
  const { authorize, count } = createQuick();
  // RFC 9110 section 11.4: any number of spaces behind the scheme.
  const spelling = (i: number) => `Basic${" ".repeat(i)}${btoa("ada:secret")}`;
  const limit = 4_096;
  const spellings = Array.from({ length: 4_000 }, (_, i) => spelling(i + 1));
  const schemes = ["BASIC", "basic"];
  const fields = spellings.flatMap((field) => [
    field,
    ...schemes.map((scheme) => field.replace("Basic", scheme)),
  ]).filter((field) => field.length < limit);
  assert(fields.length > limit);

  for (const field of fields) await authorize("192.0.2.1", field);
  const before = count();
  assertEquals(authorize("192.0.2.1", fields.at(-1) ?? ""), ADA);
  assertEquals(await authorize("192.0.2.1", fields[0] ?? ""), ADA);

  assertEquals(count(), before + 1);
});
