/**
 * Whether what a server sends for a kind of work is right, byte for byte.
 *
 * @module
 */

import { join } from "@std/path";
// deno-lint-ignore no-external-import -- a part of the runtime
import { Buffer } from "node:buffer";
// deno-lint-ignore no-external-import -- a part of the runtime
import {
  brotliDecompressSync,
  gunzipSync,
  zstdDecompressSync,
} from "node:zlib";

import {
  type Address,
  type RawRequest,
  rawRequest,
  type RawResponse,
} from "../_support/raw.ts";
import { entryNames, MANY, manyName, MEBIBYTE, SIZES } from "./site.ts";
import { type Coding, fieldsOf, type Work } from "./works.ts";

/** What a right answer was like. */
export interface Checked {
  /** Bytes of its body as they came over the wire. */
  readonly bodyBytes: number;
  /** Fields of the request, with those that only the server knew. */
  readonly headers: Readonly<Record<string, string>>;
}

const DEADLINE_MS = 60_000;
/** A prime, so that the files looked at are spread over all. */
const STEP = 997;

const SUFFIXES = { gzip: ".gz", br: ".br", zstd: ".zst" } as const;

/** Asks for a work. Throws what is wrong with the answer. */
export async function checkWork(
  address: Address,
  site: string,
  work: Work,
): Promise<Checked> {
  const ask = (path: string, request: RawRequest = {}) =>
    rawRequest(address, path, { deadlineMs: DEADLINE_MS, ...request });
  const headers: Record<string, string> = fieldsOf(work);
  delete headers["Connection"];
  switch (work.kind) {
    case "whole":
    case "coded":
    case "sibling": {
      const answer = await ask(work.path, { headers });
      expectStatus(answer, 200);
      await expectBody(answer, site, work);
      return { bodyBytes: answer.body.length, headers: fieldsOf(work) };
    }
    case "range": {
      const last = 5 * MEBIBYTE - 1;
      const answer = await ask(work.path, {
        headers: { Range: `bytes=${4 * MEBIBYTE}-${last}` },
      });
      expectStatus(answer, 206);
      const file = await Deno.readFile(join(site, work.path));
      expectSame(answer.body, file.subarray(4 * MEBIBYTE, last + 1));
      return { bodyBytes: MEBIBYTE, headers };
    }
    case "not-modified": {
      const first = await ask(work.path);
      expectStatus(first, 200);
      const etag = first.headers.get("etag");
      const date = first.headers.get("last-modified");
      if (etag !== undefined) headers["If-None-Match"] = etag;
      else if (date !== undefined) headers["If-Modified-Since"] = date;
      else throw new Error("no validator");
      const answer = await ask(work.path, { headers });
      expectStatus(answer, 304);
      expectSame(answer.body, new Uint8Array(0));
      return { bodyBytes: 0, headers };
    }
    case "head": {
      const answer = await ask(work.path, { method: "HEAD" });
      expectStatus(answer, 200);
      expectSame(answer.body, new Uint8Array(0));
      const length = answer.headers.get("content-length");
      if (length !== String(SIZES["10KB"])) {
        throw new Error(`Content-Length ${length}`);
      }
      return { bodyBytes: 0, headers };
    }
    case "missing": {
      const answer = await ask(work.path);
      expectStatus(answer, 404);
      return { bodyBytes: answer.body.length, headers };
    }
    case "page": {
      const answer = await ask(work.path);
      expectStatus(answer, 200);
      const text = new TextDecoder().decode(answer.body);
      const missing = entryNames().filter((name) => !text.includes(name));
      if (missing.length > 0) throw new Error(`${missing.length} not on page`);
      return { bodyBytes: answer.body.length, headers };
    }
    case "many": {
      for (let i = 0; i < MANY; i += STEP) {
        const path = `${work.path}${manyName(i)}`;
        const answer = await ask(path);
        expectStatus(answer, 200);
        expectSame(answer.body, await Deno.readFile(join(site, path)));
      }
      return { bodyBytes: 4096, headers };
    }
    default:
      throw work.kind satisfies never;
  }
}

async function expectBody(
  { body, headers }: RawResponse,
  site: string,
  { path, kind, coding }: Work,
): Promise<void> {
  const sent = headers.get("content-encoding") ?? null;
  if (sent !== coding) throw new Error(`Content-Encoding ${sent ?? "missing"}`);
  const file = await Deno.readFile(join(site, path));
  expectSame(coding === null ? body : decode(body, coding), file);
  if (kind !== "sibling" || coding === null) return;
  const sibling = await Deno.readFile(join(site, path + SUFFIXES[coding]));
  expectSame(body, sibling);
}

/** Takes a coding off. */
export function decode(body: Uint8Array, coding: Coding): Uint8Array {
  switch (coding) {
    case "gzip":
      return gunzipSync(body);
    case "br":
      return brotliDecompressSync(body);
    case "zstd":
      return zstdDecompressSync(body);
    default:
      throw coding satisfies never;
  }
}

function expectStatus(answer: RawResponse, status: number): void {
  if (answer.status === status) return;
  throw new Error(`status ${answer.status} in place of ${status}`);
}

function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  if (actual.length !== expected.length) {
    throw new Error(`${actual.length} bytes in place of ${expected.length}`);
  }
  // A hundred megabytes are too many for a loop.
  if (Buffer.compare(actual, expected) === 0) return;
  const at = actual.findIndex((byte, index) => byte !== expected[index]);
  throw new Error(`another byte at ${at}`);
}
