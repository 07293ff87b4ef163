/* one_shock.h - paths that are a single move of all prices, played by the accelerator (stress/shock.h) instead of the engine.

       the book stands ─ app_one_shock_read ─> book in arrays ─┬─ app_one_shock_gaps: exact gaps of many paths
                          (again when it changed)              └─ app_one_shock_play: outcomes of many jobs

   What one shock is, which rules it knows and what it cannot show: docs/shock.md. The model draws one step as long as the
   horizon; what the accelerator makes of it is what the engine does, to the unit.

   Processes each fork writes pages of its own, as with the book itself (crew.h)
   Errors    rules that one shock does not know: BW_STORY_WRONG with the sentence of bw_shock_fault */
#ifndef BW_APP_ONE_SHOCK_H
#define BW_APP_ONE_SHOCK_H

#include "story/story.h"
#include "world/facts.h"

enum { APP_ONE_SHOCK_PIECE = 64 };       /* paths of one piece of work: what the accelerator plays side by side */

typedef struct bw_shock bw_shock;
typedef struct app_paths app_paths;
typedef struct app_jobs app_jobs;

typedef struct app_one_shock {
    bool asked;                /* --one-shock */
    bw_shock *book;            /* NULL: not read, paths are played on the engine */
    size_t footprint;
    int64_t *ticks;            /* [APP_ONE_SHOCK_PIECE][market] */
    int64_t most[BW_MARKETS_MAX];   /* ticks that a market knows */
    uint32_t market_count;
} app_one_shock;

/* Reads the book as it stands now, in place of what was read before. */
bw_story_result app_one_shock_read(app_paths *paths, bw_story *story);
void app_one_shock_free(app_one_shock *shock);

/* Prices of the path last drawn into paths->moves, as row `row` of shock->ticks. False: one was cut at the market's highest. */
bool app_one_shock_price(app_paths *paths, uint32_t row);
/* Gaps of the first `count` rows. */
void app_one_shock_gaps(app_paths *paths, uint32_t count, int64_t *gaps);
/* Outcomes of the jobs first .. first + count - 1, count <= APP_ONE_SHOCK_PIECE. False: interrupted. */
bool app_one_shock_play(app_paths *paths, app_jobs *jobs, uint64_t first, uint32_t count);

#endif
