import { assert, assertEquals } from "@std/assert";

import { closeFile } from "../../../lib/disk/open_file.ts";
import { partsBody } from "../../../lib/disk/parts_body.ts";
import { makeTree } from "../../_support/tree.ts";
import { open } from "./_open.ts";

const OPTIONS = { type: "text/plain", blocks: "kept" } as const;

Deno.test("partsBody() of one part is that part", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const file = await open(tree, "a.txt");

  const { headers, body } = partsBody(file, [{ start: 1, length: 3 }], OPTIONS);

  assertEquals(headers, [
    ["content-type", "text/plain"],
    ["content-range", "bytes 1-3/5"],
  ]);
  assert(body.kind === "bytes");
  assertEquals(new TextDecoder().decode(body.bytes), "ell");
  closeFile(file);
});

Deno.test("partsBody() of several puts a head before each and a line after them", async () => {
  await using tree = await makeTree({ "a.txt": "hello" });
  const file = await open(tree, "a.txt");
  const parts = [{ start: 4, length: 1 }, { start: 0, length: 2 }];

  const { headers, body } = partsBody(file, parts, OPTIONS);

  // RFC 9110 section 14.6: no Content-Range but in the parts.
  assertEquals(headers.length, 1);
  const line = `--${headers[0]?.[1].split("boundary=")[1]}`;
  assert(body.kind === "bytes");
  assertEquals(
    new TextDecoder().decode(body.bytes),
    `${line}\r\nContent-Type: text/plain\r\nContent-Range: bytes 4-4/5\r\n\r\n` +
      `o\r\n${line}\r\nContent-Type: text/plain\r\n` +
      `Content-Range: bytes 0-1/5\r\n\r\nhe\r\n${line}--\r\n`,
  );
  closeFile(file);
});
