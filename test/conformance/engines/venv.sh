#!/usr/bin/env bash
# venv.sh DIR REQUIREMENTS: a Python venv in DIR with exactly these files of these packages; nothing to do when it stands.
set -euo pipefail

dir=$1 requirements=$2
stamp=$(cat "${BASH_SOURCE[0]}" "$requirements" | sha256sum | cut -d' ' -f1)
# A venv does not outlive the Python it was made with.
if [ "$(cat "$dir/installed" 2>/dev/null)" = "$stamp" ] && "$dir/bin/python" -c '' 2>/dev/null; then exit; fi
rm -rf "$dir" && mkdir -p "$(dirname "$dir")"
python3 -m venv "$dir"
"$dir/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes -r "$requirements"
echo "$stamp" >"$dir/installed"
