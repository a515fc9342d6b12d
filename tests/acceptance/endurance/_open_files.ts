/**
 * Which of the shared files a process holds open. Unlike the number of its
 * descriptors this does not change with what the runtime does for itself.
 *
 * @module
 */

/** Files of a folder that a process has open; Linux only. */
export function openFilesBelow(
  folder: string,
  pid: number = Deno.pid,
): string[] {
  const links = `/proc/${pid}/fd`;
  return [...Deno.readDirSync(links)].flatMap(({ name }) => {
    try {
      const path = Deno.readLinkSync(`${links}/${name}`);
      return path.startsWith(`${folder}/`) ? [path] : [];
    } catch {
      // Closed since the list was read.
      return [];
    }
  });
}
