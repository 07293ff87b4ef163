#!/bin/sh
# Tries the certified bound on many paths of every story that has a book: all of them are played, and the first gap above its
# bound ends the run with an error. Takes hours; prints a line per story.
#
#   scripts/bound.sh [PATHS [ACCOUNTS [BUILD]]]      100000 paths, 1000 accounts, folder build
set -eu
cd "$(dirname "$0")/.."
paths=${1:-100000}
accounts=${2:-1000}
program=${3:-build}/breakwater
threads=$(nproc)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for name in scenarios/*; do ln -s "$PWD/$name" "$folder/"; done
# Built to break it: hedged books, thin books, collateral that jumps, one shock.
rm -f "$folder/hedged.story"
sed 's/seed 1/seed 1 hedge-share 0.8 position-share-max 0.05/' scenarios/reference.story >"$folder/hedged.story"
sed '/^path/i liquidity all volume 20000000 depth 500000' scenarios/reference.story >"$folder/thin.story"
sed '/^path/i model collateral own-jumps 2 own-jump-size 0.5' scenarios/2025-10-10-usde.story >"$folder/collateral.story"

try() {
    story=$1
    shift
    if "$program" stress "$folder/$story.story" --accounts "$accounts" --paths "$paths" --threads "$threads" --screen \
        --control "$paths" "$@" --json "$folder/out.json" >/dev/null 2>"$folder/err"; then
        told() { sed "s/.*\"$1\": \([0-9]*\).*/\1/" "$folder/out.json"; }
        hits=$(sed 's/.*"p_charged": {[^}]*"hits": \([0-9]*\).*/\1/' "$folder/out.json")
        printf '%-44s %s paths, none above its bound; %s may charge somebody (U > T), %s did\n' "$story $*" "$paths" \
            "$(told passed_paths)" "$hits"
    elif grep -q 'no path can be left out' "$folder/err"; then
        printf '%-44s no bound: %s\n' "$story $*" "$(sed 's/.*left out: //; s/;.*//' "$folder/err")"
    else
        cat "$folder/err" >&2
        echo "FAIL $story $*"
        exit 1
    fi
}
try reference
try reference --fund 200000000
try reference --steps 1 --horizon 1h
try hedged --fund 20000000
try thin --fund 200000000
try 2025-03-26-jelly
try 2025-10-10 --fund 20000000
try 2025-10-10-usde
try 2020-03-12
try 2022-08-01-nomad
try collateral --fund 20000000
