import { assertEquals, assertMatch } from "@std/assert";

import { libUrl, startModule } from "../disk/_child.ts";

Deno.test.each<{ about: string; step: string }>([
  {
    about: "a timer that throws",
    step: 'setTimeout(() => { throw new Error("broken"); }, 0);',
  },
  {
    about: "a promise that rejects",
    step: 'Promise.reject(new Error("broken"));',
  },
])("surviveErrors() reports $about, and the process goes on", async ({
  step,
}) => {
  const child = await startModule(`
    import { surviveErrors } from "${libUrl("command/survive_errors.ts")}";
    surviveErrors((message) => console.log(message));
    ${step}
    setTimeout(() => console.log("goes on"), 10);`);

  const { code, stdout } = await child.output();

  assertEquals(code, 0);
  assertMatch(
    new TextDecoder().decode(stdout),
    /^error: Error: broken\n[^]*goes on\n$/,
  );
});
