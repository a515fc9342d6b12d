import { assertEquals } from "@std/assert";

import { openBrowser } from "../../../lib/command/open_browser.ts";
import { libUrl, runModule } from "../disk/_child.ts";

const URL = "http://localhost:8000/";

/** Programs of every Unix, in the place of one that opens a browser. */
const SHELL = { program: "sh", args: ["-c"] };

/** What a server does as well: a program that is not waited for may end. */
function stayAlive(): Disposable {
  const timer = setInterval(() => {}, 60_000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const IS_UNIX = Deno.build.os !== "windows";

Deno.test("openBrowser() says that there is no such program", () => {
  const failure = openBrowser(URL, {
    opener: { program: "no-such-program-of-any-system", args: [] },
    note: () => {},
    now: () => 0,
  });

  assertEquals(
    failure,
    "no browser is opened: there is no no-such-program-of-any-system",
  );
});

Deno.test("openBrowser() says which flag is missing, and asks nobody", async () => {
  const code = `
    import { openBrowser } from "${libUrl("command/open_browser.ts")}";
    const opener = { program: "xdg-open", args: [] };
    const failure = openBrowser("${URL}", { opener, now: () => 0 });
    console.log(JSON.stringify(failure));`;

  assertEquals(
    await runModule(code, { flags: [] }),
    "no browser is opened: run with --allow-run=xdg-open, where there is such " +
      "a program",
  );
});

Deno.test({
  name: "openBrowser() notes that the program failed",
  ignore: !IS_UNIX,
  async fn() {
    using _alive = stayAlive();
    const noted = Promise.withResolvers<string>();

    const failure = openBrowser("exit 3", {
      opener: SHELL,
      note: noted.resolve,
      now: () => 0,
    });

    assertEquals(failure, null);
    assertEquals(
      await noted.promise,
      "no browser was opened: sh ended with exit code 3",
    );
  },
});

Deno.test({
  name: "openBrowser() gives the URL as one argument, whatever is in it",
  ignore: !IS_UNIX,
  async fn() {
    using _alive = stayAlive();
    const noted = Promise.withResolvers<string>();

    // The code says how many arguments came, and whether the last is the URL.
    openBrowser("a b;$(c)", {
      opener: {
        program: "sh",
        args: ["-c", 'test "$1" = "a b;\\$(c)" && exit $#', "sh"],
      },
      note: noted.resolve,
      now: () => 0,
    });

    assertEquals(
      await noted.promise,
      "no browser was opened: sh ended with exit code 1",
    );
  },
});

Deno.test({
  name: "openBrowser() notes nothing of a program that ends after long",
  ignore: !IS_UNIX,
  async fn() {
    using _alive = stayAlive();
    const notes: string[] = [];
    const times = [0, 10_001];
    const looked = Promise.withResolvers<void>();

    openBrowser("exit 3", {
      opener: SHELL,
      note: (message) => notes.push(message),
      now() {
        if (times.length === 1) queueMicrotask(looked.resolve);
        return times.shift() ?? 0;
      },
    });
    await looked.promise;

    assertEquals(notes, []);
  },
});
