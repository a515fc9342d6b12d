import { assert, assertEquals, assertRejects } from "@std/assert";

import {
  type Orders,
  ordersLine,
  readOrders,
} from "../../../lib/command/orders.ts";
import { COMMAND_DEFAULTS } from "../../../lib/options.ts";

const ORDERS: Orders = {
  options: {
    ...COMMAND_DEFAULTS,
    directory: "/srv/ü\n",
    headers: [["a", "b"]],
  },
  machine: {
    home: "/home/ann",
    hostName: null,
    interfaces: [{ name: "lo", family: "IPv4", address: "127.0.0.1" }],
  },
  taken: [8000],
};

/** What a pipe holds on Linux; the first line must be longer. */
const PIPE_BYTES = 65_536;

/** Bytes that arrive in pieces of a size. */
function sourceOf(bytes: Uint8Array, pieceBytes = PIPE_BYTES) {
  let at = 0;
  return {
    read(buffer: Uint8Array): Promise<number | null> {
      const piece = bytes.subarray(
        at,
        at + Math.min(pieceBytes, buffer.length),
      );
      buffer.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length === 0 ? null : piece.length);
    },
  };
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array([
    ...ordersLine(ORDERS),
    ...new TextEncoder().encode(text),
  ]);
}

Deno.test("ordersLine() is one line, longer than a pipe holds", () => {
  const text = new TextDecoder().decode(ordersLine(ORDERS));

  assert(text.length > 2 * PIPE_BYTES);
  assertEquals(text.indexOf("\n"), text.length - 1);
});

Deno.test.each([[1], [7], [PIPE_BYTES]])(
  "readOrders() reads what was written, %i bytes at a time",
  async (pieceBytes) => {
    const source = sourceOf(bytesOf("SIGINT\nSIGTERM\n"), pieceBytes);

    const { orders, control } = await readOrders(source);

    assertEquals(orders, ORDERS);
    assertEquals(await control.next(), "SIGINT");
    assertEquals(await control.next(), "SIGTERM");
    assertEquals(await control.next(), null);
    assertEquals(await control.next(), null);
  },
);

Deno.test("readOrders() passes over what is no signal to hand on", async () => {
  const source = sourceOf(bytesOf("SIGKILL\n\nx\nSIGHUP\nSIGINT"));

  const { control } = await readOrders(source);

  assertEquals(await control.next(), "SIGHUP");
  // Half a line is none.
  assertEquals(await control.next(), null);
});

Deno.test.each([[""], ["x\n"], ["{}"]])(
  "readOrders() refuses a pipe that holds %j",
  async (text) => {
    const source = sourceOf(new TextEncoder().encode(text));

    await assertRejects(() => readOrders(source), SyntaxError);
  },
);
