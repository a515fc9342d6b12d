import { assertEquals, assertMatch } from "@std/assert";

import { createAnswer, type Handler, STAGES } from "../../lib/answer.ts";
import { librarySide } from "../../lib/build_handler.ts";
import { openRoot } from "../../lib/disk/root.ts";
import { LOOKS } from "../../lib/disk/seen.ts";
import { createInFlight } from "../../lib/in_flight.ts";
import { DEFAULTS, type ServeOptions } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";
import { createLogged, get, PEER } from "../_support/call.ts";
import { makeTree } from "../_support/tree.ts";

const USERS = [{ name: "ada", password: "secret" }];
const ADA = `Basic ${btoa("ada:secret")}`;

/** A target of so many bytes. */
function long(bytes: number): string {
  return `/${"a".repeat(bytes - 1)}`;
}

Deno.test("a target of 8,192 bytes is looked for, a longer one is 414", async () => {
  await using tree = await makeTree({});
  const { handler, records } = await createLogged(tree.path);

  assertEquals((await get(handler, long(8_192))).status, 404);
  assertEquals((await get(handler, long(8_193))).status, 414);
  assertEquals(records.map(({ status }) => status), [404, 414]);
});

Deno.test("the user whose password was right is in the log, nobody else", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const { handler, records } = await createLogged(tree.path, { users: USERS });
  const ask = (authorization: string) =>
    get(handler, "/a.txt", { headers: { authorization } });

  assertEquals((await get(handler, "/a.txt")).status, 401);
  assertEquals((await ask(`Basic ${btoa("ada:wrong")}`)).status, 401);
  assertEquals((await ask(ADA)).status, 200);
  assertEquals(records.map(({ user }) => user), [null, null, "ada"]);
});

Deno.test.each<{ target: string; method?: string }>([
  { target: "/a.txt" },
  { target: "/a.txt", method: "HEAD" },
  { target: "/a.txt", method: "OPTIONS" },
  { target: "/a.txt", method: "DELETE" },
  { target: "/" },
  { target: "/?format=json" },
  { target: "/none" },
  { target: "/.hidden" },
  { target: "/sub" },
  { target: "/%zz" },
])("$target asks for a password ($method)", async ({ target, method }) => {
  await using tree = await makeTree({ "a.txt": "a", "sub/b.txt": "b" });
  const { handler } = await createLogged(tree.path, { users: USERS });

  const response = await get(handler, target, { method: method ?? "GET" });

  assertEquals(response.status, 401);
  assertEquals(
    response.headers.get("www-authenticate"),
    'Basic realm="files", charset="UTF-8"',
  );
});

Deno.test("a name that is not answered is refused before a password is asked", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const { handler } = await createLogged(tree.path, {
    users: USERS,
    hosts: [],
    cors: ["*"],
  });
  const ask = (url: string, init: RequestInit) =>
    handler(new Request(url, init), {
      remoteAddr: PEER,
      completed: Promise.resolve(),
    });
  const preflight = {
    method: "OPTIONS",
    headers: {
      origin: "https://a.example",
      "access-control-request-method": "GET",
    },
  };

  assertEquals((await ask("http://evil.example/a.txt", {})).status, 421);
  assertEquals((await ask("http://evil.example/a.txt", preflight)).status, 421);
  assertEquals((await ask("http://localhost/a.txt", preflight)).status, 204);
  assertEquals((await ask("http://localhost/a.txt", {})).status, 401);
});

Deno.test("one request too many is 503 with a time to come back, and logged", async () => {
  await using tree = await makeTree({ "a.txt": "a" });
  const records: LogRecord[] = [];
  const options: ServeOptions = {
    ...DEFAULTS,
    log: (record) => void records.push(record),
  };
  const handler = await createLimited(tree.path, options);
  const first = Promise.withResolvers<void>();
  const ask = (completed: Promise<void>) =>
    handler(new Request("http://localhost/a.txt"), {
      remoteAddr: PEER,
      completed,
    });

  const held = await ask(first.promise);
  const refused = await ask(Promise.resolve());
  first.resolve();
  await first.promise;
  const later = await ask(Promise.resolve());

  assertEquals([held.status, refused.status, later.status], [200, 503, 200]);
  assertMatch(refused.headers.get("retry-after") ?? "", /^\d+$/);
  assertEquals(records.map(({ status }) => status), [200, 503, 200]);
});

/** A handler that answers one request of a client at a time. */
async function createLimited(
  path: string,
  options: ServeOptions,
): Promise<Handler> {
  return await createAnswer(options, {
    root: await openRoot(path),
    now: Date.now,
    isWindows: false,
    ...librarySide(),
    inFlight: createInFlight({ whole: 4, perAddress: 1, fullMs: 1_000 }, {
      now: () => performance.now(),
      onStuck: () => {},
    }),
    looks: LOOKS,
    stages: STAGES,
  });
}
