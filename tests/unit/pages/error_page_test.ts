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
  [503, "Service Unavailable"],
])("errorPage() explains %i", (status, phrase) => {
  const page = String(errorPage(status));

  assertStringIncludes(page, `<title>${status} ${phrase}</title>`);
  assertStringIncludes(page, `<h1>${phrase}</h1>`);
  assertMatch(page, /<\/h1>\n<p>[A-Z][^<]+\.<\/p>/);
  assert(!page.includes(OTHERS));
  assertEquals(page.includes('<a href="/">'), [403, 404].includes(status));
});

Deno.test("errorPage() has words for a status that it does not know", () => {
  assertStringIncludes(String(errorPage(418)), OTHERS);
  assertStringIncludes(String(errorPage(599)), "<h1>Error</h1>");
});

Deno.test("errorPage() escapes the sentence that it is given", () => {
  const page = String(errorPage(421, "No <b>such</b> name."));

  assertStringIncludes(page, "<p>No &lt;b&gt;such&lt;/b&gt; name.</p>");
});

Deno.test("errorPage() names no software", () => {
  assertNotMatch(String(errorPage(500)), /deno|\bserve\b|version/i);
});
