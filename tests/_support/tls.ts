/**
 * TLS: files of a certificate for the command, a server in this process, and
 * connections to either.
 *
 * @module
 */

import { join } from "@std/path";

import { createHandler } from "../../lib/handler.ts";
import { loadCertificate } from "../../lib/server/certificate.ts";
import { listen } from "../../lib/server/listen.ts";
import { makeCertificate, type TestCertificate } from "./certificates.ts";
import type { Address } from "./raw.ts";

/** The files of a certificate, and the arguments that name them. */
export interface CertificateFiles extends TestCertificate, AsyncDisposable {
  readonly certFile: string;
  readonly keyFile: string;
  readonly args: readonly string[];
  /** Writes another certificate in its place. */
  write(certificate: TestCertificate): Promise<void>;
}

/** Makes a certificate for this machine in a folder of its own. */
export async function makeCertificateFiles(): Promise<CertificateFiles> {
  const folder = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "serve_tls_" }),
  );
  const certFile = join(folder, "cert.pem");
  const keyFile = join(folder, "key.pem");
  async function write({ cert, key }: TestCertificate): Promise<void> {
    await Deno.writeTextFile(certFile, cert);
    await Deno.writeTextFile(keyFile, key);
  }
  const made = await makeCertificate();
  await write(made);
  return {
    ...made,
    certFile,
    keyFile,
    args: ["--tls-cert", certFile, "--tls-key", keyFile],
    write,
    async [Symbol.asyncDispose]() {
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** A server over TLS in this process. */
export interface SecureServer extends AsyncDisposable {
  readonly address: Address;
  /** What a client has to trust. */
  readonly cert: string;
  /** `https://127.0.0.1:PORT` without a final slash. */
  readonly origin: string;
}

/** Serves a folder over TLS on a free port of 127.0.0.1. */
export async function serveSecurely(directory: string): Promise<SecureServer> {
  const stack = new AsyncDisposableStack();
  const files = stack.use(await makeCertificateFiles());
  const loaded = await loadCertificate({
    cert: files.certFile,
    key: files.keyFile,
  });
  if (loaded.kind === "failed") throw new Error(loaded.message);
  const server = listen(
    { bind: "127.0.0.1", port: 0 },
    await createHandler(directory),
    { tls: loaded.certificate },
  );
  stack.defer(() => server.shutdown());
  const address = { hostname: "127.0.0.1", port: server.addr.port };
  return {
    address,
    cert: files.cert,
    origin: `https://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Connects over TLS and agrees on HTTP/1.1. */
export async function connectTls(
  { hostname, port }: Address,
  certificate: string,
): Promise<Deno.TlsConn> {
  const connection = await Deno.connectTls({
    hostname,
    port,
    caCerts: [certificate],
    alpnProtocols: ["http/1.1"],
  });
  const { alpnProtocol } = await connection.handshake();
  if (alpnProtocol !== "http/1.1") throw new Error(`ALPN: ${alpnProtocol}`);
  return connection;
}
