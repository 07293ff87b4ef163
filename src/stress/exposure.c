#include "stress/exposure.h"

#include "money/wide.h"

enum { UNIT = 1000000 };             /* of the scale, for squares */

/* ------------------------------------------------------------------------------------------------------------- bins */

int64_t bw_exposure_bin_low(uint32_t bin, int64_t scale)
{
    BW_ASSERT(bin < BW_EXPOSURE_BINS && scale > 0);
    if (bin < BW_EXPOSURE_BIN_OF_SCALE)
        return bw_wide_to_int64(bw_wide_div_ceil(bw_wide_of(scale), bw_wide_power2(BW_EXPOSURE_BIN_OF_SCALE - bin)));
    return bw_wide_to_int64_saturated(bw_wide_mul(scale, INT64_C(1) << (bin - BW_EXPOSURE_BIN_OF_SCALE)));
}

int64_t bw_exposure_bin_high(uint32_t bin, int64_t scale)
{
    return bin + 1 < BW_EXPOSURE_BINS ? bw_exposure_bin_low(bin + 1, scale) : INT64_MAX;
}

uint32_t bw_exposure_bin(int64_t charge, int64_t scale)
{
    uint32_t bin = 0;
    while (bin + 1 < BW_EXPOSURE_BINS && charge >= bw_exposure_bin_low(bin + 1, scale))
        bin++;
    return bin;
}

/* ------------------------------------------------------------------------------------------------------ shared sums */

static void count(uint32_t *sum, bool hit)
{
    if (hit)
        __atomic_fetch_add(sum, 1, __ATOMIC_RELAXED);
}

/* A sum that wraps is a bug: 10^8 paths of 10^11 units fit. */
static void add(int64_t *sum, int64_t amount)
{
    int64_t after;
    if (amount == 0)
        return;
    bool overflow = __builtin_add_overflow(__atomic_fetch_add(sum, amount, __ATOMIC_RELAXED), amount, &after);
    BW_ASSERT(!overflow);
}

static void add_unsigned(uint64_t *sum, uint64_t amount)
{
    if (amount != 0)
        __atomic_fetch_add(sum, amount, __ATOMIC_RELAXED);
}

/* Each process carries what its own addition took over the edge, so the sum is right once all have ended. */
static void add_wide(uint64_t *low, uint64_t *high, uint64_t amount_low, uint64_t amount_high)
{
    uint64_t before = __atomic_fetch_add(low, amount_low, __ATOMIC_RELAXED);
    add_unsigned(high, amount_high + (before + amount_low < before));
}

static void raise(int64_t *most, int64_t amount)
{
    int64_t seen = __atomic_load_n(most, __ATOMIC_RELAXED);
    while (amount > seen && !__atomic_compare_exchange_n(most, &seen, amount, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        continue;
}

/* 0 is none. */
static void lower(uint32_t *least, uint32_t value)
{
    uint32_t seen = __atomic_load_n(least, __ATOMIC_RELAXED);
    while (value != 0 && (seen == 0 || value < seen) &&
           !__atomic_compare_exchange_n(least, &seen, value, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        continue;
}

/* ---------------------------------------------------------------------------------------------------------- records */

static uint64_t square_of(int64_t charge, int64_t scale)
{
    int64_t units;
    if (!bw_mul_div_ceil_try(charge, UNIT, scale, &units) || units > UINT32_MAX)
        units = UINT32_MAX;
    return (uint64_t)units * (uint64_t)units;
}

void bw_exposure_add(bw_exposure_record *record, bw_exposure_bins *bins, const bw_exposure_path *path, int64_t scale)
{
    int64_t charge = bw_exposure_charge(path);
    if (path->flags == 0)
        return;
    count(&record->liquidated, path->flags & BW_EXPOSURE_LIQUIDATED);
    count(&record->adl, path->flags & BW_EXPOSURE_ADL);
    count(&record->cut, path->flags & BW_EXPOSURE_CUT);
    count(&record->bankrupt, path->flags & BW_EXPOSURE_BANKRUPT);
    count(&record->touched, path->flags & (BW_EXPOSURE_LIQUIDATED | BW_EXPOSURE_ADL | BW_EXPOSURE_CUT));
    count(&record->charged, charge > 0);
    count(&record->delta_paths, path->delta_left > 0);
    lower(&record->move, path->move == BW_EXPOSURE_NO_MOVE ? 0 : path->move + 2);
    add(&record->haircut, path->haircut);
    add(&record->adl_cost, path->adl_cost);
    add(&record->liquidation, path->liquidation);
    for (uint32_t i = 0; i < BW_EXPOSURE_COUNTERFACTUALS; i++)
        add(&record->lost[i], path->lost[i]);
    add(&record->delta_left, path->delta_left);
    add(&record->adl_notional, path->adl_notional);
    add_unsigned(&record->closed_ppm, path->closed_ppm);
    add_unsigned(&record->forced_ppm, path->forced_ppm);
    if (charge == 0)
        return;
    raise(&record->charge_max, charge);
    add_wide(&record->squares_low, &record->squares_high, square_of(charge, scale), 0);
    count(&bins->paths[bw_exposure_bin(charge, scale)], true);
}

void bw_exposure_merge(bw_exposure_record *record, bw_exposure_bins *bins, const bw_exposure_record *other,
                       const bw_exposure_bins *other_bins)
{
    record->liquidated += other->liquidated;
    record->adl += other->adl;
    record->cut += other->cut;
    record->bankrupt += other->bankrupt;
    record->touched += other->touched;
    record->charged += other->charged;
    record->delta_paths += other->delta_paths;
    lower(&record->move, other->move);
    record->haircut += other->haircut;
    record->adl_cost += other->adl_cost;
    record->liquidation += other->liquidation;
    for (uint32_t i = 0; i < BW_EXPOSURE_COUNTERFACTUALS; i++)
        record->lost[i] += other->lost[i];
    record->delta_left += other->delta_left;
    record->adl_notional += other->adl_notional;
    record->closed_ppm += other->closed_ppm;
    record->forced_ppm += other->forced_ppm;
    raise(&record->charge_max, other->charge_max);
    add_wide(&record->squares_low, &record->squares_high, other->squares_low, other->squares_high);
    for (uint32_t i = 0; i < BW_EXPOSURE_BINS; i++)
        bins->paths[i] += other_bins->paths[i];
}
