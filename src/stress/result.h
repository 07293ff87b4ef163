/* result.h - outcomes of all paths in, one result out: screen, JSON, merging of shards.

       shard 1 of 3 ─┐
       shard 2 of 3 ─┼── bw_stress_merge ──> outcomes 0 .. N-1 ── bw_stress_result_of ──> result ──> screen, JSON, --fail-if
       shard 3 of 3 ─┘                        in path order

   Every figure is a function of the outcomes in path order: the same bytes whatever process played which path.

   Units     minor units of the asset; times in ns; tails in 1e-9 (series.h)
   Rounding  as in series.h; chances in JSON with 12 decimals: value to the nearest, low down, high up
   Errors    merge: false and one sentence
   Holds     the three series are never added or mixed: gap is what was lost, fund_use what the fund paid of it, socialized what
             traders bore by haircut or nobody has paid yet. ADL is none of them */
#ifndef BW_STRESS_RESULT_H
#define BW_STRESS_RESULT_H

#include "base/hash.h"
#include "stress/outcome.h"
#include "stress/phase.h"
#include "stress/series.h"

/* What the outcomes do not tell. Strings are the caller's and must live as long as the result; none may be NULL. */
typedef struct bw_stress_facts {
    const char *title;               /* "crash.story" */
    const char *reproduce;           /* the command line */
    const char *asset;
    uint32_t decimals;               /* of the asset */
    uint64_t seed, settings_hash;    /* settings: of story and model; shards must agree in both */
    int64_t horizon_ns;              /* simulated time of a path */
    bool one_shock;                  /* a path is one move of all prices, as large as those of the horizon (docs/shock.md) */
    bool partial;                    /* stopped before all paths were played */
    const char *const *markets;      /* names by number, for the origins; NULL: numbers are shown */
    uint32_t market_count;
} bw_stress_facts;

enum { BW_STRESS_ORIGINS = 5 };

/* Paths whose gap came mostly from one side of one market, and their part of all gaps; if screened, of those above `paid`. */
typedef struct bw_stress_origin {
    uint16_t market;                 /* BW_NONE16: the pool's own, or none named */
    bool shorts;
    uint64_t paths;
    int64_t share_ppm;               /* of the sum of gaps, to the nearest */
} bw_stress_origin;

/* Paths left out for a bound of their gap (bound.h). Of N paths those with a bound above `paid` were played, and the first
   `control` whatever their bound. Where the gap is at most `paid` nobody is charged, so a path left out is a path with
   socialized = 0: what is socialized, and the gaps above `paid`, rest on all N paths; all else on the control alone. */
typedef struct bw_stress_screened {
    uint64_t control, passed;        /* passed: paths with a bound above `paid` */
    int64_t paid;
    const uint64_t *list;            /* numbers of the paths played, rising */
    /* two-phase sampling, if not all that passed were played: strata of the paths behind the control, and of each path of the
       list its stratum (that of the control is not read); else NULL */
    const bw_phase_plan *plan;
    const uint32_t *strata;
} bw_stress_screened;

/* Part of all gaps by what prices did: the side that lost most on the path, and the model's jumps on it. */
enum { BW_STRESS_FALL, BW_STRESS_RISE, BW_STRESS_POOL, BW_STRESS_WAYS };       /* longs, shorts, no market (collateral, fees) */
enum { BW_STRESS_BY_COMMON, BW_STRESS_BY_OWN, BW_STRESS_BY_NONE, BW_STRESS_JUMPS };
typedef struct bw_stress_cause {
    uint8_t way, jump;
    uint64_t paths;
    int64_t share_ppm;
} bw_stress_cause;
enum { BW_STRESS_CAUSES = BW_STRESS_WAYS * BW_STRESS_JUMPS, BW_STRESS_OWNERS = 5 };

/* The account with the largest gap of a path; its part of all gaps over the paths on which it is. */
typedef struct bw_stress_owner {
    uint64_t account, paths;
    int64_t share_ppm;
} bw_stress_owner;

typedef struct bw_stress_result {
    const bw_stress_facts *facts;
    const bw_stress_screened *screened;   /* NULL: every path was played */
    uint64_t paths, played, clipped, incomplete;
    bw_stress_series gap, fund_use, socialized;
    bw_stress_chance p_liquidation, p_adl, p_haircut, p_carryover, p_socialized;
    bw_stress_chance p_charged;      /* traders paid for others: deleveraged below the mark, or socialized */
    bw_stress_figure adl_notional, liquidated_notional;       /* means */
    int64_t first_adl_ns;            /* median over the paths with ADL (the lower of two), -1: none */
    int64_t clipped_share_ppm;       /* of the sum of gaps (if screened, of those above `paid`), on clipped paths */
    uint64_t worst_path;             /* with the largest gap; ties: the first. If screened: of those played */
    uint32_t origin_count;
    bw_stress_origin origins[BW_STRESS_ORIGINS];              /* largest share first */
    uint32_t cause_count, owner_count;
    bw_stress_cause causes[BW_STRESS_CAUSES];                 /* those with a gap, largest share first */
    bw_stress_owner owners[BW_STRESS_OWNERS];                 /* the same */
    int64_t largest_share_ppm;       /* of all gaps, that of each path's largest account */
    bw_hash hash;                    /* XXH3-128 of the outcomes in path order; if screened, of those of the control and of those
                                        with a gap above `paid`, each of these behind its path's number */
} bw_stress_result;

/* `scratch`: room for `count` amounts; holds the sorted gaps afterwards, for fund.h. count > 0. O(N log N). */
void bw_stress_result_of(bw_stress_result *result, const bw_stress_facts *facts, const bw_stress_outcome *outcomes,
                         uint64_t count, int64_t *scratch);

/* The same of a screened run: `count` outcomes by screened->list, of `paths` paths. The scratch holds the gaps of all listed
   paths. With strata: what rests on all paths is weighted, rests on those behind the control, and `room` has 2 x count amounts
   (else NULL); no partial runs. Levels whose VaR is not above `paid` are those of the control, never above what is known of all. */
void bw_stress_result_screened(bw_stress_result *result, const bw_stress_facts *facts, const bw_stress_screened *screened,
                               const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths, int64_t *scratch,
                               bw_phase_amount *room);

/* ---------------------------------------------------------------------------------------------------------- shards */

/* What stands before the outcomes of a shard's file: 64 bytes, no padding. */
typedef struct bw_stress_shard {
    uint8_t magic[8];                /* BW_STRESS_MAGIC */
    uint64_t seed, settings_hash;
    int64_t horizon_ns;
    uint64_t first, count, total;    /* paths first .. first + count - 1 of 0 .. total - 1 */
    uint64_t outcomes_hash;          /* XXH3-64 of the outcomes that follow */
} bw_stress_shard;
BW_STATIC_ASSERT(sizeof(bw_stress_shard) == 64, "a shard's head has no padding");
#define BW_STRESS_MAGIC "BWSTRS\0\3"

bw_stress_shard bw_stress_shard_of(const bw_stress_facts *facts, uint64_t first, uint64_t total,
                                   const bw_stress_outcome *outcomes, uint64_t count);
/* Shard `number` (1 .. of) of `total` paths: which it plays. Sizes differ by at most one. */
void bw_stress_shard_range(uint64_t total, uint32_t number, uint32_t of, uint64_t *first, uint64_t *count);

typedef struct bw_stress_part {
    const bw_stress_shard *shard;
    const bw_stress_outcome *outcomes;   /* shard->count of them: whoever reads the file has seen to its length */
    const char *name;                /* for the message: the file */
} bw_stress_part;

/* Copies the outcomes of all parts, in whatever order these come, to their places in `outcomes` (room for parts[0].total).
   False with a sentence in `message` ("b.shard: its seed is 2, that of a.shard is 1"): no shard, damaged, other seed,
   settings, horizon or total, paths that two parts have, or that no part has. */
bool bw_stress_merge(const bw_stress_part *parts, uint32_t part_count, bw_stress_outcome *outcomes, char *message, size_t size);

/* The same of heads alone: whether the parts, whatever stands in them, are one run, each path in just one of them. */
bool bw_stress_shards_fit(const bw_stress_part *parts, uint32_t part_count, char *message, size_t size);

/* ---------------------------------------------------------------------------------------------------------- writing
   As in metrics.h: at most `size` bytes with the closing zero; returns the length of the whole text without it. */

/* At most 100 columns, ends with a newline. */
size_t bw_stress_screen(const bw_stress_result *result, char *buffer, size_t size);
/* One object of schema breakwater-stress/1, ends with a newline. */
size_t bw_stress_json(const bw_stress_result *result, int64_t elapsed_ms, char *buffer, size_t size);

#endif
