import { assert, assertEquals, assertNotEquals } from "@std/assert";

import {
  loadCertificate,
  type TlsCertificate,
} from "../../../lib/server/certificate.ts";
import {
  createClockLook,
  createFileLook,
  watchCertificate,
} from "../../../lib/server/renewal.ts";
import { createSelfSigned } from "../../../lib/server/self_signed.ts";
import {
  makeCertificate,
  type TestCertificate,
} from "../../_support/certificates.ts";
import { makeTree, type Tree } from "../../_support/tree.ts";

const one = await makeCertificate();
const two = await makeCertificate();
const DAY_MS = 86_400_000;

interface Files extends AsyncDisposable {
  readonly source: { readonly cert: string; readonly key: string };
  readonly current: TlsCertificate;
  /** Writes what is given, with the same time and, mostly, size as before. */
  write(pem: Partial<TestCertificate>): Promise<void>;
}

async function makeFiles(): Promise<Files> {
  const tree: Tree = await makeTree({ "a.crt": one.cert, "a.key": one.key });
  const source = { cert: tree.at("a.crt"), key: tree.at("a.key") };
  const loaded = await loadCertificate(source);
  if (loaded.kind === "failed") throw new Error(loaded.message);
  return {
    source,
    current: loaded.certificate,
    async write({ cert, key }) {
      if (cert !== undefined) await Deno.writeTextFile(source.cert, cert);
      if (key !== undefined) await Deno.writeTextFile(source.key, key);
    },
    [Symbol.asyncDispose]: () => tree[Symbol.asyncDispose](),
  };
}

Deno.test("createFileLook() finds nothing new in the same files", async () => {
  await using files = await makeFiles();
  const notes: string[] = [];
  const look = createFileLook(files.source, {
    ...files,
    note: (line) => notes.push(line),
  });

  assertEquals([await look(), await look(), notes], [null, null, []]);
});

Deno.test("createFileLook() finds a renewed pair once, and says so", async () => {
  await using files = await makeFiles();
  const notes: string[] = [];
  const look = createFileLook(files.source, {
    ...files,
    note: (line) => notes.push(line),
  });
  await files.write(two);

  const renewed = await look();

  assertEquals([renewed?.cert, renewed?.key], [two.cert, two.key]);
  assertNotEquals(renewed?.fingerprint, files.current.fingerprint);
  const day = new Date(renewed?.expires ?? 0).toISOString().slice(0, 10);
  assertEquals(notes, [`the certificate was renewed; it expires on ${day}`]);
  assertEquals(await look(), null);
});

Deno.test("createFileLook() leaves a pair half written for the next look", async () => {
  await using files = await makeFiles();
  const notes: string[] = [];
  const look = createFileLook(files.source, {
    ...files,
    note: (line) => notes.push(line),
  });

  await files.write({ cert: two.cert });
  const half = await look();
  const silent = [...notes];
  await files.write({ key: two.key });
  const whole = await look();

  assertEquals([half, silent], [null, []]);
  assertEquals(whole?.cert, two.cert);
});

Deno.test("createFileLook() says once what stays wrong", async () => {
  await using files = await makeFiles();
  const notes: string[] = [];
  const look = createFileLook(files.source, {
    ...files,
    note: (line) => notes.push(line),
  });

  await files.write({ cert: two.cert });
  for (let i = 0; i < 5; i++) assertEquals(await look(), null);
  await Deno.remove(files.source.cert);
  for (let i = 0; i < 5; i++) assertEquals(await look(), null);

  const { cert, key } = files.source;
  assertEquals(notes, [
    `the certificate in use stays: Cannot use "${key}" as the private key: ` +
    `it does not belong to the certificate in "${cert}"; give the key that ` +
    "the certificate was made for",
    `the certificate in use stays: Cannot use "${cert}" as the certificate: ` +
    "there is no such file; give one that exists",
  ]);
});

Deno.test("createFileLook() goes back without a word", async () => {
  await using files = await makeFiles();
  const notes: string[] = [];
  const look = createFileLook(files.source, {
    ...files,
    note: (line) => notes.push(line),
  });

  await files.write({ cert: "" });
  await look();
  await files.write({ cert: one.cert });
  await look();
  await files.write({ cert: "" });
  await look();

  assertEquals(notes, []);
});

Deno.test("createFileLook() says once that the certificate has expired", async () => {
  await using files = await makeFiles();
  const notes: string[] = [];
  let now = Date.now();
  const look = createFileLook(files.source, {
    ...files,
    note: (line) => notes.push(line),
    now: () => now,
  });

  await look();
  now += 31 * DAY_MS;
  for (let i = 0; i < 3; i++) await look();

  assertEquals(
    notes.filter((line) => line === "the certificate in use has expired"),
    ["the certificate in use has expired"],
  );
});

Deno.test("createClockLook() makes another a day before the end", async () => {
  const start = Date.now();
  let now = start;
  const notes: string[] = [];
  const current = await createSelfSigned([], start);
  const look = createClockLook(["my-laptop"], {
    current,
    note: (line) => notes.push(line),
    now: () => now,
  });

  now = current.expires - DAY_MS - 1;
  const early = await look();
  now++;
  const renewed = await look();
  const again = await look();

  assertEquals([early, again], [null, null]);
  assert(renewed !== null);
  assert(renewed.expires > current.expires);
  assertEquals(notes, [`a new certificate was made: ${renewed.fingerprint}`]);
});

Deno.test("watchCertificate() hands on what is renewed until it is ended", async () => {
  await using files = await makeFiles();
  const renewed = Promise.withResolvers<TlsCertificate>();
  const stop = watchCertificate({ kind: "files", ...files.source }, {
    current: files.current,
    onRenewed: renewed.resolve,
    note: () => {},
    everyMs: 1,
  });
  // The timer alone holds no process up.
  const hold = setInterval(() => {}, 1_000);

  await files.write(two);
  const { cert } = await renewed.promise;
  stop();
  clearInterval(hold);

  assertEquals(cert, two.cert);
});

Deno.test("watchCertificate() outlives what looking throws", async () => {
  const current = await createSelfSigned([], 0);
  const noted = Promise.withResolvers<string>();
  let calls = 0;
  const hold = setInterval(() => {}, 1_000);
  const stop = watchCertificate({ kind: "self-signed", names: [] }, {
    current,
    onRenewed: () => {
      throw new Error("no server");
    },
    note(line) {
      if (calls++ > 0) noted.resolve(line);
    },
    everyMs: 1,
  });

  const line = await noted.promise;
  stop();
  clearInterval(hold);

  assertEquals(line, "renewing the certificate failed (no server)");
});
