/**
 * The place that is attacked: a folder to share, and secrets around it. All
 * that nobody may learn has one token in it: the content of every secret, the
 * real path of the place, names outside that no request knows. An answer with
 * the token in it is a leak.
 *
 * @module
 */

import { dirname, join } from "@std/path";

import { makeCertificate } from "../_support/certificates.ts";

/** A folder to share among secrets. */
export interface Place extends AsyncDisposable {
  /** The folder to share. Its path has the token in it. */
  readonly site: string;
  /** Another way to the parent of the folder, without the token: attacks know it. */
  readonly alias: string;
  /** Stands in everything that nobody may learn. */
  readonly token: string;
  /** A certificate for `localhost`, its private key, and who signed it. */
  readonly cert: string;
  readonly key: string;
  readonly authority: string;
  /** Content of the files that everybody may see. */
  readonly contents: ReadonlySet<string>;
}

/** Stands in what only a request inside the body of another one asks for. */
export const CANARY = "CANARY-this-request-was-the-body-of-another";

/** The file that is asked for to see whether the server is well. */
export const PUBLIC = "PUBLIC: everybody may read this\n";

const OLD = new Date("2024-05-06T07:08:09Z");

const FILES: Readonly<Record<string, string>> = {
  "public.txt": PUBLIC,
  "canary.txt": `${CANARY}\n`,
  "empty.txt": "",
  "page.html": "<!doctype html><title>PUBLIC page</title>\n",
  "numbers.txt": "PUBLIC 0123456789\n".repeat(60),
  "big.bin": "PUBLIC-0123456789abcdef\n".repeat(12_500),
  "docs/index.html": "<!doctype html><title>PUBLIC index</title>\n",
  "sub/deep/er/file.txt": "PUBLIC deep file\n",
  "sub/inner.txt": "PUBLIC inner file\n",
  "with space & <b>\"'.txt": "PUBLIC strange name\n",
  ".well-known/thing.txt": "PUBLIC well known\n",
};

/** Secrets by their path from the parent. */
const SECRETS: readonly string[] = [
  "secret.txt",
  "private/secret.txt",
  "private/index.html",
  "private/deep/secret.txt",
  "site-secret/secret.txt",
  "site-secret/index.html",
  "sitesecret.txt",
  "Site/secret.txt",
  "site.bak/secret.txt",
  "site/.env",
  "site/.git/config",
  "site/.git/index.html",
  "site/sub/.hidden",
  "site/docs/.htpasswd",
];

const LINKS: Readonly<Record<string, string>> = {
  "site/link-out.txt": "../secret.txt",
  "site/link-out-folder": "../private",
  "site/link-sibling": "../site-secret",
  "site/link-up": "..",
  "site/link-root": "/",
  "site/link-etc": "/etc",
  "site/link-proc": "/proc/self",
  "site/link-chain": "link-chain-2",
  "site/link-chain-2": "sub/../../secret.txt",
  "site/link-loop": "link-loop",
  "site/link-nowhere": "nowhere",
  "site/sub/link-out.txt": "../../secret.txt",
  "site/sub/link-in.txt": "../public.txt",
  "site/link-zero": "/dev/zero",
};

/** Makes the place; what is unreadable is so only for who obeys modes. */
export async function makePlace(): Promise<Place> {
  const token = `zq${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const parent = await Deno.realPath(
    await Deno.makeTempDir({ prefix: `serve_attack_${token}_` }),
  );
  const alias = `${dirname(parent)}/serve_alias_${crypto.randomUUID()}`;
  for (const [name, content] of Object.entries(FILES)) {
    await write(join(parent, "site", name), content);
  }
  for (const name of SECRETS) {
    await write(join(parent, name), `${token} content of ${name}\n`);
    const unasked = join(parent, dirname(name), `${token}-unasked.txt`);
    if (!name.startsWith("site/")) await write(unasked, token);
  }
  await write(join(parent, `site/.${token}-hidden`), token);
  for (const [name, target] of Object.entries(LINKS)) {
    await Deno.symlink(target, join(parent, name));
  }
  await Deno.symlink(`${parent}/secret.txt`, join(parent, "site/link-abs"));
  await new Deno.Command("mkfifo", { args: [join(parent, "site/fifo")] })
    .output();
  await write(join(parent, "site/closed/inner.txt"), `${token} closed\n`);
  await write(join(parent, "site/unreadable.txt"), `${token} unreadable\n`);
  await Deno.chmod(join(parent, "site/closed"), 0o000);
  await Deno.chmod(join(parent, "site/unreadable.txt"), 0o000);
  await Deno.symlink(parent, alias);
  const issuer = await makeCertificate({ name: "authority" });
  const certificate = await makeCertificate({ issuer });
  await write(join(parent, "cert.pem"), certificate.cert);
  await write(join(parent, "key.pem"), certificate.key);
  await write(join(parent, "authority.pem"), issuer.cert);
  return {
    site: join(parent, "site"),
    alias,
    token,
    cert: join(parent, "cert.pem"),
    key: join(parent, "key.pem"),
    authority: join(parent, "authority.pem"),
    contents: new Set(Object.values(FILES)),
    async [Symbol.asyncDispose]() {
      await Deno.chmod(join(parent, "site/closed"), 0o700);
      await Deno.remove(alias);
      await Deno.remove(parent, { recursive: true });
    },
  };
}

async function write(path: string, content: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, content);
  await Deno.utime(path, OLD, OLD);
}
