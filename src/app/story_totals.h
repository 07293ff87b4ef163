/* story_totals.h - what a story came to: who was hit, who paid, as one JSON object (breakwater-story/1).

   Shapes    one record per pool, one byte per account
   Units     money in the pool's asset, written as a decimal string with the asset's decimals
   Errors    a story with more accounts than memory: the counts of accounts stay behind (`lost`) */
#ifndef BW_APP_STORY_TOTALS_H
#define BW_APP_STORY_TOTALS_H

#include <stdio.h>

#include "story/story.h"

typedef struct app_pool_totals {
    int64_t gap, adl_notional, paid[BW_LAYERS];
    uint64_t liquidated, bankrupt, adl, haircut;   /* accounts */
} app_pool_totals;

typedef struct app_story_totals {
    const bw_story_book *names;
    app_pool_totals *pools;
    uint8_t *accounts;        /* bits: liquidated, bankrupt, deleveraged, cut; by id */
    uint64_t pool_count, account_count;
    bool lost;
} app_story_totals;

void app_story_totals_add(app_story_totals *totals, const bw_event *event);
void app_story_totals_free(app_story_totals *totals);
void app_story_json(FILE *stream, const app_story_totals *totals, const bw_story *story, const char *file, bool held,
                    bool partial);

#endif
