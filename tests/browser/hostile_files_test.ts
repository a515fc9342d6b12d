import { assert, assertEquals } from "@std/assert";

import { createStage, PWN, type Visit } from "./_hostile.ts";

const EVIL = "http://evil.example";
const SCRIPT = `<script>${PWN}</script>`;
const SVG =
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60" onload="${PWN}">` +
  `<script>${PWN}</script><script href="${EVIL}/a.js"/>` +
  `<image href="${EVIL}/a.png" width="9" height="9"/><use xlink:href="${EVIL}/a.svg#a"/>` +
  `<foreignObject width="90" height="60"><body xmlns="http://www.w3.org/1999/xhtml">` +
  `<img src="x" onerror="${PWN}"/><iframe src="javascript:${PWN}"/></body></foreignObject>` +
  `<animate attributeName="x" begin="0s" onbegin="${PWN}"/><rect width="90" height="60" fill="teal"/></svg>`;
const HTML =
  `<!DOCTYPE html><title>evil</title>${SCRIPT}<body onload="${PWN}"><img src=x onerror="${PWN}">`;

/** READMEs, by what they try. */
const READMES: Readonly<Record<string, string>> = {
  "a script":
    `a ${SCRIPT} b\n\n${SCRIPT}\n\n<script src="${EVIL}/a.js"></script>`,
  "elements with handlers": [
    `<img src=x onerror="${PWN}">`,
    `a <img src=x onerror="${PWN}"> b`,
    `<svg onload="${PWN}"></svg>`,
    `<body onload="${PWN}">`,
    `<details open ontoggle="${PWN}">a</details>`,
    `<video><source onerror="${PWN}"></video>`,
    `<input autofocus onfocus="${PWN}">`,
    `<a href="#" onclick="${PWN}">a</a>`,
  ].join("\n\n"),
  "elements that load": [
    `<iframe srcdoc="${SCRIPT.replaceAll('"', "&quot;")}"></iframe>`,
    `<iframe src="javascript:${PWN}"></iframe>`,
    `<object data="${EVIL}/a"></object><embed src="${EVIL}/b">`,
    `<link rel=stylesheet href="${EVIL}/a.css">`,
    `<style>@import "${EVIL}/a.css"; * { display: none !important }</style>`,
    `<meta http-equiv=refresh content="0;url=${EVIL}/">`,
    `<base href="${EVIL}/">`,
    `<form action="${EVIL}/"><button autofocus>a</button></form>`,
    `<img src="${EVIL}/a.png" srcset="${EVIL}/b.png 2x">`,
  ].join("\n\n"),
  "links to scripts": [
    `[a](javascript:${PWN.replaceAll(/[()]/g, (c) => `\\${c}`)})`,
    "[b](JaVaScRiPt:alert`1`)",
    "[c](&#106;avascript:alert`1`)",
    "[d](javascript&colon;alert`1`)",
    "[e](<java\tscript:alert`1`>)",
    "[f](\u0001javascript:alert`1`)",
    "[g](vbscript:x)",
    "[h]\n\n[h]: javascript:alert`1`",
    "![i](javascript:alert`1`)",
    "<javascript:alert`1`>",
    `<a href="javascript:${PWN}">j</a>`,
  ].join("\n\n"),
  "data URLs":
    `[a](data:text/html,${SCRIPT}) [b](data:text/html;base64,PHNjcmlwdD4=)\n\n` +
    "![c](data:image/svg+xml;utf8,<svg/onload=alert(1)>) ![d](data:image/png;base64,AAAA) <data:text/html,x>",
  "other hosts":
    `![a](${EVIL}/a.png) ![b](//evil.example/b.png) ![c](\\\\evil.example/c.png) ` +
    `![d](/\\evil.example/d.png) ![e](/.//evil.example/e.png) ![f][f] ` +
    `[![g](${EVIL}/g.svg)](x)\n\n[f]: ${EVIL}/f.png`,
  "work on this server":
    "![a](./?archive=zip) ![b](?archive=tar) ![c](/?archive=tar.gz&name=a) ![d](./?qr#x)",
  "bare addresses":
    `${EVIL}/"onmouseover="${PWN} www.evil.example https://evil.example/<script> javascript:${PWN} mailto:a@b"onclick=x`,
  "footnotes":
    `a[^1] b[^"><img src=x onerror=${PWN}>]\n\n[^1]: "><script>${PWN}</script>\n[^"><img src=x onerror=${PWN}>]: x`,
  "deep nesting": `${"> ".repeat(5_000)}a\n\n${"- ".repeat(5_000)}b\n\n${
    "*a **b ".repeat(3_000)
  }\n\n${"[".repeat(5_000)}\n\n${"[a](".repeat(5_000)}\n\n${
    "<b>".repeat(5_000)
  }`,
  "entities":
    `&lt;script&gt;${PWN}&lt;/script&gt; &#60;img src=x onerror=${PWN}&#62; [a](b&quot;onclick=&quot;${PWN}) \`&lt;b&gt;\``,
  "quotes in definitions": [
    `[a]: <b"onclick="${PWN}> "t\\" onmouseover=\\"${PWN}"`,
    `[c]: d 'e" onmouseover="${PWN}" x="'`,
    `[f]: g (h"><img src=x onerror=${PWN}>)`,
    "[a] [c] [f] ![a] ![c] ![f]",
  ].join("\n\n"),
  "code":
    `\`\`\`"><script>${PWN}</script>\n</code></pre>${SCRIPT}\n\`\`\`\n\n    </pre>${SCRIPT}\n\n\`</code>${SCRIPT}\``,
  "tables":
    `|<td onclick=${PWN}>|a|\n|:-:|-:|\n|</td></table>${SCRIPT}|[a](javascript:x)|\n|<img src=x onerror=${PWN}>|"|`,
  "names that scripts look for":
    '# filter\n# pick\n# keys\n# qr\n# viewer-name\n# __proto__\n# document\n# body\n# location\n# " onclick=alert(1) x="\n',
  "ways out":
    `</div></section></main></body></html>${SCRIPT}\n\n<!-- --!>${SCRIPT}\n\n<![CDATA[>${SCRIPT}]]>\n\n<noscript><p title="</noscript>${SCRIPT}">\n\n<title></title>${SCRIPT}\n\n<textarea></textarea>${SCRIPT}\n\n<?x?>${SCRIPT}`,
  "what cannot be seen":
    `[a\u202Eb](c\u202Ed) \u2066\u2067x\0\u0007\u009b \uFEFF<\0script>${PWN}</script> [a](java\0script:x) [b](\u200Bjavascript:x)`,
};

/** Files by name: looked at by the page, the grid and the viewer. */
const FILES: Readonly<Record<string, string>> = {
  "evil.svg": SVG,
  "evil.txt": HTML,
  "evil.png": HTML,
  "evil.md": `${HTML}\n\n[a](javascript:${PWN})`,
  "evil.json": `{"a":"</pre>${SCRIPT}","__proto__":{"b":1}}`,
  "evil.js": `${PWN}//</script>${SCRIPT}`,
  "evil.css": `</style>${SCRIPT} @import "${EVIL}/a.css";`,
  "evil.xml":
    `<?xml version="1.0"?><?xml-stylesheet href="${EVIL}/a.xsl" type="text/xsl"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>${PWN}</h:script></a>`,
  "evil.vtt": `WEBVTT\n\n00:00.000 --> 00:09.000\n<b onclick=x>${SCRIPT}`,
  "evil.mp4": HTML,
  "evil.mp3": SVG,
  "evil.html": HTML,
  "README": HTML,
  "README.txt": `${HTML}\njavascript:${PWN} ${EVIL}`,
};

/** Those that open as what their name says, and then run nothing either. */
const INERT = ["evil.txt", "evil.png", "evil.json", "evil.js", "evil.css"];

/** What the page does not offer to show. */
const UNSHOWN = ["evil.html"];

const attempts = Object.entries(READMES);
const stage = createStage({
  ...Object.fromEntries(
    attempts.map(([, text], i) => [`${i}/README.md`, text]),
  ),
  ...Object.fromEntries(
    Object.entries(FILES).map(([name, text]) => [`${name}.d/${name}`, text]),
  ),
});

Deno.test("there are at least ten hostile files", () => {
  assert(attempts.length + Object.keys(FILES).length >= 10);
});

/** SECURITY: what the README's part of a page may be made of. */
async function assertPlain(visit: Visit): Promise<void> {
  const odd = await visit.page.evaluate<string[]>(`[
    ...[...document.querySelectorAll(".readme, .readme *")].flatMap((element) => [
      ...[...element.attributes]
        .filter(({ name }) => !/^(?:class|href|rel|title|src|alt|loading|id|dir|start|scope|role|tabindex|aria-label)$/.test(name))
        .map(({ name }) => element.localName + " " + name),
      ...(/^(?:section|h[2-6]|a|bdi|div|p|pre|code|em|strong|del|span|br|hr|blockquote|[uo]l|li|img|table|thead|tbody|tr|th|td)$/.test(element.localName)
        ? [] : [element.localName]),
      ...(element.id && !element.id.startsWith("readme-") ? [element.id] : []),
    ]),
    ...[...document.querySelectorAll(".readme a")]
      .filter(({ protocol }) => !/^(?:https?|mailto):$/.test(protocol))
      .map(({ href }) => href),
    ...[...document.querySelectorAll(".readme a")]
      .filter((link) => link.origin !== location.origin && link.rel !== "noopener noreferrer nofollow")
      .map(({ href }) => href),
    ...[...document.querySelectorAll(".readme img")]
      .filter(({ src }) => !src.startsWith(location.origin + "/") || src.includes("?"))
      .map(({ src }) => src),
  ]`);

  assertEquals(odd, []);
}

for (const [index, [about]] of attempts.entries()) {
  stage.test(`a README with ${about} does nothing`, async (visit) => {
    await visit.goto(`/${index}/`);

    assertEquals(await visit.page.locator(".readme").count(), 1);
    await assertPlain(visit);
    await visit.assertHarmless(`Index of /${index}/`);
    assertEquals(visit.asked().filter((path) => path.includes("?")), []);
  });
}

for (const [name, text] of Object.entries(FILES)) {
  stage.test(`a hostile ${name} does nothing in the page`, async (visit) => {
    const path = `/${name}.d/`;

    for (const query of ["", "?view=grid", `?show=${name}`]) {
      await visit.goto(`${path}${query}`);
      if (query.startsWith("?show")) await waitForViewer(visit, name);
      await assertPlain(visit);
      const isShown = await visit.page.locator(".viewer[open]").count() > 0;
      await visit.assertHarmless(isShown ? name : `Index of ${path}`);
    }

    assertEquals((await visit.follow("tbody th a[href^='./']")).text, text);
  });
}

for (const name of INERT) {
  stage.test(`a hostile ${name} does nothing where it is opened`, async (visit) => {
    await visit.goto(`/${name}.d/${name}`);

    await visit.assertHarmless(await visit.page.title());
    assert(!/pwned|evil$/.test(await visit.page.title()));
  });
}

async function waitForViewer({ page }: Visit, name: string): Promise<void> {
  if (UNSHOWN.includes(name)) {
    assertEquals(await page.locator("dialog[open]").count(), 0);
    return;
  }
  await page.locator("dialog.viewer[open] .stage[aria-busy=false]").waitFor();
}
