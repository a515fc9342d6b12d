/**
 * A program on a pseudo-terminal, and somebody who types.
 *
 * @module
 */

/** A program on a terminal. */
export interface Typing extends AsyncDisposable {
  /** What the terminal has shown so far. */
  shown(): string;
  /** Types something. */
  type(text: string): Promise<void>;
  /** Resolves to the match once the terminal has shown it. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
}

const DEADLINE_MS = 20_000;

/** How to start it. */
export interface TypingOptions {
  readonly cwd: string;
  readonly env?: Record<string, string>;
}

/** Starts a program on a terminal. */
export function startTyping(
  command: readonly string[],
  { cwd, env = {} }: TypingOptions,
): Typing {
  const child = new Deno.Command("script", {
    args: ["-qec", `exec ${command.map(quote).join(" ")}`, "/dev/null"],
    cwd,
    env: { TERM: "dumb", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const input = child.stdin.getWriter();
  const decoder = new TextDecoder();
  let text = "";
  let changed = Promise.withResolvers<void>();
  let hasEnded = false;
  const done = (async () => {
    for await (const chunk of child.stdout) {
      text += decoder.decode(chunk, { stream: true });
      changed.resolve();
      changed = Promise.withResolvers<void>();
    }
    hasEnded = true;
    changed.resolve();
  })();
  return {
    shown: () => text,
    type: (typed) => input.write(new TextEncoder().encode(typed)),
    async waitFor(pattern) {
      const late = Promise.withResolvers<void>();
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        late.resolve();
      }, DEADLINE_MS);
      try {
        for (;;) {
          const found = pattern.exec(text);
          if (found !== null) return found;
          if (hasEnded || isLate) {
            throw new Error(`No ${pattern} in ${JSON.stringify(text)}`);
          }
          await Promise.race([changed.promise, late.promise]);
        }
      } finally {
        clearTimeout(timer);
      }
    },
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch { /* has ended already */ }
      await child.status;
      await input.close().catch(() => {/* its reader has ended */});
      await done;
    },
  };
}

function quote(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
