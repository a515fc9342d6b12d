import { assertEquals } from "@std/assert";
import { join } from "@std/path";

import { freePort, REPOSITORY } from "../_support/cli.ts";
import { rawRequest, type RawResponse } from "../_support/raw.ts";
import { makeTree, type Tree } from "../_support/tree.ts";
import { libUrl } from "../unit/disk/_child.ts";

const HOSTNAME = "127.0.0.1";

/** A program of a user of the library, and the command that runs it. */
interface Program {
  readonly name: string;
  readonly source: (port: number) => string;
  readonly command: (port: number) => string[];
}

const PROGRAMS: Program[] = [
  {
    name: "deno serve",
    source: () => `
      import { createHandler } from "${libUrl("handler.ts")}";

      export default { fetch: await createHandler("public") };`,
    command: (port) => ["serve", `--host=${HOSTNAME}`, `--port=${port}`],
  },
  {
    name: "Deno.serve",
    source: (port) => `
      import { createHandler } from "${libUrl("handler.ts")}";

      Deno.serve(
        { hostname: "${HOSTNAME}", port: ${port} },
        await createHandler("public", { cache: 60 }),
      );`,
    command: () => ["run"],
  },
];

Deno.test.each(PROGRAMS)(
  "a program with $name answers with the least permissions",
  async (program) => {
    await using tree = await makeTree({
      "public/a.txt": "hello",
      "public/large.bin": "x".repeat(1_300_000),
      "secret.txt": "secret",
    });
    const port = freePort(HOSTNAME);
    await using server = await start(tree, program, port);

    const file = await server.ask("/a.txt");
    const large = await server.ask("/large.bin");
    const page = await server.ask("/");
    const outside = await server.ask("/../secret.txt");

    assertEquals(file.status, 200);
    assertEquals(new TextDecoder().decode(file.body), "hello");
    assertEquals(file.headers.get("content-length"), "5");
    assertEquals(large.body.length, 1_300_000);
    assertEquals(page.status, 200);
    assertEquals(outside.status, 301);
  },
);

async function start(tree: Tree, program: Program, port: number) {
  const file = tree.at("program.ts");
  await Deno.writeTextFile(file, program.source(port));
  const [subcommand = "", ...flags] = program.command(port);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      subcommand,
      "--no-prompt",
      `--config=${join(REPOSITORY, "deno.json")}`,
      `--allow-net=${HOSTNAME}:${port}`,
      "--allow-read=public",
      ...flags,
      file,
    ],
    cwd: tree.path,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  let hasEnded = false;
  child.status.then(() => hasEnded = true);
  const deadline = Date.now() + 20_000;
  while (!await accepts(port)) {
    if (!hasEnded && Date.now() < deadline) continue;
    if (!hasEnded) child.kill("SIGKILL");
    throw new Error(`The program does not listen: ${await stderr}`);
  }
  return {
    ask: (target: string): Promise<RawResponse> =>
      rawRequest({ hostname: HOSTNAME, port }, target),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
      await stderr;
    },
  };
}

/** Whether somebody listens; a refusal takes its time, so this is a pause too. */
async function accepts(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: HOSTNAME, port })).close();
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return false;
  }
}
