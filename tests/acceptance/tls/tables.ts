/**
 * The wire tables over HTTP/1.1, over HTTP/1.1 with TLS and over HTTP/2, with
 * the least permissions: what a file server does may not depend on how the
 * bytes travel.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { connectTls, makeCertificateFiles } from "../../_support/tls.ts";
import { Client } from "../../conformance/client.ts";
import { makeFixture } from "../../conformance/fixture.ts";
import { Http2Client, isForHttp2 } from "../../conformance/http2_client.ts";
import { holdsAll, toFailures, toTotal } from "../../conformance/report.ts";
import { type RunOptions, runTable } from "../../conformance/run.ts";
import type { ParityRow } from "../../conformance/row.ts";
import { TABLES } from "../../conformance/tables.ts";

await using fixture = await makeFixture();
await using files = await makeCertificateFiles();
const { cert } = files;

type Way = Omit<RunOptions, "address" | "judgedBy">;

const WAYS: readonly (readonly [
  name: string,
  args: readonly string[],
  way: (server: Server) => Way,
])[] = [
  ["HTTP/1.1", [], () => ({})],
  ["HTTP/1.1 and TLS", files.args, (server) => ({
    createSender: () => new Client(server, () => connectTls(server, cert)),
  })],
  ["HTTP/2", files.args, (server) => ({
    createSender: () => new Http2Client(server, cert),
    isUsed: isForHttp2,
  })],
];

for (const [name, args, way] of WAYS) {
  await acceptance(`every row holds over ${name}`, async () => {
    await using server = await startServer({
      directory: fixture.site,
      args: ["--quiet", ...args],
      reads: [files.certFile, files.keyFile],
    });
    const options = way(server);
    const results = [];
    for (const table of TABLES) {
      results.push(
        await runTable(table, {
          address: server,
          judgedBy: "contract",
          ...options,
        }),
      );
    }
    const holds = holdsAll(results);
    const left = countLeftOut(options.isUsed);
    const total = left === 0
      ? toTotal(results)
      : `${toTotal(results)}, ${left} cannot be said in it`;
    return {
      holds,
      figure: holds ? total : `${total}; ${toFailures(results, 30)}`,
    };
  });
}

function countLeftOut(isUsed: ((row: ParityRow) => boolean) | undefined) {
  if (isUsed === undefined) return 0;
  const rows: readonly ParityRow[] = TABLES.flatMap(({ rows }) => rows);
  return rows.filter((row) => !isUsed(row)).length;
}
