import { assertEquals } from "@std/assert";

import {
  readCertificateFile,
  wrong,
} from "../../../lib/server/certificate_files.ts";
import { makeTree } from "../../_support/tree.ts";
import { libUrl, PLAIN_USER, runModule } from "../disk/_child.ts";

const DER = new Uint8Array([0x30, 0x82, 0x01, 0x02, 0x00, 0xff]);

Deno.test("readCertificateFile() gives the text of a file", async () => {
  await using tree = await makeTree({ "a.pem": "-----BEGIN A-----\n" });

  assertEquals(await readCertificateFile(tree.at("a.pem"), "certificate"), {
    kind: "read",
    text: "-----BEGIN A-----\n",
  });
});

Deno.test.each<{ name: string; reason: string }>([
  {
    name: "missing.pem",
    reason: "there is no such file; give one that exists",
  },
  {
    name: "empty.pem/below",
    reason: "there is no such file; give one that exists",
  },
  { name: "folder", reason: "it is no file; give a PEM file" },
  { name: "empty.pem", reason: "it is empty; give a PEM file" },
  { name: "large.pem", reason: "it is larger than 1 MB; give a PEM file" },
  {
    name: "a.der",
    reason: "it is in a binary form (DER or PKCS #12); give a PEM file",
  },
])("readCertificateFile() says of $name: $reason", async ({ name, reason }) => {
  await using tree = await makeTree({
    "folder": null,
    "empty.pem": "",
    "large.pem": new Uint8Array(1_048_577),
    "a.der": DER,
  });
  const path = tree.at(name);

  assertEquals(
    await readCertificateFile(path, "private key"),
    wrong(path, "private key", reason),
  );
});

Deno.test("readCertificateFile() is not held up by a FIFO", async () => {
  await using tree = await makeTree({});
  const path = tree.at("fifo");
  const { success } = await new Deno.Command("mkfifo", { args: [path] })
    .output();
  if (!success) throw new Error("Cannot make a FIFO");

  assertEquals(
    await readCertificateFile(path, "certificate"),
    wrong(path, "certificate", "it is no file; give a PEM file"),
  );
});

/** What reading comes to in a process of its own. */
function readElsewhere(
  path: string,
  options: Parameters<typeof runModule>[1],
): Promise<unknown> {
  const code = `
    import { readCertificateFile } from "${
    libUrl("server/certificate_files.ts")
  }";
    const path = ${JSON.stringify(path)};
    console.log(JSON.stringify(await readCertificateFile(path, "certificate")));`;
  return runModule(code, options);
}

Deno.test("readCertificateFile() names the flag that is missing", async () => {
  await using tree = await makeTree({ "a.pem": "x" });
  const path = tree.at("a.pem");

  assertEquals(await readElsewhere(path, { flags: [] }), {
    ...wrong(path, "certificate", `run with --allow-read=${path}`),
    isUsage: false,
  });
});

Deno.test("readCertificateFile() needs to be granted the file alone", async () => {
  await using tree = await makeTree({ "a.pem": "x" });
  const path = tree.at("a.pem");

  assertEquals(await readElsewhere(path, { flags: [`--allow-read=${path}`] }), {
    kind: "read",
    text: "x",
  });
});

Deno.test({
  name: "readCertificateFile() says that this user may not read it",
  ignore: PLAIN_USER === null,
  async fn() {
    await using tree = await makeTree({ "a.pem": "x" });
    const path = tree.at("a.pem");
    await Deno.chmod(path, 0o000);

    assertEquals(
      await readElsewhere(path, { prefix: PLAIN_USER ?? [] }),
      {
        ...wrong(path, "certificate", "this user may not read it"),
        isUsage: false,
      },
    );
  },
});

Deno.test("wrong() quotes a path with control characters", () => {
  assertEquals(
    wrong("a\nb", "certificate", "no").message,
    'Cannot use "a\\nb" as the certificate: no',
  );
});
