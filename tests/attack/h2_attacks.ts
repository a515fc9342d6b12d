/**
 * Hostile HTTP/2 (RFC 9113): frames that are wrong, frames without end, header
 * blocks that unpack to too much, and requests that HTTP/1 cannot say. The
 * plain port takes HTTP/2 from a client that begins with it.
 *
 * @module
 */

import {
  FLAG,
  FRAME,
  frame,
  headers,
  number,
  PREFACE,
  request,
  settings,
} from "./h2_connection.ts";
import { encodeFields, encodeString, type FieldPair } from "./hpack.ts";
import { FOREIGN_HOSTS, MALFORMED_HOSTS } from "./field_attacks.ts";
import { listGoals, SPELLINGS, STARTS, writeTarget } from "./path_attacks.ts";

/** What is sent over one HTTP/2 connection. */
export interface H2Attack {
  readonly name: string;
  /** Each character is one byte. */
  readonly text: string;
  /** How many requests the frames hold: so many are tried. */
  readonly requests: number;
  /** Statuses that the answers may have, where the rules name them. */
  readonly statuses?: readonly number[];
}

/** Targets of one connection: the server takes 200 streams at once. */
const TARGETS_PER_CONNECTION = 40;

/** Begins a connection on which the server may send as much as it has. */
export const OPEN_WIDE = PREFACE + settings([[4, 0x7fffffff]]) +
  frame(FRAME.window, 0, number(0x7fff0000, 4));

const OPEN = PREFACE + settings([]);
const GET = headers(1, request("/public.txt"));
const { endHeaders, endStream } = FLAG;
const NO_END = endHeaders;

/** All attacks by HTTP/2. */
export function listH2Attacks(alias: string): H2Attack[] {
  return [
    ...listFrames(),
    ...listSettings(),
    ...listFloods(),
    ...listBlocks(),
    ...listPseudoFields(),
    ...listFields(),
    ...listTargets(alias),
  ];
}

function listFrames(): H2Attack[] {
  const data = (stream: number, text = "x", flags = 0) =>
    frame(FRAME.data, stream, text, { flags });
  const block = encodeFields(request("/public.txt"));
  const part = (type: number, stream: number, text: string, flags = 0) =>
    frame(type, stream, text, { flags });
  const frames: Readonly<Record<string, string>> = {
    "no settings": GET,
    "settings of 5 bytes": frame(FRAME.settings, 0, "\0\0\0\0\0"),
    "settings on a stream": frame(FRAME.settings, 1, ""),
    "acknowledgement with a payload": part(
      FRAME.settings,
      0,
      "\0\0\0\0\0\0",
      1,
    ),
    "acknowledgement of nothing": part(FRAME.settings, 0, "", 1),
    "ping of 7 bytes": frame(FRAME.ping, 0, "1234567"),
    "ping of 9 bytes": frame(FRAME.ping, 0, "123456789"),
    "ping on a stream": frame(FRAME.ping, 1, "12345678"),
    "ping acknowledged unasked": part(FRAME.ping, 0, "12345678", 1),
    "window of 3 bytes": frame(FRAME.window, 0, "\0\0\0"),
    "window of 5 bytes": frame(FRAME.window, 0, "\0\0\0\0\0"),
    "window of 0": frame(FRAME.window, 0, number(0, 4)),
    "window of 0 on a stream": GET + frame(FRAME.window, 1, number(0, 4)),
    "window too large": frame(FRAME.window, 0, number(0x7fffffff, 4)).repeat(2),
    "window too large on a stream": headers(1, request("/big.bin")) +
      frame(FRAME.window, 1, number(0x7fffffff, 4)).repeat(2),
    "window with the reserved bit": frame(
      FRAME.window,
      0,
      number(0x80000001, 4),
    ),
    "window on an idle stream": frame(FRAME.window, 7, number(1, 4)),
    "window on a closed stream": GET + frame(FRAME.window, 1, number(1, 4)),
    "reset of 3 bytes": GET + frame(FRAME.reset, 1, "\0\0\0"),
    "reset on no stream": frame(FRAME.reset, 0, number(8, 4)),
    "reset of an idle stream": frame(FRAME.reset, 9, number(8, 4)),
    "reset twice": GET + frame(FRAME.reset, 1, number(8, 4)).repeat(2),
    "reset with an unknown code": GET +
      frame(FRAME.reset, 1, "\xff\xff\xff\xff"),
    "priority of 4 bytes": frame(FRAME.priority, 1, "\0\0\0\0"),
    "priority on no stream": frame(FRAME.priority, 0, "\0\0\0\0\0"),
    "priority on itself": frame(FRAME.priority, 1, number(1, 4) + "\0"),
    "farewell of 7 bytes": frame(FRAME.goAway, 0, "1234567"),
    "farewell on a stream": frame(FRAME.goAway, 1, number(0, 8)),
    "farewell and a request": frame(FRAME.goAway, 0, number(0, 8)) + GET,
    "farewell with a long reason": frame(
      FRAME.goAway,
      0,
      number(0, 8) + "x".repeat(16_000),
    ),
    "data on no stream": data(0),
    "data on an idle stream": data(1),
    "data on an even stream": data(2),
    "data on a closed stream": GET + data(1),
    "data after its end": headers(1, request("/"), NO_END) +
      data(1, "x", endStream) + data(1),
    "data without end": headers(1, request("/"), NO_END) + data(1),
    "data padded with more than there is": headers(1, request("/"), NO_END) +
      data(1, "\xffx", FLAG.padded),
    "data padded without a length": headers(1, request("/"), NO_END) +
      data(1, "", FLAG.padded),
    "data of 16385 bytes": headers(1, request("/"), NO_END) +
      data(1, "x".repeat(16_385)),
    "data of 65536 bytes": headers(1, request("/"), NO_END) +
      data(1, "x".repeat(65_536)),
    "data beyond the window": headers(1, request("/"), NO_END) +
      data(1, "x".repeat(16_000)).repeat(90),
    "frame said to be of 16 MiB": frame(FRAME.data, 1, "x", {
      length: 0xffffff,
    }),
    "frame cut": frame(FRAME.data, 1, "x", { length: 9 }),
    "headers on no stream": headers(0, request("/")),
    "headers on an even stream": headers(2, request("/")),
    "headers on the last stream": headers(0x7fffffff, request("/")),
    "headers with the reserved bit": headers(0x80000001, request("/")),
    "headers backwards": headers(9, request("/")) + headers(3, request("/")),
    "headers twice": GET + GET,
    "headers of 20000 bytes": frame(FRAME.headers, 1, "x".repeat(20_000), {
      flags: 5,
    }),
    "headers without a block": part(FRAME.headers, 1, "", 5),
    "headers padded with more than there is": part(
      FRAME.headers,
      1,
      "\xff" + block,
      5 | FLAG.padded,
    ),
    "headers padded": part(
      FRAME.headers,
      1,
      "\x09" + block + "\0".repeat(9),
      13,
    ),
    "headers padded with text": part(
      FRAME.headers,
      1,
      "\x09" + block + "GET / HTT",
      13,
    ),
    "headers with priority on itself": part(
      FRAME.headers,
      1,
      number(1, 4) + "\0" + block,
      5 | FLAG.priority,
    ),
    "headers with half a priority": part(FRAME.headers, 1, "\0\0", 0x25),
    "trailers": headers(1, request("/"), NO_END) + headers(1, [["x", "y"]]),
    "trailers without end": headers(1, request("/"), NO_END) +
      headers(1, [["x", "y"]], NO_END),
    "trailers with a path": headers(1, request("/"), NO_END) +
      headers(1, [[":path", "/canary.txt"]]),
    "trailers with a length": headers(1, request("/"), NO_END) +
      headers(1, [["content-length", "9"]]),
    "continuation of nothing": part(FRAME.continuation, 1, block, endHeaders),
    "continuation on another stream": part(FRAME.headers, 1, block, endStream) +
      part(FRAME.continuation, 3, "", endHeaders),
    "continuation after its end": GET + part(FRAME.continuation, 1, "", 4),
    "continuation cut by data": part(FRAME.headers, 1, block, endStream) +
      data(1),
    "continuation cut by a ping": part(FRAME.headers, 1, block, endStream) +
      frame(FRAME.ping, 0, "12345678"),
    "continuation cut by a request": part(FRAME.headers, 1, block, endStream) +
      headers(3, request("/")),
    "block in single bytes": part(FRAME.headers, 1, "", endStream) +
      [...block].map((c) => part(FRAME.continuation, 1, c)).join("") +
      part(FRAME.continuation, 1, "", endHeaders),
    "promise from the client": frame(FRAME.push, 1, number(2, 4) + block, {
      flags: endHeaders,
    }),
    "promise on a stream": GET + part(FRAME.push, 1, number(4, 4) + block, 4),
    "unknown type": frame(0x42, 0, "x") + frame(0xff, 1, "y") + GET,
    "unknown flags": part(FRAME.headers, 1, block, 0xd5 & ~8 & ~32) + GET,
    "ALTSVC": frame(10, 0, "\0\x09localhostx") + GET,
    "ORIGIN": frame(12, 0, "\0\x01x") + GET,
    "HTTP/1 after the preface": "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "preface twice": PREFACE,
    "zeros": "\0".repeat(9_000),
    "ones": "\xff".repeat(9_000),
  };
  return Object.entries(frames).map(([name, text]) => ({
    name: `h2 frame: ${name}`,
    text: (name === "no settings" ? PREFACE : OPEN) + text,
    requests: 1,
  }));
}

function listSettings(): H2Attack[] {
  const pairs: Readonly<Record<string, readonly [number, number][]>> = {
    "table of 4 GiB": [[1, 0xffffffff]],
    "table of 0": [[1, 0]],
    "push of 2": [[2, 2]],
    "push": [[2, 1]],
    "no streams": [[3, 0]],
    "window of 2 GiB": [[4, 0x80000000]],
    "window of 0": [[4, 0]],
    "window of 1": [[4, 1]],
    "largest window": [[4, 0x7fffffff]],
    "window up and down": [[4, 0], [4, 0x7fffffff], [4, 0], [4, 9]],
    "frames of 0": [[5, 0]],
    "frames of 16383": [[5, 16_383]],
    "frames of 16 MiB": [[5, 0x1000000]],
    "largest frames": [[5, 0xffffff]],
    "header list of 0": [[6, 0]],
    "header list of 1": [[6, 1]],
    "extended CONNECT": [[8, 1]],
    "extended CONNECT of 2": [[8, 2]],
    "unknown": [[0, 0], [7, 7], [0xffff, 0xffffffff]],
    "a thousand in one": Array.from({ length: 1_000 }, (_, i) => [i, i]),
    "the same a thousand times": Array.from({ length: 1_000 }, () => [1, 0]),
  };
  return Object.entries(pairs).flatMap(([name, list]) => [
    {
      name: `h2 settings: ${name}`,
      text: PREFACE + settings(list) + headers(1, request("/big.bin")),
      requests: 1,
    },
    {
      name: `h2 settings: ${name}, with a request under way`,
      text: OPEN + headers(1, request("/big.bin")) + settings(list) +
        headers(3, request("/")),
      requests: 2,
    },
  ]);
}

function listFloods(): H2Attack[] {
  const streams = (count: number, write: (stream: number) => string) =>
    Array.from({ length: count }, (_, i) => write(2 * i + 1)).join("");
  const reset = (stream: number) => frame(FRAME.reset, stream, number(8, 4));
  const open = headers(1, request("/"), NO_END);
  const start = frame(FRAME.headers, 1, "", { flags: endStream });
  const more = (size: number) =>
    frame(FRAME.continuation, 1, encodeFields([["x", "y".repeat(size)]]));
  const floods: Readonly<Record<string, readonly [number, string]>> = {
    "settings": [1, settings([[3, 100]]).repeat(5_000) + GET],
    "empty settings": [1, settings([]).repeat(5_000) + GET],
    "pings": [1, frame(FRAME.ping, 0, "12345678").repeat(5_000) + GET],
    "windows": [1, frame(FRAME.window, 0, number(1, 4)).repeat(5_000) + GET],
    "priorities": [
      1,
      streams(5_000, (s) => frame(FRAME.priority, s, number(0, 4) + "\0")),
    ],
    "unknown frames": [1, frame(0x77, 0, "x".repeat(99)).repeat(5_000) + GET],
    "farewells": [1, frame(FRAME.goAway, 0, number(0, 8)).repeat(2_000)],
    "empty data": [1, open + frame(FRAME.data, 1).repeat(5_000)],
    "data of one byte": [1, open + frame(FRAME.data, 1, "x").repeat(5_000)],
    "padded data": [
      1,
      open + frame(FRAME.data, 1, `\xff${"\0".repeat(255)}`, {
        flags: FLAG.padded,
      }).repeat(240),
    ],
    "empty continuations": [
      1,
      start + frame(FRAME.continuation, 1).repeat(9_000),
    ],
    "small continuations": [1, start + more(1).repeat(9_000)],
    "large continuations": [1, start + more(16_000).repeat(200)],
    "rapid reset": [
      10_000,
      streams(10_000, (s) => headers(s, request("/big.bin")) + reset(s)),
    ],
    "rapid reset of folder pages": [
      1_000,
      streams(1_000, (s) => headers(s, request("/?listing")) + reset(s)),
    ],
    "rapid reset by a wrong frame": [
      1_000,
      streams(
        1_000,
        (s) => headers(s, request("/")) + frame(FRAME.window, s, number(0, 4)),
      ),
    ],
    "a thousand streams": [
      1_000,
      streams(1_000, (s) => headers(s, request("/public.txt"))),
    ],
    "a thousand streams without end": [
      1_000,
      streams(1_000, (s) => headers(s, request("/"), NO_END)),
    ],
    "a thousand streams that may send nothing": [
      1_000,
      settings([[4, 0]]) +
      streams(1_000, (s) => headers(s, request("/big.bin"))),
    ],
  };
  return Object.entries(floods).map(([name, [requests, text]]) => ({
    name: `h2 flood: ${name}`,
    text: OPEN + text,
    requests,
  }));
}

/** Header blocks that are wrong, or that unpack to far more than was sent. */
function listBlocks(): H2Attack[] {
  const whole = encodeFields(request("/public.txt"));
  const indexed = (name: string, value: string) =>
    `\x40${encodeString(name)}${encodeString(value)}`;
  const blocks: Readonly<Record<string, string>> = {
    "index 0": whole + "\x80",
    "index of nothing": whole + "\xbe",
    "index without end": whole + "\xff".repeat(20),
    "index that overflows": whole + "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
    "integer of zeros": whole + "\xff" + "\x80".repeat(500) + "\0",
    "string longer than the block": whole + "\x00\x7f\xff\xffx",
    "string without length": whole + "\x00",
    "name of index 0": whole + "\x00\x00\x01x",
    "Huffman end of string": whole + "\x00\x01x\x84\xff\xff\xff\xff",
    "Huffman padded by zeros": whole + "\x00\x01x\x81\x00",
    "Huffman padded by a byte": whole + "\x00\x01x\x82\x1f\xff",
    "Huffman of nothing": whole + "\x00\x01x\x80",
    "table of 4 GiB": "\x3f\xe1\xff\xff\xff\x0f" + whole,
    "table of 4097": "\x3f\xe2\x1f" + whole,
    "table size in the middle": whole + "\x20",
    "table size many times": "\x20\x3f\xe1\x1f".repeat(500) + whole,
    "only a table size": "\x20",
    "entry larger than the table": whole + indexed("x", "y".repeat(5_000)),
    "many entries": whole +
      Array.from({ length: 500 }, (_, i) => indexed(`x${i}`, "")).join(""),
    "bomb of one large entry": whole + indexed("x", "y".repeat(4_000)) +
      "\xbe".repeat(10_000),
    "bomb of one small entry": whole + indexed("x", "y") +
      "\xbe".repeat(16_000),
    "bomb of cookies": whole + indexed("cookie", "y".repeat(3_900)) +
      "\xbe".repeat(12_000),
    "bomb of static entries": whole + "\x90".repeat(16_000),
    "list of 17 KiB": whole + encodeFields([["x", "y".repeat(14_000)]]) +
      encodeFields([["z", "y".repeat(2_000)]]),
    "empty name": encodeFields([...request("/public.txt"), ["", "y"]]),
    "random": "\x93\x02\x7f\xc3\x28\x51\x66\x99".repeat(40),
  };
  const twice = indexed("x", "y".repeat(4_000)) + "\xbe".repeat(3_000);
  return [
    ...Object.entries(blocks).map(([name, block]) => ({
      name: `h2 block: ${name}`,
      text: OPEN + frame(FRAME.headers, 1, block, { flags: 5 }),
      requests: 1,
    })),
    {
      name: "h2 block: bombs on fifty streams",
      text: OPEN +
        Array.from(
          { length: 50 },
          (_, i) =>
            frame(FRAME.headers, 2 * i + 1, whole + twice, { flags: 5 }),
        ).join(""),
      requests: 50,
    },
  ];
}

function listPseudoFields(): H2Attack[] {
  const [method, scheme, authority, path] = [
    [":method", "GET"],
    [":scheme", "http"],
    [":authority", "localhost"],
    [":path", "/public.txt"],
  ] as const;
  const secret: FieldPair = [":path", "/../secret.txt"];
  const lists: Readonly<Record<string, readonly FieldPair[]>> = {
    "two paths": [method, scheme, authority, path, secret],
    "two paths, turned round": [method, scheme, authority, secret, path],
    "two methods": [method, [":method", "DELETE"], scheme, authority, path],
    "two schemes": [method, scheme, [":scheme", "https"], authority, path],
    "two authorities": [
      method,
      scheme,
      authority,
      [":authority", "evil.example"],
      path,
    ],
    "no path": [method, scheme, authority],
    "no method": [scheme, authority, path],
    "no scheme": [method, authority, path],
    "no authority": [method, scheme, path],
    "nothing": [],
    "no pseudo field": [["host", "localhost"]],
    "unknown": [method, scheme, authority, path, [":secret", "x"]],
    "a status": [method, scheme, authority, path, [":status", "200"]],
    "a protocol": [
      [":method", "CONNECT"],
      [":protocol", "websocket"],
      scheme,
      authority,
      path,
    ],
    "behind a field": [method, scheme, authority, ["x", "y"], path],
    "in upper case": [method, scheme, authority, [":PATH", "/public.txt"]],
    "CONNECT with path": [[":method", "CONNECT"], scheme, authority, path],
    "CONNECT": [[":method", "CONNECT"], [":authority", "localhost:80"]],
    "OPTIONS of all": [[":method", "OPTIONS"], scheme, authority, [
      ":path",
      "*",
    ]],
  };
  const values = [
    ...["", "*", "public.txt", "?", "#", "/ ", "/\0", "/\r\nX: y", "/\x7f"]
      .map((value) => [":path", value] as const),
    ...["http://localhost/", "//evil.example/", "\\", "/\xff", "/\xc3\xbc"]
      .map((value) => [":path", value] as const),
    ...["ftp", "file", "javascript", "", "http:", "HTTP", "\0", "https", "ws"]
      .map((value) => [":scheme", value] as const),
    ...[
      "",
      "get",
      "GET ",
      "G\0T",
      "GET\r\n",
      "\xff",
      "A".repeat(9_000),
      "TRACE",
    ]
      .map((value) => [":method", value] as const),
    ...["", " ", ...MALFORMED_HOSTS].map((value) =>
      [":authority", value] as const
    ),
  ];
  return [
    ...Object.entries(lists).map(([name, fields]) => ({
      name: `h2 pseudo fields: ${name}`,
      text: OPEN + headers(1, fields),
      requests: 1,
    })),
    ...values.map(([name, value]) => ({
      name: `h2 pseudo fields: ${name} ${JSON.stringify(value.slice(0, 30))}`,
      text: OPEN +
        headers(
          1,
          request("/public.txt").map((pair) =>
            pair[0] === name ? [name, value] as const : pair
          ),
        ),
      requests: 1,
    })),
    ...FOREIGN_HOSTS.map((host) => ({
      name: `h2 pseudo fields: foreign authority ${host}`,
      text: OPEN + headers(1, [
        method,
        scheme,
        [":authority", host],
        path,
        ["host", "localhost"],
      ]),
      requests: 1,
      statuses: [400, 421],
    })),
  ];
}

function listFields(): H2Attack[] {
  const fields: readonly FieldPair[] = [
    ["host", "evil.example"],
    ["host", ""],
    ["host", "a/b"],
    ["connection", "close"],
    ["connection", "keep-alive, x"],
    ["keep-alive", "timeout=5"],
    ["proxy-connection", "keep-alive"],
    ["transfer-encoding", "chunked"],
    ["transfer-encoding", "identity"],
    ["upgrade", "h2c"],
    ["http2-settings", "AAMAAABk"],
    ["te", "gzip"],
    ["te", "trailers"],
    ["expect", "100-continue"],
    ["content-length", "9"],
    ["content-length", "-1"],
    ["content-length", "+0"],
    ["content-length", "0, 0"],
    ["content-length", "18446744073709551616"],
    ["content-length", ""],
    ["X-Upper", "y"],
    ["x y", "z"],
    ["x:", "y"],
    ["x\0", "y"],
    ["x\r\n", "y"],
    ["\xff", "y"],
    ["x", "y\0z"],
    ["x", "y\r\nz: w"],
    ["x", "y\nz"],
    ["x", " y "],
    ["x", "\xff\x80\x9b"],
    ["x", "\x1b[31m"],
    ["user-agent", 'x" 200 1\\'],
    ["user-agent", "\x80\x9b\xe2\x80\xae"],
    ["range", `bytes=${"0-,".repeat(3_000)}`],
    ["range", "bytes=0-0,5-5,9-9"],
    ["authorization", `Basic ${"A".repeat(9_000)}`],
    ["if-none-match", '"'.repeat(9_000)],
    ["accept", "application/json"],
    ["origin", "http://evil.example"],
  ];
  const targets = ["/public.txt", "/", "/none"];
  return fields.flatMap(([name, value]) =>
    targets.map((target) => ({
      name: `h2 field: ${JSON.stringify([name, value.slice(0, 30)])} ${target}`,
      text: OPEN + headers(1, request(target, [[name, value]])),
      requests: 1,
    }))
  ).concat([
    {
      name: "h2 field: two lengths",
      text: OPEN + headers(
        1,
        request("/", [["content-length", "0"], ["content-length", "5"]]),
      ),
      requests: 1,
    },
    {
      name: "h2 field: less data than its length",
      text: OPEN + headers(1, request("/", [["content-length", "9"]]), NO_END) +
        frame(FRAME.data, 1, "x", { flags: endStream }),
      requests: 1,
    },
    {
      name: "h2 field: more data than its length",
      text: OPEN + headers(1, request("/", [["content-length", "1"]]), NO_END) +
        frame(FRAME.data, 1, "GET /canary.txt HTTP/1.1", { flags: endStream }),
      requests: 1,
    },
    {
      name: "h2 field: a thousand cookies",
      text: OPEN + headers(
        1,
        request(
          "/public.txt",
          Array.from({ length: 1_000 }, () => ["cookie", "a=b"] as const),
        ),
      ),
      requests: 1,
    },
    {
      name: "h2 field: five hundred names",
      text: OPEN + headers(
        1,
        request(
          "/public.txt",
          Array.from({ length: 500 }, (_, i) => [`x${i}`, ""] as const),
        ),
      ),
      requests: 1,
    },
  ]);
}

/** The ways out of the folder, many on one connection. */
function listTargets(alias: string): H2Attack[] {
  const targets = [
    ...new Set(
      listGoals(alias).flatMap((goal) =>
        SPELLINGS.flatMap((spelling) =>
          STARTS.slice(0, 2).map((start) => writeTarget(spelling, goal, start))
        )
      ),
    ),
  ].filter((target) => target.length < 4_000);
  // The runtime ends the whole connection for a path that is not UTF-8.
  const attacks: H2Attack[] = targets.filter((target) => !isText(target))
    .map((target) => ({
      name: `h2 target: ${JSON.stringify(target)}`,
      text: OPEN + headers(1, request(target)),
      requests: 1,
    }));
  const texts = targets.filter(isText);
  for (let at = 0; at < texts.length; at += TARGETS_PER_CONNECTION) {
    const some = texts.slice(at, at + TARGETS_PER_CONNECTION);
    attacks.push({
      name: `h2 targets: from ${at}`,
      text: OPEN_WIDE +
        some.map((target, i) => headers(2 * i + 1, request(target))).join(""),
      requests: some.length,
    });
  }
  return attacks;
}

/** Whether a path can be said in HTTP/2 without the end of its connection. */
export function isText(target: string): boolean {
  return /^[\x21-\x7e]*$/.test(target);
}
