import { assertEquals } from "@std/assert";

import {
  evaluatePreconditions,
  isRangeWelcome,
  type Precondition,
} from "../../../lib/http/conditional.ts";
import type { Validators } from "../../../lib/http/etag.ts";

const NOW = Date.UTC(2024, 5, 1);
const BEFORE = "Mon, 06 May 2024 07:08:08 GMT";
const EXACT = "Mon, 06 May 2024 07:08:09 GMT";
const EXACT_OLD = "Monday, 06-May-24 07:08:09 GMT";
const EXACT_ASCTIME = "Mon May  6 07:08:09 2024";
const AFTER = "Mon, 06 May 2024 07:08:10 GMT";

const FILE: Validators = {
  etag: '"a-1"',
  lastModified: Date.UTC(2024, 4, 6, 7, 8, 9),
};
const NOTHING: Validators = { etag: null, lastModified: null };
const ONLY_ETAG: Validators = { ...FILE, lastModified: null };

type Fields = Record<string, string>;

interface Row {
  readonly fields: Fields;
  readonly is: Precondition;
}

Deno.test("evaluatePreconditions() is send without fields", () => {
  for (const validators of [FILE, ONLY_ETAG, NOTHING]) {
    assertEquals(evaluatePreconditions(new Headers(), validators, NOW), "send");
  }
});

Deno.test.each<Row>([
  // RFC 9110 section 13.1.1: strong comparison.
  { fields: { "if-match": '"a-1"' }, is: "send" },
  { fields: { "if-match": '"b", "a-1"' }, is: "send" },
  { fields: { "if-match": 'W/"b","a-1" , "c"' }, is: "send" },
  { fields: { "if-match": "*" }, is: "send" },
  { fields: { "if-match": " * " }, is: "send" },
  { fields: { "if-match": '"b"' }, is: "failed" },
  { fields: { "if-match": 'W/"a-1"' }, is: "failed" },
  { fields: { "if-match": '"A-1"' }, is: "failed" },
  { fields: { "if-match": "a-1" }, is: "failed" },
  { fields: { "if-match": "" }, is: "failed" },
  { fields: { "if-match": '"*"' }, is: "failed" },
  // Section 13.1.4: not changed since then, the same second included.
  { fields: { "if-unmodified-since": AFTER }, is: "send" },
  { fields: { "if-unmodified-since": EXACT }, is: "send" },
  { fields: { "if-unmodified-since": EXACT_OLD }, is: "send" },
  { fields: { "if-unmodified-since": EXACT_ASCTIME }, is: "send" },
  { fields: { "if-unmodified-since": BEFORE }, is: "failed" },
  // Section 13.1.4: what is no date is ignored.
  { fields: { "if-unmodified-since": "0" }, is: "send" },
  { fields: { "if-unmodified-since": "2024-05-06" }, is: "send" },
  // Section 13.1.2: weak comparison.
  { fields: { "if-none-match": '"a-1"' }, is: "not-modified" },
  { fields: { "if-none-match": 'W/"a-1"' }, is: "not-modified" },
  { fields: { "if-none-match": '"b", W/"a-1"' }, is: "not-modified" },
  { fields: { "if-none-match": "*" }, is: "not-modified" },
  { fields: { "if-none-match": "\t*" }, is: "not-modified" },
  { fields: { "if-none-match": '"b", "c"' }, is: "send" },
  { fields: { "if-none-match": '"a-1' }, is: "send" },
  { fields: { "if-none-match": "a-1" }, is: "send" },
  { fields: { "if-none-match": 'w/"a-1"' }, is: "send" },
  { fields: { "if-none-match": 'W/ "a-1"' }, is: "send" },
  { fields: { "if-none-match": "" }, is: "send" },
  // Section 5.6.1.2: empty elements of a list are ignored.
  { fields: { "if-none-match": ',, "b" ,\t,"a-1",' }, is: "not-modified" },
  // Section 8.8.3: a comma, or the text of another tag, inside a tag.
  { fields: { "if-none-match": '"x, "a-1"' }, is: "send" },
  { fields: { "if-none-match": '"x,y", "a-1"' }, is: "not-modified" },
  { fields: { "if-none-match": '"x,a-1,y"' }, is: "send" },
  { fields: { "if-none-match": '"x\\", "a-1"' }, is: "not-modified" },
  { fields: { "if-none-match": '"\xe9", "a-1"' }, is: "not-modified" },
  { fields: { "if-none-match": '"b" "a-1"' }, is: "send" },
  // Section 13.1.3, and SPEC section 4: only the very date.
  { fields: { "if-modified-since": EXACT }, is: "not-modified" },
  { fields: { "if-modified-since": EXACT_OLD }, is: "not-modified" },
  { fields: { "if-modified-since": EXACT_ASCTIME }, is: "not-modified" },
  { fields: { "if-modified-since": BEFORE }, is: "send" },
  { fields: { "if-modified-since": AFTER }, is: "send" },
  { fields: { "if-modified-since": "yesterday" }, is: "send" },
  { fields: { "if-modified-since": `${EXACT}; length=3` }, is: "send" },
])("evaluatePreconditions() is $is for $fields", ({ fields, is }) => {
  assertEquals(evaluatePreconditions(new Headers(fields), FILE, NOW), is);
});

Deno.test.each<Row>([
  // Section 13.2.2 step 2: If-Unmodified-Since only without If-Match.
  {
    fields: { "if-match": '"a-1"', "if-unmodified-since": BEFORE },
    is: "send",
  },
  { fields: { "if-match": '"b"', "if-unmodified-since": AFTER }, is: "failed" },
  // Step 1 before step 3: 412 wins over 304.
  { fields: { "if-match": '"b"', "if-none-match": '"a-1"' }, is: "failed" },
  {
    fields: { "if-match": '"a-1"', "if-none-match": '"a-1"' },
    is: "not-modified",
  },
  // Step 2 before steps 3 and 4.
  {
    fields: { "if-unmodified-since": BEFORE, "if-none-match": '"a-1"' },
    is: "failed",
  },
  {
    fields: { "if-unmodified-since": BEFORE, "if-modified-since": EXACT },
    is: "failed",
  },
  // Step 4: If-Modified-Since only without If-None-Match, well formed or not.
  {
    fields: { "if-none-match": '"b"', "if-modified-since": EXACT },
    is: "send",
  },
  { fields: { "if-none-match": "b", "if-modified-since": EXACT }, is: "send" },
  {
    fields: { "if-none-match": '"a-1"', "if-modified-since": BEFORE },
    is: "not-modified",
  },
])("evaluatePreconditions() orders $fields", ({ fields, is }) => {
  assertEquals(evaluatePreconditions(new Headers(fields), FILE, NOW), is);
});

Deno.test.each<Row>([
  // Section 13.1.1: `*` asks for a file, not for a tag.
  { fields: { "if-match": "*" }, is: "send" },
  { fields: { "if-match": '"a-1"' }, is: "failed" },
  { fields: { "if-match": '""' }, is: "failed" },
  // Sections 13.1.3 and 13.1.4: ignored where there is no date.
  { fields: { "if-unmodified-since": BEFORE }, is: "send" },
  { fields: { "if-modified-since": EXACT }, is: "send" },
  { fields: { "if-modified-since": "yesterday" }, is: "send" },
  // SPEC section 4: a young file is never 304.
  { fields: { "if-none-match": "*" }, is: "send" },
  { fields: { "if-none-match": '"a-1"' }, is: "send" },
  { fields: { "if-none-match": "null" }, is: "send" },
])("evaluatePreconditions() is $is without validators for $fields", (row) => {
  const headers = new Headers(row.fields);

  assertEquals(evaluatePreconditions(headers, NOTHING, NOW), row.is);
});

Deno.test("evaluatePreconditions() joins the fields of a name", () => {
  const headers = new Headers([["if-none-match", '"b"'], [
    "if-none-match",
    '"a-1"',
  ]]);

  assertEquals(evaluatePreconditions(headers, FILE, NOW), "not-modified");
});

Deno.test("evaluatePreconditions() reads 10,000 tags", () => {
  const field = `${'W/"a,b",'.repeat(10_000)}"a-1"`;
  const headers = new Headers({ "if-none-match": field });

  assertEquals(evaluatePreconditions(headers, FILE, NOW), "not-modified");
});

Deno.test.each<{ field: string; file: boolean; onlyEtag: boolean }>([
  // Section 13.1.5: a strong tag that is the same.
  { field: '"a-1"', file: true, onlyEtag: true },
  { field: ' "a-1" ', file: true, onlyEtag: true },
  { field: '"b"', file: false, onlyEtag: false },
  { field: 'W/"a-1"', file: false, onlyEtag: false },
  // It is one tag, not a list, and no `*`.
  { field: '"a-1", "b"', file: false, onlyEtag: false },
  { field: "*", file: false, onlyEtag: false },
  { field: "", file: false, onlyEtag: false },
  { field: "a-1", file: false, onlyEtag: false },
  // Section 13.1.5: a date only where it matches exactly.
  { field: EXACT, file: true, onlyEtag: false },
  { field: EXACT_OLD, file: true, onlyEtag: false },
  { field: EXACT_ASCTIME, file: true, onlyEtag: false },
  { field: BEFORE, file: false, onlyEtag: false },
  { field: AFTER, file: false, onlyEtag: false },
  { field: "yesterday", file: false, onlyEtag: false },
])("isRangeWelcome() is $file for If-Range $field", (row) => {
  const headers = new Headers({ "if-range": row.field });

  assertEquals(isRangeWelcome(headers, FILE, NOW), row.file);
  assertEquals(isRangeWelcome(headers, ONLY_ETAG, NOW), row.onlyEtag);
  assertEquals(isRangeWelcome(headers, NOTHING, NOW), false);
});

Deno.test("isRangeWelcome() is true without If-Range", () => {
  assertEquals(isRangeWelcome(new Headers(), NOTHING, NOW), true);
});
