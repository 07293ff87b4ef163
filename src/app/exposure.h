/* exposure.h - `breakwater exposure`: what simulated paths do to one trader, or to every one.

       the book stands ──> exposure book (who stands) ──> paths, each seen by the watch of its process
                                                           ├─ --all:      added to the records of all, shared by processes
                                                           └─ --account:  his part of each path, by path, shared too
       --account besides: shocks of the markets; his place in the ADL queue; the same paths under other venues' rules

   Ctrl-C    is kept back while a path is played: all paths that were begun are whole, so what counts are the first ones */
#ifndef BW_APP_EXPOSURE_H
#define BW_APP_EXPOSURE_H

#include <signal.h>

#include "app/compare.h"
#include "app/exposure_write.h"
#include "app/paths.h"
#include "stress/exposure_result.h"
#include "stress/exposure_watch.h"

enum { APP_EXPOSURE_MOVES = 9, APP_EXPOSURE_SHOCKS = 2 * APP_EXPOSURE_MOVES };

/* Variants of app_jobs: the story's rules, a move of the markets, then a venue each. */
enum { APP_EXPOSURE_HERE, APP_EXPOSURE_SHOCK, APP_EXPOSURE_VENUE };

typedef struct app_exposure {
    app_paths paths;               /* first */
    app_jobs jobs;
    bool all, no_moves;
    const char *account;           /* as given; NULL: --all */
    const char *shock_market;      /* as given; NULL: all markets move */
    int64_t half_spread_ppb;
    int64_t until_part;            /* 0: never */

    bw_exposure_book *book;        /* inside book_memory, at a 64-byte boundary; as the watch */
    bw_exposure_watch *watch;      /* of this process */
    void *book_memory, *watch_memory;
    uint32_t number;               /* account number of --account */
    uint64_t id;
    bw_exposure_record *records;   /* --all; by account number, shared */
    bw_exposure_bins *bins;
    bw_exposure_path *parts;       /* --account; by path, shared */

    uint16_t shock_number;         /* of shock_market; BW_NONE16: all */
    bw_path *shock_path;           /* refilled for every shock */
    double *shock_moves;
    uint32_t shock_count, place_count, venue_count, told_count;
    bw_exposure_path *shock_parts; /* shared */
    bw_exposure_shock shocks[APP_EXPOSURE_SHOCKS];
    bw_exposure_place places[BW_MARKETS_MAX];
    app_venue *venues;
    bw_exposure_path *venue_parts; /* of the venue that is played, by path; shared */
    bw_exposure_venue told[APP_VENUES_MAX];   /* of those that were played: told_count */

    uint64_t first_asked;          /* --first-order: model paths; 0: none */
    uint64_t first_paths;          /* of them counted */
    uint64_t *first_hits;          /* by rank, shared while they are counted */
    uint64_t *first_of;            /* by account number; APP_EXPOSURE_NOT_SINGLE */

    sigset_t held;                 /* the mask before a path */
    int interrupted;               /* app_interrupted when it was begun */
} app_exposure;

/* exposure_play.c: what app_run calls when the book stands. */
bw_story_result app_exposure_between(app_run *run, bw_story *story);
/* Frees and unmaps all of it but the paths. */
void app_exposure_free(app_exposure *work);

/* exposure_first.c: after app_paths_stand: first_paths and first_of. */
bw_story_result app_exposure_first_order(app_exposure *work, bw_story *story);

/* exposure_extra.c: for --account, after its paths. Shocks: false without memory. */
bool app_exposure_shocks_make(app_exposure *work);
/* The path of shock `number`, for play. */
bw_path *app_exposure_shock_path(app_exposure *work, uint64_t number);
void app_exposure_shocks_take(app_exposure *work, const bw_stress_outcome *outcomes);
void app_exposure_places(app_exposure *work, const bw_venue *venue);

/* Facts of the result so far; `run` as app_paths_describe fills it. */
bw_exposure_facts app_exposure_facts(const app_exposure *work, const bw_stress_facts *run);
/* A row from an account's paths. */
bw_exposure_row app_exposure_row(const app_exposure *work, const bw_exposure_facts *facts, const bw_exposure_path *parts);

#endif
