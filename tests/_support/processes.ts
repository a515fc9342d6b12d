/**
 * The processes that a process has started, where the system tells (Linux).
 *
 * @module
 */

/** Whether {@linkcode childrenOf} knows. */
export const KNOWS_CHILDREN: boolean = Deno.build.os === "linux";

/** The processes that a process has started and that run. */
export function childrenOf(pid: number): number[] {
  const children: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(name);
    if (stat?.parent === pid && stat.state !== "Z") children.push(Number(name));
  }
  return children;
}

/** Whether a process runs. */
export function isRunning(pid: number): boolean {
  const stat = readStat(String(pid));
  return stat !== null && stat.state !== "Z";
}

/** State and parent, which follow the name in brackets (proc(5)). */
function readStat(pid: string): { state: string; parent: number } | null {
  try {
    const text = Deno.readTextFileSync(`/proc/${pid}/stat`);
    const [state = "", parent] = text.slice(text.lastIndexOf(")") + 2)
      .split(" ");
    return { state, parent: Number(parent) };
  } catch {
    return null; // has ended
  }
}
