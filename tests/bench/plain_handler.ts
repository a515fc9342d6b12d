/**
 * The handler that one writes first: looks the file up, opens it and sends
 * its stream; each time. Lines of its log go to standard error in batches.
 *
 * plain_handler.ts PORT DIRECTORY
 *
 * @module
 */

import { typeByExtension } from "@std/media-types/type-by-extension";

const LOG_PAUSE_MS = 20;

const [port = "", directory = ""] = Deno.args;
const encoder = new TextEncoder();
let lines = "";

Deno.serve(
  { hostname: "127.0.0.1", port: Number(port), onListen() {} },
  async (request, info) => {
    const { pathname } = new URL(request.url);
    const response = await answer(decodeURIComponent(pathname));
    log(
      `${(info.remoteAddr as Deno.NetAddr).hostname} - - ` +
        `[${
          new Date().toISOString()
        }] "${request.method} ${pathname} HTTP/1.1" ` +
        `${response.status} ${response.headers.get("content-length")}\n`,
    );
    return response;
  },
);

async function answer(path: string): Promise<Response> {
  try {
    const file = await Deno.open(directory + path);
    const { size, mtime, isFile } = await file.stat();
    if (!isFile) {
      file.close();
      return notFound();
    }
    const extension = path.slice(path.lastIndexOf("."));
    return new Response(file.readable, {
      headers: {
        "content-type": typeByExtension(extension) ??
          "application/octet-stream",
        "content-length": String(size),
        "last-modified": mtime?.toUTCString() ?? "",
      },
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return notFound();
    throw error;
  }
}

function notFound(): Response {
  return new Response("Not found\n", {
    status: 404,
    headers: { "content-length": "10" },
  });
}

function log(line: string): void {
  if (lines === "") setTimeout(writeLines, LOG_PAUSE_MS);
  lines += line;
}

function writeLines(): void {
  const bytes = encoder.encode(lines);
  lines = "";
  for (let at = 0; at < bytes.length;) {
    at += Deno.stderr.writeSync(bytes.subarray(at));
  }
}
