#include "world/model_work.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "world/gamma.h"
#include "world/real.h"

#define DAY_S 86400.0
#define DRAWS_MAX (4 + BW_MODEL_SECTORS + BW_MARKETS_MAX)
#define ROOT_TWO_PI 2.50662827463100050242

/* ---- sizes of jumps: rare, so shared with the twin ---- */

double bw_model_jump_size(const bw_model *model, uint64_t key, uint64_t path, uint32_t step)
{
    const bw_model_params *p = &model->params;
    bw_random_block block = model_block(key, path, MODEL_JUMP_SIZE, step);
    double size = -bw_real_ln(bw_random_real_of(block.word[1]));
    return bw_random_real_of(block.word[0]) < p->jump_down_share ? -size * p->jump_down : size * p->jump_up;
}

double bw_model_own_size(const bw_model *model, uint32_t item, uint64_t word)
{
    double size = -bw_real_ln(bw_random_real_of(word)) * model->params.item[item].own_jump_size;
    return word & 1u ? size : -size; /* that bit is none of the real number's */
}

double bw_model_jump_of(const bw_model *model, uint64_t key, uint64_t path, uint32_t step, uint32_t item, double size)
{
    const bw_model_item *of = &model->params.item[item];
    double q = bw_normal_quantile(
        bw_random_real_of(model_block(key, path, MODEL_SPREAD + model_who(model, item), step).word[0]));
    return size * of->jump_beta * bw_real_exp(of->jump_spread * q - of->jump_spread * of->jump_spread / 2);
}

/* ---- making ---- */

/* 1 - exp(-x), x >= 0, without loss where x is small. */
static double share_of(double x)
{
    return x < 1e-4 ? x * (1 - x * (.5 - x / 6)) : 1 - bw_real_exp(-x);
}

/* Kind of every item; how many kinds there are. */
static uint32_t kinds_of(const bw_model_params *params, uint32_t kind[BW_MARKETS_MAX], double tail[BW_MARKETS_MAX])
{
    uint32_t count = 0, items = params->market_count + params->collateral;
    for (uint32_t i = 0; i < items; i++) {
        uint32_t k = 0;
        while (k < count && tail[k] != params->item[i].tail)
            k++;
        tail[k] = params->item[i].tail;
        count = k == count ? count + 1 : count;
        kind[i] = k;
    }
    return count;
}

size_t bw_model_footprint(const bw_model_params *params)
{
    uint32_t kind[BW_MARKETS_MAX];
    double tail[BW_MARKETS_MAX];
    return sizeof(bw_model) + kinds_of(params, kind, tail) * MODEL_KNOTS * sizeof(model_knot);
}

/* T = (nu-2)/nu / G with G = X / (nu/2), X of shape nu/2: at a score s the X of score -s. */
static void tabulate(model_knot *knot, double tail)
{
    for (uint32_t i = 0; i < MODEL_KNOTS; i++) {
        double score = (double)i / MODEL_KNOTS_A_UNIT - MODEL_SCORE;
        double x = bw_gamma_quantile(tail / 2, -score), density = bw_real_exp(-score * score / 2) / ROOT_TWO_PI;
        knot[i].root = sqrt((tail - 2) / (2 * x));
        knot[i].slope = knot[i].root / 2 * density / bw_gamma_density_ln(tail / 2, x) / MODEL_KNOTS_A_UNIT;
    }
}

static void set_clocks(bw_model *model)
{
    const bw_model_params *p = &model->params;
    double days = p->horizon_s / DAY_S / p->step_count;
    double keep = bw_real_exp(-p->vol_reversion * days), shock = p->vol_of_vol * sqrt(1 - keep * keep);
    model->step_days = days;
    model->vol_keep = keep;
    model->vol_shock = shock * p->leverage_effect;
    model->vol_own = shock * sqrt(1 - p->leverage_effect * p->leverage_effect);
    model->jump_keep = bw_real_exp(-days * 24 / p->jump_decay_h);
    model->jump_kick = p->jump_branching * share_of(days * 24 / p->jump_decay_h) / days;
    model->jump_mean = p->jumps / (1 - p->jump_branching);
    model->root_max = sqrt(p->mixing_max);
}

static void set_item(bw_model *model, uint32_t i)
{
    const bw_model_item *item = &model->params.item[i];
    double root_days = sqrt(model->step_days);
    double cells = share_of(item->own_jumps * model->step_days) * MODEL_OWN_CELLS;
    model->factor[i] = item->beta * model->params.factor_sd * root_days;
    model->sector[i] = item->sector_load * model->params.sector_sd[item->sector] * root_days;
    model->own[i] = item->own_sd * root_days;
    model->own_cells[i] = (uint32_t)cells;
    model->own_share[i] = cells - model->own_cells[i];
    model->low[i] = item->step_low;
    model->high[i] = item->step_high;
    model->sum_low[i] = item->horizon_low;
    model->sum_high[i] = item->horizon_high;
}

/* Who draws: sectors only if an item is loaded with them. */
static void set_draws(bw_model *model)
{
    uint32_t place[BW_MODEL_SECTORS] = {0}, count = 0;
    static const uint8_t COMMON[4] = {MODEL_FACTOR, MODEL_VOL, MODEL_MIXING, MODEL_JUMP};
    memcpy(model->draw, COMMON, sizeof COMMON);
    model->draw_count = model->sector_first = sizeof COMMON;
    for (uint32_t s = 0; s < BW_MODEL_SECTORS; s++) {
        bool wanted = false;
        for (uint32_t i = 0; i < model->item_count; i++)
            wanted |= model->params.item[i].sector == s && model->sector[i] != 0;
        if (!wanted)
            continue;
        place[s] = count++;
        model->draw[model->draw_count++] = (uint8_t)(MODEL_SECTOR + s);
    }
    model->sector_count = count;
    for (uint32_t i = 0; i < model->item_count; i++) {
        model->sector_at[i] = place[model->params.item[i].sector];
        model->draw[model->draw_count++] = (uint8_t)(MODEL_ITEM + model_who(model, i));
    }
}

bw_model *bw_model_new(void *memory, const bw_model_params *params)
{
    char fault[1];
    double tail[BW_MARKETS_MAX];
    bw_model *model = memory;
    BW_ASSERT(bw_model_fault(params, fault, sizeof fault) == NULL && (uintptr_t)memory % 8 == 0);
    memset(model, 0, sizeof *model);
    model->params = *params;
    model->item_count = params->market_count + params->collateral;
    model->kind_count = kinds_of(params, model->kind, tail);
    set_clocks(model);
    for (uint32_t i = 0; i < model->item_count; i++)
        set_item(model, i);
    set_draws(model);
    for (uint32_t k = 0; k < model->kind_count; k++)
        tabulate(model->knot + k * MODEL_KNOTS, tail[k]);
    return model;
}

const bw_model_params *bw_model_params_of(const bw_model *model)
{
    return &model->params;
}

uint32_t bw_model_item_count(const bw_model *model)
{
    return model->item_count;
}

/* ---- a path ---- */

typedef struct {
    const bw_model *model;
    uint64_t key, path;
    double ln_vol, intensity;
    double sum[BW_MARKETS_MAX];
    uint32_t own_jumps, common_jumps, clipped;
} walk;

/* The draws of one step: words and the normals of them, in the order of model->draw. */
typedef struct {
    uint64_t bits[DRAWS_MAX];
    double z[DRAWS_MAX];
} draws;

static void draw_pair(const walk *w, uint32_t pair, draws *even, draws *odd)
{
    const bw_model *model = w->model;
    for (uint32_t i = 0; i < model->draw_count; i++) {
        bw_random_block block = model_block(w->key, w->path, model->draw[i], pair);
        even->bits[i] = block.word[0];
        odd->bits[i] = block.word[1];
    }
    bw_normal_fill(even->bits, even->z, model->draw_count);
    bw_normal_fill(odd->bits, odd->z, model->draw_count);
}

static void diffuse(const walk *w, const draws *d, double *restrict move)
{
    const bw_model *model = w->model;
    double w2 = model->params.vol_of_vol * model->params.vol_of_vol, vol = bw_real_exp(w->ln_vol - w2), scale[BW_MARKETS_MAX];
    const double *e = d->z + model->sector_first + model->sector_count, *sector = d->z + model->sector_first;
    uint32_t count = model->item_count;
    for (uint32_t k = 0; k < model->kind_count; k++)
        scale[k] = vol * model_root(model, k, d->z[2]);
    for (uint32_t i = 0; i < count; i++)
        move[i] = model->factor[i] * d->z[0] + model->own[i] * e[i];
    if (model->sector_count > 0)
        for (uint32_t i = 0; i < count; i++)
            move[i] += model->sector[i] * sector[model->sector_at[i]];
    if (model->kind_count == 1)
        for (uint32_t i = 0; i < count; i++)
            move[i] *= scale[0];
    else
        for (uint32_t i = 0; i < count; i++)
            move[i] *= scale[model->kind[i]];
}

/* Own jumps: the 12 bits that the normal left, then, if they do not decide it, a draw of their own. */
static void jump_alone(walk *w, const draws *d, uint32_t step, double *move)
{
    const bw_model *model = w->model;
    const uint64_t *bits = d->bits + model->sector_first + model->sector_count;
    for (uint32_t i = 0; i < model->item_count; i++) {
        uint32_t cell = (uint32_t)bits[i] & (MODEL_OWN_CELLS - 1);
        if (cell > model->own_cells[i])
            continue;
        bw_random_block block = model_block(w->key, w->path, MODEL_OWN + model_who(model, i), step);
        if (cell == model->own_cells[i] && bw_random_real_of(block.word[0]) >= model->own_share[i])
            continue;
        move[i] += bw_model_own_size(model, i, block.word[1]);
        w->own_jumps++;
    }
}

/* Whether a common jump comes; the exact P only where u is below its bound. */
static bool jump_comes(const walk *w, uint64_t bits)
{
    double u = bw_random_real_of(bits), mean = w->intensity * w->model->step_days;
    return u < mean && u < share_of(mean);
}

static void settle(walk *w, const double *restrict move, double *restrict out)
{
    const bw_model *model = w->model;
    double met = 0;
    for (uint32_t i = 0; i < model->item_count; i++) {
        double x = move[i] > model->low[i] ? move[i] : model->low[i];
        x = x < model->high[i] ? x : model->high[i];
        double whole = w->sum[i] + x;
        double sum = whole > model->sum_low[i] ? whole : model->sum_low[i];
        sum = sum < model->sum_high[i] ? sum : model->sum_high[i];
        w->sum[i] = out[i] = sum;
        met += (x != move[i]) | (sum != whole) ? 1.0 : 0.0;
    }
    w->clipped += (uint32_t)met;
}

static void step_on(walk *w, const draws *d, uint32_t step, double *out)
{
    const bw_model *model = w->model;
    double move[BW_MARKETS_MAX];
    diffuse(w, d, move);
    jump_alone(w, d, step, move);
    w->ln_vol = model->vol_keep * w->ln_vol + model->vol_shock * d->z[0] + model->vol_own * d->z[1];
    bool comes = jump_comes(w, d->bits[3]);
    w->intensity = model->params.jumps + (w->intensity - model->params.jumps) * model->jump_keep;
    if (comes) {
        double size = bw_model_jump_size(model, w->key, w->path, step);
        for (uint32_t i = 0; i < model->item_count; i++)
            move[i] += bw_model_jump_of(model, w->key, w->path, step, i, size);
        w->ln_vol += model->params.vol_jump;
        w->intensity += model->jump_kick;
        w->common_jumps++;
    }
    settle(w, move, out);
}

void bw_model_path(const bw_model *model, uint64_t seed, uint64_t path, double *log_move, bw_model_told *told)
{
    uint32_t steps = model->params.step_count;
    draws even, odd;
    walk w = {.model = model, .key = model_key(seed), .path = path, .intensity = model->jump_mean};
    BW_ASSERT(path < BW_MODEL_PATHS_MAX);
    w.ln_vol = model->params.vol_of_vol *
               bw_normal_quantile(bw_random_real_of(model_block(w.key, path, MODEL_START, 0).word[0]));
    for (uint32_t t = 0; t < steps; t += 2) {
        draw_pair(&w, t / 2, &even, &odd);
        step_on(&w, &even, t, log_move + (size_t)t * model->item_count);
        if (t + 1 < steps)
            step_on(&w, &odd, t + 1, log_move + (size_t)(t + 1) * model->item_count);
    }
    *told = (bw_model_told){.common_jumps = w.common_jumps, .own_jumps = w.own_jumps, .clipped_steps = w.clipped,
                            .clipped = w.clipped > 0};
}

/* ---- for play.h ---- */

int64_t bw_model_step_ns(const bw_model *model)
{
    return (int64_t)(model->params.horizon_s * BW_NANO / model->params.step_count + .5);
}

bw_path_params bw_model_path_params(const bw_model *model, int64_t start_ns)
{
    int64_t step_ns = bw_model_step_ns(model);
    return (bw_path_params){.start_ns = start_ns, .end_ns = start_ns + step_ns * model->params.step_count,
                            .batch_ns = step_ns, .level_ns = start_ns, .anchor_ns = start_ns};
}

void bw_model_to_path(const bw_model *model, const int64_t *open_ticks, const double *log_move, bw_path *path)
{
    double open_log[BW_MARKETS_MAX];
    BW_ASSERT(path->market_count == model->item_count &&
              path->market[0].point_count == model->params.step_count + 1);
    for (uint32_t i = 0; i < model->item_count; i++)
        open_log[i] = bw_real_ln((double)open_ticks[i] * path->market[i].tick_usd);
    bw_path_steps_fill(path, open_log, log_move);
}
