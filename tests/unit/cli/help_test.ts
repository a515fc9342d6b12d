import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { FLAGS } from "../../../lib/cli/flags.ts";
import { flagTable, helpText, versionText } from "../../../lib/cli/help.ts";
import { parseFlags } from "../../../lib/cli/parse.ts";

const HELP = `Usage: serve [OPTIONS] [PORT] [DIRECTORY]

Shares a folder, or a single file, over HTTP or HTTPS. A whole number is the
PORT, any other argument the DIRECTORY; write ./8000 for a folder of that name.
Without a PORT, the environment variable PORT counts where it may be read.

Where:
  -p, --port PORT          Port to listen on; 0 takes a free one (default: 8000)
  -b, --bind ADDRESS       Address to listen on: 127.0.0.1 for this machine
                           alone, :: for IPv6 and IPv4 (also --host;
                           default: 0.0.0.0)
      --qr                 Print the network address as a QR code for a phone
                           (default: off)
  -o, --open               Open the browser once the server listens
                           (default: off)

What is shared:
  -d, --directory PATH     Folder or single file to share (default: .)
      --no-listing         Answer 404 for a folder without an index page
                           (default: listing on)
      --no-index           Show the folder page even where there is an
                           index.html (default: index on)
      --dotfiles           Show and serve names that begin with a dot;
                           .well-known is always served (default: off)
      --follow-symlinks    Follow links that lead outside the folder, to places
                           that may be read (default: off)

Folder page:
      --no-archive         Offer no archives of folders (default: archive on)
      --title TEXT         What the pages are called (default: name of the
                           folder)
      --theme THEME        Colours of the pages: auto, light, dark
                           (default: auto)

How it is sent:
  -H, --header "K: V"      Add a response header, or replace one; may be given
                           several times (default: none)
      --cache SECONDS      How long clients may use a file without asking again
                           (default: revalidate)
      --no-compress        Send every file as it is, neither compressed nor in
                           the form of a .br, .zst or .gz beside it
                           (default: compress on)
      --cors[=ORIGINS]     Let pages of other origins read the files: of any, or
                           of those given, as in
                           --cors=https://a.example,https://b.example
                           (default: off)

Who may look:
  -a, --auth USER:PASS     Ask for this name and password; may be given several
                           times. Other users of this machine can see it:
                           --auth-file hides it (default: none)
      --auth-file FILE     Ask for the passwords of a file with one user:hash a
                           line (default: none)
      --hash-password      Ask for a password, print its hash and exit
      --tls                Serve HTTPS with a certificate of its own, made in
                           memory (default: off)
      --tls-cert FILE      Serve HTTPS with this certificate, a PEM file
                           (default: none)
      --tls-key FILE       Private key of that certificate, a PEM file
                           (default: none)
      --allow-host NAME    Answer to one more host name, .example.com for all
                           under it, * for any; may be given several times
                           (default: addresses and local names)

Log:
      --log-format FORMAT  Lines of the access log: common, combined, json,
                           python (default: common)
  -q, --quiet              Write no access log (default: off)

Process:
      --no-sandbox         Do not start again with fewer permissions under deno
                           run -A (default: sandbox on)

About:
      --completions SHELL  Print what makes a shell complete these flags, and
                           exit: bash, zsh, fish
  -h, --help               Show this help and exit
  -V, --version            Show the versions of serve, deno and v8 and exit

Examples:
  Share this folder on port 8000
    serve 8000
  Share a finished site: no folder pages, cached for an hour
    serve --no-listing --cache 3600 dist
  Share this folder, and let the process do nothing else
    deno run --allow-net=0.0.0.0:8000 --allow-read=. jsr:@org/serve 8000`;

Deno.test("helpText() is this page", () => {
  assertEquals(helpText(), HELP);
});

Deno.test("helpText() fits 80 columns and has no space at the end of a line", () => {
  for (const line of helpText().split("\n")) {
    assert(line.length <= 80, line);
    assertEquals(line, line.trimEnd());
  }
});

Deno.test.each<{ columns: number }>([
  { columns: 200 },
  { columns: 80 },
])("helpText() is 80 columns wide in a terminal of $columns", ({ columns }) => {
  assertEquals(helpText(columns), HELP);
});

Deno.test.each<{ columns: number }>([
  { columns: 79 },
  { columns: 60 },
  { columns: 56 },
  { columns: 40 },
  { columns: 32 },
])("helpText() fits a terminal of $columns columns", ({ columns }) => {
  const [text = "", examples] = helpText(columns).split("\n\nExamples:");
  // A word that is longer itself stays whole.
  const tooLong = text.split("\n")
    .filter((line) => line.length > columns && line.trim().includes(" "))
    .filter((line) => !line.startsWith("Usage: "));

  assertEquals(tooLong, []);
  assertEquals(
    text.replaceAll(/\s+/g, " "),
    HELP.split("\n\nExamples:")[0]?.replaceAll(/\s+/g, " "),
  );
  // Command lines are to be copied as they are.
  assertEquals(examples, HELP.split("\n\nExamples:")[1]);
});

Deno.test("helpText() writes as if there were room where there is none", () => {
  assertEquals(helpText(0), helpText(32));
});

Deno.test("helpText() shows every flag, with its default", () => {
  const text = helpText().replaceAll(/\s+/g, " ");

  for (const flag of FLAGS) {
    assertStringIncludes(text, `--${flag.name}`);
    assertStringIncludes(text, flag.help);
    if (flag.default !== null) {
      assertStringIncludes(text, `default: ${flag.default})`);
    }
  }
});

Deno.test("helpText() ends with three examples that the parser takes", () => {
  const [, examples = ""] = helpText().split("Examples:\n");
  const commands = examples.split("\n").filter((line) =>
    line.startsWith("    ")
  );

  assertEquals(commands.length, 3);
  for (const command of commands) {
    const [, args = ""] =
      /(?:^| )(?:serve|jsr:@org\/serve) (.*)$/.exec(command) ??
        [];
    assertEquals(
      parseFlags(args.split(" "), { PORT: undefined }).kind,
      "serve",
    );
  }
});

Deno.test("versionText() names all three versions", () => {
  assertEquals(
    versionText({ serve: "0.1.0", deno: "2.9.6", v8: "15.0.245.2-rusty" }),
    "serve 0.1.0 (deno 2.9.6, v8 15.0.245.2-rusty)",
  );
});

Deno.test("flagTable() has one row a flag and three cells a row", () => {
  const [head, rule, ...rows] = flagTable().split("\n");

  assertEquals(head, "| Flag | Default | Meaning |");
  assertEquals(rule, "| --- | --- | --- |");
  assertEquals(rows.length, FLAGS.length);
  assertEquals(
    rows[1],
    "| `-b`, `--bind`, `--host ADDRESS` | 0.0.0.0 | Address to listen on: 127.0.0.1 for this machine alone, :: for IPv6 and IPv4 |",
  );
  for (const row of rows) assertEquals(row.split(/(?<!\\)\|/).length, 5);
});
