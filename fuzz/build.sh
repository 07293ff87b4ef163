#!/bin/sh
# build.sh CC SOURCE OUTPUT - compiles the fuzz targets (libFuzzer, address and undefined-behaviour sanitizers) with
# clang into the directory of OUTPUT: fuzz_command, fuzz_story, and write_corpus; OUTPUT is touched when all are there.
set -eu
cc=$1
source=$2
output=$3
work=$(dirname "$output")/fuzz-objects
mkdir -p "$work"
flags="-std=gnu17 -O1 -g -march=x86-64-v3 -ffp-contract=off -fno-omit-frame-pointer"
flags="$flags -fsanitize=address,undefined -fno-sanitize-recover=all"
flags="$flags -I$source/include -I$source/src -I$source/tests -I$source/tests/engine"

compile() {  # compile DIRECTORY-OF-OBJECTS EXTRA-FLAGS FILE...
    objects=$1
    extra=$2
    shift 2
    mkdir -p "$objects"
    for file; do
        echo "$file $objects/$(echo "${file#"$source"/}" | tr / _).o"
    done | xargs -P "$(nproc)" -L 1 sh -c "$cc $flags $extra -c \"\$0\" -o \"\$1\""
}

sources=$(find "$source/src/base" "$source/src/money" "$source/src/allocate" "$source/src/engine" "$source/src/story" \
    -name '*.c' | sort)
# shellcheck disable=SC2086  # lists of words on purpose
compile "$work/room" -fsanitize=fuzzer-no-link $sources \
    "$source/tests/engine/lab.c" "$source/tests/engine/witness.c" "$source/tests/engine/random_settings.c" \
    "$source/tests/engine/random_world.c"
compile "$work/main" -fsanitize=fuzzer-no-link "$source/fuzz/fuzz_command.c" "$source/fuzz/fuzz_story.c" \
    "$source/fuzz/write_corpus.c"
here=$(dirname "$output")
for target in fuzz_command fuzz_story; do
    # shellcheck disable=SC2086
    $cc $flags -fsanitize=fuzzer "$work/main/fuzz_$target.c.o" "$work"/room/*.o -lcmocka -lm -o "$here/$target"
done
# shellcheck disable=SC2086
$cc $flags "$work/main/fuzz_write_corpus.c.o" "$work"/room/*.o -lcmocka -lm -o "$here/write_corpus"
touch "$output"
