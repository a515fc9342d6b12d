/**
 * The container of the README: its file is read as the builder reads it, and
 * the server is the first process of a system of its own.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";

import { startServer } from "../_support/cli.ts";
import { childrenOf } from "../_support/processes.ts";
import { rawRequest } from "../_support/raw.ts";
import { makeTree } from "../_support/tree.ts";
import { findProgram, run } from "../acceptance/clients/_tools.ts";
import { readmeBlock } from "./_readme.ts";

/** Makes a command the first process of a system of its own. */
const FIRST = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];

const CAN_BE_FIRST = await canBeFirst();

Deno.test("the container runs the executable alone, as a user without rights", async () => {
  const instructions = parse(await readmeBlock("container"));

  const names = instructions.map(([name]) => name);
  const valueOf = (name: string) =>
    instructions.find(([other]) => other === name)?.[1] ?? "";
  const program = JSON.parse(valueOf("ENTRYPOINT"));
  const args = JSON.parse(valueOf("CMD"));

  assertEquals(names, ["FROM", "COPY", "USER", "EXPOSE", "ENTRYPOINT", "CMD"]);
  assertMatch(valueOf("FROM"), /^debian:[\w-]+$/);
  assertEquals(valueOf("COPY"), `dist/serve ${program[0]}`);
  assertMatch(valueOf("USER"), /^[1-9]\d+:[1-9]\d+$/);
  // A list: in the other form a shell would get the signals.
  assertEquals(program.length, 1);
  assertEquals(args, [valueOf("EXPOSE"), "/srv"]);
});

Deno.test({
  name: CAN_BE_FIRST
    ? "SIGTERM ends the first process of a container"
    : "SIGTERM ends the first process of a container (ignored: unshare is " +
      "not permitted)",
  ignore: !CAN_BE_FIRST,
  async fn() {
    await using tree = await makeTree({ "a.txt": "hello" });
    await using server = await startServer({
      directory: tree.path,
      prefix: FIRST,
    });
    const [first = -1] = childrenOf(server.pid);
    const status = await Deno.readTextFile(`/proc/${first}/status`);

    const answer = await rawRequest(server, "/a.txt");
    Deno.kill(first, "SIGTERM");
    const { code } = await server.status;

    assertMatch(status, /^NSpid:\t\d+\t1$/m);
    assertEquals(new TextDecoder().decode(answer.body), "hello");
    assertEquals(code, 0);
  },
});

/** Names and values of a container file. */
function parse(text: string): [name: string, value: string][] {
  return text.split("\n").map((line) => {
    const found = /^([A-Z]+) (\S.*)$/.exec(line);
    assert(found !== null, `no instruction: ${line}`);
    const [, name = "", value = ""] = found;
    return [name, value];
  });
}

async function canBeFirst(): Promise<boolean> {
  const [program = "", ...args] = FIRST;
  if (findProgram(program) === null) return false;
  return (await run(program, [...args, "true"])).code === 0;
}
