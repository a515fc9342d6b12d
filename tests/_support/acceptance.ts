/**
 * How an acceptance program reports: one `PASS|FAIL line: figure` for each
 * line, exit code 1 when one failed.
 *
 * @module
 */

/** What a line found: whether it holds, and the figure that shows it. */
export interface Finding {
  readonly holds: boolean;
  readonly figure: string;
}

/** Runs one acceptance line and prints what it found. A throw is a FAIL. */
export async function acceptance(
  line: string,
  program: () => Finding | Promise<Finding>,
): Promise<void> {
  let finding: Finding;
  try {
    finding = await program();
  } catch (error) {
    finding = {
      holds: false,
      figure: error instanceof Error
        ? `${error.name}: ${error.message}`
        : String(error),
    };
  }
  const figure = finding.figure.replaceAll(/\s*\n\s*/g, " / ");
  // deno-lint-ignore no-console -- the report is what the program is for
  console.log(`${finding.holds ? "PASS" : "FAIL"} ${line}: ${figure}`);
  if (!finding.holds) Deno.exitCode = 1;
}
