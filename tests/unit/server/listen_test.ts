import { assert, assertEquals } from "@std/assert";

import {
  explain,
  type HttpServer,
  listen,
  listenOrExplain,
} from "../../../lib/server/listen.ts";
import { makeCertificate } from "../../_support/certificates.ts";
import { rawRequest } from "../../_support/raw.ts";
import { libUrl, runModule } from "../disk/_child.ts";

// A loopback address of our own where there is one: its ports are all free.
const BIND = Deno.build.os === "linux" ? "127.0.0.93" : "127.0.0.1";

const answer = () => Promise.resolve(new Response("hello"));

async function askServer(server: HttpServer): Promise<string> {
  const { body } = await rawRequest(server.addr, "/");
  return new TextDecoder().decode(body);
}

/** Takes some ports one after the other; they are freed with the block. */
function takePorts(count: number): { first: number } & Disposable {
  for (let first = 20_000; first < 40_000; first += count) {
    const listeners: Deno.Listener[] = [];
    const free = () => listeners.forEach((listener) => listener.close());
    try {
      for (let i = 0; i < count; i++) {
        listeners.push(Deno.listen({ hostname: BIND, port: first + i }));
      }
      return { first, [Symbol.dispose]: free };
    } catch (error) {
      free();
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  throw new Error("No free ports");
}

Deno.test("listen() on port 0 takes a free one and answers there", async () => {
  const server = listen({ bind: BIND, port: 0 }, answer);

  assert(server.addr.port > 0);
  assertEquals(await askServer(server), "hello");
  await server.shutdown();
});

Deno.test("listen() answers a plain 500 where a handler fails", async () => {
  const fail = () => Promise.reject(new Error("secret"));
  const server = listen({ bind: BIND, port: 0 }, fail);

  const { status, body } = await rawRequest(server.addr, "/");

  assertEquals([status, body.length], [500, 0]);
  await server.shutdown();
});

Deno.test("listen() sends text as it is to who would take it compressed", async () => {
  const text = "hello ".repeat(1_000);
  const headers = { "content-type": "text/plain" };
  const server = listen(
    { bind: BIND, port: 0 },
    () => Promise.resolve(new Response(text, { headers })),
  );

  const response = await rawRequest(server.addr, "/", {
    headers: { "accept-encoding": "gzip, br" },
  });

  assertEquals(response.headers.get("content-encoding"), undefined);
  assertEquals(response.body.length, text.length);
  await server.shutdown();
});

Deno.test("listen() speaks TLS with a certificate", async () => {
  const { cert, key } = await makeCertificate();
  const tls = { cert, key, fingerprint: "", expires: 0 };
  const server = listen({ bind: BIND, port: 0 }, answer, { tls });

  const socket = await Deno.connect({
    hostname: BIND,
    port: server.addr.port,
  });
  using connection = await Deno.startTls(socket, { caCerts: [cert] });
  const request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  await connection.write(new TextEncoder().encode(request));
  const text = await new Response(connection.readable).text();

  assert(text.startsWith("HTTP/1.1 200 "));
  assert(text.endsWith("hello"));
  await server.shutdown();
});

Deno.test("listen() ends at once by its signal", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const server = listen({ bind: BIND, port: 0 }, answer, { signal });

  controller.abort();

  await server.finished;
});

Deno.test("listenOrExplain() says that certificate and key do not match", async () => {
  const [{ cert }, { key }] = [
    await makeCertificate(),
    await makeCertificate(),
  ];
  const tls = { cert, key, fingerprint: "", expires: 0 };

  const result = listenOrExplain({ bind: BIND, port: 0 }, answer, {
    isPortAsked: true,
    tls,
  });

  assertEquals(result, {
    kind: "failed",
    message: "Cannot use the certificate: its private key is another one",
  });
});

Deno.test("listenOrExplain() takes the port that was asked for", async () => {
  let port = 0;
  {
    using ports = takePorts(1);
    port = ports.first;
  }

  const result = listenOrExplain({ bind: BIND, port }, answer, {
    isPortAsked: true,
  });

  assert(result.kind === "listening");
  assertEquals([result.server.addr.port, result.taken], [port, []]);
  assertEquals(await askServer(result.server), "hello");
  await result.server.shutdown();
});

Deno.test("listenOrExplain() says that a port that was asked for is taken", () => {
  using ports = takePorts(1);
  const address = { bind: BIND, port: ports.first };

  assertEquals(listenOrExplain(address, answer, { isPortAsked: true }), {
    kind: "failed",
    message: `Cannot listen on port ${ports.first}: it is taken; ` +
      "give another port, or 0 for any that is free",
  });
});

Deno.test.each<{ count: number }>([{ count: 1 }, { count: 3 }, { count: 9 }])(
  "listenOrExplain() takes the next port when $count are taken",
  async ({ count }) => {
    using ports = takePorts(count);
    const { first } = ports;
    const address = { bind: BIND, port: first };

    const result = listenOrExplain(address, answer, { isPortAsked: false });

    assert(result.kind === "listening");
    const { server, taken } = result;
    assertEquals(
      taken.slice(0, count),
      Array.from({ length: count }, (_, i) => first + i),
    );
    assertEquals(server.addr.port, first + taken.length);
    assertEquals(await askServer(server), "hello");
    await server.shutdown();
  },
);

Deno.test("listenOrExplain() says that ten ports are taken", () => {
  using ports = takePorts(10);
  const { first } = ports;
  const address = { bind: BIND, port: first };

  assertEquals(listenOrExplain(address, answer, { isPortAsked: false }), {
    kind: "failed",
    message: `Cannot listen on a port from ${first} to ${first + 9}: ` +
      "they are taken; give another port, or 0 for any that is free",
  });
});

Deno.test("listenOrExplain() says that the machine has no such address", () => {
  // An address for documentation (RFC 5737).
  const address = { bind: "192.0.2.1", port: 8000 };

  assertEquals(listenOrExplain(address, answer, { isPortAsked: true }), {
    kind: "failed",
    message: "Cannot listen on 192.0.2.1: this machine has no such address",
  });
});

/** What listening comes to in a process with this grant. */
async function listenWith(
  grant: string,
  port: number,
  isPortAsked: boolean,
  bind = BIND,
) {
  const code = `
    import { listenOrExplain } from "${libUrl("server/listen.ts")}";
    const result = listenOrExplain(
      { bind: "${bind}", port: ${port} },
      () => Promise.resolve(new Response()),
      { isPortAsked: ${isPortAsked} },
    );
    console.log(JSON.stringify(result.kind === "failed"
      ? result.message
      : [result.server.addr.port, ...result.taken]));
    if (result.kind === "listening") await result.server.shutdown();`;
  return await runModule(code, { flags: [`--allow-net=${grant}`] });
}

Deno.test("listenOrExplain() names the flag that is missing", async () => {
  assertEquals(
    await listenWith(`${BIND}:8001`, 8000, false),
    `Cannot listen on ${BIND}:8000: run with --allow-net=${BIND}:8000`,
  );
});

Deno.test("listenOrExplain() opens no network for a grant of loopback", async () => {
  assertEquals(
    await listenWith("127.0.0.1:8000", 8000, true, "0.0.0.0"),
    "Cannot listen on 0.0.0.0:8000: run with --bind 127.0.0.1 as well, " +
      "or with --allow-net=0.0.0.0:8000",
  );
});

Deno.test("listenOrExplain() passes over ports that are not granted", async () => {
  using ports = takePorts(1);
  const { first } = ports;
  const grant = `${BIND}:${first},${BIND}:${first + 4}`;

  assertEquals(await listenWith(grant, first, false), [first + 4, first]);
});

Deno.test("listenOrExplain() says that the only port granted is taken", async () => {
  using ports = takePorts(1);
  const { first } = ports;

  assertEquals(
    await listenWith(`${BIND}:${first}`, first, false),
    `Cannot listen on port ${first}: it is taken; give another port, ` +
      `or run with --allow-net=${BIND}:${first + 1} as well`,
  );
});

Deno.test("explain() sends nobody above a port that is above already", () => {
  const address = { bind: "0.0.0.0", port: 8000 };

  assertEquals(
    explain(new Deno.errors.PermissionDenied("os error 10013"), address),
    "Cannot listen on port 8000: this user may not; give another port, or 0 " +
      "for any that is free",
  );
});

Deno.test.each<{ error: unknown; message: string }>([
  {
    error: new Deno.errors.PermissionDenied("os error 13"),
    message: "port 80: this user may not; give a port above 1023",
  },
  {
    error: new Deno.errors.AddrNotAvailable("os error 99"),
    message: "example.test: this machine has no such address",
  },
  {
    error: new Deno.errors.NotCapable("Requires net access"),
    message: "example.test:80: run with --allow-net=example.test:80",
  },
  {
    error: new Error("failed to lookup address information: unknown"),
    message: "example.test: give an address or name of this machine",
  },
  {
    error: new Error("No resolved address found"),
    message: "example.test: give an address or name of this machine",
  },
  {
    error: new Error("Something else\nwith a second line"),
    message: "example.test:80: Something else",
  },
  { error: "what is no error", message: "example.test:80: what is no error" },
])("explain() says: Cannot listen on $message", ({ error, message }) => {
  assertEquals(
    explain(error, { bind: "example.test", port: 80 }),
    `Cannot listen on ${message}`,
  );
});

Deno.test.each<{ error: Error; reason: string }>([
  {
    error: new Error("keys may not be consistent: KeyMismatch"),
    reason: "its private key is another one",
  },
  {
    error: new Error("invalid peer certificate: BadEncoding"),
    reason: "invalid peer certificate: BadEncoding",
  },
  {
    error: new Deno.errors.InvalidData("No keys found in key data"),
    reason: "No keys found in key data",
  },
])("explain() says of a certificate: $reason", ({ error, reason }) => {
  assertEquals(
    explain(error, { bind: "example.test", port: 443 }),
    `Cannot use the certificate: ${reason}`,
  );
});

Deno.test("explain() knows what the runtime says of an unknown name", () => {
  const bind = "no-such-name.invalid";
  try {
    listen({ bind, port: 0 }, answer);
  } catch (error) {
    return assertEquals(
      explain(error, { bind, port: 0 }),
      `Cannot listen on ${bind}: give an address or name of this machine`,
    );
  }
  throw new Error("It listens on a name that does not exist");
});
