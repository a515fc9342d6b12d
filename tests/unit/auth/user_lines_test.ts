import { assert, assertEquals } from "@std/assert";

import { formatPasswordHash } from "../../../lib/auth/password_hash.ts";
import { parseUserLines } from "../../../lib/auth/user_lines.ts";

const HASH = formatPasswordHash({
  rounds: 1_000,
  salt: new Uint8Array(16),
  digest: new Uint8Array(64),
});

Deno.test.each<{ text: string; names: string[] }>([
  { text: `ada:${HASH}`, names: ["ada"] },
  { text: `ada:${HASH}\nbob:${HASH}\n`, names: ["ada", "bob"] },
  { text: `# staff\n\n  # more\nada:${HASH}\n\n`, names: ["ada"] },
  { text: `\ufeffada:${HASH}\r\nbob:${HASH}\r\n`, names: ["ada", "bob"] },
  { text: `  ada : ${HASH}\t\n`, names: ["ada"] },
  { text: `ada lovelace:${HASH}`, names: ["ada lovelace"] },
  { text: `e\u0301:${HASH}`, names: ["\u00e9"] },
])("parseUserLines() finds $names", ({ text, names }) => {
  assertEquals(parseUserLines(text), {
    kind: "users",
    users: names.map((name) => ({ name, hash: HASH })),
  });
});

Deno.test.each<{ text: string; line: number; reason: string }>([
  {
    text: "",
    line: 0,
    reason: "there is no user: write user:hash on a line, the hash as " +
      "--hash-password prints it",
  },
  {
    text: "# nobody\n\n",
    line: 0,
    reason: "there is no user: write user:hash on a line, the hash as " +
      "--hash-password prints it",
  },
  {
    text: `ada:${HASH}\ns3cret\n`,
    line: 2,
    reason: "there is no colon: write user:hash",
  },
  {
    text: `\n\n:${HASH}\n`,
    line: 3,
    reason: "there is no user: write user:hash",
  },
  {
    text: "# old\nada:s3cret\n",
    line: 2,
    reason: 'what follows "ada:" is no hash: make one with --hash-password',
  },
  {
    text: "ada:\n",
    line: 1,
    reason: 'what follows "ada:" is no hash: make one with --hash-password',
  },
  {
    text: `ada:${HASH}:x`,
    line: 1,
    reason: 'what follows "ada:" is no hash: make one with --hash-password',
  },
  {
    text: `a\0da:${HASH}`,
    line: 1,
    reason: "Cannot use a user name with control characters: leave them out",
  },
  {
    text: `ada:${HASH}\n\nada:${HASH}\n`,
    line: 3,
    reason: 'the user "ada" stands in line 1 already: ' +
      "leave one of them out",
  },
  {
    text: `\u00e9:${HASH}\ne\u0301:${HASH}\n`,
    line: 2,
    reason: 'the user "\u00e9" stands in line 1 already: ' +
      "leave one of them out",
  },
])("parseUserLines() of %j says what is wrong", (row) => {
  const { text, line, reason } = row;

  assertEquals(parseUserLines(text), { kind: "malformed", line, reason });
  assert(!reason.includes("s3cret") && !reason.includes(HASH));
});
