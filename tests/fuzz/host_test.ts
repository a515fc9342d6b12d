import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { checkAllowedHost } from "../../lib/access_checks.ts";
import { isAuthority, splitUrl } from "../../lib/http/authority.ts";
import { createHostCheck, hostOf } from "../../lib/http/host_check.ts";

const RUNS = { numRuns: 3_000 };

/** Text in which what means something in an authority is frequent. */
const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."a.:/@[]%?#\\0169-_~ \t\u00e9") }),
  fc.array(fc.constantFrom(
    ..."localhost . : :80 :99999 [::1] @ / \\ evil.example 127.0.0.1 %00 .local"
      .split(" "),
  )).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
);

/** A name of the public network, as a page of a stranger has one. */
const foreign = fc.domain().filter((name) =>
  !/\.(?:localhost|local|lan|internal|home\.arpa)$/.test(name)
);
const port = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 0, max: 65_535 }).map((number) => `:${number}`),
);

Deno.test("any authority that is one keeps to its place in a URL", () => {
  fc.assert(
    fc.property(hostile, (authority) => {
      if (!isAuthority(authority)) return;

      assertEquals(splitUrl(`http://${authority}/a?b#c`), {
        isHttp: true,
        authority,
        target: "/a?b#c",
      });
      assert(!/[/?#\\@%\s\p{Cc}]/u.test(authority), authority);
      assert(!/[A-Z:]$/.test(hostOf(authority)) || authority.includes("["));
    }),
    RUNS,
  );
});

Deno.test("any URL is cut without a character lost or added", () => {
  fc.assert(
    fc.property(hostile, hostile, (start, rest) => {
      const url = `http://${start}/${rest}`;

      const { authority, target } = splitUrl(url);

      assert(target.startsWith("/"));
      const joined = `http://${authority}${target}`;
      // A slash is put before a query that follows the authority.
      assert(joined === url || joined === url.replace(/(?=[?#])/, "/"), url);
    }),
    RUNS,
  );
});

Deno.test("any foreign name is refused, whatever local name it begins with", () => {
  const isAnswered = createHostCheck([]);
  const start = fc.constantFrom("", "localhost.", "127.0.0.1.", "a.local.");

  fc.assert(
    fc.property(start, foreign, port, (start, name, port) => {
      assert(!isAnswered(`${start}${name}${port}`));
      assert(!isAnswered(`${start}${name}.${port}`));
      assert(!isAnswered(`${start}${name}`.toUpperCase() + port));
    }),
    RUNS,
  );
});

Deno.test("any address and any local name is answered", () => {
  const isAnswered = createHostCheck([]);
  const local = fc.oneof(
    fc.ipV4(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.constantFrom("localhost", "LOCALHOST", "nas", "a.local", "x.y.lan"),
    fc.constantFrom("x.home.arpa", "a.internal.", "b.localhost"),
  );

  fc.assert(
    fc.property(local, port, (host, port) => {
      assert(isAnswered(host + port), host + port);
    }),
    RUNS,
  );
});

Deno.test("any name that is allowed is answered, and none that only ends like it", () => {
  fc.assert(
    fc.property(foreign, port, (name, port) => {
      assertEquals(checkAllowedHost(name), undefined);
      const isAnswered = createHostCheck([name]);
      const isAnsweredBelow = createHostCheck([`.${name}`]);

      assert(isAnswered(name.toUpperCase() + port));
      assert(isAnswered(`${name}.${port}`));
      assert(isAnsweredBelow(`a.b.${name}${port}`));
      for (const isIt of [isAnswered, isAnsweredBelow]) {
        assert(!isIt(`evil${name}${port}`));
        assert(!isIt(`${name}.evil.example${port}`));
      }
      assert(!isAnswered(`a.${name}${port}`));
    }),
    RUNS,
  );
});

Deno.test("any text is a name that can be allowed, or refused with a reason", () => {
  fc.assert(
    fc.property(hostile, hostile, (name, authority) => {
      const wrong = checkAllowedHost(name);

      if (wrong === undefined) createHostCheck([name])(authority);
      else assert(wrong.startsWith("Cannot use "));
    }),
    RUNS,
  );
});
