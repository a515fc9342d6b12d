/**
 * Functions of the runtime replaced for a while, for what a real disk does
 * too seldom to wait for.
 *
 * @module
 */

/** Puts a function in the place of `Deno[name]` until the block ends. */
export function replaceDeno(
  name: "lstat" | "open" | "readDir" | "realPath",
  value: unknown,
): Disposable {
  return replace(Deno, name, value);
}

/** Puts a value in the place of a property until the block ends. */
export function replace(
  owner: object,
  name: string,
  value: unknown,
): Disposable {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, {
    value,
    configurable: true,
    writable: true,
  });
  return {
    [Symbol.dispose]() {
      if (before === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, before);
    },
  };
}

/** An error as the runtime makes it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code} (os error)`), { code });
}
