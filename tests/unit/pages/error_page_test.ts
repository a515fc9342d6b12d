import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";

import { errorPage } from "../../../lib/pages/error_page.ts";

const OTHERS = "This request could not be answered.";

Deno.test.each([
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [405, "Method Not Allowed"],
  [412, "Precondition Failed"],
  [414, "URI Too Long"],
  [416, "Range Not Satisfiable"],
  [421, "Misdirected Request"],
  [500, "Internal Server Error"],
  [501, "Not Implemented"],
  [503, "Service Unavailable"],
])("errorPage() explains %i", (status, phrase) => {
  const page = String(errorPage(status));

  assertStringIncludes(page, `<title>${status} ${phrase}</title>`);
  assertStringIncludes(page, `<h1>${phrase}</h1>`);
  assertMatch(page, /<\/h1>\n<p>[A-Z][^<]+\.<\/p>/);
  assert(!page.includes(OTHERS));
  assertEquals(
    page.includes('<a href="/">'),
    [400, 403, 404, 405, 414].includes(status),
  );
  assertEquals(
    page.includes('<a href="">'),
    [401, 412, 500, 503].includes(status),
  );
});

Deno.test("errorPage() has words for a status that it does not know", () => {
  assertStringIncludes(String(errorPage(418)), OTHERS);
  assertStringIncludes(String(errorPage(599)), "<h1>Error</h1>");
});

Deno.test.each(["./", "../"] as const)(
  "errorPage() leads up by %s",
  (up) => {
    const page = String(errorPage(404, { up }));

    assertStringIncludes(page, `<a href="${up}">Go up one folder</a>`);
    assertStringIncludes(page, '<a href="/">Go to the start page</a>');
  },
);

Deno.test("errorPage() leads nowhere where that would not help", () => {
  assertNotMatch(String(errorPage(421, { up: "./" })), /<a /);
});

Deno.test("errorPage() says what the site is called", () => {
  const page = String(errorPage(404, { title: "A & <b>" }));

  assertStringIncludes(page, "<title>404 Not Found: A &amp; &lt;b&gt;</title>");
  assertStringIncludes(page, "Go to <bdi>A &amp; &lt;b&gt;</bdi></a>");
});

Deno.test.each([401, 421])(
  "errorPage() of %i does not say to strangers what the site is called",
  (status) => {
    const page = String(errorPage(status, { title: "Secret" }));

    assertNotMatch(page, /Secret/);
  },
);

Deno.test.each(["light", "dark"] as const)(
  "errorPage() is %s where that was chosen",
  (theme) => {
    const page = String(errorPage(404, { theme }));

    assertStringIncludes(page, `data-theme="${theme}"`);
  },
);

Deno.test("errorPage() names no software", () => {
  assertNotMatch(String(errorPage(500)), /deno|\bserve\b|version/i);
});
