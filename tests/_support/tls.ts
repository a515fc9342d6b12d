/**
 * The command over TLS: files of a certificate for it, and connections to it.
 *
 * @module
 */

import { join } from "@std/path";

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
