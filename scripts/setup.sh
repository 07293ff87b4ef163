# setup.sh - sourced by ./test and ./demo from the root of the work tree: packages and builds.
#
#   setup_packages            install what is missing (needs no network when nothing is)
#   setup_build DIR OPTIONS   configure DIR if it is not configured, then compile
#
# The complete list for Debian 12; a package is added here and nowhere else.
SETUP_PACKAGES="gcc libc6-dev binutils meson ninja-build pkg-config
    libcmocka-dev libxxhash-dev librandom123-dev libjansson-dev
    mpich libmpich-dev
    clang-19 libclang-rt-19-dev"

setup_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0  # not Debian: the build says what is missing
    setup_missing=""
    for setup_package in $SETUP_PACKAGES; do
        case $(dpkg-query -W -f '${Status}' "$setup_package" 2>/dev/null || true) in
            "install ok installed") ;;
            *) setup_missing="$setup_missing $setup_package" ;;
        esac
    done
    [ -n "$setup_missing" ] || return 0
    echo "installing:$setup_missing" >&2
    setup_root=""
    [ "$(id -u)" -eq 0 ] || setup_root="sudo -n"
    # shellcheck disable=SC2086  # lists of words on purpose
    $setup_root apt-get update -qq >&2 &&
    $setup_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $setup_missing >&2
}

# A room that appears is a new file, which ninja does not watch.
setup_rooms() {
    ls meson.build ./*/meson.build ./*/*/meson.build 2>/dev/null || true
}

setup_build() {
    setup_dir=$1
    shift
    if [ ! -f "$setup_dir/build.ninja" ]; then
        meson setup "$setup_dir" "$@" >"$setup_dir.log" 2>&1 ||
        meson setup --wipe "$setup_dir" "$@" >"$setup_dir.log" 2>&1 ||
        { cat "$setup_dir.log" >&2; return 1; }
        rm -f "$setup_dir.log"
    elif [ "$(setup_rooms)" != "$(cat "$setup_dir/rooms.txt" 2>/dev/null)" ]; then
        meson setup --reconfigure "$setup_dir" "$@" >&2 || return 1
    fi
    setup_rooms >"$setup_dir/rooms.txt"
    ninja -C "$setup_dir" -j "${JOBS:-$(nproc)}" >&2
}
