import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { LOG_FORMATS, SHELLS } from "../../lib/cli/flag.ts";
import { FLAGS } from "../../lib/cli/flags.ts";
import { type CliResult, parseFlags } from "../../lib/cli/parse.ts";
import {
  CACHE_LIMIT_SECONDS,
  checkCache,
  checkHeader,
} from "../../lib/option_checks.ts";
import type { CommandOptions } from "../../lib/options.ts";

const RUNS = { numRuns: 2_000 };

/** Whatever the system can hand over: text without NUL, also empty. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.string({ unit: fc.constantFrom(..."-=. /:[]0189qpHd\n\x1b\u202e\ud800") }),
);

const hostileValue = fc.oneof(
  anyText,
  fc.integer().map(String),
  fc.double().map(String),
  fc.ipV4(),
  fc.ipV6(),
  fc.domain(),
  fc.constantFrom(...LOG_FORMATS, "true", "false", "", "-", "--", "__proto__"),
  fc.tuple(anyText, anyText).map(([name, value]) => `${name}: ${value}`),
  anyText.map((value) => `x-a: ${value}`),
);

/** A real flag in one of its spellings, with or without a value. */
const flagWithValue = fc.tuple(
  fc.constantFrom(...FLAGS.flatMap((flag) => [
    `--${flag.name}`,
    ...flag.aliases.map((alias) => `--${alias}`),
    ...(flag.short === null ? [] : [`-${flag.short}`]),
  ])),
  fc.constantFrom("next", "equals", "attached", "alone"),
  hostileValue,
).map(([name, form, value]) => {
  switch (form) {
    case "next":
      return [name, value];
    case "equals":
      return [`${name}=${value}`];
    case "attached":
      return [name + value];
    default:
      return [name];
  }
});

const anyArgs = fc.array(anyText);
const likelyArgs = fc.array(
  fc.oneof(flagWithValue, hostileValue.map((value) => [value])),
  { maxLength: 6 },
).map((args) => args.flat());
const anyPort = fc.option(hostileValue, { nil: undefined });

function assertSound(result: CliResult): void {
  switch (result.kind) {
    case "help":
    case "version":
    case "hash-password":
      return;
    case "completions":
      return assert(SHELLS.includes(result.shell));
    case "usage-error":
      assert(result.message.length > 0);
      assertEquals(/[\p{Cc}\p{Zl}\p{Zp}]/u.test(result.message), false);
      return assert(!/^error: |\.$/.test(result.message), result.message);
    case "serve":
      return assertInRange(result.options);
    default:
      throw result satisfies never;
  }
}

function assertInRange(options: CommandOptions): void {
  const { port, bind, directory, headers, cache, logFormat } = options;
  assert(Number.isInteger(port) && port >= 0 && port <= 65_535);
  assert(/^[\w.:-]+$/.test(bind), bind);
  assert(directory !== "" && !directory.includes("\0"));
  assert(cache === null || checkCache(cache) === undefined);
  assert(cache === null || cache <= CACHE_LIMIT_SECONDS);
  assert(LOG_FORMATS.includes(logFormat));
  for (const [name, value] of headers) {
    assertEquals(checkHeader(name, value), undefined);
    assertEquals(new Headers([[name, value]]).get(name), value);
  }
}

Deno.test("parseFlags() gives a sound result for any arguments", () => {
  fc.assert(
    fc.property(anyArgs, anyPort, (args, PORT) => {
      assertSound(parseFlags(args, { PORT }));
    }),
    RUNS,
  );
});

Deno.test("parseFlags() gives a sound result for real flags with any values", () => {
  fc.assert(
    fc.property(likelyArgs, anyPort, (args, PORT) => {
      assertSound(parseFlags(args, { PORT }));
    }),
    RUNS,
  );
});

Deno.test("parseFlags() takes any path that is no number after --", () => {
  fc.assert(
    fc.property(anyText, (path) => {
      fc.pre(path !== "" && !/^\d+$/.test(path) && !path.includes("\0"));

      const result = parseFlags(["--", path], { PORT: undefined });

      assert(result.kind === "serve");
      assertEquals(result.options.directory, path);
    }),
    RUNS,
  );
});

Deno.test("parseFlags() reads a value alike in each spelling", () => {
  fc.assert(
    fc.property(hostileValue, (value) => {
      fc.pre(!value.startsWith("-"));
      const spellings = [
        ["--directory", value],
        [`--directory=${value}`],
        ["-d", value],
        [`-d=${value}`],
        ["-qd", value],
      ];
      // Nothing attached is no value, and `=` is left out before one.
      if (value !== "" && !value.startsWith("=")) {
        spellings.push([`-d${value}`]);
      }

      const [first, ...others] = spellings.map((args) =>
        directoryOf(parseFlags(args, { PORT: undefined }))
      );

      for (const other of others) assertEquals(other, first);
    }),
    RUNS,
  );
});

function directoryOf(result: CliResult): string {
  return result.kind === "serve" ? result.options.directory : result.kind;
}
