/* draw.h - where a path of prices comes from: the model, or a history; all in the form of bw_model_path.

       jump diffusion      bw_model_path of the model
       t only              bw_model_path of a model without jumps and without moving volatility (bw_draw_t_only)
       block bootstrap     blocks of rows of the history, each from a place drawn anew, going on at its beginning after its end:
                           all markets' moves of a row stay together
       worst days scaled   a stretch of the history as long as the horizon, drawn anew for each path; the `worst_count` worst of
                           them with all moves times `scale`. So their chance is that of the history, their size is not
       replay              the history itself from row `first_row` on: the same for every path

   Why       the four first answer the same question by other assumptions: how far they differ is the error of the model, and
             that is usually larger than the error of the sampling
   Steps     those of the model; between the rows of a history log prices are straight lines, so a finer step adds nothing
   Caps      those of the model, of the step and of the horizon, hold for histories too
   Worst     by the largest |mean over the items that have a column| that a stretch comes to at one of its rows; stretches begin
             at whole multiples of their length from row 0, what is left at the end is in none; ties: the earlier
   Gaps      moves on both sides of a cut follow each other as if there were none
   Draws     addressed by (seed, path, which block): a path is a pure function of these, as the model's are
   Errors    bw_draw_fault; nothing else can fail
   Source    moving blocks: Kuensch 1989; circular: Politis and Romano 1992 */
#ifndef BW_WORLD_DRAW_H
#define BW_WORLD_DRAW_H

#include "world/model.h"
#include "world/prices.h"

typedef enum {
    BW_DRAW_MODEL,
    BW_DRAW_BOOTSTRAP,
    BW_DRAW_T_ONLY,
    BW_DRAW_WORST_DAYS,
    BW_DRAW_REPLAY,
    BW_DRAW_KINDS
} bw_draw_kind;

#define BW_DRAW_WORST_MAX 64u

typedef struct bw_draw {
    bw_draw_kind kind;
    const bw_model *model;             /* items, steps, horizon and caps of all kinds; the law of the first and third */
    const bw_prices *prices;           /* of the others */
    int32_t column[BW_MARKETS_MAX];    /* of each item in the history; -1: it stands still (a pegged collateral) */
    double row_days;                   /* of a row */
    uint32_t horizon_rows;             /* of a path, rounded up */
    uint32_t block_rows;               /* bootstrap */
    uint32_t first_row;                /* replay */
    uint32_t stretch_count, worst_count;
    double scale;
    uint32_t worst[BW_DRAW_WORST_MAX]; /* numbers of stretches, the worst first */
} bw_draw;

/* "jump diffusion", "block bootstrap", "t only", "worst days scaled", "replay". */
const char *bw_draw_word(bw_draw_kind kind);

/* The parameters for t only: no jumps of either kind, volatility as it is on average. */
bw_model_params bw_draw_t_only(const bw_model_params *params);

/* A draw of kind MODEL or T_ONLY. */
bw_draw bw_draw_of_model(bw_draw_kind kind, const bw_model *model);

/* One of a history. names[i]: item i's column; a collateral (the model's last item, if it has one) may be without. block_s: length
   of a bootstrap's block, rounded to whole rows, at least one. worst_share: of the stretches, rounded up, at most
   BW_DRAW_WORST_MAX; scale: 1.5, say. from_ns: where a replay begins, at the end of a row or at the first price. What a kind does
   not need is ignored. NULL: done; otherwise why not, in the buffer, "found ..., expected ...". */
typedef struct bw_draw_wish {
    bw_draw_kind kind;
    const char *const *names;
    double block_s, worst_share, scale;
    int64_t from_ns;
} bw_draw_wish;
const char *bw_draw_of_prices(bw_draw *draw, const bw_draw_wish *wish, const bw_model *model, const bw_prices *prices, char *buffer,
                              size_t buffer_size);

/* As bw_model_path. Histories tell only what was clipped. */
void bw_draw_path(const bw_draw *draw, uint64_t seed, uint64_t path, double *log_move, bw_model_told *told);

#endif
