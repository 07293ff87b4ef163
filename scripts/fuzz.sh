#!/bin/sh
# fuzz.sh [SECONDS [SEED]] - the long fuzz run: both libFuzzer targets on their corpora for SECONDS each (default 600),
# then random worlds with other seeds. New findings are kept in build-fuzz; fuzz.sh corpus writes the committed corpus.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-600}
seed=${2:-$(date +%s)}
mkdir -p build-fuzz
fuzz/build.sh clang-19 "$PWD" "$PWD/build-fuzz/fuzz.stamp"
if [ "$seconds" = corpus ]; then
    rm -f fuzz/corpus/command/*
    build-fuzz/write_corpus fuzz/corpus/command
    exit 0
fi
echo "seed $seed"
fuzz/run.sh build-fuzz/fuzz_command fuzz/corpus/command -max_total_time="$seconds" -seed="$seed"
fuzz/run.sh build-fuzz/fuzz_story scenarios -max_total_time="$seconds" -seed="$seed"
[ -d build-fuzz/tests ] || meson setup build-fuzz/tests -Dbuildtype=release
ninja -C build-fuzz/tests tests/engine_test_fuzz tests/engine_test_slices
BW_SEED="$seed" BW_WORLDS=$((seconds * 40)) BW_COMMANDS=400 build-fuzz/tests/tests/engine_test_fuzz
BW_SEED="$seed" BW_WORLDS=$((seconds * 2)) build-fuzz/tests/tests/engine_test_slices
