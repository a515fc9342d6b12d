/**
 * Clients that ask for a large file and read nothing of it, from any address of
 * the loopback network.
 *
 * @module
 */

import type { Address } from "../../_support/raw.ts";

/** Clients that stay until they are told to leave. */
export interface Stalled extends AsyncDisposable {
  /** How many of them got through. */
  readonly count: number;
}

// Deno cannot choose the address that it connects from, Python can.
const PROGRAM = `
import resource, socket, sys, time
host, port, source, count, target, interval = sys.argv[1:]
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
request = ("GET %s HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n" % (target, host)).encode()
sockets = []
for _ in range(int(count)):
    try:
        s = socket.socket()
        # Little of what the server sends is taken by the kernel.
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.settimeout(5)
        s.bind((source, 0))
        s.connect((host, int(port)))
        s.sendall(request)
        sockets.append(s)
    except OSError:
        pass
    if float(interval): time.sleep(float(interval))
print(len(sockets), flush=True)
sys.stdin.read()
`;

/** Opens connections that ask for a target and read nothing. */
export async function openStalled(
  address: Address,
  options: {
    readonly count: number;
    readonly target: string;
    readonly source?: string;
    /** Seconds between two of them. */
    readonly interval?: number;
  },
): Promise<Stalled> {
  const { count, target, source = "127.0.0.1", interval = 0 } = options;
  const child = new Deno.Command("python3", {
    args: [
      "-c",
      PROGRAM,
      address.hostname,
      String(address.port),
      source,
      String(count),
      target,
      String(interval),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  return {
    count: Number(new TextDecoder().decode(value)),
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await child.status;
      await reader.cancel();
    },
  };
}

/** Gets a small file from another address of the loopback network. */
export async function getFrom(
  source: string,
  url: string,
): Promise<{ readonly status: number; readonly ms: number }> {
  const begun = performance.now();
  const { stdout } = await new Deno.Command("curl", {
    args: [
      ...["-s", "-o", "/dev/null", "--max-time", "10"],
      ...["--interface", source, "-w", "%{http_code}", url],
    ],
  }).output();
  const status = Number(new TextDecoder().decode(stdout));
  return { status, ms: performance.now() - begun };
}
