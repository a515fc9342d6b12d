import { assert, assertEquals } from "@std/assert";

import type { StartFacts } from "../../../lib/cli/start_page.ts";
import type { Machine } from "../../../lib/command/machine.ts";
import { qrFacts } from "../../../lib/command/qr_facts.ts";
import { readQr, squaresOfText } from "../../_support/qr.ts";

const FACTS = {
  bind: "0.0.0.0",
  networkUrls: ["http://192.168.1.23:8000/", "http://10.0.0.2:8000/"],
  color: false,
  warnings: ["first"],
};

Deno.test("qrFacts() draws the first URL", () => {
  const { qr, warnings } = qrFacts(FACTS, { interfaces: [] });

  assert(qr !== null);
  assertEquals(
    readQr(squaresOfText(qr.split("\n"), "light on dark")),
    "http://192.168.1.23:8000/",
  );
  assertEquals(warnings, ["first"]);
});

Deno.test.each<{
  about: string;
  facts: Partial<StartFacts>;
  interfaces: Machine["interfaces"];
  why: string;
}>([
  {
    about: "loopback",
    facts: { bind: "localhost" },
    interfaces: [],
    why: "only this machine reaches localhost; leave out --bind",
  },
  {
    about: "no permission",
    facts: {},
    interfaces: null,
    why: "the network address may not be looked up; " +
      "run with --allow-sys=networkInterfaces",
  },
  {
    about: "no network",
    facts: {},
    interfaces: [],
    why: "this machine has no network address",
  },
])("qrFacts() says why there is none with $about", (row) => {
  const facts = { ...FACTS, networkUrls: [], ...row.facts };

  assertEquals(qrFacts(facts, { interfaces: row.interfaces }), {
    qr: null,
    warnings: ["first", `no QR code: ${row.why}`],
  });
});
