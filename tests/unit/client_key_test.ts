import { assertEquals } from "@std/assert";

import { clientKey } from "../../lib/client_key.ts";

Deno.test.each<{ address: string; key: string }>([
  { address: "192.0.2.1", key: "192.0.2.1" },
  { address: "::ffff:192.0.2.1", key: "192.0.2.1" },
  { address: "::FFFF:192.0.2.1", key: "192.0.2.1" },
  { address: "::1", key: "0:0:0:0::/64" },
  { address: "::", key: "0:0:0:0::/64" },
  { address: "fe80::1%eth0", key: "fe80:0:0:0::/64" },
  { address: "2001:db8:1:2:3:4:5:6", key: "2001:db8:1:2::/64" },
  { address: "2001:db8:1:2::", key: "2001:db8:1:2::/64" },
  { address: "2001:db8:1:2::9", key: "2001:db8:1:2::/64" },
  { address: "2001:0DB8:0001:0000::9", key: "2001:db8:1:0::/64" },
  { address: "2001:db8::7:1:2:3:4", key: "2001:db8:0:7::/64" },
  // Only a dotted one is an IPv4 address.
  { address: "::ffff:1:2", key: "0:0:0:0::/64" },
  { address: "-", key: "-" },
  { address: "", key: "" },
])("clientKey() counts $address as $key", ({ address, key }) => {
  assertEquals(clientKey(address), key);
});
