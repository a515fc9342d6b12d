import { assert, assertEquals } from "@std/assert";

import {
  createAnswer,
  type Deps,
  type Handler,
  STAGES,
  type Stages,
} from "../../lib/answer.ts";
import { openRoot } from "../../lib/disk/root.ts";
import { LOOKS } from "../../lib/disk/seen.ts";
import { ARCHIVES_PER_ADDRESS_MAX } from "../../lib/http/limits.ts";
import { createInFlight } from "../../lib/in_flight.ts";
import { DEFAULTS, type ServeOptions } from "../../lib/options.ts";
import { PEER } from "../_support/call.ts";
import { makeTree, type Tree } from "../_support/tree.ts";

/** A way to an answer. */
interface Route {
  readonly status: number;
  /** What tells it from the others of the same status. */
  readonly what: string;
  /** Absolute URL or path. */
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly options?: Partial<ServeOptions>;
  readonly stages?: Partial<Stages>;
  readonly deps?: Partial<Deps>;
  /** Whether the client has as many archives under way as it may have. */
  readonly isBusy?: boolean;
}

const PREFLIGHT = {
  "origin": "https://a.example",
  "access-control-request-method": "GET",
  "access-control-request-headers": "range",
};

function refused(error: "unreadable" | "exhausted"): Partial<Stages> {
  return { openFile: () => Promise.resolve({ kind: "refused", error }) };
}

/** At least one way to each kind of answer. */
const ROUTES: readonly Route[] = [
  { status: 200, what: "a small file", path: "/a.txt" },
  { status: 200, what: "a large file", path: "/large.bin" },
  { status: 200, what: "an empty file", path: "/empty" },
  { status: 200, what: "an index", path: "/site/" },
  { status: 200, what: "a download", path: "/a.txt?download" },
  { status: 200, what: "a folder page", path: "/" },
  { status: 200, what: "a folder as JSON", path: "/?format=json" },
  { status: 200, what: "a zip", path: "/?archive=zip" },
  { status: 200, what: "a tar", path: "/?archive=tar" },
  { status: 200, what: "a tar.gz", path: "/?archive=tar.gz" },
  { status: 204, what: "OPTIONS", method: "OPTIONS" },
  { status: 204, what: "a preflight", method: "OPTIONS", headers: PREFLIGHT },
  {
    status: 206,
    what: "a range",
    path: "/a.txt",
    headers: { range: "bytes=0-1" },
  },
  {
    status: 206,
    what: "ranges",
    path: "/a.txt",
    headers: { range: "bytes=0-0,4-4" },
  },
  {
    status: 206,
    what: "a part of a zip",
    path: "/?archive=zip",
    headers: { range: "bytes=9-" },
  },
  {
    status: 206,
    what: "a part of a tar",
    path: "/?archive=tar",
    headers: { range: "bytes=9-" },
  },
  { status: 301, what: "a folder without slash", path: "/d" },
  { status: 301, what: "an archive without slash", path: "/d?archive=zip" },
  { status: 301, what: "an empty segment", path: "//" },
  {
    status: 304,
    what: "a file",
    path: "/a.txt",
    headers: { "if-none-match": "*" },
  },
  {
    status: 304,
    what: "a zip",
    path: "/?archive=zip",
    headers: { "if-none-match": "*" },
  },
  { status: 400, what: "a malformed escape", path: "/%zz" },
  { status: 400, what: "a malformed Host", headers: { host: "a b" } },
  {
    status: 401,
    what: "nobody",
    path: "/a.txt",
    options: { users: [{ name: "ada", password: "secret" }] },
  },
  {
    status: 403,
    what: "an unreadable file",
    path: "/a.txt",
    stages: refused("unreadable"),
  },
  { status: 404, what: "nothing", path: "/none" },
  {
    status: 404,
    what: "a folder without listing",
    path: "/d/",
    options: { listing: false },
  },
  {
    status: 404,
    what: "an archive where there are none",
    path: "/d/?archive=zip",
    options: { archive: false },
  },
  {
    status: 404,
    what: "an archive of nothing",
    path: "/?archive=zip&name=none",
  },
  { status: 405, what: "POST", method: "POST" },
  { status: 405, what: "an unknown method", method: "BREW" },
  {
    status: 412,
    what: "a file",
    path: "/a.txt",
    headers: { "if-match": '"x"' },
  },
  {
    status: 412,
    what: "a zip",
    path: "/?archive=zip",
    headers: { "if-match": '"x"' },
  },
  { status: 414, what: "a long target", path: `/${"a".repeat(10_000)}` },
  {
    status: 416,
    what: "a file",
    path: "/a.txt",
    headers: { range: "bytes=9-" },
  },
  {
    status: 416,
    what: "a zip",
    path: "/?archive=zip",
    headers: { range: "bytes=9999999-" },
  },
  {
    status: 421,
    what: "a foreign name",
    path: "http://evil.example/a.txt",
    options: { hosts: [] },
  },
  {
    status: 500,
    what: "a bug",
    path: "/a.txt",
    stages: {
      resolveTarget: () => {
        throw new Error("broken");
      },
    },
  },
  {
    status: 503,
    what: "no descriptors",
    path: "/a.txt",
    stages: refused("exhausted"),
  },
  {
    status: 503,
    what: "too many archives",
    path: "/?archive=zip",
    isBusy: true,
  },
  {
    status: 503,
    what: "too many requests",
    path: "/a.txt",
    deps: {
      inFlight: createInFlight({ whole: 0, perAddress: 0, fullMs: 1 }, {
        now: Date.now,
        onStuck: () => {},
      }),
    },
  },
];

/** Who asks from where, and what each answer must say about that. */
interface Mode {
  readonly mode: string;
  readonly cors: readonly string[] | null;
  readonly origin: string | null;
  readonly allowed: string | null;
  readonly credentials: string | null;
}

const LIST = ["https://a.example", "https://c.example"];

const MODES: readonly Mode[] = [
  {
    mode: "no cors",
    cors: null,
    origin: "https://a.example",
    allowed: null,
    credentials: null,
  },
  {
    mode: "cors for any",
    cors: ["*"],
    origin: "https://a.example",
    allowed: "*",
    credentials: null,
  },
  {
    mode: "cors for any, asked from nowhere",
    cors: ["*"],
    origin: null,
    allowed: "*",
    credentials: null,
  },
  {
    mode: "cors for a list",
    cors: LIST,
    origin: "https://a.example",
    allowed: "https://a.example",
    credentials: "true",
  },
  {
    mode: "cors for others",
    cors: LIST,
    origin: "https://b.example",
    allowed: null,
    credentials: null,
  },
  {
    mode: "cors for a list, asked from nowhere",
    cors: LIST,
    origin: null,
    allowed: null,
    credentials: null,
  },
];

function makeSite(): Promise<Tree> {
  return makeTree({
    "a.txt": "hello",
    "d/": null,
    "empty": "",
    "large.bin": "x".repeat(1_300_000),
    "site/index.html": "<title>site</title>",
  });
}

async function makeHandler(
  tree: Tree,
  route: Route,
  options: Partial<ServeOptions> = {},
): Promise<Handler> {
  const handler = await createAnswer({
    ...DEFAULTS,
    ...route.options,
    ...options,
  }, {
    root: await openRoot(tree.path),
    now: Date.now,
    isWindows: false,
    blocks: "kept",
    logFields: "all",
    inFlight: createInFlight({ whole: 9, perAddress: 9, fullMs: 1 }, {
      now: Date.now,
      onStuck: () => {},
    }),
    note: () => {},
    onExhausted: () => {},
    signalOf: () => null,
    origins: () => [],
    looks: LOOKS,
    stages: { ...STAGES, ...route.stages },
    ...route.deps,
  });
  for (let i = 0; route.isBusy && i < ARCHIVES_PER_ADDRESS_MAX; i++) {
    // Nobody reads it: it stays under way.
    await ask(handler, { status: 200, what: "", path: "/d/?archive=tar" });
  }
  return handler;
}

async function ask(
  handler: Handler,
  route: Route,
  change: { readonly method?: string; readonly origin?: string | null } = {},
): Promise<Response> {
  const { path = "/", method = change.method ?? "GET" } = route;
  const headers = new Headers(route.headers);
  if (change.origin === null) headers.delete("origin");
  else if (change.origin) headers.set("origin", change.origin);
  const url = path.startsWith("/") ? `http://localhost${path}` : path;
  return await handler(new Request(url, { method, headers }), {
    remoteAddr: PEER,
    completed: Promise.resolve(),
  });
}

/** A HEAD has no range, and other methods have no HEAD. */
function methodsOf(route: Route): readonly string[] {
  const isGetOnly = route.method !== undefined ||
    route.headers?.range !== undefined;
  return isGetOnly ? [route.method ?? "GET"] : ["GET", "HEAD"];
}

Deno.test("every kind of answer has its way", () => {
  const statuses = [...new Set(ROUTES.map(({ status }) => status))];

  assertEquals(
    statuses.join(" "),
    "200 204 206 301 304 400 401 403 404 405 412 414 416 421 500 503",
  );
});

Deno.test.each(ROUTES)(
  "$status of $what has our headers, and names no software",
  async (route) => {
    await using tree = await makeSite();
    const handler = await makeHandler(tree, route);

    for (const method of methodsOf(route)) {
      const response = await ask(handler, route, { method });
      const text = await response.text();

      const { headers } = response;
      assertEquals(response.status, route.status);
      assertEquals(headers.get("x-content-type-options"), "nosniff");
      assertEquals(headers.get("referrer-policy"), "same-origin");
      assertEquals(headers.get("cross-origin-resource-policy"), "same-site");
      assertEquals(headers.get("cache-control"), "no-cache");
      assertEquals(headers.has("server"), false);
      assertEquals(headers.has("x-powered-by"), false);
      assertEquals(headers.has("strict-transport-security"), false);
      assert(!text.includes(tree.path));
      assert(!/\bDeno\b/i.test(text));
    }
  },
);

Deno.test.each(ROUTES)(
  "$status of $what says who may read it, whoever asks",
  async (route) => {
    await using tree = await makeSite();
    for (const { cors, origin, allowed, credentials } of MODES) {
      const handler = await makeHandler(tree, route, { cors });
      for (const method of methodsOf(route)) {
        const response = await ask(handler, route, { method, origin });
        await response.body?.cancel();

        const { headers } = response;
        const name = "access-control-";
        assertEquals(response.status, route.status);
        assertEquals(headers.get(`${name}allow-origin`), allowed);
        assertEquals(headers.get(`${name}allow-credentials`), credentials);
        assertEquals(headers.has(`${name}expose-headers`), allowed !== null);
        assertEquals(
          headers.get("cross-origin-resource-policy"),
          cors === null ? "same-site" : "cross-origin",
        );
        const varied = (headers.get("vary") ?? "").toLowerCase().split(", ");
        assertEquals(varied.includes("origin"), cors === LIST);
        assertEquals(varied.length, new Set(varied).size);
      }
    }
  },
);

Deno.test.each(ROUTES)(
  "$status of $what has the user's headers, and they win",
  async (route) => {
    await using tree = await makeSite();
    const handler = await makeHandler(tree, route, {
      cors: LIST,
      headers: [
        ["X-Own", "1"],
        ["Referrer-Policy", "no-referrer"],
        ["Vary", "Cookie"],
      ],
    });

    const response = await ask(handler, route);
    await response.body?.cancel();

    const { headers } = response;
    assertEquals(headers.get("x-own"), "1");
    assertEquals(headers.get("referrer-policy"), "no-referrer");
    const varied = headers.get("vary")?.split(", ") ?? [];
    assert(varied.includes("Cookie"));
    assert(varied.includes("Origin"));
  },
);

Deno.test.each(
  ROUTES.filter(({ what }) => what !== "an index"),
)(
  "$status of $what runs no script but its own where it is a page of ours",
  async (route) => {
    await using tree = await makeSite();
    const handler = await makeHandler(tree, route);

    const response = await ask(handler, route);
    const text = await response.text();

    const { headers } = response;
    const isPage = headers.get("content-type")?.startsWith("text/html");
    const policy = headers.get("content-security-policy");
    assertEquals(policy !== null, isPage ?? false);
    if (policy === null) return;
    assert(policy.startsWith("default-src 'none'; style-src 'sha256-"));
    assert(policy.includes("; base-uri 'none'; frame-ancestors 'self'"));
    assert(!/unsafe|\*|http/.test(policy));
    const named = /; script-src ([^;]+)/.exec(policy)?.[1]?.split(" ") ?? [];
    const own = text.matchAll(/<script>([^]*?)<\/script>/g);
    assertEquals(
      named,
      await Promise.all([...own].map(([, it]) => hashOf(it))),
    );
  },
);

async function hashOf(text = ""): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return `'sha256-${new Uint8Array(digest).toBase64()}'`;
}

Deno.test.each(
  // What is compressed on its way has a length that nobody knows before.
  ROUTES.filter(({ status, what }) =>
    status !== 204 && status !== 304 && what !== "a tar.gz"
  ),
)(
  "$status of $what announces the length that it has",
  async (route) => {
    await using tree = await makeSite();
    const handler = await makeHandler(tree, route);

    const response = await ask(handler, route);
    const { length } = await response.bytes();

    assertEquals(response.headers.get("content-length"), String(length));
  },
);
