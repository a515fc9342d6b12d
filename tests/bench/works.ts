/**
 * What the servers are asked for: the rows of the benchmark's table.
 *
 * @module
 */

/** A content coding. */
export type Coding = "gzip" | "br" | "zstd";

/** One kind of work. */
export interface Work {
  /** As `--only` names it. */
  readonly name: string;
  /** As the table names it. */
  readonly label: string;
  readonly method: "GET" | "HEAD";
  readonly path: string;
  /** What is to come, see `check.ts`. */
  readonly kind:
    | "whole"
    | "coded"
    | "sibling"
    | "range"
    | "not-modified"
    | "head"
    | "missing"
    | "page"
    | "many";
  readonly coding: Coding | null;
  /** One connection for each request, in place of 64 that are kept. */
  readonly closes: boolean;
  readonly unit: "requests" | "bytes";
}

/** All kinds of work, in the order of the table. */
export const WORKS: readonly Work[] = [
  whole("1KB", "1 KB"),
  whole("10KB", "10 KB"),
  whole("100KB", "100 KB"),
  whole("1MB", "1 MB", "bytes"),
  whole("100MB", "100 MB", "bytes"),
  {
    ...whole("range", "1 MB ranges of 100 MB", "bytes"),
    path: "/100MB.bin",
    kind: "range",
  },
  {
    ...whole("304", "304 for 10 KB"),
    path: "/10KB.bin",
    kind: "not-modified",
  },
  {
    ...whole("head", "HEAD of 10 KB"),
    path: "/10KB.bin",
    kind: "head",
    method: "HEAD",
  },
  { ...whole("404", "404"), path: "/nothing/here.html", kind: "missing" },
  {
    ...whole("page", "page of 1,000 entries"),
    path: "/folder/",
    kind: "page",
  },
  {
    ...whole("random", "10,000 × 4 KB, random"),
    path: "/many/",
    kind: "many",
  },
  coded("gzip"),
  coded("br"),
  coded("zstd"),
  sibling("gzip"),
  sibling("br"),
  sibling("zstd"),
  {
    ...whole("close", "1 KB, own connections"),
    path: "/1KB.bin",
    closes: true,
  },
];

function whole(
  name: string,
  label: string,
  unit: "requests" | "bytes" = "requests",
): Work {
  return {
    name,
    label,
    method: "GET",
    path: `/${name}.bin`,
    kind: "whole",
    coding: null,
    closes: false,
    unit,
  };
}

function coded(coding: Coding): Work {
  return {
    ...whole(coding, `200 KB script, ${coding}`),
    path: "/script.js",
    kind: "coded",
    coding,
  };
}

function sibling(coding: Coding): Work {
  return {
    ...whole(`${coding}-sibling`, `200 KB script, ${coding} sibling`),
    path: "/sibling/script.js",
    kind: "sibling",
    coding,
  };
}

/** Fields of the request, without those that only the server knows. */
export function fieldsOf(work: Work): Record<string, string> {
  return {
    ...(work.coding === null ? {} : { "Accept-Encoding": work.coding }),
    ...(work.closes ? { "Connection": "close" } : {}),
  };
}
