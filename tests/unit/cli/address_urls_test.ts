import { assertEquals } from "@std/assert";

import { addressUrls } from "../../../lib/cli/address_urls.ts";
import type { NetworkInterface } from "../../../lib/cli/network_rank.ts";

const INTERFACES: readonly NetworkInterface[] = [
  { name: "lo", family: "IPv4", address: "127.0.0.1" },
  { name: "lo", family: "IPv6", address: "::1" },
  { name: "docker0", family: "IPv4", address: "172.17.0.1" },
  { name: "eth1", family: "IPv4", address: "203.0.113.7" },
  { name: "eth0", family: "IPv4", address: "192.168.1.23" },
  { name: "eth0", family: "IPv6", address: "fe80::1" },
  { name: "eth0", family: "IPv6", address: "2001:db8::23" },
  { name: "eth0", family: "IPv6", address: "fd00::23" },
  { name: "eth2", family: "IPv4", address: "169.254.9.9" },
  // The same address on two interfaces is one URL.
  { name: "wlan0", family: "IPv4", address: "192.168.1.23" },
];

const IPV4_URLS = [
  "http://192.168.1.23:8000/",
  "http://203.0.113.7:8000/",
];

Deno.test.each<
  { bind: string; localUrl: string | null; networkUrls: readonly string[] }
>([
  {
    bind: "0.0.0.0",
    localUrl: "http://localhost:8000/",
    networkUrls: [...IPV4_URLS, "http://172.17.0.1:8000/"],
  },
  {
    bind: "::",
    localUrl: "http://localhost:8000/",
    networkUrls: [
      ...IPV4_URLS,
      "http://[2001:db8::23]:8000/",
      "http://[fd00::23]:8000/",
      "http://172.17.0.1:8000/",
    ],
  },
  { bind: "127.0.0.1", localUrl: "http://localhost:8000/", networkUrls: [] },
  { bind: "::1", localUrl: "http://localhost:8000/", networkUrls: [] },
  { bind: "localhost", localUrl: "http://localhost:8000/", networkUrls: [] },
  // localhost would lead to 127.0.0.1, where nobody listens.
  { bind: "127.0.0.5", localUrl: "http://127.0.0.5:8000/", networkUrls: [] },
  {
    bind: "192.168.1.23",
    localUrl: null,
    networkUrls: ["http://192.168.1.23:8000/"],
  },
  {
    bind: "2001:db8::23",
    localUrl: null,
    networkUrls: ["http://[2001:db8::23]:8000/"],
  },
  { bind: "box.lan", localUrl: null, networkUrls: ["http://box.lan:8000/"] },
])("addressUrls() of $bind", ({ bind, localUrl, networkUrls }) => {
  const urls = addressUrls({ scheme: "http", bind, port: 8000 }, INTERFACES);

  assertEquals(urls, { localUrl, networkUrls });
});

Deno.test("addressUrls() knows no network where none may be read", () => {
  const address = { scheme: "http", bind: "0.0.0.0", port: 8000 } as const;

  assertEquals(addressUrls(address, null), {
    localUrl: "http://localhost:8000/",
    networkUrls: [],
  });
});

Deno.test.each<{ scheme: "http" | "https"; port: number; url: string }>([
  { scheme: "http", port: 80, url: "http://localhost/" },
  { scheme: "http", port: 443, url: "http://localhost:443/" },
  { scheme: "https", port: 443, url: "https://localhost/" },
  { scheme: "https", port: 80, url: "https://localhost:80/" },
])("addressUrls() writes $url for $scheme on $port", ({
  scheme,
  port,
  url,
}) => {
  const address = { scheme, bind: "127.0.0.1", port };

  assertEquals(addressUrls(address, null).localUrl, url);
});
