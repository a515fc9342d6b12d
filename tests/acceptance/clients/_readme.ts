/**
 * Takes the commands that the README marks for trying out: a fenced block
 * right after a comment such as `<!-- run: node -->`.
 *
 * @module
 */

/**
 * Finds the block that a marker announces.
 *
 * @throws {Error} If the README has no such block.
 */
export function markedBlock(readme: string, marker: string): string {
  const comment = `<!-- ${marker} -->`;
  const after = readme.split(comment)[1];
  if (after === undefined) throw new Error(`README.md has no ${comment}`);
  const block = /^\s*```[^\n]*\n([\s\S]*?)\n```/.exec(after)?.[1];
  if (block === undefined) {
    throw new Error(`No fenced block follows ${comment} in README.md`);
  }
  return block.split("\n").map((line) => line.replace(/^\$ /, "")).join("\n");
}

/**
 * Points a run command at another folder and port: each `8000` becomes the
 * port, and the folder that `--allow-read` names becomes the other one
 * wherever it stands as a whole argument or as the value of a flag.
 *
 * @throws {Error} If the command names no folder or no port.
 */
export function pointedAt(
  command: string,
  folder: string,
  port: number,
): string {
  const named = /--allow-read=("[^"]*"|\S+)/.exec(command)?.[1];
  if (named === undefined) {
    throw new Error(`No --allow-read in the run command: ${command}`);
  }
  if (!/\b8000\b/.test(command)) {
    throw new Error(`No port 8000 in the run command: ${command}`);
  }
  return command.split(/(\s+)/).map((word) => {
    const [flag, value] = word.split(/=(.*)/s);
    if (word === named) return folder;
    if (value === named) return `${flag}=${folder}`;
    return word.replaceAll(/\b8000\b/g, String(port));
  }).join("");
}
