/* run_collateral.c - the collateral of a generated book: which one it is, its prices, what a unit of it counts. */
#include "app/run.h"

#include <string.h>

#include "story/session.h"

bool app_run_has_collateral(const app_run *run)
{
    return run->world.book_params.holder_share > 0;
}

bool app_run_nano_of(bw_story_unit unit, int64_t *nano)
{
    *nano = unit.mantissa;
    for (int32_t e = unit.exponent; e > -9; e--)
        if (__builtin_mul_overflow(*nano, 10, nano))
            return false;
    return unit.exponent >= -9;
}

bool app_run_collateral_find(app_run *run, bw_story *story, bw_story_result *result)
{
    app_world *world = &run->world;
    *result = BW_STORY_DONE;
    if (!app_run_has_collateral(run))
        return true;
    const bw_story_collateral *found = story->book.collaterals;
    if (story->book.collateral_count == 0 || found->command.pool != 0)
        *result = bw_story_fail(story, BW_STORY_WRONG, "found holder-share and no collateral of the first pool, expected "
                                                       "'collateral' before 'path'");
    else if (world->market_count == BW_MARKETS_MAX)
        *result = bw_story_fail(story, BW_STORY_WRONG, "found 64 markets and a collateral, expected at most 63 markets");
    if (*result != BW_STORY_DONE)
        return false;
    bw_market_facts *row = &world->markets[world->market_count];
    memset(row, 0, sizeof *row);
    snprintf(row->name, sizeof row->name, "%s", story->book.assets[found->command.asset].name);
    world->play_params.collateral = found->command.collateral;
    world->play_params.collateral_asset = found->command.asset;
    if (app_run_nano_of(found->tick, &row->tick_nano))
        return true;
    *result = bw_story_fail(story, BW_STORY_WRONG, "found a collateral's tick below 0.000000001, expected at least that");
    return false;
}

void app_run_collateral_prices(app_run *run, const bw_price_fact *prices, uint32_t price_count)
{
    app_world *world = &run->world;
    bw_provenance provenance = BW_PROVENANCE_OTHER_VENUE;
    for (uint32_t i = 0; i < price_count; i++) {
        if (prices[i].market != world->market_count)
            continue;
        if (prices[i].source == BW_SOURCE_PUBLISHED || prices[i].source == BW_SOURCE_SHAPED)
            provenance = BW_PROVENANCE_SHAPED;
        else if (prices[i].source == BW_SOURCE_HYPERLIQUID_ADL)
            provenance = BW_PROVENANCE_MEASURED;
    }
    if (app_run_has_collateral(run))
        world->markets[world->market_count].provenance = provenance;
}

void app_run_collateral_value(app_run *run, const bw_story *story)
{
    app_world *world = &run->world;
    if (!app_run_has_collateral(run))
        return;
    const bw_command_collateral *command = &story->book.collaterals[0].command;
    double ticks = (double)bw_path_ticks(world->path, world->market_count, bw_path_batch_time(world->path, 0), 0);
    double counted = 1 - (double)command->haircut_ppm * 1e-6;
    world->book_params.collateral_value =
        ticks * (double)command->tick_num / (double)command->tick_den * counted;
}

bw_story_result app_run_collateral_room(const app_run *run, bw_story *story)
{
    const bw_book *book = run->world.book;
    int64_t held = 0;
    char text[APP_RUN_TEXT];
    if (!app_run_has_collateral(run))
        return BW_STORY_DONE;
    const bw_command_collateral *command = &story->book.collaterals[0].command;
    for (uint32_t a = 0; a < book->account_count; a++)
        if (__builtin_add_overflow(held, book->accounts[a].collateral, &held))
            held = INT64_MAX;
    if (held <= command->amount_max)
        return BW_STORY_DONE;
    int64_t unit = bw_story_power((int32_t)story->book.assets[command->asset].decimals);
    snprintf(text, sizeof text, "found amount-max %lld of the collateral %s, expected at least the %lld that the book holds",
             (long long)(command->amount_max / unit), story->book.assets[command->asset].name,
             (long long)(held / unit + 1));
    return bw_story_fail(story, BW_STORY_WRONG, text);
}
