/* compare.h - `breakwater compare`: one story's book under the rules of many venues.

       --venues A,B ─> files ─> each run as a story of its own ─> rules
                                                                    │ all of them sent once to the book;
                                                                    │ is one refused, nothing is played
       STORY ─> book stands ─> snapshot ─┬─ restore, rules, path to its end, columns ─> row
                                         └─ ... once for every venue

   A venue file is a story of `asset`, `pool` and, where a period ends with the day, `settle`: it sets rules and nothing
   else. Fund, capital, desks, book, prices and liquidity are those of STORY in every row. */
#ifndef BW_APP_COMPARE_H
#define BW_APP_COMPARE_H

#include "app/run.h"
#include "metrics/comparison.h"

enum { APP_VENUES_MAX = 64, APP_VENUE_NAME = 64 };

typedef struct app_venue {
    char name[APP_VENUE_NAME];     /* of the file, without ".story" */
    char path[BW_STORY_PATH];
    uint32_t line;                 /* of the pool */
    bw_command_pool pool;
    uint32_t decimals;             /* of its asset */
    bool settles;                  /* `settle`: the period ends after the last price */
} app_venue;

typedef struct app_compare {
    app_run run;                   /* first: the story's host is given the run */
    const char *file;
    app_venue *venues;
    bw_comparison_row *rows;
    uint32_t venue_count, row_count;
    uint64_t book_hash[2];
    int64_t time_open_ns, time_end_ns;
    app_exit end;                  /* of the rows, once the book stood */
    bool played;                   /* the book stood, and no set of rules was refused */
} app_compare;

/* compare_venues.c: names and files of `list` ("bitmex,okx", "all", "rules/mine.story") in `folder` (NULL: where they are
   kept). APP_DONE, or what is wrong in one line of message, which `command` begins. */
app_exit app_venues_find(const char *command, const char *list, const char *folder, app_venue *venues, uint32_t *count);
/* Runs the file and takes its rules. */
app_exit app_venue_read(app_venue *venue);

/* compare_play.c: sends the venue's rules to the book that stands; a refusal is BW_STORY_WRONG with run->message. And the end
   of its period, where it has one. */
bw_story_result app_venue_rules(app_run *run, bw_story *story, const app_venue *venue);
bw_story_result app_venue_settle(bw_story *story, const app_venue *venue, int64_t time_ns);

/* What app_run calls when the book stands. */
bw_story_result app_compare_between(app_run *run, bw_story *story);

#endif
