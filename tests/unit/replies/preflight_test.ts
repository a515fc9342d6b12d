import { assertEquals } from "@std/assert";

import { createPreflight } from "../../../lib/replies/preflight.ts";

const HEADERS = new Headers({
  origin: "https://a.example",
  "access-control-request-method": "GET",
  "access-control-request-headers": "range",
});

Deno.test("createPreflight() answers 204 without a body", () => {
  const reply = createPreflight({ cors: ["https://a.example"] })({
    method: "OPTIONS",
    headers: HEADERS,
  });

  assertEquals(reply?.status, 204);
  assertEquals(reply?.body.kind, "none");
  assertEquals(
    new Map(reply?.headers).get("access-control-allow-headers"),
    "range",
  );
});

Deno.test.each<{ cors: readonly string[] | null; method: string }>([
  { cors: null, method: "OPTIONS" },
  { cors: ["https://b.example"], method: "OPTIONS" },
  { cors: ["*"], method: "GET" },
  { cors: ["*"], method: "HEAD" },
])("createPreflight() of $cors lets $method pass", ({ cors, method }) => {
  const preflight = createPreflight({ cors });

  assertEquals(preflight({ method, headers: HEADERS }), undefined);
});
