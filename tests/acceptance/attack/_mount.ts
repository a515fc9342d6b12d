/**
 * A file system in memory, of a size and with a life of its own.
 *
 * @module
 */

/** A file system that is mounted until the value goes. */
export interface Mount extends AsyncDisposable {
  /** Takes it away although files of it are open. */
  detach(): Promise<void>;
  /** Mounts a new one, empty. */
  attach(): Promise<void>;
}

/** Mounts one over a folder; `null` where this is not allowed. */
export async function mountMemory(
  folder: string,
  bytes: number,
): Promise<Mount | null> {
  const options = `size=${bytes},mode=755`;
  const attach = () =>
    run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  if (!await attach()) return null;
  return {
    async detach() {
      await run("umount", ["-l", folder]);
    },
    async attach() {
      if (!await attach()) throw new Error("Cannot mount again");
    },
    async [Symbol.asyncDispose]() {
      await run("umount", ["-l", folder]);
    },
  };
}

async function run(program: string, args: readonly string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args: [...args],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
