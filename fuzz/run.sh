#!/bin/sh
# run.sh TARGET CORPUS OPTION... - runs a libFuzzer target on a copy of its corpus (a directory; of scenarios the small
# stories), so that the corpus stays as committed. What fails is kept beside the target as TARGET-crash-...
set -eu
target=$1
corpus=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/new" "$work/corpus"
find "$corpus" -maxdepth 1 -type f ! -name '*.trace' \( ! -name '*.story' -o -size -6 \) -exec cp {} "$work/corpus" \;
"$target" "$@" -max_len=8192 -artifact_prefix="$target-" "$work/new" "$work/corpus" >"$work/out" 2>&1 || {
    status=$?
    grep -av '^#[0-9]' "$work/out" | tail -60
    exit "$status"
}
grep -a 'DONE' "$work/out" | sed 's/^#/# runs /'
