/**
 * Runs acceptance programs: `deno task accept [TOPIC …] [--quick]`. A topic is
 * a folder beside this file, `TOPIC/NAME` one program of it; without a topic
 * all run. `--quick` runs those that say `// quick` in their first line: they
 * take less than a minute and are what CI runs.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";

const here = fromFileUrl(new URL(".", import.meta.url));
const isQuick = Deno.args.includes("--quick");
const wanted = Deno.args.filter((arg) => arg !== "--quick");

// A flag that is not known is one topic too many, or all programs would run.
const chosen = wanted.some((arg) => arg.startsWith("-")) ? [] : programs();
if (chosen.length === 0) {
  const topics = [...Deno.readDirSync(here)].filter((e) => e.isDirectory);
  // deno-lint-ignore no-console -- the one line for a wrong topic
  console.error(
    `error: No such program: give a topic of ${
      topics.map((topic) => topic.name).sort().join(", ")
    }, or TOPIC/NAME, and --quick for what takes less than a minute`,
  );
  Deno.exit(2);
}
let failures = 0;
for (const program of chosen) {
  const start = performance.now();
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(here, `${program}.ts`)],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (code !== 0) failures++;
  const seconds = (performance.now() - start) / 1_000;
  // deno-lint-ignore no-console -- which of them makes a long run long
  console.log(`# ${program}: ${seconds.toFixed(0)} s`);
}
Deno.exit(failures === 0 ? 0 : 1);

function programs(): string[] {
  const found: string[] = [];
  for (const topic of Deno.readDirSync(here)) {
    if (!topic.isDirectory) continue;
    for (const { name } of Deno.readDirSync(join(here, topic.name))) {
      const program = `${topic.name}/${name.replace(/\.ts$/, "")}`;
      if (!name.endsWith(".ts") || name.startsWith("_")) continue;
      const isWanted = wanted.length === 0 || wanted.includes(topic.name) ||
        wanted.includes(program);
      const text = Deno.readTextFileSync(join(here, topic.name, name));
      if (isWanted && (!isQuick || text.startsWith("// quick"))) {
        found.push(program);
      }
    }
  }
  return found.sort();
}
