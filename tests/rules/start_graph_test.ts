import { assertEquals } from "@std/assert";
import { fromFileUrl, relative } from "@std/path";

import { REPOSITORY } from "../_support/cli.ts";
import { staticImports } from "./_sources.ts";

/**
 * What each part of a start imports before it runs, besides the parts above it.
 * Each module is a quarter of a millisecond of every start: one that is added
 * here has to be needed by the first answer.
 */
const PARTS: readonly { root: string; modules: string }[] = [
  {
    root: "main.ts",
    modules: `
      @std/path/posix/basename @std/path/posix/dirname
      @std/path/posix/is-absolute @std/path/posix/join
      @std/path/posix/relative @std/path/posix/resolve
      @std/path/windows/basename @std/path/windows/dirname
      @std/path/windows/is-absolute @std/path/windows/join
      @std/path/windows/relative @std/path/windows/resolve
      cli/printable command/can_start_again command/machine
      command/orders command/talk disk_path main.ts server/permissions
    `,
  },
  {
    root: "lib/cli/parse.ts",
    modules: `
      @std/cli/parse-args @std/text/closest-string
      access_checks auth/password_hash auth/user cli/access_values
      cli/arguments cli/completions cli/errors cli/flag cli/flags
      cli/given cli/page_values cli/parse cli/suggestion cli/values
      option_checks options
    `,
  },
  {
    root: "lib/command/start_again.ts",
    modules: `
      command/free_port command/grants command/start_again
      server/opener server/real_path server/stop
    `,
  },
  {
    root: "lib/command/serve.ts",
    modules: `
      answer answer_file answer_log answer_long answer_memory
      answer_missing answer_parts answer_path answer_place
      answer_response build_handler byte_memory call_later client_key
      command/access command/client_signals command/serve
      command/stop_serving
      command/survive_errors disk/absence disk/compress
      disk/compress_source disk/compress_whole disk/error_kind
      disk/facts disk/file_source disk/file_type disk/find_file
      disk/known_targets disk/not_found_page disk/open_file
      disk/open_handle disk/pace disk/parts_body disk/pulse
      disk/quick_disks disk/quick_look disk/read disk/read_file
      disk/resolve disk/root disk/seen disk/seen_check disk/sibling
      disk/spare_descriptors disk/validators disk/variant gates
      http/accept http/archive_request http/authority http/conditional
      http/context http/cors http/date http/disposition http/encoding
      http/etag http/file_request http/host_check http/host_hint
      http/limits http/listing_request http/loopback http/media_type
      http/path http/range http/registered_type http/response_headers
      http2_pieces in_flight lazily log/delivery log/escape log/format
      log/kept_text log/line_queue log/note log/timestamp log/writer
      memory_source pages/error_page pages/frame pages/html
      pages/policy pages/squeeze pages/style replies/file
      replies/login replies/method replies/preflight replies/redirect
      replies/refusal reply response segment server/command_log
      server/generation server/incident_report server/listen
      server/retired_servers server/shared_root server/supervise
    `,
  },
  {
    root: "lib/command/announce.ts",
    modules: `
      cli/address_urls cli/display_path cli/narrow_command
      cli/network_rank cli/start_page command/announce
      command/start_facts server/embedded_site
      server/excess_permissions
    `,
  },
];

/** Modules of ours, and the names of what is imported from elsewhere. */
async function importsOf(path: string): Promise<Set<string>> {
  const isOurs = (name: string) => name.startsWith(".");
  const found = await staticImports(path, isOurs);
  return new Set(
    [...found].map(([url, name]) =>
      isOurs(name)
        ? relative(REPOSITORY, fromFileUrl(url)).replaceAll("\\", "/")
        : name
    ),
  );
}

Deno.test("a start imports what is listed here and nothing else", async () => {
  const before = new Set<string>();
  for (const { root, modules } of PARTS) {
    const found = await importsOf(root);
    const added = [...found].filter((name) => !before.has(name));

    const names = added.map((name) => name.replace(/^lib\/(.*)\.ts$/, "$1"));
    assertEquals(
      names.toSorted(),
      modules.trim().split(/\s+/).toSorted(),
      `${root} imports other modules than those listed`,
    );
    for (const name of added) before.add(name);
  }
});
