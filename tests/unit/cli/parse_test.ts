import { assert, assertEquals } from "@std/assert";

import { parseFlags } from "../../../lib/cli/parse.ts";
import { COMMAND_DEFAULTS, type CommandOptions } from "../../../lib/options.ts";

interface Accepted {
  readonly args: readonly string[];
  readonly PORT?: string;
  /** What differs from the defaults. */
  readonly options: Partial<CommandOptions>;
}

const ASKED = { portAsked: true };

Deno.test.each<Accepted>([
  { args: [], options: {} },
  // Port and folder by position, in either order.
  { args: ["8080"], options: { port: 8080, ...ASKED } },
  { args: ["site"], options: { directory: "site" } },
  { args: ["80", "site"], options: { port: 80, directory: "site", ...ASKED } },
  { args: ["site", "80"], options: { port: 80, directory: "site", ...ASKED } },
  { args: ["0"], options: { port: 0, ...ASKED } },
  { args: ["8000"], options: { port: 8000, ...ASKED } },
  { args: ["08000"], options: { port: 8000, ...ASKED } },
  { args: ["./99999"], options: { directory: "./99999" } },
  // Numbers to JavaScript, but names of folders here.
  { args: ["0x10"], options: { directory: "0x10" } },
  { args: ["1e3"], options: { directory: "1e3" } },
  { args: ["80.0"], options: { directory: "80.0" } },
  { args: ["+8000"], options: { directory: "+8000" } },
  { args: ["Infinity"], options: { directory: "Infinity" } },
  { args: ["true"], options: { directory: "true" } },
  { args: ["--", "-q"], options: { directory: "-q" } },
  { args: ["--", "8080"], options: { port: 8080, ...ASKED } },
  { args: ["-"], options: { directory: "-" } },
  { args: ["constructor"], options: { directory: "constructor" } },
  // Each flag.
  { args: ["--port", "80"], options: { port: 80, ...ASKED } },
  { args: ["-p=80"], options: { port: 80, ...ASKED } },
  { args: ["--port", "80", "-p80"], options: { port: 80, ...ASKED } },
  { args: ["-b", "::1"], options: { bind: "::1" } },
  { args: ["--host=[::]"], options: { bind: "::" } },
  { args: ["-b::", "--host", "::"], options: { bind: "::" } },
  { args: ["-d", "8000"], options: { directory: "8000" } },
  { args: ["--no-listing"], options: { listing: false } },
  { args: ["--no-compress"], options: { compress: false } },
  { args: ["--no-index"], options: { index: false } },
  { args: ["--dotfiles"], options: { dotfiles: true } },
  { args: ["--follow-symlinks"], options: { followSymlinks: true } },
  { args: ["--cache=60"], options: { cache: 60 } },
  { args: ["--log-format", "json"], options: { logFormat: "json" } },
  { args: ["--no-archive"], options: { archive: false } },
  { args: ["--title", " My files"], options: { title: "My files" } },
  { args: ["--title=My files"], options: { title: "My files" } },
  { args: ["--theme=dark"], options: { theme: "dark" } },
  { args: ["--qr"], options: { qr: true } },
  { args: ["--open"], options: { open: true } },
  { args: ["-qo"], options: { quiet: true, open: true } },
  { args: ["-q"], options: { quiet: true } },
  { args: ["-qq", "--quiet"], options: { quiet: true } },
  { args: ["-q", "true"], options: { quiet: true, directory: "true" } },
  {
    args: ["-H", "A: 1", "site", "--header=B:2"],
    options: { headers: [["a", "1"], ["b", "2"]], directory: "site" },
  },
  {
    args: ["-H", "A: 1", "-HA: 1"],
    options: { headers: [["a", "1"], ["a", "1"]] },
  },
  // The environment comes after the command line and before the default.
  { args: [], PORT: "3000", options: { port: 3000, ...ASKED } },
  { args: [], PORT: "0", options: { port: 0, ...ASKED } },
  { args: ["80"], PORT: "3000", options: { port: 80, ...ASKED } },
  { args: ["-p80"], PORT: "nonsense", options: { port: 80, ...ASKED } },
  { args: [], PORT: "", options: {} },
])("parseFlags() reads $args with PORT=$PORT", ({ args, PORT, options }) => {
  const result = parseFlags(args, { PORT });

  const directoryAsked = "directory" in options;
  assertEquals(result, {
    kind: "serve",
    options: { ...COMMAND_DEFAULTS, directoryAsked, ...options },
  });
});

Deno.test("parseFlags() knows the folder that is asked for from the one that is the default", () => {
  const askedIn = (args: string[]) => {
    const result = parseFlags(args, { PORT: undefined });
    return result.kind === "serve" && result.options.directoryAsked;
  };

  assertEquals(askedIn([]), false);
  assertEquals(askedIn(["."]), true);
  assertEquals(askedIn(["--directory=."]), true);
});

Deno.test("parseFlags() freezes the options", () => {
  const result = parseFlags([], { PORT: undefined });

  assert(result.kind === "serve");
  assert(Object.isFrozen(result.options));
});

Deno.test("parseFlags() reads which shell to complete in", () => {
  assertEquals(
    parseFlags(["x", "--completions=zsh", "--bogus"], { PORT: undefined }),
    {
      kind: "completions",
      shell: "zsh",
    },
  );
  assertEquals(parseFlags(["--completions", "sh"], { PORT: undefined }), {
    kind: "usage-error",
    message: 'Cannot use "sh" as a shell: give one of bash, zsh, fish',
  });
});

Deno.test.each<{ args: readonly string[]; kind: "help" | "version" }>([
  { args: ["--help"], kind: "help" },
  { args: ["-h"], kind: "help" },
  { args: ["-qh"], kind: "help" },
  { args: ["--port", "x", "--help"], kind: "help" },
  { args: ["--help", "--bogus"], kind: "help" },
  { args: ["1", "2", "3", "-h"], kind: "help" },
  { args: ["--version"], kind: "version" },
  { args: ["-V"], kind: "version" },
  { args: ["-V", "-h"], kind: "version" },
])("parseFlags() answers $args with $kind", ({ args, kind }) => {
  assertEquals(parseFlags(args, { PORT: "x" }), { kind });
});

Deno.test.each<{ args: readonly string[]; PORT?: string; message: string }>([
  {
    args: ["99999"],
    message: 'Cannot use "99999" as a port: give a whole number from 0 to ' +
      "65535, or write ./99999 for a folder",
  },
  {
    args: ["--theme", "blue"],
    message: 'Cannot use "blue" as a theme: give one of auto, light, dark',
  },
  {
    args: ["--title", "a\nb"],
    message: 'Cannot use "a\\x0ab" as a title: leave out line breaks and ' +
      "control characters",
  },
  {
    args: ["--title="],
    message: 'Cannot use "" as a title: give at least one letter',
  },
  {
    args: ["--port", "x"],
    message: 'Cannot use "x" as a port: give a whole number from 0 to 65535',
  },
  {
    args: ["--port", "0x10"],
    message: 'Cannot use "0x10" as a port: give a whole number from 0 to 65535',
  },
  {
    args: ["-p", "-1"],
    message: 'Cannot use "-1" as a port: give a whole number from 0 to 65535',
  },
  {
    args: ["--port", ""],
    message: 'Cannot use "" as a port: give a whole number from 0 to 65535',
  },
  {
    args: [],
    PORT: "eighty",
    message: 'Cannot use "eighty" as a port, from the environment\'s PORT: ' +
      "give a whole number from 0 to 65535",
  },
  {
    args: ["80", "81"],
    message: 'Cannot use two ports, "80" and "81": give one, or write ./81 ' +
      "for a folder",
  },
  {
    args: ["80", "--port=80"],
    message: 'Cannot use two ports, "80" and "--port 80": give one, or write ' +
      "./80 for a folder",
  },
  {
    args: ["-p80", "--port=81"],
    message: 'Cannot use --port twice, with "80" and "81": give one',
  },
  {
    args: ["a", "b"],
    message: 'Cannot share two folders, "a" and "b": give one',
  },
  {
    args: ["a", "-d", "a"],
    message: 'Cannot share two folders, "a" and "--directory a": give one',
  },
  {
    args: ["--host", "::", "--bind", "::1"],
    message: 'Cannot use --bind twice, with "::" and "::1": give one',
  },
  {
    args: [""],
    message: 'Cannot use "" as a path: name the folder or file to share',
  },
  {
    args: ["-d", ""],
    message: 'Cannot use "" as a path: name the folder or file to share',
  },
  {
    args: ["--header", "X: a\nSet-Cookie: b"],
    message: String.raw`Cannot use "a\x0aSet-Cookie: b" as the value of the ` +
      'header "X": leave out line breaks and control characters',
  },
  {
    args: ["--log-format", "jsno"],
    message: 'Cannot use "jsno" as a log format: did you mean json?',
  },
  {
    args: ["--por\x1b[31mt"],
    message: String.raw`Unknown flag --por\x1b[31mt: see --help`,
  },
])("parseFlags() refuses $args with PORT=$PORT", ({ args, PORT, message }) => {
  assertEquals(parseFlags(args, { PORT }), { kind: "usage-error", message });
});

Deno.test("parseFlags() tells where an origin by position belongs", () => {
  const args = ["--cors", "https://a.example", "site"];

  assertEquals(parseFlags(args, { PORT: undefined }), {
    kind: "usage-error",
    message: 'Cannot share "https://a.example": give a folder, ' +
      "or an origin with --cors=https://a.example",
  });
});
