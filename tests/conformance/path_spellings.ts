/**
 * The ways to write down the names of a path, honest and hostile.
 *
 * @module
 */

/** How the names are written down. */
export const SPELLINGS: Readonly<
  Record<string, (names: readonly string[]) => string>
> = {
  "plain": (names) => join(names),
  "first character escaped": (names) => join(names.map(escapeFirst)),
  "last character escaped": (names) =>
    join(names.map((n) => n.slice(0, -1) + escapeAll(n.slice(-1)))),
  "all escaped, lower case": (names) => join(names.map(escapeAll)),
  "all escaped, upper case": (names) =>
    join(names.map((n) => escapeAll(n).toUpperCase())),
  "doubly escaped": (names) =>
    join(names.map((n) => escapeAll(n).replaceAll("%", "%25"))),
  "dots doubly escaped": (names) =>
    join(names.map((n) => n.replaceAll(".", "%252e"))),
  "escaped three times": (names) =>
    join(names.map((n) => escapeAll(n).replaceAll("%", "%2525"))),
  "dots escaped": (names) => join(names.map((n) => n.replaceAll(".", "%2e"))),
  "mixed case": (names) => join(names.map((n) => n.toUpperCase())),
  "overlong, two bytes": (names) => join(names.map(overlong)),
  "overlong dots": (names) =>
    join(names.map((n) => n.replaceAll(".", "%c0%ae"))),
  "overlong dots, three bytes": (names) =>
    join(names.map((n) => n.replaceAll(".", "%e0%80%ae"))),
  "overlong slashes": (names) => `/${names.join("%c0%af")}`,
  "escaped slashes": (names) => `/${names.join("%2f")}`,
  "escaped slashes, upper case": (names) => `/${names.join("%2F")}`,
  "doubly escaped slashes": (names) => `/${names.join("%252f")}`,
  "backslashes": (names) => `/${names.join("\\")}`,
  "backslashes in front": (names) => `/\\${names.join("/")}`,
  "escaped backslashes": (names) => `/${names.join("%5c")}`,
  "slash and backslash": (names) => `/${names.join("/\\")}`,
  "wide dots": (names) =>
    join(names.map((n) => n.replaceAll(".", "%ef%bc%8e"))),
  "wide slashes": (names) => `/${names.join("%ef%bc%8f")}`,
  "percent-u dots": (names) =>
    join(names.map((n) => n.replaceAll(".", "%u002e"))),
  "dots between": (names) => `/${names.join("/./")}`,
  "dots in front": (names) => `/./${names.join("/")}`,
  "doubled slashes": (names) => `/${names.join("//")}`,
  "there and back": (names) => `/nowhere/..${join(names)}`,
  "up from the top": (names) => `/../../../../../../../..${join(names)}`,
  "up, escaped, from the top": (names) =>
    `/%2e%2e/%2e%2e/%2e%2e/%2e%2e${join(names)}`,
  "up by ..;": (names) => `/..;/..;/..;${join(names)}`,
  "up by ....//": (names) => `/....//....//....//${names.join("/")}`,
  "with a parameter": (names) => join(names.map((n) => `${n};a=b`)),
  "NUL at the end": (names) => `${join(names)}%00`,
  "NUL and another ending": (names) => `${join(names)}%00.html`,
  "space at the end": (names) => `${join(names)}%20`,
  "dot at the end": (names) => `${join(names)}.`,
  "line end at the end": (names) => `${join(names)}%0a`,
  "percent at the end": (names) => `${join(names)}%`,
};

function join(names: readonly string[]): string {
  return `/${names.join("/")}`;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function escapeAll(name: string): string {
  return [...name].map(hex).join("");
}

function escapeFirst(name: string): string {
  return escapeAll(name.slice(0, 1)) + name.slice(1);
}

/** The first character in two bytes, where one has to do (RFC 3629). */
function overlong(name: string): string {
  if (name === "") return "";
  const code = name.charCodeAt(0);
  const bytes = [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
  return bytes.map((b) => `%${b.toString(16)}`).join("") + name.slice(1);
}
