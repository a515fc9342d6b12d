/**
 * Well-framed requests with hostile parts: methods, hosts, ranges, dates,
 * tags, credentials, queries, and more fields than anybody needs.
 *
 * @module
 */

import { type Attack, oneRequest, type RequestParts } from "./attack.ts";

/** All attacks by a part of an otherwise ordinary request. */
export function listFieldAttacks(): Attack[] {
  return [
    ...listMethods(),
    ...listHosts(),
    ...listRebinding(),
    ...listRanges(),
    ...listDates(),
    ...listTags(),
    ...listCredentials().map(({ name, line }) =>
      oneRequest(name, { target: "/public.txt", lines: [line] })
    ),
    ...listQueries(),
    ...listFloods(),
    ...listOrigins(),
  ];
}

/** Methods that are not served, or not like this. */
export const METHODS: readonly string[] = [
  ..."POST PUT PATCH DELETE TRACE CONNECT OPTIONS PROPFIND MKCOL COPY MOVE LOCK"
    .split(" "),
  ..."get Get gET head Head options trace HEADX GETX XGET G A PRI SEARCH BREW"
    .split(" "),
  ..."__proto__ constructor toString valueOf hasOwnProperty undefined null NaN"
    .split(" "),
  ..."GET- GET. GET_ GET* GET' GET` GET| GET~ GET^ GET# $GET %47ET !".split(
    " ",
  ),
  "A".repeat(100),
  "A".repeat(10_240),
  "GET".repeat(3_000),
];

const METHOD_TARGETS = [
  "/public.txt",
  "/",
  "/none",
  "*",
  "/../secret.txt",
  "localhost:80",
];

function listMethods(): Attack[] {
  return METHODS.flatMap((method) =>
    METHOD_TARGETS.map((target) =>
      oneRequest(
        `method: ${method.slice(0, 20)} (${method.length}) ${target}`,
        {
          method,
          target,
          ...(method === "OPTIONS"
            ? {}
            : { statuses: [400, 403, 404, 405, 414] }),
        },
      )
    )
  );
}

/** Values of `Host` that are no authority. */
export const MALFORMED_HOSTS: readonly string[] = [
  "a b",
  "a/b",
  "a/../secret.txt",
  "a?b",
  "a#b",
  "a\\b",
  "u@localhost",
  "u:p@localhost",
  "@localhost",
  "localhost:99999",
  "localhost:65536",
  "localhost:-1",
  "localhost:+80",
  "localhost:0x50",
  "localhost:80:80",
  "localhost:80/",
  "localhost:8o",
  "localhost: 80",
  "localhost,localhost",
  "localhost;localhost",
  "http://localhost",
  "//localhost",
  "[::1",
  "::1",
  "[::1]]",
  "[]",
  "[localhost]",
  "[::1%25eth0]",
  "[v1.x]",
  "[::1]x",
  "[::1]:99999",
  "a%00b",
  "%6cocalhost",
  "local%68ost",
  "localhost%2f",
  "<script>",
  '"localhost"',
  "localhost'",
  "{localhost}",
  "a|b",
  "a^b",
  "a`b",
  "$(id)",
  "${x}",
  "*",
  "*.localhost",
  "!",
  "\xe9",
  "\xc3\xa9.example",
  "\xef\xbd\x8cocalhost",
  "localhost\x7f",
];

const STRANGE_HOSTS: readonly string[] = [
  "",
  " ",
  ".",
  "..",
  "...",
  "-",
  "_",
  "~",
  ":",
  ":80",
  "localhost:",
  "localhost.",
  "localhost..",
  ".localhost",
  "LOCALHOST",
  "0",
  "0x7f000001",
  "2130706433",
  "127.1",
  "0177.0.0.1",
  "127.0.0.1.",
  "256.256.256.256",
  "[::ffff:127.0.0.1]",
  "[0:0:0:0:0:0:0:1]",
  "[1::2::3]",
  "[:::]",
  "xn--",
  "a".repeat(64),
  `${"a.".repeat(127)}a`,
  "a".repeat(5_000),
  "a.".repeat(5_000),
];

function listHosts(): Attack[] {
  return [
    ...MALFORMED_HOSTS.map((host) =>
      oneRequest(`host: malformed ${host}`, {
        target: "/public.txt",
        host,
        statuses: [400, 421],
      })
    ),
    ...STRANGE_HOSTS.map((host) =>
      oneRequest(`host: ${host.slice(0, 30)} (${host.length})`, {
        target: "/public.txt",
        host,
        statuses: [200, 400, 421],
      })
    ),
    ...[
      ["localhost", "evil.example"],
      ["evil.example", "localhost"],
      ["localhost", "localhost"],
      ["", "localhost"],
    ].map(([first = "", second = ""]) =>
      oneRequest(`host: two, ${first} and ${second}`, {
        target: "/public.txt",
        host: first,
        lines: [`Host: ${second}`],
        statuses: [400],
      })
    ),
    ...["/public.txt", "http://evil.example/public.txt"].map((target) =>
      oneRequest(`host: none, ${target}`, {
        target,
        host: null,
        statuses: [200, 400, 421],
      })
    ),
  ];
}

/** Names under which an attacker's site could be brought to this machine. */
export const FOREIGN_HOSTS: readonly string[] = [
  "evil.example",
  "EVIL.EXAMPLE",
  "evil.example.",
  "evil.example:80",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "127.0.0.1.nip.io",
  "7f000001.c0a80001.rbndr.us",
  "evil.localhost.example",
  "evillocalhost.com",
  "notlocal.lan.example",
  "xn--lcalhost-1of.com",
  "1.2.3.4.5",
  "a.internal.example",
  "local.com",
  "home.arpa.com",
  "0x7f.1.evil.example",
  "localhost_.evil.example",
];

function listRebinding(): Attack[] {
  const attacks: Attack[] = [];
  for (const host of FOREIGN_HOSTS) {
    for (
      const target of ["/public.txt", "/", "/none", "/sub", "/?format=json"]
    ) {
      attacks.push(oneRequest(`host: foreign ${host} ${target}`, {
        target,
        host,
        statuses: [421],
      }));
    }
    attacks.push(oneRequest(`host: foreign ${host} as absolute form`, {
      target: `http://${host}/public.txt`,
      host: "localhost",
      statuses: [421],
    }));
  }
  return attacks;
}

const BIG = "9".repeat(30);

/** Values of `Range`. */
export const RANGES: readonly string[] = [
  "bytes=",
  "bytes=-",
  "bytes=--1",
  "bytes=-0",
  "bytes=0-",
  "bytes=-1",
  "bytes=5-2",
  "bytes=99999999-",
  `bytes=0-${BIG}`,
  `bytes=${BIG}-`,
  `bytes=-${BIG}`,
  `bytes=${BIG}-${BIG}9`,
  "bytes=9007199254740991-9007199254740992",
  "bytes=18446744073709551615-",
  "bytes=18446744073709551616-18446744073709551617",
  "bytes=-18446744073709551616",
  "bytes=0x0-0x5",
  "bytes=1e3-",
  "bytes=0.5-1",
  "bytes=+1-2",
  "bytes=-1-2",
  "bytes=1-2-3",
  "bytes=1 -2",
  "bytes = 0-1",
  "bytes: 0-1",
  "bytes0-1",
  "bytes=a-b",
  "bytes=\xb2-\xb3",
  "bytes=0-0,",
  "bytes=,0-0",
  "bytes=,,,,",
  "bytes=0-0;1-1",
  "Bytes=0-0",
  "BYTES=0-1,2-3",
  "items=0-1",
  "=0-1",
  "0-1",
  "none",
  "bytes=0-1,items=0-1",
  "bytes=0-,0-,0-",
  "bytes=0-,-1",
  "bytes=-1,-1,-1",
  "bytes=0-0,0-0",
  "bytes=5-9,0-4",
  "bytes=0-9,5-14",
  `bytes=${"0-,".repeat(2_000)}0-`,
  `bytes=${"0-0,".repeat(9_000)}0-0`,
  `bytes=${Array.from({ length: 5_000 }, (_, i) => `${2 * i}-${2 * i}`)}`,
  `bytes=${Array.from({ length: 40 }, (_, i) => `${2 * i}-${2 * i}`)}`,
  `bytes=${Array.from({ length: 1_300 }, (_, i) => `5-${i}`)}`,
  `bytes=${",".repeat(20_000)}`,
  `bytes=${" ".repeat(20_000)}0-0`,
  `${"x".repeat(20_000)}=0-0`,
];

function listRanges(): Attack[] {
  const targets = ["/big.bin", "/numbers.txt", "/empty.txt", "/", "/none"];
  return RANGES.flatMap((field) =>
    targets.map((target) =>
      oneRequest(`range: ${short(field)} of ${target}`, {
        target,
        lines: [`Range: ${field}`],
        statuses: [200, 206, 400, 404, 416],
      })
    )
  ).concat(
    oneRequest("range: two fields", {
      target: "/big.bin",
      lines: ["Range: bytes=0-1", "Range: bytes=5-9"],
    }),
    oneRequest("range: on HEAD", {
      method: "HEAD",
      target: "/big.bin",
      lines: ["Range: bytes=0-1"],
      statuses: [200],
    }),
    oneRequest("range: refused by If-Range", {
      target: "/big.bin",
      lines: ["Range: bytes=0-1", 'If-Range: W/"x", "y"'],
      statuses: [200],
    }),
  );
}

const DATES: readonly string[] = [
  "",
  "0",
  "-1",
  "now",
  "Mon, 06 May 2024 07:08:09 GMT",
  "Mon, 06 May 2024 07:08:09",
  "Mon, 06 May 2024 07:08:09 UTC",
  "Mon, 06 May 2024 07:08:09 +0000",
  "Tue, 06 May 2024 07:08:09 GMT",
  "mon, 06 may 2024 07:08:09 gmt",
  "Mon, 6 May 2024 07:08:09 GMT",
  "Mon, 31 Feb 2024 07:08:09 GMT",
  "Mon, 06 May 2024 24:00:00 GMT",
  "Mon, 06 May 2024 07:08:60 GMT",
  "Mon, 06 May 2024 99:99:99 GMT",
  "Mon, 00 May 2024 07:08:09 GMT",
  "Mon, 06 Foo 2024 07:08:09 GMT",
  "Mon, 06 May 0000 00:00:00 GMT",
  "Mon, 06 May 9999 23:59:59 GMT",
  "Mon, 06 May 99999 23:59:59 GMT",
  "Mon, 06 May -001 23:59:59 GMT",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "Wed, 31 Dec 1969 23:59:59 GMT",
  "Tue, 19 Jan 2038 03:14:08 GMT",
  "Monday, 06-May-24 07:08:09 GMT",
  "Monday, 06-May-2024 07:08:09 GMT",
  "Mon May  6 07:08:09 2024",
  "Mon May 06 07:08:09 2024",
  "2024-05-06T07:08:09Z",
  "20240506T070809",
  "1714979289",
  "Mon, 06 May 2024 07:08:09 GMT, Mon, 06 May 2024 07:08:09 GMT",
  " Mon, 06 May 2024 07:08:09 GMT ",
  "Mon,\t06 May 2024 07:08:09 GMT",
  "Mon, \xb26 May 2024 07:08:09 GMT",
  "Mon, 06 May 2024 07:08:09 GMT\xa0",
  '"Mon, 06 May 2024 07:08:09 GMT"',
  "Mon, 06 May 2024 07:08:09 GMT; length=1",
  "__proto__",
  "x".repeat(9_000),
  "Mon, ".repeat(3_000),
  "1".repeat(9_000),
];

const DATE_FIELDS = [
  "If-Modified-Since",
  "If-Unmodified-Since",
  "If-Range",
  "Date",
];

function listDates(): Attack[] {
  return DATE_FIELDS.flatMap((field) =>
    DATES.map((date) =>
      oneRequest(`date: ${field} ${short(date)}`, {
        target: "/public.txt",
        lines: [
          `${field}: ${date}`,
          ...field === "If-Range" ? ["Range: bytes=0-1"] : [],
        ],
        statuses: [200, 206, 304, 412],
      })
    )
  );
}

const TAGS: readonly string[] = [
  "",
  "*",
  "**",
  '*, "a"',
  '"',
  '""',
  'W/""',
  "W/",
  'w/"a"',
  'W/ "a"',
  '"a" "b"',
  '"a',
  'a"',
  "a",
  '"a\\"b"',
  '"a,b"',
  ",,,",
  '"\x80\xff"',
  '"\x7f"',
  '"a"; q=1',
  "'a'",
  '"a"'.repeat(1_000),
  '"a",'.repeat(5_000),
  'W/"a", '.repeat(3_000),
  `"${"a".repeat(20_000)}"`,
  '"'.repeat(20_001),
  " ".repeat(20_000),
  ",".repeat(20_000),
  '",'.repeat(10_000),
  "\t,".repeat(10_000),
];

function listTags(): Attack[] {
  return ["If-Match", "If-None-Match", "If-Range"].flatMap((field) =>
    TAGS.map((tag) =>
      oneRequest(`tag: ${field} ${short(tag)}`, {
        target: "/public.txt",
        lines: [
          `${field}: ${tag}`,
          ...field === "If-Range" ? ["Range: bytes=0-1"] : [],
        ],
        statuses: [200, 206, 304, 412],
      })
    )
  );
}

/** `Authorization` and what comes near it; none holds the right password. */
export function listCredentials(): { name: string; line: string }[] {
  const b = (text: string) => btoa(text);
  const values = [
    "",
    "Basic",
    "Basic \x01",
    "Basic  ",
    "Basic :",
    `Basic ${b(":")}`,
    `Basic ${b("")}`,
    `Basic ${b("user")}`,
    `Basic ${b("user:")}`,
    `Basic ${b(":pass")}`,
    `Basic ${b("user:wrong")}`,
    `Basic ${b("nobody:pass")}`,
    `Basic ${b("user:pass\0")}`,
    `Basic ${b("user\0:pass")}`,
    `Basic ${b("\0user:pass")}`,
    `Basic ${b("user:pass\n")}`,
    `Basic ${b("user:pass ")}`,
    `Basic ${b(" user:pass")}`,
    `Basic ${b("USER:pass")}`,
    `Basic ${b("user:PASS")}`,
    `Basic ${b("user:pas")}`,
    `Basic ${b("user:passs")}`,
    `Basic ${b("user:pass:")}`,
    `Basic ${b("user::pass")}`,
    `Basic ${b("\xff\xfe:\xff")}`,
    `Basic ${b("\xed\xa0\x80:x")}`,
    `Basic ${b("\xef\xbb\xbfuser:pass")}`,
    `Basic ${b("__proto__:x")}`,
    `Basic ${b("constructor:x")}`,
    `Basic ${b('a" 200 1 "\r\n127.0.0.1:x')}`,
    `Basic ${b("\x1b[31m:x")}`,
    `Basic ${b(`${"u".repeat(20_000)}:p`)}`,
    `Basic ${b(`u:${"p".repeat(20_000)}`)}`,
    `Basic ${b("user:wrong").replaceAll("=", "")}`,
    `Basic ${b("user:wrong1").replaceAll("=", "")}===`,
    "Basic ====",
    "Basic =",
    "Basic a",
    "Basic !!!!",
    "Basic dXNlcjp3cm9uZw==, Basic dXNlcjp3cm9uZw==",
    "Basic dXNl cjp3cm9uZw==",
    "Basic dXNlcjp3cm9uZw== x",
    "Basic\tdXNlcjp3cm9uZw==",
    "Basic-dXNlcjp3cm9uZw==",
    "Basic dXNlcjp3cm9uZ_==",
    "Basic dXNlcjp3cm9uZ-==",
    "Basic \xff\xfe\xfd",
    `Basic ${"A".repeat(50_000)}`,
    `Basic ${"/".repeat(4_001)}`,
    "basic",
    "BASICdXNlcjpwYXNz",
    "Bearer dXNlcjpwYXNz",
    'Digest username="user"',
    "Negotiate YII=",
    "dXNlcjpwYXNz",
    "user:pass",
    "Basic user:pass",
    "Basic null",
    "Basic undefined",
  ];
  return [
    ...values.map((value) => ({
      name: `credentials: ${short(value)}`,
      line: `Authorization: ${value}`,
    })),
    {
      name: "credentials: two fields",
      line:
        "Authorization: Basic dXNlcjp3cm9uZw==\r\nAuthorization: Basic dXNlcjp3cm9uZw==",
    },
    {
      name: "credentials: of a proxy",
      line: "Proxy-Authorization: Basic dXNlcjpwYXNz",
    },
    { name: "credentials: cookie", line: "Cookie: authorization=dXNlcjpwYXNz" },
    { name: "credentials: user header", line: "X-Remote-User: user" },
  ];
}

/** Queries. */
export const QUERIES: readonly string[] = [
  "?",
  "??",
  "?listing",
  "?listing=0",
  "?listing&listing",
  "?format=json",
  "?format=html",
  "?format=JSON",
  "?format=xml",
  "?format=",
  "?format=json&format=html",
  "?format=../../secret.txt",
  "?sort=name",
  "?sort=size&order=desc",
  "?sort=__proto__",
  "?sort=constructor&order=constructor",
  "?sort=toString",
  "?sort=%00",
  "?sort=%ff%fe",
  "?sort=%zz",
  "?order=desc,asc",
  "?order=<script>alert(1)</script>",
  '?sort="><img src=x onerror=alert(1)>',
  "?download",
  "?download=../secret.txt",
  "?download=a%22%0d%0aX-Forged:%201",
  "?listing&format=json&sort=size&order=desc&download",
  "?archive=zip",
  "?archive=tar.gz&name=../secret.txt",
  "?archive=zip&name=%2e%2e%2fsecret.txt",
  "?name=..&name=.env",
  "?path=/etc/passwd",
  "?file=../../../../etc/passwd",
  "?url=http://evil.example/",
  "?/../../secret.txt",
  "?%2e%2e/secret.txt",
  "?#",
  "?a#b?c",
  "?&&&&",
  "?=&=&=",
  "?;;;",
  `?${"&".repeat(5_000)}`,
  `?${"a=b&".repeat(2_500)}`,
  `?${"%".repeat(3_000)}`,
  `?${"%00".repeat(1_500)}`,
  `?format=${"x".repeat(6_000)}`,
  "?\xff\xfe",
  "?%f0%9f%92%a9",
  "?\x7f",
  "?`$(id)|;&",
];

function listQueries(): Attack[] {
  const targets = [
    "/",
    "/docs/",
    "/sub",
    "/public.txt",
    "/public.txt/",
    "/none",
    "/link-up/",
    "/.git/",
    "//sub",
  ];
  return QUERIES.flatMap((query) =>
    targets.map((target) =>
      oneRequest(`query: ${target}${short(query)}`, {
        target: target + query,
      })
    )
  );
}

/** Values of header fields that parse to nothing good, by field. */
export const FIELD_VALUES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(DATE_FIELDS.map((field) => [field, DATES])),
  "If-Match": TAGS,
  "If-None-Match": TAGS,
};

/** A head below and above what the runtime reads (128 fields, 64 KiB). */
function listFloods(): Attack[] {
  const flood = (name: string, lines: readonly string[]): Attack =>
    oneRequest(`flood: ${name}`, { target: "/public.txt", lines });
  const times = (count: number, line: (i: number) => string): string[] =>
    Array.from({ length: count }, (_, i) => line(i));
  return [
    ...[10, 100, 125, 126, 127, 128, 129, 500, 5_000].flatMap((count) => [
      flood(`${count} different names`, times(count, (i) => `X-${i}: y`)),
      flood(`${count} times one name`, times(count, () => "X-A: y")),
      flood(`${count} empty values`, times(count, (i) => `X-${i}:`)),
      flood(`${count} cookies`, times(count, () => "Cookie: a=b")),
      flood(`${count} names of prototypes`, times(count, () => "__proto__: y")),
    ]),
    ...[1_000, 8_000, 16_000, 60_000, 65_000, 66_000, 300_000].flatMap((
      size,
    ) => [
      flood(`value of ${size} bytes`, [`X: ${"y".repeat(size)}`]),
      flood(`name of ${size} bytes`, [`${"X".repeat(size)}: y`]),
      flood(`spaces of ${size} bytes`, [`X: ${" ".repeat(size)}y`]),
      flood(`user agent of ${size} bytes`, [`User-Agent: ${"y".repeat(size)}`]),
    ]),
    ...["Referer", "User-Agent", "Accept", "Origin", "If-None-Match", "Via"]
      .flatMap((name) => [
        flood(`${name} twice`, [`${name}: a`, `${name}: b`]),
        flood(`${name} with quotes`, [`${name}: " \\ \\" \\x22`]),
        flood(`${name} with high bytes`, [`${name}: \x80\x9b31m\xa0\xff`]),
        flood(`${name} with UTF-8`, [`${name}: \xe2\x80\xae\xe2\x80\xa8`]),
        flood(`${name} with markup`, [`${name}: <script>alert(1)</script>`]),
        flood(`${name} empty`, [`${name}:`]),
      ]),
  ];
}

function listOrigins(): Attack[] {
  const origins = [
    "null",
    "*",
    "http://evil.example",
    "https://evil.example",
    "http://localhost",
    "http://localhost.evil.example",
    "http://evil.example#localhost",
    "http://u@evil.example",
    "file://",
    "javascript:alert(1)",
    "http://a, http://b",
    "http://\xe9.example",
    "x".repeat(9_000),
  ];
  const parts = (
    origin: string,
    method: string,
    lines: readonly string[],
  ): RequestParts => ({
    method,
    target: "/public.txt",
    lines: [`Origin: ${origin}`, ...lines],
  });
  const preflight = [
    "Access-Control-Request-Method: GET",
    "Access-Control-Request-Headers: range, x-\x80, authorization",
    "Access-Control-Request-Private-Network: true",
  ];
  return origins.flatMap((origin) => [
    oneRequest(`origin: ${short(origin)} GET`, parts(origin, "GET", [])),
    oneRequest(`origin: ${short(origin)} HEAD`, parts(origin, "HEAD", [])),
    oneRequest(
      `origin: ${short(origin)} preflight`,
      parts(origin, "OPTIONS", preflight),
    ),
    oneRequest(
      `origin: ${short(origin)} preflight of DELETE`,
      parts(origin, "OPTIONS", ["Access-Control-Request-Method: DELETE"]),
    ),
  ]);
}

function short(text: string): string {
  return text.length > 48
    ? `${text.slice(0, 48)}… (${text.length})`
    : JSON.stringify(text).slice(1, -1);
}
