/**
 * Lines that guard what is shared, each with the change that would open it and
 * the tests that have to notice.
 *
 * @module
 */

/** A line, and what becomes of it. */
export interface Change {
  /** What the line guards against. */
  readonly what: string;
  readonly file: string;
  /** Text of the line, found once in its file. */
  readonly from: string;
  readonly to: string;
  /** Files or folders of tests. */
  readonly tests: readonly string[];
}

/** The changes. */
export const CHANGES: readonly Change[] = [
  {
    what: "links that lead outside",
    file: "lib/disk/resolve.ts",
    from: "if (!rules.followSymlinks && !isInside(root.path, real))",
    to: 'if (!rules.followSymlinks && real === "")',
    tests: ["tests/unit/disk/resolve_test.ts"],
  },
  {
    what: "a folder whose name begins like the shared one's",
    file: "lib/disk/resolve.ts",
    from: "root.endsWith(SEPARATOR) ? root : root + SEPARATOR",
    to: "root",
    tests: ["tests/unit/disk/resolve_test.ts"],
  },
  {
    what: "dotfiles",
    file: "lib/disk/resolve.ts",
    from: 'rules.dotfiles || !name.startsWith(".")',
    to: "rules.dotfiles || name.length > 0",
    tests: ["tests/unit/disk/resolve_test.ts"],
  },
  {
    what: "an encoded slash in a name",
    file: "lib/http/path.ts",
    from: 'name.includes("\\0") || name.includes("/")',
    to: 'name.includes("\\0")',
    tests: ["tests/unit/http/path_test.ts"],
  },
  {
    what: "another file than the one that was judged",
    file: "lib/disk/open_file.ts",
    from: "!info.isFile || !isSame(factsOf(info), target.facts)",
    to: "!info.isFile",
    tests: ["tests/unit/disk/open_file_test.ts"],
  },
  {
    what: "a folder swapped for a link under a remembered file",
    file: "lib/disk/seen.ts",
    from: "(real === null || Deno.realPathSync(path) === real)",
    to: "true",
    tests: ["tests/unit/disk/seen_test.ts"],
  },
  {
    what: "a changed file from memory",
    file: "lib/disk/seen.ts",
    from: "a.changed === b.changed && a.inode === b.inode &&",
    to: "",
    tests: ["tests/unit/disk/seen_test.ts"],
  },
  {
    what: "a host name of a stranger",
    file: "lib/http/host_check.ts",
    from: 'return !host.includes(".") ||',
    to: "return true ||",
    tests: ["tests/unit/http/host_check_test.ts"],
  },
  {
    what: "a wrong password of the right length",
    file: "lib/auth/password_hash.ts",
    from: "sum | (byte ^ (second[i] ?? 0)), 0) ===",
    to: "sum & (byte ^ (second[i] ?? 0)), 0) ===",
    tests: ["tests/unit/auth/password_hash_test.ts"],
  },
  {
    what: "markup in a name",
    file: "lib/pages/html.ts",
    from: "SPECIAL.test(text) ? text.replace(ALL_SPECIAL, toEntity) : text",
    to: "text",
    tests: ["tests/unit/pages/html_test.ts"],
  },
  {
    what: "a script of the folder in our page",
    file: "lib/pages/policy.ts",
    from: '["script-src", hashes.join(" ")]',
    to: '["script-src", hashes.join(" ") + " \'self\'"]',
    tests: ["tests/unit/pages/policy_test.ts"],
  },
  {
    what: "a script in a link of a README",
    file: "lib/pages/markdown_links.ts",
    from: "url === null || !OUTSIDE_SCHEMES.has(url.protocol)",
    to: "url === null",
    tests: ["tests/unit/pages/markdown_links_test.ts"],
  },
  {
    what: "a file that was changed while its archive is sent",
    file: "lib/disk/open_walked.ts",
    from: 'found.kind === "file" && isAsWalked(found.facts, entry.facts)',
    to: 'found.kind === "file"',
    tests: ["tests/unit/disk/open_walked_test.ts"],
  },
  {
    what: "a forged line of the log",
    file: "lib/log/escape.ts",
    from: ': `\\\\x${code.toString(16).padStart(2, "0")}`',
    to: ": character",
    tests: ["tests/unit/log/escape_test.ts"],
  },
  {
    what: "a line break in a header that the user adds",
    file: "lib/option_checks.ts",
    from: String.raw`/[\x00-\x08\x0a-\x1f\x7f]/`,
    to: String.raw`/[\x00-\x08]/`,
    tests: ["tests/unit/option_checks_test.ts"],
  },
];
