/**
 * TCP sockets by the system's own calls (Linux), for a load generator that
 * must not spend its time in a library.
 *
 * @module
 */

/** What is waited for, or has come, on a socket. */
export const READABLE = 1;
/** A connection stands, or failed. */
export const WRITABLE = 4;

const AF_INET = 2;
const SOCK_STREAM_NONBLOCK = 1 | 0x800;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;

const { symbols: SYSTEM } = Deno.dlopen("libc.so.6", {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  setsockopt: {
    parameters: ["i32", "i32", "i32", "buffer", "u32"],
    result: "i32",
  },
  close: { parameters: ["i32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32" },
});

/** Begins a connection to this machine; it stands when the socket is writable. */
export function beginConnection(port: number): number {
  const fd = SYSTEM.socket(AF_INET, SOCK_STREAM_NONBLOCK, 0);
  if (fd < 0) throw new Error("Cannot make a socket");
  SYSTEM.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, Uint32Array.of(1), 4);
  const address = new Uint8Array(16);
  address.set([AF_INET, 0, port >> 8, port & 255, 127, 0, 0, 1]);
  SYSTEM.connect(fd, address, address.length);
  return fd;
}

/** Closes a socket. */
export function closeSocket(fd: number): void {
  SYSTEM.close(fd);
}

/** Sends bytes and returns how many went; negative where none could. */
export function sendBytes(fd: number, bytes: Uint8Array<ArrayBuffer>): number {
  const length = BigInt(bytes.length);
  return Number(SYSTEM.send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL));
}

/** Reads what is there; 0 at the end of the connection, negative on failure. */
export function receiveBytes(
  fd: number,
  buffer: Uint8Array<ArrayBuffer>,
): number {
  return Number(SYSTEM.recv(fd, buffer, BigInt(buffer.length), MSG_DONTWAIT));
}

/** Sockets that are looked at together. */
export interface Watch {
  /** Looks at a socket in a place from now on. */
  set(place: number, fd: number, events: number): void;
  /** How many have something to tell at this moment. */
  look(): number;
  /** What a place has to tell; 0 for nothing. */
  eventsOf(place: number): number;
}

/** Makes a watch with so many places. */
export function createWatch(places: number): Watch {
  // struct pollfd: the descriptor, then what is waited for and what has come,
  // 16 bits each, the first of them lower on every machine that is meant.
  const polled = new Uint32Array(2 * places);
  return {
    set(place, fd, events) {
      polled[2 * place] = fd;
      polled[2 * place + 1] = events;
    },
    look: () => SYSTEM.poll(polled, BigInt(places), 0),
    eventsOf: (place) => (polled[2 * place + 1] ?? 0) >>> 16,
  };
}
