#!/usr/bin/env bash
# The conformance tier: installs its engines outside the repository, then runs the tests that need them.
# What could not be had is said loudly; with CI=true that is red.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
export PATH="$PWD/node_modules/.bin:$PATH"

if [ "${1:-}" = focus ]; then
  shift
  exec bash "$here/focus.sh" "$@"
fi
if ! bash "$here/engines/install.sh"; then
  echo "conformance: an engine is missing (see above); what needs it cannot be checked here" >&2
  [ "${CI:-}" = true ] && exit 1
fi
if [ "${1:-}" = smoke ]; then
  shift
  exec node "$here/smoke.ts" "$@"
fi
exec vitest run --project conformance "$@"
