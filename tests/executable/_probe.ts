/**
 * A program in the place of the command: it tries what an executable of ours
 * must not be able to do, and prints what came of each.
 *
 * @module
 */

/** Programs that some system has, and that are no opener of browsers. */
const PROGRAMS = ["sh", "/bin/sh", "true", "deno", Deno.execPath()];

const folder = Deno.args[0] ?? "";

const ATTEMPTS: Readonly<Record<string, () => unknown>> = {
  "write": () => Deno.writeTextFileSync(`${folder}/new.txt`, "new"),
  "append": () => Deno.openSync(`${folder}/old.txt`, { append: true }).close(),
  "truncate": () => Deno.truncateSync(`${folder}/old.txt`),
  "remove": () => Deno.removeSync(`${folder}/old.txt`),
  "rename": () => Deno.renameSync(`${folder}/old.txt`, `${folder}/b.txt`),
  "make a folder": () => Deno.mkdirSync(`${folder}/new`),
  "make a temporary file": () => Deno.makeTempFileSync(),
  "link": () => Deno.symlinkSync(`${folder}/old.txt`, `${folder}/link`),
  "chmod": () => Deno.chmodSync(`${folder}/old.txt`, 0o777),
  "set times": () => Deno.utimeSync(`${folder}/old.txt`, 0, 0),
  ...Object.fromEntries(PROGRAMS.map((program) => [
    `run ${program}`,
    () => new Deno.Command(program, { args: [] }).outputSync(),
  ])),
  "load a library": () => Deno.dlopen("libc.so.6", {}),
  "read HOME": () => Deno.env.get("HOME"),
  "read PATH": () => Deno.env.get("PATH"),
  "read every variable": () => Deno.env.toObject(),
  "set PORT of another": () => Deno.env.set("LD_PRELOAD", "x"),
  "ask for the release": () => Deno.osRelease(),
  "ask for the memory": () => Deno.systemMemoryInfo(),
  "ask for the user": () => Deno.uid(),
  "import a module of a site": () => import(Deno.args[1] ?? ""),
  // What it may do: that the others are refused means something.
  "may read": () => Deno.readTextFileSync(`${folder}/old.txt`),
  "may read PORT": () => Deno.env.get("PORT"),
  "may list addresses": () => Deno.networkInterfaces().length,
  "may ask for its name": () => Deno.hostname(),
  "may listen": () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(),
};

const results: Record<string, string> = {};
for (const [name, attempt] of Object.entries(ATTEMPTS)) {
  try {
    await attempt();
    results[name] = "done";
  } catch (error) {
    results[name] = error instanceof Error ? error.name : String(error);
  }
}
// deno-lint-ignore no-console -- what the test reads
console.log(JSON.stringify(results));
