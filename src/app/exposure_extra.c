/* exposure_extra.c - of one account: moves of the markets, played; and its place in the ADL queue. */
#include <stdlib.h>

#include "app/exposure.h"
#include "base/assert.h"
#include "engine/adl.h"
#include "metrics/state.h"
#include "world/real.h"

#define SECOND INT64_C(1000000000)

/* Ten minutes of even movement, ten in which orders end and the backstop gives up. */
enum { STEP_S = 15, MOVING_STEPS = 40, STEPS = 80 };

static const int32_t MOVES_BP[APP_EXPOSURE_MOVES] = {200, 500, 1000, 1500, 2000, 3000, 4000, 6000, 8000};

/* Rising: the falls first. */
static int32_t move_of(uint64_t number)
{
    BW_ASSERT(number < APP_EXPOSURE_SHOCKS);
    return number < APP_EXPOSURE_MOVES ? -MOVES_BP[APP_EXPOSURE_MOVES - 1 - number] : MOVES_BP[number - APP_EXPOSURE_MOVES];
}

static uint32_t items_of(const app_exposure *work)
{
    return work->paths.run.world.market_count + app_run_has_collateral(&work->paths.run);
}

bool app_exposure_shocks_make(app_exposure *work)
{
    const app_world *world = &work->paths.run.world;
    bw_path_params params = {.start_ns = world->play->time_ns, .end_ns = world->play->time_ns + STEPS * STEP_S * SECOND,
                             .batch_ns = STEP_S * SECOND};
    size_t size = bw_path_steps_footprint(&params, STEP_S * SECOND, items_of(work));
    bw_path *path = size > 0 ? calloc(1, size) : NULL;
    work->shock_moves = calloc((size_t)STEPS * items_of(work), sizeof *work->shock_moves);
    work->shock_path = path;
    return path != NULL && work->shock_moves != NULL &&
           bw_path_steps_new(path, size, &params, STEP_S * SECOND, world->markets, items_of(work), &work->shock_path) == BW_PATH_OK;
}

/* The markets move, the collateral does not. */
static bool moves(const app_exposure *work, uint32_t item)
{
    const bw_play_params *play = &work->paths.run.world.play_params;
    return item < work->paths.run.world.market_count &&
           (work->shock_number == BW_NONE16 || play->market_first + item == work->shock_number);
}

bw_path *app_exposure_shock_path(app_exposure *work, uint64_t number)
{
    uint32_t items = items_of(work);
    double open[BW_MARKETS_MAX], to = bw_real_ln(1 + move_of(number) / 1e4);
    for (uint32_t m = 0; m < items; m++)
        open[m] = bw_real_ln((double)work->paths.open_ticks[m] * work->shock_path->market[m].tick_usd);
    for (uint32_t step = 0; step < STEPS; step++)
        for (uint32_t m = 0; m < items; m++)
            work->shock_moves[step * items + m] =
                moves(work, m) ? to * (step + 1 < MOVING_STEPS ? step + 1 : MOVING_STEPS) / MOVING_STEPS : 0;
    bw_path_steps_fill(work->shock_path, open, work->shock_moves);
    return work->shock_path;
}

void app_exposure_shocks_take(app_exposure *work, const bw_stress_outcome *outcomes)
{
    for (uint32_t i = 0; i < APP_EXPOSURE_SHOCKS; i++)
        work->shocks[i] = (bw_exposure_shock){.move_bp = move_of(i), .gap = outcomes[i].gap, .path = work->shock_parts[i]};
    work->shock_count = APP_EXPOSURE_SHOCKS;
}

/* ---- the queue ---- */

void app_exposure_places(app_exposure *work, const bw_venue *venue)
{
    for (uint16_t m = 0; m < work->book->market_count && work->place_count < BW_MARKETS_MAX; m++) {
        bw_position_view position;
        bw_queue_place place;
        if (!bw_position_get(venue, work->id, m, &position) || position.size == 0 ||
            !bw_queue_place_get(venue, work->id, m, &place))
            continue;
        work->places[work->place_count++] = (bw_exposure_place){
            .market = m, .light = bw_position_light(venue, work->id, m), .is_short = position.size < 0,
            .before = place.above + place.ties_before, .in_profit = place.in_profit, .holders = place.holders,
            .notional = position.notional, .profit = position.upnl, .notional_before = place.notional_before};
    }
}
