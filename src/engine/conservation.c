/* conservation.c - is every unit of money still there (R2)? Its own sums over the state's records: it calls nothing
   that posts, and reads no sum that posting keeps. */
#include "engine/state.h"

#include "money/wide.h"

static bool pool_settles_in(const bw_venue *venue, uint32_t pool, uint16_t asset)
{
    return bw_at_pool(venue)[pool].settings.asset == asset;
}

/* Sum of balances: settlement balances of the asset's pools, and holdings of it as collateral. */
static bw_wide balances_of(const bw_venue *venue, uint16_t asset)
{
    bw_wide sum = bw_wide_of(0);
    for (uint32_t a = 0; a < venue->account_count; a++)
        if (pool_settles_in(venue, bw_at_cold(venue)[a].pool, asset))
            sum = bw_wide_add_int64(sum, bw_at_warm(venue)[a].balance);
    for (uint32_t h = 1; h <= venue->holding_top; h++) {
        const bw_holding *holding = bw_at_holding(venue) + h;
        if (holding->amount && bw_at_collateral(venue)[holding->collateral].asset == asset)
            sum = bw_wide_add_int64(sum, holding->amount);
    }
    return sum;
}

/* Haircuts by index (R15): what all owe in whole units, and the fractions that nobody was charged yet, in units of 2^-shift. */
typedef struct owing {
    bw_wide owed, fractions;
} owing;

static void owing_add(owing *sum, int64_t units, int64_t steps, int64_t carried, uint32_t shift)
{
    bw_wide steps_owed = bw_wide_add_int64(bw_wide_mul(units, steps), carried), scale = bw_wide_power2(shift);
    sum->owed = bw_wide_add(sum->owed, bw_wide_div_floor(steps_owed, scale));
    sum->fractions = bw_wide_add(sum->fractions, bw_wide_mod_floor(steps_owed, scale));
}

static bw_wide stored(const bw_stored *a)
{
    return bw_wide_add(bw_wide_scale(bw_wide_power2(64), a->high), bw_wide_of_u64(a->low));
}

static owing owed_in_market(const bw_venue *venue, uint32_t number)
{
    const bw_index *sides = bw_at_market_cold(venue)[number].haircut;
    owing sum = {bw_wide_of(0), bw_wide_add(stored(&sides[0].carried), stored(&sides[1].carried))};
    for (uint32_t p = 1; p <= venue->position_top; p++) {
        const bw_position *at = bw_at_position(venue) + p;
        const bw_position_index *own = bw_at_position_index(venue) + p;
        if (at->size && at->market == number)
            owing_add(&sum, at->size < 0 ? -at->size : at->size, sides[at->size < 0].steps - own->steps, own->carried,
                      bw_at_market(venue)[number].index_shift);
    }
    return sum;
}

static owing owed_in_pool(const bw_venue *venue, uint32_t number)
{
    const bw_index *index = &bw_at_pool(venue)[number].haircut;
    owing sum = {bw_wide_of(0), stored(&index->carried)};
    for (uint32_t a = 0; a < venue->account_count; a++) {
        const bw_account_index *own = bw_at_account_index(venue) + a;
        if (bw_at_cold(venue)[a].pool == number && own->nominal)
            owing_add(&sum, own->nominal, index->steps - own->steps, own->carried, 60u);
    }
    return sum;
}

/* Adds the asset's owing to balances and costs; the fractions, which must make whole units, to `uncharged`. False if not. */
static bool owing_of(const bw_venue *venue, uint16_t asset, bw_wide *balances, bw_wide *costs, int64_t *uncharged)
{
    bw_wide sum = bw_wide_of(0), rest = bw_wide_of(0);
    for (uint32_t m = 0; venue->limits.indexed && m < venue->market_count; m++) {
        if (!pool_settles_in(venue, bw_at_market(venue)[m].pool, asset))
            continue;
        owing of = owed_in_market(venue, m);
        bw_wide scale = bw_wide_power2(bw_at_market(venue)[m].index_shift);
        *costs = bw_wide_add(*costs, of.owed);
        sum = bw_wide_add(sum, bw_wide_div_floor(of.fractions, scale));
        rest = bw_wide_add(rest, bw_wide_mod_floor(of.fractions, scale));
    }
    for (uint32_t p = 0; venue->limits.indexed && p < venue->pool_count; p++) {
        if (!pool_settles_in(venue, p, asset))
            continue;
        owing of = owed_in_pool(venue, p);
        *balances = bw_wide_sub(*balances, of.owed);
        sum = bw_wide_add(sum, bw_wide_div_floor(of.fractions, bw_wide_power2(60)));
        rest = bw_wide_add(rest, bw_wide_mod_floor(of.fractions, bw_wide_power2(60)));
    }
    *uncharged = bw_wide_to_int64(sum);
    return bw_wide_sign(rest) == 0;
}

/* Sum of effective costs: cost + size x (offset of its side - snapshot), without what is owed for haircuts by index. */
static bw_wide costs_of(const bw_venue *venue, uint16_t asset)
{
    bw_wide sum = bw_wide_of(0);
    for (uint32_t p = 1; p <= venue->position_top; p++) {
        const bw_position *at = bw_at_position(venue) + p;
        const bw_position_cold *cold = bw_at_position_cold(venue) + p;
        const bw_market *market = bw_at_market(venue) + at->market;
        if (at->size == 0 || !pool_settles_in(venue, market->pool, asset))
            continue;
        sum = bw_wide_add_int64(sum, cold->cost);
        sum = bw_wide_add_mul(sum, at->size, market->offset[at->size < 0] - cold->snapshot);
    }
    return sum;
}

/* Inside an open round: gaps posted to balances and not yet paid (below 0: paid with too much, R16), less what was taken for
   the fund and is not yet credited. */
static int64_t pending_of(const bw_venue *venue, uint16_t asset)
{
    const bw_progress *progress = bw_at_progress(venue);
    int64_t sum = 0;
    if (!progress->open)
        return 0;
    for (uint32_t m = 0; m < venue->market_count; m++)
        if (pool_settles_in(venue, bw_at_market(venue)[m].pool, asset))
            for (uint32_t side = 0; side < 2u; side++)
                sum += bw_loss_at(venue, m, side)->left - bw_loss_at(venue, m, side)->surplus;
    for (uint32_t p = 0; p < venue->pool_count; p++)
        if (pool_settles_in(venue, p, asset))
            sum += bw_at_pool_round(venue)[p].loss.left - bw_at_pool_round(venue)[p].loss.surplus;
    bool ends_market = progress->ending == BW_COMMAND_EXPIRE || progress->ending == BW_COMMAND_RESOLVE;
    if (ends_market && pool_settles_in(venue, bw_at_market(venue)[progress->ending_item].pool, asset))
        sum -= progress->residue;
    return sum;
}

bool bw_conservation_get(const bw_venue *venue, uint16_t asset, bw_conservation *result)
{
    if (asset >= venue->asset_count)
        return false;
    bw_conservation c = {.dust = bw_at_asset(venue)[asset].dust, .external = bw_at_asset(venue)[asset].external};
    for (uint32_t p = 0; p < venue->pool_count; p++) {
        const bw_pool *pool = bw_at_pool(venue) + p;
        if (pool->settings.asset != asset)
            continue;
        c.fund += pool->shared_fund;
        c.capital += pool->capital;
        c.fees += pool->fees;
        c.ceil_carried += pool->ceil_carried;
        c.carryover += pool->carryover.amount;
    }
    for (uint32_t m = 0; m < venue->market_count; m++) {
        if (!pool_settles_in(venue, bw_at_market(venue)[m].pool, asset))
            continue;
        c.fund += bw_at_market_cold(venue)[m].fund;
        c.carryover += bw_at_market_cold(venue)[m].carryover.amount;
    }
    bw_wide balances = balances_of(venue, asset), costs = costs_of(venue, asset);
    bool whole = owing_of(venue, asset, &balances, &costs, &c.uncharged);
    c.balances = bw_wide_to_int64(balances);
    c.costs = bw_wide_to_int64(costs);
    c.error = c.balances - c.costs + c.fund + c.capital + c.fees + c.ceil_carried + c.dust - c.carryover - c.uncharged -
              c.external - pending_of(venue, asset);
    if (!whole && c.error == 0)
        c.error = 1;
    *result = c;
    return true;
}
