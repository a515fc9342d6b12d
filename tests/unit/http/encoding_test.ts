import { assertEquals } from "@std/assert";

import {
  chooseEncoding,
  type Encoding,
  encodingGroups,
  encodingKey,
} from "../../../lib/http/encoding.ts";

Deno.test.each<{ header: string | null; key: string }>([
  // RFC 9110 section 12.5.3. No field: nothing is said, and nothing assumed.
  { header: null, key: "" },
  // An empty field: no coding is wanted.
  { header: "", key: "" },
  { header: "identity", key: "" },
  // What browsers send: to plain HTTP, and to HTTPS or localhost.
  { header: "gzip, deflate", key: "gzip" },
  { header: "gzip, deflate, br", key: "br,gzip" },
  { header: "gzip, deflate, br, zstd", key: "zstd,br,gzip" },
  // The order in the field means nothing; names have no case (section 8.4.1).
  { header: "zstd,gzip,br", key: "zstd,br,gzip" },
  { header: "GZIP, Br", key: "br,gzip" },
  { header: "\tgzip ,\tbr ", key: "br,gzip" },
  { header: ", gzip,,", key: "gzip" },
  // Section 8.4.1.3.
  { header: "x-gzip", key: "gzip" },
  { header: "x-compress, compress, deflate, aws-chunked", key: "" },
  // Section 12.4.2: weights, 1 unless told, up to three decimals.
  { header: "gzip;q=1.0, br;q=0.5", key: "gzip>br" },
  { header: "gzip; q=0.8 , br ; q=0.801, zstd;Q=0.8", key: "br>zstd,gzip" },
  { header: "gzip;q=0.001", key: "gzip" },
  { header: "gzip;q=1.", key: "gzip" },
  { header: "gzip;q=0.", key: "" },
  // q=0 is never.
  { header: "gzip;q=0", key: "" },
  { header: "gzip;q=0.000, br", key: "br" },
  { header: "gzip, gzip;q=0", key: "" },
  { header: "x-gzip;q=0, gzip", key: "" },
  // `*` is what is not named.
  { header: "*", key: "zstd,br,gzip" },
  { header: "*;q=0", key: "" },
  { header: "*, gzip;q=0", key: "zstd,br" },
  { header: "br;q=1.0, gzip;q=0.8, *;q=0.1", key: "br>gzip>zstd" },
  { header: "gzip, *;q=0", key: "gzip" },
  // The file as it is, where it is named and more welcome.
  { header: "identity, gzip;q=0.5", key: "" },
  { header: "identity;q=0.5, gzip;q=0.5, br;q=0.4", key: "gzip" },
  { header: "identity;q=0.5, gzip", key: "gzip" },
  // Nothing else than the file as it is can be given then.
  { header: "identity;q=0", key: "" },
  { header: "*;q=0, identity;q=0", key: "" },
  { header: "identity;q=0, gzip;q=0.1", key: "gzip" },
  // What is malformed is as if it were not there.
  { header: "gzip;q=2", key: "" },
  { header: "gzip;q=1.001, br", key: "br" },
  { header: "gzip;q=0.1234", key: "" },
  { header: "gzip;q=-1", key: "" },
  { header: "gzip;q=", key: "" },
  { header: "gzip;q", key: "" },
  { header: "gzip;level=9", key: "" },
  { header: "gzip;q=1;q=0", key: "" },
  { header: '"gzip"', key: "" },
  { header: "gzipx, xgzip, brotli", key: "" },
])("encodingKey() of %j", ({ header, key }) => {
  assertEquals(encodingKey(header), key);
  // From memory as well.
  assertEquals(encodingKey(header), key);
});

Deno.test("encodingKey() goes on when its memory is full", () => {
  for (let i = 0; i < 1_000; i++) {
    assertEquals(encodingKey(`gzip, x${i}`), "gzip");
  }
  assertEquals(encodingKey(`br, ${"x".repeat(100_000)}`), "br");
});

Deno.test.each<{ key: string; groups: readonly (readonly Encoding[])[] }>([
  { key: "", groups: [] },
  { key: "br", groups: [["br"]] },
  { key: "zstd,br,gzip", groups: [["zstd", "br", "gzip"]] },
  { key: "gzip>zstd,br", groups: [["gzip"], ["zstd", "br"]] },
])("encodingGroups() of $key", ({ key, groups }) => {
  assertEquals(encodingGroups(key), groups);
});

Deno.test.each<{
  key: string;
  available: readonly Encoding[];
  chosen: Encoding | null;
}>([
  { key: "", available: ["gzip"], chosen: null },
  { key: "zstd,br,gzip", available: ["gzip", "br", "zstd"], chosen: "zstd" },
  { key: "zstd,br,gzip", available: ["gzip", "br"], chosen: "br" },
  { key: "zstd,br,gzip", available: [], chosen: null },
  { key: "gzip>br", available: ["gzip", "br"], chosen: "gzip" },
  { key: "gzip>br", available: ["br"], chosen: "br" },
])("chooseEncoding() of $key and $available", ({ key, available, chosen }) => {
  assertEquals(chooseEncoding(key, available), chosen);
});
