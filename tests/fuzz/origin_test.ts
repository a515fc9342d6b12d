import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { checkOrigins } from "../../lib/access_checks.ts";
import { parseOrigins } from "../../lib/cli/access_values.ts";
import { UsageError } from "../../lib/cli/errors.ts";
import { createCors } from "../../lib/http/cors.ts";

const RUNS = { numRuns: 3_000 };

const origin = fc.tuple(
  fc.constantFrom("http", "https"),
  fc.domain(),
  fc.oneof(fc.constant(""), fc.constantFrom(":1", ":8443", ":65535")),
).map(([scheme, host, port]) => `${scheme}://${host}${port}`);

/** Text near an origin. */
const nearOrigin = fc.oneof(
  fc.array(fc.constantFrom(
    ..."http https :// : / // * null a.example evil.example @ # ? , % .".split(
      " ",
    ),
    " ",
    "\t",
    "\r\n",
  )).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
);

/** What a field of a request can hold. */
const fieldText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
});

/** What an answer says of who may read it. */
function said(pairs: readonly (readonly [string, string])[]) {
  const headers = new Headers(pairs.map(([name, value]) => [name, value]));
  return {
    allowed: headers.get("access-control-allow-origin"),
    credentials: headers.get("access-control-allow-credentials"),
    vary: headers.get("vary") ?? "",
  };
}

Deno.test("any origin that is not listed is told nothing", () => {
  fc.assert(
    fc.property(
      fc.array(origin, { minLength: 1 }),
      fc.oneof(origin, nearOrigin, fieldText),
      (listed, asking) => {
        const cors = createCors(listed);

        const { allowed, credentials, vary } = said(cors.headersFor(asking));

        const isListed = listed.includes(asking);
        assertEquals(allowed, isListed ? asking : null);
        assertEquals(credentials, isListed ? "true" : null);
        assert(/\borigin\b/i.test(vary));
      },
    ),
    RUNS,
  );
});

Deno.test("any origin where all may read is told so, and never with credentials", () => {
  const cors = createCors(["*"]);

  fc.assert(
    fc.property(fc.option(nearOrigin), (asking) => {
      const { allowed, credentials } = said(cors.headersFor(asking));

      assertEquals([allowed, credentials], ["*", null]);
    }),
    RUNS,
  );
});

Deno.test("any preflight is answered with fields that can be sent", () => {
  const names = fc.array(
    fc.oneof(fieldText, fc.constantFrom("range", "Authorization", "x-a")),
  ).map((list) => list.join(", "));

  fc.assert(
    fc.property(origin, names, fieldText, (origin, names, method) => {
      for (const listed of [["*"], [origin]]) {
        const headers = new Headers({
          origin,
          "access-control-request-method": method,
          "access-control-request-headers": names,
        });

        const pairs = createCors(listed).preflightFor({
          method: "OPTIONS",
          headers,
        });

        assert(pairs !== undefined);
        const answer = new Headers(
          pairs.map(([name, value]) => [name, value]),
        );
        const allowed = answer.get("access-control-allow-headers") ?? "";
        assert(/^(?:[\w!#$%&'*+\-.^`|~]+(?:, )?)*$/.test(allowed), allowed);
        assert(listed[0] !== "*" || !/authorization/i.test(allowed));
      }
    }),
    RUNS,
  );
});

Deno.test("any text is a list of origins, or refused with a reason", () => {
  fc.assert(
    fc.property(fc.array(nearOrigin, { minLength: 1 }), (values) => {
      let origins: readonly string[] | null;
      try {
        origins = parseOrigins(values);
      } catch (error) {
        assert(error instanceof UsageError);
        return;
      }
      assert(origins !== null);
      assertEquals(checkOrigins(origins), undefined);
      const cors = createCors(origins);
      for (const origin of origins) {
        assert(origin !== "null");
        said(cors.headersFor(origin));
      }
    }),
    RUNS,
  );
});
