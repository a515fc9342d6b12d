// quick
/**
 * Every route asks for the password before it says anything.
 *
 * @module
 */

import { acceptance } from "../../_support/acceptance.ts";
import { startServer } from "../../_support/cli.ts";
import { rawRequest } from "../../_support/raw.ts";
import { makeTree } from "../../_support/tree.ts";
import { basic } from "./_client.ts";

interface Route {
  readonly method?: string;
  readonly target: string;
  readonly headers?: Record<string, string>;
  /** Status with the password. */
  readonly status: number;
}

const ROUTES: readonly Route[] = [
  { target: "/", status: 200 },
  { target: "/?sort=size", status: 200 },
  { target: "/?format=json", status: 200 },
  { target: "/", headers: { accept: "application/json" }, status: 200 },
  { target: "/names.txt", status: 200 },
  { target: "/names.txt", headers: { range: "bytes=0-1" }, status: 206 },
  { target: "/names.txt", headers: { range: "bytes=99-" }, status: 416 },
  { target: "/names.txt", headers: { "if-match": '"x"' }, status: 412 },
  { target: "/names.txt", headers: { "if-none-match": "*" }, status: 304 },
  { target: "/names.txt?download", status: 200 },
  { target: "/none", status: 404 },
  { target: "/none?format=json", status: 404 },
  { target: "/.concealed", status: 404 },
  { target: "/.well-known/x", status: 200 },
  { target: "/site/", status: 200 },
  { target: "/site", status: 301 },
  { target: "/names.txt/", status: 301 },
  { target: "//names.txt", status: 301 },
  { target: "/b/../names.txt", status: 301 },
  { target: "/%2e%2e/etc/passwd", status: 400 },
  { target: "/%zz", status: 400 },
  { target: "/a%2fb", status: 400 },
  { target: "/a%00", status: 400 },
  { method: "POST", target: "/", status: 405 },
  { method: "DELETE", target: "/names.txt", status: 405 },
  { method: "PROPFIND", target: "/", status: 405 },
  { method: "OPTIONS", target: "/", status: 204 },
  { method: "OPTIONS", target: "*", status: 204 },
  // An origin alone makes no preflight.
  {
    method: "OPTIONS",
    target: "/names.txt",
    headers: { origin: "https://a.example" },
    status: 204,
  },
];

const WRONG: readonly (string | null)[] = [
  null,
  basic("ada:wrong"),
  basic("eve:secret"),
  "Basic",
  "Basic !",
  `Bearer ${btoa("ada:secret")}`,
  `${basic("ada:secret")}, ${basic("ada:secret")}`,
];

/** Names of the shared folder, which no refusal may tell. */
const TOLD = /names\.txt|concealed|the missing page/;

await using tree = await makeTree({
  "names.txt": "hello",
  ".concealed": "x",
  ".well-known/x": "x",
  "site/index.html": "<p>site",
  "404.html": "the missing page",
});
await using server = await startServer({
  directory: tree.path,
  args: ["-q", "--auth", "ada:secret", "--cors"],
});

await acceptance("every route asks before it says anything", async () => {
  const wrong: string[] = [];
  let tried = 0;
  for (const route of ROUTES) {
    for (const method of route.method ? [route.method] : ["GET", "HEAD"]) {
      for (const authorization of WRONG) {
        const answer = await rawRequest(server, route.target, {
          method,
          headers: {
            ...route.headers,
            ...(authorization === null ? {} : { authorization }),
          },
        });
        const body = new TextDecoder().decode(answer.body);
        const isAsked = answer.status === 401 || answer.status === 503;
        const isGood = isAsked && !TOLD.test(body) &&
          (answer.status === 503
            ? answer.headers.has("retry-after")
            : /^Basic realm="files"/.test(
              answer.headers.get("www-authenticate") ?? "",
            ));
        tried++;
        if (!isGood) {
          wrong.push(
            `${method} ${route.target} with ${authorization}: ${answer.status}`,
          );
        }
        // Guesses are slow by design: a wrong password on a few routes will do.
        if (tried > 60 && authorization === null) break;
      }
    }
  }
  return {
    holds: wrong.length === 0,
    figure: wrong[0] ?? `${tried} requests, ${ROUTES.length} routes: 401 each`,
  };
});

await acceptance("every route answers with the password", async () => {
  const wrong: string[] = [];
  for (const { method = "GET", target, headers, status } of ROUTES) {
    const answer = await rawRequest(server, target, {
      method,
      headers: { ...headers, authorization: basic("ada:secret") },
    });
    if (answer.status !== status) {
      wrong.push(`${method} ${target}: ${answer.status}, not ${status}`);
    }
  }
  return {
    holds: wrong.length === 0,
    figure: wrong.join("; ") || `${ROUTES.length} routes`,
  };
});

await acceptance(
  "a preflight, which carries no password, is answered",
  async () => {
    const { status, body } = await rawRequest(server, "/names.txt", {
      method: "OPTIONS",
      headers: {
        origin: "https://a.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
      },
    });
    return {
      holds: status === 204 && body.length === 0,
      figure: `status ${status}, ${body.length} bytes`,
    };
  },
);
