import { assert, assertEquals } from "@std/assert";

import { type StartFacts, startPage } from "../../../lib/cli/start_page.ts";

const FACTS: StartFacts = {
  scheme: "http",
  bind: "0.0.0.0",
  port: 8000,
  shared: "folder",
  folder: "~/site",
  isTerminal: true,
  color: false,
  localUrl: "http://localhost:8000/",
  networkUrls: ["http://192.168.1.23:8000/"],
  fingerprint: null,
  asksPassword: false,
  allowed: ["read ~/site", "listen on port 8000"],
  more: [],
  narrowCommand: null,
  isHeldByCodeAlone: false,
  warnings: [],
  qr: null,
};

Deno.test("startPage() is this page on a terminal", () => {
  assertEquals(
    startPage(FACTS),
    `Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...

  Folder   ~/site
  Local    http://localhost:8000/
  Network  http://192.168.1.23:8000/   anyone in this network can read the folder
  Allowed  read ~/site, listen on port 8000; nothing else

Ctrl-C stops.`,
  );
});

Deno.test("startPage() is the first line and the URLs elsewhere", () => {
  assertEquals(
    startPage({
      ...FACTS,
      isTerminal: false,
      color: true,
      networkUrls: [...FACTS.networkUrls, "http://10.0.0.2:8000/"],
      more: ["read every file"],
      warnings: ["too much is shared"],
    }),
    `Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...
  Local    http://localhost:8000/
  Network  http://192.168.1.23:8000/
  Network  http://10.0.0.2:8000/`,
  );
});

Deno.test("startPage() shows the fingerprint of its own certificate", () => {
  const bytes = Array.from(
    { length: 32 },
    (_, i) => i.toString(16).padStart(2, "0").toUpperCase(),
  );
  const page = startPage({ ...FACTS, fingerprint: bytes.join(":") });

  assertEquals(
    page.split("\n").filter((line) => /(?:[0-9A-F]{2}:){9}/.test(line)),
    [
      "  SHA-256  00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F",
      "           10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F",
    ],
  );
});

Deno.test("startPage() says that a password is asked for", () => {
  const page = startPage({ ...FACTS, asksPassword: true });
  const unknown = startPage({ ...FACTS, asksPassword: true, networkUrls: [] });

  assert(
    page.includes(
      "http://192.168.1.23:8000/   anyone with a password can read",
    ),
  );
  assert(unknown.includes("anyone with a password can read the folder"));
});

Deno.test("startPage() says once who can read when there are more networks", () => {
  assertEquals(
    startPage({
      ...FACTS,
      bind: "::",
      networkUrls: [
        "http://192.168.1.23:8000/",
        "http://[2001:db8::23]:8000/",
      ],
    }),
    `Serving HTTP on :: port 8000 (http://[::]:8000/) ...

  Folder   ~/site
  Local    http://localhost:8000/
  Network  http://192.168.1.23:8000/   anyone in this network can read the folder
  Network  http://[2001:db8::23]:8000/
  Allowed  read ~/site, listen on port 8000; nothing else

Ctrl-C stops.`,
  );
});

Deno.test("startPage() says who can read when no network address is known", () => {
  const page = startPage({ ...FACTS, networkUrls: [] });

  assertEquals(
    page.split("\n")[4],
    "  Network  anyone who can reach port 8000 of this machine can read the folder",
  );
});

Deno.test("startPage() tells of no network when only this machine can read", () => {
  assertEquals(
    startPage({ ...FACTS, bind: "127.0.0.1", networkUrls: [] }),
    `Serving HTTP on 127.0.0.1 port 8000 (http://127.0.0.1:8000/) ...

  Folder   ~/site
  Local    http://localhost:8000/
  Allowed  read ~/site, listen on port 8000; nothing else

Ctrl-C stops.`,
  );
});

Deno.test("startPage() says what is allowed beyond need, and what is enough", () => {
  assertEquals(
    startPage({
      ...FACTS,
      folder: "~",
      more: ["read every file", "reach every address"],
      narrowCommand: "deno run --allow-net=0.0.0.0:8000 --allow-read=. main.ts",
      warnings: ["this is your home folder: all of it can be read"],
    }),
    `Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...

  Folder   ~
  Local    http://localhost:8000/
  Network  http://192.168.1.23:8000/   anyone in this network can read the folder
  Allowed  read ~/site, listen on port 8000; also: read every file, reach every address
           this is enough: deno run --allow-net=0.0.0.0:8000 --allow-read=. main.ts
  Warning  this is your home folder: all of it can be read

Ctrl-C stops.`,
  );
});

Deno.test("startPage() offers no command where none would allow less", () => {
  const page = startPage({ ...FACTS, more: ["read every file"] });

  assert(!page.includes("this is enough"));
});

Deno.test("startPage() of an executable says what holds it to the folder", () => {
  const page = startPage({
    ...FACTS,
    more: ["read every file"],
    isHeldByCodeAlone: true,
  });

  assert(
    page.includes(
      "also: read every file\n           an executable cannot be allowed " +
        "less: its own code alone keeps to the folder\n",
    ),
    page,
  );
});

Deno.test("startPage() of a single file on one address with HTTPS", () => {
  assertEquals(
    startPage({
      ...FACTS,
      scheme: "https",
      bind: "192.168.1.23",
      port: 443,
      shared: "file",
      folder: "~/a.pdf",
      localUrl: null,
      networkUrls: ["https://192.168.1.23/"],
      allowed: ["read ~/a.pdf", "listen on port 443"],
    }),
    `Serving HTTPS on 192.168.1.23 port 443 (https://192.168.1.23:443/) ...

  File     ~/a.pdf
  Network  https://192.168.1.23/   anyone in this network can read the file
  Allowed  read ~/a.pdf, listen on port 443; nothing else

Ctrl-C stops.`,
  );
});

Deno.test("startPage() cannot be driven by the name of a folder", () => {
  const name = "~/a\nServing \x1b[2J\u202e";
  const facts = {
    ...FACTS,
    folder: name,
    allowed: [`read ${name}`],
    more: [name],
    narrowCommand: name,
    warnings: [name],
  };

  const page = startPage(facts);

  assertEquals(
    page.split("\n").length,
    startPage(FACTS).split("\n").length + 2,
  );
  assertEquals(/[^\P{C}\n]/u.test(page), false);
  assertEquals(
    page.split("\n")[2],
    String.raw`  Folder   ~/a\x0aServing \x1b[2J\u202e`,
  );
});

Deno.test("startPage() differs by nothing but colours with colours", () => {
  const facts = { ...FACTS, warnings: ["all of it can be read"] };

  const colored = startPage({ ...facts, color: true });

  assert(colored.includes("\x1b["));
  assert(colored.startsWith("Serving HTTP on 0.0.0.0 port 8000 "));
  // deno-lint-ignore no-control-regex -- colours are control sequences
  assertEquals(colored.replaceAll(/\x1b\[\d+m/g, ""), startPage(facts));
});

Deno.test("startPage() ends with the QR code on a terminal", () => {
  const page = startPage({ ...FACTS, qr: "▀▄\n▄▀" });

  assertEquals(page.split("\n").slice(-6), [
    "  Allowed  read ~/site, listen on port 8000; nothing else",
    "",
    "▀▄",
    "▄▀",
    "",
    "Ctrl-C stops.",
  ]);
});

Deno.test("startPage() says which URL the QR code is of where there are more", () => {
  const networkUrls = [...FACTS.networkUrls, "http://10.0.0.2:8000/"];

  const page = startPage({
    ...FACTS,
    networkUrls,
    isTerminal: false,
    qr: "▀▄",
  });

  assertEquals(page.split("\n").slice(1), [
    "  Local    http://localhost:8000/",
    "  Network  http://192.168.1.23:8000/",
    "  Network  http://10.0.0.2:8000/",
    "",
    "  QR       http://192.168.1.23:8000/",
    "▀▄",
  ]);
});
