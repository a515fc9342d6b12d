/**
 * The README's table of permissions.
 *
 * @module
 */

import { join } from "@std/path";

import { REPOSITORY } from "../../_support/cli.ts";

const TABLE = /<!-- permissions -->([^]*)<!-- \/permissions -->/;
const GRANT = /`(--allow-[^`]+)`/g;

/** Each feature with the grants that it needs beyond the least. */
export async function readTable(): Promise<ReadonlyMap<string, string[]>> {
  const readme = await Deno.readTextFile(join(REPOSITORY, "README.md"));
  const table = TABLE.exec(readme)?.[1];
  if (table === undefined) throw new Error("The README has no such table");
  const rows = table.split("\n").filter((line) => line.startsWith("|"));
  return new Map(
    rows.slice(2).map((row) => {
      const [, feature = "", flags = ""] = row.split("|");
      const grants = [...flags.matchAll(GRANT)].map(([, grant = ""]) => grant);
      return [feature.trim(), grants];
    }),
  );
}
