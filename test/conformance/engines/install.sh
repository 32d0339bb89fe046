#!/usr/bin/env bash
# Everything the conformance tier takes from outside npm: Debian packages where a command is missing, then the engines,
# pinned and checksummed, in a cache outside the repository. Quick and silent when all is there; loud about what failed.
#   install.sh [trino] [emulator] [cfn-lint] [lambda-runtime]     (all of them)
# Environment: OUTLAY_CACHE (~/.cache/outlay).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${OUTLAY_CACHE:-$HOME/.cache/outlay}
[ $# -gt 0 ] || set -- trino emulator cfn-lint lambda-runtime
mkdir -p "$cache"
exec 9>"$cache/lock" && flock 9 # two runs at once would build in each other's folders

packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); } # command, Debian package
has_python() { python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv); }
for engine in "$@"; do
  case $engine in
    trino) need javac openjdk-17-jdk-headless; need mvn maven ;;
    emulator | cfn-lint) has_python ;;
    lambda-runtime)
      need g++ g++; need make make; need cmake cmake; need autoreconf autoconf; need automake automake
      need libtoolize libtool; need python3 python3; need xz xz-utils ;;
    *) echo "install.sh: there is no engine '$engine'" >&2; exit 2 ;;
  esac
done
if [ ${#packages[@]} -gt 0 ]; then
  readarray -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "install.sh: missing here: ${packages[*]} (Debian's names); install them, then run this again" >&2
    exit 1
  fi
  echo "install.sh: Debian packages ${packages[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$cache/apt.log" 2>&1 ||
    { tail -n 20 "$cache/apt.log" >&2; echo "install.sh: apt-get could not install ${packages[*]}" >&2; exit 1; }
fi

failed=()
for engine in "$@"; do
  before=$SECONDS
  case $engine in
    trino) command=("$here/trino.sh" install "$cache/trino") ;;
    emulator) command=("$here/emulator.sh" install "$cache/emulator") ;;
    cfn-lint) command=("$here/venv.sh" "$cache/cfn-lint" "$here/cfn-lint/requirements.txt") ;;
    lambda-runtime) command=("$here/lambda-runtime.sh" "$cache/lambda-runtime") ;;
  esac
  if bash "${command[@]}"; then echo "$engine: ready in $cache/$engine ($((SECONDS - before)) s)"; else failed+=("$engine"); fi
done
[ ${#failed[@]} -eq 0 ] || { echo "install.sh: NOT INSTALLED: ${failed[*]}; what needs them cannot be checked here" >&2; exit 1; }
