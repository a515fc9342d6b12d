/**
 * Which host names are answered: the guard against DNS rebinding.
 *
 * SECURITY: a page on the internet can have its own name lead to an address of
 * this machine or network, and then read as if it were the same site. It cannot
 * choose what the browser names in the request: a name in the public DNS. So
 * what can only be a local name, or an address, is answered, and a public name
 * only where the user allowed it.
 *
 * @module
 */

/**
 * Ends of names that the public DNS does not know: RFC 6761 and RFC 6762
 * (`localhost`, `local`), RFC 8375 (`home.arpa`), set aside by ICANN
 * (`internal`), and what many home routers use (`lan`).
 */
const LOCAL_ENDS: readonly string[] = [
  ".localhost",
  ".local",
  ".lan",
  ".home.arpa",
  ".internal",
];

/**
 * An IPv4 address as a browser writes it into a request. Other spellings
 * (`127.1`, `0x7f.0.0.1`) never come from one: they are no addresses here.
 */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * Gives the host of an authority.
 *
 * @param authority Host, perhaps with a port.
 * @returns The host without port, brackets and final dot, in lower case.
 *
 * @example Usage
 * ```ts
 * import { hostOf } from "./host_check.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hostOf("Files.Example.com.:8000"), "files.example.com");
 * assertEquals(hostOf("[::1]:8000"), "::1");
 * ```
 */
export function hostOf(authority: string): string {
  const host = authority.replace(/:\d*$/, "").toLowerCase();
  return isBracketed(host) ? host.slice(1, -1) : host.replace(/\.$/, "");
}

/**
 * Makes the function that tells whether a host is answered.
 *
 * @param allowed Names that are answered as well: a name, `.example.com` for
 * that name and all names under it, `*` for any. `null` answers to every name.
 * @returns A function from a well-formed authority to whether it is answered.
 * A request without one is: no browser sends it.
 *
 * @example Usage
 * ```ts
 * import { createHostCheck } from "./host_check.ts";
 * import { assert } from "@std/assert";
 *
 * const isAnswered = createHostCheck([".example.com"]);
 *
 * assert(isAnswered("192.168.1.23:8000"));
 * assert(isAnswered("nas.local"));
 * assert(isAnswered("files.example.com"));
 * assert(!isAnswered("rebinding.example.net:8000"));
 * ```
 */
export function createHostCheck(
  allowed: readonly string[] | null,
): (authority: string) => boolean {
  if (allowed === null || allowed.includes("*")) return () => true;
  const domains = allowed
    .filter((name) => name.startsWith("."))
    .map((name) => `.${toSentName(name.slice(1))}`);
  // Who trusts all names under a domain trusts the domain: as in other servers.
  const names = new Set([
    ...domains.map((domain) => domain.slice(1)),
    ...allowed.filter((name) => !name.startsWith(".")).map(toSentName),
  ]);
  const ends = [...LOCAL_ENDS, ...domains];

  function isAnswered(authority: string): boolean {
    if (authority === "") return true;
    const host = hostOf(authority);
    if (isBracketed(authority.replace(/:\d*$/, ""))) return isIpv6(host);
    // An empty label is no name: what a resolver makes of it is not known.
    if (host.split(".").includes("")) return false;
    return !host.includes(".") || IPV4.test(host) || names.has(host) ||
      ends.some((end) => host.endsWith(end));
  }

  // Most requests ask for the same host as the one before.
  let last = "";
  let isLastAnswered = true;
  return (authority) => {
    if (authority === last) return isLastAnswered;
    last = authority;
    return isLastAnswered = isAnswered(authority);
  };
}

function isBracketed(host: string): boolean {
  return host.startsWith("[") && host.endsWith("]");
}

function isIpv6(host: string): boolean {
  return URL.canParse(`http://[${host}]/`);
}

/** A name as a browser sends it: in lower case, other scripts as ASCII. */
function toSentName(name: string): string {
  const bare = name.replace(/\.$/, "");
  return URL.parse(`http://${bare}/`)?.hostname ?? bare.toLowerCase();
}
