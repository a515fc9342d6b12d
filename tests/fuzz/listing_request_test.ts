import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  parseListingRequest,
  wantsListing,
} from "../../lib/http/listing_request.ts";

const RUNS = { numRuns: 3_000 };

const anySearch = fc.oneof(
  fc.array(fc.constantFrom(
    ..."? & = # ; + % %00 %zz %ff listing format json html JSON sort size name"
      .split(" "),
    ..."modified order asc desc __proto__ constructor toString archive zip"
      .split(" "),
  )).map((parts) => `?${parts.join("")}`),
  fc.webQueryParameters().map((query) => `?${query}`),
  fc.constant(""),
  fc.string({ unit: "binary" }).map((text) => `?${text}`),
);

const anyAccept = fc.oneof(
  fc.array(fc.constantFrom(
    ..."application/json text/html */* application/* text/* ;q=0 ;q=1 ;q=0.5 ,"
      .split(" "),
    ..."; = q Q NaN -1 1e9 0.0001 1.001 __proto__ APPLICATION/JSON".split(" "),
    " ",
    "\t",
  )).map((parts) => parts.join("")),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
  }),
);

Deno.test("any query and Accept come to one of the forms there are", () => {
  fc.assert(
    fc.property(anySearch, anyAccept, (search, accept) => {
      const headers = new Headers({ accept });

      const { format, sort, order, keepListing } = parseListingRequest({
        headers,
        search,
      });

      assert(["html", "json"].includes(format));
      assert(["name", "size", "modified"].includes(sort));
      assert(["asc", "desc"].includes(order));
      assertEquals(typeof keepListing, "boolean");
      assert(!keepListing || wantsListing(search));
    }),
    RUNS,
  );
});

Deno.test("any format that a query names wins over Accept", () => {
  const format = fc.constantFrom("html", "json");

  fc.assert(
    fc.property(format, anyAccept, (format, accept) => {
      const headers = new Headers({ accept });

      const request = parseListingRequest({
        headers,
        search: `?format=${format}`,
      });

      assertEquals(request.format, format);
    }),
    RUNS,
  );
});

Deno.test("any Accept that gives one type more gets that one", () => {
  const quality = fc.integer({ min: 0, max: 1_000 }).map((q) => q / 1_000);

  fc.assert(
    fc.property(quality, quality, fc.boolean(), (json, html, isTurned) => {
      const ranges = [`application/json;q=${json}`, `text/html; q=${html}`];
      const accept = (isTurned ? ranges.toReversed() : ranges).join(", ");
      const headers = new Headers({ accept });

      const { format } = parseListingRequest({ headers, search: "" });

      assertEquals(format, json > html ? "json" : "html");
    }),
    RUNS,
  );
});
