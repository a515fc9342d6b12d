import { assertEquals, assertThrows } from "@std/assert";

import { UsageError } from "../../../lib/cli/errors.ts";
import {
  isWholeNumber,
  parseBind,
  parseCache,
  parseHeader,
  parseLogFormat,
  parsePath,
  parsePort,
} from "../../../lib/cli/values.ts";

function assertRefuses(parse: () => unknown, message: string): void {
  const error = assertThrows(parse, UsageError);

  assertEquals(error.message, message);
}

Deno.test.each<{ text: string; is: boolean }>([
  { text: "0", is: true },
  { text: "08000", is: true },
  { text: "99999", is: true },
  { text: "", is: false },
  { text: "0x10", is: false },
  { text: "1e3", is: false },
  { text: "80.0", is: false },
  { text: "-1", is: false },
  { text: "+1", is: false },
  { text: " 1", is: false },
  { text: "٣", is: false },
])("isWholeNumber() is $is for '$text'", ({ text, is }) => {
  assertEquals(isWholeNumber(text), is);
});

Deno.test.each<{ text: string; port: number }>([
  { text: "0", port: 0 },
  { text: "8000", port: 8000 },
  { text: "08000", port: 8000 },
  { text: "65535", port: 65_535 },
])("parsePort() reads $text", ({ text, port }) => {
  assertEquals(parsePort(text, "flag"), port);
});

Deno.test.each<{ text: string }>([
  { text: "65536" },
  { text: "x" },
  { text: "" },
  { text: "-1" },
  { text: "0x10" },
  { text: "1e3" },
  { text: "8000 " },
  { text: "9".repeat(400) },
])("parsePort() refuses '$text'", ({ text }) => {
  assertRefuses(
    () => parsePort(text, "flag"),
    `Cannot use "${text}" as a port: give a whole number from 0 to 65535`,
  );
});

Deno.test("parsePort() says how to name a folder like a number", () => {
  assertRefuses(
    () => parsePort("99999", "position"),
    'Cannot use "99999" as a port: give a whole number from 0 to 65535, ' +
      "or write ./99999 for a folder",
  );
});

Deno.test("parsePort() names the variable that holds a wrong port", () => {
  assertRefuses(
    () => parsePort("http", "environment"),
    'Cannot use "http" as a port, from the environment\'s PORT: ' +
      "give a whole number from 0 to 65535",
  );
});

Deno.test.each<{ text: string }>([
  { text: "." },
  { text: "./8000" },
  { text: "-" },
  { text: " " },
  { text: "a\nb" },
  { text: String.raw`C:\Users` },
])("parsePath() leaves '$text' as it is", ({ text }) => {
  assertEquals(parsePath(text), text);
});

Deno.test.each<{ text: string }>([{ text: "" }, { text: "a\0b" }])(
  "parsePath() refuses what no path can be",
  ({ text }) => {
    assertRefuses(
      () => parsePath(text),
      `Cannot use "${text}" as a path: name the folder or file to share`,
    );
  },
);

Deno.test.each<{ text: string; address: string }>([
  { text: "0.0.0.0", address: "0.0.0.0" },
  { text: "127.0.0.1", address: "127.0.0.1" },
  { text: "255.255.255.255", address: "255.255.255.255" },
  { text: "::", address: "::" },
  { text: "[::]", address: "::" },
  { text: "[::1]", address: "::1" },
  { text: "0:0:0:0:0:0:0:1", address: "::1" },
  { text: "2001:DB8::1", address: "2001:db8::1" },
  { text: "::ffff:127.0.0.1", address: "::ffff:7f00:1" },
  { text: "localhost", address: "localhost" },
  { text: "my-host.lan", address: "my-host.lan" },
  { text: "My_Host", address: "My_Host" },
  { text: "1.example", address: "1.example" },
])("parseBind() reads $text as $address", ({ text, address }) => {
  assertEquals(parseBind(text), address);
});

Deno.test.each<{ text: string }>([
  { text: "" },
  { text: " " },
  { text: "0.0.0.0:80" },
  { text: "localhost:80" },
  { text: "[::1]:80" },
  { text: "http://localhost" },
  { text: "localhost/" },
  { text: "a b" },
  { text: "a\nb" },
  { text: "*" },
  { text: ":" },
  { text: ":::" },
  { text: "[]" },
  { text: "[127.0.0.1]" },
  { text: "[localhost]" },
  { text: "fe80::1%eth0" },
  // An IPv4 address that is not written as four numbers.
  { text: "127.1" },
  { text: "256.0.0.1" },
  { text: "1.2.3.04" },
  { text: "0x7f.0.0.1" },
  { text: "0x7f" },
  { text: "1.2.3.0x4" },
  { text: "8000" },
  { text: "-a" },
  { text: "a..b" },
  { text: "." },
  { text: "bücher" },
  { text: "user@host" },
  { text: `${"a".repeat(64)}` },
  { text: `${"a.".repeat(127)}a` },
])("parseBind() refuses '$text'", ({ text }) => {
  assertRefuses(
    () => parseBind(text),
    `Cannot use "${text}" as an address: give an IP address or a host name ` +
      "alone, and the port with --port",
  );
});

Deno.test.each<{ text: string; name: string; value: string }>([
  { text: "X-A: b", name: "x-a", value: "b" },
  { text: "x-a:b", name: "x-a", value: "b" },
  { text: "x-a: \t b c \t", name: "x-a", value: "b c" },
  { text: "x-a:", name: "x-a", value: "" },
  { text: "x-a: b:c", name: "x-a", value: "b:c" },
])("parseHeader() reads '$text'", ({ text, name, value }) => {
  assertEquals(parseHeader(text), [name, value]);
});

Deno.test.each<{ text: string; message: string }>([
  {
    text: "x-a",
    message: 'Cannot use "x-a" as a header: write it as "Name: value"',
  },
  {
    text: ": b",
    message: 'Cannot use ": b" as a header: write it as "Name: value"',
  },
  {
    text: "",
    message: 'Cannot use "" as a header: write it as "Name: value"',
  },
  {
    text: "x a: b",
    message: 'Cannot use "x a" as a header name: ' +
      "use letters, digits and hyphens",
  },
  {
    text: "x-a : b",
    message: 'Cannot use "x-a " as a header name: ' +
      "use letters, digits and hyphens",
  },
  {
    text: "Date: today",
    message: 'Cannot set the header "Date": the server writes it itself',
  },
])("parseHeader() refuses '$text'", ({ text, message }) => {
  assertRefuses(() => parseHeader(text), message);
});

Deno.test.each<{ text: string; seconds: number }>([
  { text: "0", seconds: 0 },
  { text: "0060", seconds: 60 },
  { text: "2147483648", seconds: 2_147_483_648 },
])("parseCache() reads $text", ({ text, seconds }) => {
  assertEquals(parseCache(text), seconds);
});

Deno.test.each<{ text: string }>([
  { text: "" },
  { text: "-1" },
  { text: "1.5" },
  { text: "1h" },
  { text: "1e3" },
  { text: "2147483649" },
  { text: "9".repeat(400) },
])("parseCache() refuses '$text'", ({ text }) => {
  assertRefuses(
    () => parseCache(text),
    `Cannot use "${text}" as cache seconds: ` +
      "give a whole number from 0 to 2147483648",
  );
});

Deno.test("parseLogFormat() reads each format", () => {
  const formats = ["common", "combined", "json", "python"];

  assertEquals(formats.map(parseLogFormat), formats);
});

Deno.test.each<{ text: string; advice: string }>([
  { text: "jsn", advice: "did you mean json?" },
  { text: "Common", advice: "did you mean common?" },
  { text: "", advice: "give one of common, combined, json, python" },
  { text: "apache", advice: "give one of common, combined, json, python" },
])("parseLogFormat() refuses '$text'", ({ text, advice }) => {
  assertRefuses(
    () => parseLogFormat(text),
    `Cannot use "${text}" as a log format: ${advice}`,
  );
});
