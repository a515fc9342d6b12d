/**
 * Judges a `Location` field: where it leads, and that it cannot lead to
 * another server.
 *
 * @module
 */

/** What a `Location` is an answer to. */
export interface Asked {
  readonly authorities: readonly string[];
  readonly target: string;
  readonly isContract: boolean;
}

/**
 * Says what is wrong with a `Location`, or `null`. Two paths are the same when
 * their segments are the same after decoding.
 *
 * @param location Value of the field.
 * @param expected Path and query; one of them must be meant.
 * @param asked The request.
 */
export function checkLocation(
  location: string | undefined,
  expected: readonly string[],
  asked: Asked,
): string | null {
  if (location === undefined) return "no Location";
  const shown = `Location: ${location}`;
  if (asked.isContract && !/^\/(?![/\\])/.test(location)) {
    return `${shown} is not path-absolute`;
  }
  if (!/^[\x21-\x7e]*$/.test(location) || /["<>\\^`{|}]/.test(location)) {
    return `${shown} has characters that a URL must not have`;
  }
  const path = pathOf(location, asked);
  if (path === null) return `${shown} leads to another server`;
  const wanted = expected.map(normalise);
  // A client takes dots away before it asks (RFC 3986 section 5.2.4).
  const asAsked = asked.isContract ? path : withoutDots(path);
  return wanted.includes(normalise(asAsked))
    ? null
    : `${shown} instead of ${expected.join(" or ")}`;
}

function pathOf(location: string, asked: Asked): string | null {
  const absolute = /^(?:https?:)?\/\/([^/?#]*)(.*)$/i.exec(location);
  if (absolute !== null) {
    const [, authority = "", rest = ""] = absolute;
    return asked.authorities.includes(authority) ? rest : null;
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return null;
  if (location.startsWith("/")) return location;
  const folder = asked.target.replace(/[?#].*$/s, "").replace(/[^/]*$/, "");
  return folder + location;
}

function withoutDots(location: string): string {
  if (!/^\/[^/]/.test(location)) return location;
  const { pathname, search } = new URL(location, "http://localhost");
  return pathname + search;
}

function normalise(location: string): string {
  const [, path = "", query = ""] = /^([^?#]*)(\?[^#]*)?/.exec(location) ?? [];
  const segments = path.split("/").map((segment) => {
    try {
      return encodeURIComponent(decodeURIComponent(segment));
    } catch {
      return segment; // not UTF-8: compared as it is
    }
  });
  return segments.join("/") + query;
}
