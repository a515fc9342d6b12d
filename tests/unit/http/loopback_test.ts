import { assertEquals } from "@std/assert";

import { isLoopback } from "../../../lib/http/loopback.ts";

Deno.test.each<{ host: string; is: boolean }>([
  { host: "127.255.0.1", is: true },
  { host: "::1", is: true },
  { host: "LOCALHOST", is: true },
  { host: "a.localhost", is: true },
  { host: "127.example.com", is: false },
  { host: "notlocalhost", is: false },
  { host: "::", is: false },
  { host: "10.0.0.1", is: false },
])("isLoopback() is $is for $host", ({ host, is }) => {
  assertEquals(isLoopback(host), is);
});
