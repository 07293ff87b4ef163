#!/bin/sh
# The coverage table of docs/calibrate.md: simulates histories from known settings, calibrates each, and counts how often every
# setting is within its printed 95% interval. Some ten minutes on one core.
#
#   scripts/calibrate-coverage.sh [BUILD_DIR]
#
# Environment: RUNS (40), BW_SEED.
set -eu
cd "$(dirname "$0")/.."
exec env BW_CALIBRATE_RUNS="${RUNS:-40}" "${1:-build}/tests/calibrate_test_calibrate"
