import { assertEquals, assertRejects } from "@std/assert";

import type { Handler } from "../../lib/answer.ts";
import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { createLogged, get } from "../_support/call.ts";
import { makeTree, type Tree } from "../_support/tree.ts";

const LISTED = "https://a.example";
const OTHER = "https://b.example";
const USERS = [{ name: "ada", password: "secret" }];
const PASSWORD = `Basic ${btoa("ada:secret")}`;

function makeSite(): Promise<Tree> {
  return makeTree({ "a.txt": "hello", "d/b.txt": "x" });
}

function preflight(
  handler: Handler,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return get(handler, path, {
    method: "OPTIONS",
    headers: {
      "origin": LISTED,
      "access-control-request-method": "GET",
      ...headers,
    },
  });
}

/** What a browser would find out from an answer. */
function readersOf({ status, headers }: Response) {
  return {
    status,
    origin: headers.get("access-control-allow-origin"),
    credentials: headers.get("access-control-allow-credentials"),
  };
}

Deno.test.each<{ path: string }>([
  { path: "/a.txt" },
  { path: "/d/" },
  // The same for what is there and what is not: no path is looked at.
  { path: "/none" },
  { path: "/d" },
  { path: "/%zz" },
])("OPTIONS $path returns 204 to a preflight", async ({ path }) => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path, { cors: [LISTED] });

  const response = await preflight(handler, path, {
    "access-control-request-headers": "range,if-range",
  });

  assertEquals(response.body, null);
  assertEquals(readersOf(response), {
    status: 204,
    origin: LISTED,
    credentials: "true",
  });
  const { headers } = response;
  assertEquals(headers.get("access-control-allow-methods"), "GET, HEAD");
  assertEquals(headers.get("access-control-allow-headers"), "range, if-range");
  assertEquals(headers.get("access-control-max-age"), "7200");
  assertEquals(
    headers.get("vary"),
    "Access-Control-Request-Method, Access-Control-Request-Headers, " +
      "Access-Control-Request-Private-Network, Origin",
  );
  assertEquals(headers.has("allow"), false);
  assertEquals(headers.has("content-length"), false);
});

Deno.test("OPTIONS /a.txt returns 204 to a preflight before a password", async () => {
  await using tree = await makeSite();
  const { handler, records } = await createLogged(tree.path, {
    cors: [LISTED],
    users: USERS,
  });

  const response = await preflight(handler, "/a.txt", {
    "access-control-request-headers": "authorization",
  });

  assertEquals(readersOf(response), {
    status: 204,
    origin: LISTED,
    credentials: "true",
  });
  assertEquals(
    response.headers.get("access-control-allow-headers"),
    "authorization",
  );
  assertEquals(records.map(({ status, user }) => [status, user]), [
    [204, null],
  ]);
});

Deno.test.each<{
  what: string;
  options: Partial<ServeOptions>;
  status: number;
}>([
  { what: "without cors", options: {}, status: 204 },
  {
    what: "without cors and with users",
    options: { users: USERS },
    status: 401,
  },
  {
    what: "of an origin that is not listed",
    options: { cors: [OTHER] },
    status: 204,
  },
  {
    what: "of an origin that is not listed, with users",
    options: { cors: [OTHER], users: USERS },
    status: 401,
  },
])(
  "OPTIONS /a.txt $what is no preflight",
  async ({ options, status }) => {
    await using tree = await makeSite();
    const handler = await createHandler(tree.path, options);

    const response = await preflight(handler, "/a.txt");
    await response.body?.cancel();

    assertEquals(readersOf(response), {
      status,
      origin: null,
      credentials: null,
    });
    assertEquals(response.headers.has("access-control-allow-methods"), false);
    if (status === 204) {
      assertEquals(response.headers.get("allow"), "GET, HEAD, OPTIONS");
    }
  },
);

Deno.test.each<{
  what: string;
  origin: string | null;
  authorization: string | null;
  status: number;
}>([
  { what: "nobody", origin: LISTED, authorization: null, status: 401 },
  { what: "ada", origin: LISTED, authorization: PASSWORD, status: 200 },
  {
    what: "ada elsewhere",
    origin: OTHER,
    authorization: PASSWORD,
    status: 200,
  },
  { what: "ada herself", origin: null, authorization: PASSWORD, status: 200 },
])(
  "GET /a.txt from $origin by $what returns $status",
  async ({ origin, authorization, status }) => {
    await using tree = await makeSite();
    const handler = await createHandler(tree.path, {
      cors: [LISTED],
      users: USERS,
    });

    const response = await get(handler, "/a.txt", {
      headers: {
        ...(origin === null ? {} : { origin }),
        ...(authorization === null ? {} : { authorization }),
      },
    });
    await response.body?.cancel();

    const isListed = origin === LISTED;
    assertEquals(readersOf(response), {
      status,
      origin: isListed ? LISTED : null,
      credentials: isListed ? "true" : null,
    });
    assertEquals(
      response.headers.get("vary"),
      status === 200 ? "accept-encoding, Origin" : "Origin",
    );
  },
);

Deno.test("GET /a.txt never allows a password with cors of *", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path, {
    cors: ["*"],
    users: USERS,
  });

  const response = await get(handler, "/a.txt", {
    headers: { origin: LISTED, authorization: PASSWORD },
  });
  await response.body?.cancel();
  const asked = await preflight(handler, "/a.txt", {
    "access-control-request-headers": "authorization",
  });

  assertEquals(readersOf(response), {
    status: 200,
    origin: "*",
    credentials: null,
  });
  assertEquals(asked.status, 204);
  assertEquals(asked.headers.has("access-control-allow-headers"), false);
});

Deno.test("GET / keeps the Vary of the folder page beside the origin", async () => {
  await using tree = await makeSite();
  const handler = await createHandler(tree.path, { cors: [LISTED] });

  const response = await get(handler, "/");
  await response.body?.cancel();

  assertEquals(response.headers.get("vary"), "accept, Origin");
});

Deno.test("createHandler() lets no page of any origin send passwords", async () => {
  const headers = [["Access-Control-Allow-Credentials", "true"]] as const;

  await assertRejects(
    () => createHandler(".", { cors: ["*"], headers }),
    TypeError,
    "name the origins",
  );
});
