/**
 * Icons, as lines on a ground of 18 by 18. A style sheet uses them as masks, so
 * that they take any colour.
 *
 * @module
 */

/**
 * Makes an icon.
 *
 * @param path Path data of its lines, without quotes.
 * @returns An image for a style sheet.
 *
 * @example Usage
 * ```ts
 * import { iconOf } from "./icons.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(iconOf("M2 2h14"), /^url\("data:image\/svg\+xml,.*d='M2 2h14'/);
 * ```
 */
export function iconOf(path: string): string {
  return `url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18' fill='none' stroke='%23000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='${path}'/%3E%3C/svg%3E")`;
}

/** A kind of file, known by the end of its name. */
interface Kind {
  /** What a screen reader says after the name. */
  readonly word: string;
  readonly path: string;
  readonly extensions: string;
}

const SHEET = "M10.5 2h-6v14h9V5zv3h3";

const KINDS: readonly Kind[] = [
  {
    word: "image",
    path:
      "M3.5 3h11A1.5 1.5 0 0 1 16 4.5v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 2 13.5v-9A1.5 1.5 0 0 1 3.5 3zM2.5 13l4-4 3 3 2-2 4 3.5M11.5 6.5h.01",
    extensions: "avif bmp gif heic ico jpeg jpg jxl png svg tif tiff webp",
  },
  {
    word: "video",
    path:
      "M3.5 3h11A1.5 1.5 0 0 1 16 4.5v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 2 13.5v-9A1.5 1.5 0 0 1 3.5 3zM7.5 6.4v5.2L11.8 9z",
    extensions: "avi m4v mkv mov mp4 mpeg mpg ogv webm wmv",
  },
  {
    word: "audio",
    path:
      "M6.5 13.5V3.8L15 2.5v9.2M6.5 13.5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM15 11.7a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
    extensions: "aac aif aiff flac m4a mid mp3 oga ogg opus wav wma",
  },
  {
    word: "archive",
    path: "M2 3h14v4H2zM3 7v8h12V7M7 10h4",
    extensions: "7z apk bz2 cab deb dmg gz iso jar rar rpm tar tgz xz zip zst",
  },
  {
    word: "document",
    path: `${SHEET}M7 9h4M7 12h4`,
    extensions:
      "csv doc docx epub log markdown md odp ods odt pdf ppt pptx rst rtf tex txt xls xlsx",
  },
  {
    word: "code",
    path: "M6 5 2 9l4 4M12 5l4 4-4 4M10.2 3.5l-2.4 11",
    extensions:
      "c cc conf cpp cs css go h hpp htm html ini java js json jsx kt lua mjs php pl py rb rs sh sql svelte swift toml ts tsx vue xml yaml yml",
  },
];

/**
 * Writes the rules that give every link of the list its icon and the word for
 * its kind, by where it leads.
 *
 * @returns A part of a style sheet.
 *
 * @example Usage
 * ```ts
 * import { kindRules } from "./icons.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch(kindRules(), /href\$="\/".*--icon/);
 * ```
 */
export function kindRules(): string {
  const rules = KINDS.map(({ word, path, extensions }) => {
    const ends = extensions.split(" ").map((end) => `[href$=".${end}" i]`);
    return `tbody a:is(${ends.join(", ")}) { --icon: ${
      iconOf(path)
    }; --kind: "${word}"; }`;
  });
  return `
tbody a { --icon: ${iconOf(SHEET)}; --kind: "file"; }
${rules.join("\n")}
tbody a[href$="/"] { --icon: ${
    iconOf(
      "M1.5 4.5A1.5 1.5 0 0 1 3 3h3.6l1.8 2H15a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 15 15H3a1.5 1.5 0 0 1-1.5-1.5z",
    ).replace("fill='none'", "fill='%23000'")
  }; --kind: "folder"; }
tbody a[href="../"] { --icon: ${iconOf("M9 15V3M4 8l5-5 5 5")}; --kind: ""; }
`;
}
