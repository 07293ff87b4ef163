/* shock_gap.c - what accounts lack at a scenario's prices, without the rest of the waterfall.

   Closing is at the mark, so nobody's equity changes before the bankrupt are zeroed, and no charge makes anybody bankrupt: the gap
   of a shock is the sum of all negative equities, whatever the pool's layers. Of single positions prefix sums give it at once. */
#include "stress/shock_work.h"

#include "money/money.h"

void bw_shock_gap_new(bw_shock *shock)
{
    bw_wide net = bw_wide_of(0);
    int64_t lots = 0;
    for (uint32_t i = 0; shock->waits && i < shock->singles; i++) {
        const shock_head *head = &shock->head[shock->who[i]];
        net = bw_wide_add_int64(net, head->net);
        lots += bw_abs(shock->lot[head->first].size);          /* of both sides of all markets below 2^63 (R1) */
        shock->sum[i + 1u] = (shock_sum){.net = net, .lots = lots};
    }
}

/* Of the first `count` single positions of a side, all of which are bankrupt. */
static bw_wide prefix_gap(const bw_shock *shock, uint32_t side, uint32_t count)
{
    uint32_t first = shock->side[side].single_first;
    const shock_sum *from = &shock->sum[first], *to = &shock->sum[first + count];
    bw_wide value = bw_wide_mul(to->lots - from->lots, side % 2u ? -shock->unit[side / 2u] : shock->unit[side / 2u]);
    return bw_wide_negate(bw_wide_add(bw_wide_sub(to->net, from->net), value));
}

/* Limits are those of unhealthy accounts: who is bankrupt among them is asked one by one. */
static bw_wide listed_gap(const bw_shock *shock, uint32_t side, uint32_t count)
{
    const uint32_t *who = &shock->who[shock->side[side].single_first];
    bw_wide gap = bw_wide_of(0);
    for (uint32_t i = 0; i < count; i++)
        gap = bw_wide_add_int64(gap, bw_gap_of(bw_shock_base_equity(shock, who[i])));
    return gap;
}

static int64_t scenario_gap(const bw_shock *shock, uint32_t lane)
{
    bw_wide gap = bw_wide_of(0);
    for (uint32_t side = 0; side < 2u * shock->markets; side++) {
        uint32_t count = bw_shock_singles_broken(shock, side);
        if (count)
            gap = bw_wide_add(gap, shock->waits ? prefix_gap(shock, side, count) : listed_gap(shock, side, count));
    }
    for (uint32_t i = 0; i < shock->flagged_count; i++)
        if (shock->flags[i] >> lane & 1u)
            gap = bw_wide_add_int64(gap, bw_gap_of(bw_shock_base_equity(shock, shock->line_account[shock->flagged[i]])));
    return bw_wide_to_int64(gap);
}

void bw_shock_gaps(bw_shock *shock, const int64_t *ticks, uint64_t count, int64_t *gaps)
{
    for (uint64_t begin = 0; begin < count; begin += BW_SHOCK_LANES) {
        uint32_t lanes = count - begin < BW_SHOCK_LANES ? (uint32_t)(count - begin) : BW_SHOCK_LANES;
        const int64_t *block = ticks + begin * shock->markets;
        bw_shock_find_block(shock, block, lanes);
        for (uint32_t lane = 0; lane < lanes; lane++) {
            bw_shock_prices_set(shock, block + (size_t)lane * shock->markets);
            gaps[begin + lane] = scenario_gap(shock, lane);
        }
    }
}
