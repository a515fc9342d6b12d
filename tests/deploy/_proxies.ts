/**
 * The proxies of the README, with the configuration that stands there: only
 * their port, the port behind them and their own folders are others.
 *
 * @module
 */

import type { ServeOptions } from "../../lib/options.ts";
import { freePort } from "../_support/cli.ts";
import { type LocalServer, serveLocally } from "../_support/server.ts";
import type { Address } from "../_support/raw.ts";
import { type Entries, makeTree, type Tree } from "../_support/tree.ts";
import { findProgram } from "../acceptance/clients/_tools.ts";
import { readmeBlock, replaced } from "./_readme.ts";

/** The name by which the README has the server asked for. */
export const NAME = "files.example.com";

const DEADLINE_MS = 20_000;

/** A program that can stand in front. */
export interface ProxyKind {
  readonly name: "nginx" | "caddy";
  /** Whether it is installed. */
  readonly isThere: boolean;
}

/** Where it stands: at the root of its site, also with a cache, or below `/files/`. */
export type Placement = "root" | "cache" | "below";

/** What differs from a proxy at the root and from the server's defaults. */
export interface StackOptions {
  readonly placement?: Placement;
  readonly options?: Partial<Omit<ServeOptions, "log">>;
}

/** A server, and a proxy in front of it. */
export interface Stack extends AsyncDisposable {
  readonly tree: Tree;
  readonly server: LocalServer;
  readonly proxy: Address;
  /** Files that the proxy keeps now. */
  kept(): string[];
}

/** The proxies. */
export const PROXIES: readonly ProxyKind[] = (["nginx", "caddy"] as const).map(
  (name) => ({ name, isThere: findProgram(name) !== null }),
);

/** Defines one test for each proxy, which says so where one is missing. */
export function testProxies(
  name: string,
  fn: (kind: ProxyKind) => Promise<void>,
  names: readonly string[] = ["nginx", "caddy"],
): void {
  for (const kind of PROXIES) {
    if (!names.includes(kind.name)) continue;
    const title = `${kind.name}: ${name}`;
    Deno.test({
      name: kind.isThere ? title : `${title} (ignored: not installed)`,
      ignore: !kind.isThere,
      fn: () => fn(kind),
    });
  }
}

/** Serves a folder behind a proxy. */
export async function startStack(
  kind: ProxyKind,
  entries: Entries,
  { placement = "root", options = {} }: StackOptions = {},
): Promise<Stack> {
  await using stack = new AsyncDisposableStack();
  const tree = stack.use(await makeTree(entries));
  const server = stack.use(
    await serveLocally(tree.path, { hosts: [NAME], ...options }),
  );
  const own = stack.use(await makeTree({}));
  const proxy = stack.use(
    await startProxy(kind, { own: own.path, behind: server.port, placement }),
  );
  const moved = stack.move();
  return {
    tree,
    server,
    proxy,
    kept: () => filesIn(own.at("kept")),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

/** What differs between one machine and another. */
interface ProxyPlace {
  /** A folder for what the proxy keeps. */
  readonly own: string;
  /** Port of the server behind it. */
  readonly behind: number;
  readonly placement: Placement;
}

/** Starts a proxy and waits until it accepts connections. */
export async function startProxy(
  { name }: ProxyKind,
  place: ProxyPlace,
): Promise<Address & AsyncDisposable> {
  const port = freePort();
  const text = name === "nginx"
    ? await nginxConfig(port, place)
    : await caddyConfig(port, place);
  const config = `${place.own}/config`;
  await Deno.writeTextFile(config, text);
  const args = name === "nginx"
    ? ["-c", config, "-e", `${place.own}/error.log`]
    : ["run", "--adapter", "caddyfile", "--config", config];
  const child = new Deno.Command(name, {
    args,
    env: { XDG_DATA_HOME: place.own, XDG_CONFIG_HOME: place.own },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = new Response(child.stderr).text();
  async function end(): Promise<void> {
    try {
      child.kill("SIGTERM"); // its workers end with it
    } catch { /* has ended already */ }
    await child.status;
    await said;
  }
  let isOver = false;
  child.status.then(() => isOver = true);
  if (!await isAccepting(port, () => isOver)) {
    await end();
    throw new Error(`${name} did not start: ${await said}`);
  }
  return { hostname: "127.0.0.1", port, [Symbol.asyncDispose]: end };
}

async function nginxConfig(port: number, place: ProxyPlace): Promise<string> {
  const { own, behind, placement } = place;
  const root = await readmeBlock("nginx");
  const location = /^ *location \/ \{[^]*?^ *\}$/m;
  const text = placement === "below"
    ? root.replace(location, await readmeBlock("nginx below a path"))
    : root;
  const server = replaced(
    replaced(text, "listen 80;", `listen 127.0.0.1:${port};`),
    "127.0.0.1:8000",
    `127.0.0.1:${behind}`,
  );
  await Deno.mkdir(`${own}/kept`);
  // As Debian has it: compression is on.
  return `
${Deno.uid() === 0 ? "user root;" : ""}
daemon off;
pid ${own}/nginx.pid;
error_log ${own}/error.log;
worker_processes 1;
events { worker_connections 256; }
http {
  access_log off;
  gzip on;
  proxy_cache_path ${own}/kept/cache keys_zone=cache:1m;
  ${placement === "cache" ? "proxy_cache cache;" : ""}
  client_body_temp_path ${own}/kept/body;
  proxy_temp_path ${own}/kept/proxy;
  fastcgi_temp_path ${own}/kept/fastcgi;
  uwsgi_temp_path ${own}/kept/uwsgi;
  scgi_temp_path ${own}/kept/scgi;
  ${server}
}
`;
}

async function caddyConfig(port: number, place: ProxyPlace): Promise<string> {
  const { own, behind, placement } = place;
  const text = await readmeBlock(
    placement === "root" ? "caddy" : "caddy below a path",
  );
  const site = replaced(
    replaced(
      text,
      `${NAME} {`,
      `http://${NAME}:${port} {\n  bind 127.0.0.1`,
    ),
    "127.0.0.1:8000",
    `127.0.0.1:${behind}`,
  );
  await Deno.mkdir(`${own}/kept`);
  // Certificates would be fetched from elsewhere.
  return `
{
  admin off
  auto_https off
  storage file_system ${own}/kept
}
${site}
`;
}

/** Polls until somebody accepts connections, or nobody will. */
async function isAccepting(
  port: number,
  isOver: () => boolean,
): Promise<boolean> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!isOver() && performance.now() < deadline) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return true;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesIn(`${folder}/${name}`) : [name]
  );
}
