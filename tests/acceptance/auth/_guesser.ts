/**
 * A worker that guesses passwords from one address at a steady pace and does
 * not wait for answers before it guesses again.
 *
 * @module
 */

import type { Address } from "../../_support/raw.ts";
import { basic, createClient } from "./_client.ts";

/** What the worker is told to do. */
export interface Order {
  readonly to: Address;
  readonly from: string;
  readonly count: number;
  readonly first: number;
  readonly everyMs: number;
}

/** Whom the messages of a worker come from and go to. */
declare const self: DedicatedWorkerGlobalScope;
interface DedicatedWorkerGlobalScope {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(message: unknown): void;
}

async function guess(order: Order): Promise<void> {
  const { to, from, count, first, everyMs } = order;
  const statuses: Promise<number>[] = [];
  const begin = performance.now();
  for (let i = 0; i < count; i++) {
    const late = begin + i * everyMs - performance.now();
    if (late > 0) await new Promise((resolve) => setTimeout(resolve, late));
    statuses.push((async () => {
      using client = await createClient(to, from);
      const pair = basic(`ada:wrong ${first + i}`);
      return (await client.ask("/1k.txt", pair)).status;
    })());
  }
  self.postMessage({ kind: "sent" });
  self.postMessage({ kind: "answered", statuses: await Promise.all(statuses) });
}

self.onmessage = (event) => void guess(event.data);
