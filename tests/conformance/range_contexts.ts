/**
 * Rows of the range table about what else the request is: HEAD, another answer
 * than 200, several fields, conditions.
 *
 * @module
 */

import { sizeOf } from "./fixture.ts";
import {
  FILE,
  invalid,
  part,
  parts,
  unsatisfiable,
  WHOLE,
} from "./range_rows.ts";
import {
  type HeaderLines,
  type Outcome,
  type Resource,
  rfcOnly,
  type Row,
} from "./row.ts";

/** Ranges beside everything else. */
export function listContextRows(): Row[] {
  return [...listElsewhere(), ...listConditional()];
}

function listElsewhere(): Row[] {
  const head = (range: string): Row => ({
    id: `HEAD ${range}`,
    clause: "RFC 9110 14.2: MUST ignore Range with another method than GET",
    method: "HEAD",
    target: `/${FILE}`,
    headers: [["Range", range]],
    expect: [WHOLE],
  });
  const other = (
    id: string,
    target: string,
    expect: readonly Outcome[],
    clause = "RFC 9110 14.2: Range is about a 200",
  ): Row => ({
    id,
    clause,
    target,
    headers: [["Range", "bytes=0-0"]],
    expect,
  });
  const first = part(0, 0)[0];
  return [
    head("bytes=0-0"),
    head("bytes=-1"),
    head("bytes=-0"),
    head("bytes=10000-"),
    head("bytes=0-0,5-5"),
    head("bytes=5-2"),
    other("of nothing", "/missing.bin", [{
      status: 404,
      headers: { "content-range": null },
    }]),
    other("of a folder without its slash", "/sub", [
      { status: 301, location: "/sub/", headers: { "content-range": null } },
      ...rfcOnly({ status: [200, 206, 302, 307, 308] }),
    ]),
    {
      ...other("of a folder page", "/sub/", [{
        status: 200,
        headers: { "content-range": null },
      }], "a page is made anew each time: no parts of it"),
      contract: true,
    },
    other("of an index", "/docs/", part(0, 0, "docs/index.html")),
    other("with a query", `/${FILE}?a=b`, part(0, 0)),
    other(
      "of an encoded name",
      "/with%20space.txt",
      part(
        0,
        0,
        "with space.txt",
      ),
    ),
    {
      id: "two Range lines",
      clause: "RFC 9110 14.2: not a list, the lines joined are invalid",
      target: `/${FILE}`,
      headers: [["Range", "bytes=0-0"], ["Range", "bytes=5-5"]],
      expect: [
        WHOLE,
        ...rfcOnly(...part(0, 0), ...part(5, 5), { status: [400, 416] }),
      ],
    },
    {
      id: "two equal Range lines",
      clause: "RFC 9110 14.2: not a list, the lines joined are invalid",
      target: `/${FILE}`,
      headers: [["Range", "bytes=0-0"], ["Range", "bytes=0-0"]],
      expect: [WHOLE, ...rfcOnly(...part(0, 0), { status: [400, 416] })],
    },
    {
      id: "a lower-case field name",
      clause: "RFC 9110 5.1: names of fields are case-insensitive",
      target: `/${FILE}`,
      headers: [["range", "bytes=0-0"]],
      expect: part(0, 0),
    },
    {
      id: "an empty Range",
      clause: "RFC 9110 14.2: invalid",
      target: `/${FILE}`,
      headers: [["Range", ""]],
      expect: invalid(),
    },
    {
      id: "Accept-Ranges",
      clause: "RFC 9110 14.3",
      target: `/${FILE}`,
      contract: true,
      expect: [{ ...WHOLE, headers: { "accept-ranges": "bytes" } }],
    },
    {
      id: "a part keeps the type and the date of the whole",
      clause: "RFC 9110 15.3.7",
      target: "/page.html",
      headers: [["Range", "bytes=0-4"]],
      contract: true,
      expect: (resource: Resource) => [{
        ...first,
        status: 206,
        headers: {
          "content-type": resource.headers.get("content-type") ?? null,
          "last-modified": resource.headers.get("last-modified") ?? null,
          etag: resource.headers.get("etag") ?? null,
          "content-range": `bytes 0-4/${sizeOf("page.html")}`,
        },
        body: { kind: "file", file: "page.html", start: 0, end: 5 },
      }],
    },
  ];
}

function listConditional(): Row[] {
  const conditional = (
    id: string,
    headers: HeaderLines,
    expect: Row["expect"],
    clause = "RFC 9110 13.1.5",
  ): Row => ({ id, clause, target: `/${FILE}`, headers, expect });
  const strong =
    (outcomes: readonly Outcome[]) =>
    (resource: Resource): readonly Outcome[] =>
      /^"/.test(resource.headers.get("etag") ?? "") ? outcomes : [WHOLE];
  const range = (value: string) => ["Range", value] as const;
  const ifRange = (value: string) => ["If-Range", value] as const;
  const tagged = (outcome: Outcome) => (resource: Resource): Outcome[] =>
    resource.headers.has("etag") ? [outcome] : part(0, 0);
  return [
    conditional("If-Range with the tag", [
      range("bytes=0-9"),
      ifRange("{etag}"),
    ], strong(part(0, 9))),
    conditional("If-Range with the tag, several ranges", [
      range("bytes=0-9,20-29"),
      ifRange("{etag}"),
    ], strong(parts([[0, 9], [20, 29]]))),
    conditional("If-Range with another tag", [
      range("bytes=0-9"),
      ifRange('"another"'),
    ], [WHOLE]),
    conditional("If-Range with the tag made weak", [
      range("bytes=0-9"),
      ifRange("{weak}"),
    ], [WHOLE]),
    conditional("If-Range with the date", [
      range("bytes=0-9"),
      ifRange("{modified}"),
    ], part(0, 9)),
    conditional("If-Range with an earlier date", [
      range("bytes=0-9"),
      ifRange("{earlier}"),
    ], [WHOLE]),
    conditional("If-Range with a later date", [
      range("bytes=0-9"),
      ifRange("{later}"),
    ], [WHOLE]),
    conditional("If-Range with an empty tag", [
      range("bytes=0-9"),
      ifRange('""'),
    ], [WHOLE]),
    conditional(
      "If-Range without Range",
      [ifRange("{etag}")],
      [WHOLE],
      "RFC 9110 13.1.5: MUST ignore If-Range without Range",
    ),
    conditional("If-Range holds, the range cannot be satisfied", [
      range("bytes=10000-"),
      ifRange("{etag}"),
    ], strong(unsatisfiable())),
    conditional("If-Range does not hold, the range cannot be satisfied", [
      range("bytes=10000-"),
      ifRange('"another"'),
    ], [WHOLE]),
    conditional("If-Range holds, the range is invalid", [
      range("bytes=5-2"),
      ifRange("{etag}"),
    ], strong(invalid())),
    conditional(
      "If-None-Match matches",
      [range("bytes=0-0"), ["If-None-Match", "{etag}"]],
      tagged({ status: 304, body: { kind: "empty" } }),
      "RFC 9110 13.2.2",
    ),
    conditional(
      "If-None-Match matches, the range cannot be satisfied",
      [range("bytes=10000-"), ["If-None-Match", "{etag}"]],
      (resource) =>
        resource.headers.has("etag")
          ? [{ status: 304, body: { kind: "empty" } }]
          : unsatisfiable(),
      "RFC 9110 13.2.2",
    ),
    conditional(
      "If-Match fails",
      [range("bytes=0-0"), ["If-Match", '"another"']],
      [{ status: 412, headers: { "content-range": null } }],
      "RFC 9110 13.2.2",
    ),
    conditional(
      "If-Unmodified-Since holds",
      [range("bytes=0-0"), ["If-Unmodified-Since", "{modified}"]],
      part(0, 0),
      "RFC 9110 13.2.2",
    ),
    conditional(
      "If-Unmodified-Since fails",
      [range("bytes=0-0"), ["If-Unmodified-Since", "{earlier}"]],
      [{ status: 412, headers: { "content-range": null } }],
      "RFC 9110 13.2.2",
    ),
  ];
}
