import { assertEquals } from "@std/assert";

import {
  isReachable,
  type NetworkInterface,
  rankOf,
} from "../../../lib/cli/network_rank.ts";

/** Interfaces as a system lists them, as `name address`. */
function listOf(...lines: readonly string[]): NetworkInterface[] {
  return lines.map((line) => {
    const space = line.lastIndexOf(" ");
    const address = line.slice(space + 1);
    const family = address.includes(":") ? "IPv6" : "IPv4";
    return { name: line.slice(0, space), family, address };
  });
}

Deno.test.each<{ about: string; found: NetworkInterface[]; order: string[] }>([
  {
    about: "a Linux laptop with containers and a VPN",
    found: listOf(
      "lo 127.0.0.1",
      "lo ::1",
      "docker0 172.17.0.1",
      "br-6f1b2c 172.18.0.1",
      "veth12ab 169.254.3.4",
      "virbr0 192.168.122.1",
      "tun0 10.8.0.2",
      "tailscale0 100.101.2.3",
      "tailscale0 fd7a:115c:a1e0::3",
      "wlp2s0 192.168.1.23",
      "wlp2s0 2001:db8::23",
      "wlp2s0 fe80::23",
    ),
    order: [
      "192.168.1.23",
      "2001:db8::23",
      "172.17.0.1",
      "172.18.0.1",
      "192.168.122.1",
      "10.8.0.2",
      "100.101.2.3",
      "fd7a:115c:a1e0::3",
    ],
  },
  {
    about: "a Linux server with a public and a private network",
    found: listOf(
      "lo 127.0.0.1",
      "ens3 203.0.113.7",
      "ens3 2001:db8:1::7",
      "cni0 10.42.0.1",
      "flannel.1 10.42.0.0",
      "vmbr0 10.1.0.7",
    ),
    order: [
      "10.1.0.7",
      "203.0.113.7",
      "2001:db8:1::7",
      "10.42.0.1",
      "10.42.0.0",
    ],
  },
  {
    about: "a Mac with sharing, virtual machines and a VPN",
    found: listOf(
      "lo0 127.0.0.1",
      "lo0 fe80::1",
      "anpi0 fe80::2",
      "utun4 10.20.0.5",
      "bridge100 192.168.64.1",
      "vmenet0 192.168.65.1",
      "awdl0 fe80::3",
      "en0 fe80::4",
      "en0 10.0.0.12",
      "en5 169.254.8.9",
      "en0 192.0.0.2",
    ),
    order: ["10.0.0.12", "10.20.0.5", "192.168.64.1", "192.168.65.1"],
  },
  {
    about: "a Windows machine with Hyper-V, VirtualBox and VMware",
    found: listOf(
      "vEthernet (Default Switch) 172.28.0.1",
      "vEthernet (WSL) 172.29.0.1",
      "VirtualBox Host-Only Network 192.168.56.1",
      "Ethernet 3 192.168.56.1",
      "VMware Network Adapter VMnet8 192.168.152.1",
      "Local Area Connection* 2 192.168.137.1",
      "OpenVPN TAP-Windows6 10.8.0.6",
      "Bluetooth Network Connection 169.254.1.1",
      "Loopback Pseudo-Interface 1 127.0.0.1",
      "Wi-Fi 192.168.178.40",
      "Ethernet 10.0.0.5",
    ),
    order: [
      "192.168.178.40",
      "10.0.0.5",
      "172.28.0.1",
      "172.29.0.1",
      "192.168.56.1",
      "192.168.56.1",
      "192.168.152.1",
      "192.168.137.1",
      "10.8.0.6",
    ],
  },
  {
    about: "an interface that nobody knows",
    found: listOf("wg0 10.9.0.1", "odd7 192.168.3.4", "eth0 192.168.1.2"),
    order: ["192.168.1.2", "192.168.3.4", "10.9.0.1"],
  },
])("rankOf() orders the addresses of $about", ({ found, order }) => {
  const ranked = found.filter(isReachable)
    .toSorted((a, b) => rankOf(a) - rankOf(b));

  assertEquals(ranked.map(({ address }) => address), order);
});

Deno.test.each<{ address: string; is: boolean }>([
  { address: "10.0.0.1", is: true },
  { address: "203.0.113.7", is: true },
  { address: "127.0.0.2", is: false },
  { address: "0.0.0.0", is: false },
  { address: "169.254.1.1", is: false },
  { address: "2001:db8::1", is: true },
  { address: "fd00::1", is: true },
  { address: "fe80::1", is: false },
  { address: "::1", is: false },
  { address: "ff02::1", is: false },
])("isReachable() is $is for $address", ({ address, is }) => {
  const family = address.includes(":") ? "IPv6" : "IPv4";

  assertEquals(isReachable({ name: "eth0", family, address }), is);
});
