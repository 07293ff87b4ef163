#include "world/runs.h"

#include "base/random_real.h"
#include "world/real.h"

#define HOUR_NS 3600e9
#define ROUNDS 4u                        /* of a Feistel network: enough that no two places look alike */
#define OF_PATIENCE ((uint64_t)1 << 63)  /* counters of patiences; the permutation's lie below */

bw_runs_params bw_runs_params_default(void)
{
    return (bw_runs_params){.enabled = 0, .from = .1, .hazard = .5, .withdraw = 1, .close = .5, .slip = .02};
}

static bool in(double x, double low, double high)
{
    return x >= low && x <= high; /* false for not-a-number */
}

bool bw_runs_params_valid(const bw_runs_params *p)
{
    return in(p->from, 0, 1) && p->from < 1 && in(p->hazard, 0, 1e6) && in(p->withdraw, 0, 1) && in(p->close, 0, 1) &&
           in(p->slip, 0, 1);
}

/* A stream of its own: the seed's other draws are those of book and model. */
static uint64_t stream_seed(uint64_t seed)
{
    return bw_mix_u64(seed + 0x52554e53u);
}

static double draw_gap(const bw_runs *runs, uint32_t place)
{
    double u = bw_random_real(stream_seed(runs->seed), runs->path, OF_PATIENCE | place);
    return -bw_real_ln(u) / (double)(runs->count - place);
}

void bw_runs_begin(bw_runs *runs, uint64_t seed, uint64_t path, uint32_t count, int64_t fund_start)
{
    *runs = (bw_runs){.seed = seed, .path = path, .count = count, .fund_start = fund_start};
    if (count > 0)
        runs->patience = draw_gap(runs, 0);
}

void bw_runs_pass(bw_runs *runs, const bw_runs_params *params, int64_t fund, int64_t dt_ns)
{
    if (runs->fund_start <= 0)
        return;
    double fall = 1 - (double)fund / (double)runs->fund_start;
    fall = fall > 1 ? 1 : fall;
    if (fall > params->from)
        runs->integral += params->hazard * (fall - params->from) / (1 - params->from) * ((double)dt_ns / HOUR_NS);
}

/* Half of the bits that a square domain of at least `count` places has. */
static uint32_t half_bits(uint32_t count)
{
    uint32_t half = 1;
    while (half < 16 && (uint64_t)1 << (2 * half) < count)
        half++;
    return half;
}

/* A bijection of the domain; places beyond the traders are walked over, so that it is one of the traders too. */
static uint32_t trader_at(const bw_runs *runs, uint32_t place)
{
    uint32_t half = half_bits(runs->count), mask = (uint32_t)(((uint64_t)1 << half) - 1);
    uint64_t seed = stream_seed(runs->seed), at = place;
    do {
        uint64_t left = at >> half, right = at & mask;
        for (uint64_t round = 0; round < ROUNDS; round++) {
            uint64_t next = left ^ (bw_random_u64(seed, runs->path, round << 32 | right) & mask);
            left = right;
            right = next;
        }
        at = left << half | right;
    } while (at >= runs->count);
    return (uint32_t)at;
}

bool bw_runs_next(bw_runs *runs, uint32_t *trader)
{
    if (runs->gone == runs->count || runs->patience > runs->integral)
        return false;
    *trader = trader_at(runs, runs->gone++);
    if (runs->gone < runs->count)
        runs->patience += draw_gap(runs, runs->gone);
    return true;
}
