#!/bin/sh
# Rewrites scenarios/*.trace from scenarios/*.story, for review as a diff. A story with `generate` belongs to
# `breakwater run` and is left out; a story that fails keeps its trace.
#
#   scripts/retrace.sh [BUILD_DIR [STORY...]]
set -eu
cd "$(dirname "$0")/.."
program=${1:-build}/breakwater
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- scenarios/*.story

failed=0
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
for story in "$@"; do
    if grep -q '^generate' "$story"; then
        continue
    fi
    if "$program" story "$story" --check --trace "$fresh" >/dev/null; then
        cat "$fresh" >"${story%.story}.trace"
    else
        failed=1
    fi
done
exit $failed
