// quick
/**
 * Serves a tree of every kind of name, as a user who may not read all of it,
 * and follows the server's own links until each file has come back byte for
 * byte.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import type { Server } from "../../_support/cli.ts";
import { makeTree } from "../../_support/tree.ts";
import { launchBrowser } from "../../_support/browser.ts";
import {
  ask,
  type Client,
  type Crawl,
  crawl,
  type Form,
  linksOf,
} from "./_crawl.ts";
import { emptyModel, makeNames, type Model, NAME_COUNT } from "./_names.ts";
import { makeSpecials, type Probe, SECRET } from "./_specials.ts";
import { checkTools, runWell } from "./_tools.ts";
import { startUnprivileged } from "./_unprivileged.ts";

const WAYS: readonly { form: Form; client: Client }[] = [
  { form: "html", client: "fetch" },
  { form: "html", client: "socket" },
  { form: "json", client: "fetch" },
  { form: "json", client: "socket" },
];

await acceptance(
  "a tree of all names is made, served and removed",
  async () => {
    checkTools("sh", "chmod", "cp", "mkfifo");
    await using outside = await makeTree({});
    const model = emptyModel();
    await using tree = await makeNames(model);
    await Deno.chmod(tree.path, 0o755);
    await Deno.chmod(outside.path, 0o755);
    const probes = await makeSpecials(tree.path, outside.path, model);
    await serveAndAsk(tree.path, model, probes);
    // Folders without permissions cannot be emptied by others than root.
    await runWell("chmod", ["-R", "u+rwX", "--", tree.path]);
    return { holds: true, figure: `${model.files.size} files` };
  },
);

async function serveAndAsk(
  directory: string,
  model: Model,
  probes: readonly Probe[],
): Promise<void> {
  await using server = await startUnprivileged({
    directory,
    args: ["--dotfiles"],
  });
  for (const way of WAYS) {
    await acceptance(
      `every name round-trips from the ${way.form} page over ${way.client}`,
      async () => describe(await crawl(server, model, way), model),
    );
  }
  await acceptance(
    "what cannot or must not be read is refused, with no 500 and no hang",
    () => probeAll(server, probes),
  );
  await acceptance(
    "folders without and files with a final slash lead to the right spelling",
    () => redirects(server, model),
  );
  await acceptance(
    "Chromium reads the same links from the pages and runs nothing in them",
    () => readInBrowser(server),
  );
  await acceptance(
    "the log has one line an answer, no control character, no 5xx",
    () => lookAtLog(server),
  );
}

function describe(found: Crawl, { files, folders }: Model): Finding {
  const { faults } = found;
  const statuses = [...found.statuses].sort().map(([status, count]) =>
    `${count} × ${status}`
  );
  return {
    holds: faults.length === 0 && found.files.size === files.size &&
      found.folders >= folders.size,
    figure:
      `${NAME_COUNT} names, ${found.files.size} of ${files.size} files and ` +
      `${found.folders} folders (${statuses.join(", ")}), ` +
      `${faults.length} faults ${sample(faults)}`.trimEnd(),
  };
}

async function probeAll(
  server: Server,
  probes: readonly Probe[],
): Promise<Finding> {
  const faults: string[] = [];
  let slowestMs = 0;
  for (const client of ["fetch", "socket"] as const) {
    for (const { target, statuses } of probes) {
      const started = performance.now();
      const { status, body } = await ask(server, client, target);
      slowestMs = Math.max(slowestMs, performance.now() - started);
      if (!statuses.includes(status)) {
        faults.push(`${target}: ${status} and not ${statuses.join(" or ")}`);
      }
      if (new TextDecoder().decode(body).includes(SECRET)) {
        faults.push(`${target}: shows what it must not`);
      }
    }
  }
  return {
    holds: faults.length === 0,
    figure: `${probes.length} targets over fetch and socket, slowest ` +
      `${slowestMs.toFixed(0)} ms, ${faults.length} faults ` +
      sample(faults),
  };
}

async function redirects(server: Server, model: Model): Promise<Finding> {
  const encode = (path: string) =>
    path.split("/").map(encodeURIComponent).join("/");
  const folders = [...model.folders].filter((path) =>
    path !== "" && !path.includes("/")
  );
  const files = [...model.files.keys()].filter((path) =>
    path.startsWith("files/")
  );
  const faults: string[] = [];
  const check = async (target: string, canonical: string) => {
    const { status, location } = await ask(server, "socket", target);
    const isPath = location !== null && /^\/(?![/\\])/.test(location);
    const leadsTo = isPath ? new URL(location, server.origin).pathname : "";
    if (
      status !== 301 || decodeURIComponent(leadsTo) !== canonical
    ) faults.push(`${target}: ${status} ${location}`);
  };
  for (const path of folders) await check(`/${encode(path)}`, `/${path}/`);
  for (const path of files) await check(`/${encode(path)}/`, `/${path}`);
  return {
    holds: faults.length === 0,
    figure: `${folders.length} folders, ${files.length} files, ` +
      `${faults.length} faults ${sample(faults)}`,
  };
}

async function readInBrowser(server: Server): Promise<Finding> {
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("dialog", (dialog) => {
    faults.push(`a dialog says ${dialog.message()}`);
    dialog.dismiss();
  });
  let count = 0;
  for (const path of ["/", "/files/", "/index.html/", "/special/"]) {
    const url = new URL(path, server.origin);
    const { body } = await ask(server, "fetch", path, "text/html");
    const expected = linksOf(new TextDecoder().decode(body), url);
    await page.goto(url.href);
    const links = await page.evaluate<string[]>(
      "[...document.links].map(({ href }) => href)",
    );
    const below = links.filter((link) => !url.href.startsWith(link));
    if (below.join("\n") !== expected.map(({ href }) => href).join("\n")) {
      faults.push(`other links in ${path}`);
    }
    const injected = await page.evaluate<number>(
      'document.querySelectorAll("[onerror]").length + ' +
        "[...document.scripts].filter(({ text }) => /alert/.test(text)).length",
    );
    if (injected > 0) faults.push(`${injected} elements from names in ${path}`);
    count += below.length;
  }
  return {
    holds: faults.length === 0 && count > 0,
    figure: `4 pages, ${count} links, ${faults.length} faults ${
      sample(faults)
    }`,
  };
}

function lookAtLog(server: Server): Finding {
  const lines = server.stderr().split("\n").filter((line) => line !== "");
  // deno-lint-ignore no-control-regex -- control characters are what it looks for
  const control = lines.filter((line) => /[\0-\x1f\x7f]/.test(line)).length;
  const strange = lines.filter((line) => !/" [1-4]\d\d (\d+|-)/.test(line));
  return {
    holds: control === 0 && strange.length === 0 && lines.length > 1000,
    figure: `${lines.length} lines, ${control} with control characters, ` +
      `${strange.length} others ${sample(strange)}`,
  };
}

/** The first few, each short enough to be read. */
function sample(faults: readonly string[]): string {
  return faults.slice(0, 6).map((fault) => fault.slice(0, 160)).join("; ");
}
