#!/usr/bin/env bash
# `deno compile` fetches the runtime that it puts into an executable from Deno's own site. Where only the npm registry can
# be reached, this script gets one from there: the compiler of Deno 2.4.2, and a published program that was itself compiled
# with 2.4.2, whose runtime part the compiler takes when DENORT_BIN names it. The result is a genuine executable, of that
# version.
#
#   eval "$(.ci/denort.sh)"     sets DENO_COMPILE and DENORT_BIN
set -euo pipefail
folder=${XDG_CACHE_HOME:-$HOME/.cache}/serve-denort
compiler=$folder/node_modules/@deno/linux-x64-glibc/deno
runtime=$folder/denort
if [[ ! -x $compiler ]]; then
  mkdir -p "$folder"
  echo '{ "private": true }' > "$folder/package.json"
  npm --prefix "$folder" install --no-save --ignore-scripts --no-audit --no-fund @deno/linux-x64-glibc@2.4.2 >&2
fi
if [[ ! -x $runtime ]]; then
  unpacked=$(mktemp -d)
  trap 'rm -rf "$unpacked"' EXIT
  (cd "$unpacked" && tar -xzf "$(npm pack --silent @vltpkg/cli-linux-x64@0.0.0-18)" package/vlt)
  chmod +x "$unpacked/package/vlt"
  mv "$unpacked/package/vlt" "$runtime"
fi
printf 'export DENO_COMPILE=%q DENORT_BIN=%q\n' "$compiler" "$runtime"
