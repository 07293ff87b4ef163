#include "app/reverse.h"

#include <stdlib.h>
#include <string.h>

#include "story/session.h"

enum { GRID = 24, HALVINGS = 6, LIKELY_PATHS = 20000 };
#define LN_MOST 3.0            /* of one price, either way: markets know prices up to 32 times the opening one */

typedef struct {
    app_paths *paths;
    bw_reverse_row *rows;
    uint32_t row_count, items;
    const bw_bound *bound;     /* NULL: rules without one */
    int64_t paid;
    double *sizes;             /* of every job, by path number */
    uint32_t *of_row;
} search;

/* ---- a move ---- */

static double move_of(const bw_reverse_row *row, double size, uint32_t item)
{
    double x = row->unit[item] * size;
    return x < -LN_MOST ? -LN_MOST : x > LN_MOST ? LN_MOST : x;
}

static void draw(const app_jobs *jobs, uint64_t path, double *log_move)
{
    const search *s = jobs->context;
    const bw_reverse_row *row = &s->rows[s->of_row[path]];
    for (uint32_t t = 0; t < s->paths->step_count; t++)
        for (uint32_t i = 0; i < s->items; i++)
            log_move[(size_t)t * s->items + i] = move_of(row, s->sizes[path], i);
}

static bool may_charge(const search *s, const bw_reverse_row *row, double size)
{
    bw_bound_moves moves[BW_BOUND_ITEMS];
    if (s->bound == NULL)
        return true;
    for (uint32_t i = 0; i < s->items; i++) {
        double x = move_of(row, size, i), far = x < 0 ? -x : x;
        moves[i] = (bw_bound_moves){.fall = x < 0 ? far : 0, .rise = x > 0 ? far : 0, .low_count = x < 0, .high_count = x > 0};
        (x < 0 ? moves[i].low : moves[i].high)[0] = far;
        moves[i].event_count = 1;          /* all of it in the first step */
        (x < 0 ? moves[i].event_fall : moves[i].event_rise)[0] = far;
        (x < 0 ? moves[i].event_low : moves[i].event_high)[0] = far;
    }
    return bw_bound_of(s->bound, moves, bw_model_step_ns(s->paths->model), (double)s->paid).gap > (double)s->paid;
}

/* Plays `count` moves, of which those that cannot charge are left out: what traders pay in each, by number. */
static bw_story_result play_moves(search *s, bw_story *story, uint64_t count, int64_t *borne)
{
    uint64_t *list = calloc(count + 1, sizeof *list);
    app_jobs jobs = {.list = list, .what = "reverse stress: ", .draw = draw, .context = s};
    memset(borne, 0, count * sizeof *borne);
    for (uint64_t i = 0; list != NULL && i < count; i++)
        if (may_charge(s, &s->rows[s->of_row[i]], s->sizes[i]))
            list[jobs.count++] = i;
    bw_story_result result = BW_STORY_DONE;
    if (list == NULL || !app_jobs_make(&jobs))
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the moves");
    else
        result = app_paths_play(s->paths, story, &jobs);
    for (uint64_t j = 0; result == BW_STORY_DONE && j < jobs.done; j++)
        borne[list[j]] = bw_fund_borne(&jobs.outcomes[j]);
    app_jobs_free(&jobs);
    free(list);
    return result;
}

/* ---- the search ---- */

static double grid_size(const bw_reverse_row *row, uint32_t k)
{
    double part = (double)(k + 1) / GRID;
    return row->most * part * (.3 + .7 * part);
}

static bw_story_result scan(search *s, bw_story *story, int64_t *borne)
{
    for (uint32_t r = 0; r < s->row_count; r++)
        for (uint32_t k = 0; k < GRID; k++) {
            s->of_row[r * GRID + k] = r;
            s->sizes[r * GRID + k] = grid_size(&s->rows[r], k);
        }
    bw_story_result result = play_moves(s, story, (uint64_t)s->row_count * GRID, borne);
    for (uint32_t r = 0; r < s->row_count; r++) {
        bw_reverse_row *row = &s->rows[r];
        for (uint32_t k = 0; k < GRID; k++) {
            int64_t at = borne[r * GRID + k];
            if (at > 0 && row->size <= 0) {
                row->size = grid_size(row, k);
                row->before = k > 0 ? grid_size(row, k - 1) : 0;
                row->borne = at;
            } else if (at <= 0 && row->size > 0)
                row->gap_above = true;
        }
    }
    return result;
}

static bw_story_result halve(search *s, bw_story *story, int64_t *borne)
{
    uint64_t count = 0;
    for (uint32_t r = 0; r < s->row_count; r++) {
        if (s->rows[r].size <= 0)
            continue;
        s->of_row[count] = r;
        s->sizes[count++] = (s->rows[r].before + s->rows[r].size) / 2;
    }
    bw_story_result result = play_moves(s, story, count, borne);
    for (uint64_t i = 0; result == BW_STORY_DONE && !app_interrupted && i < count; i++) {
        bw_reverse_row *row = &s->rows[s->of_row[i]];
        if (borne[i] > 0) {
            row->size = s->sizes[i];
            row->borne = borne[i];
        } else
            row->before = s->sizes[i];
    }
    return result;
}

/* ---- how likely ---- */

static void count_likely(search *s)
{
    app_paths *paths = s->paths;
    uint64_t count = paths->count < LIKELY_PATHS ? paths->count : LIKELY_PATHS;
    uint64_t hits[BW_REVERSE_ROWS] = {0};
    for (uint64_t path = 0; path < count && !app_interrupted; path++) {
        bw_model_told told;
        bw_model_path(paths->model, paths->seed, path, paths->moves, &told);
        for (uint32_t r = 0; r < s->row_count; r++)
            hits[r] += !s->rows[r].joint && s->rows[r].size > 0 &&
                       bw_reverse_reached(&s->rows[r], paths->moves, (uint32_t)paths->step_count, s->items);
    }
    for (uint32_t r = 0; r < s->row_count; r++)
        if (!s->rows[r].joint && s->rows[r].size > 0)
            s->rows[r].chance = bw_stress_chance_of(hits[r], count);
}

/* ---- all ---- */

static bw_story_result run_search(search *s, bw_story *story)
{
    size_t most = (size_t)s->row_count * GRID;
    int64_t *borne = calloc(most, sizeof *borne);
    s->sizes = calloc(most, sizeof *s->sizes);
    s->of_row = calloc(most, sizeof *s->of_row);
    bw_story_result result = borne != NULL && s->sizes != NULL && s->of_row != NULL
                                 ? scan(s, story, borne) : bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the moves");
    for (uint32_t i = 0; i < HALVINGS && result == BW_STORY_DONE && !app_interrupted; i++)
        result = halve(s, story, borne);
    if (result == BW_STORY_DONE)
        count_likely(s);
    free(borne);
    free(s->sizes);
    free(s->of_row);
    return result;
}

bw_story_result app_reverse_play(app_paths *paths, bw_story *story, bw_reverse_row *rows, uint32_t *count)
{
    const app_world *world = &paths->run.world;
    const char *names[BW_MARKETS_MAX];
    bw_bound_params params;
    void *memory = NULL;
    for (uint32_t m = 0; m < world->market_count; m++)
        names[m] = world->markets[m].name;
    *count = bw_reverse_rows(bw_model_params_of(paths->model), names, paths->seed, rows);
    search s = {.paths = paths, .rows = rows, .row_count = *count, .items = bw_model_item_count(paths->model)};
    app_screen_params(paths, story, &params);
    if (bw_bound_fault(&params) == NULL && (memory = aligned_alloc(64, bw_bound_footprint(&params))) != NULL) {
        s.bound = bw_bound_new(memory, &params);
        s.paid = bw_bound_paid(&params);
    }
    bw_story_result result = run_search(&s, story);
    free(memory);
    return result;
}
