/**
 * The smallest server there is, whose start ours is compared with.
 *
 * bare_server.ts PORT DIRECTORY
 *
 * @module
 */

Deno.serve(
  { hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen() {} },
  () => new Response("a\n"),
);
