#!/usr/bin/env bash
# An AWS account in one process, for conformance tests: ministack (MIT) on loopback, with real Node Lambdas.
#   emulator.sh install DIR              a Python venv with the pinned emulator; nothing to do when that is done already
#   emulator.sh run DIR PORT HOME [NAME=value…]  serves until standard input ends; state and log lie in HOME, and every
#                                        Lambda sees the named variables, such as AWS_ENDPOINT_URL_ATHENA
# Environment: EMULATOR_NODE (folder whose `node` runs the Lambdas), EMULATOR_AUTH (true: IAM is enforced).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
die() { echo "emulator.sh: $*" >&2; exit 1; }

install() { bash "$here/venv.sh" "$1" "$here/emulator/requirements.txt"; }

run() {
  local dir=$1 port=$2 home=$3 node_dir
  shift 3
  dir=$(cd "$dir" && pwd); mkdir -p "$home"; home=$(cd "$home" && pwd)
  [ -f "$dir/installed" ] || die "not installed in $dir"
  node_dir=$(cd "${EMULATOR_NODE:-node_modules/.bin}" && pwd)
  case $("$node_dir/node" --version) in v24.*) ;; *) die "$node_dir/node is not Node 24" ;; esac
  rm -rf "$home/tmp" && mkdir -p "$home/tmp"
  echo '{"type":"commonjs"}' >"$home/tmp/package.json" # else a "type": "module" further up breaks the emulator's Lambda worker
  # env -i: ministack hands its whole environment to every Lambda, which would hide a variable missing from the template.
  env -i PATH="$node_dir:/usr/bin:/bin" HOME="$home" TMPDIR="$home/tmp" LANG=C.UTF-8 \
    BIND_HOST=127.0.0.1 GATEWAY_PORT="$port" IOT_MTLS_ENABLED=0 SFTP_ENABLED=0 \
    AUTH="${EMULATOR_AUTH:-true}" STATE_DIR="$home/state" S3_DATA_DIR="$home/s3" LAMBDA_ASYNC_RETRY_BASE_SECONDS=0.2 \
    NODE_PATH="$(dirname "$node_dir")" "$@" \
    "$dir/bin/python" "$here/emulator/shim.py" >"$home/log" 2>&1 </dev/null &
  until_input_ends $!
}

# Whoever started this holds our standard input; when it dies, however it dies, the emulator goes too.
until_input_ends() {
  server=$1
  cat <&0 >/dev/null & watcher=$!
  trap 'kill "$server" "$watcher" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
  trap 'exit 0' TERM INT
  wait -n
}

case "${1:-}" in
  install) install "$2" ;;
  run) shift; run "$@" ;;
  *) sed -n '2,/^set /p' "$0" | sed '$d; s/^# \{0,1\}//' >&2; exit 2 ;;
esac
