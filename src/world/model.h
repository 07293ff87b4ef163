/* model.h - price paths drawn from a jump diffusion with one common factor: the stress laboratory's prices.

       parameters ──bw_model_new──> model     (seed, path number) ──bw_model_path──> log moves, step by step
                                                                                        │ bw_model_to_path
                                                                                        v
                                                                                  bw_path, for play.h

   Step      of D days; market m of sector s; z, n, e, q: independent standard normals; h: ln volatility; I: jumps a day
             v   = exp(h - w^2), w = vol-of-vol; h starts stationary, so E v^2 = 1 without vol-jump
             T_m = min((nu-2)/nu / G_m, mixing-max), G_m ~ Gamma(nu_m/2, rate nu_m/2): one draw a step for all markets, each
                   reads it through its own `tail` nu_m; so all have their wild steps together
             d_m = v sqrt(T_m D) (beta_m factor-sd zF + load_m sd_s z_s + own-sd_m e_m)            no drift
             a common jump comes with P = 1 - exp(-I D): A = -Exp(jump-down) with P = jump-down-share, else +Exp(jump-up);
                   market m moves by J_m = A jump-beta_m exp(spread_m q_m - spread_m^2/2)
             an own jump comes with P = 1 - exp(-own-jumps_m D): O_m = +-Exp(own-jump-size_m), either sign alike
             x_m = d_m + J_m + O_m, clipped to [step-low, step-high]; the sum of x_m is kept in [horizon-low, horizon-high]:
                   a price that would pass the bound stays on it and may come back
             next h = e^{-kD} h + w sqrt(1 - e^{-2kD}) n + vol-jump if a common jump came, n correlated leverage-effect with zF
             next I = L + (I - L) e^{-D/tau} + kick if a common jump came, kick = jump-branching (1 - e^{-D/tau}) / D: a jump
                   brings jump-branching further ones, whatever the step; I starts at its mean L / (1 - jump-branching)
   Caps      the laws above have no E[price]: t and exp of lognormal jumps never do. So the caps are part of the model, and
             bw_model_told says how often they were met
   Draws     each has its own address (seed, path, who, step): another intensity, beta or number of markets leaves all other
             draws as they are. Jumps come where an uniform number is below P, so more of them are the same ones and others
   PSD       correlations follow from loadings on independent factors, so there is none that cannot be
   Shapes    markets and, if wanted, one collateral behind them: items, at most BW_MARKETS_MAX; 1 to 100,000 steps; memory
             from the caller, no pointers inside
   Units     rates and sds per day (sd: per square root of a day), times in s, moves in ln of the price
   Rounding  that of real.h; sqrt(T) by cubic interpolation, relative error below 1e-7
   Errors    bw_model_fault; nothing else can fail
   Holds     a path is a pure function of (parameters, seed, path number): the same bytes anywhere and in any order
   Source    docs/stress.md; Kou 2002 (jump sizes), Bates 1996 and SVCJ (jumps and volatility), Hawkes 1971 (clusters) */
#ifndef BW_WORLD_MODEL_H
#define BW_WORLD_MODEL_H

#include "world/path.h"

#define BW_MODEL_SECTORS 16u
#define BW_MODEL_STEPS_MAX 100000u
#define BW_MODEL_PATHS_MAX ((uint64_t)1 << 48)

/* One market, or the collateral. The words of a story are the names with hyphens. */
typedef struct bw_model_item {
    double beta, sector_load, own_sd, tail;
    double jump_beta, jump_spread, own_jumps, own_jump_size;
    double step_low, step_high, horizon_low, horizon_high;
    uint32_t sector, reserved;
} bw_model_item;

typedef struct bw_model_params {
    uint32_t market_count;
    uint32_t collateral;                       /* 1: item[market_count] is one */
    uint32_t step_count, reserved;
    double horizon_s;
    double factor_sd, mixing_max, vol_reversion, vol_of_vol, vol_jump, leverage_effect;
    double jumps, jump_branching, jump_decay_h; /* L; tau = 1/decay in hours */
    double jump_down_share, jump_down, jump_up;
    double sector_sd[BW_MODEL_SECTORS];
    bw_model_item item[BW_MARKETS_MAX];
} bw_model_params;

/* ---- settings: one table for story, documents and ranges ---- */

typedef enum {
    BW_MODEL_OF_ALL,      /* one number; `offset` is in bw_model_params */
    BW_MODEL_OF_ITEM,     /* one a market; `offset` is in bw_model_item */
    BW_MODEL_OF_SECTOR    /* one a sector */
} bw_model_scope;

typedef struct bw_model_setting {
    const char *word;
    bw_model_scope scope;
    uint32_t offset;
    double low, high;                          /* both allowed */
    double value[BW_MARKET_CLASS_COUNT];       /* defaults; BW_MODEL_OF_ALL: the first */
    double collateral;                         /* default of the collateral */
    const char *tag;                           /* [S] sourced, [C] computed, [A] assumption, [M] from memory */
    const char *meaning, *source;
} bw_model_setting;

#define BW_MODEL_SETTINGS 25u
extern const bw_model_setting bw_model_settings[BW_MODEL_SETTINGS];

/* NULL: no such word. */
const bw_model_setting *bw_model_setting_find(const char *word);

/* Its row of the table in docs/stress.md: "| `WORD` | meaning | defaults ... | range | tag | source |". */
void bw_model_setting_row(const bw_model_setting *setting, char *buffer, size_t buffer_size);

/* Sets it of item `item` (ignored if it is one for all); a sector's is that of the item's present sector. */
void bw_model_setting_put(bw_model_params *params, const bw_model_setting *setting, uint32_t item, double value);
double bw_model_setting_get(const bw_model_params *params, const bw_model_setting *setting, uint32_t item);

/* Defaults of the markets' classes, sector = class, a day in 240 steps; `collateral` (0 or 1): a pegged coin. */
bw_model_params bw_model_params_default(const bw_market_facts *markets, uint32_t market_count, uint32_t collateral);

/* NULL: the parameters can be used. Otherwise why not, in the buffer: "found WORD X, expected LOW to HIGH". */
const char *bw_model_fault(const bw_model_params *params, char *buffer, size_t buffer_size);

/* ---- paths ---- */

typedef struct bw_model bw_model;

typedef struct bw_model_told {
    uint32_t common_jumps;
    uint32_t own_jumps;        /* of all items */
    uint32_t clipped_steps;    /* items and steps that met a cap, of the step or of the horizon */
    uint32_t clipped;          /* 1: the path has one */
} bw_model_told;

/* The parameters must have no fault; memory at an 8-byte boundary. Costs some ms for each different `tail`. */
size_t bw_model_footprint(const bw_model_params *params);
bw_model *bw_model_new(void *memory, const bw_model_params *params);

const bw_model_params *bw_model_params_of(const bw_model *model);
uint32_t bw_model_item_count(const bw_model *model);

/* log_move[t x item_count + m]: ln of price m after step t over its opening price. path < BW_MODEL_PATHS_MAX. */
void bw_model_path(const bw_model *model, uint64_t seed, uint64_t path, double *log_move, bw_model_told *told);

/* The same, one number after the other as the formulas say it: the twin that tests and benchmark compare with. */
void bw_model_path_reference(const bw_model *model, uint64_t seed, uint64_t path, double *log_move, bw_model_told *told);

/* ---- for play.h ---- */

/* Length of a step in ns; the last bit of horizon_s is lost where it does not divide. */
int64_t bw_model_step_ns(const bw_model *model);

/* From start_ns to the horizon's end, a batch a step. A caller may set a shorter batch_ns: between steps prices are
   log-linear. */
bw_path_params bw_model_path_params(const bw_model *model, int64_t start_ns);

/* Prices of a path made by bw_path_steps_new with these parameters, bw_model_step_ns and the items' facts: open_ticks[m], then
   the moves of bw_model_path. */
void bw_model_to_path(const bw_model *model, const int64_t *open_ticks, const double *log_move, bw_path *path);

#endif
