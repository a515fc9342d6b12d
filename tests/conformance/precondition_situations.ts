/**
 * Rows of the precondition table about what is asked for: nothing, a folder,
 * an index, and files whose time means nothing.
 *
 * @module
 */

import { sizeOf } from "./fixture.ts";
import { NOT_MODIFIED, row, WHOLE } from "./precondition_rows.ts";
import { validatorsOf } from "./request.ts";
import { rfcOnly, type Row, whole } from "./row.ts";

/** Conditions on other things than a plain old file. */
export function listSituationRows(): Row[] {
  return [
    // 13.2.1: conditions count only where the answer would be a success.
    ...(["GET", "HEAD"] as const).flatMap((method) => [
      row(
        `${method} of nothing with If-Match: *`,
        "RFC 9110 13.2.1: MUST ignore where the answer would be no success",
        [["If-Match", "*"]],
        [{ status: 404 }],
        { method, target: "/missing.txt" },
      ),
      row(
        `${method} of nothing with If-None-Match: *`,
        "RFC 9110 13.2.1",
        [["If-None-Match", "*"]],
        [{ status: 404 }],
        { method, target: "/missing.txt" },
      ),
      row(
        `${method} of a folder without its slash, with If-Match: "a"`,
        "RFC 9110 13.2.1",
        [["If-Match", '"a"']],
        [
          { status: 301, location: "/sub/" },
          ...rfcOnly(
            { status: [302, 303, 307, 308], location: "/sub/" },
            // Such a server shows the folder here: the condition is false.
            { status: 412 },
          ),
        ],
        { method, target: "/sub" },
      ),
    ]),
    row(
      "an index with its own tag",
      "RFC 9110 13.1.2",
      [["If-None-Match", "{etag}"]],
      (resource) => [
        validatorsOf(resource).etag === null
          ? whole("docs/index.html", sizeOf("docs/index.html"))
          : NOT_MODIFIED,
      ],
      { target: "/docs/" },
    ),
    row(
      "the tag of another file",
      "RFC 9110 8.8.3: a tag is of one resource",
      [["If-None-Match", "{etag}"]],
      [WHOLE],
      { resource: "/pattern.bin" },
    ),
    // Validators that mean something.
    row(
      "a file from the future",
      "RFC 9110 8.8.2.1: Last-Modified MUST NOT be later than Date",
      [],
      [
        { status: 200, headers: { "last-modified": null, etag: null } },
        ...rfcOnly({
          status: 200,
          headers: { "last-modified": /^(?!.* 2100 )/ },
        }, { status: 200, headers: { "last-modified": null } }),
      ],
      { target: "/future.txt" },
    ),
    ...["epoch.txt", "second.txt", "npm.txt"].map((file) =>
      row(
        `${file} has a tag from its bytes and no date`,
        "times that mean nothing are no validators",
        [],
        [{
          ...whole(file, sizeOf(file)),
          headers: { "last-modified": null, etag: /^"[^"]+"$/ },
        }],
        { target: `/${file}`, contract: true },
      )
    ),
    row(
      "epoch.txt with its tag",
      "RFC 9110 13.1.2",
      [["If-None-Match", "{etag}"]],
      [NOT_MODIFIED],
      { target: "/epoch.txt", contract: true },
    ),
    row(
      "epoch.bin, larger than 1 MB, has no validator",
      "times that mean nothing are no validators",
      [],
      [{
        ...whole("epoch.bin", sizeOf("epoch.bin")),
        headers: { "last-modified": null, etag: null },
      }],
      { target: "/epoch.bin", contract: true },
    ),
    row(
      "epoch.txt with If-Modified-Since: the epoch",
      "no Last-Modified, so nothing to compare with",
      [["If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"]],
      [whole("epoch.txt", sizeOf("epoch.txt"))],
      { target: "/epoch.txt", contract: true },
    ),
  ];
}
