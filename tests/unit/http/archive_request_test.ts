import { assertEquals } from "@std/assert";

import {
  type ArchiveRequest,
  isEntryName,
  parseArchiveRequest,
} from "../../../lib/http/archive_request.ts";

Deno.test.each<{ search: string; is: ArchiveRequest | undefined }>([
  { search: "?archive=zip", is: { format: "zip", names: null } },
  { search: "?archive=tar", is: { format: "tar", names: null } },
  { search: "?archive=tar.gz", is: { format: "tar.gz", names: null } },
  { search: "?sort=size&archive=zip", is: { format: "zip", names: null } },
  { search: "?%61rchive=z%69p", is: { format: "zip", names: null } },
  {
    search: "?archive=zip&name=a&name=b",
    is: { format: "zip", names: ["a", "b"] },
  },
  // As a form spells them.
  {
    search: "?name=a+b&name=%D1%84&archive=tar",
    is: { format: "tar", names: ["a b", "ф"] },
  },
  { search: "?archive=zip&name=a&name=a", is: { format: "zip", names: ["a"] } },
  { search: "?archive=zip&name=", is: { format: "zip", names: [""] } },
  // The first one counts.
  { search: "?archive=tar&archive=zip", is: { format: "tar", names: null } },
  { search: "?archive=rar&archive=zip", is: undefined },
  // Nothing else means anything.
  { search: "", is: undefined },
  { search: "?", is: undefined },
  { search: "?archive", is: undefined },
  { search: "?archive=", is: undefined },
  { search: "?archive=ZIP", is: undefined },
  { search: "?archive=tgz", is: undefined },
  { search: "?archive=zip%20", is: undefined },
  { search: "?Archive=zip", is: undefined },
  { search: "?archive=toString", is: undefined },
  { search: "?name=a", is: undefined },
])("parseArchiveRequest() of '$search' is $is", ({ search, is }) => {
  assertEquals(parseArchiveRequest(search), is);
});

Deno.test.each<{ name: string; is: boolean }>([
  { name: "a", is: true },
  { name: ".hidden", is: true },
  { name: "...", is: true },
  { name: "a\nb", is: true },
  { name: "a\\b", is: true },
  { name: "", is: false },
  { name: ".", is: false },
  { name: "..", is: false },
  { name: "a/b", is: false },
  { name: "/", is: false },
  { name: "../a", is: false },
  { name: "a\0", is: false },
])("isEntryName() of $name is $is", ({ name, is }) => {
  assertEquals(isEntryName(name), is);
});
