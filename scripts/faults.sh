#!/bin/sh
# faults.sh [NAME...] - does the proof notice mistakes? Puts deliberate faults, one at a time, into a copy of the source,
# builds it and runs the engine's tests, the stories and the cases of `conform`. Prints who noticed each; exit 1 if nobody
# noticed one, if no case noticed one called case-..., if one no longer fits the source or has no row in docs/testing.md.
# Takes some twenty minutes on two cores, so ./test does not run it.
set -u
cd "$(dirname "$0")/.." || exit 2
only=$*
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
git ls-files -z -- . | xargs -0 cp --parents -t "$work" || exit 2
cd "$work" || exit 2
meson setup build -Dbuildtype=release -Dwerror=false >setup.log 2>&1 || { cat setup.log; exit 2; }
programs=$(ninja -C build -t targets all | sed -n 's/^\(tests\/\(engine_test_[a-z_]*\|story_test_stories\|conform_test_conform\)\): .*/\1/p')
# shellcheck disable=SC2086  # a list of words on purpose
ninja -C build $programs >build.log 2>&1 || { tail -30 build.log; exit 2; }

missed=0
total=0

# The programs that fail, in one line.
noticed_by() {
    for program in $programs; do
        BW_SOURCE_DIR=$work BW_BUILD_DIR=$work/build timeout 120 "build/$program" >"out.$(basename "$program")" 2>&1 ||
            printf ' %s' "$(basename "$program" | sed 's/_test_/\/test_/')"
    done
}

fault() {  # fault NAME FILE SED-EXPRESSION
    case " $only " in "  " | *" $1 "*) ;; *) return ;; esac
    total=$((total + 1))
    grep -q "^| \`$1\` |" docs/testing.md || { echo "UNLISTED $1: no row in docs/testing.md"; missed=$((missed + 1)); }
    cp "$2" original
    sed -i "$3" "$2"
    if cmp -s original "$2"; then
        echo "STALE    $1: no such line in $2"
        missed=$((missed + 1))
        return
    fi
    # shellcheck disable=SC2086
    if ninja -C build $programs >build.log 2>&1; then
        by=$(noticed_by)
    else
        by=" (does not compile)"
        missed=$((missed + 1))
    fi
    cp original "$2"
    touch "$2"
    case $1:$by in
    case-*conform/*) ;;
    case-*) by= ;;
    esac
    if [ -z "$by" ]; then
        missed=$((missed + 1))
        echo "MISSED   $1"
    else
        echo "noticed  $1:$by"
    fi
}

clean=$(noticed_by)
[ -z "$clean" ] || { echo "already failing without any fault:$clean"; exit 2; }

fault rounding-direction src/engine/margin.h 's/(rest + 999999) \/ 1000000/rest \/ 1000000/'
fault dropped-fee src/engine/trade.c 's/pool->fees += fees - share;/(void)share;/'
fault swapped-side src/engine/haircut.c 's/second ? at->side : 1u - at->side/second ? 1u - at->side : at->side/'
fault skipped-trigger src/engine/calendar.c 's/at->key >= price : at->key <= price/at->key > price : at->key < price/'
fault skipped-wheel src/engine/calendar.c 's/charge_of_key(nodes\[candidate\].key) > charge/charge_of_key(nodes[candidate].key) >= charge/'
fault stale-snapshot src/engine/position.c 's/cold->snapshot = at->size ? .*;/(void)at;/'
fault forgotten-cap src/engine/fund_layer.c 's/^    round->usable -= pays.paid;//'
fault fee-uncounted src/engine/fund_layer.c 's/bw_fund_debit(venue, at->pool, bucket, pays.paid)/bw_fund_debit(venue, at->pool, bucket, pays.taken)/'
fault partial-payment src/engine/fund_layer.c 's/bw_fund_amount(ask, room, true, false)/bw_fund_amount(ask, room, false, false)/'
fault late-base src/engine/round.c 's/round->keeps_start = .*;/round->keeps_start = 0;/'
fault mixed-ties src/engine/adl.c 's/if (pool->adl_tie == BW_TIE_MIX)/if (pool->adl_tie <= BW_TIE_ID)/'
fault own-surplus src/engine/backstop.c \
    's/loss->surplus += fee;/bw_fund_credit(writer, bw_market_at(venue, market)->pool, market, fee, cause); bw_at_pool_round(venue)[bw_market_at(venue, market)->pool].usable += fee; bw_at_bucket_usable(venue)[market] += fee;/; s/#include "engine\/round.h"/&\n#include "engine\/fund.h"/'
fault no-shadow src/engine/round.c 's/return shadow->upnl - shadow->charged;/return bw_position_upnl(venue, position);/'
fault uncharged-shadow src/engine/round.c 's/return shadow->upnl - shadow->charged;/return shadow->upnl;/'
fault flip-cost src/engine/position.c 's/bw_abs(lots) - closed, bw_abs(lots)/closed, bw_abs(lots)/'
fault gap-by-margin src/engine/loss.c 's/pass == 0 ? lost_by(venue, p) : mm_before(venue, p)/mm_before(venue, p)/'
fault deep-discount src/engine/backstop.c 's/return bw_max(bw_penalty_least(.*, \*zero), \(value - bw_ppm_ceil(.*)\));/return \1;/'
fault zero-value-rounding src/engine/formula.c 's/if (margin && !bw_mul_div_floor_try(equity/if (margin \&\& !bw_mul_div_zero_try(equity/'
fault early-leaver src/engine/release.c 's/money + pool->carried, 0)/money + pool->carried \/ 2, 0)/'
fault zero-both-unasked src/engine/zero_both.c 's/return to.equity >= 0 .*;/return to.equity >= 0;/'
fault zero-both-once src/engine/adl.c 's/at\[1\] += at\[6\] != (SOME_REFUSED | SOME_CLOSED);/at[1]++;/'
fault zero-both-uncovered src/engine/zero_both.c 's/bankrupt->covered += amount;/(void)bankrupt;/'
fault profits-wait-anew src/engine/release.c 's/bw_wide_mul(s->locked, s->rest_ns), gain/bw_wide_mul(s->locked, age_ns), gain/'
fault hedge-now src/engine/hedge.c 's/int64_t size = bw_size_before(venue, position);/int64_t size = bw_position_at(venue, position)->size;/'
fault hedge-forgets src/engine/hedge.c 's/^    cold->owner_next = bw_cold_at(venue, first)->owner_next;/    return;/'
fault refusal-moves-time src/engine/step.c 's/^    venue->seq++;/&\n    if (command->time_ns > venue->time_ns)\n        venue->time_ns = command->time_ns;/'
fault fund-desk-takes-the-reserved src/engine/fund_desk.c 's/pool->shared_fund - pool->reserved_gap/pool->shared_fund/'
fault fund-desk-after-others src/engine/round.c 's/^    bw_fund_desk_cover(writer, pool_number);//'
fault funding-not-settled src/engine/prices.c 's/^    settle_due(venue, c->market);//'
fault index-forgets-fractions src/engine/index.c '0,/own->carried = owed.carried;/s//own->carried = 0;/'
fault index-claims-unseen src/engine/fund.h 's/return pool->claims + pool->unbooked;/return pool->claims;/'
fault index-charge-ages src/engine/account.c 's/^    warm->released = bw_min(warm->released, bw_profit(warm));/    bw_profit_follow(venue, account, bw_profit(warm) + amount);/'
fault index-last-leaver src/engine/release.c 's/if (pool->raised) /if (0) /'
fault index-unwatched src/engine/index_layer.c 's/^        dirty\[at->market .*;$//'
fault index-of-balances-unwatched src/engine/index_layer.c 's/^    dirty\[2u .*;$//'
fault index-escape src/engine/index_layer.c 's/return bw_max(0, bw_abs(shadow->size) - (stays/return bw_max(0, 0 * (int64_t)(stays/'
fault index-trigger-late src/engine/trigger.c 's/bw_wide_of(1 + of->remainder)/bw_wide_of(1)/'
fault index-drops-the-leaver src/engine/index.c 's/carried_add(&sides\[bw_side_of(before)\], own->carried);//'
fault index-old-money src/engine/index.c 's/bw_wide_of(scale - pool->haircut.steps)/bw_wide_of(scale)/'
fault case-allocate src/allocate/select.c 's/a->order < b->order/a->order > b->order/'
fault case-ratio16 src/allocate/rounding.c 's/machine->ratio ? bw_mul_div_floor/machine->ratio ? bw_mul_div_ceil/'
fault case-zero-value src/engine/formula.c 's/if (margin \&\& !bw_mul_div_floor_try(equity/if (margin \&\& !bw_mul_div_ceil_try(equity/'
fault case-fund-caps src/engine/formula.c 's/return cap < 0 ? room : bw_min(room, cap - paid);/return cap < paid ? room : room;/'
fault case-fund-floor src/engine/formula.c 's/capped(caps->fund - caps->floor,/capped(caps->fund,/'
fault case-haircut src/engine/formula.c 's/bw_max(0, bw_min(base_left, equity)), fraction_ppm)/bw_max(0, bw_min(base_left, equity)), fraction_ppm \/ 2)/'
fault case-locked-profit src/engine/formula.c 's/bw_max(0, profit) - released)/bw_max(0, profit))/'
fault terminal-forgets-the-rest src/engine/ends.c 's/venue_money(venue, market) + sum.rest/venue_money(venue, market)/'
fault terminal-forgets-the-fund src/engine/ends.c 's/venue_money(venue, market) + sum.rest/sum.rest/'
fault terminal-counts-the-market-twice src/engine/ends.c 's/^        sum.rest -= bw_position_upnl(venue, position);//'
fault clawback-always-of-gains src/engine/ends.c 's/own->kind ? own : &clawback_pool/settles ? \&clawback_pool : own/'
fault clawback-always-pro-rata src/engine/ends.c 's/(bw_rule)at->layer->rule,/BW_RULE_CAPPED_PRO_RATA,/'
fault excess-vanishes src/engine/excess.c 's/^        \*(of_fund ? .*;//'
fault excess-never-used src/engine/excess.c 's/? bw_min(budget, pool->ceil_carried) : 0/? 0 : 0/'
fault excess-held-for-the-fund src/engine/excess.c 's/bool of_fund = .*;/bool of_fund = false;/'
fault own-excess-lost src/engine/loss.c 's/^    bw_fund_credit(writer, pool, BW_NONE16, surplus, BW_NONE32);//'
fault clawback-excess-lost src/engine/ends.c 's/->ceil_carried += charge - part;/->ceil_carried += 0 * (charge - part);/'
fault charges-floored src/engine/round.c 's/= BW_ALLOCATE_CEIL_LAST/= BW_ALLOCATE_FLOOR_LAST/'
fault ratio16-exact src/engine/round.c 's/= BW_ALLOCATE_CEIL_RATIO16/= BW_ALLOCATE_CEIL_LAST/'
fault sync-unpaid src/engine/sync.c 's/return plan->gap == 0 || w->bottomless || .*;/return (void)money, true;/'
fault sync-own-surplus src/engine/sync.c 's/w.money = bw_min(bw_fund_usable(venue, number), bw_fund_at_hand(venue, market));/w.money = BW_VALUE_MAX;/'
fault sync-uncapped src/engine/sync.c 's/^    w->caps -= plan->gap;//'
fault sync-sells-the-healthy src/engine/sync.c 's/^    if (equity >= mm)$/    if (equity >= mm + BW_SIZE_MAX)/'
fault sync-waits-for-ever src/engine/sync.c 's/^        bw_hot_at(venue, w->account)->flags |= BW_HOT_ENDED;/        return;/'
fault sync-paid-out src/engine/ends.c 's/^        progress->recheck_market = market + 1u;/        return;/'
fault sync-unseen src/engine/sync.c 's/now = equity < 0;/now = 0;/'
fault sync-ungated src/engine/fund.h 's/ || pool->waiting != 0;/;/'
fault penalty-rounding src/engine/penalty.c 's/bw_ppm_floor(result.value, set->penalty_ppm)/bw_ppm_ceil(result.value, set->penalty_ppm)/'
fault penalty-of-the-pool src/engine/loss.c 's/(BW_CASE_BANKRUPT | BW_CASE_PENALTY)/BW_CASE_BANKRUPT/'
fault penalty-after-discount src/engine/penalty.c 's/zero + penalty->fund + penalty->desk)/zero)/'
fault fund-desk-by-visit src/engine/round.c 's/ == account)$/ != BW_NONE32)/'
fault sync-wait-anew src/engine/adl.c 's/if (!waited || /if (!waited || 1 || /'
fault penalty-for-the-next src/engine/sync.c 's/w->money -= bw_max(0, plan->gap - penalty_at_once(venue, w, plan));/w->money -= plan->gap - penalty_at_once(venue, w, plan);/'
fault penalty-late src/engine/penalty.c 's/^    if (set->penalty_first)/    if (set->penalty_first > 1)/'
fault penalty-beyond-the-caps src/engine/penalty.c 's/round->usable = bw_min(round->usable + rest, .*;/round->usable += rest;/'
fault penalty-lost src/engine/penalty.c 's/bw_loss_at(venue, market, side)->surplus += penalty.fund;/(void)side;/'

echo "$((total - missed)) of $total noticed"
[ "$missed" -eq 0 ]
