import { assert, assertEquals } from "@std/assert";

import { makeTree } from "../_support/tree.ts";
import { staticImports } from "../rules/_sources.ts";
import { libUrl, runModule } from "../unit/disk/_child.ts";

/**
 * What the runtime makes at first use alone: `process` and a timer take more
 * than ten milliseconds, each part of `Intl` that knows a language as long again.
 */
const DEAR_GLOBALS = [
  "process",
  "Buffer",
  "setImmediate",
  "setTimeout",
  "setInterval",
];
const DEAR_PARTS = ["NumberFormat", "DateTimeFormat", "Collator", "Segmenter"];

/** Serves a file once, with a record of what is used on the way. */
function codeOf(directory: string, extra: string): string {
  return `
    const used = new Set();
    for (const name of ${JSON.stringify(DEAR_GLOBALS)}) {
      const get = () => void used.add(name);
      Object.defineProperty(globalThis, name, { configurable: true, get });
    }
    for (const name of ${JSON.stringify(DEAR_PARTS)}) {
      const kept = Intl[name];
      Intl[name] = function (...args) {
        used.add(name);
        return new kept(...args);
      };
    }
    const directory = ${JSON.stringify(directory)};
    const { parseFlags } = await import("${libUrl("cli/parse.ts")}");
    await import("${libUrl("command/serve.ts")}");
    await import("${libUrl("command/announce.ts")}");
    const { buildHandler } = await import("${libUrl("build_handler.ts")}");
    const { openCommandLog } = await import("${
    libUrl("server/command_log.ts")
  }");
    const { options } = parseFlags(["8000", directory], {});
    const log = openCommandLog({ ...options, color: false }).access;
    const handler = await buildHandler(directory, { ...options, log });
    const request = new Request("http://127.0.0.1/a.txt");
    const remoteAddr = { transport: "tcp", hostname: "127.0.0.1", port: 1 };
    const completed = Promise.resolve();
    const response = await handler(request, { remoteAddr, completed });
    const text = await response.text();
    ${extra}
    console.log(JSON.stringify({ text, used: [...used] }));
    Deno.exit();`;
}

Deno.test("a start loads nothing that the first file does not need", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });

  const result = await runModule(codeOf(tree.path, ""));

  assertEquals(result, { text: "hello", used: [] });
});

Deno.test("what a start loads is seen by the test above", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const extra = "globalThis.process; new Intl.NumberFormat('en');";

  const result = await runModule(codeOf(tree.path, extra));

  assertEquals(result, { text: "hello", used: ["process", "NumberFormat"] });
});

async function importsOf(path: string): Promise<string[]> {
  return [...(await staticImports(`lib/${path}`)).keys()];
}

Deno.test("a start imports no module of Node and nothing of certificates", async () => {
  const found = await importsOf("command/serve.ts");

  assert(found.includes(libUrl("answer.ts")));
  const dear = /^node:|x509|\/lib\/server\/(?:certificate|self_signed|renewal)/;
  assertEquals(found.filter((name) => dear.test(name)), []);
});

Deno.test("starting again imports nothing that serves", async () => {
  const found = await importsOf("command/start_again.ts");

  assert(found.length > 5);
  const serves = /\/lib\/(?:answer|disk|http|replies|pages|log)\b/;
  assertEquals(found.filter((name) => serves.test(name)), []);
});
