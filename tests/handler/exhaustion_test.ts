import { assertEquals } from "@std/assert";

import { makeTree } from "../_support/tree.ts";
import { libUrl, runModule } from "../unit/disk/_child.ts";

Deno.test({
  name:
    "GET /a/ of a handler that has loaded nothing yet survives that no descriptor is left",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using tree = await makeTree({ "a/b.txt": "b" });
    const code = `
      import { createHandler } from "${libUrl("handler.ts")}";
      const handler = await createHandler(${JSON.stringify(tree.path)});
      const remoteAddr = { transport: "tcp", hostname: "127.0.0.1", port: 1 };
      const completed = Promise.resolve();
      async function statusOf(path) {
        const request = new Request("http://localhost" + path);
        return (await handler(request, { remoteAddr, completed })).status;
      }
      const held = [];
      try {
        for (;;) held.push(Deno.openSync("."));
      } catch { /* none left */ }
      const during = [await statusOf("/a/"), await statusOf("/a/?archive=zip")];
      for (const file of held) file.close();
      const after = [await statusOf("/a/"), await statusOf("/a/?archive=zip")];
      console.log(JSON.stringify({ during, after }));
      Deno.exit();`;

    const result = await runModule(code, {
      prefix: ["prlimit", "--nofile=64:64"],
    });

    assertEquals(result, { during: [503, 503], after: [200, 200] });
  },
});
