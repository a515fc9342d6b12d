/**
 * A file that is swapped with a link to a secret outside, while it is judged
 * and opened: nothing of the secret is ever sent.
 *
 * @module
 */

import { acceptSwaps, type Swap } from "./_swap.ts";

const READS = 20_000;

const SWAPS: readonly Swap[] = [
  {
    title: "a file",
    kind: "file",
    name: "small.txt",
    target: "/small.txt",
    secret: "secret.txt",
    reads: READS,
  },
  {
    title: "a file that is streamed",
    kind: "file",
    name: "large.bin",
    target: "/large.bin",
    secret: "large.bin",
    reads: READS / 5,
  },
  {
    title: "an index",
    kind: "file",
    name: "site/index.html",
    target: "/site/",
    secret: "secret.txt",
    reads: READS / 5,
  },
  {
    title: "a 404 page",
    kind: "file",
    name: "404.html",
    target: "/missing",
    secret: "secret.txt",
    reads: READS / 5,
  },
];

await acceptSwaps(SWAPS);
