#include "calibrate/calibrate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "world/real.h"
#include "world/select.h"

#define DAY_S 86400.0
#define WEEK_NS (7 * 86400 * (int64_t)BW_NANO)
#define HOUR_NS (3600 * (int64_t)BW_NANO)
#define DAYS_DRAWN 20000u
#define DAY_STEPS 24u
#define TAIL_SHARE .02
#define MOST 6.0            /* |x| beyond it is no time of the week */
#define AGAIN 3u            /* steps after some are held */

const double bw_calibrate_tails[BW_CALIBRATE_TAILS] = {.05, .025, .01};
const double bw_calibrate_levels[BW_CALIBRATE_LEVELS] = {.01, .001};

/* The memory of one calibration. */
typedef struct {
    const bw_prices *prices;
    bw_fit_room *room;
    bw_fit *second;              /* of the first two thirds */
    double *adjusted, *x;        /* [row x market_count + m]: moves less the time of the week; [m x row_count + i]: standardised */
    double *a, *b;               /* one market's values of the data, of a simulation */
    uint32_t *age;
    uint8_t *starts, *hit;
    double *days;
} work;

/* ---- before ---- */

bw_market_class bw_calibrate_class(const char *name, double usual_day)
{
    if (strncmp(name, "BTC", 3) == 0 || strncmp(name, "XBT", 3) == 0)
        return BW_MARKET_BTC;
    if (strncmp(name, "ETH", 3) == 0)
        return BW_MARKET_ETH;
    return usual_day < .045 ? BW_MARKET_LARGE : usual_day < .08 ? BW_MARKET_MID : BW_MARKET_SMALL;
}

/* The scale of stats.h without room for a sort: the quarter of the rows beyond it is found by halving. */
static double usual_day_of(const bw_prices *prices, uint32_t m)
{
    double low = 0, high = 4, day_rows = DAY_S * 1e9 / (double)prices->interval_ns;
    for (uint32_t halving = 0; halving < 40; halving++) {
        double middle = (low + high) / 2;
        uint32_t beyond = 0;
        for (uint32_t i = 0; i < prices->row_count; i++)
            beyond += fabs(prices->move[(size_t)i * prices->market_count + m]) > middle;
        *(4 * (uint64_t)beyond > prices->row_count ? &low : &high) = middle;
    }
    return high / 1.15035 * sqrt(day_rows);
}

static bw_model_params start_of(const bw_prices *prices)
{
    bw_market_facts facts[BW_MARKETS_MAX];
    memset(facts, 0, sizeof facts);
    for (uint32_t m = 0; m < prices->market_count; m++)
        facts[m].class = bw_calibrate_class(prices->name[m], usual_day_of(prices, m));
    return bw_model_params_default(facts, prices->market_count, 0);
}

static double step_days_of(const bw_prices *prices)
{
    return (double)prices->interval_ns / 1e9 / DAY_S;
}

/* Moves that have a local volatility before them. */
static uint32_t rows_known(const bw_prices *prices)
{
    bw_grid grid = bw_grid_of(prices->market_count, prices->row_count, step_days_of(prices));
    uint32_t known = 0, age = 0;
    for (uint32_t i = 0; i < prices->row_count; i++) {
        age = prices->starts[i] ? 0 : age + 1;
        known += age >= grid.window;
    }
    return known;
}

static const char *length_fault(const bw_prices *prices, char *buffer, size_t size)
{
    if (prices->interval_ns > (int64_t)DAY_S * BW_NANO)
        snprintf(buffer, size, "found an interval of %lld s, expected at most a day", (long long)(prices->interval_ns / BW_NANO));
    else if (prices->row_count < BW_CALIBRATE_ROWS)
        snprintf(buffer, size, "found %u moves, expected at least %u", prices->row_count, (uint32_t)BW_CALIBRATE_ROWS);
    else if (2 * (uint64_t)rows_known(prices) < prices->row_count)
        snprintf(buffer, size, "found %u of %u moves with 4 days (and 16 rows) without a cut before them, expected at least half",
                 rows_known(prices), prices->row_count);
    else
        return NULL;
    return buffer;
}

const char *bw_calibrate_fault(const bw_prices *prices, char *buffer, size_t size)
{
    const char *fault = length_fault(prices, buffer, size);
    for (uint32_t m = 0; fault == NULL && m < prices->market_count; m++)
        if (usual_day_of(prices, m) < 1e-7) {
            snprintf(buffer, size, "found %s standing still in three rows of four, expected a price that moves", prices->name[m]);
            return buffer;
        }
    return fault;
}

/* ---- room ---- */

/* The next piece of a memory that may not be there yet: then only the lengths count. */
static void *carve(uintptr_t *at, size_t bytes)
{
    void *here = (void *)*at;
    *at += (bytes + 7) / 8 * 8;
    return here;
}

static uintptr_t lay_out(uintptr_t at, work *w, const bw_prices *prices, const bw_grid *grid, const bw_model_params *start,
                     const bw_effort *effort, void **room)
{
    size_t rows = prices->row_count, cells = rows * prices->market_count;
    size_t longest = rows > effort->simulated_max ? rows : effort->simulated_max;
    longest = longest > effort->simulated_min ? longest : effort->simulated_min;
    w->second = carve(&at, sizeof *w->second);
    w->adjusted = carve(&at, cells * sizeof(double));
    w->x = carve(&at, cells * sizeof(double));
    w->a = carve(&at, longest * sizeof(double));
    w->b = carve(&at, longest * sizeof(double));
    w->age = carve(&at, rows * sizeof(uint32_t));
    w->starts = carve(&at, rows);
    w->hit = carve(&at, rows);
    w->days = carve(&at, DAYS_DRAWN * sizeof(double));
    *room = (void *)at;
    return at + bw_fit_footprint(grid, prices->row_count, start, effort);
}

size_t bw_calibrate_footprint(const bw_prices *prices, const bw_effort *effort)
{
    work w;
    void *room;
    bw_model_params start = start_of(prices);
    bw_grid grid = bw_grid_of(prices->market_count, prices->row_count, step_days_of(prices));
    return (size_t)lay_out(0, &w, prices, &grid, &start, effort, &room) + 8;
}

/* ---- time of the week ---- */

static uint32_t slot_of(const bw_prices *prices, uint32_t row)
{
    int64_t length = prices->interval_ns > HOUR_NS ? prices->interval_ns : HOUR_NS;
    int64_t slot = (prices->time_ns[row] - prices->interval_ns) % WEEK_NS / length;
    return slot < 0 ? 0 : (uint32_t)slot;
}

typedef struct {
    double sum[BW_CALIBRATE_SLOTS], count[BW_CALIBRATE_SLOTS], all, squares, rows;
} slot_sums;

/* How much of the slots' spread is more than chance: 0 to 1. */
static double real_share(const slot_sums *s, uint32_t slots)
{
    double mean = s->all / s->rows, variance = s->squares / s->rows - mean * mean, between = 0, noise = 0;
    for (uint32_t k = 0; k < slots; k++)
        if (s->count[k] > 0) {
            double apart = s->sum[k] / s->count[k] - mean;
            between += s->count[k] * apart * apart;
            noise += variance;
        }
    return between > noise ? 1 - noise / between : 0;
}

/* Usual |x| of each slot over that of all, from the first `rows` rows whose moves are standardised in the room. */
static void find_slots(bw_calibrated *result, const work *w, uint32_t rows)
{
    slot_sums s;
    memset(&s, 0, sizeof s);
    const bw_stats_room *stats = bw_fit_stats_room(w->room);
    uint32_t count = w->prices->market_count;
    for (uint32_t i = 0; i < rows; i++) {
        if (stats->age[i] < result->grid.window)
            continue;
        double mean = 0;
        for (uint32_t m = 0; m < count; m++) {
            double x = fabs(stats->x[(size_t)m * rows + i]);
            mean += (x < MOST ? x : MOST) / count;
        }
        uint32_t k = slot_of(w->prices, i);
        s.sum[k] += mean;
        s.count[k]++;
        s.all += mean;
        s.squares += mean * mean;
        s.rows++;
    }
    int64_t length = w->prices->interval_ns > HOUR_NS ? w->prices->interval_ns : HOUR_NS;
    result->slot_count = (uint32_t)((WEEK_NS + length - 1) / length);
    double real = s.rows > 0 ? real_share(&s, result->slot_count) : 0;
    for (uint32_t k = 0; k < result->slot_count; k++)
        result->slot[k] = s.count[k] > 0 && s.all > 0 ? 1 + real * (s.sum[k] / s.count[k] / (s.all / s.rows) - 1) : 1;
}

/* The moves less what is usual at their time, all of them, the slots being those of the first `rows`. */
static bw_series adjust(bw_calibrated *result, work *w, uint32_t rows)
{
    const bw_prices *prices = w->prices;
    uint32_t count = prices->market_count;
    bw_series raw = {rows, prices->move, prices->starts};
    bw_stats_standardise(&result->grid, &raw, bw_fit_stats_room(w->room));
    find_slots(result, w, rows);
    for (uint32_t i = 0; i < prices->row_count; i++)
        for (uint32_t m = 0; m < count; m++)
            w->adjusted[(size_t)i * count + m] = prices->move[(size_t)i * count + m] / result->slot[slot_of(prices, i)];
    return (bw_series){rows, w->adjusted, prices->starts};
}

/* ---- the fit ---- */

static void count_events(bw_calibrated *result)
{
    const bw_fit *fit = &result->fit;
    double real = 1 - fit->quiet_share;
    result->events_down = real * fit->data.down;
    result->events_up = real * fit->data.up;
    result->events = result->events_down + result->events_up;
}

/* Without enough events the sizes stay at their defaults; jumps are also told by that they do not come. */
static bool hold_few(bw_calibrated *result)
{
    bw_fit *fit = &result->fit;
    bool all = result->events < BW_CALIBRATE_EVENTS;
    double usual = result->start.jumps / (1 - result->start.jump_branching) * fit->data.valid_days;
    result->few[BW_FREE_JUMPS] = all && usual < BW_CALIBRATE_EVENTS;
    result->few[BW_FREE_DOWN_SHARE] = all;
    result->few[BW_FREE_DOWN] = result->events_down < BW_CALIBRATE_EVENTS;
    result->few[BW_FREE_UP] = result->events_up < BW_CALIBRATE_EVENTS;
    result->few[BW_FREE_SPREAD] = all || result->prices->market_count < 2;
    fit->hold_beta = all || result->prices->market_count < 2;
    bool any = fit->hold_beta;
    for (bw_free f = 0; f < BW_FREES; f++) {
        fit->held[f] = result->few[f];
        fit->at[f] = fit->held[f] ? 0 : fit->at[f];
        any |= fit->held[f];
    }
    for (uint32_t m = 0; m < result->prices->market_count && fit->hold_beta; m++)
        fit->params.item[m].jump_beta = result->start.item[m].jump_beta;
    return any;
}

static void fit_all(bw_calibrated *result, work *w, const double *given, const bw_effort *effort)
{
    bw_series series = adjust(result, w, w->prices->row_count);
    bw_fit_begin(&result->fit, &result->grid, &series, &result->start, given, effort, w->room);
    bw_fit_run(&result->fit, effort->steps, .05, .3, w->room);
    bw_fit_spread(&result->fit, .3, .35, w->room);
    bw_fit_run(&result->fit, effort->steps, .35, .45, w->room);
    bw_fit_count(&result->fit, w->room);
    count_events(result);
    if (hold_few(result))
        bw_fit_run(&result->fit, AGAIN, .45, .55, w->room);
    bw_fit_errors(&result->fit, .55, .65, w->room);
}

/* ---- data beside the model ---- */

/* Of the rows that have a local volatility. */
static uint32_t gather(const double *x, const uint32_t *age, uint32_t rows, uint32_t window, double *to)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows; i++)
        if (age[i] >= window)
            to[count++] = x[i];
    return count;
}

/* What stands in the room's statistics is the data's. */
static void judge_data(bw_calibrated *result, work *w)
{
    bw_stats_room *stats = bw_fit_stats_room(w->room);
    uint32_t rows = w->prices->row_count, count = w->prices->market_count;
    memcpy(w->x, stats->x, sizeof(double) * rows * count);
    memcpy(w->age, stats->age, sizeof *w->age * rows);
    for (uint32_t m = 0; m < count; m++) {
        bw_calibrated_market *market = &result->market[m];
        const double *column = stats->column + (size_t)m * rows, *x = stats->x + (size_t)m * rows;
        for (uint32_t t = 0; t < BW_CALIBRATE_TAILS; t++)
            market->hill[t] = bw_hill_of(column, rows, bw_calibrate_tails[t], w->a);
        market->gpd = bw_gpd_shape(column, rows, bw_calibrate_tails[1], w->a, &market->gpd_known);
        for (uint32_t i = 0; i < rows; i++) {
            w->a[i] = fabs(column[i]);
            w->b[i] = fabs(x[i]);
        }
        market->ljung_box_p = bw_ljung_box_p(w->a, stats->age, rows, BW_CALIBRATE_LAGS, &market->ljung_box_q);
        market->ljung_box_x_p = bw_ljung_box_p(w->b, stats->age, rows, BW_CALIBRATE_LAGS, &market->ljung_box_x_q);
    }
}

/* What stands there is the simulation's; the data's standardised moves were kept. */
static void judge_model(bw_calibrated *result, work *w, uint32_t simulated)
{
    bw_stats_room *stats = bw_fit_stats_room(w->room);
    uint32_t rows = w->prices->row_count, window = result->grid.window;
    for (uint32_t m = 0; m < w->prices->market_count; m++) {
        bw_calibrated_market *market = &result->market[m];
        const double *column = stats->column + (size_t)m * simulated, *x = stats->x + (size_t)m * simulated;
        for (uint32_t t = 0; t < BW_CALIBRATE_TAILS; t++)
            market->hill_model[t] = bw_hill_of(column, simulated, bw_calibrate_tails[t], w->b);
        market->gpd_model = bw_gpd_shape(column, simulated, bw_calibrate_tails[1], w->b, &market->gpd_model_known);
        uint32_t a = gather(w->x + (size_t)m * rows, w->age, rows, window, w->a);
        uint32_t b = gather(x, stats->age, simulated, window, w->b);
        market->pit_p = bw_kolmogorov_p(w->a, a, w->b, b, &market->pit_distance);
    }
}

/* Dependence of the lowest moves; columns are those of the room's statistics. */
static void dependence(const bw_stats_room *stats, uint32_t rows, uint32_t count, double *scratch, double *tail)
{
    double edge[BW_MARKETS_MAX];
    for (uint32_t m = 0; m < count; m++) {
        memcpy(scratch, stats->column + (size_t)m * rows, sizeof *scratch * rows);
        edge[m] = bw_select_quantile(scratch, rows, TAIL_SHARE);
    }
    for (uint32_t a = 0; a < count; a++)
        for (uint32_t b = 0; b <= a; b++)
            tail[a * count + b] = tail[b * count + a] = bw_tail_dependence(
                stats->column + (size_t)a * rows, stats->column + (size_t)b * rows, edge[a], edge[b], rows, TAIL_SHARE);
}

static void find_worst(const double *data, const double *model, uint32_t count, uint32_t pair[2])
{
    double most = -1;
    for (uint32_t a = 0; a < count; a++)
        for (uint32_t b = 0; b < a; b++)
            if (fabs(data[a * count + b] - model[a * count + b]) > most) {
                most = fabs(data[a * count + b] - model[a * count + b]);
                pair[0] = b;
                pair[1] = a;
            }
}

static void judge(bw_calibrated *result, work *w, uint64_t seed)
{
    bw_stats_room *stats = bw_fit_stats_room(w->room);
    uint32_t rows = w->prices->row_count, count = w->prices->market_count, simulated = result->fit.simulated_rows;
    bw_series data = {rows, w->adjusted, w->prices->starts};
    bw_stats_standardise(&result->grid, &data, stats);
    bw_stats_correlation(&result->grid, rows, stats, result->correlation);
    dependence(stats, rows, count, w->a, result->tail);
    judge_data(result, w);
    bw_series model = bw_fit_simulation(w->room, &result->fit.params, seed, simulated);
    bw_stats_standardise(&result->grid, &model, stats);
    bw_stats_correlation(&result->grid, simulated, stats, result->correlation_model);
    dependence(stats, simulated, count, w->b, result->tail_model);
    judge_model(result, w, simulated);
    find_worst(result->correlation, result->correlation_model, count, result->worst_pair);
    find_worst(result->tail, result->tail_model, count, result->worst_tail_pair);
}

/* ---- out of sample ---- */

static void exceed(bw_calibrated *result, work *w, uint32_t m, uint32_t first, uint32_t simulated, bool fall, uint32_t level)
{
    const bw_stats_room *stats = bw_fit_stats_room(w->room);
    uint32_t rows = w->prices->row_count, window = result->grid.window, count = 0;
    double p = bw_calibrate_levels[level];
    uint32_t known = gather(stats->x + (size_t)m * simulated, stats->age, simulated, window, w->b);
    double edge = bw_select_quantile(w->b, known, fall ? p : 1 - p);
    for (uint32_t i = first; i < rows; i++)
        if (w->age[i] >= window)
            w->hit[count++] = fall ? w->x[(size_t)m * rows + i] < edge : w->x[(size_t)m * rows + i] > edge;
    bw_exceedances *to = fall ? &result->market[m].fall[level] : &result->market[m].rise[level];
    *to = bw_exceedances_of(w->hit, count, p);
    result->out_rows = count;
}

/* The first two thirds are calibrated as if the last were not known, times of the week and all. */
static void out_of_sample(bw_calibrated *result, work *w, const double *given, const bw_effort *effort)
{
    uint32_t rows = w->prices->row_count, first = (uint32_t)((uint64_t)rows * 2 / 3), simulated = result->fit.simulated_rows;
    double slots[BW_CALIBRATE_SLOTS];
    result->out_of_sample = first >= BW_CALIBRATE_ROWS && !effort->in_sample_only;
    if (!result->out_of_sample)
        return;
    memcpy(slots, result->slot, sizeof slots);
    bw_series early = adjust(result, w, first);
    bw_effort less = *effort;
    less.resamples = (effort->resamples + 1) / 2;
    bw_fit_begin(w->second, &result->grid, &early, &result->start, given, &less, w->room);
    memcpy(w->second->held, result->fit.held, sizeof w->second->held);
    w->second->hold_beta = result->fit.hold_beta;
    for (uint32_t k = 0; k < BW_FIT_MAX; k++)
        w->second->spread[k] = result->fit.spread[k] * 1.2247; /* sqrt(3/2): of two thirds of the rows */
    bw_fit_run(w->second, effort->steps, .65, 1, w->room);
    bw_series all = {rows, w->adjusted, w->prices->starts};
    bw_stats_standardise(&result->grid, &all, bw_fit_stats_room(w->room));
    memcpy(w->x, bw_fit_stats_room(w->room)->x, sizeof(double) * rows * w->prices->market_count);
    bw_series model = bw_fit_simulation(w->room, &w->second->params, effort->seed, simulated);
    bw_stats_standardise(&result->grid, &model, bw_fit_stats_room(w->room));
    for (uint32_t m = 0; m < w->prices->market_count; m++)
        for (uint32_t level = 0; level < BW_CALIBRATE_LEVELS; level++) {
            exceed(result, w, m, first, simulated, true, level);
            exceed(result, w, m, first, simulated, false, level);
        }
    memcpy(result->slot, slots, sizeof slots);
}

/* ---- how much of the jumps is outside news ---- */

static bw_calibrated_share day_with(const bw_calibrated *result, work *w, double share, void *memory)
{
    bw_model_params p = result->fit.params;
    bw_model_told told;
    double move[DAY_STEPS], two = 0, four = 0, jumps = 0;
    p.item[0] = p.item[result->fit.reference];
    p.market_count = 1;
    p.jumps *= share;
    p.horizon_s = DAY_S;
    p.step_count = result->grid.day < DAY_STEPS ? result->grid.day : DAY_STEPS;
    const bw_model *model = bw_model_new(memory, &p);
    for (uint32_t day = 0; day < DAYS_DRAWN; day++) {
        bw_model_path(model, 1, day, move, &told);
        double x = w->days[day] = move[p.step_count - 1];
        two += x * x;
        four += x * x * x * x;
        jumps += told.common_jumps;
    }
    return (bw_calibrated_share){share, jumps / DAYS_DRAWN, sqrt(two / DAYS_DRAWN), four * DAYS_DRAWN / (two * two),
                                 bw_select_quantile(w->days, DAYS_DRAWN, .001)};
}

/* ---- all of it ---- */

bool bw_calibrate(bw_calibrated *result, const bw_prices *prices, const double *given, double exogenous_share,
                  const bw_effort *effort, void *memory)
{
    work w = {.prices = prices};
    void *room;
    memset(result, 0, sizeof *result);
    result->prices = prices;
    result->exogenous_share = exogenous_share;
    result->correlation_given = given != NULL;
    result->start = start_of(prices);
    result->grid = bw_grid_of(prices->market_count, prices->row_count, step_days_of(prices));
    for (uint32_t m = 0; m < prices->market_count; m++)
        result->market[m].class = (bw_market_class)result->start.item[m].sector;
    lay_out((uintptr_t)memory, &w, prices, &result->grid, &result->start, effort, &room);
    w.room = bw_fit_room_new(room, &result->grid, prices->row_count, &result->start, effort);
    fit_all(result, &w, given, effort);
    if (result->fit.stopped)
        return false;
    judge(result, &w, effort->seed);
    for (uint32_t i = 0; i < 3; i++) /* the model's room is free between simulations */
        result->day[i] = day_with(result, &w, i == 0 ? 0 : i == 1 ? exogenous_share : 1, bw_fit_model_room(w.room));
    out_of_sample(result, &w, given, effort);
    return !result->out_of_sample || !w.second->stopped;
}

/* ---- what was calibrated ---- */

static bool of_ln(bw_calibrated_value *value, double middle, double error, double events, bool prior)
{
    double factor = bw_real_exp(1.96 * error), a = middle / factor, b = middle * factor;
    *value = (bw_calibrated_value){middle, a < b ? a : b, a < b ? b : a, events, prior};
    return true;
}

static double events_of(const bw_calibrated *result, bw_free f)
{
    switch (f) {
    case BW_FREE_DOWN: return result->events_down;
    case BW_FREE_UP: return result->events_up;
    case BW_FREE_JUMPS: case BW_FREE_DOWN_SHARE: case BW_FREE_SPREAD: return result->events;
    default: return -1;
    }
}

static bool free_of(const bw_calibrated *result, bw_free f, uint32_t m, bw_calibrated_value *value)
{
    const bw_fit *fit = &result->fit;
    const bw_model_setting *setting = bw_model_setting_find(bw_free_rows[f].word);
    double width = 1.96 * fit->error[f];
    *value = (bw_calibrated_value){.value = bw_model_setting_get(&fit->params, setting, m),
                                   .low = bw_fit_value(&result->start, f, m, fit->at[f] - width),
                                   .high = bw_fit_value(&result->start, f, m, fit->at[f] + width),
                                   .events = events_of(result, f), .prior = result->few[f]};
    return true;
}

bool bw_calibrated_of(const bw_calibrated *result, const bw_model_setting *setting, uint32_t m, bw_calibrated_value *value)
{
    const bw_fit *fit = &result->fit;
    const bw_model_item *item = &fit->params.item[m];
    for (bw_free f = 0; f < BW_FREES; f++)
        if (strcmp(setting->word, bw_free_rows[f].word) == 0)
            return free_of(result, f, m, value);
    if (strcmp(setting->word, "factor-sd") == 0)
        return of_ln(value, fit->params.factor_sd, fit->error_factor, -1, false);
    if (strcmp(setting->word, "beta") == 0)
        return of_ln(value, item->beta, fit->error_beta[m], -1, false);
    if (strcmp(setting->word, "own-sd") == 0)
        return of_ln(value, item->own_sd, fit->error_own[m], -1, false);
    if (strcmp(setting->word, "jump-beta") == 0)
        return of_ln(value, item->jump_beta, fit->error_jump[m], result->events, fit->hold_beta);
    *value = (bw_calibrated_value){.value = 0};
    return false;
}
