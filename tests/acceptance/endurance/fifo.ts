// quick
/**
 * FIFOs, sockets and devices are never opened: they are 404, however many ask
 * for them, and nobody else waits.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { countDescriptors, startServer } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { link, makeTree } from "../../_support/tree.ts";
import { describeLatency, latencyDuring } from "./_latency.ts";
import { makeSpecialFiles } from "./_special_files.ts";

const AT_ONCE = 50;

await using tree = await makeTree({
  "small.txt": "small",
  "sub/": null,
  "link-to-fifo": link("fifo"),
  "link-to-socket": link("socket"),
  "link-to-character-device": link("character-device"),
  "link-to-device-outside": link("/dev/zero"),
});
await using special = await makeSpecialFiles(tree.path);
await using server = await startServer({ directory: tree.path });
await using unlocked = await startServer({
  directory: tree.path,
  permissions: "all",
  args: ["--no-sandbox"],
});

await acceptance(
  `${AT_ONCE} requests for a FIFO at once: all 404, and other requests are answered meanwhile`,
  () => askAtOnce(["/fifo"], "GET"),
);
const names = [
  ...special.names,
  "link-to-fifo",
  "link-to-socket",
  "link-to-character-device",
  "link-to-device-outside",
];
for (const method of ["GET", "HEAD"]) {
  await acceptance(
    `${AT_ONCE} ${method}s at once for each of ${names.join(", ")}: all 404`,
    () => askAtOnce(names.map((name) => `/${name}`), method),
  );
}
await acceptance("none of them is on the page", async () => {
  const page = await rawRequest(server, "/");
  const json = await rawRequest(server, "/?format=json");
  const text = new TextDecoder().decode(page.body) +
    new TextDecoder().decode(json.body);
  const seen = names.filter((name) => text.includes(name));
  return {
    holds: page.status === 200 && json.status === 200 && seen.length === 0 &&
      text.includes("small.txt"),
    figure: seen.length === 0 ? "none" : seen.join(", "),
  };
});

async function askAtOnce(
  targets: readonly string[],
  method: string,
): Promise<Finding> {
  const before = countDescriptors(server.pid);
  const statuses = new Map<number | string, number>();
  async function ask(address: typeof server, target: string) {
    const status = await rawRequest(address, target, { method })
      .then((answer) => answer.status, (error) => String(error));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  const latency = await latencyDuring(server, "/small.txt", async () => {
    for (const address of [server, unlocked]) {
      for (const target of targets) {
        await Promise.all(
          Array.from({ length: AT_ONCE }, () => ask(address, target)),
        );
      }
    }
  });
  const expected = AT_ONCE * targets.length * 2;
  const found = [...statuses].map(([status, count]) => `${count} × ${status}`);
  return {
    holds: statuses.get(404) === expected && latency.times.length > 0,
    figure: [
      `${found.join(", ")} (least permissions and -A --no-sandbox)`,
      describeLatency(latency),
      `descriptors ${before}, then ${countDescriptors(server.pid)}`,
    ].join("; "),
  };
}
