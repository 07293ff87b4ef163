#include "world/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/mix.h"
#include "base/random_real.h"

#define DAY_S 86400.0

const char *bw_draw_word(bw_draw_kind kind)
{
    static const char *const WORDS[BW_DRAW_KINDS] = {"jump diffusion", "block bootstrap", "t only", "worst days scaled", "replay"};
    return WORDS[kind];
}

bw_model_params bw_draw_t_only(const bw_model_params *params)
{
    bw_model_params plain = *params;
    plain.jumps = plain.jump_branching = plain.vol_of_vol = plain.vol_jump = plain.leverage_effect = 0;
    for (uint32_t i = 0; i < BW_MARKETS_MAX; i++)
        plain.item[i].own_jumps = 0;
    return plain;
}

bw_draw bw_draw_of_model(bw_draw_kind kind, const bw_model *model)
{
    return (bw_draw){.kind = kind, .model = model};
}

/* ---- the rows of a path ---- */

static double u_of(uint64_t seed, uint64_t path, uint64_t which)
{
    return bw_random_real(bw_mix_u64(seed ^ 0x6869737470617468u), path, which);
}

static uint32_t place_of(double u, uint32_t count)
{
    uint32_t place = (uint32_t)(u * (double)count);
    return place < count ? place : count - 1;
}

/* Where the rows of one path are taken from. */
typedef struct {
    const bw_draw *draw;
    uint64_t seed, path;
    uint32_t block, start;   /* of the present block, bootstrap */
    double scale;
} source;

static source source_of(const bw_draw *draw, uint64_t seed, uint64_t path)
{
    source from = {.draw = draw, .seed = seed, .path = path, .block = UINT32_MAX, .start = draw->first_row, .scale = 1};
    if (draw->kind != BW_DRAW_WORST_DAYS)
        return from;
    uint32_t stretch = place_of(u_of(seed, path, 0), draw->stretch_count);
    from.start = stretch * draw->horizon_rows;
    for (uint32_t i = 0; i < draw->worst_count; i++)
        if (draw->worst[i] == stretch)
            from.scale = draw->scale;
    return from;
}

/* Row of the history that is row k of the path. */
static const double *row_of(source *from, uint32_t k)
{
    const bw_draw *draw = from->draw;
    const bw_prices *prices = draw->prices;
    uint32_t row = from->start + k;
    if (draw->kind == BW_DRAW_BOOTSTRAP) {
        uint32_t block = k / draw->block_rows;
        if (block != from->block)
            from->start = place_of(u_of(from->seed, from->path, block), prices->row_count);
        from->block = block;
        row = (from->start + k % draw->block_rows) % prices->row_count;
    }
    return prices->move + (size_t)row * prices->market_count;
}

/* ---- a path ---- */

static double clip(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static uint32_t settle(const bw_model_item *item, double move, double *sum)
{
    double kept = clip(move, item->step_low, item->step_high), whole = *sum + kept;
    *sum = clip(whole, item->horizon_low, item->horizon_high);
    return kept != move || *sum != whole;
}

static void path_of_prices(const bw_draw *draw, uint64_t seed, uint64_t path, double *log_move, bw_model_told *told)
{
    const bw_model_params *params = bw_model_params_of(draw->model);
    uint32_t items = bw_model_item_count(draw->model), k = 0, clipped = 0;
    double sum[BW_MARKETS_MAX] = {0}, rows = params->horizon_s / DAY_S / draw->row_days, at = 0;
    source from = source_of(draw, seed, path);
    for (uint32_t t = 0; t < params->step_count; t++) {
        double move[BW_MARKETS_MAX] = {0}, end = rows * (t + 1) / params->step_count;
        while (at < end && k < draw->horizon_rows) {
            double stop = end < k + 1 ? end : k + 1;
            const double *row = row_of(&from, k);
            for (uint32_t i = 0; i < items; i++)
                if (draw->column[i] >= 0)
                    move[i] += (stop - at) * from.scale * row[draw->column[i]];
            at = stop;
            k += stop >= k + 1;
        }
        for (uint32_t i = 0; i < items; i++) {
            clipped += settle(&params->item[i], move[i], &sum[i]);
            log_move[(size_t)t * items + i] = sum[i];
        }
    }
    *told = (bw_model_told){.clipped_steps = clipped, .clipped = clipped > 0};
}

void bw_draw_path(const bw_draw *draw, uint64_t seed, uint64_t path, double *log_move, bw_model_told *told)
{
    if (draw->kind == BW_DRAW_MODEL || draw->kind == BW_DRAW_T_ONLY)
        bw_model_path(draw->model, seed, path, log_move, told);
    else
        path_of_prices(draw, seed, path, log_move, told);
}

/* ---- making one of a history ---- */

/* How far the mean of the items came from 0 within a stretch. */
static double badness(const bw_draw *draw, uint32_t stretch)
{
    const bw_prices *prices = draw->prices;
    uint32_t items = bw_model_item_count(draw->model), moving = 0;
    double sum = 0, most = 0;
    for (uint32_t i = 0; i < items; i++)
        moving += draw->column[i] >= 0;
    for (uint32_t k = 0; k < draw->horizon_rows; k++) {
        const double *row = prices->move + ((size_t)stretch * draw->horizon_rows + k) * prices->market_count;
        for (uint32_t i = 0; i < items; i++)
            sum += draw->column[i] >= 0 ? row[draw->column[i]] : 0;
        most = fabs(sum) > most ? fabs(sum) : most;
    }
    return moving > 0 ? most / moving : 0;
}

/* The worst first; each stretch once. */
static void find_worst(bw_draw *draw)
{
    double worst[BW_DRAW_WORST_MAX];
    uint32_t kept = 0;
    for (uint32_t s = 0; s < draw->stretch_count; s++) {
        double bad = badness(draw, s);
        uint32_t at = kept;
        while (at > 0 && worst[at - 1] < bad)
            at--;
        if (at == draw->worst_count)
            continue;
        kept = kept < draw->worst_count ? kept + 1 : kept;
        for (uint32_t i = kept - 1; i > at; i--) {
            worst[i] = worst[i - 1];
            draw->worst[i] = draw->worst[i - 1];
        }
        worst[at] = bad;
        draw->worst[at] = s;
    }
}

static const char *find_columns(bw_draw *draw, const char *const *names, char *buffer, size_t size)
{
    const bw_model_params *params = bw_model_params_of(draw->model);
    for (uint32_t i = 0; i < params->market_count + params->collateral; i++) {
        draw->column[i] = bw_prices_find(draw->prices, names[i]);
        if (draw->column[i] >= 0 || i == params->market_count)
            continue;
        snprintf(buffer, size, "found no column %s, expected one for every market of the story", names[i]);
        return buffer;
    }
    return NULL;
}

static const char *set_stretches(bw_draw *draw, const bw_draw_wish *wish, char *buffer, size_t size)
{
    draw->stretch_count = draw->prices->row_count / draw->horizon_rows;
    if (draw->stretch_count < 2)
        snprintf(buffer, size, "found %u rows, expected at least two horizons of %u rows", draw->prices->row_count, draw->horizon_rows);
    else if (!(wish->worst_share > 0 && wish->worst_share <= 1))
        snprintf(buffer, size, "found a share of worst days of %g, expected above 0, at most 1", wish->worst_share);
    else if (!(wish->scale > 0 && wish->scale <= 10))
        snprintf(buffer, size, "found a scale of %g, expected above 0, at most 10", wish->scale);
    else {
        double worst = ceil(wish->worst_share * draw->stretch_count);
        draw->worst_count = worst < BW_DRAW_WORST_MAX ? (uint32_t)worst : BW_DRAW_WORST_MAX;
        draw->scale = wish->scale;
        find_worst(draw);
        return NULL;
    }
    return buffer;
}

static const char *set_first(bw_draw *draw, int64_t from_ns, char *buffer, size_t size)
{
    const bw_prices *prices = draw->prices;
    uint32_t row = 0;
    while (row < prices->row_count && prices->time_ns[row] - prices->interval_ns != from_ns)
        row++;
    if (row + draw->horizon_rows > prices->row_count) {
        snprintf(buffer, size, "found %u rows from the time on that the replay begins at, expected a price at that time and %u behind it",
                 prices->row_count - row, draw->horizon_rows);
        return buffer;
    }
    draw->first_row = row;
    return NULL;
}

static const char *set_blocks(bw_draw *draw, double block_s, char *buffer, size_t size)
{
    double rows = floor(block_s / (draw->row_days * DAY_S) + .5);
    if (!(rows <= draw->prices->row_count)) {
        snprintf(buffer, size, "found blocks of %g rows, expected at most the %u rows of the history", rows, draw->prices->row_count);
        return buffer;
    }
    draw->block_rows = rows >= 1 ? (uint32_t)rows : 1;
    return NULL;
}

const char *bw_draw_of_prices(bw_draw *draw, const bw_draw_wish *wish, const bw_model *model, const bw_prices *prices, char *buffer,
                              size_t buffer_size)
{
    const bw_model_params *params = bw_model_params_of(model);
    *draw = (bw_draw){.kind = wish->kind, .model = model, .prices = prices, .row_days = (double)prices->interval_ns / 1e9 / DAY_S};
    double rows = ceil(params->horizon_s / DAY_S / draw->row_days - 1e-9);
    if (!(rows < 1e9)) {
        snprintf(buffer, buffer_size, "found a horizon of %g rows, expected fewer", rows);
        return buffer;
    }
    draw->horizon_rows = rows >= 1 ? (uint32_t)rows : 1;
    const char *fault = find_columns(draw, wish->names, buffer, buffer_size);
    if (fault != NULL)
        return fault;
    switch (wish->kind) {
    case BW_DRAW_BOOTSTRAP: return set_blocks(draw, wish->block_s, buffer, buffer_size);
    case BW_DRAW_WORST_DAYS: return set_stretches(draw, wish, buffer, buffer_size);
    case BW_DRAW_REPLAY: return set_first(draw, wish->from_ns, buffer, buffer_size);
    default: BW_ASSERT(false);
    }
    return NULL;
}
