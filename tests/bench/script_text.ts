/**
 * A JavaScript source that compresses about as real code does: names from one
 * vocabulary, a few of them often and most of them seldom, comments, strings
 * and numbers. It is the same on every machine.
 *
 * @module
 */

const PARTS =
  "get set read write open close find parse format render update create remove insert merge split match resolve handle dispatch schedule cancel observe notify attach detach measure compute collect filter reduce encode decode load store cache flush reset apply bind call check select queue node state value index list item event error result option config request response header stream buffer token range offset length target source parent child element style attribute property context session user account message channel window document layout frame path route query param store model view controller action reducer effect hook module plugin adapter driver entry record field schema table column row cursor batch worker task timer signal lock"
    .split(" ");
const WORDS =
  "the of a to in is that for it as with be on by this not are from at or an which when if has have can will must should only every before after until where value called returns node tree list key state change update since other than more less than first last same new old given current"
    .split(" ");

/** Makes a source of exactly so many bytes. */
export function scriptText(bytes: number): string {
  const random = createRandom(20_240_506);
  const names = Array.from({ length: 1400 }, () => nameOf(random));
  // The chance of a name falls with its place, as in real code.
  const name = () => names[Math.floor(names.length * random() ** 3)] ?? "x";
  let text = "'use strict';\n";
  while (text.length < bytes) text += functionOf(random, name);
  return text.slice(0, bytes - 1) + "\n";
}

type Random = () => number;

function functionOf(random: Random, name: () => string): string {
  const parameters = repeat(1 + pick(random, 3), name).join(", ");
  const body = repeat(
    2 + pick(random, 8),
    () => statementOf(random, name, "  "),
  );
  const remark = random() < 0.5
    ? `/**\n * ${sentenceOf(random, name)}\n */\n`
    : "";
  return `${remark}export function ${name()}(${parameters}) {\n${
    body.join("")
  }  return ${expressionOf(random, name)};\n}\n\n`;
}

function statementOf(
  random: Random,
  name: () => string,
  indent: string,
): string {
  const inner = () => statementOf(random, name, `${indent}  `);
  const value = () => expressionOf(random, name);
  switch (pick(random, indent.length > 6 ? 5 : 8)) {
    case 0:
      return `${indent}const ${name()} = ${value()};\n`;
    case 1:
      return `${indent}${name()}.${name()} = ${value()};\n`;
    case 2:
      return `${indent}${name()}(${value()}, ${value()});\n`;
    case 3:
      return `${indent}this.${name()}.${name()}(${value()});\n`;
    case 4:
      return `${indent}// ${sentenceOf(random, name)}\n`;
    case 5:
      return `${indent}if (${name()} !== ${value()}) {\n${inner()}${indent}}\n`;
    case 6:
      return `${indent}for (const ${name()} of ${value()}) {\n${inner()}${inner()}${indent}}\n`;
    default:
      return `${indent}if (${name()}.${name()}) return ${value()};\n`;
  }
}

function expressionOf(random: Random, name: () => string): string {
  switch (pick(random, 8)) {
    case 0:
      return `${name()}.${name()}(${name()})`;
    case 1:
      return `"${repeat(1 + pick(random, 4), () => word(random)).join(" ")}"`;
    case 2:
      return String(
        pick(random, 4) === 0 ? pick(random, 65_536) : pick(random, 10),
      );
    case 3:
      return `{ ${name()}: ${name()}, ${name()} }`;
    case 4:
      return `${name()} + ${name()}.length`;
    case 5:
      return `(${name()}) => ${name()}.${name()}`;
    case 6:
      return `[${name()}, ${name()}]`;
    default:
      return name();
  }
}

function sentenceOf(random: Random, name: () => string): string {
  return repeat(
    6 + pick(random, 8),
    () => random() < 0.2 ? name() : word(random),
  ).join(" ") + ".";
}

function nameOf(random: Random): string {
  const [first = "x", ...others] = repeat(
    1 + pick(random, 3),
    () => PARTS[pick(random, PARTS.length)] ?? "x",
  );
  return first +
    others.map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
      .join("");
}

function word(random: Random): string {
  return WORDS[Math.floor(WORDS.length * random() ** 1.5)] ?? "the";
}

function pick(random: Random, count: number): number {
  return Math.floor(random() * count);
}

function repeat<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

/** Mulberry32 with a fixed seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
