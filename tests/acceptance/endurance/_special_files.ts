/**
 * Files that are no files: opening one can wait for ever, never end, or act.
 *
 * @module
 */

import { join } from "@std/path";

/** Special files in a folder, for as long as the value lives. */
export interface SpecialFiles extends AsyncDisposable {
  /** Names of those that could be made: devices need root. */
  readonly names: readonly string[];
}

/** Makes a FIFO, a socket and, where this is allowed, two devices. */
export async function makeSpecialFiles(folder: string): Promise<SpecialFiles> {
  const names: string[] = [];
  await make("fifo", "mkfifo");
  await make("character-device", "mknod", "c", "1", "5");
  await make("block-device", "mknod", "b", "7", "0");
  const socket = Deno.listen({
    transport: "unix",
    path: join(folder, "socket"),
  });
  names.push("socket");
  return {
    names,
    [Symbol.asyncDispose]() {
      socket.close();
      return Promise.resolve();
    },
  };

  async function make(name: string, program: string, ...kind: string[]) {
    const { success } = await new Deno.Command(program, {
      args: [join(folder, name), ...kind],
      stderr: "null",
    }).output();
    if (success) names.push(name);
  }
}
