/**
 * The folder, the files and the machine that the features are tried on.
 *
 * @module
 */

import { createSelfSigned } from "../../../lib/server/self_signed.ts";
import { MAIN } from "../../_support/cli.ts";
import { link, makeTree } from "../../_support/tree.ts";

/** What the features are tried on. */
export interface Place extends AsyncDisposable {
  /** What is shared; `link.txt` in it leads outside. */
  readonly folder: string;
  /** A file to be shared alone. */
  readonly file: string;
  /** What stands for the words in capitals in the README's table. */
  readonly values: Readonly<Record<"FILE" | "CERT" | "KEY" | "PLACE", string>>;
  /** An IPv4 address of this machine that others can use; else its own. */
  readonly networkAddress: string;
}

/** Makes the files. */
export async function makePlace(): Promise<Place> {
  const outside = await makeTree({ "place/outside.txt": "a\n" });
  const shared = await makeTree({
    "a.txt": "a\n",
    "link.txt": link(outside.at("place/outside.txt")),
  });
  const { cert, key } = await createSelfSigned([], Date.now());
  const values = {
    FILE: outside.at("users"),
    CERT: outside.at("cert.pem"),
    KEY: outside.at("key.pem"),
    PLACE: outside.at("place"),
  };
  await Deno.writeTextFile(values.CERT, cert);
  await Deno.writeTextFile(values.KEY, key);
  const hash = await hashPassword("correct horse");
  await Deno.writeTextFile(values.FILE, `ada:${hash}\n`, { mode: 0o600 });
  const addresses = Deno.networkInterfaces()
    .filter(({ family }) => family === "IPv4")
    .map(({ address }) => address);
  return {
    folder: shared.path,
    file: shared.at("a.txt"),
    values,
    networkAddress: addresses.find((each) => !each.startsWith("127.")) ??
      "127.0.0.1",
    async [Symbol.asyncDispose]() {
      await shared[Symbol.asyncDispose]();
      await outside[Symbol.asyncDispose]();
    },
  };
}

/** What the command prints for a password, with no permission at all. */
async function hashPassword(password: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", MAIN, "--hash-password"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${password}\n`));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`No hash: ${decoder.decode(stderr)}`);
  return decoder.decode(stdout).trim();
}
