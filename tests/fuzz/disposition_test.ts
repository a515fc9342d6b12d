import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";

import { attachment } from "../../lib/http/disposition.ts";
import { encodeSegment } from "../../lib/segment.ts";

const RUNS = { numRuns: 3_000 };

const anyName = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(..."a.;=\"'\\%*(),/ \r\n\t\0\u007f\u00e9\u{1f389}"),
  }),
  fc.string({ unit: fc.constantFrom("\ud800", "\udc00", "a", "\u202e") }),
);

Deno.test("any name is saved under itself, by one field that can be sent", () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const field = attachment(name);

      assertMatch(field, /^[\x20-\x7e]*$/);
      const [, plain = "", exact] =
        /^attachment; filename="([^"\\%]*)"(?:; filename\*=UTF-8''([\w!#$&+.^`|~%-]*))?$/
          .exec(field) ?? [];
      assert(field.includes(`"${plain}"`), field);
      assertEquals(
        exact === undefined ? plain : decodeURIComponent(exact),
        name.toWellFormed(),
      );
      new Headers({ "content-disposition": field });
    }),
    RUNS,
  );
});

Deno.test("any name is one segment of a URL that reads back as it", () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const segment = encodeSegment(name);

      assertMatch(segment, /^[\w.!~*()%-]*$/);
      assertEquals(decodeURIComponent(segment), name.toWellFormed());
    }),
    RUNS,
  );
});
