import { assertEquals } from "@std/assert";

import { parseFileRequest } from "../../../lib/http/file_request.ts";

const FILE = {
  size: 1_000,
  etag: '"a"',
  lastModified: Date.UTC(2024, 4, 6, 7, 8, 9),
};

interface Row {
  readonly method?: string;
  readonly search?: string;
  readonly headers?: Record<string, string>;
  readonly range: "whole" | "parts" | "unsatisfiable";
  readonly isDownload?: boolean;
}

const RANGE = "bytes=0-9";

Deno.test.each<Row>([
  { range: "whole" },
  { headers: { range: RANGE }, range: "parts" },
  { headers: { range: "bytes=1000-" }, range: "unsatisfiable" },
  { headers: { range: "lines=1-2" }, range: "whole" },
  // RFC 9110 section 14.2: only GET has ranges.
  { method: "HEAD", headers: { range: RANGE }, range: "whole" },
  // Section 13.1.5: a part only of the version that the client has, as it is.
  { headers: { range: RANGE, "if-range": '"a"' }, range: "parts" },
  { headers: { range: RANGE, "if-range": '"a-gzip"' }, range: "whole" },
  { headers: { range: RANGE, "if-range": 'W/"a"' }, range: "whole" },
  {
    headers: { range: RANGE, "if-range": "Mon, 06 May 2024 07:08:09 GMT" },
    range: "parts",
  },
  { headers: { "if-range": '"a"' }, range: "whole" },
  { search: "?download", range: "whole", isDownload: true },
  { search: "?a&download=1", range: "whole", isDownload: true },
  { search: "?d%6Fwnload", range: "whole", isDownload: true },
  { search: "?downloads", range: "whole" },
  { search: "?", range: "whole" },
])("parseFileRequest() of $method $search $headers", (row) => {
  const { method = "GET", search = "", headers = {} } = row;

  const request = parseFileRequest({
    method,
    search,
    headers: new Headers(headers),
    time: Date.UTC(2024, 5, 1),
  }, FILE);

  assertEquals(request.range.kind, row.range);
  assertEquals(request.isDownload, row.isDownload ?? false);
});
