/**
 * A folder on the way to a file that is swapped with a link to a folder
 * outside, while the path through it is judged and opened.
 *
 * @module
 */

import { acceptSwaps, type Swap } from "./_swap.ts";

const READS = 4000;

const SWAPS: readonly Swap[] = [
  {
    title: "the folder of a file",
    kind: "folder",
    name: "folder",
    target: "/folder/file.txt",
    secret: "folder",
    reads: READS,
  },
  {
    title: "a folder and its page",
    kind: "folder",
    name: "folder",
    target: "/folder/",
    secret: "folder",
    reads: READS,
  },
];

await acceptSwaps(SWAPS);
