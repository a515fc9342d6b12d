import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";

import { flagTable } from "../../lib/cli/help.ts";
import { REPOSITORY } from "../_support/cli.ts";

const BEGIN = "<!-- flags -->";
const END = "<!-- /flags -->";

Deno.test("README.md has the table that flagTable() writes", async () => {
  const readme = await Deno.readTextFile(join(REPOSITORY, "README.md"));
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);

  assert(
    begin !== -1 && end > begin,
    `README.md has no table of flags between ${BEGIN} and ${END}`,
  );
  // The formatter pads the cells of a table.
  assertEquals(
    rowsOf(readme.slice(begin + BEGIN.length, end)),
    rowsOf(flagTable()),
  );
});

function rowsOf(table: string): string[] {
  return table.trim().split("\n").map((row) =>
    row.replaceAll(/ {2,}/g, " ").replaceAll(/-{3,}/g, "---").trim()
  );
}
