#!/usr/bin/env bash
# lambda-runtime.sh DIR: AWS's Lambda runtime client for Node in DIR, compiled; nothing to do when it stands.
# Outside the project's own dependencies, since it compiles curl and a native module for a minute.
set -euo pipefail

dir=$1
parts=$(cd "$(dirname "${BASH_SOURCE[0]}")/lambda-runtime" && pwd)
stamp=$(cat "${BASH_SOURCE[0]}" "$parts/package-lock.json" | sha256sum | cut -d' ' -f1)
if [ "$(cat "$dir/installed" 2>/dev/null)" = "$stamp" ]; then exit; fi
rm -rf "$dir" && mkdir -p "$dir"
cp "$parts/package.json" "$parts/package-lock.json" "$parts/.npmrc" "$dir"
(cd "$dir" && npm ci --no-audit --no-fund --loglevel=error >install.log 2>&1) || { tail -n 30 "$dir/install.log" >&2; exit 1; }
[ -f "$dir/node_modules/aws-lambda-ric/rapid-client.node" ] || { echo "lambda-runtime.sh: the native part was not built, see $dir/install.log" >&2; exit 1; }
echo "$stamp" >"$dir/installed"
