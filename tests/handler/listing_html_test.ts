/**
 * The folder page and the error page as a validator of HTML reads them.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { HtmlValidate } from "html-validate";

import { createHandler } from "../../lib/handler.ts";
import type { ServeOptions } from "../../lib/options.ts";
import { get } from "../_support/call.ts";
import { makeTree } from "../_support/tree.ts";

const VALIDATOR = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  // A table that is laid out as a grid says by its roles that it is a table.
  rules: { "no-redundant-role": "off" },
});

const HOSTILE = `<b a='"' onload=x>&amp;\n\u202e.txt`;

Deno.test.each<{ path: string; options: Partial<ServeOptions> }>([
  { path: "/", options: {} },
  { path: "/", options: { archive: false, title: '"<T>"', theme: "dark" } },
  { path: "/a%20b/c/", options: {} },
  { path: "/a%20b/c/?sort=size&order=desc&listing", options: {} },
  { path: "/a%20b/empty/", options: {} },
  { path: "/none", options: { theme: "light" } },
])("GET $path with $options is valid HTML", async ({ path, options }) => {
  await using tree = await makeTree({
    [HOSTILE]: "x",
    "README.md": "# Title\n\n- [a](b)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    [`a b/c/${HOSTILE}`]: "x",
    "a b/c/d/": null,
    "a b/c/photo.jpg": "x",
    "a b/empty/": null,
  });
  const handler = await createHandler(tree.path, options);
  const response = await get(handler, path, {
    headers: { accept: "text/html" },
  });

  const { results } = await VALIDATOR.validateString(await response.text());

  const messages = results.flatMap((result) => result.messages);
  assertEquals(
    messages.map(({ ruleId, message, line }) => `${line} ${ruleId} ${message}`),
    [],
  );
});
