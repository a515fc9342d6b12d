/**
 * What a process may do, tried from inside it: this file is loaded by a copy of
 * the program, as if somebody had found a way to run code in the server.
 *
 * @module
 */

/** What is tried, and on what. */
export interface ProbeTargets {
  /** The folder that is shared. */
  readonly shared: string;
  /** A file outside of it. */
  readonly secret: string;
  /** A port of this machine where somebody else listens. */
  readonly port: number;
  /** A process that is not to be stopped. */
  readonly victim: number;
}

/** One attempt: what it was, and the error that it met, or `null`. */
export type Attempt = readonly [what: string, error: string | null];

/** Tries everything. */
export async function probe(targets: ProbeTargets): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const [what, attempt] of Object.entries(attemptsOn(targets))) {
    try {
      await attempt();
      attempts.push([what, null]);
    } catch (error) {
      attempts.push([what, nameOf(error)]);
    }
  }
  return attempts;
}

/** Importing hides the name of what the runtime refused, not the message. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "?";
  return /^Requires \w+ access to/.test(error.message)
    ? "NotCapable"
    : error.name;
}

function attemptsOn(
  { shared, secret, port, victim }: ProbeTargets,
): Record<string, () => unknown> {
  const outside = new URL(`file://${secret}`);
  const name = secret.slice(secret.lastIndexOf("/") + 1);
  const url = `http://127.0.0.1:${port}/x.js`;
  return {
    ...attemptsToRead(),
    ...attemptsToConnect(),
    ...attemptsToWrite(),
    ...attemptsToRun(),
    ...attemptsToLookAround(),
  };

  function attemptsToRead(): Record<string, () => unknown> {
    return {
      "read a file": () => Deno.readTextFile(secret),
      "read through ..": () => Deno.readTextFile(`${shared}/../${name}`),
      "read by URL": () => Deno.readTextFile(outside),
      "read by fetch": () => fetch(outside),
      "read by import": () => import(outside.href),
      "read with node:fs": async () =>
        (await import("node:fs")).readFileSync(secret),
      "stat": () => Deno.stat(secret),
      "list the parent": () => Deno.readDirSync(`${shared}/..`).next(),
      "list /": () => Deno.readDirSync("/").next(),
      "read /etc/passwd": () => Deno.readTextFile("/etc/passwd"),
      "read its environment in /proc": () =>
        Deno.readTextFile("/proc/self/environ"),
      "read another's memory map": () =>
        Deno.readTextFile(`/proc/${victim}/maps`),
    };
  }
  function attemptsToConnect(): Record<string, () => unknown> {
    return {
      "connect": async () =>
        (await Deno.connect({ hostname: "127.0.0.1", port })).close(),
      "fetch": async () => await (await fetch(url)).text(),
      "connect with node:net": async () => await nodeConnect(port),
      "open a web socket": () => webSocket(port),
      "import over the network": () => import(url),
      "import from a registry": () => needs("import", "jsr.io:443"),
      "look up a name": () => Deno.resolveDns("localhost", "A"),
      "listen on another port": () => Deno.listen({ port: 0 }).close(),
    };
  }
  function attemptsToWrite(): Record<string, () => unknown> {
    const spare = `${shared}/written.txt`;
    return {
      "write in the folder": () => Deno.writeTextFile(spare, "x"),
      "write over a file": () => Deno.writeTextFile(`${shared}/a.txt`, "x"),
      "write a temporary file": () => Deno.makeTempFile(),
      "make a folder": () => Deno.mkdir(`${shared}/made`),
      "make a link": () => Deno.symlink(secret, `${shared}/link`),
      "remove": () => Deno.remove(`${shared}/a.txt`),
      "change a mode": () => Deno.chmod(`${shared}/a.txt`, 0o777),
      "write with node:fs": async () =>
        (await import("node:fs")).writeFileSync(spare, "x"),
    };
  }
  function attemptsToRun(): Record<string, () => unknown> {
    return {
      "run a program": () => new Deno.Command("true").output(),
      "run deno again": () =>
        new Deno.Command(Deno.execPath(), { args: ["--version"] }).output(),
      "run with node:child_process": async () =>
        (await import("node:child_process")).execFileSync("true"),
      "load a library": () => Deno.dlopen("libc.so.6", {}),
      "stop another process": () => Deno.kill(victim, "SIGTERM"),
      "stop its parent": () => Deno.kill(Deno.ppid, "SIGTERM"),
    };
  }
  function attemptsToLookAround(): Record<string, () => unknown> {
    return {
      "read a variable": () => Deno.env.get("SANDBOX_SECRET"),
      "read all variables": () => Deno.env.toObject(),
      "set a variable": () => Deno.env.set("SANDBOX_SECRET", "x"),
      "name the machine": () => Deno.hostname(),
      "list its addresses": () => Deno.networkInterfaces(),
      "name its user": () => Deno.uid(),
      "be granted more": () => beGranted(),
    };
  }
}

function needs(name: "import", host: string): void {
  const { state } = Deno.permissions.querySync(
    // deno-lint-ignore no-explicit-any -- the runtime knows it, its types do not
    { name, host } as any,
  );
  if (state !== "granted") throw new Deno.errors.NotCapable();
}

async function beGranted(): Promise<void> {
  for (const name of ["read", "write", "run", "net", "env"] as const) {
    const { state } = await Deno.permissions.request({ name });
    if (state === "granted") return;
  }
  throw new Deno.errors.NotCapable();
}

async function nodeConnect(port: number): Promise<void> {
  const { connect } = await import("node:net");
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve();
    });
    socket.on("error", reject);
  });
}

function webSocket(port: number): void {
  new WebSocket(`ws://127.0.0.1:${port}/`).close();
}
