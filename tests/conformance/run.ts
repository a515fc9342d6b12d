/**
 * Puts the rows of a table to a server, over a few kept-alive connections at
 * once, and says of each whether it holds.
 *
 * @module
 */

import type { Address } from "../_support/raw.ts";
import { type Answer, Client, type Sender } from "./client.ts";
import { type Case, compareHead, judge, leaks } from "./judge.ts";
import { type Meaning, toBytes } from "./request.ts";
import type {
  HeaderLines,
  ParityRow,
  RequestParts,
  Resource,
  Row,
  Table,
} from "./row.ts";

/** Which server, and what it is judged by. */
export interface RunOptions {
  readonly address: Address;
  /** `contract` is for this project's server, `rfc` for every other. */
  readonly judgedBy: "contract" | "rfc";
  /** Connections at once, 8 unless told. */
  readonly connections?: number;
  /** Takes only every n-th row of a matrix. */
  readonly every?: number;
  /** Makes what sends the requests; HTTP/1.1 over TCP unless told. */
  readonly createSender?: () => Sender;
  /** Leaves out rows that cannot be put to this server in this way. */
  readonly isUsed?: (row: ParityRow) => boolean;
}

/** Whether a row holds. */
export interface RowResult {
  readonly id: string;
  readonly clause: string;
  /** What is wrong, or `null`. */
  readonly wrong: string | null;
  /** Where parts are asked for: whether they came; else `null`. */
  readonly partsSent: boolean | null;
}

/** Whether the rows of a table hold. */
export interface TableResult {
  readonly name: string;
  readonly isMatrix: boolean;
  readonly rows: readonly RowResult[];
  readonly held: number;
}

/** Runs a table. */
export async function runTable(
  table: Table,
  options: RunOptions,
): Promise<TableResult> {
  const { every = 1 } = options;
  const isUsed = (row: ParityRow, index: number) =>
    (options.judgedBy === "contract" || row.contract !== true) &&
    (options.isUsed === undefined || options.isUsed(row)) &&
    (table.isMatrix !== true || index % every === 0);
  const runner = createRunner(options, table.isMatrix === true);
  const jobs: ((client: Sender) => Promise<RowResult>)[] =
    table.kind === "exchange"
      ? table.rows.filter(isUsed).map((row) => (client) =>
        report(row, runner.exchange(row, client))
      )
      : table.rows.filter(isUsed).map((row) => (client) =>
        report(row, runner.compare(row, client))
      );
  const rows = await runAll(jobs, options);
  return {
    name: table.name,
    isMatrix: table.isMatrix === true,
    rows,
    held: rows.filter(({ wrong }) => wrong === null).length,
  };
}

/** The rows of a result that fail, as lines. */
export function listFailures({ rows }: TableResult): string[] {
  return rows.filter(({ wrong }) => wrong !== null).map(
    ({ id, clause, wrong }) => `${id}: ${wrong} [${clause}]`,
  );
}

type Judged = Pick<RowResult, "wrong" | "partsSent">;

async function report(
  { id, clause }: ParityRow,
  judged: Promise<Judged>,
): Promise<RowResult> {
  const { wrong, partsSent } = await judged.catch((error) => ({
    wrong: error instanceof Error ? error.message : String(error),
    partsSent: null,
  }));
  return { id, clause, wrong, partsSent };
}

async function runAll(
  jobs: readonly ((client: Sender) => Promise<RowResult>)[],
  { address, connections = 8, createSender }: RunOptions,
): Promise<RowResult[]> {
  const results: RowResult[] = [];
  let next = 0;
  const work = async () => {
    using client = createSender?.() ?? new Client(address);
    while (next < jobs.length) {
      const index = next++;
      const job = jobs[index];
      if (job !== undefined) results[index] = await job(client);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return results;
}

function createRunner(options: RunOptions, isMatrix: boolean) {
  const { address } = options;
  const isContract = options.judgedBy === "contract";
  const resources = new Map<string, Promise<Resource>>();
  const gets = new Map<string, Promise<Answer>>();

  async function resourceOf(row: ParityRow, client: Sender): Promise<Resource> {
    const target = row.resource ?? row.target;
    if (row.headers === undefined) return NO_RESOURCE;
    const known = resources.get(target);
    if (known !== undefined) return await known;
    const fetched = fetchResource(target, client);
    resources.set(target, fetched);
    return await fetched;
  }

  async function fetchResource(
    target: string,
    client: Sender,
  ): Promise<Resource> {
    const bytes = toBytes({ target }, { address, resource: NO_RESOURCE });
    const answer = await client.send(bytes, { method: "GET" });
    const { status, headers, body } = answer;
    return { status, headers, bytes: body.length };
  }

  async function exchange(row: Row, client: Sender): Promise<Judged> {
    const { method = "GET" } = row;
    const resource = await resourceOf(row, client);
    const bytes = toBytes(row, { address, resource });
    const answer = await client.send(bytes, { method });
    const outcomes = typeof row.expect === "function"
      ? row.expect(resource)
      : row.expect;
    const asked: Case = {
      method,
      resource,
      authorities: authoritiesOf(address, row.host),
      target: row.target,
      isContract,
    };
    const wrong = judge(answer, outcomes, asked);
    const isAsked = outcomes[0]?.status === 206;
    const isSent = wrong === null && answer.status === 206;
    return { wrong, partsSent: isAsked ? isSent : null };
  }

  async function compare(
    row: ParityRow,
    client: Sender,
  ): Promise<Judged> {
    const resource = await resourceOf(row, client);
    const meaning = { address, resource };
    const get = await getOf(withoutRange(row), client, meaning);
    // That HEAD knows no Range is said in the other tables; where a server
    // fails there it is not to fail here once more for each row.
    const parts = isContract ? row : withoutRange(row);
    const head = await client.send(
      toBytes({ ...parts, method: "HEAD" }, { ...meaning, close: !isMatrix }),
      { method: "HEAD", untilClose: !isMatrix },
    );
    const wrong = leaks(head) || leaks(get)
      ? "content from outside the folder"
      : compareHead(head, get, isContract);
    return { wrong, partsSent: null };
  }

  async function getOf(
    parts: RequestParts,
    client: Sender,
    meaning: Meaning,
  ): Promise<Answer> {
    const bytes = toBytes({ ...parts, method: "GET" }, meaning);
    const key = latin1.decode(bytes);
    const known = gets.get(key);
    if (known !== undefined) return await known;
    const sent = client.send(bytes, { method: "GET" });
    gets.set(key, sent);
    return await sent;
  }

  return { exchange, compare };
}

const NO_RESOURCE: Resource = { status: 0, headers: new Map(), bytes: 0 };
const latin1 = new TextDecoder("latin1");

function withoutRange(row: ParityRow): RequestParts {
  const headers: HeaderLines = (row.headers ?? []).filter(([name]) =>
    !/^(if-)?range$/i.test(name)
  );
  return { ...row, headers };
}

function authoritiesOf(
  { hostname, port }: Address,
  host: string | null | undefined,
): string[] {
  const names = [hostname, "localhost", ...(host ? [host] : [])];
  return names.flatMap((name) => [name, `${name}:${port}`]);
}
