/**
 * What stands in a folder beside files with names: links, files that nobody
 * may read, devices, names that are not text. Each with the answer that it
 * must get.
 *
 * @module
 */

import { join } from "@std/path";

import { addFile, addFolder, type Model } from "./_names.ts";
import { findProgram, runWell } from "./_tools.ts";

/** A request and the status that answers it. */
export interface Probe {
  /** Path of the target, encoded. */
  readonly target: string;
  /** Any of these will do. */
  readonly statuses: readonly number[];
}

/** What the files outside the folder hold; no answer may have it in it. */
export const SECRET = "outside: nobody may see this";

const INVALID_NAMES = `
printf x > "$(printf 'bad\\377')"
printf x > "$(printf '\\300\\257')"
mkdir "$(printf 'bad\\376')"
printf x > "$(printf 'bad\\376/leaf')"
`;

/** Makes them in the folder `special` of a tree; `outside` is another tree. */
export async function makeSpecials(
  root: string,
  outside: string,
  model: Model,
): Promise<readonly Probe[]> {
  const at = (path: string) => join(root, "special", path);
  await Deno.mkdir(at("empty folder"), { recursive: true });
  addFolder(model, "special/empty folder");
  await Deno.writeTextFile(at("empty"), "");
  model.files.set("special/empty", new Uint8Array());
  return [
    ...await makeLinks(root, outside, model),
    ...await makeUnreadable(at, model),
    ...await makeDevices(at),
    ...await makeInvalid(at, model),
  ];
}

async function makeLinks(
  root: string,
  outside: string,
  model: Model,
): Promise<Probe[]> {
  await Deno.writeTextFile(join(outside, "secret"), SECRET);
  for (const [name, target] of Object.entries(linksIn(root, outside))) {
    await Deno.symlink(target, join(root, "special", name));
  }
  for (const name of ["link to file", "absolute link", "link to link"]) {
    addFile(model, `special/${name}`, "files/8000");
  }
  const inFolder = [...model.files.keys()].filter((path) =>
    path.startsWith("index.html/")
  );
  for (const path of inFolder) {
    addFile(model, path.replace("index.html", "special/link to folder"), path);
  }
  model.circles.add("special/circle");
  return [
    ...probes(404, ["loop%20a", "loop%20a/", "loop", "loop/x", "nowhere"]),
    ...probes(404, ["out%20to%20file", "out%20to%20folder"]),
    ...probes(404, ["out%20to%20folder/", "out%20to%20folder/secret"]),
    ...probes(404, ["out%20to%20system", "out%20by%20dots/passwd"]),
    ...probes(200, ["circle/circle/circle/", "circle/circle/empty"]),
    ...probes(301, ["circle", "link%20to%20folder", "empty/"]),
  ];
}

function linksIn(root: string, outside: string): Record<string, string> {
  return {
    "link to file": "../files/8000",
    "absolute link": join(root, "files", "8000"),
    "link to link": "link to file",
    "link to folder": "../index.html",
    "circle": ".",
    "loop a": "loop b",
    "loop b": "loop a",
    "loop": "loop",
    "nowhere": "no such file",
    "out to file": join(outside, "secret"),
    "out to folder": outside,
    "out to system": "/etc/passwd",
    "out by dots": "../../../../../../../../etc",
  };
}

async function makeUnreadable(
  at: (path: string) => string,
  model: Model,
): Promise<Probe[]> {
  const modes = { "closed": 0o000, "known": 0o711, "names": 0o744 };
  for (const [name, mode] of Object.entries(modes)) {
    await Deno.mkdir(at(name));
    await Deno.writeTextFile(at(`${name}/leaf`), name);
    await Deno.chmod(at(name), mode);
    model.optional.add(`special/${name}`);
  }
  await Deno.writeTextFile(at("unreadable"), SECRET);
  await Deno.chmod(at("unreadable"), 0o000);
  model.optional.add("special/unreadable");
  return [
    ...probes(403, ["unreadable", "closed/", "closed/leaf", "known/"]),
    ...probes(200, ["known/leaf"]),
    ...probes(301, ["closed", "known", "names"]),
    ...probes([200, 403], ["names/"]),
    ...probes(403, ["names/leaf"]),
  ];
}

async function makeDevices(at: (path: string) => string): Promise<Probe[]> {
  await runWell("mkfifo", [at("fifo")]);
  Deno.listen({ transport: "unix", path: at("socket") }).close();
  const targets = ["fifo", "fifo/", "socket"];
  if (Deno.uid() === 0 && findProgram("mknod") !== null) {
    await runWell("mknod", ["-m", "644", at("null"), "c", "1", "3"]);
    await runWell("mknod", ["-m", "644", at("zero"), "c", "1", "5"]);
    targets.push("null", "zero", "zero/");
  }
  return probes(404, targets);
}

/** Names that are not UTF-8, beside one that they are easily taken for. */
async function makeInvalid(
  at: (path: string) => string,
  model: Model,
): Promise<Probe[]> {
  await Deno.mkdir(at("invalid"));
  await runWell("sh", ["-euc", INVALID_NAMES], { cwd: at("invalid") });
  addFile(model, "special/invalid/bad\ufffd");
  const [path, content] = [...model.files].at(-1) ?? ["", new Uint8Array()];
  await Deno.writeFile(at(path.replace("special/", "")), content);
  return [
    ...probes(400, ["invalid/bad%ff", "invalid/%c0%af", "invalid/bad%fe/"]),
    ...probes(400, ["invalid/bad%fe/leaf"]),
    ...probes(404, ["invalid/bad", "invalid/%EF%BF%BD%EF%BF%BD"]),
  ];
}

function probes(
  statuses: number | readonly number[],
  names: readonly string[],
): Probe[] {
  return names.map((name) => ({
    target: `/special/${name}`,
    statuses: typeof statuses === "number" ? [statuses] : statuses,
  }));
}
