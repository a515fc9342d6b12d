/**
 * Starts the servers that ours is compared with, each on the fixture folder,
 * on loopback, with its own defaults, in a temporary folder of its own.
 *
 * @module
 */

import { join } from "@std/path";

import { freePort, MAIN } from "../_support/cli.ts";
import type { Address } from "../_support/raw.ts";

/** A running server of somebody else. */
export interface Peer extends AsyncDisposable {
  readonly name: string;
  readonly address: Address;
}

/** How a server is started. */
export interface PeerKind {
  readonly name: string;
  /** Makes what it needs in a folder of its own and returns its command. */
  readonly prepare: (site: string, port: number, own: string) => Promise<
    readonly string[]
  >;
}

const HOSTNAME = "127.0.0.1";

/** The servers that ours is compared with. */
export const PEERS: readonly PeerKind[] = [
  { name: "nginx", prepare: prepareNginx },
  {
    name: "caddy",
    prepare: (site, port) =>
      Promise.resolve([
        "caddy",
        "file-server",
        "--browse",
        "--root",
        site,
        "--listen",
        `${HOSTNAME}:${port}`,
      ]),
  },
  { name: "http-server", prepare: prepareHttpServer },
  {
    name: "python3 -m http.server",
    prepare: (site, port) =>
      Promise.resolve([
        "python3",
        "-m",
        "http.server",
        String(port),
        "--bind",
        HOSTNAME,
        "--directory",
        site,
      ]),
  },
];

/** Starts one; `null` where it is not installed. */
export async function startPeer(
  kind: PeerKind,
  site: string,
): Promise<Peer | null> {
  const own = await Deno.makeTempDir({ prefix: "serve_peer_" });
  const port = freePort(HOSTNAME);
  const address = { hostname: HOSTNAME, port };
  try {
    const [program = "", ...args] = await kind.prepare(site, port, own);
    const child = new Deno.Command(program, {
      args,
      cwd: own,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      env: { HOME: own, XDG_CONFIG_HOME: own, XDG_DATA_HOME: own },
    }).spawn();
    await waitFor(address);
    return {
      name: kind.name,
      address,
      async [Symbol.asyncDispose]() {
        child.kill("SIGTERM");
        await child.status;
        await Deno.remove(own, { recursive: true });
      },
    };
  } catch (error) {
    await Deno.remove(own, { recursive: true });
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function prepareNginx(
  site: string,
  port: number,
  own: string,
): Promise<readonly string[]> {
  const config = join(own, "nginx.conf");
  const types = "/etc/nginx/mime.types";
  const hasTypes = await Deno.stat(types).then(() => true, () => false);
  await Deno.writeTextFile(
    config,
    `
${Deno.uid() === 0 ? "user root;" : ""}
daemon off;
pid ${own}/nginx.pid;
error_log ${own}/error.log;
worker_processes 1;
events { worker_connections 256; }
http {
  ${hasTypes ? `include ${types};` : ""}
  access_log off;
  keepalive_requests 100000;
  client_body_temp_path ${own}/body;
  proxy_temp_path ${own}/proxy;
  fastcgi_temp_path ${own}/fastcgi;
  uwsgi_temp_path ${own}/uwsgi;
  scgi_temp_path ${own}/scgi;
  server {
    listen ${HOSTNAME}:${port};
    root "${site}";
    autoindex on;
  }
}
`,
  );
  return ["nginx", "-p", own, "-c", config, "-e", join(own, "error.log")];
}

/** Installed into the folder of its own, so that one process is to be ended. */
async function prepareHttpServer(
  site: string,
  port: number,
  own: string,
): Promise<readonly string[]> {
  const { success } = await new Deno.Command("npm", {
    args: ["install", "--silent", "--no-fund", "--no-audit", "http-server@14"],
    cwd: own,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Deno.errors.NotFound("npm install http-server");
  const program = join(own, "node_modules", "http-server", "bin/http-server");
  return ["node", program, site, "-p", String(port), "-a", HOSTNAME, "-s"];
}

async function waitFor(address: Address): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (true) {
    try {
      (await Deno.connect(address)).close();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Whether our own program is there. */
export async function hasMain(): Promise<boolean> {
  return await Deno.stat(MAIN).then(() => true, () => false);
}
