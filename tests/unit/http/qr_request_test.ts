import { assertEquals } from "@std/assert";

import {
  folderUrl,
  parseQrRequest,
  type QrForm,
} from "../../../lib/http/qr_request.ts";

Deno.test.each<{ search: string; form: QrForm | null }>([
  { search: "", form: null },
  { search: "?", form: null },
  { search: "?sort=qr", form: null },
  { search: "?QR", form: null },
  { search: "?qrs", form: null },
  { search: "?qr", form: "image" },
  { search: "?qr=", form: "image" },
  { search: "?qr=svg", form: "image" },
  { search: "?sort=size&qr", form: "image" },
  { search: "?qr=text", form: "text" },
  { search: "?%71r=text", form: "text" },
])("parseQrRequest() of '$search' is $form", ({ search, form }) => {
  assertEquals(parseQrRequest(search), form);
});

const KNOWN = ["http://192.168.1.23:8000", "http://10.0.0.2:8000"];

Deno.test.each<{
  authority: string;
  origins?: readonly string[];
  scheme?: "http" | "https";
  origin: string | null;
}>([
  // By a name of this machine alone: the best address that is known.
  { authority: "localhost:8000", origin: "http://192.168.1.23:8000" },
  { authority: "LOCALHOST:8000", origin: "http://192.168.1.23:8000" },
  { authority: "127.0.0.1:8000", origin: "http://192.168.1.23:8000" },
  { authority: "[::1]:8000", origin: "http://192.168.1.23:8000" },
  { authority: "0.0.0.0:8000", origin: "http://192.168.1.23:8000" },
  { authority: "[::]:8000", origin: "http://192.168.1.23:8000" },
  { authority: "site.localhost:8000", origin: "http://192.168.1.23:8000" },
  // None is known.
  { authority: "localhost:8000", origins: [], origin: "http://localhost:8000" },
  // By another port: somebody hands requests on, and we know not how.
  { authority: "localhost:9000", origin: "http://localhost:9000" },
  { authority: "localhost", origin: "http://localhost" },
  {
    authority: "localhost",
    origins: ["https://192.168.1.23"],
    scheme: "https",
    origin: "https://192.168.1.23",
  },
  {
    authority: "localhost:443",
    origins: ["https://192.168.1.23"],
    scheme: "https",
    origin: "https://192.168.1.23",
  },
  // By any other name: that very name works.
  { authority: "10.0.0.2:8000", origin: "http://10.0.0.2:8000" },
  { authority: "nas.lan", scheme: "https", origin: "https://nas.lan" },
  { authority: "[2001:db8::1]:80", origin: "http://[2001:db8::1]:80" },
  // By no name.
  { authority: "", origin: "http://192.168.1.23:8000" },
  { authority: "", origins: [], origin: null },
])("folderUrl() for $authority, with $origins known, is $origin", (row) => {
  const { authority, origins = KNOWN, scheme = "http", origin } = row;

  const url = folderUrl({ scheme, authority }, [], origins);

  assertEquals(url, origin === null ? null : `${origin}/`);
});

Deno.test.each<{ segments: readonly string[]; path: string }>([
  { segments: [], path: "/" },
  { segments: ["a", "b"], path: "/a/b/" },
  { segments: ["50% & more?#"], path: "/50%25%20%26%20more%3F%23/" },
  { segments: [`<"'>\n`], path: "/%3C%22%27%3E%0A/" },
  { segments: ["日本"], path: "/%E6%97%A5%E6%9C%AC/" },
])("folderUrl() encodes $segments", ({ segments, path }) => {
  const request = { scheme: "http", authority: "nas.lan" } as const;

  assertEquals(folderUrl(request, segments, []), `http://nas.lan${path}`);
});
