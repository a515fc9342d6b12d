// quick
/**
 * What an executable opens, as the kernel sees it: the shared folder, itself,
 * and what every program of the system reads.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { childrenOf } from "../../_support/processes.ts";
import { rawRequest } from "../../_support/raw.ts";
import { link, makeTree } from "../../_support/tree.ts";
import { build, COMPILER } from "../../executable/_build.ts";

/** What libraries and the runtime look at, whatever the program is. */
const SYSTEM =
  /^\/(?:lib|lib64|usr\/lib|usr\/share\/zoneinfo|proc\/(?:self|meminfo|cpuinfo|stat)|sys\/(?:devices\/system\/cpu|fs\/cgroup))(?:\/|$)|^\/(?:dev\/(?:u?random|null)|etc\/(?:ld\.so\.cache|localtime))$/;

const TARGETS = [
  "/a.txt",
  "/",
  "/docs/",
  "/?archive=zip",
  "/?archive=tar.gz",
  "/?format=json",
  "/nowhere",
  "/out.txt",
  "/%2e%2e/secret.txt",
  "/docs/..%2f..%2fsecret.txt",
];

await acceptance(
  "an executable that serves opens the folder, itself and the system's own files alone",
  async () => {
    if (COMPILER === undefined) {
      throw new Error("DENO_COMPILE is not set, see .ci/denort.sh");
    }
    await using executable = await build();
    await using tree = await makeTree({
      "site/a.txt": "a",
      "site/docs/README.md": "# docs",
      "site/out.txt": link("../secret.txt"),
      "secret.txt": "secret",
    });
    const trace = tree.at("trace");
    const answers = await serve(executable.path, tree.at("site"), trace);

    const opened = openedIn(await Deno.readTextFile(trace));
    const inFolder = opened.filter((path) =>
      path === tree.at("site") || path.startsWith(`${tree.at("site")}/`)
    );
    const others = opened.filter((path) =>
      !inFolder.includes(path) && path !== executable.path &&
      !SYSTEM.test(path)
    );
    return {
      holds: others.length === 0 && inFolder.length > 2,
      figure: `${opened.length} paths in ${answers} answers, ` +
        `${inFolder.length} of them in the folder, other than that ` +
        (others.length === 0 ? "none" : others.join(" ")),
    };
  },
);

/** Serves under strace and gives the number of answers. */
async function serve(
  executable: string,
  directory: string,
  trace: string,
): Promise<number> {
  await using server = await startServer({
    directory,
    executable,
    args: ["--quiet"],
    prefix: ["strace", "-f", "-qq", "-e", "trace=openat,open", "-o", trace],
  });
  for (const target of TARGETS) {
    await rawRequest(server, target, { headers: { Accept: "text/html" } });
  }
  // What is traced outlives a tracer that is ended.
  for (const pid of childrenOf(server.pid)) Deno.kill(pid, "SIGTERM");
  await server.status;
  return TARGETS.length;
}

/** The paths that were opened: an attempt that failed reads nothing. */
function openedIn(trace: string): string[] {
  const opened = trace.matchAll(
    /\bopen(?:at\((?:AT_FDCWD|\d+), |\()"((?:[^"\\]|\\.)*)".*\) = \d+$/gm,
  );
  return [...new Set([...opened].map(([, path = ""]) => path))].toSorted();
}
