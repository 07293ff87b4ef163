/* draws.h - which price paths a command draws: those of the story's model, or of a history of prices (world/draw.h).

       --draw KIND [--history FILE.csv [--block TIME] [--worst P%] [--scale X]] ─> app_draws_make ─> bw_draw
   Errors    the command line: false with a message; the history: the story's failure, with file and line */
#ifndef BW_APP_DRAWS_H
#define BW_APP_DRAWS_H

#include "app/options.h"
#include "app/run.h"
#include "world/draw.h"

typedef struct app_draws {
    const char *kind, *history, *block, *worst, *scale;   /* options as given; NULL: not */
    bool others;                  /* other kinds are asked for besides: a history may be for these */
    bw_draw_wish wish;
    bw_draw draw;                 /* of the story's paths, once made */
    bw_prices *prices;            /* NULL: no history */
    void *memory;
    bw_model *t_only;             /* of kind T_ONLY */
    uint64_t hash;                /* of what was drawn from, beside the model; 0: the model alone */
    const char *names[BW_MARKETS_MAX];
} app_draws;

enum { APP_DRAWS_OPTIONS = 5 };

void app_draws_options(app_draws *draws, app_option *options);
/* `command` for messages. */
bool app_draws_valid(app_draws *draws, const char *command);
/* The history is read when the first that needs it is made. `model`: of the story. */
bw_story_result app_draws_make(app_draws *draws, app_run *run, bw_story *story, const bw_model *model);
/* Another kind over the same items, steps and horizon: for the range of models. BW_STORY_DONE with *made false: no history. */
bw_story_result app_draws_other(app_draws *draws, bw_story *story, const bw_model *model, bw_draw_kind kind, bw_draw *draw, bool *made);
/* " --draw ... --history ..." as given, for the command line that does it again. */
void app_draws_describe(const app_draws *draws, char *text, size_t size);
void app_draws_free(app_draws *draws);

#endif
