/**
 * What is asked for while the log is looked at.
 *
 * @module
 */

import type { LoadRequest } from "./_load.ts";

/** What people and tools ask a file server for, and what others try. */
const MIX: readonly LoadRequest[] = [
  { line: "GET /" },
  { line: "GET /a.txt" },
  { line: "HEAD /a.txt" },
  { line: "GET /a.txt", headers: ["Range: bytes=2-5"] },
  { line: "GET /a.txt", headers: ["Range: bytes=900-"] },
  {
    line: "GET /a.txt",
    headers: ["If-Modified-Since: Mon, 06 May 2024 07:08:09 GMT"],
  },
  { line: "GET /folder" },
  { line: "GET /folder/" },
  { line: "GET /folder/?sort=size&order=desc" },
  { line: "GET /folder/", headers: ["Accept: application/json"] },
  { line: "GET /missing" },
  { line: "GET /.hidden" },
  { line: "GET /empty" },
  { line: "GET /../../etc/passwd" },
  { line: "GET /%2e%2e/%00%0a%0d%1b%5b2J" },
  { line: 'GET /"quoted"/%22\\back\\slash' },
  { line: 'GET /"_200_1_"%20-%20-%20[x]' },
  { line: "GET /%E2%80%AE%f0%9f%99%82?a=b%20c" },
  { line: "OPTIONS /a.txt" },
  { line: "PROPFIND /" },
  { line: "DELETE /a.txt" },
  {
    line: "GET /a.txt",
    headers: ['Referer: http://x/"\\', 'User-Agent: \x9b31m "\\" \xe9\x85'],
  },
  {
    line: "GET /a.txt",
    headers: ["Referer: http://localhost/", "User-Agent: Mozilla/5.0 (X11)"],
  },
];

/** A small answer, whose lines together are soon more than what may wait. */
const HEAVY: LoadRequest = {
  line: "GET /a.txt",
  headers: [`User-Agent: ${"agent ".repeat(120)}`],
};

/** The request of an index, of all kinds in turn. */
export function mixOf(index: number): LoadRequest {
  return MIX[index % MIX.length] ?? HEAVY;
}

/** The same request each time. */
export function heavyOf(): LoadRequest {
  return HEAVY;
}
