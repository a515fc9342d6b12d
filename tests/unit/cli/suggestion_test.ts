import { assertEquals } from "@std/assert";

import { LOG_FORMATS } from "../../../lib/cli/flag.ts";
import { FLAGS } from "../../../lib/cli/flags.ts";
import { suggestionFor } from "../../../lib/cli/suggestion.ts";

const NAMES = FLAGS.flatMap((flag) => [flag.name, ...flag.aliases]);

Deno.test.each<{ word: string; meant: string | undefined }>([
  // Letters in another order.
  { word: "prot", meant: "port" },
  { word: "qiuet", meant: "quiet" },
  // A letter too many, too few or wrong.
  { word: "ports", meant: "port" },
  { word: "prt", meant: "port" },
  { word: "hedaer", meant: "header" },
  { word: "dot-files", meant: "dotfiles" },
  { word: "log_format", meant: "log-format" },
  { word: "no-lsiting", meant: "no-listing" },
  { word: "follow-links", meant: "follow-symlinks" },
  // Part of a name.
  { word: "dir", meant: "directory" },
  { word: "symlinks", meant: "follow-symlinks" },
  { word: "listing", meant: "no-listing" },
  // In capitals.
  { word: "PORT", meant: "port" },
  // Not near: flags of other servers, and the opposite of ours.
  { word: "spa", meant: undefined },
  { word: "gzip", meant: undefined },
  { word: "upload", meant: undefined },
  { word: "no-dotfiles", meant: undefined },
  { word: "no-quiet", meant: undefined },
  { word: "", meant: undefined },
  { word: "x", meant: undefined },
  { word: "constructor", meant: undefined },
  { word: "p".repeat(100_000), meant: undefined },
])("suggestionFor() finds $meant for a wrong flag", ({ word, meant }) => {
  assertEquals(suggestionFor(word, NAMES), meant);
});

Deno.test.each<{ word: string; meant: string | undefined }>([
  { word: "comon", meant: "common" },
  { word: "combine", meant: "combined" },
  { word: "jsno", meant: "json" },
  { word: "JSON", meant: "json" },
  { word: "clf", meant: undefined },
])("suggestionFor() finds $meant for the log format $word", ({
  word,
  meant,
}) => {
  assertEquals(suggestionFor(word, LOG_FORMATS), meant);
});
