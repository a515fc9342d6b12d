import { assertEquals, assertThrows } from "@std/assert";

import { spellOut } from "../../../lib/cli/arguments.ts";
import { UsageError } from "../../../lib/cli/errors.ts";

Deno.test.each<{ args: string[]; spelled: string[] }>([
  { args: [], spelled: ["--"] },
  // By position.
  { args: ["8000", "."], spelled: ["--", "8000", "."] },
  { args: ["-"], spelled: ["--", "-"] },
  { args: [""], spelled: ["--", ""] },
  { args: ["--", "--port", "-q", "--"], spelled: ["--", "--port", "-q", "--"] },
  { args: ["a", "-q", "b"], spelled: ["--quiet", "--", "a", "b"] },
  // Long flags.
  { args: ["--port", "1"], spelled: ["--port=1", "--"] },
  { args: ["--port=1"], spelled: ["--port=1", "--"] },
  { args: ["--port="], spelled: ["--port=", "--"] },
  { args: ["--port", ""], spelled: ["--port=", "--"] },
  { args: ["--directory=a=b"], spelled: ["--directory=a=b", "--"] },
  { args: ["--directory=-q"], spelled: ["--directory=-q", "--"] },
  { args: ["--directory", "-"], spelled: ["--directory=-", "--"] },
  { args: ["--host", "::"], spelled: ["--bind=::", "--"] },
  { args: ["--header", "A: b\nc"], spelled: ["--header=A: b\nc", "--"] },
  // A negative number is a wrong value, not an unknown flag.
  { args: ["--cache", "-1"], spelled: ["--cache=-1", "--"] },
  // A switch takes nothing with it.
  { args: ["--quiet", "true"], spelled: ["--quiet", "--", "true"] },
  { args: ["--no-listing", "false"], spelled: ["--no-listing", "--", "false"] },
  // Short flags.
  { args: ["-p", "1"], spelled: ["--port=1", "--"] },
  { args: ["-p1"], spelled: ["--port=1", "--"] },
  { args: ["-p=1"], spelled: ["--port=1", "--"] },
  { args: ["-p="], spelled: ["--port=", "--"] },
  { args: ["-p", "-1"], spelled: ["--port=-1", "--"] },
  { args: ["-d./a"], spelled: ["--directory=./a", "--"] },
  { args: ["-dsite"], spelled: ["--directory=site", "--"] },
  { args: ["-da=b"], spelled: ["--directory=a=b", "--"] },
  { args: ["-qp8000"], spelled: ["--quiet", "--port=8000", "--"] },
  { args: ["-qp", "80", "x"], spelled: ["--quiet", "--port=80", "--", "x"] },
  { args: ["-qH", "A: b"], spelled: ["--quiet", "--header=A: b", "--"] },
  { args: ["-HA: b=c"], spelled: ["--header=A: b=c", "--"] },
  { args: ["-pq"], spelled: ["--port=q", "--"] },
  // What asks for something else than serving ends the reading.
  { args: ["-h"], spelled: ["--help", "--"] },
  { args: ["--quiet", "--help", "--bogus"], spelled: ["--help", "--"] },
  { args: ["-qV"], spelled: ["--version", "--"] },
  {
    args: ["-q", "--completions", "zsh", "--bogus"],
    spelled: ["--completions=zsh", "--"],
  },
])("spellOut() spells $args out", ({ args, spelled }) => {
  assertEquals(spellOut(args), spelled);
});

Deno.test.each<{ args: string[]; message: string }>([
  {
    args: ["--prot", "1"],
    message: "Unknown flag --prot: did you mean --port?",
  },
  {
    args: ["--prot=1"],
    message: "Unknown flag --prot: did you mean --port?",
  },
  { args: ["--hots"], message: "Unknown flag --hots: did you mean --host?" },
  { args: ["--xyz"], message: "Unknown flag --xyz: see --help" },
  { args: ["--=1"], message: "Unknown flag --: see --help" },
  { args: ["--no-quiet"], message: "Unknown flag --no-quiet: see --help" },
  {
    args: ["--port.x=1"],
    message: "Unknown flag --port.x: did you mean --port?",
  },
  {
    args: ["--constructor"],
    message: "Unknown flag --constructor: see --help",
  },
  { args: ["--__proto__=1"], message: "Unknown flag --__proto__: see --help" },
  { args: ["-x"], message: "Unknown flag -x: see --help" },
  { args: ["-qx"], message: "Unknown flag -x: see --help" },
  { args: ["-8000"], message: "Unknown flag -8: see --help" },
  { args: ["-🎉"], message: "Unknown flag -🎉: see --help" },
  // A long name with one dash.
  { args: ["-port", "1"], message: "Unknown flag -port: did you mean --port?" },
  { args: ["-bind=::"], message: "Unknown flag -bind: did you mean --bind?" },
  { args: ["-help"], message: "Unknown flag -help: did you mean --help?" },
  // Without a value.
  {
    args: ["--port"],
    message: "Cannot use --port without a value: write --port=PORT",
  },
  {
    args: ["-d"],
    message: "Cannot use -d without a value: write --directory=PATH",
  },
  {
    args: ["--host", "--quiet"],
    message: "Cannot use --host without a value: write --bind=ADDRESS",
  },
  {
    args: ["--directory", "--", "a"],
    message: "Cannot use --directory without a value: write --directory=PATH",
  },
  {
    args: ["--completions"],
    message: "Cannot use --completions without a value: write " +
      "--completions=SHELL",
  },
  {
    args: ["-qH"],
    message: 'Cannot use -H without a value: write --header="K: V"',
  },
  // With one too many.
  {
    args: ["--quiet=yes"],
    message: "Cannot give a value to --quiet: write --quiet alone",
  },
  {
    args: ["--no-listing=true"],
    message: "Cannot give a value to --no-listing: write --no-listing alone",
  },
  {
    args: ["--quiet="],
    message: "Cannot give a value to --quiet: write --quiet alone",
  },
  {
    args: ["-q=1"],
    message: "Cannot give a value to -q: write -q alone",
  },
])("spellOut() refuses $args", ({ args, message }) => {
  const error = assertThrows(() => spellOut(args), UsageError);

  assertEquals(error.message, message);
});
