#!/usr/bin/env bash
# focus.sh [LAKE] [MONTH]: FOCUS's own validator over the 1.2 export of a lake's month; a second opinion, as it passes several planted
# faults (our own checks do not) and knows no version after 1.2 offline. Its exit status says nothing, so failures are counted here.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
lake=$(realpath "${1:-$root/.outlay}") month=${2:-$(date -u -d "$(date -u +%Y-%m-01) -1 day" +%Y-%m)}
cache=${OUTLAY_CACHE:-$HOME/.cache/outlay}/focus-validator

python=
for known in ${OUTLAY_PYTHON:-python3.12 python3.13 python3}; do
  "$known" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && python=$known && break
done
if [ -z "$python" ]; then
  echo "focus: NOT VALIDATED: focus-validator needs Python 3.12 or newer, and none was found (OUTLAY_PYTHON names one); our own checks (focus_rules, focus_rules_1_4) stand alone" >&2
  exit 1
fi
if ! "$cache/bin/focus-validator" --help >/dev/null 2>&1; then
  "$python" -m venv --clear "$cache"
  "$cache/bin/pip" install --quiet --disable-pip-version-check focus-validator==2.2.1 'pyarrow<20' ||
    { echo "focus: NOT VALIDATED: focus-validator 2.2.1 could not be installed for $("$python" --version)" >&2; exit 1; }
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && node local/launch.js export focus --version 1.2 --month "$month" --lake "$lake" --out "$work")
# It reads its list of currencies relative to where it runs.
cd "$("$cache/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
"$cache/bin/focus-validator" --data-file "$work/focus-1.2-$month.csv" --validate-version 1.2 --block-download \
  --applicability-criteria ALL --output-type unittest --output-destination "$work/out.xml" >"$work/log" 2>&1 ||
  { tail -n 20 "$work/log" >&2; echo "focus: NOT VALIDATED: the validator ended early" >&2; exit 1; }
"$cache/bin/python" "$here/focus-result.py" "$work/out.xml"
