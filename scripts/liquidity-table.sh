#!/bin/sh
# How a liquidation comes to the order book, compared: the table of docs/liquidity.md, one line a way and day, as Markdown.
#
#   scripts/liquidity-table.sh [BUILD_DIR [ACCOUNTS [SEEDS]]]      100000 accounts, seeds "1 2 3" unless said
#
# A copy of each day gets one line before `path`; nothing else of it is changed. Amounts in millions, one a seed.
set -eu
cd "$(dirname "$0")/.."
program=$(cd "${1:-build}" && pwd)/breakwater
accounts=${2:-100000}
seeds=${3:-1 2 3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The first value of a key, that of the pool, in millions.
figure() {
    grep -o "\"$1\": *\"[0-9.]*\"" "$folder/json" | head -n 1 | tr -dc '0-9.\n' | awk -v form="$2" '{ printf form, $1 / 1e6 }'
}

# DAY MARKET FORM OPTIONS... LINE
compare_ways() {
    day=$1 market=$2 form=$3 options=$4
    cp -r "scenarios/$day" "$folder/"
    while IFS='|' read -r name line; do
        gap="" adl="" fund="" price="" book=""
        sed "/^path/i $line" "scenarios/$day.story" >"$folder/$day.story"
        for seed in $seeds; do
            # shellcheck disable=SC2086  # options are words
            "$program" run "$folder/$day.story" --accounts "$accounts" --seed "$seed" $options --json "$folder/json" >"$folder/screen"
            gap="$gap $(figure gap_total "$form")"
            adl="$adl $(figure adl_notional %.0f)"
            book="$book $(figure book_notional %.0f)"
            fund="$fund $(figure shared_fund "$form")"
            price="$price $(sed -n "s/.*Prices .*$market \([+-][0-9.]*%\).*/\1/p" "$folder/screen")"
        done
        echo "| $day | $name |$gap |$fund |$adl |$book |$price |"
    done <<WAYS
\`book\`|liquidity all execution book
\`one-order\`|liquidity all execution one-order
\`sliced\`|liquidity all execution sliced
\`participation\` 1|liquidity all execution participation
\`participation\` 0.1|liquidity all execution participation participation 0.1
\`sliced\`, linear|liquidity all execution sliced impact-exponent 1
\`book\`, \`mark-share\` 0|liquidity all mark-share 0
\`book\`, \`mark-share\` 1|liquidity all mark-share 1
\`one-order\`, \`mark-share\` 1|liquidity all execution one-order mark-share 1
WAYS
}

echo "| day | way | gap | by the fund | ADL | book took | furthest price |"
echo "|---|---|---|---|---|---|---|"
compare_ways 2025-10-10 BTC %.1f "--fund 5000000"
compare_ways 2025-03-26-jelly JELLY %.3f ""
