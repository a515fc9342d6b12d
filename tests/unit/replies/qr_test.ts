import { assert, assertEquals } from "@std/assert";

import { qrReply } from "../../../lib/replies/qr.ts";
import { createRefuse } from "../../../lib/replies/refusal.ts";
import type { Reply } from "../../../lib/reply.ts";
import { readQr, squaresOfSvg } from "../../_support/qr.ts";

const CONTEXT = { scheme: "http", authority: "nas.lan:8000" } as const;
const PLACE = { segments: ["a b"], origins: [], refuse: await createRefuse() };

function textOf({ body }: Reply): string {
  assert(body.kind === "bytes");
  return new TextDecoder().decode(body.bytes);
}

Deno.test("qrReply() is a picture that may do nothing", async () => {
  const reply = await qrReply("image", CONTEXT, PLACE);

  const { "content-type": type, "content-security-policy": policy } = Object
    .fromEntries(reply.headers);
  assertEquals(reply.status, 200);
  assertEquals(type, "image/svg+xml; charset=utf-8");
  assertEquals(
    policy,
    "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'self'",
  );
  assertEquals(
    readQr(squaresOfSvg(textOf(reply))),
    "http://nas.lan:8000/a%20b/",
  );
});

Deno.test("qrReply() is the address alone as text", async () => {
  const reply = await qrReply("text", CONTEXT, PLACE);

  assertEquals(reply.headers, [["content-type", "text/plain"]]);
  assertEquals(textOf(reply), "http://nas.lan:8000/a%20b/\n");
});

Deno.test("qrReply() refuses a picture of an address that is too long", async () => {
  const place = { ...PLACE, segments: ["a".repeat(255), "b".repeat(255)] };

  assertEquals((await qrReply("image", CONTEXT, place)).status, 404);
  assertEquals((await qrReply("text", CONTEXT, place)).status, 200);
});

Deno.test("qrReply() refuses where there is no address", async () => {
  const context = { scheme: "http", authority: "" } as const;

  assertEquals((await qrReply("image", context, PLACE)).status, 404);
  assertEquals((await qrReply("text", context, PLACE)).status, 404);
});
