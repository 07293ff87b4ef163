#define _GNU_SOURCE
#include "app/one_shock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "app/paths.h"
#include "engine/state.h"
#include "stress/shock.h"
#include "story/session.h"

void app_one_shock_free(app_one_shock *shock)
{
    if (shock->book != NULL)
        munmap(shock->book, shock->footprint);
    free(shock->ticks);
    shock->book = NULL;
    shock->ticks = NULL;
}

bw_story_result app_one_shock_read(app_paths *paths, bw_story *story)
{
    app_one_shock *shock = &paths->shock;
    const char *fault = bw_shock_fault(story->venue);
    app_one_shock_free(shock);
    shock->market_count = paths->run.world.market_count;
    if (fault == NULL && story->book.market_count != shock->market_count)
        fault = "one shock knows no markets but those of the generated book";
    if (fault != NULL) {
        char text[APP_RUN_TEXT];
        snprintf(text, sizeof text, "found rules that --one-shock does not know: %s; expected others, or no --one-shock", fault);
        return bw_story_fail(story, BW_STORY_WRONG, text);
    }
    shock->footprint = bw_shock_footprint(story->venue);
    void *memory = mmap(NULL, shock->footprint, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    shock->ticks = malloc((size_t)APP_ONE_SHOCK_PIECE * shock->market_count * sizeof *shock->ticks);
    if (memory == MAP_FAILED || shock->ticks == NULL) {
        if (memory != MAP_FAILED)
            munmap(memory, shock->footprint);
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the book of one shock");
    }
    shock->book = bw_shock_new(memory, story->venue);
    bw_shock_stand_at(shock->book, paths->path->params.end_ns);
    for (uint32_t m = 0; m < shock->market_count; m++)
        shock->most[m] = bw_market_cold_at(story->venue, m)->settings.price_max;
    return BW_STORY_DONE;
}

bool app_one_shock_price(app_paths *paths, uint32_t row)
{
    app_one_shock *shock = &paths->shock;
    bool cut = false;
    bw_model_to_path(paths->model, paths->open_ticks, paths->moves, paths->path);
    for (uint32_t m = 0; m < shock->market_count; m++) {
        int64_t ticks = bw_path_ticks(paths->path, m, paths->path->params.end_ns, 0);
        cut |= ticks > shock->most[m];
        shock->ticks[row * shock->market_count + m] = ticks < shock->most[m] ? ticks : shock->most[m];
    }
    return !cut;
}

void app_one_shock_gaps(app_paths *paths, uint32_t count, int64_t *gaps)
{
    bw_shock_gaps(paths->shock.book, paths->shock.ticks, count, gaps);
}

/* ---- outcomes ---- */

typedef struct {
    bw_stress_outcome *outcomes;
    const uint32_t *flags;
    int64_t step_ns;
} piece;

static void see(void *context, const bw_shock *shock, uint64_t scenario, const bw_shock_told *told)
{
    const piece *to = context;
    (void)shock;
    bw_stress_outcome *outcome = &to->outcomes[scenario];
    *outcome = told->outcome;
    outcome->flags |= to->flags[scenario];
    outcome->first_adl_ns = outcome->first_adl_ns < 0 ? -1 : to->step_ns;       /* when the step has come */
}

bool app_one_shock_play(app_paths *paths, app_jobs *jobs, uint64_t first, uint32_t count)
{
    uint32_t flags[APP_ONE_SHOCK_PIECE];
    piece to = {jobs->outcomes + first, flags, bw_model_step_ns(paths->model)};
    for (uint32_t i = 0; i < count; i++) {
        bw_model_told told = app_paths_moves(paths, jobs, app_jobs_path(jobs, first + i));
        told.clipped |= !app_one_shock_price(paths, i);
        flags[i] = app_paths_flags(&told);
    }
    if (app_interrupted)
        return false;
    bw_shock_play(paths->shock.book, paths->shock.ticks, count, see, &to);
    memset(jobs->played + first, 1, count);
    return true;
}
