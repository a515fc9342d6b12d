import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";

import {
  createAnswer,
  type Deps,
  type Handler,
  STAGES,
  type Stages,
} from "../../lib/answer.ts";
import { librarySide } from "../../lib/build_handler.ts";
import { openRoot } from "../../lib/disk/root.ts";
import { LOOKS } from "../../lib/disk/seen.ts";
import { DEFAULTS, type ServeOptions } from "../../lib/options.ts";
import type { LogRecord } from "../../lib/record.ts";
import { get } from "../_support/call.ts";
import { makeTree, type Tree } from "../_support/tree.ts";

/** Fails once; afterwards all is well. */
interface Fault {
  /** Throws the first time. */
  readonly strike: () => void;
  readonly deps: Partial<Deps>;
}

function makeFault(stage: keyof Stages | "now", error: unknown): Fault {
  let hasStruck = false;
  function strike(): void {
    if (hasStruck) return;
    hasStruck = true;
    throw error;
  }
  return { strike, deps: depsOf(stage, strike) };
}

function depsOf(
  stage: keyof Stages | "now",
  strike: () => void,
): Partial<Deps> {
  switch (stage) {
    case "now":
      return {
        now() {
          strike();
          return Date.now();
        },
      };
    case "createHeaderFinisher":
      // What it makes is what runs for each request.
      return {
        stages: {
          ...STAGES,
          createHeaderFinisher(rules) {
            const finish = STAGES.createHeaderFinisher(rules);
            return (headers, asker) => {
              strike();
              return finish(headers, asker);
            };
          },
        },
      };
    default: {
      const real: (...args: never[]) => unknown = STAGES[stage];
      const replaced = (...args: never[]) => {
        strike();
        return real(...args);
      };
      return { stages: { ...STAGES, [stage]: replaced } };
    }
  }
}

async function setUp(
  tree: Tree,
  fault: Partial<Deps>,
  options: Partial<ServeOptions> = {},
): Promise<{ handler: Handler; records: LogRecord[] }> {
  const records: LogRecord[] = [];
  const whole: ServeOptions = {
    ...DEFAULTS,
    headers: [["x-own", "1"]],
    log: (record) => void records.push(record),
    ...options,
  };
  const handler = await createAnswer(whole, {
    root: await openRoot(tree.path),
    now: Date.now,
    isWindows: false,
    ...librarySide(),
    looks: LOOKS,
    stages: STAGES,
    ...fault,
  });
  return { handler, records };
}

const PLACES: readonly (keyof Stages | "now")[] = [
  "now",
  "toContext",
  "checkMethod",
  "resolveTarget",
  "openFile",
  "createHeaderFinisher",
  "toResponse",
];

const CASES = PLACES.flatMap((stage) =>
  ["GET", "HEAD"].flatMap((method) =>
    ["/a.txt", "/large.bin"].map((path) => ({ stage, method, path }))
  )
);

Deno.test("every stage has a test of its failure", () => {
  assertEquals(
    PLACES.filter((place) => place !== "now").toSorted(),
    Object.keys(STAGES).toSorted(),
  );
});

Deno.test.each(CASES)(
  "$method $path returns a plain 500 when $stage fails, and the next is well",
  async ({ stage, method, path }) => {
    await using tree = await makeTree({
      "a.txt": "hello",
      "large.bin": "x".repeat(1_300_000),
    });
    const { deps } = makeFault(stage, new Error("secret reason"));
    const { handler, records } = await setUp(tree, deps);

    const response = await get(handler, path, { method });
    const text = await response.text();
    const next = await get(handler, path, { method });
    await next.bytes();

    const { headers } = response;
    assertEquals(response.status, 500);
    assertEquals(headers.get("content-type"), "text/html; charset=utf-8");
    assertEquals(headers.get("x-content-type-options"), "nosniff");
    assertEquals(headers.get("cache-control"), "no-cache");
    assertEquals(headers.get("x-own"), "1");
    assertEquals(headers.has("etag"), false);
    assert(!text.includes("secret reason"));
    assertEquals(text === "", method === "HEAD");
    assertEquals(next.status, 200);
    assertEquals(records.map((record) => record.status), [500, 200]);
    const [record] = records;
    assertEquals([record?.method, record?.target], [method, path]);
    assertStringIncludes(record?.error ?? "", "secret reason");
    if (method === "GET") {
      assertEquals(headers.get("content-length"), String(record?.bytes));
    }
  },
);

Deno.test.each<{ error: unknown; told: string }>([
  { error: "a text", told: "a text" },
  { error: 42, told: "42" },
  { error: undefined, told: "undefined" },
])("a failure that is no error is told as $told", async ({ error, told }) => {
  await using tree = await makeTree({ "a.txt": "x" });
  const { deps } = makeFault("resolveTarget", error);
  const { handler, records } = await setUp(tree, deps);

  const response = await get(handler, "/a.txt");
  await response.body?.cancel();

  assertEquals(response.status, 500);
  assertEquals(records.map((record) => record.error), [told]);
});

Deno.test("a failure is answered even where the log fails too", async () => {
  await using tree = await makeTree({ "a.txt": "x" });
  const { deps } = makeFault("resolveTarget", new Error("broken"));
  const { handler } = await setUp(tree, deps, {
    log: () => {
      throw new Error("The log is broken");
    },
  });

  const response = await get(handler, "/a.txt");
  await response.body?.cancel();

  assertEquals(response.status, 500);
});

Deno.test("a request that the runtime tells nothing of is answered", async () => {
  await using tree = await makeTree({ "a.txt": "x" });
  const { handler, records } = await setUp(tree, {});
  const gone = new Proxy(new Request("http://localhost/a.txt"), {
    get() {
      throw new TypeError("Request closed");
    },
  });

  const response = await handler(gone, {
    remoteAddr: { transport: "tcp", hostname: "::1", port: 1 },
    completed: Promise.resolve(),
  });
  await response.body?.cancel();

  assertEquals(response.status, 500);
  assertEquals(records.map(({ method, target }) => [method, target]), [
    ["-", "-"],
  ]);
});

Deno.test("a body of a large file that nobody gets is freed", async () => {
  await using tree = await makeTree({ "large.bin": "x".repeat(1_300_000) });
  const { deps } = makeFault("toResponse", new Error("broken"));
  const files: Deno.FsFile[] = [];
  const { handler } = await setUp(tree, {
    stages: {
      ...(deps.stages ?? STAGES),
      async openFile(target) {
        const opened = await STAGES.openFile(target);
        if (opened.kind === "open" && opened.file.content.kind === "handle") {
          files.push(opened.file.content.file);
        }
        return opened;
      },
    },
  });

  const response = await get(handler, "/large.bin");
  await response.body?.cancel();

  assertEquals(files.length, 1);
  for (const file of files) {
    await assertRejects(() => file.stat(), Deno.errors.BadResource);
  }
});

Deno.test.each<{ kind: "unstable" | "exhausted"; status: number }>([
  { kind: "unstable", status: 503 },
  { kind: "exhausted", status: 503 },
])(
  "a file that is $kind returns $status and when to try again",
  async (row) => {
    await using tree = await makeTree({ "a.txt": "x" });
    const { handler, records } = await setUp(tree, {
      stages: {
        ...STAGES,
        openFile: () =>
          Promise.resolve(
            row.kind === "unstable"
              ? { kind: "unstable" }
              : { kind: "refused", error: "exhausted" },
          ),
      },
    });

    const response = await get(handler, "/a.txt");
    await response.body?.cancel();

    assertEquals(response.status, row.status);
    assertEquals(response.headers.get("retry-after"), "1");
    assertEquals(records.map(({ status, error }) => [status, error]), [
      [503, null],
    ]);
  },
);
