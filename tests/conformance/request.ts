/**
 * From a row to the bytes of its request.
 *
 * @module
 */

import type { Address } from "../_support/raw.ts";
import { OLD } from "./fixture.ts";
import type { RequestParts, Resource } from "./row.ts";

/** What the placeholders of a row stand for. */
export interface Meaning {
  readonly address: Address;
  readonly resource: Resource;
  /** Adds `Connection: close`. */
  readonly close?: boolean;
}

/** Writes a request down as it goes over the wire. */
export function toBytes(
  parts: RequestParts,
  meaning: Meaning,
): Uint8Array<ArrayBuffer> {
  const { method = "GET", version = "HTTP/1.1", content = "" } = parts;
  const authority = `${meaning.address.hostname}:${meaning.address.port}`;
  const target = parts.target.replace("{address}", authority);
  const lines = [`${method} ${target} ${version}`];
  if (parts.host !== null) {
    const host = parts.host?.replace("{address}", authority) ?? authority;
    lines.push(`Host: ${host}`);
  }
  for (const [name, value] of parts.headers ?? []) {
    lines.push(`${name}: ${fill(value, meaning.resource)}`);
  }
  if (content !== "") lines.push(`Content-Length: ${content.length}`);
  if (meaning.close) lines.push("Connection: close");
  return new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n${content}`);
}

/** Entity tag and date of a resource, for conditions that refer to them. */
export function validatorsOf(
  resource: Resource,
): { readonly etag: string | null; readonly modified: string | null } {
  return {
    etag: resource.headers.get("etag") ?? null,
    modified: resource.headers.get("last-modified") ?? null,
  };
}

const DAY_MS = 86_400_000;

function fill(value: string, resource: Resource): string {
  if (!value.includes("{")) return value;
  const { etag, modified } = validatorsOf(resource);
  const time = modified === null ? OLD.getTime() : Date.parse(modified);
  const tag = etag ?? '"this-server-has-no-tag"';
  return value
    .replaceAll("{etag}", tag)
    .replaceAll("{weak}", `W/${tag.replace(/^W\//, "")}`)
    .replaceAll("{modified}", modified ?? toHttpDate(time))
    .replaceAll("{earlier}", toHttpDate(time - DAY_MS))
    .replaceAll("{later}", toHttpDate(time + DAY_MS))
    .replaceAll("{rfc850}", toRfc850(time))
    .replaceAll("{asctime}", toAsctime(time));
}

function toHttpDate(time: number): string {
  return new Date(time).toUTCString();
}

const WEEKDAYS: readonly string[] = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];

/** `Sunday, 06-Nov-94 08:49:37 GMT` (RFC 9110 section 5.6.7). */
function toRfc850(time: number): string {
  const [, day, month, year, clock] = toHttpDate(time).split(" ");
  const weekday = WEEKDAYS[new Date(time).getUTCDay()];
  return `${weekday}, ${day}-${month}-${year?.slice(2)} ${clock} GMT`;
}

/** `Sun Nov  6 08:49:37 1994` (RFC 9110 section 5.6.7). */
function toAsctime(time: number): string {
  const [weekday, day, month, year, clock] = toHttpDate(time).split(" ");
  const padded = String(Number(day)).padStart(2, " ");
  return `${weekday?.slice(0, 3)} ${month} ${padded} ${clock} ${year}`;
}
