#include "world/liquidity.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "world/real.h"

#define DAY_S 86400.0
#define MINOR_PER_USD 1e6

const char *const bw_execution_words[BW_EXECUTIONS + 1] = {"book", "one-order", "sliced", "participation", NULL};

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
                                 .impact_exponent = .5,
                                 .permanent = .2,
                                 .thin_exponent = 1,
                                 .thin_floor = .05,
                                 .tau_impact_s = 40,
                                 .tau_depth_s = 1800,
                                 .tau_use_s = 15,
                                 .participation = 1,
                                 .mark_share = 1,
                                 .slice_share = .25,
                                 .execution = BW_EXECUTION_BOOK};
}

static bool in(double x, double low, double high)
{
    return x >= low && x <= high; /* false for not-a-number */
}

bool bw_liquidity_params_valid(const bw_liquidity_params *p)
{
    return in(p->depth, 1, 1e15) && in(p->volume_daily, 1, 1e18) && in(p->volatility, 1e-6, 10) &&
           in(p->sweep_exponent, .1, 1) && in(p->impact, 0, 100) &&
           in(p->impact_exponent, .1, 1) && in(p->permanent, 0, 100) &&
           in(p->thin_exponent, 0, 10) && in(p->thin_floor, 1e-6, 1) &&
           in(p->tau_impact_s, 1e-3, 1e9) && in(p->tau_depth_s, 1e-3, 1e9) &&
           in(p->tau_use_s, 1e-3, 1e9) && in(p->participation, 0, 1e6) && in(p->mark_share, 0, 10) &&
           in(p->slice_share, 1e-6, 1) && p->execution >= 0 && p->execution < BW_EXECUTIONS &&
           (p->participation > 0 || p->execution != BW_EXECUTION_PARTICIPATION);
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
    state->swept[BW_TAKE_BUY] *= refill;
    state->swept[BW_TAKE_SELL] *= refill;
    state->net *= bw_real_exp(-dt_s / p->tau_impact_s);
    state->allowance = p->participation * p->volume_daily * state->thin * dt_s / DAY_S;
}

/* ---- the two laws ---- */

/* Relative distance of the last price when `depths` times D was taken. */
static double sweep_last(const bw_liquidity_params *p, double depths)
{
    return .01 * bw_real_power(depths, 1 / p->sweep_exponent);
}

static double sweep_inverse(const bw_liquidity_params *p, double distance)
{
    return distance > 0 ? bw_real_power(distance / .01, p->sweep_exponent) : 0;
}

/* Mean distance of what is taken from `from` to `to` times D. */
static double sweep_mean(const bw_liquidity_params *p, double from, double to)
{
    double power = 1 / p->sweep_exponent + 1;
    return .01 * (bw_real_power(to, power) - bw_real_power(from, power)) / power / (to - from);
}

static double of_volume(const bw_liquidity_params *p, double part)
{
    return p->impact_exponent == .5 ? sqrt(part) : bw_real_power(part, p->impact_exponent);
}

static double volume_of(const bw_liquidity *state)
{
    return state->params.volume_daily * state->thin;
}

/* I(Q) */
static double impact_at(const bw_liquidity *state, double net)
{
    const bw_liquidity_params *p = &state->params;
    double size = p->impact * p->volatility * of_volume(p, fabs(net) / volume_of(state));
    return net < 0 ? -size : size;
}

/* The Q with that impact. */
static double impact_inverse(const bw_liquidity *state, double impact)
{
    const bw_liquidity_params *p = &state->params;
    double unit = p->impact * p->volatility;
    double size = unit > 0 ? volume_of(state) * bw_real_power(fabs(impact) / unit, 1 / p->impact_exponent) : 1e18;
    return impact < 0 ? -size : size;
}

/* Integral of I from 0 to Q. */
static double impact_area(const bw_liquidity *state, double net)
{
    return impact_at(state, fabs(net)) * fabs(net) / (1 + state->params.impact_exponent);
}

/* What the mark would be moved by if it were set now, without the permanent part. */
static double moved_now(const bw_liquidity *state)
{
    if (state->params.execution == BW_EXECUTION_ONE_ORDER)
        return sweep_last(&state->params, state->swept[BW_TAKE_BUY]) - sweep_last(&state->params, state->swept[BW_TAKE_SELL]);
    return impact_at(state, state->net);
}

/* ---- an order ---- */

/* Relative distance from the mark to the limit, in the taker's direction; 0 if there is none. */
static double limit_distance(bw_take_side side, int64_t limit_ticks, int64_t mark_ticks)
{
    double away = side == BW_TAKE_BUY ? (double)(limit_ticks - mark_ticks) : (double)(mark_ticks - limit_ticks);
    return away > 0 ? away / (double)mark_ticks : 0;
}

/* USD that can be taken within the distance. */
static double room_within(const bw_liquidity *state, bw_take_side side, double distance)
{
    const bw_liquidity_params *p = &state->params;
    double depth = p->depth * state->thin, way = side == BW_TAKE_BUY ? 1 : -1;
    if (distance <= 0)
        return 0;
    switch ((bw_execution)p->execution) {
    case BW_EXECUTION_BOOK: return depth * sweep_inverse(p, distance) - state->used[side];
    case BW_EXECUTION_ONE_ORDER: return depth * (sweep_inverse(p, distance + way * state->moved) - state->swept[side]);
    default: return way * (impact_inverse(state, state->moved + way * distance) - state->net);
    }
}

/* Mean relative distance from the mark of the next `notional` USD; below 0 where the mark stands beyond what it costs. */
static double mean_of(const bw_liquidity *state, bw_take_side side, double notional)
{
    const bw_liquidity_params *p = &state->params;
    double depth = p->depth * state->thin, way = side == BW_TAKE_BUY ? 1 : -1;
    switch ((bw_execution)p->execution) {
    case BW_EXECUTION_BOOK:
        return sweep_mean(p, state->used[side] / depth, (state->used[side] + notional) / depth);
    case BW_EXECUTION_ONE_ORDER:
        return sweep_mean(p, state->swept[side], state->swept[side] + notional / depth) - way * state->moved;
    default: break;
    }
    double area = impact_area(state, state->net + way * notional) - impact_area(state, state->net);
    return area / notional - way * state->moved;
}

static int64_t lots_within(double notional, double lot_usd, int64_t lots)
{
    double most = notional / lot_usd;
    return most < (double)lots ? (int64_t)most : lots;
}

/* The mean lies within the limit; the clamps guard against the last bit of the doubles, and keep a taker from gaining by a
   mark that stands beyond what he pays. */
static int64_t fill_price(double mean, bw_take_side side, int64_t limit_ticks, int64_t mark_ticks)
{
    double mark = (double)mark_ticks, away = mean > 0 ? mean : 0;
    int64_t price;
    if (side == BW_TAKE_BUY) {
        price = (int64_t)ceil(mark * (1 + away));
        return price < limit_ticks ? price : limit_ticks;
    }
    price = (int64_t)floor(mark * (1 - away));
    return price > limit_ticks ? price : limit_ticks;
}

static void take_book(bw_liquidity *state, double notional, bw_take_side side)
{
    const bw_liquidity_params *p = &state->params;
    double signed_notional = side == BW_TAKE_BUY ? notional : -notional;
    state->used[side] += notional;
    state->swept[side] += notional / (p->depth * state->thin);
    state->net += signed_notional;
    state->permanent_log += p->permanent * p->volatility * signed_notional / p->volume_daily;
    state->allowance -= notional;
}

static bool is_rationed(const bw_liquidity_params *p)
{
    return p->execution == BW_EXECUTION_PARTICIPATION || (p->execution == BW_EXECUTION_BOOK && p->participation > 0);
}

bw_liquidity_fill bw_liquidity_take(bw_liquidity *state, int64_t lots, bw_take_side side,
                                    int64_t limit_ticks, int64_t mark_ticks)
{
    BW_ASSERT(lots >= 0 && limit_ticks > 0 && mark_ticks > 0);
    double lot_usd = (double)mark_ticks * (double)state->tick_value / MINOR_PER_USD;
    double distance = limit_distance(side, limit_ticks, mark_ticks);
    int64_t taken = lots_within(room_within(state, side, distance), lot_usd, lots);
    if (is_rationed(&state->params))
        taken = lots_within(state->allowance, lot_usd, taken);
    if (taken <= 0)
        return (bw_liquidity_fill){0};
    double notional = (double)taken * lot_usd;
    int64_t price = fill_price(mean_of(state, side, notional), side, limit_ticks, mark_ticks);
    take_book(state, notional, side);
    return (bw_liquidity_fill){taken, price, taken * price * state->tick_value};
}

int64_t bw_liquidity_slice(const bw_liquidity *state, int64_t whole, int64_t left)
{
    if (state->params.execution != BW_EXECUTION_SLICED)
        return left;
    int64_t slice = (int64_t)ceil((double)whole * state->params.slice_share);
    return slice < left ? slice : left;
}

double bw_liquidity_shift(const bw_liquidity *state)
{
    return state->params.mark_share * (moved_now(state) + state->permanent_log);
}

double bw_liquidity_mark(bw_liquidity *state)
{
    state->moved = moved_now(state);
    return bw_liquidity_shift(state);
}

double bw_liquidity_shift_max(const bw_liquidity_params *params, double notional)
{
    const bw_liquidity_params *p = params;
    double part = notional / (p->volume_daily * p->thin_floor), depths = notional / (p->depth * p->thin_floor);
    double most = p->execution == BW_EXECUTION_ONE_ORDER ? sweep_last(p, depths)
                                                         : p->impact * p->volatility * of_volume(p, part);
    return p->mark_share * (most + p->permanent * p->volatility * notional / p->volume_daily);
}

double bw_volatility_update(double volatility_daily, double log_return, int64_t dt_ns, double tau_s)
{
    double dt_s = (double)dt_ns / BW_NANO;
    double keep = bw_real_exp(-dt_s / tau_s);
    double now = log_return * log_return * DAY_S / dt_s;
    return sqrt(keep * volatility_daily * volatility_daily + (1 - keep) * now);
}
