/**
 * Rows of the path table about what is on the disk: folders, indexes, dotfiles
 * and links.
 *
 * @module
 */

import { type Outcome, REDIRECTED, rfcOnly, type Row } from "./row.ts";
import {
  fileAt,
  HELLO,
  movedTo,
  NOT_FOUND,
  rows,
  type Short,
} from "./path_rows.ts";

/** Folders, hidden names and links. */
export function listPlaceRows(): Row[] {
  return [...listFolders(), ...listHidden()];
}

function listFolders(): Row[] {
  const slash = (target: string, location: string): Short => [target, [
    movedTo(location),
    // No clause says that the query has to be kept.
    ...rfcOnly(
      {
        status: REDIRECTED,
        location: [location, location.split("?")[0] ?? ""],
      },
      { status: 200 },
    ),
  ]];
  const page: Outcome = { status: 200, headers: { "content-type": /html/ } };
  return [
    ...rows("a folder has a slash, so that its links lead right", [
      slash("/sub", "/sub/"),
      slash("/docs", "/docs/"),
      slash("/sub/deep", "/sub/deep/"),
      slash("/sub?a=b", "/sub/?a=b"),
      slash("/sub?a=b&c=/../d%2e", "/sub/?a=b&c=/../d%2e"),
      slash("/folder%20with%20space", "/folder%20with%20space/"),
      slash("/link-to-folder", "/link-to-folder/"),
    ]),
    ...rows("an index stands for its folder", [
      ["/docs/", [fileAt("docs/index.html")]],
      ["/docs/?a=b", [fileAt("docs/index.html")]],
    ]),
    ...rows("the second name of an index", [
      ["/old/", [fileAt("old/index.htm")]],
      ["/docs/?listing", [page]],
    ], { contract: true }),
    ...rows("a folder without an index shows its entries", [
      ["/sub/", [page]],
      ["/hollow/", [page]],
      ["/folder%20with%20space/", [page]],
      ["/", [page]],
      ["/?a=b", [page]],
    ], { contract: true }),
    ...rows("a file has no slash at its end", [
      ["/hello.txt/", [movedTo("/hello.txt")]],
      ["/hello.txt/?a=b", [movedTo("/hello.txt?a=b")]],
      ["/with%20space.txt/", [movedTo("/with%20space.txt")]],
    ], { contract: true }),
    ...rows("RFC 9110 15.5.5: nothing is there", [
      ["/missing.txt", [NOT_FOUND, ...rfcOnly({ status: 410 })]],
      ["/missing/", [NOT_FOUND]],
      ["/sub/missing", [NOT_FOUND]],
      ["/hello.txt/inner", [NOT_FOUND]],
      ["/hello.txt/inner/", [NOT_FOUND]],
      ["/hello.txtx", [NOT_FOUND]],
      ["/hello.tx", [NOT_FOUND]],
    ]),
  ];
}

function listHidden(): Row[] {
  return [
    ...rows("names that begin with a dot are hidden", [
      ["/.hidden", [NOT_FOUND]],
      ["/%2ehidden", [NOT_FOUND]],
      ["/.folder/", [NOT_FOUND]],
      ["/.folder", [NOT_FOUND]],
      ["/.folder/file.txt", [NOT_FOUND]],
      ["/sub/.hidden", [NOT_FOUND]],
      ["/...", [NOT_FOUND]],
      ["/%2e%2e%2e", [NOT_FOUND]],
      ["/.well-known/thing.txt", [fileAt(".well-known/thing.txt")]],
      ["/.well-known", [movedTo("/.well-known/")]],
      ["/link-to-hidden", [fileAt(".hidden")]],
    ], { contract: true }),
    ...rows("links count by where they end", [
      ["/link-in.txt", [HELLO]],
      ["/sub/link-up.txt", [HELLO]],
      ["/link-to-folder/inner.txt", [fileAt("sub/inner.txt")]],
      ["/link-to-folder/link-up.txt", [HELLO]],
      ["/link-out.txt", [NOT_FOUND]],
      ["/link-out-folder", [NOT_FOUND]],
      ["/link-out-folder/", [NOT_FOUND]],
      ["/link-out-folder/secret.txt", [NOT_FOUND]],
      ["/link-loop", [NOT_FOUND]],
      ["/link-loop/x", [NOT_FOUND]],
      ["/link-nowhere", [NOT_FOUND]],
    ], { contract: true }),
  ];
}
