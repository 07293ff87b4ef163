/* columns.c - the columns of `compare`, from the sums of metrics.c, touch.c and hedge.c. */
#include "metrics/state.h"

const bw_column_row bw_column_rows[BW_COLUMNS] = {
#define X(name, id, kind, heading, words) {id, heading, words, BW_COLUMN_##kind},
    BW_COLUMN_LIST(X)
#undef X
};

BW_STATIC_ASSERT(BW_COL_PAID_CARRYOVER - BW_COL_PAID_FUND == BW_LAYER_CARRYOVER, "in the order of bw_layer");
BW_STATIC_ASSERT(BW_COL_TAKEN_5S - BW_COL_TAKEN_0S == BW_HORIZON_5S && BW_COL_OVERSHOOT_5S - BW_COL_OVERSHOOT == BW_HORIZON_5S,
                 "in the order of bw_metrics_horizon");

static void set(bw_columns *columns, bw_column column, int64_t value)
{
    columns->value[column] = value;
    columns->exists[column] = true;
}

/* floor(part x 1,000,000 / whole), at most 2^63 - 1; nothing when there is no whole. */
static void set_ratio(bw_columns *columns, bw_column column, bw_wide part, bw_wide whole)
{
    if (bw_wide_sign(whole) > 0)
        set(columns, column, bw_wide_to_int64_saturated(bw_wide_div_floor(bw_wide_scale(part, 1000000), whole)));
}

static bool is_of_customer(const bw_metrics_account *record)
{
    return record->pool == 0 && !(record->flags & BW_METRICS_DESK);
}

static void set_paid(const bw_metrics_pool *pool, bw_columns *columns)
{
    set(columns, BW_COL_GAP, pool->flow.gap);
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++)
        set(columns, (bw_column)(BW_COL_PAID_FUND + layer), pool->flow.paid[layer]);
    set(columns, BW_COL_CARRYOVER, pool->carryover);
    set(columns, BW_COL_CLAIMS, pool->claims);
    set(columns, BW_COL_DESKS_RESULT, pool->desks_end - pool->desks_open);
    set(columns, BW_COL_LIQUIDATED_NOTIONAL, pool->flow.liquidated);
    set(columns, BW_COL_BANKRUPT_ACCOUNTS, (int64_t)pool->bankrupt_accounts);
    set(columns, BW_COL_ADL_NOTIONAL, pool->flow.adl);
}

/* What accounts lost, and by how much that is more than was needed. */
static void set_taken(const bw_metrics *metrics, bw_columns *columns)
{
    const bw_metrics_flow *flow = &metrics->pools[0].flow;
    int64_t taken[BW_HORIZON_END] = {0}, mark = 0, touched = 0, not_in_profit = 0, of_desks = 0;
    for (uint32_t i = 0; i < metrics->record_count; i++) {
        const bw_metrics_account *record = &metrics->records[i];
        if (!is_of_customer(record)) {
            if (record->pool == 0)
                bw_metrics_sum(&of_desks, record->charged);
            continue;
        }
        touched += (record->flags & (BW_METRICS_DELEVERAGED | BW_METRICS_CHARGED)) != 0;
        not_in_profit += (record->flags & BW_METRICS_NOT_IN_PROFIT) != 0;
        bw_metrics_sum(&mark, record->lost[BW_HORIZON_NOW]);
        for (uint32_t h = 0; h < BW_HORIZON_END; h++)
            if (record->lost[h] > 0)
                bw_metrics_sum(&taken[h], record->lost[h]);
    }
    int64_t needed = flow->gap - flow->paid[BW_LAYER_FUND] - flow->paid[BW_LAYER_SHARED_FUND] -
                     flow->paid[BW_LAYER_CAPITAL] - flow->paid[BW_LAYER_BACKSTOP] - of_desks;
    set(columns, BW_COL_ACCOUNTS_TOUCHED, touched);
    set(columns, BW_COL_LOST_NOT_IN_PROFIT, not_in_profit);
    set(columns, BW_COL_TAKEN_MARK, mark);
    set(columns, BW_COL_NEEDED, needed);
    for (uint32_t h = 0; h < BW_HORIZON_END; h++) {
        set(columns, (bw_column)(BW_COL_TAKEN_0S + h), taken[h]);
        set(columns, (bw_column)(BW_COL_OVERSHOOT + h), taken[h] - needed);
    }
}

/* Charges over the accounts that paid any. */
static void set_spread(const bw_metrics *metrics, bw_columns *columns)
{
    bw_metrics_spread spread;
    uint32_t count = 0;
    for (uint32_t i = 0; i < metrics->record_count; i++)
        if (is_of_customer(&metrics->records[i]))
            metrics->amounts[count++] = metrics->records[i].charged;
    bw_metrics_spread_of(metrics->amounts, count, &spread);
    set_ratio(columns, BW_COL_TOP10_SHARE, bw_wide_of(spread.top_10), bw_wide_of(spread.total));
    if (spread.total > 0)
        set(columns, BW_COL_GINI, spread.gini_ppm);
}

static void set_ranks(const bw_metrics *metrics, bw_columns *columns)
{
    bw_metrics_ranks ranks = bw_metrics_ranks_of(metrics);
    if (!ranks.charged)
        return;
    set_ratio(columns, BW_COL_RANK_INVERSIONS, bw_wide_of_u64(ranks.inversions), bw_wide_of_u64(ranks.pairs));
    set_ratio(columns, BW_COL_PTSR, bw_wide_of(ranks.kept), bw_wide_of(metrics->pools[0].flow.gap));
    set_ratio(columns, BW_COL_PMR, ranks.survived, ranks.profit);
}

void bw_metrics_columns(const bw_metrics *metrics, bw_columns *columns)
{
    *columns = (bw_columns){{0}, {false}};
    set_paid(&metrics->pools[0], columns);
    set_taken(metrics, columns);
    set_spread(metrics, columns);
    if (metrics->limits.owners == 0)
        return;
    set(columns, BW_COL_LARGEST_FRACTION_EQUITY, metrics->fraction_equity);
    set(columns, BW_COL_LARGEST_FRACTION_POSITION, metrics->fraction_position);
    set(columns, BW_COL_HEDGE_DAMAGE, metrics->hedge_damage);
    set_ranks(metrics, columns);
}
