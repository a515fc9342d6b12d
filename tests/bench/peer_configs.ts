/**
 * Configuration files of the servers that want one.
 *
 * @module
 */

import { join } from "@std/path";

/** Where a server serves what, and keeps what it needs. */
export interface Place {
  readonly port: number;
  readonly site: string;
  /** A folder of its own. */
  readonly own: string;
  /** The file of its access log. */
  readonly log: string;
}

/**
 * One worker as Debian configures it (`sendfile`, `tcp_nopush`), with an
 * access log. What is compressed is asked for under two paths, so that
 * looking for a sibling costs nothing elsewhere.
 */
export function nginxConfig({ port, site, own, log }: Place): string {
  return `
${Deno.uid() === 0 ? "user root;" : ""}
daemon off;
pid ${own}/nginx.pid;
error_log ${own}/error.log;
worker_processes 1;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
  types {
    text/html html;
    text/plain txt;
    text/javascript js;
  }
  default_type application/octet-stream;
  access_log ${log} combined;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  keepalive_timeout 300;
  client_body_temp_path ${own}/body;
  proxy_temp_path ${own}/proxy;
  fastcgi_temp_path ${own}/fastcgi;
  uwsgi_temp_path ${own}/uwsgi;
  scgi_temp_path ${own}/scgi;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    root "${site}";
    autoindex on;
    location = /script.js {
      gzip on;
      gzip_types text/javascript;
    }
    location /sibling/ {
      gzip_static on;
    }
  }
}
`;
}

/** `caddy file-server --browse --access-log`, with what has no flag there. */
export function caddyConfig({ port, site, log }: Place): string {
  return `
{
  admin off
  auto_https off
}
http://:${port} {
  bind 127.0.0.1
  root * ${site}
  log {
    output file ${log} {
      roll_disabled
    }
  }
  @script path /script.js
  encode @script zstd gzip
  @sibling path /sibling/*
  file_server @sibling {
    precompressed zstd br gzip
  }
  file_server browse
}
`;
}

/** With an access log; it keeps what it found out about files for a second. */
export function lighttpdConfig({ port, site, own, log }: Place): string {
  return `
server.modules = ("mod_accesslog", "mod_dirlisting", "mod_deflate")
server.bind = "127.0.0.1"
server.port = ${port}
server.document-root = "${site}"
server.errorlog = "${own}/error.log"
server.upload-dirs = ("${own}")
server.max-fds = 16384
server.max-connections = 4096
server.max-keep-alive-requests = 60000
server.max-keep-alive-idle = 300
server.stat-cache-engine = "simple"
accesslog.filename = "${log}"
dir-listing.activate = "enable"
mimetype.assign = (".html" => "text/html", ".txt" => "text/plain",
  ".js" => "text/javascript", "" => "application/octet-stream")
deflate.mimetypes = ("text/javascript")
deflate.allowed-encodings = ("zstd", "br", "gzip")
`;
}

/** Writes a configuration and returns its path. */
export async function writeConfig(
  place: Place,
  name: string,
  text: string,
): Promise<string> {
  const path = join(place.own, name);
  await Deno.writeTextFile(path, text);
  return path;
}
