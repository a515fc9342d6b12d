// quick
/**
 * The path table over a real socket: spelling × depth × kind × form, with `-A`
 * and with the least permissions; how DIR may be written; and DIR behind a
 * link. An answer with a byte from outside the folder fails its row.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import {
  freePort,
  MAIN,
  runMain,
  type StartOptions,
  startServer,
} from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import {
  ORIGIN_PATHS,
  PATH_MATRIX,
  ROOT_NAME,
  treeEntries,
} from "../../conformance/path_matrix.ts";
import { makeFixture } from "../../conformance/fixture.ts";
import { PATHS } from "../../conformance/paths.ts";
import { holdsAll, toFailures, toTotal } from "../../conformance/report.ts";
import { runTable } from "../../conformance/run.ts";
import type { Table } from "../../conformance/row.ts";

await using tree = await makeTree(treeEntries());
const root = tree.at(ROOT_NAME);
const alias = tree.at("alias");
await Deno.symlink(ROOT_NAME, alias);

const modes: Readonly<Record<string, Partial<StartOptions>>> = {
  "least permissions": {},
  "-A": { permissions: "all" },
  "-A --no-sandbox": { permissions: "all", args: ["--no-sandbox"] },
};
for (const [mode, start] of Object.entries(modes)) {
  await acceptance(
    `path table, ${mode}`,
    () => runWith({ directory: root, ...start }, [PATH_MATRIX]),
  );
}

await acceptance("path table by hand, least permissions", async () => {
  await using fixture = await makeFixture();
  return await runWith({ directory: fixture.site }, [PATHS]);
});

const spelled: readonly (readonly [name: string, options: StartOptions])[] = [
  ["relative", { directory: ROOT_NAME, cwd: tree.path }],
  ["relative with ./", { directory: `./${ROOT_NAME}`, cwd: tree.path }],
  ["relative through ..", { directory: `../${ROOT_NAME}`, cwd: root }],
  ["with a trailing slash", { directory: `${root}/` }],
  ["with //", { directory: root.replaceAll("/", "//") }],
  ["as .", { directory: ".", cwd: root }],
];
for (const [name, options] of spelled) {
  await acceptance(
    `DIR ${name} behaves as DIR`,
    () => runWith(options, [ORIGIN_PATHS]),
  );
}

await acceptance("DIR is a link, granted alone: names the flag", async () => {
  const port = freePort();
  const { code, stdout, stderr } = await runMain(
    [`--allow-net=127.0.0.1:${port}`, `--allow-read=${alias}`],
    ["--bind", "127.0.0.1", String(port), alias],
  );
  const lines = stderr.trimEnd().split("\n");
  const [line = ""] = lines;
  const holds = code === 1 && lines.length === 1 && stdout === "" &&
    line.startsWith(`error: Cannot read ${alias}: it leads to ${root}; `) &&
    line.includes(`--allow-read=${root}`);
  return { holds, figure: `exit ${code}, ${line}` };
});

await acceptance("DIR is a link, both granted", async () => {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      `--allow-net=127.0.0.1:${port}`,
      `--allow-read=${alias},${root}`,
      MAIN,
      "--quiet",
      "--bind",
      "127.0.0.1",
      String(port),
      alias,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    env: { NO_COLOR: "1" },
  }).spawn();
  const output = child.stdout.getReader();
  try {
    // The first line is printed once connections are accepted.
    await output.read();
    return await runOn(port, [ORIGIN_PATHS]);
  } finally {
    child.kill("SIGKILL");
    await output.cancel();
    await child.status;
  }
});

await acceptance(
  "DIR is what the link leads to, granted",
  () => runWith({ directory: root }, [ORIGIN_PATHS]),
);

async function runWith(
  options: StartOptions,
  tables: readonly Table[],
): Promise<Finding> {
  await using server = await startServer({
    ...options,
    args: ["--quiet"],
  });
  return await runOn(server.port, tables);
}

async function runOn(
  port: number,
  tables: readonly Table[],
): Promise<Finding> {
  const address = { hostname: "127.0.0.1", port };
  const results = [];
  for (const table of tables) {
    results.push(await runTable(table, { address, judgedBy: "contract" }));
  }
  const leaks =
    results.flatMap(({ rows }) => rows).filter(({ wrong }) =>
      wrong?.includes("outside the folder") === true
    ).length;
  const total = `${toTotal(results)}, ${leaks} leaks`;
  const holds = holdsAll(results);
  return { holds, figure: holds ? total : `${total}; ${toFailures(results)}` };
}
