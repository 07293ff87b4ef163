#include "world/liquidity.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "world/real.h"

#define DAY_S 86400.0
#define MINOR_PER_USD 1e6

bw_liquidity_params bw_liquidity_params_default(bw_market_class market_class)
{
    static const double depth[BW_MARKET_CLASS_COUNT] = {20e6, 8e6, 2.5e6, 0.8e6, 0.2e6};
    static const double volume[BW_MARKET_CLASS_COUNT] = {40e9, 25e9, 8e9, 1.5e9, 0.2e9};
    static const double volatility[BW_MARKET_CLASS_COUNT] = {.026, .036, .045, .07, .14};
    return (bw_liquidity_params){.depth = depth[market_class],
                                 .volume_daily = volume[market_class],
                                 .volatility = volatility[market_class],
                                 .sweep_exponent = .67,
                                 .impact = 1,
                                 .permanent = .2,
                                 .thin_exponent = 1,
                                 .thin_floor = .05,
                                 .tau_impact_s = 40,
                                 .tau_depth_s = 1800,
                                 .tau_use_s = 15,
                                 .participation = 1,
                                 .mark_share = 1};
}

static bool in(double x, double low, double high)
{
    return x >= low && x <= high; /* false for not-a-number */
}

bool bw_liquidity_params_valid(const bw_liquidity_params *p)
{
    return in(p->depth, 1, 1e15) && in(p->volume_daily, 1, 1e18) && in(p->volatility, 1e-6, 10) &&
           in(p->sweep_exponent, .1, 1) && in(p->impact, 0, 100) && in(p->permanent, 0, 100) &&
           in(p->thin_exponent, 0, 10) && in(p->thin_floor, 1e-6, 1) &&
           in(p->tau_impact_s, 1e-3, 1e9) && in(p->tau_depth_s, 1e-3, 1e9) &&
           in(p->tau_use_s, 1e-3, 1e9) && in(p->participation, 0, 1e6) && in(p->mark_share, 0, 10);
}

void bw_liquidity_init(bw_liquidity *state, const bw_liquidity_params *params, int64_t tick_value)
{
    BW_ASSERT(bw_liquidity_params_valid(params) && tick_value >= 1);
    memset(state, 0, sizeof *state);
    state->params = *params;
    state->tick_value = tick_value;
    state->thin = 1;
}

/* Falls to its target at once, returns with tau_depth. */
static double thin_next(const bw_liquidity *state, double dt_s, double realised_daily)
{
    const bw_liquidity_params *p = &state->params;
    double target = 1;
    if (realised_daily > p->volatility)
        target = bw_real_power(p->volatility / realised_daily, p->thin_exponent);
    if (target < p->thin_floor)
        target = p->thin_floor;
    if (target <= state->thin)
        return target;
    return target - (target - state->thin) * bw_real_exp(-dt_s / p->tau_depth_s);
}

void bw_liquidity_advance(bw_liquidity *state, int64_t dt_ns, double realised_daily)
{
    const bw_liquidity_params *p = &state->params;
    BW_ASSERT(dt_ns >= 0);
    double dt_s = (double)dt_ns / BW_NANO;
    state->thin = thin_next(state, dt_s, realised_daily);
    double refill = bw_real_exp(-dt_s / p->tau_use_s);
    state->used[BW_TAKE_BUY] *= refill;
    state->used[BW_TAKE_SELL] *= refill;
    state->net *= bw_real_exp(-dt_s / p->tau_impact_s);
    state->allowance = p->participation * p->volume_daily * state->thin * dt_s / DAY_S;
}

/* USD of depth between the mark and the limit, on an unused side. */
static double depth_within(const bw_liquidity *state, bw_take_side side, int64_t limit_ticks,
                           int64_t mark_ticks)
{
    double away = side == BW_TAKE_BUY ? (double)(limit_ticks - mark_ticks)
                                      : (double)(mark_ticks - limit_ticks);
    if (away <= 0)
        return 0;
    double distance = away / (double)mark_ticks;
    return state->params.depth * state->thin * bw_real_power(distance / .01, state->params.sweep_exponent);
}

/* Mean relative distance from the mark of the USD from `from` to `to` of the sweep. */
static double sweep_mean(const bw_liquidity *state, double from, double to)
{
    double depth = state->params.depth * state->thin;
    double power = 1 / state->params.sweep_exponent + 1;
    double area = bw_real_power(to / depth, power) - bw_real_power(from / depth, power);
    return .01 * depth * area / power / (to - from);
}

static int64_t lots_within(double notional, double lot_usd, int64_t lots)
{
    double most = notional / lot_usd;
    return most < (double)lots ? (int64_t)most : lots;
}

/* The mean lies within the limit; the clamps only guard against the last bit of the doubles. */
static int64_t fill_price(double mean, bw_take_side side, int64_t limit_ticks, int64_t mark_ticks)
{
    double mark = (double)mark_ticks;
    int64_t price;
    if (side == BW_TAKE_BUY) {
        price = (int64_t)ceil(mark * (1 + mean));
        return price < limit_ticks ? price : limit_ticks;
    }
    price = (int64_t)floor(mark * (1 - mean));
    return price > limit_ticks ? price : limit_ticks;
}

static void take_book(bw_liquidity *state, double notional, bw_take_side side)
{
    const bw_liquidity_params *p = &state->params;
    double signed_notional = side == BW_TAKE_BUY ? notional : -notional;
    state->used[side] += notional;
    state->net += signed_notional;
    state->permanent_log += p->permanent * p->volatility * signed_notional / p->volume_daily;
    state->allowance -= notional;
}

bw_liquidity_fill bw_liquidity_take(bw_liquidity *state, int64_t lots, bw_take_side side,
                                    int64_t limit_ticks, int64_t mark_ticks)
{
    BW_ASSERT(lots >= 0 && limit_ticks > 0 && mark_ticks > 0);
    double lot_usd = (double)mark_ticks * (double)state->tick_value / MINOR_PER_USD;
    double used = state->used[side];
    int64_t taken = lots_within(depth_within(state, side, limit_ticks, mark_ticks) - used, lot_usd,
                                lots);
    if (state->params.participation > 0)
        taken = lots_within(state->allowance, lot_usd, taken);
    if (taken <= 0)
        return (bw_liquidity_fill){0};
    double notional = (double)taken * lot_usd;
    double mean = sweep_mean(state, used, used + notional);
    int64_t price = fill_price(mean, side, limit_ticks, mark_ticks);
    take_book(state, notional, side);
    return (bw_liquidity_fill){taken, price, taken * price * state->tick_value};
}

double bw_liquidity_shift(const bw_liquidity *state)
{
    const bw_liquidity_params *p = &state->params;
    double volume = p->volume_daily * state->thin;
    double size = p->impact * p->volatility * sqrt(fabs(state->net) / volume);
    return p->mark_share * ((state->net < 0 ? -size : size) + state->permanent_log);
}

double bw_liquidity_shift_max(const bw_liquidity_params *params, double notional)
{
    double volume = params->volume_daily * params->thin_floor;
    double impact = params->impact * params->volatility * sqrt(notional / volume);
    double permanent = params->permanent * params->volatility * notional / params->volume_daily;
    return params->mark_share * (impact + permanent);
}

double bw_volatility_update(double volatility_daily, double log_return, int64_t dt_ns, double tau_s)
{
    double dt_s = (double)dt_ns / BW_NANO;
    double keep = bw_real_exp(-dt_s / tau_s);
    double now = log_return * log_return * DAY_S / dt_s;
    return sqrt(keep * volatility_daily * volatility_daily + (1 - keep) * now);
}
