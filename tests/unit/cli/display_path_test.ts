import { assertEquals } from "@std/assert";

import { displayPath, isRisky } from "../../../lib/cli/display_path.ts";

Deno.test.each<{ path: string; home: string | null; shown: string }>([
  { path: "/home/ann/site", home: "/home/ann", shown: "~/site" },
  { path: "/home/ann/site", home: "/home/ann/", shown: "~/site" },
  { path: "/home/ann", home: "/home/ann", shown: "~" },
  { path: "/home/ann/", home: "/home/ann", shown: "~" },
  { path: "/home/anna/site", home: "/home/ann", shown: "/home/anna/site" },
  { path: "/srv/www", home: "/home/ann", shown: "/srv/www" },
  { path: "/srv/www", home: null, shown: "/srv/www" },
  { path: "/srv/www", home: "", shown: "/srv/www" },
  { path: "/srv/www", home: "/", shown: "/srv/www" },
  {
    path: String.raw`C:\Users\ann\site`,
    home: String.raw`C:\Users\ann`,
    shown: String.raw`~\site`,
  },
])("displayPath() shows $path as $shown", ({ path, home, shown }) => {
  assertEquals(displayPath(path, home), shown);
});

Deno.test.each<{ path: string; home: string | null; is: boolean }>([
  // Whole disks.
  { path: "/", home: null, is: true },
  { path: "C:\\", home: null, is: true },
  { path: "c:/", home: null, is: true },
  // The home folder, and what contains it.
  { path: "/srv/ann", home: "/srv/ann/", is: true },
  { path: "/srv", home: "/srv/ann", is: true },
  { path: "/srv/an", home: "/srv/ann", is: false },
  { path: "/srv/ann/site", home: "/srv/ann", is: false },
  // Homes by their usual place, of others too.
  { path: "/root", home: null, is: true },
  { path: "/home", home: null, is: true },
  { path: "/home/ann", home: "/root", is: true },
  { path: "/Users/ann/", home: null, is: true },
  { path: String.raw`C:\Users\ann`, home: null, is: true },
  { path: String.raw`D:\Users`, home: null, is: true },
  { path: "/home/ann/site", home: null, is: false },
  { path: "/rooted", home: null, is: false },
  { path: "/srv/home/ann", home: null, is: false },
  { path: String.raw`C:\site`, home: null, is: false },
])("isRisky() is $is for $path with home $home", ({ path, home, is }) => {
  assertEquals(isRisky(path, home), is);
});
