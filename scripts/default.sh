#!/bin/sh
# The figures of docs/default-rules.md: plays three days under all venues, and Breakwater's own rules with one change at a
# time, for five books, and prints the tables. What is in FOLDER already is not played again: about an hour on one core.
#
#   scripts/default.sh FOLDER [BUILD_DIR]
#
# Environment: SEEDS ("1 2 3 4 5"), ACCOUNTS (100000). Needs jq.
set -eu
[ $# -ge 1 ] || { echo "usage: scripts/default.sh FOLDER [BUILD_DIR]" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
program=${2:-build}/breakwater
seeds=${SEEDS:-1 2 3 4 5}
accounts=${ACCOUNTS:-100000}
rules=$out/rules
mkdir -p "$rules"

# A venue's file with a change: NAME VENUE SED-EXPRESSION. A change that changes nothing is an error.
vary()
{
    sed "$3" "venues/$2.story" >"$rules/$1.story"
    if [ -n "$3" ] && cmp -s "venues/$2.story" "$rules/$1.story"; then
        echo "scripts/default.sh: '$3' changes nothing in venues/$2.story" >&2
        exit 1
    fi
}

wait60='s/order-life 5s/order-life 60s/'
desks='s/book | adl/book | backstop | adl/; s/capital$/capital | backstop/'
vary wait-20s breakwater 's/order-life 5s/order-life 20s/'
vary wait-60s breakwater "$wait60"
vary with-desks breakwater "$desks"
vary 60-pro-rata breakwater "$wait60; s/score hedge-aware allocate queue/score size allocate capped-pro-rata/"
vary 60-pnl-x-lev breakwater "$wait60; s/score hedge-aware/score pnl-x-leverage/"
vary 60-size breakwater "$wait60; s/score hedge-aware/score size/"
vary 60-with-desks breakwater "$wait60; $desks"
vary 60-no-delever breakwater "$wait60; /| deleveraged/d"
vary 60-pool-only breakwater "$wait60; /scope market/d"
vary 60-equity breakwater "$wait60; s/base positive-upnl scope pool/base equity scope pool/"
vary 60-fraction-1 breakwater "$wait60; s/ fraction 0.5//"
vary bitmex-5s bitmex 's/order-life 60s/order-life 5s/'
vary okx-5s okx 's/order-life 60s/order-life 5s/'
vary hl-5s hyperliquid-observed 's/order-life 30s/order-life 5s/'

# Two more days: half of the accounts are of the owner of the one before; desks that keep their margin.
for day in 2025-10-10 2025-03-26-jelly 2025-10-10-usde; do ln -sfn "$PWD/scenarios/$day" "$out/$day"; done
sed 's/^\(generate .*\)$/\1 owner-share 0.5/' scenarios/2025-10-10.story >"$out/owners.story"
sed 's/ marginless//' scenarios/2025-10-10.story >"$out/margin.story"

# NAME STORY VENUES [OPTION...]: one comparison a seed.
play()
{
    name=$1 story=$2 venues=$3
    shift 3
    for seed in $seeds; do
        [ -s "$out/$name-$seed.json" ] ||
            "$program" compare "$story" --folder venues --venues "$venues" --seed "$seed" --accounts "$accounts" \
                --json "$out/$name-$seed.json" "$@" >/dev/null 2>"$out/messages" ||
            { cat "$out/messages" >&2; exit 1; }
    done
}

# The files of these names as a list.
files() { for name; do printf '%s/%s.story\n' "$rules" "$name"; done | paste -sd, -; }

play crash-own scenarios/2025-10-10.story "$(files wait-20s wait-60s 60-pro-rata 60-pnl-x-lev 60-with-desks 60-no-delever \
    60-pool-only bitmex-5s okx-5s hl-5s)"
play jelly-own scenarios/2025-03-26-jelly.story "$(files wait-60s with-desks 60-pro-rata 60-pnl-x-lev 60-with-desks)"
play usde-own scenarios/2025-10-10-usde.story "$(files with-desks wait-60s 60-pro-rata 60-pnl-x-lev 60-with-desks \
    60-no-delever 60-pool-only 60-equity 60-fraction-1)"
play owners "$out/owners.story" "$(files wait-60s 60-pro-rata 60-pnl-x-lev 60-size)"
play margin "$out/margin.story" "breakwater,$(files wait-60s 60-with-desks with-desks)"
play fund scenarios/2025-10-10.story "breakwater,$(files wait-60s),bitmex,okx,hyperliquid-observed" --fund 5000000
play crash scenarios/2025-10-10.story all
play jelly scenarios/2025-03-26-jelly.story all
play usde scenarios/2025-10-10-usde.story all

# TITLE UNIT BASE NAME: a row a set of rules, a column a figure, mean +- standard deviation over the books. Money in UNITs of the
# asset (1e6: M), ADL in M, accounts in thousands. With BASE the other rows are what they differ from its row by, book by book.
table()
{
    printf '\n%s\n\n' "$1"
    echo '| rules | gap | needed | owed | desks | touched | ADL | lost 5 s | worst | top 10 | hedge | ranks | PTSR | PMR | no gain | below 0 |'
    echo '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|'
    for seed in $seeds; do echo "$out/$4-$seed.json"; done | xargs jq -rs --argjson unit "$2" --arg base "$3" '
        def places($d): fabs as $x | ($x * pow(10; $d) | round) as $n | if $d == 0 then ($n | tostring) else
            ($n / pow(10; $d) | floor | tostring) + "." + ($n % pow(10; $d) + pow(10; $d) | tostring | .[1:]) end;
        def signed($d; $plus): (if places($d) | test("[1-9]") then (if . < 0 then "-" elif $plus then "+" else "" end) else "" end)
            + places($d);
        def spread($digits; $plus): map(select(. != null)) | if length == 0 then "-" else
            (add / length) as $m | (if length < 2 then 0 else map((. - $m) * (. - $m)) | add / (length - 1) | sqrt end) as $s
            | (if $digits < 3 and ($m | fabs) >= 100 then 0 else $digits end) as $d
            | ($m | signed($d; $plus)) + " ± " + ($s | places($d)) | if test("[1-9]") then . else "0" end end;
        [["gap", $unit, 2], ["needed", $unit, 2], ["carryover", $unit, 2], ["desks_result", $unit, 2],
         ["accounts_touched", 1e3, 1], ["adl_notional", 1e6, 1], ["taken_5s", $unit, 2], ["largest_fraction_equity", 1e-2, 1],
         ["top10_share", 1e-2, 1], ["hedge_damage", $unit, 3], ["rank_inversions", 1e-2, 1], ["ptsr", 1, 2], ["pmr", 1e-2, 1],
         ["lost_not_in_profit", 1, 0], ["bankrupt_accounts", 1, 0]] as $columns
        | def figures($id; $scale): map(.[$id] | if . == null then null else tonumber / $scale end);
        [.[].venues[]] | group_by(.venue) as $all | ($all | map(select(.[0].venue == $base)) | .[0]) as $of
        | ($all | map(select(.[0].venue == $base)) + map(select(.[0].venue != $base)))[] | . as $rows
        | ($base != "" and .[0].venue != $base) as $less
        | [.[0].venue] + [$columns[] as [$id, $scale, $digits] | ($rows | figures($id; $scale))
            | if $less then [., ($of | figures($id; $scale))] | transpose | map(if .[0] == null or .[1] == null then null else .[0] - .[1] end)
              else . end | spread($digits; $less)]
        | "| " + join(" | ") + " |"'
}

table 'The crash under all venues, in M' 1e6 '' crash
table 'The crash with a fund of 5 M' 1e6 '' fund
table 'The squeeze under all venues, in thousands' 1e3 '' jelly
table 'The depeg under all venues, in M' 1e6 '' usde
table 'The crash, one change at a time from a wait of 60 s, and others with one of 5 s; in M' 1e6 wait-60s crash-own
table 'The crash, half of the accounts of the owner of the one before' 1e6 wait-60s owners
table 'The crash, desks that keep their margin' 1e6 breakwater margin
table 'The squeeze, one change at a time, in thousands' 1e3 wait-60s jelly-own
table 'The depeg, one change at a time, in M' 1e6 wait-60s usde-own
