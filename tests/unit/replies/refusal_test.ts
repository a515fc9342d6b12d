import { assertEquals, assertStrictEquals } from "@std/assert";

import { errorPage } from "../../../lib/pages/error_page.ts";
import { contentSecurityPolicy } from "../../../lib/pages/policy.ts";
import { STYLE } from "../../../lib/pages/style.ts";
import { createRefuse } from "../../../lib/replies/refusal.ts";
import { textBody } from "../../../lib/reply.ts";

Deno.test.each([400, 403, 404, 405, 412, 416, 421, 500, 503])(
  "createRefuse() answers %i with its page",
  async (status) => {
    const refuse = await createRefuse();

    assertEquals(refuse(status), {
      status,
      headers: [
        ["content-type", "text/html; charset=utf-8"],
        ["content-security-policy", await contentSecurityPolicy(STYLE)],
      ],
      body: textBody(String(errorPage(status))),
    });
  },
);

Deno.test("createRefuse() adds the headers of one reply to no other", async () => {
  const refuse = await createRefuse();

  const busy = refuse(503, [["retry-after", "1"], ["x-a", "b"]]);
  const later = refuse(503);

  assertEquals(busy.headers.slice(2), [["retry-after", "1"], ["x-a", "b"]]);
  assertEquals(later.headers, busy.headers.slice(0, 2));
  assertEquals(later.body, busy.body);
});

Deno.test.each(
  [
    { segments: [], isFolder: true, up: null },
    { segments: ["a"], isFolder: false, up: null },
    { segments: ["a"], isFolder: true, up: null },
    { segments: ["a", "b"], isFolder: false, up: "./" },
    { segments: ["a", "b"], isFolder: true, up: "../" },
    { segments: ["a", "b", "c"], isFolder: true, up: "../" },
  ] as const,
)(
  "createRefuse() leads from $segments with a slash $isFolder to $up",
  async ({ up, ...asked }) => {
    const refuse = await createRefuse();

    const { body } = refuse(404, [], asked);

    assertEquals(body, textBody(String(errorPage(404, { up }))));
  },
);

Deno.test("createRefuse() writes the same page once", async () => {
  const refuse = await createRefuse();
  const asked = { segments: ["a", "b"], isFolder: false };

  const first = refuse(404, [], asked);
  const other = refuse(404, [], { ...asked, segments: ["c", "d"] });

  assertStrictEquals(first.body, other.body);
});

Deno.test("createRefuse() gives its pages the look that was chosen", async () => {
  const look = { title: "Photos", theme: "dark" } as const;

  const refuse = await createRefuse(look);

  assertEquals(refuse(404).body, textBody(String(errorPage(404, look))));
});
