/**
 * Files that change or vanish while an archive with them is sent: the client is
 * never given an archive that looks whole.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree, OLD, type Tree } from "../../_support/tree.ts";
import { run } from "../clients/_tools.ts";
import { makeContent } from "../endurance/_content.ts";
import { openDownload } from "../endurance/_download.ts";
import { openFilesBelow } from "../endurance/_open_files.ts";
import { waitUntil } from "../endurance/_wait.ts";

const FORMATS = ["zip", "tar", "tar.gz"] as const;
const SIZE = 30_000_000;

/** What happens when the answer has begun, to the file under way or a later one. */
const CHANGES: Readonly<Record<string, (tree: Tree) => Promise<void>>> = {
  "vanishes later": (tree) => Deno.remove(tree.at("d/z")),
  "grows later": (tree) => Deno.writeTextFile(tree.at("d/z"), "zz"),
  "is emptied later": (tree) => Deno.truncate(tree.at("d/z"), 0),
  "is rewritten later with the same size": (tree) =>
    Deno.writeTextFile(tree.at("d/z"), "y"),
  "is touched later": (tree) => Deno.utime(tree.at("d/z"), OLD, new Date(1e12)),
  "becomes a link later": async (tree) => {
    await Deno.remove(tree.at("d/z"));
    await Deno.symlink("/etc/hostname", tree.at("d/z"));
  },
  "becomes a folder later": async (tree) => {
    await Deno.remove(tree.at("d/z"));
    await Deno.mkdir(tree.at("d/z"));
  },
  "is truncated under way": (tree) =>
    Deno.truncate(tree.at("d/large.bin"), SIZE / 2),
  "grows under way": (tree) =>
    Deno.writeTextFile(tree.at("d/large.bin"), "more", { append: true }),
  "is rewritten under way": (tree) =>
    Deno.writeFile(tree.at("d/large.bin"), makeContent(SIZE)),
  "that was empty is filled later": (tree) =>
    Deno.writeTextFile(tree.at("d/zero"), "0"),
  "lies in a folder that becomes a link to the outside": async (tree) => {
    await Deno.rename(tree.at("d"), tree.at("../moved"));
    await Deno.symlink(tree.at("../moved"), tree.at("d"));
  },
};

await acceptance(
  "a file that changes or vanishes during the archive ends the connection",
  cutsConnections,
);

async function cutsConnections(): Promise<Finding> {
  const faults: string[] = [];
  let count = 0;
  for (const format of FORMATS) {
    for (const [change, act] of Object.entries(CHANGES)) {
      await using outer = await makeTree({
        "shared/d/large.bin": makeContent(SIZE),
        "shared/d/z": "z",
        "shared/d/zero": "",
      });
      const path = outer.at("shared");
      const tree = { ...outer, path, at: (name: string) => `${path}/${name}` };
      await using server = await startServer({
        directory: path,
        args: ["--log-format", "json"],
      });
      const fault = await changeDuring(server, format, () => act(tree));
      const isFreed = await waitUntil(
        () => openFilesBelow(outer.path, server.pid).length === 0,
        5_000,
      );
      if (!isFreed) faults.push(`a ${format} keeps a file open`);
      if (fault !== "") faults.push(`a file ${change}: ${format} ${fault}`);
      count++;
    }
  }
  return {
    holds: faults.length === 0,
    figure: [`${count} archives, all broken off`, ...faults].join("; "),
  };
}

async function changeDuring(
  server: Server,
  format: string,
  act: () => Promise<void>,
): Promise<string> {
  using download = await openDownload(server, `/?archive=${format}`);
  const buffer = new Uint8Array(262_144);
  const chunks: Uint8Array[] = [];
  chunks.push((await download.read(buffer))?.slice() ?? new Uint8Array());
  await act();
  let received = 0;
  let isReset = false;
  let tail = "";
  while (!(received >= download.length)) {
    const bytes = await download.read(buffer).catch((error) => {
      if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
      isReset = true;
      return null;
    });
    if (bytes === null) break;
    received += bytes.length;
    tail = (tail + new TextDecoder("latin1").decode(bytes.slice(-16)))
      .slice(-16);
  }
  const isLogged = await waitUntil(
    () => server.stderr().includes('"aborted":true'),
    5_000,
  );
  if (!isLogged) return "is not logged as aborted";
  if (received >= download.length) return "comes whole";
  // A body in chunks ends with an empty one.
  if (!isReset && tail.endsWith("0\r\n\r\n")) return "ends as if it were whole";
  const { status } = await rawRequest(server, "/none");
  return status === 404 ? "" : `is followed by ${status}`;
}

await acceptance("curl says that such an archive is not whole", async () => {
  await using tree = await makeTree({ "a.bin": makeContent(SIZE), "z": "z" });
  await using server = await startServer({ directory: tree.path });
  const codes: string[] = [];
  for (const format of FORMATS) {
    await Deno.writeTextFile(tree.at("z"), "z");
    const running = run("curl", [
      ...["-q", "-sS", "--limit-rate", "20M", "-o", "/dev/null"],
      `${server.origin}/?archive=${format}`,
    ]);
    await waitUntil(
      () => openFilesBelow(tree.path, server.pid).length > 0,
      5_000,
    );
    await Deno.remove(tree.at("z"));
    const { code } = await running;
    codes.push(`${format} ${code}`);
  }
  return {
    // 18: partial file; 56: receiving failed; 92: a stream was not closed well.
    holds: codes.every((code) => /(?: 18| 56| 92)$/.test(code)),
    figure: `exit codes ${codes.join(", ")}`,
  };
});
