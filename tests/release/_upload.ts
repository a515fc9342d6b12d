/**
 * The part of JSR that takes what `deno publish` uploads. All else that is
 * asked for comes from a server that only has files.
 *
 * @module
 */

/** Takes one upload. */
export interface UploadServer extends AsyncDisposable {
  /** What `JSR_URL` is to be. */
  readonly url: string;
  /** What was uploaded, by path; `null` before. */
  uploaded(): Map<string, Uint8Array<ArrayBuffer>> | null;
}

/** A tar archive is made of blocks of this size. */
const BLOCK_BYTES = 512;

/** Starts to listen on the loopback device. */
export function startUploadServer(files: string): UploadServer {
  let uploaded: Map<string, Uint8Array<ArrayBuffer>> | null = null;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith("/api/")) {
        const { status, body } = await fetch(`${files}${pathname}`);
        return new Response(body, { status });
      }
      if (request.method === "POST") {
        uploaded = readTar(await unzip(request));
        return Response.json({ id: "1", status: "success", error: null });
      }
      // The package is there, and this version is not.
      const status = pathname.includes("/versions/") ? 404 : 200;
      return Response.json({}, { status });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    uploaded: () => uploaded,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function unzip(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const zipped = new Blob([await request.bytes()]).stream();
  const stream = zipped.pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).bytes();
}

/** Reads regular files with short names, in the form of POSIX (ustar). */
function readTar(
  archive: Uint8Array<ArrayBuffer>,
): Map<string, Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = 0;
  while (at + BLOCK_BYTES <= archive.length && archive[at] !== 0) {
    const name = textAt(archive, at, 100);
    const size = parseInt(textAt(archive, at + 124, 12), 8);
    at += BLOCK_BYTES;
    files.set(`/${name}`, archive.slice(at, at + size));
    at += Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return files;
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  const text = new TextDecoder().decode(bytes.subarray(start, start + length));
  return text.split("\0", 1)[0] ?? "";
}
