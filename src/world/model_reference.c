/* model_reference.c - the paths of model.c once more: every draw where it is needed, every probability in full. */
#include <math.h>

#include "world/model_work.h"
#include "world/real.h"

typedef struct {
    const bw_model *model;
    uint64_t key, path;
    uint32_t step;
} place;

/* The word of a stream that two steps share a block of, and the normal of it. */
static uint64_t word_of(const place *at, uint32_t who)
{
    return model_block(at->key, at->path, who, at->step / 2).word[at->step % 2];
}

static double normal_of(const place *at, uint32_t who)
{
    return bw_normal_quantile(bw_random_real_of(word_of(at, who)));
}

static bool own_jump(const place *at, uint32_t item, double *size)
{
    const bw_model *model = at->model;
    uint32_t who = model_who(model, item);
    bw_random_block block = model_block(at->key, at->path, MODEL_OWN + who, at->step);
    double u = (double)(word_of(at, MODEL_ITEM + who) % MODEL_OWN_CELLS) + bw_random_real_of(block.word[0]);
    double mean = model->params.item[item].own_jumps * model->step_days; /* u / cells is uniform; as in model.c, x small */
    double share = mean < 1e-4 ? mean * (1 - mean * (.5 - mean / 6)) : 1 - bw_real_exp(-mean);
    *size = bw_model_own_size(model, item, block.word[1]);
    return u < share * MODEL_OWN_CELLS;
}

static double diffusion(const place *at, uint32_t item, double vol)
{
    const bw_model *model = at->model;
    const bw_model_item *of = &model->params.item[item];
    double x = model->factor[item] * normal_of(at, MODEL_FACTOR) +
               model->own[item] * normal_of(at, MODEL_ITEM + model_who(model, item));
    if (model->sector[item] != 0)
        x += model->sector[item] * normal_of(at, MODEL_SECTOR + of->sector);
    return x * (vol * model_root(model, model->kind[item], normal_of(at, MODEL_MIXING)));
}

static double clip(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

void bw_model_path_reference(const bw_model *model, uint64_t seed, uint64_t path, double *log_move, bw_model_told *told)
{
    const bw_model_params *p = &model->params;
    place at = {model, model_key(seed), path, 0};
    double sum[BW_MARKETS_MAX] = {0}, intensity = p->jumps / (1 - p->jump_branching), own;
    double h = p->vol_of_vol * bw_normal_quantile(bw_random_real_of(model_block(at.key, path, MODEL_START, 0).word[0]));
    *told = (bw_model_told){0};
    for (; at.step < p->step_count; at.step++) {
        double vol = bw_real_exp(h - p->vol_of_vol * p->vol_of_vol), mean = intensity * model->step_days;
        double share = mean < 1e-4 ? mean * (1 - mean * (.5 - mean / 6)) : 1 - bw_real_exp(-mean);
        bool common = bw_random_real_of(word_of(&at, MODEL_JUMP)) < share;
        double size = common ? bw_model_jump_size(model, at.key, path, at.step) : 0;
        for (uint32_t i = 0; i < model->item_count; i++) {
            double x = diffusion(&at, i, vol);
            if (own_jump(&at, i, &own)) {
                x += own;
                told->own_jumps++;
            }
            if (common)
                x += bw_model_jump_of(model, at.key, path, at.step, i, size);
            double kept = clip(x, p->item[i].step_low, p->item[i].step_high), whole = sum[i] + kept;
            sum[i] = clip(whole, p->item[i].horizon_low, p->item[i].horizon_high);
            told->clipped_steps += kept != x || sum[i] != whole;
            log_move[(size_t)at.step * model->item_count + i] = sum[i];
        }
        h = model->vol_keep * h + model->vol_shock * normal_of(&at, MODEL_FACTOR) + model->vol_own * normal_of(&at, MODEL_VOL);
        h += common ? p->vol_jump : 0;
        intensity = p->jumps + (intensity - p->jumps) * model->jump_keep + (common ? model->jump_kick : 0);
        told->common_jumps += common;
    }
    told->clipped = told->clipped_steps > 0;
}
