/**
 * What is claimed about speed: for each work, how our server compares with
 * another.
 *
 * @module
 */

import { OURS } from "../../bench/servers.ts";
import type { Finding } from "../../_support/acceptance.ts";
import type { Rounds } from "../../bench/rounds.ts";
import { toFigure } from "../../bench/table.ts";
import { WORKS } from "../../bench/works.ts";

/** One comparison. */
export interface Claim {
  readonly work: string;
  readonly server: string;
  /** The other's work, where it is not the same. */
  readonly theirs: string;
  /** Answers of ours for one of theirs. */
  readonly least: number;
}

/** All comparisons, in the order of the table. */
export const CLAIMS: readonly Claim[] = [
  ...["1KB", "10KB"].flatMap((work) =>
    claims(work, {
      "nginx": 0.55,
      "caddy": 2,
      "http-server": 6,
      "sirv": 6,
      "plain": 3.5,
      "python": 25,
    })
  ),
  ...claims("100KB", { "nginx": 1.6, "caddy": 1.6, "http-server": 8 }),
  ...claims("1MB", { "nginx": 1, "caddy": 1.3 }),
  // The plain handler sends `file.readable`.
  ...claims("100MB", { "nginx": 1.4, "plain": 0.8 }),
  ...claims("range", { "nginx": 1 }),
  ...["304", "head", "404"].flatMap((work) =>
    claims(work, { "nginx": 0.5, "caddy": 2 })
  ),
  ...claims("page", { "nginx": 1, "caddy": 3, "http-server": 10 }),
  ...claims("random", { "nginx": 0.5 }),
  // nginx has only gzip: the others are to be no slower than that.
  ...["gzip", "br", "zstd"].flatMap((work) =>
    claims(work, { "nginx": 1 }, "gzip")
  ),
  ...["gzip-sibling", "br-sibling", "zstd-sibling"].flatMap((work) =>
    claims(work, { "nginx": 1 }, "gzip-sibling")
  ),
];

function claims(
  work: string,
  leasts: Readonly<Record<string, number>>,
  theirs = work,
): Claim[] {
  return Object.entries(leasts).map(([server, least]) => ({
    work,
    server,
    theirs,
    least,
  }));
}

/** The claim as a line. */
export function lineOf({ work, server, theirs, least }: Claim): string {
  const at = work === theirs ? "" : ` at ${labelOf(theirs)}`;
  return `${labelOf(work)}: at least ${least} × ${server}${at}`;
}

/** Whether a claim holds. */
export function judge(claim: Claim, { cells }: Rounds): Finding {
  const find = (work: string, server: string) =>
    cells.find((cell) => cell.work === work && cell.server === server);
  const ours = find(claim.work, OURS);
  const theirs = find(claim.theirs, claim.server);
  if (ours === undefined || ours.fault !== null) {
    return { holds: false, figure: ours?.fault ?? "not measured" };
  }
  if (theirs === undefined || theirs.fault !== null) {
    const reason = theirs?.fault ?? "not installed";
    return { holds: false, figure: `${claim.server}: ${reason}` };
  }
  const ratio = ours.perSecond / theirs.perSecond;
  const isBytes = WORKS.some(({ name, unit }) =>
    name === claim.work && unit === "bytes"
  );
  const figures = [ours, theirs]
    .map(({ perSecond }) => toFigure(perSecond / (isBytes ? 1e6 : 1)));
  return {
    holds: ratio >= claim.least,
    figure: `${toFigure(ratio)} × (${figures.join(" and ")}${
      isBytes ? " MB/s" : " a second"
    })`,
  };
}

/** Whether what we send for a coding is no longer than nginx's gzip. */
export function judgeLength(coding: string, { cells }: Rounds): Finding {
  const lengthOf = (work: string, server: string) =>
    cells.find((cell) =>
      cell.work === work && cell.server === server && cell.fault === null
    )?.bodyBytes ?? NaN;
  const ours = lengthOf(coding, OURS);
  const theirs = lengthOf("gzip", "nginx");
  return {
    holds: ours <= theirs,
    figure: `${ours} bytes, nginx gzip ${theirs}`,
  };
}

function labelOf(name: string): string {
  return WORKS.find((work) => work.name === name)?.label ?? name;
}
