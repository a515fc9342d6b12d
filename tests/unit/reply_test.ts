import { assertEquals } from "@std/assert";

import {
  type Body,
  type ByteSource,
  dropBody,
  NO_BODY,
  type Reply,
  textBody,
} from "../../lib/reply.ts";

function replyWith(body: Body): Reply {
  return { status: 200, headers: [], body };
}

Deno.test("textBody() counts bytes, not characters", () => {
  assertEquals(textBody("\u00fc\u{1f389}"), {
    kind: "bytes",
    bytes: new Uint8Array([0xc3, 0xbc, 0xf0, 0x9f, 0x8e, 0x89]),
  });
});

Deno.test("dropBody() closes a source and lets the rest be", () => {
  let closed = 0;
  const source: ByteSource = {
    next: () => Promise.resolve(null),
    close: () => void closed++,
    cancel() {},
  };

  dropBody(replyWith({ kind: "source", source, length: 2 }));
  dropBody(replyWith(NO_BODY));
  dropBody(replyWith(textBody("a")));

  assertEquals(closed, 1);
});
