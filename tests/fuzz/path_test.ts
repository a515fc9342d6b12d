import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { formatPath, parsePath } from "../../lib/http/path.ts";

const RUNS = { numRuns: 2_000 };
const UNIX = { isWindows: false };
const WINDOWS = { isWindows: true };

/** Paths in which what means something is as frequent as what does not. */
const hostilePath = fc.array(
  fc.oneof(
    fc.constantFrom(
      ..."/ / / . .. ... a b %2e %2E .%2e %2f %2F %5c \\ %00 %25 %252e".split(
        " ",
      ),
      ..."% %zz %c0%af %c0%ae %ed%a0%80 %c3 %c3%bc %0a %0d %7f ? # : ; ' ~1"
        .split(" "),
      ..."con aux.txt nul com1 lpt\u00b9 \u00fc e\u0301 \u{1f389} \ud800"
        .split(" "),
      " ",
      "\0",
      "\n",
      "\t",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
  { maxLength: 12 },
).map((parts) => `/${parts.join("")}`);

const anyPath = fc.oneof(
  { weight: 5, arbitrary: hostilePath },
  fc.string({ unit: "binary" }),
  fc.webPath(),
);

/** What a file can be called: not empty, no dots, no slash, no NUL. */
const anyName = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.string({
    minLength: 1,
    unit: fc.constantFrom(..."./%25efcC2\\:?#&'\"<> +\n\r\t~a\u00fc\u{1f389}"),
  }),
).map((text) => text.toWellFormed().replaceAll(/[/\0]/g, "_"))
  .filter((name) => name !== "." && name !== "..");

Deno.test("any path gives names that are names, or none", () => {
  fc.assert(
    fc.property(anyPath, fc.boolean(), (path, isWindows) => {
      const parsed = parsePath(path, { isWindows });

      if (parsed.kind !== "path") return;
      for (const name of parsed.segments) {
        assert(![".", "..", ""].includes(name), path);
        assert(!/[/\0]/.test(name), path);
        assert(!isWindows || !/[\\:]|[. ]$/.test(name), path);
      }
    }),
    RUNS,
  );
});

Deno.test("any path with an escape that is refused is malformed", () => {
  const refused = fc.constantFrom(
    ..."%00 %2f %2F %zz %c0%af %ff % \\ /%2e /.%2E /%2e%2e".split(" "),
  );

  fc.assert(
    fc.property(hostilePath, refused, hostilePath, (before, bad, after) => {
      assertEquals(parsePath(before + bad + after, UNIX).kind, "malformed");
    }),
    RUNS,
  );
});

Deno.test("any redirect leads to a path of this server and no further", () => {
  fc.assert(
    fc.property(anyPath, fc.boolean(), (path, isWindows) => {
      const parsed = parsePath(path, { isWindows });

      if (parsed.kind !== "redirect") return;
      const { location } = parsed;
      assertMatch(location, /^\/(?![/\\])[\x21-\x7e]*$/);
      assertEquals(
        new URL(location, "http://h:1/x/y").href,
        `http://h:1${location}`,
      );
      assertEquals(parsePath(location, UNIX).kind, "path");
      assert(parsePath(location, WINDOWS).kind !== "redirect");
    }),
    RUNS,
  );
});

Deno.test("any plain path leads where the URL standard says", () => {
  const plain = fc.array(fc.constantFrom("a", "b", ".", "..", "..."), {
    minLength: 1,
  });

  fc.assert(
    fc.property(plain, fc.boolean(), (segments, isFolder) => {
      const path = `/${segments.join("/")}${isFolder ? "/" : ""}`;

      const parsed = parsePath(path, UNIX);

      assert(parsed.kind !== "malformed");
      const found = parsed.kind === "redirect"
        ? parsed.location
        : formatPath(parsed.segments, parsed.isFolder);
      assertEquals(found, new URL(`http://h${path}`).pathname);
      assertEquals(parsed.kind === "path", found === path);
    }),
    RUNS,
  );
});

Deno.test("any names written as a path read back as those names", () => {
  fc.assert(
    fc.property(fc.array(anyName), fc.boolean(), (segments, isFile) => {
      const isFolder = !isFile || segments.length === 0;

      const path = formatPath(segments, isFolder);

      assertMatch(path, /^\/(?![/\\])[\x21-\x7e]*$/);
      assertEquals(parsePath(path, UNIX), { kind: "path", segments, isFolder });
      assertEquals(new URL(path, "http://h:1/").pathname, path);
    }),
    RUNS,
  );
});
