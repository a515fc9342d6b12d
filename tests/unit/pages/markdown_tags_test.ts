import { assertEquals } from "@std/assert";

import { textBetweenTags } from "../../../lib/pages/markdown_tags.ts";

Deno.test.each([
  ["<p>a</p>", "a"],
  ["<p align='center'>a <b>c</b></p>", "a c"],
  ["a <!-- <b>x</b> --> c", "a  c"],
  ["a <!-- no end", "a <!-- no end"],
  ["1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
  ["<SCRIPT>alert(1)</Script >x", "x"],
  ["<script src=x>a<b>c</script>x", "x"],
  ["<style>a{}</style>x", "x"],
  ["<script>no end", "<script>no end"],
  ["<scripted>a</scripted>", "a"],
  ["<", "<"],
  ["<a", "<a"],
  ["<?php x ?>y", "y"],
  ["<!DOCTYPE html>y", "y"],
  ["a<br>b<br/>c", "abc"],
  ["\u0130\u0130<SCRIPT>x</SCRIPT>y", "\u0130\u0130y"],
  ["", ""],
])("textBetweenTags() of %s is %s", (source, text) => {
  assertEquals(textBetweenTags(source), text);
});

Deno.test.each(["<", "<a", "<!--", "<script>", "</", "<script", "<a <!-- "])(
  "textBetweenTags() goes over many of %s once",
  (part) => {
    const source = part.repeat(200_000);

    // Quadratic time would be minutes.
    assertEquals(textBetweenTags(source).length <= source.length, true);
  },
);
