/* model_work.h - the model as bw_model_path reads it, and who draws what. For model.c and its twin. */
#ifndef BW_WORLD_MODEL_WORK_H
#define BW_WORLD_MODEL_WORK_H

#include "base/mix.h"
#include "base/random_real.h"
#include "world/model.h"

/* Streams of one path. The collateral draws as the last item there can be, so that another market does not change it. */
#define MODEL_FACTOR 0u       /* two steps a block: first word the even step */
#define MODEL_VOL 1u
#define MODEL_MIXING 2u
#define MODEL_JUMP 3u
#define MODEL_SECTOR 4u       /* + sector */
#define MODEL_ITEM 20u        /* + item; the 12 bits that a normal leaves begin the uniform number of its own jump */
#define MODEL_JUMP_SIZE 84u   /* a block a step: sign, size */
#define MODEL_START 85u
#define MODEL_SPREAD 100u     /* + item, a block a step */
#define MODEL_OWN 164u        /* + item, a block a step: the rest of the uniform number; sign and size */
#define MODEL_STREAMS 256u

#define MODEL_OWN_CELLS 4096u

/* sqrt(T) before its cap, and its slope, at scores from -MODEL_SCORE to MODEL_SCORE; a high score is a wild step. */
#define MODEL_SCORE 8.5
#define MODEL_KNOTS_A_UNIT 64u
#define MODEL_KNOTS (17u * MODEL_KNOTS_A_UNIT + 1)

typedef struct {
    double root, slope;   /* slope: per knot */
} model_knot;

struct bw_model {
    bw_model_params params;
    uint32_t item_count, kind_count;           /* kinds: different tails */
    uint32_t draw_count, sector_first;         /* draws of two steps: place of the first sector's */
    double step_days, vol_keep, vol_shock, vol_own, jump_keep, jump_kick, jump_mean, root_max;
    double factor[BW_MARKETS_MAX], sector[BW_MARKETS_MAX], own[BW_MARKETS_MAX];   /* sds of a step */
    double low[BW_MARKETS_MAX], high[BW_MARKETS_MAX], sum_low[BW_MARKETS_MAX], sum_high[BW_MARKETS_MAX];
    double own_share[BW_MARKETS_MAX];          /* P of an own jump x MODEL_OWN_CELLS, below its whole part */
    uint32_t own_cells[BW_MARKETS_MAX];        /* and the whole part */
    uint32_t kind[BW_MARKETS_MAX];
    uint32_t sector_at[BW_MARKETS_MAX];        /* which of the drawn sectors */
    uint32_t sector_count;                     /* drawn: those that an item is loaded with */
    uint8_t draw[4 + BW_MODEL_SECTORS + BW_MARKETS_MAX];   /* streams: factor, vol, mixing, jump, sectors, items */
    model_knot knot[];                         /* MODEL_KNOTS a kind */
};

/* Which draws an item has. */
static inline uint32_t model_who(const bw_model *model, uint32_t item)
{
    return item == model->params.market_count ? BW_MARKETS_MAX - 1 : item;
}

/* The block of a draw. Seeds of other rooms' streams are kept apart. */
static inline uint64_t model_key(uint64_t seed)
{
    return bw_mix_u64(seed ^ 0x7374726573734c61u);
}

static inline bw_random_block model_block(uint64_t key, uint64_t path, uint32_t who, uint32_t counter)
{
    return bw_random_block_at(key, path * MODEL_STREAMS + who, counter);
}

/* sqrt(T) of a kind. */
static inline double model_root(const bw_model *model, uint32_t kind, double score)
{
    double at = (score + MODEL_SCORE) * MODEL_KNOTS_A_UNIT;
    uint32_t i = (uint32_t)at;
    const model_knot *knot = &model->knot[kind * MODEL_KNOTS + i];
    double x = at - (double)i, y = 1 - x, rise = knot[1].root - knot[0].root;
    double root = knot[0].root + x * (rise + y * (y * (knot[0].slope - rise) - x * (knot[1].slope - rise)));
    return root < model->root_max ? root : model->root_max;
}

/* Size A of a common jump; size of an own jump; what an item makes of A. */
double bw_model_jump_size(const bw_model *model, uint64_t key, uint64_t path, uint32_t step);
double bw_model_own_size(const bw_model *model, uint32_t item, uint64_t word);
double bw_model_jump_of(const bw_model *model, uint64_t key, uint64_t path, uint32_t step, uint32_t item, double size);

#endif
