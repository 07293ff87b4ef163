/* exposure_write.h - the results of an exposure run, or of its shards: JSON row by row, screen, --fail-if.

       exposure --all ────────> records of all ──┬─> screen, JSON, gate
       merge SHARD... ────────> the same, added ─┘
       exposure --account ────> row and detail ────> the same */
#ifndef BW_APP_EXPOSURE_WRITE_H
#define BW_APP_EXPOSURE_WRITE_H

#include "app/message.h"
#include "app/outputs.h"
#include "stress/exposure_result.h"

enum { APP_EXPOSURE_WORST_MAX = 1000 };

#define APP_EXPOSURE_NOT_SINGLE UINT64_MAX

/* All accounts; ids are 1 to id_most. */
typedef struct app_exposure_crowd {
    const bw_exposure_book *book;
    const bw_exposure_record *records;   /* by account number, as what follows */
    const bw_exposure_bins *bins;
    const uint64_t *first_of;            /* hits at first order, or APP_EXPOSURE_NOT_SINGLE; NULL: none */
    uint64_t id_most;
    uint64_t (*id_of)(const void *context, uint32_t number);
    const char *(*name_of)(const void *context, uint64_t id);
    const void *context;
} app_exposure_crowd;

typedef struct app_exposure_outputs {
    app_output *screen, *json;           /* json NULL: not wanted */
    uint32_t top;
    const char *fail_if;                 /* NULL: none */
    const bw_condition *condition;
    int64_t begin_ns;                    /* app_run_clock_ns when the program began */
} app_exposure_outputs;

/* Write and keep the result. `end`, or APP_BREACHED where `end` is APP_DONE and the condition holds (for any trader) or cannot be
   told, or APP_SYSTEM after a message. */
app_exit app_exposure_tell_all(const app_exposure_outputs *outputs, const app_exposure_crowd *crowd, const bw_exposure_facts *facts,
                               app_exit end);
app_exit app_exposure_tell_one(const app_exposure_outputs *outputs, const bw_exposure_facts *facts, const bw_exposure_row *row,
                               const bw_exposure_detail *detail, app_exit end);

/* The records' hash is the result's: of all accounts, whatever process added which path. */
bw_hash app_exposure_hash(const bw_exposure_record *records, uint64_t account_count, uint64_t paths);

#endif
