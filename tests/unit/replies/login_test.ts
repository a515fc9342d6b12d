import { assertEquals } from "@std/assert";

import { checkLogin } from "../../../lib/replies/login.ts";
import { type HeaderPairs, NO_BODY, type Reply } from "../../../lib/reply.ts";

function refuse(status: number, headers: HeaderPairs = []): Reply {
  return { status, headers, body: NO_BODY };
}

Deno.test("checkLogin() lets a user go on", () => {
  assertEquals(checkLogin({ kind: "user", name: "ada" }, refuse), undefined);
});

Deno.test("checkLogin() asks with 401, and names no software", () => {
  assertEquals(checkLogin({ kind: "refused" }, refuse), {
    status: 401,
    // RFC 9110 section 11.6.1 and RFC 7617 section 2.1.
    headers: [["www-authenticate", 'Basic realm="files", charset="UTF-8"']],
    body: NO_BODY,
  });
});

Deno.test("checkLogin() says when to come again with 503", () => {
  assertEquals(checkLogin({ kind: "busy" }, refuse), {
    status: 503,
    headers: [["retry-after", "2"]],
    body: NO_BODY,
  });
});
