/**
 * What the command can do, each with the row of the README's table that says
 * what it needs, and how it is seen to work.
 *
 * @module
 */

// deno-lint-ignore no-external-import -- what names a certificate has
import { X509Certificate } from "node:crypto";

import { type Address, rawRequest } from "../../_support/raw.ts";
import type { Place } from "./_place.ts";
import type { Outcome } from "./_run.ts";

/** A command that listens, as a feature looks at it. */
export interface Listening {
  readonly address: Address;
  readonly outcome: Outcome;
}

/** Something that the command can do. */
export interface Feature {
  readonly name: string;
  /** What its row of the table has in it, and no other row. */
  readonly row: string;
  readonly args: readonly string[];
  /** What is shared; the folder unless told. */
  readonly shared?: string;
  /** Address to listen on; 127.0.0.1 unless told. */
  readonly bind?: string;
  /** Port that is granted; a free one unless told. */
  readonly port?: number;
  /** Whether the port stands on the command line. */
  readonly portArgument?: "given" | "left out";
  readonly env?: (port: number) => Readonly<Record<string, string>>;
  /**
   * What comes of it where one of its own grants is missing: a start that is
   * refused in one line with the grant, or anything without the feature.
   */
  readonly missing: "refused" | "less";
  /** Whether the machine must have an address besides loopback. */
  readonly needsNetwork: boolean;
  /** Whether it is seen to work. */
  works(listening: Listening): Promise<boolean>;
}

/** Of its own, so that what is taken elsewhere does not matter. */
const OWN_ADDRESS = "127.8.0.1";
const NONE = "not named below";
const OWN_NAME = "files.example.com";

/** Every feature that there is to be looked at. */
export function featuresOf(place: Place): Feature[] {
  const login = `Basic ${btoa("ada:correct horse")}`;
  const asks = async ({ address }: Listening) =>
    await statusOf(address, "/a.txt") === 401 &&
    await statusOf(address, "/a.txt", { authorization: login }) === 200;
  return [
    ...plainFeatures(place),
    feature("--auth", {
      row: NONE,
      args: ["--auth", "ada:correct horse"],
      works: asks,
    }),
    feature("--auth-file", {
      row: "`--auth-file",
      args: ["--auth-file", place.values.FILE],
      works: asks,
    }),
    ...tlsFeatures(place),
    feature("--follow-symlinks", {
      row: "`--follow-symlinks`",
      args: ["--follow-symlinks"],
      missing: "less",
      works: async ({ address }) => await isServed(address, "/link.txt"),
    }),
    feature("the next free port", {
      row: "next free port",
      args: [],
      bind: OWN_ADDRESS,
      port: 8000,
      portArgument: "left out",
      works: async () =>
        await isServed({ hostname: OWN_ADDRESS, port: 8001 }, "/a.txt"),
    }),
    feature("PORT", {
      row: "`PORT`",
      args: [],
      portArgument: "left out",
      missing: "less",
      env: (port) => ({ PORT: String(port) }),
      works: async ({ address }) => await isServed(address, "/a.txt"),
    }),
    feature("the warning for a home folder", {
      row: "home folder",
      args: [],
      missing: "less",
      env: () => ({ HOME: place.folder }),
      works: async ({ address, outcome }) =>
        await isServed(address, "/a.txt") &&
        / is shared: give a folder to share less/.test(outcome.stderr()),
    }),
  ];
}

function plainFeatures(place: Place): Feature[] {
  return [
    feature("a folder", {
      row: NONE,
      args: [],
      works: async ({ address }) =>
        await isServed(address, "/a.txt") &&
        await statusOf(address, "/") === 200 &&
        await statusOf(address, "/link.txt") === 404,
    }),
    feature("a single file", {
      row: NONE,
      args: [],
      shared: place.file,
      works: async ({ address }) => await isServed(address, "/a.txt"),
    }),
    feature("IPv6", {
      row: NONE,
      args: [],
      bind: "::1",
      works: async ({ address }) => await isServed(address, "/a.txt"),
    }),
    feature("--cors", {
      row: NONE,
      args: ["--cors"],
      works: async ({ address }) => {
        const headers = { origin: "https://a.example" };
        const answer = await rawRequest(address, "/a.txt", { headers });
        return answer.headers.get("access-control-allow-origin") === "*";
      },
    }),
    feature("--allow-host", {
      row: NONE,
      args: ["--allow-host", OWN_NAME],
      works: async ({ address }) => {
        const status = async (host: string) =>
          (await rawRequest(address, "/a.txt", { host })).status;
        return await status(OWN_NAME) === 200 &&
          await status(`other.${OWN_NAME}`) === 421;
      },
    }),
  ];
}

function tlsFeatures({ values, networkAddress }: Place): Feature[] {
  const isServedByTls = async ({ address }: Listening) =>
    (await overTls(address)).body === "a\n";
  return [
    feature("--tls", { row: NONE, args: ["--tls"], works: isServedByTls }),
    feature("--tls-cert, --tls-key", {
      row: "`--tls-cert",
      args: ["--tls-cert", values.CERT, "--tls-key", values.KEY],
      works: isServedByTls,
    }),
    feature("addresses for others", {
      row: "addresses for others",
      needsNetwork: true,
      args: ["--tls"],
      bind: "0.0.0.0",
      missing: "less",
      works: async ({ address, outcome }) =>
        outcome.stdout.includes(`https://${networkAddress}:`) &&
        (await overTls(address)).names.includes(
          `IP Address:${networkAddress}`,
        ),
    }),
    feature("the machine's own name", {
      row: "name of this machine",
      args: ["--tls"],
      bind: "0.0.0.0",
      missing: "less",
      works: async ({ address }) =>
        (await overTls(address)).names.includes(
          `DNS:${Deno.hostname().toLowerCase()}`,
        ),
    }),
  ];
}

function feature(
  name: string,
  facts:
    & Omit<Feature, "name" | "missing" | "needsNetwork">
    & Partial<Pick<Feature, "missing" | "needsNetwork">>,
): Feature {
  return { name, missing: "refused", needsNetwork: false, ...facts };
}

async function statusOf(
  address: Address,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  return (await rawRequest(address, target, { headers })).status;
}

async function isServed(address: Address, target: string): Promise<boolean> {
  try {
    const { status, body } = await rawRequest(address, target);
    return status === 200 && new TextDecoder().decode(body) === "a\n";
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

/** What comes over TLS, and the names that the certificate is for. */
async function overTls(
  address: Address,
): Promise<{ readonly body: string; readonly names: readonly string[] }> {
  const { stdout } = await new Deno.Command("curl", {
    args: [
      "--silent",
      "--insecure",
      "--max-time",
      "10",
      "--write-out",
      "%{certs}",
      `https://${address.hostname}:${address.port}/a.txt`,
    ],
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stdout);
  const start = text.indexOf("-----BEGIN");
  if (start < 0) return { body: text, names: [] };
  const { subjectAltName = "" } = new X509Certificate(text.slice(start));
  const names = subjectAltName.split(", ");
  // curl writes what the certificate says in words before it.
  return { body: text.slice(0, text.indexOf("\n") + 1), names };
}
