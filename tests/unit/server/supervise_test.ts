import { assert, assertEquals } from "@std/assert";

import type { Handler } from "../../../lib/answer.ts";
import { DRAINING_MAX, EXHAUSTED_MS } from "../../../lib/http/limits.ts";
import type { HttpServer } from "../../../lib/server/listen.ts";
import { Supervisor } from "../../../lib/server/supervise.ts";
import { PEER } from "../../_support/call.ts";
import { replace } from "../disk/_replace.ts";

const EXHAUSTED = new Error("Http: Too many open files\n(os error 24)");

const handler: Handler = () => Promise.resolve(new Response());

/** A server whose end the test decides. */
interface FakeServer extends HttpServer {
  /** How often it was told to stop. */
  readonly shutdowns: number;
  /** Its listener fails. */
  fail(error?: Error): void;
  /** What it still sends is sent. */
  drain(): void;
}

function fakeServer(options: { isStuck?: boolean } = {}): FakeServer {
  const finished = Promise.withResolvers<void>();
  const drained = Promise.withResolvers<void>();
  let shutdowns = 0;
  if (options.isStuck !== true) drained.resolve();
  return {
    addr: { transport: "tcp", hostname: "127.0.0.1", port: 8000 },
    finished: finished.promise,
    get shutdowns() {
      return shutdowns;
    },
    fail: (error = EXHAUSTED) => finished.reject(error),
    drain: drained.resolve,
    async shutdown() {
      shutdowns++;
      await drained.promise;
      finished.resolve();
    },
    ref() {},
    unref() {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

interface Started {
  readonly handler: Handler;
  readonly signal: AbortSignal;
}

/** A supervisor of fake servers, in a time that the test lets pass. */
function setUp(listenAgain: (attempt: number, started: Started) => HttpServer) {
  let now = 0;
  const pauses: number[] = [];
  const replaced = [
    replace(performance, "now", () => now),
    replace(globalThis, "setTimeout", (callback: () => void, ms: number) => {
      now += ms;
      pauses.push(ms);
      queueMicrotask(callback);
    }),
  ];
  const reports: string[] = [];
  const hopeless: unknown[] = [];
  const started: Started[] = [];
  const traffic = { underWay: 0, movedSince: () => 0 };
  let attempts = 0;
  const supervisor = new Supervisor({
    listenAgain(handler, signal) {
      started.push({ handler, signal });
      return listenAgain(++attempts, { handler, signal });
    },
    report: (message) => void reports.push(message),
    onHopeless: (error) => void hopeless.push(error),
    traffic,
  });
  started.push(supervisor.prepare(handler));
  return {
    supervisor,
    pauses,
    reports,
    hopeless,
    traffic,
    /** What each server was started with. */
    started,
    attempts: () => attempts,
    pass: (ms: number) => void (now += ms),
    [Symbol.dispose]: () => replaced.forEach((r) => r[Symbol.dispose]()),
  };
}

/** Begins requests on a server; gives what ends them. */
function begin(
  started: Started | undefined,
  count: number,
): PromiseWithResolvers<void>[] {
  const ends = Array.from(
    { length: count },
    () => Promise.withResolvers<void>(),
  );
  for (const { promise } of ends) {
    started?.handler(new Request("http://localhost/"), {
      remoteAddr: PEER,
      completed: promise,
    });
  }
  return ends;
}

function neverAgain(): HttpServer {
  throw new Error("Listened again");
}

/** Lets promises settle, without a timer. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

const REPORT =
  "accepting connections failed (Http: Too many open files (os error 24)); " +
  "listening again";

Deno.test("watch() ends with a server that ends", async () => {
  using test = setUp(neverAgain);
  const server = fakeServer();

  const watching = test.supervisor.watch(server);
  await server.shutdown();
  await watching;

  assertEquals(test.reports, []);
});

Deno.test("watch() listens again when the listener fails, and drains the old server first", async () => {
  const order: string[] = [];
  const second = fakeServer();
  using test = setUp(() => {
    order.push(`listen, ${first.shutdowns} shut down`);
    return second;
  });
  const first = fakeServer();

  const watching = test.supervisor.watch(first);
  first.fail();
  await settle();
  await second.shutdown();
  await watching;

  assertEquals(order, ["listen, 1 shut down"]);
  assertEquals(second.shutdowns, 1);
  assertEquals(test.reports, [REPORT]);
});

Deno.test("watch() does not wait for what the old server still sends", async () => {
  const first = fakeServer({ isStuck: true });
  using test = setUp(() => second);
  const second = fakeServer();

  const watching = test.supervisor.watch(first);
  first.fail();
  await settle();

  assertEquals(test.attempts(), 1);
  await second.shutdown();
  await watching;
  first.drain();
});

Deno.test("watch() survives an old server that cannot be shut down", async () => {
  using test = setUp(() => second);
  const second = fakeServer();
  const first: HttpServer = {
    ...fakeServer(),
    finished: Promise.reject(EXHAUSTED),
    shutdown: () => Promise.reject(new Deno.errors.BadResource()),
  };

  const watching = test.supervisor.watch(first);
  await settle();
  await test.supervisor.stop();
  await watching;

  assertEquals(second.shutdowns, 1);
});

Deno.test.each<{ failures: number; reports: string[] }>([
  { failures: 1, reports: [REPORT] },
  { failures: 3, reports: [REPORT] },
  { failures: 49, reports: [REPORT] },
  {
    failures: 120,
    reports: [REPORT, "listening again failed (Address already in use)"],
  },
])(
  "watch() goes on trying after $failures failures",
  async ({ failures, reports }) => {
    const first = fakeServer();
    const second = fakeServer();
    using test = setUp((attempt) => {
      if (attempt > failures) return second;
      throw new Deno.errors.AddrInUse("Address already in use");
    });

    const watching = test.supervisor.watch(first);
    first.fail();
    while (test.attempts() <= failures) await settle();
    await second.shutdown();
    await watching;

    assertEquals(test.attempts(), failures + 1);
    assertEquals(test.pauses.length, failures);
    assertEquals(test.reports, reports);
  },
);

Deno.test("watch() hurries at first, and later has patience", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp((attempt) => {
    if (attempt > 60) return second;
    throw EXHAUSTED;
  });

  const watching = test.supervisor.watch(first);
  first.fail();
  while (test.attempts() <= 60) await settle();
  await second.shutdown();
  await watching;

  assert(test.pauses.slice(0, 49).every((ms) => ms <= 50));
  assert(test.pauses.slice(50).every((ms) => ms >= 200));
});

Deno.test("watch() ends where listening again is not permitted", async () => {
  const error = new Deno.errors.NotCapable("Requires net access");
  const first = fakeServer();
  using test = setUp(() => {
    throw error;
  });

  const watching = test.supervisor.watch(first);
  first.fail();
  await watching;

  assertEquals(test.hopeless, [error]);
  assertEquals(test.attempts(), 1);
});

Deno.test("watch() reports once a minute at most", async () => {
  const servers = Array.from({ length: 6 }, () => fakeServer());
  using test = setUp((attempt) => servers[attempt] ?? neverAgain());
  const [first] = servers;
  assert(first !== undefined);
  const counts: number[] = [];

  const watching = test.supervisor.watch(first);
  for (const server of servers.slice(0, -1)) {
    server.fail();
    await settle();
    counts.push(test.reports.length);
    test.pass(25_000);
  }
  await servers.at(-1)?.shutdown();
  await watching;

  // At 0, 25, 50, 75 and 100 seconds.
  assertEquals(counts, [1, 1, 1, 2, 2]);
});

Deno.test("stop() waits for the server and for all that drain", async () => {
  const first = fakeServer({ isStuck: true });
  const second = fakeServer({ isStuck: true });
  using test = setUp(() => second);
  let hasStopped = false;

  const watching = test.supervisor.watch(first);
  first.fail();
  await settle();
  const stopping = test.supervisor.stop().then(() => hasStopped = true);
  await settle();
  const states = [hasStopped];
  second.drain();
  await settle();
  states.push(hasStopped);
  first.drain();
  await stopping;
  await watching;

  assertEquals(states, [false, false]);
  assertEquals([first.shutdowns, second.shutdowns], [1, 1]);
});

Deno.test("stop() ends the attempts to listen again", async () => {
  const first = fakeServer();
  let stopping: Promise<void> | undefined;
  using test = setUp((attempt) => {
    if (attempt === 5) stopping = test.supervisor.stop();
    throw EXHAUSTED;
  });

  const watching = test.supervisor.watch(first);
  first.fail();
  await watching;
  await stopping;

  assertEquals(test.attempts(), 5);
});

Deno.test("watch() does not listen again for a listener that fails while it stops", async () => {
  const first = fakeServer({ isStuck: true });
  using test = setUp(neverAgain);

  const watching = test.supervisor.watch(first);
  const stopping = test.supervisor.stop();
  first.fail();
  await watching;
  first.drain();
  await stopping;

  assertEquals([test.attempts(), test.reports], [0, []]);
});

Deno.test("stop() resolves at once before there is a server that is watched", async () => {
  using test = setUp(neverAgain);

  await test.supervisor.stop();

  assertEquals(test.attempts(), 0);
});

Deno.test("requestsUnderWay counts requests until their answers have ended", async () => {
  using test = setUp(neverAgain);
  const counts: number[] = [];
  const look = () => counts.push(test.supervisor.requestsUnderWay);

  look();
  const ends = begin(test.started[0], 3);
  look();
  ends[0]?.resolve();
  await settle();
  look();
  // A client that left.
  ends[1]?.reject(new Error("Interrupted"));
  await settle();
  look();
  ends[2]?.resolve();
  await settle();
  look();

  assertEquals(counts, [0, 3, 2, 1, 0]);
});

Deno.test("requestsUnderWay counts those of all servers, each once", async () => {
  const first = fakeServer({ isStuck: true });
  const second = fakeServer({ isStuck: true });
  using test = setUp(() => second);
  const counts: number[] = [];
  const look = () => counts.push(test.supervisor.requestsUnderWay);

  const watching = test.supervisor.watch(first);
  begin(test.started[0], 2);
  first.fail();
  await settle();
  begin(test.started[1], 3);
  look();
  const stopping = test.supervisor.stop();
  look();
  first.drain();
  second.drain();
  await stopping;
  await watching;

  assertEquals(counts, [5, 5]);
});

Deno.test("watch() keeps a server with many requests until few are left", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp(() => second);

  const watching = test.supervisor.watch(first);
  const ends = begin(test.started[0], DRAINING_MAX + 1);
  first.fail();
  await settle();
  const before = first.shutdowns;
  ends[0]?.resolve();
  await settle();

  assertEquals([before, first.shutdowns], [0, 1]);
  assertEquals(test.attempts(), 1);
  await second.shutdown();
  await watching;
});

Deno.test("watch() cuts downloads that nobody reads when listening goes on failing", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp(() => {
    if (test.started[0]?.signal.aborted) return second;
    throw EXHAUSTED;
  });

  const watching = test.supervisor.watch(first);
  test.traffic.underWay = begin(test.started[0], 100).length;
  first.fail();
  while (test.reports.length < 3) await settle();
  const waited = test.pauses.reduce((sum, ms) => sum + ms, 0);
  await second.shutdown();
  await watching;

  assertEquals(first.shutdowns, 0);
  assert(waited >= EXHAUSTED_MS && waited < EXHAUSTED_MS + 1_000);
  assertEquals(test.reports, [
    REPORT,
    "listening again failed (Http: Too many open files (os error 24))",
    "cut 100 downloads: most clients did not read, and others waited",
  ]);
});

Deno.test("watch() cuts nothing where another program has taken the address", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp((attempt) => {
    if (attempt > 200) return second;
    throw new Deno.errors.AddrInUse("Address already in use");
  });

  const watching = test.supervisor.watch(first);
  test.traffic.underWay = begin(test.started[0], 100).length;
  first.fail();
  while (test.attempts() <= 200) await settle();
  await second.shutdown();
  await watching;

  assertEquals(test.started[0]?.signal.aborted, false);
});

Deno.test("watch() waits a little before it listens again time after time", async () => {
  const servers = Array.from({ length: 6 }, () => fakeServer());
  using test = setUp((attempt) => servers[attempt] ?? neverAgain());

  const watching = test.supervisor.watch(servers[0] ?? neverAgain());
  for (const server of servers.slice(0, -1)) {
    server.fail();
    await settle();
  }
  await servers.at(-1)?.shutdown();
  await watching;

  // The second and the fourth came at the same moment as the one before.
  assertEquals(test.pauses, [20, 20]);
});

Deno.test("replaceServer() listens again and lets the old server finish", async () => {
  const first = fakeServer({ isStuck: true });
  const second = fakeServer();
  using test = setUp(() => second);

  const watching = test.supervisor.watch(first);
  test.supervisor.replaceServer();
  await settle();

  assertEquals([first.shutdowns, test.attempts()], [1, 1]);
  // The end of the old one is no reason to end.
  first.drain();
  await settle();
  assertEquals(second.shutdowns, 0);
  assertEquals(test.reports, []);
  await test.supervisor.stop();
  await watching;
  assertEquals([first.shutdowns, second.shutdowns], [1, 1]);
});

Deno.test("replaceServer() waits until the old listener has let go of the address", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp((attempt) => {
    if (attempt === 3) return second;
    throw new Deno.errors.AddrInUse();
  });

  const watching = test.supervisor.watch(first);
  test.supervisor.replaceServer();
  await settle();

  assertEquals(test.attempts(), 3);
  assertEquals(test.reports, []);
  await second.shutdown();
  await watching;
});

Deno.test("replaceServer() twice at once replaces once", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp(() => second);

  const watching = test.supervisor.watch(first);
  test.supervisor.replaceServer();
  test.supervisor.replaceServer();
  await settle();

  assertEquals([first.shutdowns, test.attempts()], [1, 1]);
  await second.shutdown();
  await watching;
});

Deno.test("replaceServer() does nothing while it stops", async () => {
  const first = fakeServer();
  using test = setUp(neverAgain);

  const watching = test.supervisor.watch(first);
  const stopping = test.supervisor.stop();
  test.supervisor.replaceServer();
  await stopping;
  await watching;

  assertEquals([first.shutdowns, test.attempts()], [1, 0]);
});

Deno.test("cut() ends the server that listens, says so and listens again", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp(() => second);

  const watching = test.supervisor.watch(first);
  begin(test.started[0], 1);
  test.supervisor.cut();
  await settle();

  assertEquals(test.started[0]?.signal.aborted, true);
  assertEquals([first.shutdowns, test.attempts()], [0, 1]);
  assertEquals(test.reports, [
    "cut 1 download: most clients did not read, and others waited",
  ]);
  await test.supervisor.stop();
  await watching;
  // Never both on one server.
  assertEquals([first.shutdowns, second.shutdowns], [0, 1]);
  assertEquals(test.started[1]?.signal.aborted, false);
});

Deno.test("cut() ends no server that was shut down", async () => {
  const first = fakeServer({ isStuck: true });
  const second = fakeServer();
  using test = setUp((attempt) => attempt === 1 ? second : fakeServer());

  const watching = test.supervisor.watch(first);
  begin(test.started[0], 1);
  test.supervisor.replaceServer();
  await settle();
  test.supervisor.cut();
  await settle();

  assertEquals(
    test.started.map(({ signal }) => signal.aborted),
    [false, true, false],
  );
  first.drain();
  await test.supervisor.stop();
  await watching;
});

Deno.test("cut() does nothing while it stops", async () => {
  const first = fakeServer();
  using test = setUp(neverAgain);

  const watching = test.supervisor.watch(first);
  const stopping = test.supervisor.stop();
  test.supervisor.cut();
  await stopping;
  await watching;

  assertEquals(test.started[0]?.signal.aborted, false);
});

Deno.test("exhausted() sheds what has not sent a whole request, twice a second at most", async () => {
  const servers = Array.from({ length: 4 }, () => fakeServer());
  using test = setUp((attempt) => servers[attempt] ?? neverAgain());

  const watching = test.supervisor.watch(servers[0] ?? neverAgain());
  const counts: number[] = [];
  for (let i = 0; i < 4; i++) {
    test.supervisor.exhausted();
    await settle();
    counts.push(test.attempts());
    test.pass(300);
  }
  await test.supervisor.stop();
  await watching;

  assertEquals(counts, [1, 1, 2, 2]);
});

Deno.test("exhausted() cuts downloads that nobody reads after the time", async () => {
  const first = fakeServer();
  const second = fakeServer();
  using test = setUp(() => second);

  const watching = test.supervisor.watch(first);
  test.traffic.underWay = begin(test.started[0], 100).length;
  const aborted: (boolean | undefined)[] = [];
  for (let i = 0; i < 3; i++) {
    test.supervisor.exhausted();
    aborted.push(test.started[0]?.signal.aborted);
    test.pass(EXHAUSTED_MS / 2);
  }
  await settle();
  await second.shutdown();
  await watching;

  assertEquals(aborted, [false, false, true]);
  assertEquals([first.shutdowns, test.attempts()], [0, 1]);
});
