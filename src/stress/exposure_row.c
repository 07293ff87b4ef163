/* exposure_row.c - an account's record as figures; the worst; sums over traders. */
#include <math.h>

#include "metrics/state.h"
#include "stress/exposure_result.h"
#include "stress/law.h"

#define YEAR_NS (365. * 86400e9)
#define UNIT 1e6                     /* of the scale, in the squares: exposure.h */
#define TWO_64 18446744073709551616.

bw_exposure_intervals bw_exposure_intervals_of(uint64_t paths, uint64_t count)
{
    bw_exposure_intervals made = {.level = 1 - (1 - BW_STRESS_LEVEL) / (double)(count > 0 ? count : 1)};
    for (uint64_t hits = 0; hits < BW_STRESS_FEW_HITS && hits <= paths; hits++)
        made.few[hits] = bw_interval_chance(hits, paths, made.level);
    return made;
}

static bw_stress_chance chance_of(uint64_t hits, uint64_t paths, const bw_exposure_intervals *intervals)
{
    bool few = hits < BW_STRESS_FEW_HITS;
    return (bw_stress_chance){.hits = hits, .paths = paths,
                              .interval = few ? intervals->few[hits] : bw_interval_chance(hits, paths, intervals->level)};
}

static int64_t mean_up(int64_t sum, uint64_t count)
{
    return count > 0 ? bw_wide_to_int64(bw_wide_div_ceil(bw_wide_of(sum), bw_wide_of((int64_t)count))) : 0;
}

/* ------------------------------------------------------------------------------------------------------------- drag */

static int64_t nearest(double x)
{
    if (!(x > -9e18 && x < 9e18))
        return x > 0 ? INT64_MAX : INT64_MIN;
    int64_t whole = (int64_t)x;
    return x - (double)whole >= .5 ? whole + 1 : x - (double)whole <= -.5 ? whole - 1 : whole;
}

/* 1/100 bp a year of a loss per path over equity. */
static double yearly(const bw_exposure_facts *facts, double loss, double equity)
{
    return loss / equity * UNIT * (YEAR_NS / (double)facts->run->horizon_ns);
}

static bw_exposure_drag drag_of(const bw_exposure_facts *facts, const bw_exposure_standing *standing, int64_t lost)
{
    if (standing->equity <= 0)
        return (bw_exposure_drag){.known = false};
    return (bw_exposure_drag){
        .known = true, .value = nearest(yearly(facts, (double)lost / (double)facts->paths, (double)standing->equity))};
}

/* -------------------------------------------------------------------------------------------------------- histogram */

/* Sum of the largest `need` (in 1e-9 of a path) charges, each at most or at least as its bin says. */
static bw_wide tail_sum(const bw_exposure_bins *bins, int64_t scale, int64_t need, int64_t most, bool up)
{
    bw_wide sum = bw_wide_of(0);
    for (uint32_t bin = BW_EXPOSURE_BINS; bin-- > 0 && need > 0;) {
        int64_t low = bin > 0 ? bw_exposure_bin_low(bin, scale) : 1, high = bw_exposure_bin_high(bin, scale) - 1;
        int64_t part, have = (int64_t)bins->paths[bin] * BW_STRESS_ONE;
        part = have < need ? have : need;
        sum = bw_wide_add_mul(sum, up ? (high < most ? high : most) : low, part);
        need -= part;
    }
    return sum;
}

/* Where all charges lie within the tail, their sum is known, and so is the mean. */
static void set_tail(const bw_exposure_facts *facts, bw_exposure_row *row, const bw_exposure_record *record,
                     const bw_exposure_bins *bins, int64_t scale, int64_t charged)
{
    bw_wide mass = bw_wide_mul((int64_t)facts->paths, BW_EXPOSURE_TAIL), all = bw_wide_mul(charged, BW_STRESS_ONE);
    int64_t need = bw_wide_to_int64(mass);
    bw_wide high = all, low = all;
    if ((int64_t)record->charged * BW_STRESS_ONE > need) {
        high = bw_wide_min(all, tail_sum(bins, scale, need, record->charge_max, true));
        low = tail_sum(bins, scale, need, record->charge_max, false);
    }
    row->tail = (bw_stress_figure){.known = facts->paths >= bw_stress_paths_need(BW_EXPOSURE_TAIL),
                                   .value = bw_wide_to_int64(bw_wide_div_ceil(high, mass)),
                                   .paths = facts->paths / 100};
    row->tail_least = bw_wide_to_int64(bw_wide_div_floor(low, mass));
}

/* -------------------------------------------------------------------------------------------------------------- row */

static void bound(bw_stress_figure *figure, double half)
{
    double low = (double)figure->value - half, high = (double)figure->value + half;
    figure->low = low > 0 ? (int64_t)low : 0;
    figure->high = high < 9e18 ? (int64_t)high + 1 : INT64_MAX;
    figure->bounded = true;
}

/* Normal, from the squares; with fewer than BW_STRESS_TAIL_LEAST charged paths none. */
static bw_stress_figure expected_of(const bw_exposure_record *record, uint64_t paths, int64_t scale, int64_t charged,
                                    double level)
{
    bw_stress_figure figure = {.known = true, .value = mean_up(charged, paths), .paths = record->charged};
    if (record->charged < BW_STRESS_TAIL_LEAST)
        return figure;
    double n = (double)paths, sum = (double)charged / (double)scale * UNIT;
    double squares = (double)record->squares_high * TWO_64 + (double)record->squares_low;
    double variance = (squares - sum * sum / n) / (n - 1);
    double z = bw_law_normal_quantile(1 - (1 - level) / 2);
    bound(&figure, variance > 0 ? z * sqrt(variance / n) / UNIT * (double)scale : 0);
    return figure;
}

bw_exposure_row bw_exposure_row_of(const bw_exposure_facts *facts, const bw_exposure_intervals *intervals,
                                   const bw_exposure_standing *standing, const bw_exposure_record *record,
                                   const bw_exposure_bins *bins)
{
    uint64_t n = facts->paths;
    int64_t charged = record->haircut + record->adl_cost + record->liquidation, scale = bw_exposure_scale(standing);
    bw_exposure_row row = {
        .name = "", .standing = *standing, .liquidated = chance_of(record->liquidated, n, intervals),
        .adl = chance_of(record->adl, n, intervals), .cut = chance_of(record->cut, n, intervals),
        .touched = chance_of(record->touched, n, intervals), .expected = expected_of(record, n, scale, charged, intervals->level),
        .haircut = mean_up(record->haircut, n), .adl_cost = mean_up(record->adl_cost, n),
        .liquidation = mean_up(record->liquidation, n), .charge_max = record->charge_max,
        .drag = drag_of(facts, standing, record->lost[facts->counterfactual]),
        .closed_ppm = record->adl > 0 ? (uint32_t)(record->closed_ppm / record->adl) : 0,
        .forced_ppm = record->liquidated > 0 ? (uint32_t)(record->forced_ppm / record->liquidated) : 0,
        .delta_left = mean_up(record->delta_left, record->adl),
        .move = record->move > 0 ? record->move - 2 : BW_EXPOSURE_NO_MOVE};
    set_tail(facts, &row, record, bins, scale, charged);
    return row;
}

/* ------------------------------------------------------------------------------------------------------------ worst */

static int64_t charged_of(const bw_exposure_record *record)
{
    return record->haircut + record->adl_cost + record->liquidation;
}

uint32_t bw_exposure_worst(const bw_exposure_book *book, const bw_exposure_record *records, uint32_t most, uint32_t *numbers)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < book->account_count; i++) {
        int64_t charged = charged_of(&records[i]);
        if (!book->standings[i].is_trader || charged == 0 ||
            (count == most && charged <= charged_of(&records[numbers[count - 1]])))
            continue;
        uint32_t at = count < most ? count++ : count - 1;
        for (; at > 0 && charged > charged_of(&records[numbers[at - 1]]); at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = i;
    }
    return count;
}

/* ---------------------------------------------------------------------------------------------------------- summary */

static void group_add(bw_exposure_group *group, const bw_exposure_standing *standing, const bw_exposure_record *record,
                      uint32_t counterfactual)
{
    group->traders++;
    group->reached += record->touched > 0;
    group->liquidated += record->liquidated;
    group->adl += record->adl;
    group->cut += record->cut;
    group->equity = bw_wide_add_int64(group->equity, standing->equity);
    group->notional = bw_wide_add_int64(group->notional, standing->notional);
    group->charge = bw_wide_add_int64(group->charge, charged_of(record));
    group->lost = bw_wide_add_int64(group->lost, record->lost[counterfactual]);
}

static bool counts(const bw_exposure_standing *standing)
{
    return standing->is_trader && standing->notional > 0 && standing->market < BW_MARKETS_MAX;
}

/* The least notional of each tenth of the traders. */
static void set_sizes(bw_exposure_summary *summary, const bw_exposure_book *book, int64_t *scratch)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < book->account_count; i++)
        if (counts(&book->standings[i]))
            scratch[count++] = book->standings[i].notional;
    bw_metrics_sort(scratch, count);
    for (uint32_t d = 0; d < BW_EXPOSURE_DECILES; d++)
        summary->size_least[d] = count > 0 ? scratch[(uint64_t)count * d / BW_EXPOSURE_DECILES] : 0;
}

static uint32_t decile_of(const bw_exposure_summary *summary, int64_t notional)
{
    uint32_t decile = BW_EXPOSURE_DECILES - 1;
    while (decile > 0 && notional < summary->size_least[decile])
        decile--;
    return decile;
}

void bw_exposure_summarize(bw_exposure_summary *summary, const bw_exposure_book *book, const bw_exposure_record *records,
                           uint32_t counterfactual, int64_t *scratch)
{
    *summary = (bw_exposure_summary){.all = {.traders = 0}};
    set_sizes(summary, book, scratch);
    for (uint32_t i = 0; i < book->account_count; i++) {
        const bw_exposure_standing *standing = &book->standings[i];
        if (!counts(standing))
            continue;
        group_add(&summary->all, standing, &records[i], counterfactual);
        group_add(&summary->of_market[standing->market][standing->is_short], standing, &records[i], counterfactual);
        group_add(&summary->of_size[decile_of(summary, standing->notional)], standing, &records[i], counterfactual);
    }
}

int64_t bw_exposure_group_drag(const bw_exposure_facts *facts, const bw_exposure_group *group)
{
    double equity = bw_interval_real(group->equity);
    return equity > 0 ? nearest(yearly(facts, bw_interval_real(group->lost) / (double)facts->paths, equity)) : 0;
}

int64_t bw_exposure_group_chance(const bw_exposure_facts *facts, const bw_exposure_group *group, uint64_t hits)
{
    double trials = (double)group->traders * (double)facts->paths;
    return trials > 0 ? nearest((double)hits / trials * 1e12) : 0;
}
