/**
 * Files that others change all the time: what an answer says and what it holds
 * are one version.
 *
 * @module
 */

import { acceptance, type Finding } from "../../_support/acceptance.ts";
import { type Server, startServer } from "../../_support/cli.ts";
import { rawRequest, type RawResponse } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { isUniform } from "./_content.ts";
import { startHelper } from "./_helper_process.ts";
import { createRandom } from "./_random.ts";
import { FILES, versionOf, type Way } from "./_versions.ts";
import { inParallel } from "./_wait.ts";

const REQUESTS = 10_000;
const WIDTH = 8;
const WAYS: Readonly<Record<Way, string>> = {
  rename: "replaced by rename",
  truncate: "truncated and written anew",
  "rewrite-settled": "rewritten with the same size, then left for 30 ms",
  "rewrite-tight": "rewritten with the same size without a pause",
};

/** What the answers of one run were. */
interface Tally {
  /** Complete answers with status 200, by whether they had validators. */
  readonly whole: { validated: number; bare: number };
  /** Answers whose body ended before its announced end. */
  cut: number;
  /** Other statuses and failures. */
  readonly others: Map<string, number>;
  /** Entity tags, by file and version. */
  readonly tags: Map<string, string>;
  readonly faults: string[];
}

const random = createRandom();
for (
  const way of [
    "rename",
    "truncate",
    "rewrite-settled",
    "rewrite-tight",
  ] as const
) {
  await acceptance(
    `a file ${
      WAYS[way]
    } while 10,000 GETs and HEADs run: every answer's headers and body belong to one and the same version`,
    () => run(way),
  );
}

async function run(way: Way): Promise<Finding> {
  await using tree = await makeTree({ "shared/": null, "spare/": null });
  for (const name of Object.keys(FILES)) {
    const { byte, size, modified } = versionOf(name, 0, way);
    const path = tree.at(`shared/${name}`);
    await Deno.writeFile(path, new Uint8Array(size).fill(byte));
    await Deno.utime(path, modified / 1000, modified / 1000);
  }
  await using server = await startServer({ directory: tree.at("shared") });
  await using writer = startHelper("_writer.ts", [
    tree.at("shared"),
    tree.at("spare"),
    way,
  ]);
  const tally: Tally = {
    whole: { validated: 0, bare: 0 },
    cut: 0,
    others: new Map(),
    tags: new Map(),
    faults: [],
  };
  await inParallel(REQUESTS, WIDTH, () => ask(server, way, tally));
  const versions = Number(await writer.stop());
  return toFinding(tally, versions);
}

async function ask(server: Server, way: Way, tally: Tally): Promise<void> {
  // Seven of ten for the small file: the large one takes its time.
  const chance = random.between(1, 20);
  const name = chance <= 14
    ? "small.txt"
    : chance <= 19
    ? "medium.bin"
    : "large.bin";
  const method = random.between(0, 1) === 0 ? "GET" : "HEAD";
  try {
    const answer = await rawRequest(server, `/${name}`, { method });
    if (answer.status === 200) judge(answer, { name, method, way }, tally);
    else count(tally, String(answer.status));
  } catch (error) {
    count(tally, String(error));
  }
}

/** Compares a complete answer with the version that it claims to be. */
function judge(
  answer: RawResponse,
  asked: { readonly name: string; readonly method: string; readonly way: Way },
  tally: Tally,
): void {
  const { name, method, way } = asked;
  const { headers, body } = answer;
  const length = Number(headers.get("content-length") ?? NaN);
  if (method === "GET" && body.length < length) {
    tally.cut++;
    return;
  }
  const etag = headers.get("etag");
  const date = headers.get("last-modified");
  if (etag === undefined) tally.whole.bare++;
  else tally.whole.validated++;
  const about = `${method} ${name} (${length} bytes, ${etag}, ${date})`;
  const byBody = method === "GET" ? body[0] : undefined;
  if (byBody !== undefined && !isUniform(body)) {
    tally.faults.push(`${about} holds two versions`);
    return;
  }
  if (date !== undefined && Date.now() - Date.parse(date) < 1500) {
    tally.faults.push(`${about} is too young for validators`);
    return;
  }
  const byDate = date === undefined ? undefined : numberOf(date);
  const number = byBody ?? byDate;
  if (number === undefined) return;
  if (byDate !== undefined && byDate !== number) {
    tally.faults.push(`${about} has the date of ${byDate}, holds ${number}`);
  }
  // A file that is cut to its half just now is a version as well.
  const { size } = versionOf(name, number, way);
  const isHalf = way === "truncate" && length === size / 2;
  if (length !== size && !isHalf) {
    tally.faults.push(`${about} has not the size of version ${number}`);
  }
  if (etag === undefined || byDate === undefined) return;
  const key = `${name} ${number} ${length}`;
  const known = tally.tags.get(key) ?? etag;
  if (known !== etag) tally.faults.push(`${about} also had ${known}`);
  tally.tags.set(key, etag);
}

/** The version of a `Last-Modified`, if it was set: some are just written. */
function numberOf(date: string): number | undefined {
  const first = versionOf("", 0, "rename").modified;
  const number = (Date.parse(date) - first) / 10_000;
  return number > 1000 ? undefined : number;
}

function count(tally: Tally, what: string): void {
  tally.others.set(what, (tally.others.get(what) ?? 0) + 1);
}

function toFinding(tally: Tally, versions: number): Finding {
  const { whole, cut, others, faults, tags } = tally;
  const complete = whole.validated + whole.bare;
  return {
    holds: faults.length === 0 && complete >= REQUESTS / 2 && versions > 100,
    figure: [
      `${versions} versions of each file`,
      `${complete} complete answers (${whole.validated} with validators, ${tags.size} different)`,
      `${cut} cut`,
      ...[...others].map(([what, times]) => `${times} × ${what}`),
      `${faults.length} wrong`,
      `seed ${random.seed}`,
      ...faults.slice(0, 5),
    ].join("; "),
  };
}
