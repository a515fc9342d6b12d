/**
 * Stands for code that got into the process: loaded before the program by
 * `--preload`, it waits for SIGUSR2 (when the server runs) and then tries
 * what a file server must not be able to do. What came of each attempt goes to
 * standard error as one line of JSON.
 *
 * @module
 */

/** What came of one attempt. */
export interface Attempt {
  readonly attempt: string;
  /** The error in words; `null` where it worked. */
  readonly error: string | null;
}

type Attempts = Readonly<Record<string, () => unknown>>;

// The program is called with a port and a folder.
const [, directory = "."] = Deno.args;

const ATTEMPTS: Attempts = {
  "write a file in the folder": () =>
    Deno.writeTextFile(`${directory}/intruder.txt`, ""),
  "write a file elsewhere": () => Deno.writeTextFile("/tmp/intruder.txt", ""),
  "make a temporary file": () => Deno.makeTempFile(),
  "change a file": () => Deno.utime(`${directory}/small.txt`, 0, 0),
  "open a file for writing": () =>
    Deno.open(`${directory}/small.txt`, { append: true }),
  "remove a file": () => Deno.remove(`${directory}/small.txt`),
  "run a program": () => new Deno.Command("true").output(),
  "run this runtime": () => new Deno.Command(Deno.execPath()).output(),
  "read a variable of the environment": () => Deno.env.get("HOME"),
  "read the environment": () => Deno.env.toObject(),
  "change the environment": () => Deno.env.set("INTRUDER", "1"),
  "load a native library": () => Deno.dlopen("libc.so.6", {}),
  "ask for the machine's name": () => Deno.hostname(),
  "import code from the network": () =>
    importFrom("http://127.0.0.1:40009/a.js"),
};

/** What the least set refuses besides; `-A` cannot be narrowed to it. */
const ATTEMPTS_OUTSIDE: Attempts = {
  "fetch from another port": () => fetch("http://127.0.0.1:40009/"),
  "fetch from another address": () => fetch("http://127.0.0.2:40009/"),
  "connect to another address": () =>
    Deno.connect({ hostname: "127.0.0.2", port: 40009 }),
  "listen on another port": () =>
    Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  "read a file elsewhere": () => Deno.readTextFile("/etc/hostname"),
  "look at a folder elsewhere": () => Deno.stat("/"),
};

Deno.addSignalListener("SIGUSR2", report);

async function report(): Promise<void> {
  const hasWholeNetwork =
    Deno.permissions.querySync({ name: "net" }).state === "granted";
  const tried = hasWholeNetwork
    ? ATTEMPTS
    : { ...ATTEMPTS, ...ATTEMPTS_OUTSIDE };
  const attempts: Attempt[] = [];
  for (const [attempt, act] of Object.entries(tried)) {
    attempts.push({ attempt, error: await errorOf(act) });
  }
  const line = `${JSON.stringify({ attempts })}\n`;
  await Deno.stderr.write(new TextEncoder().encode(line));
}

async function errorOf(act: () => unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return String(error);
  }
}

/** Not a literal: the runtime loads what it can see before the program runs. */
function importFrom(url: string): Promise<unknown> {
  return import(url);
}
