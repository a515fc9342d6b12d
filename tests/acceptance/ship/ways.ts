/**
 * What somebody does who has the README and nothing else: each way that it
 * names to have the program, from zero to a shared folder. Every command is
 * taken from the README of a clean clone; only the port and the folder are
 * others.
 *
 * `deno` on PATH is the runtime that runs this program: the README's first
 * command, which needs Node alone, is tried by `clients/fresh_clone.ts`. Homes
 * and caches are empty, a new one for each way. Packages of npm come by name.
 * `jsr:` leads to a registry on this machine, which has what `deno publish`
 * uploads of the clone. Where the runtime of an executable cannot be fetched
 * from Deno's own site, it comes from `.ci/denort.sh`, as the README says.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { REPOSITORY, startServer } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { publishTo } from "../../release/_published.ts";
import { markedBlock, pointedAt } from "../clients/_readme.ts";
import { checkTools, findProgram, run, runWell } from "../clients/_tools.ts";
import {
  anyPort,
  inlineCode,
  lastOf,
  moveIn,
  onPort,
  serveAndFetch,
  type Shell,
} from "./_newcomer.ts";

const PUBLISH_LIMIT_MS = 180_000;

/** The file that is fetched, for each folder that is shared. */
const SHARED = { path: "a.txt", body: "shared" };
const PUBLIC = { path: "a.txt", body: "public" };
const SITE = { path: "a.txt", body: "site" };

/** Nothing listens there. */
const NO_JSR = "http://127.0.0.1:1/";

checkTools("git", "bash", "setsid", "npm");
await using place = await makeTree({
  "bin/": null,
  "registry/": null,
  "shared/a.txt": "shared",
  "program/public/a.txt": "public",
  "linked/public/a.txt": "public",
  "served/public/a.txt": "public",
  "site/public/a.txt": "site",
  "elsewhere/": null,
});
const clone = place.at("serve");
await runWell("git", ["clone", "--quiet", REPOSITORY, clone]);
await Deno.symlink(Deno.execPath(), place.at("bin/deno"));
const readme = await Deno.readTextFile(`${clone}/README.md`);
await using registry = await startServer({ directory: place.at("registry") });
await publishTo(registry, {
  tree: place,
  from: clone,
  signal: AbortSignal.timeout(PUBLISH_LIMIT_MS),
});
const jsr = `${registry.origin}/`;
const compiler = await compilerOf(clone);

await way("from JSR", async (port, env) => {
  const command = onPort(markedBlock(readme, "way: from JSR"), port);
  return await fetched(command, port, { cwd: place.at("shared"), env });
});

await way("locked to one folder and one port", async (port, env) => {
  const block = markedBlock(readme, "way: locked");
  const command = pointedAt(block, place.at("shared"), port);
  return await fetched(command, port, { cwd: place.at("elsewhere"), env });
});

await way("an executable", async (port, env) => {
  const command = onPort(markedBlock(readme, "way: executable"), port);
  return await fetched(command, port, {
    cwd: clone,
    env: { ...env, ...compiler },
  }, { path: "README.md", body: readme });
});

await way("a library, added from JSR", async (port, env) => {
  const shell = { cwd: place.at("program"), env };
  const add = inlineCode(readme, "deno add ");
  await Deno.writeTextFile(place.at("program/app.ts"), libraryOn(port));
  const added = await run("bash", ["-c", add], shell);
  if (added.code !== 0) throw new Error(`\`${add}\`: ${lastOf(added.stderr)}`);
  const command = onPort(markedBlock(readme, "way: library, run"), port);
  const finding = await fetched(command, port, shell, PUBLIC);
  return { ...finding, figure: `\`${add}\` 0; ${finding.figure}` };
});

await way(
  "a library, without JSR from a clone beside it",
  async (port, env) => {
    const links = inlineCode(readme, `"links": `);
    const name = inlineCode(readme, `"@org/serve": `);
    await Deno.writeTextFile(
      place.at("linked/deno.json"),
      `{ ${links}, "imports": { ${name} } }`,
    );
    await Deno.writeTextFile(place.at("linked/app.ts"), libraryOn(port));
    const command = onPort(markedBlock(readme, "way: library, run"), port);
    return await fetched(command, port, {
      cwd: place.at("linked"),
      env: { ...env, JSR_URL: NO_JSR },
    }, PUBLIC);
  },
);

await way("a library, for deno serve", async (port, env) => {
  const shell = { cwd: place.at("served"), env };
  await runWell("bash", ["-c", inlineCode(readme, "deno add ")], shell);
  const imported = libraryOn(port).split("\n").filter((line) =>
    line.startsWith("import ")
  );
  const exported = inlineCode(readme, "export default ");
  await Deno.writeTextFile(
    place.at("served/app.ts"),
    [...imported, exported, ""].join("\n"),
  );
  const command = inlineCode(readme, "deno serve ")
    .replace("deno serve ", `deno serve --port ${port} `);
  return await fetched(command, port, shell, PUBLIC);
});

await way("a site in one executable, from a clone", async (port, env) => {
  const folder = place.at("site/public");
  const command = inlineCode(readme, "deno task compile:site ")
    .replace("FOLDER", folder);
  const shell = { cwd: clone, env: { ...env, ...compiler } };
  const { code, stderr } = await run("bash", ["-c", command], shell);
  if (code !== 0) throw new Error(`\`${command}\`: ${lastOf(stderr)}`);
  const path = inlineCode(readme, "dist/");
  const finding = await fetched(`${clone}/${path} ${port}`, port, {
    cwd: place.at("elsewhere"),
    env,
  }, SITE);
  return { ...finding, figure: `\`${command}\` 0; ${finding.figure}` };
});

await way("a site in one executable, in two lines", async (port, env) => {
  const program = markedBlock(readme, "way: site, program");
  await Deno.writeTextFile(place.at("site/main.ts"), program);
  const block = markedBlock(readme, "way: site");
  // The compiler has to be of the version of the runtime that can be had.
  const command = block.replace(/^deno /, `${compiler.DENO_COMPILE} `);
  const shell = { cwd: place.at("site"), env: { ...env, ...compiler } };
  const { code, stderr } = await run("bash", ["-c", command], shell);
  if (code !== 0) throw new Error(`\`${block}\`: ${lastOf(stderr)}`);
  const finding = await fetched(`${place.at("site/site")} ${port}`, port, {
    cwd: place.at("elsewhere"),
    env: { ...env, JSR_URL: NO_JSR },
  }, SITE);
  return { ...finding, figure: `\`${block}\` 0; ${finding.figure}` };
});

await way("completions", async (_port, env) => {
  const shell = { cwd: place.at("elsewhere"), env };
  const [bash = "", fish = ""] = markedBlock(readme, "way: completions")
    .split("\n");
  const named = inlineCode(readme, "serve() ");
  const inBash = await runWell("bash", [
    "-c",
    `${named}\n${bash}\ncomplete -p serve`,
  ], shell);
  const figure = `\`${bash}\` gives \`${inBash.trim()}\``;
  if (findProgram("fish") === null) return { holds: inBash !== "", figure };
  const path = `${clone}/dist:${env["PATH"]}`;
  const inFish = await runWell("fish", [
    "-c",
    `${fish}\ncomplete -C "serve --no-sand"`,
  ], { ...shell, env: { ...env, PATH: path } });
  return {
    holds: inBash !== "" && inFish.startsWith("--no-sandbox"),
    figure: `${figure}; \`${fish}\` gives ${inFish.trim().split("\t")[0]}`,
  };
});

/** Tries one way, in a home of its own. */
async function way(
  name: string,
  follow: (port: number, env: Record<string, string>) => Promise<Finding>,
): Promise<void> {
  await acceptance(`README, ${name}`, async () => {
    const owner = name.replaceAll(/\W+/g, "_");
    const env = await moveIn(place, owner, jsr);
    const { holds, figure } = await follow(anyPort(), env);
    return { holds, figure: figure.replaceAll(place.path, "…") };
  });
}

async function fetched(
  command: string,
  port: number,
  shell: Shell,
  wanted: { path: string; body: string } = SHARED,
): Promise<Finding> {
  const url = `http://127.0.0.1:${port}/${wanted.path}`;
  const served = await serveAndFetch(command, url, shell);
  const { status, body, code, seconds } = served;
  const isSame = body === wanted.body;
  return {
    holds: status === 200 && isSame,
    figure: `\`${command}\` ${status}, ${body.length} bytes, ` +
      `${isSame ? "the right ones" : "OTHERS"}, after ${seconds} s; ` +
      `exit code ${code} after Ctrl-C`,
  };
}

/** The README's program on another port. */
function libraryOn(port: number): string {
  return onPort(markedBlock(readme, "way: library"), port);
}

/** What compiles: as the environment says, or what the script brings. */
async function compilerOf(
  repository: string,
): Promise<{ DENO_COMPILE: string; DENORT_BIN: string }> {
  const script = 'eval "$(.ci/denort.sh)"\n';
  const print = 'printf "%s\\n%s" "$DENO_COMPILE" "$DENORT_BIN"';
  const isSet = Deno.env.has("DENO_COMPILE") && Deno.env.has("DENORT_BIN");
  const text = await runWell("bash", [
    "-c",
    `set -e\n${isSet ? "" : script}${print}`,
  ], { cwd: repository });
  const [deno = "", runtime = ""] = text.split("\n");
  return { DENO_COMPILE: deno, DENORT_BIN: runtime };
}
