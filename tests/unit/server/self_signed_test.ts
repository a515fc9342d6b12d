import { assert, assertEquals, assertNotEquals } from "@std/assert";

import { checkCertificate } from "../../../lib/server/certificate.ts";
import {
  createSelfSigned,
  toAlternativeNames,
  VALID_DAYS,
} from "../../../lib/server/self_signed.ts";
import { libUrl, runModule } from "../disk/_child.ts";

const source = { cert: "made.crt", key: "made.key" };
const DAY_MS = 86_400_000;

Deno.test("createSelfSigned() makes what loading would take", async () => {
  const now = Date.now();

  const made = await createSelfSigned(["my-laptop", "192.0.2.7"], now);

  const result = await checkCertificate(made, { source, now });
  assert(result.kind === "loaded");
  const { certificate } = result;
  assertEquals(certificate.fingerprint, made.fingerprint);
  assertEquals(certificate.key, made.key);
  assertEquals(made.expires, now + VALID_DAYS * DAY_MS);
  // A certificate counts in seconds.
  assertEquals(certificate.expires, Math.floor(made.expires / 1_000) * 1_000);
});

Deno.test("createSelfSigned() is right on clocks that are behind", async () => {
  const now = Date.now();

  const made = await createSelfSigned([], now);

  const result = await checkCertificate(made, {
    source,
    now: now - DAY_MS + 1_000,
  });
  assertEquals(result.kind, "loaded");
});

Deno.test("createSelfSigned() makes another one each time", async () => {
  const now = Date.now();

  const [one, two] = await Promise.all([
    createSelfSigned([], now),
    createSelfSigned([], now),
  ]);

  assertNotEquals(one.key, two.key);
  assertNotEquals(one.fingerprint, two.fingerprint);
});

Deno.test("createSelfSigned() makes what a client trusts for each name", async () => {
  const made = await createSelfSigned(["my-laptop"], Date.now());
  await using server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    cert: made.cert,
    key: made.key,
    onListen: () => {},
  }, () => new Response("hello"));

  for (const name of ["localhost", "127.0.0.1", "::1", "my-laptop"]) {
    const { hostname, port } = server.addr;
    const connection = await Deno.connect({ hostname, port });
    using tls = await Deno.startTls(connection, {
      hostname: name,
      caCerts: [made.cert],
    });
    assertEquals((await tls.handshake()).alpnProtocol, null);
  }
});

Deno.test("createSelfSigned() needs no permission", async () => {
  const code = `
    import { createSelfSigned } from "${libUrl("server/self_signed.ts")}";
    const { fingerprint } = await createSelfSigned([], Date.now());
    console.log(JSON.stringify(fingerprint.length));`;

  assertEquals(await runModule(code, { flags: [] }), 95);
});

Deno.test.each<{ name: string; entries: readonly string[] }>([
  { name: "My.Host.", entries: ["dns my.host"] },
  { name: "my_host-2", entries: ["dns my_host-2"] },
  { name: "192.0.2.7", entries: ["ip 192.0.2.7"] },
  { name: "2001:DB8::1", entries: ["ip 2001:db8::1"] },
  { name: "fe80::1%eth0", entries: ["ip fe80::1"] },
  { name: "localhost", entries: [] },
  { name: "LOCALHOST.", entries: [] },
  { name: "127.0.0.1", entries: [] },
  { name: "0.0.0.0", entries: [] },
  { name: "::", entries: [] },
  { name: "", entries: [] },
  { name: "a b", entries: [] },
  { name: "a..b", entries: [] },
  { name: "é", entries: [] },
  { name: "999.1.1.1", entries: [] },
  { name: "a".repeat(64), entries: [] },
  { name: `${"a".repeat(63)}.b`, entries: [`dns ${"a".repeat(63)}.b`] },
  { name: "1::2::3", entries: [] },
])("toAlternativeNames() takes $name as $entries", ({ name, entries }) => {
  const all = toAlternativeNames([name, name]).map(({ type, value }) =>
    `${type} ${value}`
  );

  assertEquals(all, ["dns localhost", "ip 127.0.0.1", "ip ::1", ...entries]);
});
