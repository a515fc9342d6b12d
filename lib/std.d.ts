// The functions of the Deno standard library that this project calls, as JSR declares them. The npm package that
// carries the library where JSR is out of reach has no type declarations; with JSR this file is not needed.

declare module "@std/assert" {
  export class AssertionError extends Error {}
  export function assert(expr: unknown, msg?: string): asserts expr;
  export function assertEquals<T>(actual: T, expected: T, msg?: string): void;
  export function assertNotEquals<T>(
    actual: T,
    expected: T,
    msg?: string,
  ): void;
  export function assertStrictEquals<T>(
    actual: unknown,
    expected: T,
    msg?: string,
  ): void;
  export function assertStringIncludes(
    actual: string,
    expected: string,
    msg?: string,
  ): void;
  export function assertMatch(
    actual: string,
    expected: RegExp,
    msg?: string,
  ): void;
  export function assertNotMatch(
    actual: string,
    expected: RegExp,
    msg?: string,
  ): void;
  export function assertThrows<E extends Error = Error>(
    fn: () => unknown,
    // deno-lint-ignore no-explicit-any -- as std declares it: any constructor
    ErrorClass?: abstract new (...args: any[]) => E,
    msgIncludes?: string,
    msg?: string,
  ): E;
  export function assertRejects<E extends Error = Error>(
    fn: () => PromiseLike<unknown>,
    // deno-lint-ignore no-explicit-any -- as std declares it: any constructor
    ErrorClass?: abstract new (...args: any[]) => E,
    msgIncludes?: string,
    msg?: string,
  ): Promise<E>;
  export function fail(msg?: string): never;
}

declare module "@std/cli/parse-args" {
  export interface ParseArgsOptions {
    "--"?: boolean;
    alias?: Record<string, string | readonly string[]>;
    boolean?: boolean | string | readonly string[];
    collect?: string | readonly string[];
    default?: Record<string, unknown>;
    negatable?: string | readonly string[];
    stopEarly?: boolean;
    string?: string | readonly string[];
    unknown?: (arg: string, key?: string, value?: unknown) => unknown;
  }
  // What JSR's declaration comes to for lists of names that are not literals.
  export function parseArgs(
    args: string[],
    options?: ParseArgsOptions,
  ): Record<string, string[] & boolean[]> & { _: (string | number)[] };
}

declare module "@std/fmt/bytes" {
  export interface FormatOptions {
    binary?: boolean;
    bits?: boolean;
    signed?: boolean;
    locale?: boolean | string | readonly string[];
    minimumFractionDigits?: number;
    maximumFractionDigits?: number;
  }
  export function format(num: number, options?: FormatOptions): string;
}

declare module "@std/media-types/type-by-extension" {
  export function typeByExtension(extension: string): string | undefined;
}

declare module "@std/path" {
  export const SEPARATOR: "/" | "\\";
  export function basename(path: string, suffix?: string): string;
  export function dirname(path: string): string;
  export function extname(path: string): string;
  export function fromFileUrl(url: string | URL): string;
  export function isAbsolute(path: string): boolean;
  export function join(path: string, ...paths: string[]): string;
  export function relative(from: string, to: string): string;
  export function resolve(...pathSegments: string[]): string;
  export function toFileUrl(path: string): URL;
}

declare module "@std/path/posix/basename" {
  export { basename } from "@std/path";
}

declare module "@std/path/posix/dirname" {
  export { dirname } from "@std/path";
}

declare module "@std/path/posix/is-absolute" {
  export { isAbsolute } from "@std/path";
}

declare module "@std/path/posix/join" {
  export { join } from "@std/path";
}

declare module "@std/path/posix/relative" {
  export { relative } from "@std/path";
}

declare module "@std/path/posix/resolve" {
  export { resolve } from "@std/path";
}

declare module "@std/path/windows/basename" {
  export { basename } from "@std/path";
}

declare module "@std/path/windows/dirname" {
  export { dirname } from "@std/path";
}

declare module "@std/path/windows/is-absolute" {
  export { isAbsolute } from "@std/path";
}

declare module "@std/path/windows/join" {
  export { join } from "@std/path";
}

declare module "@std/path/windows/relative" {
  export { relative } from "@std/path";
}

declare module "@std/path/windows/resolve" {
  export { resolve } from "@std/path";
}

declare module "@std/text/closest-string" {
  export function closestString(
    givenWord: string,
    possibleWords: string[],
    options?: { caseSensitive?: boolean },
  ): string;
}
