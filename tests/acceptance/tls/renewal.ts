/**
 * A certificate that is renewed on the disk while the server runs: new
 * connections get it, downloads under way go on, and hardly anybody finds the
 * port closed.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { makeCertificate } from "../../_support/certificates.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import {
  type CertificateFiles,
  connectTls,
  makeCertificateFiles,
} from "../../_support/tls.ts";
import { makeTree } from "../../_support/tree.ts";
import { Http2Client } from "../../conformance/http2_client.ts";
import { checkTools, run } from "../clients/_tools.ts";
import { GapMeter } from "./_gap.ts";

const DEADLINE_MS = 30_000;
const LARGE_BYTES = 200_000_000;
const decoder = new TextDecoder();
const HEAD = new TextEncoder().encode(
  "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
);

await using tree = await makeTree({ "shared/a.txt": "hello" });
await writeLarge(tree.at("shared/large.bin"));

await acceptance("a renewed certificate is picked up", renews);
await acceptance("a half-written pair is left alone, and said", leavesHalf);
await acceptance(
  "a pair that the runtime cannot use is not taken, and the next one is",
  passesOver,
);

async function renews(): Promise<Finding> {
  await using files = await makeCertificateFiles();
  await using server = await start(files);
  const download = await startDownload(server, files.cert);
  const overHttp2 = downloadSlowly(server, files);
  using session = new Http2Client(server, files.cert);
  await askOver(session);
  const next = await makeCertificate();
  const gaps = new GapMeter(server);

  await files.write(next);
  const renewedMs = await waitForCertificate(server, next.cert);
  const gap = await gaps.end();
  const bytes = await download();
  const bytesOverHttp2 = await overHttp2;
  const isOldSessionUsable = await askOver(session).then(
    () => "goes on",
    () => "is opened again",
  );
  using after = new Http2Client(server, next.cert);
  await askOver(after);

  return {
    holds: bytes === LARGE_BYTES && bytesOverHttp2 === `2 ${LARGE_BYTES}` &&
      gap.ms < 100 && renewedMs < 15_000 &&
      server.stderr().includes("the certificate was renewed"),
    figure: `new connections have it after ${(renewedMs / 1_000).toFixed(1)} ` +
      `s; port closed for ${gap.ms.toFixed(1)} ms (${gap.refused} of ` +
      `${gap.tried} connections refused); download under way ` +
      `${bytes === LARGE_BYTES ? "whole" : `cut at ${bytes}`}, over HTTP/` +
      `${bytesOverHttp2} bytes of ${LARGE_BYTES}; an idle ` +
      `HTTP/2 session ${isOldSessionUsable}`,
  };
}

async function leavesHalf(): Promise<Finding> {
  await using files = await makeCertificateFiles();
  await using server = await start(files);
  const next = await makeCertificate();

  await Deno.writeTextFile(files.certFile, next.cert);
  const line = await waitFor(
    () => /the certificate in use stays: .*/.exec(server.stderr())?.[0],
  );
  using before = new Http2Client(server, files.cert);
  await askOver(before);
  await Deno.writeTextFile(files.keyFile, next.key);
  await waitForCertificate(server, next.cert);

  const count = server.stderr().split("the certificate in use stays").length;
  return { holds: count === 2, figure: `once: ${line.slice(0, 60)}…` };
}

/** A curve that is valid and that the runtime's TLS does not know. */
async function passesOver(): Promise<Finding> {
  checkTools("openssl");
  await using files = await makeCertificateFiles();
  await using server = await start(files);
  const next = await makeCertificate();

  await run("openssl", [
    ...["req", "-x509", "-nodes", "-days", "9", "-subj", "/CN=localhost"],
    ...["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"],
    ...["-keyout", files.keyFile, "-out", files.certFile],
  ]);
  const line = await waitFor(
    () => /the certificate before stays: .*/.exec(server.stderr())?.[0],
  );
  using before = new Http2Client(server, files.cert);
  await askOver(before);
  await files.write(next);
  await waitForCertificate(server, next.cert);

  return { holds: true, figure: `${line.slice(0, 90)}…` };
}

async function start(files: CertificateFiles): Promise<Server> {
  return await startServer({
    directory: tree.at("shared"),
    args: ["--quiet", ...files.args],
    reads: [files.certFile, files.keyFile],
  });
}

/** Starts a download that stands still until what it gives is called. */
async function startDownload(
  server: Server,
  cert: string,
): Promise<() => Promise<number>> {
  const connection = await connectTls(server, cert);
  await connection.write(HEAD);
  const buffer = new Uint8Array(262_144);
  const count = await connection.read(buffer) ?? 0;
  const head = decoder.decode(buffer.subarray(0, count)).indexOf("\r\n\r\n");
  let bytes = count - head - 4;
  return async () => {
    using _ = connection;
    while (bytes < LARGE_BYTES) {
      const more = await connection.read(buffer).catch(() => null);
      if (more === null) break;
      bytes += more;
    }
    return bytes;
  };
}

/** A download that takes longer than the renewal; version and bytes of it. */
async function downloadSlowly(
  server: Server,
  { certFile }: CertificateFiles,
): Promise<string> {
  checkTools("curl");
  const { stdout } = await run("curl", [
    ...["-q", "--silent", "--http2", "--limit-rate", "12M"],
    ...["--cacert", certFile, "-o", tree.at("copy")],
    ...["-w", "%{http_version} %{size_download}"],
    `${server.origin}/large.bin`,
  ]);
  return stdout;
}

async function askOver(client: Http2Client): Promise<void> {
  const request = "GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const { body } = await client.send(new TextEncoder().encode(request), {
    method: "GET",
  });
  if (decoder.decode(body) !== "hello") throw new Error("Another body");
}

async function waitForCertificate(
  server: Server,
  cert: string,
): Promise<number> {
  const start = performance.now();
  await waitFor(async () => {
    try {
      (await connectTls(server, cert)).close();
      return true;
    } catch {
      return undefined; // still the old certificate, which it does not trust
    }
  });
  return performance.now() - start;
}

async function waitFor<T>(
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + DEADLINE_MS;
  while (performance.now() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Nothing within ${DEADLINE_MS} ms`);
}

async function writeLarge(path: string): Promise<void> {
  using file = await Deno.create(path);
  const block = new Uint8Array(1_000_000).fill(0x61);
  for (let i = 0; i < LARGE_BYTES / block.length; i++) {
    for (let at = 0; at < block.length;) {
      at += await file.write(block.subarray(at));
    }
  }
}
