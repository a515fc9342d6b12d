import { assert, assertEquals, assertMatch } from "@std/assert";

import { helpText } from "../../lib/cli/help.ts";
import {
  type Ended,
  freePort,
  programTest,
  REPOSITORY,
  runMain,
} from "../_support/cli.ts";
import { link, makeTree } from "../_support/tree.ts";

/** One line that says what is wrong, and nothing that only we understand. */
function assertOneError(ended: Ended, code: 1 | 2): string {
  assertMatch(ended.stderr, /^error: [^\n]+\n$/);
  assertEquals(/\bat .*:\d+:\d+|NotCapable|\.ts\b/.test(ended.stderr), false);
  assertEquals(ended.stdout, "");
  assertEquals(ended.code, code);
  return ended.stderr.trimEnd();
}

/** The advice comes first; more may follow it. */
function assertBegins(line: string, beginning: string): void {
  assertEquals(line.slice(0, beginning.length), beginning);
}

Deno.test("--help is on stdout, needs no permission and exits 0", async () => {
  for (const flag of ["--help", "-h"]) {
    const ended = await runMain([], [flag]);

    assertEquals(ended, { code: 0, stdout: `${helpText()}\n`, stderr: "" });
  }
});

programTest(
  "--version names three versions, needs no permission and exits 0",
  async () => {
    const { version } = JSON.parse(
      await Deno.readTextFile(`${REPOSITORY}/deno.json`),
    );

    for (const flag of ["--version", "-V"]) {
      const ended = await runMain([], [flag]);

      assertEquals(ended, {
        code: 0,
        stdout: `serve ${version} (deno ${Deno.version.deno}, v8 ` +
          `${Deno.version.v8})\n`,
        stderr: "",
      });
    }
  },
);

Deno.test.each<{ args: string[]; error: string }>([
  {
    args: ["--prot", "8000"],
    error: "error: Unknown flag --prot: did you mean --port?",
  },
  {
    args: ["--port", "x"],
    error: 'error: Cannot use "x" as a port: give a whole number from 0 to ' +
      "65535",
  },
  {
    args: ["99999"],
    error: 'error: Cannot use "99999" as a port: give a whole number from 0 ' +
      "to 65535, or write ./99999 for a folder",
  },
  {
    args: ["8000", "8001"],
    error: 'error: Cannot use two ports, "8000" and "8001": give one, or ' +
      "write ./8001 for a folder",
  },
  {
    args: ["a", "-d", "b"],
    error: 'error: Cannot share two folders, "a" and "--directory b": give one',
  },
  {
    args: ["--directory"],
    error: "error: Cannot use --directory without a value: write " +
      "--directory=PATH",
  },
  {
    args: ["--quiet=yes"],
    error: "error: Cannot give a value to --quiet: write --quiet alone",
  },
  {
    args: ["-b", "0.0.0.0:80"],
    error: 'error: Cannot use "0.0.0.0:80" as an address: give an IP address ' +
      "or a host name alone, and the port with --port",
  },
  {
    args: ["-H", "Content-Length: 5"],
    error: 'error: Cannot set the header "Content-Length": the server writes ' +
      "it itself",
  },
  {
    args: ["--cache", "-1"],
    error: 'error: Cannot use "-1" as cache seconds: give a whole number ' +
      "from 0 to 2147483648",
  },
  {
    args: ["--log-format", "jsno"],
    error: 'error: Cannot use "jsno" as a log format: did you mean json?',
  },
  {
    args: ["--theme", "blue"],
    error: 'error: Cannot use "blue" as a theme: give one of auto, light, dark',
  },
  {
    args: ["--completions"],
    error: "error: Cannot use --completions without a value: write " +
      "--completions=SHELL",
  },
  {
    args: ["--completions", "tcsh"],
    error: 'error: Cannot use "tcsh" as a shell: give one of bash, zsh, fish',
  },
  {
    args: ["--title", "a\nb"],
    error: String.raw`error: Cannot use "a\x0ab" as a title: leave out line ` +
      "breaks and control characters",
  },
  {
    args: ["--\x1b[31m\n"],
    error: String.raw`error: Unknown flag --\x1b[31m\x0a: see --help`,
  },
])("$args exits 2 with one line", async ({ args, error }) => {
  const ended = await runMain([], args);

  assertEquals(assertOneError(ended, 2), error);
});

Deno.test("PORT that is no port exits 2 where it may be read", async () => {
  const ended = await runMain(["--allow-env=PORT"], [], {
    env: { PORT: "eighty" },
  });

  assertEquals(
    assertOneError(ended, 2),
    'error: Cannot use "eighty" as a port, from the environment\'s PORT: ' +
      "give a whole number from 0 to 65535",
  );
});

Deno.test("a folder that is missing exits 2 and is named", async () => {
  await using tree = await makeTree({});
  const missing = tree.at("nowhere");

  const ended = await runMain(
    [`--allow-read=${missing}`, "--allow-net=127.0.0.1"],
    ["--bind", "127.0.0.1", missing],
  );

  assert(assertOneError(ended, 2).includes(missing));
});

Deno.test("a folder that is a FIFO exits 2 and is named", async () => {
  await using tree = await makeTree({});
  const fifo = tree.at("fifo");
  await new Deno.Command("mkfifo", { args: [fifo] }).output();

  const ended = await runMain(
    [`--allow-read=${fifo}`, "--allow-net=127.0.0.1"],
    ["--bind", "127.0.0.1", fifo],
  );

  assert(assertOneError(ended, 2).includes(fifo));
});

Deno.test("a port that is taken exits 1 and is named", async () => {
  await using tree = await makeTree({});
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;

  const ended = await runMain(
    [`--allow-read=${tree.path}`, `--allow-net=127.0.0.1:${port}`],
    ["--bind", "127.0.0.1", String(port), tree.path],
  );

  assertMatch(assertOneError(ended, 1), new RegExp(`\\b${port}\\b.* taken\\b`));
});

Deno.test("an address of another machine exits 1 and is named", async () => {
  await using tree = await makeTree({});
  const port = freePort();

  const ended = await runMain(
    [`--allow-read=${tree.path}`, `--allow-net=192.0.2.254:${port}`],
    ["--bind", "192.0.2.254", String(port), tree.path],
  );

  assert(assertOneError(ended, 1).includes("192.0.2.254"));
});

for (
  const { bind, grant } of [
    { bind: "0.0.0.0", grant: "0.0.0.0:8000" },
    { bind: "127.0.0.1", grant: "127.0.0.1:8000" },
    { bind: "::", grant: "[::]:8000" },
    { bind: "localhost", grant: "localhost:8000" },
  ]
) {
  programTest(
    `without net exits 1 and names --allow-net=${grant}`,
    async () => {
      await using tree = await makeTree({});

      const ended = await runMain([`--allow-read=${tree.path}`], [
        "--bind",
        bind,
        "8000",
        tree.path,
      ]);

      assertEquals(
        assertOneError(ended, 1),
        `error: Cannot listen on ${grant}: run with --allow-net=${grant}`,
      );
    },
  );
}

programTest("without read exits 1 and names --allow-read", async () => {
  await using tree = await makeTree({});

  const ended = await runMain(["--allow-net=0.0.0.0:8000"], [
    "8000",
    tree.path,
  ]);

  assertBegins(
    assertOneError(ended, 1),
    `error: Cannot read ${tree.path}: run with --allow-read=${tree.path}`,
  );
});

programTest(
  "with read for the link alone exits 1 and names its target",
  async () => {
    await using tree = await makeTree({ "data/": null, "www": link("data") });
    const port = freePort();

    const ended = await runMain(
      [`--allow-net=127.0.0.1:${port}`, `--allow-read=${tree.at("www")}`],
      ["--bind", "127.0.0.1", String(port), tree.at("www")],
    );

    const target = tree.at("data");
    assertBegins(
      assertOneError(ended, 1),
      `error: Cannot read ${tree.at("www")}: it leads to ${target}; run with ` +
        `--allow-read=${target}`,
    );
  },
);
