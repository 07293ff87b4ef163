/* exposure_first.c - --first-order: many model paths, none of them played, over the liquidation prices of the book. */
#include <stdlib.h>

#include "app/exposure.h"
#include "story/session.h"
#include "stress/exposure_index.h"

enum { PIECE = 2048, LINE = 64 };

typedef struct {
    app_exposure *work;
    bw_exposure_index *index;
    uint64_t *played;              /* paths, shared */
    int64_t *low, *high;           /* of the path at hand, by market of the venue */
} first_order;

/* The highest and lowest price of a market is that of the step with the highest and lowest move. */
static void extremes(const app_exposure *work, uint32_t item, uint32_t items, int64_t *low, int64_t *high)
{
    const app_paths *paths = &work->paths;
    uint64_t least = 0, most = 0;
    for (uint64_t step = 1; step < paths->step_count; step++) {
        double move = paths->moves[step * items + item];
        least = move < paths->moves[least * items + item] ? step : least;
        most = move > paths->moves[most * items + item] ? step : most;
    }
    const bw_path_point *points = paths->path->point + paths->path->market[item].point_first + 1;
    *low = bw_path_ticks(paths->path, item, points[least].time_ns, 0);
    *high = bw_path_ticks(paths->path, item, points[most].time_ns, 0);
}

static void add_path(const first_order *at, uint64_t path)
{
    app_exposure *work = at->work;
    app_paths *paths = &work->paths;
    const app_world *world = &paths->run.world;
    bw_model_told told = {.clipped = 0};
    uint32_t items = bw_model_item_count(paths->model);
    bw_draw_path(&paths->draws.draw, paths->seed, path, paths->moves, &told);
    bw_model_to_path(paths->model, paths->open_ticks, paths->moves, paths->path);
    for (uint32_t m = 0; m < work->book->market_count; m++)
        at->low[m] = at->high[m] = work->book->markets[m].mark > 0 ? work->book->markets[m].mark : 1;
    for (uint32_t m = 0; m < world->market_count; m++)
        extremes(work, m, items, &at->low[world->play_params.market_first + m], &at->high[world->play_params.market_first + m]);
    bw_exposure_index_add(at->index, at->low, at->high, work->first_hits);
}

/* Whole, Ctrl-C or not: so those that count are the first ones. */
static int add_piece(void *context, uint32_t worker, uint64_t piece, char *message)
{
    const first_order *at = context;
    uint64_t from = piece * PIECE, left = at->work->first_asked - from, count = left < PIECE ? left : PIECE;
    (void)worker, (void)message;
    for (uint64_t i = 0; i < count; i++)
        add_path(at, from + i);
    __atomic_fetch_add(at->played, count, __ATOMIC_RELAXED);
    return 0;
}

static void show(void *context, uint64_t done, uint64_t count)
{
    const first_order *at = context;
    app_progress_show(&at->work->paths.run.progress, "first order", done, count);
}

static bw_story_result run(first_order *at, bw_story *story)
{
    app_exposure *work = at->work;
    app_crew crew = {.processes = (uint32_t)work->paths.run.threads, .piece = add_piece, .watch = show, .context = at};
    app_progress_begin(&work->paths.run.progress);
    bw_story_result result = app_paths_crew_end(story, &crew, app_crew_run(&crew, (work->first_asked + PIECE - 1) / PIECE));
    app_progress_end(&work->paths.run.progress);
    if (result != BW_STORY_DONE)
        return result;
    work->first_paths = *at->played;
    bw_exposure_index_sum(at->index, work->first_hits);
    for (uint32_t i = work->book->account_count; i-- > 0;) {
        uint64_t hits;
        work->first_of[i] = bw_exposure_index_hits(at->index, i, work->first_hits, &hits) ? hits : APP_EXPOSURE_NOT_SINGLE;
    }
    return result;
}

bw_story_result app_exposure_first_order(app_exposure *work, bw_story *story)
{
    void *memory = calloc(1, bw_exposure_index_footprint(work->book) + LINE);
    first_order at = {.work = work, .played = app_crew_memory(sizeof *at.played)};
    at.low = calloc(2 * (size_t)work->book->market_count, sizeof *at.low);
    at.high = at.low != NULL ? at.low + work->book->market_count : NULL;
    work->first_hits = app_crew_memory(work->book->account_count * sizeof *work->first_hits);
    work->first_of = calloc(work->book->account_count, sizeof *work->first_of);
    bw_story_result result = BW_STORY_SYSTEM;
    if (memory == NULL || at.played == NULL || at.low == NULL || work->first_hits == NULL || work->first_of == NULL) {
        bw_story_fail(story, result, "no memory for the liquidation prices");
    } else {
        void *aligned = (void *)(((uintptr_t)memory + LINE - 1) / LINE * LINE);
        at.index = bw_exposure_index_new(aligned, work->book, story->venue);
        result = run(&at, story);
    }
    app_crew_free(at.played, sizeof *at.played);
    free(at.low);
    free(memory);
    return result;
}
