/**
 * `--tls` as people meet it: a browser that shows a page in spite of its
 * warning, curl over HTTP/2, and what `openssl s_client` says of the
 * connection.
 *
 * @module
 */

import type { Page } from "playwright-core";

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { launchBrowser } from "../../_support/browser.ts";
import { startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { checkTools, run, sha256Of } from "../clients/_tools.ts";

const GIGABYTE = 1 << 30;
const BLOCK_BYTES = 1 << 24;
const TEXT = "0123456789".repeat(1_000);
const CURL = ["-q", "--silent", "--show-error", "--insecure", "--http2"];

await using tree = await makeTree({
  "shared/index.html": "<!doctype html><title>safe</title><p id=p>hello</p>" +
    "<script>p.textContent += isSecureContext ? ' secure' : ' open'</script>",
  "shared/a.txt": TEXT,
  "shared/folder/b.txt": "b",
});
const large = tree.at("shared/large.bin");
await writePattern(large);
await using server = await startServer({
  directory: tree.at("shared"),
  args: ["--tls"],
});

await acceptance("Chromium: page, folder, range and download", showsPages);
await acceptance("curl --http2: page", () => curl("/", [], "<!doctype"));
await acceptance(
  "curl --http2: range",
  () => curl("/a.txt", ["-r", "10-14"], "01234"),
);
await acceptance("curl --http2: HEAD", asksHead);
await acceptance("curl --http2: 1 GB download", downloads);
await acceptance("curl --http1.1: 1 GB download", () => downloads("--http1.1"));
await acceptance("openssl s_client: TLS 1.3, h2, fingerprint", looksInside);
await acceptance("openssl s_client: TLS 1.2 too, 1.1 not", offersVersions);

async function showsPages(): Promise<Finding> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${server.origin}/`);
    const text = await page.textContent("#p");
    const protocol = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType("navigation");
      return JSON.parse(JSON.stringify(entry)).nextHopProtocol;
    });
    const [part, head] = await fetchInside(page);
    await page.goto(`${server.origin}/folder/`);
    const name = await page.textContent("a[href='./b.txt']");
    return {
      holds: text === "hello secure" && protocol === "h2" &&
        part === "206 01234" && head === `200 ${TEXT.length}` &&
        name?.trim() === "b.txt",
      figure: `page "${text}" over ${protocol}, range ${part}, HEAD ${head}, ` +
        `folder shows ${name?.trim()}`,
    };
  } finally {
    await browser.close();
  }
}

async function fetchInside(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const part = await fetch("/a.txt", { headers: { range: "bytes=10-14" } });
    const head = await fetch("/a.txt", { method: "HEAD" });
    return [
      `${part.status} ${await part.text()}`,
      `${head.status} ${head.headers.get("content-length")}`,
    ];
  });
}

async function curl(
  path: string,
  args: readonly string[],
  start: string,
): Promise<Finding> {
  checkTools("curl");
  const { stdout, stderr } = await run("curl", [
    ...CURL,
    ...args,
    ...["-w", "\n%{http_version} %{http_code}", `${server.origin}${path}`],
  ]);
  const end = stdout.split("\n").at(-1);
  const expected = args.length === 0 ? "2 200" : "2 206";
  return {
    holds: stdout.startsWith(start) && end === expected,
    figure: `HTTP/${end}, ${stdout.slice(0, 20)} ${stderr}`.trimEnd(),
  };
}

async function asksHead(): Promise<Finding> {
  const url = `${server.origin}/a.txt`;
  const [head, get] = await Promise.all([
    run("curl", [...CURL, "--head", url]),
    run("curl", [...CURL, "--dump-header", "-", "-o", "/dev/null", url]),
  ]);
  const strip = (text: string) => text.replace(/^date: .*$/m, "");
  return {
    holds: strip(head.stdout) === strip(get.stdout) &&
      head.stdout.includes(`content-length: ${TEXT.length}`),
    figure: `${head.stdout.trim().split("\n").length} lines, as those of GET`,
  };
}

async function downloads(version = "--http2"): Promise<Finding> {
  checkTools("curl", "sha256sum");
  const target = tree.at("copy");
  const { code, stdout, stderr } = await run("curl", [
    ...[...CURL, version, "-o", target],
    ...["-w", "%{http_version} %{size_download} %{speed_download}"],
    `${server.origin}/large.bin`,
  ]);
  const [used, size, speed] = stdout.split(" ");
  const isSame = await sha256Of(target) === await sha256Of(large);
  await Deno.remove(target);
  return {
    holds: code === 0 && isSame && Number(size) === GIGABYTE,
    figure: `HTTP/${used}, ${size} bytes, ` +
      `${(Number(speed) / 1e6).toFixed(0)} MB/s, ` +
      `checksum ${isSame ? "the same" : "another"} ${stderr}`.trimEnd(),
  };
}

async function looksInside(): Promise<Finding> {
  const { stdout } = await connect("-alpn", "h2,http/1.1");
  const printed = /SHA-256 ([0-9A-F:]{95})/.exec(
    server.stdout() + server.stderr(),
  )?.[1];
  const pem = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/
    .exec(stdout)?.[0] ?? "";
  const bytes = Uint8Array.from(
    atob(pem.split("\n").slice(1, -1).join("")),
    (char) => char.charCodeAt(0),
  );
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const fingerprint = Array.from(
    digest,
    (byte) => byte.toString(16).padStart(2, "0").toUpperCase(),
  ).join(":");
  const version = /TLSv1\.\d/.exec(/^New, .*$/m.exec(stdout)?.[0] ?? "")?.[0];
  const protocol = /^ALPN protocol: (.*)$/m.exec(stdout)?.[1];
  return {
    holds: version === "TLSv1.3" && protocol === "h2" &&
      fingerprint === printed,
    figure: `${version}, ${protocol}, fingerprint ` +
      (fingerprint === printed ? "as printed" : `not as printed (${printed})`),
  };
}

async function offersVersions(): Promise<Finding> {
  const older = await connect("-tls1_2");
  const oldest = await connect("-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0");
  const isOffered = /^New, TLSv1\.2/m.test(older.stdout);
  const isRefused = !/^New, TLSv1\.1/m.test(oldest.stdout);
  return {
    holds: isOffered && isRefused,
    figure: `1.2 ${isOffered ? "spoken" : "refused"}, ` +
      `1.1 ${isRefused ? "refused" : "spoken"}`,
  };
}

async function connect(...args: readonly string[]) {
  checkTools("openssl");
  const address = `${server.hostname}:${server.port}`;
  return await run("openssl", ["s_client", "-connect", address, ...args]);
}

/** A gigabyte in which each block is another, so that none can be mistaken. */
async function writePattern(path: string): Promise<void> {
  using file = await Deno.create(path);
  const block = new Uint32Array(BLOCK_BYTES / 4);
  for (let start = 0; start < GIGABYTE; start += BLOCK_BYTES) {
    for (let i = 0; i < block.length; i++) {
      block[i] = Math.imul(start / 4 + i + 1, 2_654_435_761);
    }
    const bytes = new Uint8Array(block.buffer);
    for (let at = 0; at < bytes.length;) {
      at += await file.write(bytes.subarray(at));
    }
  }
}
