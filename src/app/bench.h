/* bench.h - what the benchmarks share: the clock, a populated venue, one result line.

   Every benchmark prints a hash of what it computed; its reference twin, plain code for the same thing, prints the
   same hash in the same run. */
#ifndef BW_APP_BENCH_H
#define BW_APP_BENCH_H

#include "app/exit.h"
#include "breakwater.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct app_bench_options {
    const char *only;                    /* names by comma, NULL: all */
    uint64_t accounts, runs, seed;
} app_bench_options;

/* One line of bench/1. Times per unit of the benchmark as `note` says. */
typedef struct app_bench_result {
    char name[32];
    uint64_t accounts, positions, runs;
    double best_ns, median_ns, p99_ns;   /* p99 0: not measured */
    double rate_per_s;
    uint64_t result_hash;
    double visits;                       /* per tick, or of the crash; < 0: not counted */
    double bytes_per_account;            /* 0: not told */
    const char *limit;
    char note[200];
} app_bench_result;

uint64_t app_clock_ns(void);

/* After Ctrl-C: keeps the lines that were finished and ends the program. To be called wherever it may take long. */
void app_bench_poll(void);

/* --- a populated venue --- */
typedef struct app_bench_spec {
    uint64_t accounts;                   /* rounded down to a multiple of 128, at least 1,024 */
    uint32_t positions;                  /* per account */
    uint32_t markets;
    uint64_t seed;
    uint32_t equity_min_ppm, equity_max_ppm;   /* of the account's notional, spread evenly between them; or, max 0: */
                                         /* as measured on 2025-10-10, at least min (leverage in quantiles.csv) */
    uint32_t imr_ppm;                    /* 0: 50,000; mmr is 25,000 */
    uint64_t spare;                      /* position records beyond those of the load */
    uint32_t work_max;
    bool one_side;                       /* longs are the first half of the accounts, shorts the second */
    bool whale;                          /* account 0 is the only short */
    bw_command_pool pool;                /* settings; name, asset and number are filled in */
    int64_t desk_balance;                /* > 0: a desk of this balance as the last account */
    int64_t fund;
} app_bench_spec;

typedef struct app_bench_venue {
    bw_venue *venue;
    void *memory;
    bw_event *events;
    bw_limits limits;
    size_t footprint;
    int64_t time_ns;
    uint64_t events_seen, calls, calls_ns, longest_call_ns;   /* since app_bench_reset */
    void (*watch)(void *context, const bw_event *events, uint32_t count);   /* may be NULL; its time does not count */
    void *watch_context;
    void *kept;                          /* copy of the persistent part */
    size_t kept_size;
} app_bench_venue;

#define APP_BENCH_PRICE 100000           /* ticks, all markets at the start */
#define APP_BENCH_TICK_VALUE 10          /* minor units */

/* False when memory is short. A command that is refused is a bug and ends the program. */
bool app_bench_venue_new(app_bench_venue *bench, const app_bench_spec *spec);
void app_bench_venue_free(app_bench_venue *bench);

void app_bench_reset(app_bench_venue *bench);

/* Keeps the state as it is, and goes back to it; between commands only. */
bool app_bench_keep(app_bench_venue *bench);
void app_bench_restore(app_bench_venue *bench);

/* One more account with a balance; trades outside the load. */
void app_bench_account(app_bench_venue *bench, uint64_t id, int64_t amount);
void app_bench_trade_one(app_bench_venue *bench, const bw_trade *trade);
void app_bench_trade_group(app_bench_venue *bench, bw_command_trades *group, uint32_t count);

/* One command with all its work; aborts on a refusal. */
void app_bench_step(app_bench_venue *bench, bw_command *command);

/* Marks of all markets, as factors of APP_BENCH_PRICE in millionths. */
void app_bench_mark(app_bench_venue *bench, uint32_t markets, const int64_t *prices);

/* Marks the first `markets` markets at APP_BENCH_PRICE x ppm / 10^6; the time of all calls since the last reset. */
uint64_t app_bench_mark_all(app_bench_venue *bench, uint32_t markets, int64_t ppm);

/* Sets the same prices and nothing else, for a reference to read. Restore the state after it. */
void app_bench_mark_plain(app_bench_venue *bench, uint32_t markets, int64_t ppm);

/* Hash of the sums of sizes of accounts first..last-1. */
uint64_t app_bench_sizes(const app_bench_venue *bench, uint64_t first, uint64_t last);

#define APP_BENCH_RUNS 64
uint64_t app_bench_runs(const app_bench_options *options);

/* A pool with the default layers: backstop (if any), ADL queue, fund, deleveraged at zero, haircut, carryover. */
bw_command_pool app_bench_pool(void);

/* --- the benchmarks; each fills results and returns how many, at most 8; 0: no memory --- */
#define APP_BENCH_RESULTS 8   /* per function below */
int app_bench_mark_scan(const app_bench_options *options, app_bench_result *results);
int app_bench_liquidate(const app_bench_options *options, app_bench_result *results);
int app_bench_trade(const app_bench_options *options, app_bench_result *results);
int app_bench_adl(const app_bench_options *options, app_bench_result *results);
int app_bench_haircut(const app_bench_options *options, app_bench_result *results);
int app_bench_crash(const app_bench_options *options, app_bench_result *results);
int app_bench_model(const app_bench_options *options, app_bench_result *results);
int app_bench_cascade(const app_bench_options *options, app_bench_result *result);   /* the last line of the next; 0: left out */
int app_bench_stress(const app_bench_options *options, app_bench_result *results);

/* Sorts the times; best, median and (from 100 on) p99 of them. */
void app_bench_times(app_bench_result *result, uint64_t *times, uint64_t count);

/* Name, accounts and positions of a result. */
void app_bench_describe(app_bench_result *result, const app_bench_venue *bench, const char *name);

#endif
