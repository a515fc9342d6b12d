import { assertEquals, assertStrictEquals } from "@std/assert";

import { checkMethod } from "../../../lib/replies/method.ts";
import type { HeaderPairs, Reply } from "../../../lib/reply.ts";
import { NO_BODY } from "../../../lib/reply.ts";

const ALLOW: HeaderPairs = [["allow", "GET, HEAD, OPTIONS"]];

function refuse(status: number, headers: HeaderPairs = []): Reply {
  return { status, headers, body: NO_BODY };
}

Deno.test.each(["GET", "HEAD"])("checkMethod() lets %s go on", (method) => {
  assertStrictEquals(checkMethod({ method }, refuse), undefined);
});

Deno.test("checkMethod() answers OPTIONS with 204 and what is allowed", () => {
  assertEquals(checkMethod({ method: "OPTIONS" }, refuse), {
    status: 204,
    headers: ALLOW,
    body: NO_BODY,
  });
});

Deno.test.each([
  ..."POST PUT DELETE PATCH TRACE CONNECT PROPFIND MKCOL BREW".split(" "),
  // RFC 9110 section 9.1: methods are case-sensitive.
  ..."get Head options".split(" "),
  "",
  "GETS",
])("checkMethod() refuses '%s' with 405 and what is allowed", (method) => {
  // RFC 9110 section 15.5.6: Allow is a must.
  assertEquals(checkMethod({ method }, refuse), refuse(405, ALLOW));
});
