import { assertEquals } from "@std/assert";

import { type Opener, openerOf } from "../../../lib/server/opener.ts";

Deno.test.each<{ os: typeof Deno.build.os; opener: Opener }>([
  { os: "linux", opener: { program: "xdg-open", args: [] } },
  { os: "freebsd", opener: { program: "xdg-open", args: [] } },
  { os: "darwin", opener: { program: "open", args: [] } },
  {
    os: "windows",
    opener: { program: "rundll32", args: ["url.dll,FileProtocolHandler"] },
  },
])("openerOf() on $os", ({ os, opener }) => {
  assertEquals(openerOf(os), opener);
});
