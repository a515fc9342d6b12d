import { assertEquals } from "@std/assert";

import type { Validators } from "../../../lib/http/etag.ts";
import type { ByteRange } from "../../../lib/http/range.ts";
import { type Archive, archiveReply } from "../../../lib/replies/archive.ts";
import { createRefuse } from "../../../lib/replies/refusal.ts";

const refuse = await createRefuse();
const TAGGED: Validators = { etag: '"abc"', lastModified: null };

/** The reply to a request, and which parts were opened for it. */
function ask(
  headers: Record<string, string>,
  archive: Partial<Archive> = {},
  method = "GET",
) {
  const opened: ByteRange[] = [];
  const context = {
    method,
    headers: new Headers(headers),
    search: "?archive=zip",
    time: 0,
  };
  const reply = archiveReply(context, {
    format: "zip",
    name: "photos",
    length: 1_000,
    validators: TAGGED,
    open: (part) => {
      opened.push(part);
      return {
        next: () => Promise.resolve(null),
        close: () => {},
        cancel: () => {},
      };
    },
    ...archive,
  }, { refuse });
  const fields = Object.fromEntries(reply.headers);
  const length = reply.body.kind === "source" ? reply.body.length : undefined;
  return { status: reply.status, fields, length, opened };
}

Deno.test("archiveReply() sends the whole with all that a client needs to go on later", () => {
  assertEquals(ask({}), {
    status: 200,
    fields: {
      "content-type": "application/zip",
      "content-disposition": 'attachment; filename="photos.zip"',
      "etag": '"abc"',
      "accept-ranges": "bytes",
    },
    length: 1_000,
    opened: [{ start: 0, length: 1_000 }],
  });
});

Deno.test.each<{ format: Archive["format"]; type: string }>([
  { format: "zip", type: "application/zip" },
  { format: "tar", type: "application/x-tar" },
  { format: "tar.gz", type: "application/gzip" },
])("archiveReply() of a $format has its type and its name", (row) => {
  const { fields } = ask({}, { format: row.format, name: "ü" });

  assertEquals(fields["content-type"], row.type);
  assertEquals(
    fields["content-disposition"],
    `attachment; filename="_.${row.format}"; ` +
      `filename*=UTF-8''%C3%BC.${row.format}`,
  );
});

Deno.test.each<{
  range: string;
  headers?: Record<string, string>;
  method?: string;
  status: number;
  part: ByteRange | null;
}>([
  { range: "bytes=10-19", status: 206, part: { start: 10, length: 10 } },
  { range: "bytes=500-", status: 206, part: { start: 500, length: 500 } },
  { range: "bytes=-1", status: 206, part: { start: 999, length: 1 } },
  { range: "bytes=1000-", status: 416, part: null },
  // RFC 9110 section 14.2: a server may ignore what it does not like.
  { range: "bytes=0-1,5-6", status: 200, part: { start: 0, length: 1_000 } },
  { range: "lines=0-1", status: 200, part: { start: 0, length: 1_000 } },
  {
    range: "bytes=1-",
    headers: { "if-range": '"abc"' },
    status: 206,
    part: { start: 1, length: 999 },
  },
  {
    range: "bytes=1-",
    headers: { "if-range": '"old"' },
    status: 200,
    part: { start: 0, length: 1_000 },
  },
  // RFC 9110 section 14.2: only GET has ranges.
  {
    range: "bytes=1-",
    method: "HEAD",
    status: 200,
    part: { start: 0, length: 1_000 },
  },
])("archiveReply() to $method $range $headers is $status", (row) => {
  const { range, headers = {}, method } = row;

  const { status, opened, fields } = ask({ range, ...headers }, {}, method);

  assertEquals(status, row.status);
  assertEquals(opened, row.part === null ? [] : [row.part]);
  assertEquals(
    fields["content-range"],
    {
      206: `bytes ${row.part?.start}-${
        (row.part?.start ?? 0) + (row.part?.length ?? 0) - 1
      }/1000`,
      416: "bytes */1000",
    }[status],
  );
});

Deno.test.each<{ headers: Record<string, string>; status: number }>([
  { headers: { "if-none-match": '"abc"' }, status: 304 },
  { headers: { "if-none-match": "*" }, status: 304 },
  { headers: { "if-none-match": '"old"' }, status: 200 },
  { headers: { "if-match": '"abc"' }, status: 200 },
  { headers: { "if-match": '"old"' }, status: 412 },
  // There is no date to compare with.
  {
    headers: { "if-modified-since": "Sat, 01 Jan 2050 00:00:00 GMT" },
    status: 200,
  },
])(
  "archiveReply() to $headers is $status, and opens nothing it does not send",
  (row) => {
    const { status, opened, fields } = ask(row.headers);

    assertEquals(status, row.status);
    assertEquals(opened.length, status === 200 ? 1 : 0);
    if (status === 304) assertEquals(fields, { etag: '"abc"' });
  },
);

Deno.test("archiveReply() without a known length has no ranges", () => {
  const { status, fields, length } = ask(
    { range: "bytes=1-" },
    { format: "tar.gz", length: null },
  );

  assertEquals([status, length], [200, null]);
  assertEquals(fields["accept-ranges"], undefined);
});
