/**
 * How long an answer takes over a kept connection: HTTP/1.1 beside HTTP/1.1
 * with TLS and HTTP/2, by size. The runtime leaves Nagle's algorithm on for
 * TLS: the second of two small writes waits for the client, which may think
 * about it for 40 ms. What a small write is depends on the packets of the way,
 * so where `unshare` works, it is measured with those of a local network too.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { connectTls, makeCertificateFiles } from "../../_support/tls.ts";
import { makeTree } from "../../_support/tree.ts";
import { run } from "../clients/_tools.ts";
import { Client, type Sender } from "../../conformance/client.ts";
import { Http2Client } from "../../conformance/http2_client.ts";

const SIZES: readonly number[] = [
  ...[0, 100, 300, 500, 1_000, 1_400, 2_000, 3_000, 4_000, 8_000, 16_000],
  ...[20_000, 64_000, 200_000, 300_000, 1_000_000],
];
const ROUNDS = 15;
/** The first requests of a connection are acknowledged at once. */
const WARM_UP = 5;
/** A stall is 40 ms and more, all else some milliseconds. */
const STALL_MS = 20;
const MTU_FLAG = "--mtu=";

const mtu = Deno.args.find((arg) => arg.startsWith(MTU_FLAG))
  ?.slice(MTU_FLAG.length) ?? "65536";

if (mtu === "65536") await measureElsewhere("1500");
await acceptance(`latency over TLS, packets of ${mtu} bytes`, measure);

async function measure(): Promise<Finding> {
  await using tree = await makeTree(
    Object.fromEntries(
      SIZES.map((size) => [`${size}.bin`, new Uint8Array(size)]),
    ),
  );
  await using files = await makeCertificateFiles();
  const options = {
    directory: tree.path,
    reads: [files.certFile, files.keyFile],
  };
  await using plain = await startServer({ ...options, args: ["--quiet"] });
  await using secure = await startServer({
    ...options,
    args: ["--quiet", ...files.args],
  });
  const ways: readonly Sender[] = [
    new Client(plain),
    new Client(secure, () => connectTls(secure, files.cert)),
    new Http2Client(secure, files.cert),
  ];
  const stalled: string[][] = [[], [], []];
  print("     bytes    HTTP/1.1   and TLS    HTTP/2   (median, ms)");
  for (const size of SIZES) {
    const medians: number[] = [];
    for (const [index, way] of ways.entries()) {
      const median = await medianOf(way, size);
      if (median >= STALL_MS) stalled[index]?.push(String(size));
      medians.push(median);
    }
    print(
      String(size).padStart(10) +
        medians.map((median) => median.toFixed(2).padStart(10)).join(""),
    );
  }
  ways.forEach((way) => way[Symbol.dispose]());
  const [first = [], ...others] = stalled.map((sizes) => sizes.join(" "));
  return {
    // What the runtime does to TLS is reported, not judged.
    holds: first.length === 0,
    figure: `stalls at bytes: HTTP/1.1 ${first || "none"}; and TLS ${
      others[0] || "none"
    }; HTTP/2 ${others[1] || "none"}`,
  };
}

async function medianOf(way: Sender, size: number): Promise<number> {
  const request = new TextEncoder().encode(
    `GET /${size}.bin HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  );
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const start = performance.now();
    const { body } = await way.send(request, { method: "GET" });
    if (body.length !== size) throw new Error(`${body.length} of ${size}`);
    if (round >= WARM_UP) times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

/** Measures once more where packets are as small as in a local network. */
async function measureElsewhere(bytes: string): Promise<void> {
  const program = fromFileUrl(import.meta.url);
  const { stdout, stderr, code } = await run("unshare", [
    ...["--net", "sh", "-c"],
    `ip link set lo mtu ${bytes} up && exec "$0" "$@"`,
    ...[Deno.execPath(), "run", "-A", program, `${MTU_FLAG}${bytes}`],
  ]);
  print(stdout.trimEnd());
  if (code !== 0) print(`packets of ${bytes} bytes: not measured (${stderr})`);
}

function print(text: string): void {
  // deno-lint-ignore no-console -- the table is what the program is for
  console.log(text);
}
