/* configure.c - assets, pools, collateral, markets, brackets, desks: settings as commands (R1, R5, R6, R10-R18). */
#include "engine/account.h"
#include "engine/commands.h"
#include "engine/index.h"
#include "engine/round.h"
#include "engine/settings.h"
#include "engine/trigger.h"
#include "engine/volatility.h"

#include "money/money.h"

#include <string.h>

#define MILLION 1000000u

/* Hash of all settings: chained per configuration command, so that it names the rules in force (R23). */
static void settings_changed(bw_writer *writer, const bw_command *command, uint32_t number, int64_t status)
{
    bw_venue *venue = writer->venue;
    const char *body = (const char *)command + sizeof *command;
    uint64_t link[3] = {venue->settings_hash, command->type, bw_hash64(body, command->size - sizeof *command, 0)};
    venue->settings_hash = bw_hash64(link, sizeof link, command->account);
    bw_event *event = bw_emit(writer, BW_EVENT_CONFIGURED, BW_NONE32);
    event->account = command->account;
    event->configured.command = command->type;
    event->configured.number = number;
    event->configured.settings_hash = venue->settings_hash;
    event->configured.status = status;
    bw_emit_done(writer, event);
}

/* A number names the next free record, or one that exists. */
static bw_status number_check(uint32_t number, uint32_t count, uint32_t limit, bw_status unknown)
{
    if (number > count)
        return unknown;
    return number == count && count >= limit ? BW_CAPACITY : BW_OK;
}

bw_status bw_check_asset(const bw_venue *venue, const bw_command *command)
{
    const bw_command_asset *c = (const void *)command;
    if (c->asset != venue->asset_count)
        return BW_UNKNOWN_ASSET;
    if (venue->asset_count >= venue->limits.assets)
        return BW_CAPACITY;
    return c->decimals > 9 ? BW_BAD_SETTING : BW_OK;
}

void bw_apply_asset(bw_writer *writer, const bw_command *command)
{
    const bw_command_asset *c = (const void *)command;
    bw_asset *asset = bw_at_asset(writer->venue) + writer->venue->asset_count++;
    memcpy(asset->name, c->name, BW_NAME);
    asset->decimals = c->decimals;
    settings_changed(writer, command, c->asset, 0);
}

/* ---------------------------------------------------------------------------------------------------- pools */

bw_status bw_check_pool(const bw_venue *venue, const bw_command *command)
{
    const bw_command_pool *c = (const void *)command;
    bw_status status = number_check(c->pool, venue->pool_count, venue->limits.pools, BW_UNKNOWN_POOL);
    if (status)
        return status;
    if (c->asset >= venue->asset_count)
        return BW_UNKNOWN_ASSET;
    return bw_pool_fault(venue, c) ? BW_BAD_SETTING : BW_OK;
}

void bw_apply_pool(bw_writer *writer, const bw_command *command)
{
    const bw_command_pool *c = (const void *)command;
    bw_pool *pool = bw_pool_at(writer->venue, c->pool);
    if (c->pool == writer->venue->pool_count)
        writer->venue->pool_count++;
    pool->settings = *c;
    pool->settings.header = (bw_command){0};
    if (bw_indexes_set(writer->venue, c->pool))
        bw_at_progress(writer->venue)->recheck_pool = c->pool + 1u;
    settings_changed(writer, command, c->pool, 0);
}

/* ----------------------------------------------------------------------------------------------- collateral */

bw_status bw_check_collateral(const bw_venue *venue, const bw_command *command)
{
    const bw_command_collateral *c = (const void *)command;
    if (c->collateral != venue->collateral_count)
        return BW_BAD_SETTING;
    if (venue->collateral_count >= venue->limits.collaterals || venue->limits.holdings == 0)
        return BW_CAPACITY;
    if (c->pool >= venue->pool_count)
        return BW_UNKNOWN_POOL;
    if (c->asset >= venue->asset_count || bw_pool_at(venue, c->pool)->settings.asset == c->asset)
        return BW_UNKNOWN_ASSET;
    for (uint32_t i = 0; i < venue->collateral_count; i++) {
        const bw_collateral *other = bw_at_collateral(venue) + i;
        if (other->pool == c->pool && other->asset == c->asset)
            return BW_BAD_SETTING;
    }
    int64_t factor, top, value;
    bool valid = c->haircut_ppm < MILLION && c->tick_num > 0 && c->tick_den > 0 && c->price_max > 0 &&
                 c->price_max <= BW_PRICE_MAX && c->amount_max > 0 && c->amount_max < BW_VALUE_MAX &&
                 c->tick_den < BW_VALUE_MAX / MILLION &&
                 !__builtin_mul_overflow(c->tick_num, (int64_t)MILLION - c->haircut_ppm, &factor) &&
                 !__builtin_mul_overflow(factor, c->price_max, &top) && top < BW_VALUE_MAX &&
                 bw_mul_div_floor_try(c->amount_max, top, c->tick_den * (int64_t)MILLION, &value) &&
                 value < BW_VALUE_MAX / 2;
    return valid ? BW_OK : BW_BAD_SETTING;
}

void bw_apply_collateral(bw_writer *writer, const bw_command *command)
{
    const bw_command_collateral *c = (const void *)command;
    bw_at_collateral(writer->venue)[writer->venue->collateral_count++] = (bw_collateral){
        .factor = c->tick_num * ((int64_t)MILLION - c->haircut_ppm), .divisor = c->tick_den * (int64_t)MILLION,
        .price_max = c->price_max, .amount_max = c->amount_max, .haircut_ppm = c->haircut_ppm, .pool = c->pool,
        .asset = c->asset};
    settings_changed(writer, command, c->collateral, 0);
}

/* -------------------------------------------------------------------------------------------------- markets */

/* Largest value that all positions of the market can have; false if it passes 2^62. */
static bool largest_value(const bw_command_market *c, int64_t *value)
{
    int64_t price = c->kind == BW_MARKET_LINEAR ? c->price_max : 1;
    return !__builtin_mul_overflow(c->open_interest_max, c->tick_value, value) &&
           !__builtin_mul_overflow(*value, price, value) && *value < BW_VALUE_MAX;
}

/* R1: the sum of largest values over all markets, this one included, stays below 2^62. */
static bool envelope_holds(const bw_venue *venue, const bw_command_market *c)
{
    int64_t sum = 0;
    for (uint32_t m = 0; m <= venue->market_count; m++) {
        const bw_command_market *at = m == c->market ? c : &bw_market_cold_at(venue, m)->settings;
        int64_t value = 0;
        if (m == venue->market_count && m != c->market)
            break;
        if (!largest_value(at, &value) || (sum += value) >= BW_VALUE_MAX)
            return false;
    }
    return true;
}

static bool volatility_valid(const bw_command_market *c)
{
    const int64_t second = 1000000000;
    if (c->vol_window_ns == 0)
        return c->vol_base_ppm == 0;
    bool window = c->vol_window_ns >= second && c->vol_window_ns <= 30 * 86400 * second;
    return window && (c->vol_base_ppm == 0 || (c->vol_step_ppm >= 1 && c->vol_max_ppm >= MILLION));
}

/* What may never change once positions can exist. */
static bool same_instrument(const bw_command_market *a, const bw_command_market *b)
{
    return a->pool == b->pool && a->kind == b->kind && a->tick_value == b->tick_value &&
           a->price_max == b->price_max && a->funded == b->funded && a->min_mm == b->min_mm;
}

bw_status bw_check_market(const bw_venue *venue, const bw_command *command)
{
    const bw_command_market *c = (const void *)command;
    bw_status status = number_check(c->market, venue->market_count, venue->limits.markets, BW_UNKNOWN_MARKET);
    if (status)
        return status;
    if (c->pool >= venue->pool_count)
        return BW_UNKNOWN_POOL;
    bool valid = c->kind <= BW_MARKET_INVERSE && c->funded <= 1 && c->tick_value >= 1 && c->price_max >= 2 &&
                 c->price_max <= BW_PRICE_MAX && c->open_interest_max >= 1 && c->open_interest_max <= BW_SIZE_MAX &&
                 c->position_max >= 0 && c->min_slice >= 1 && c->min_slice <= BW_SIZE_MAX && c->min_mm >= 0 &&
                 c->min_mm < BW_VALUE_MAX / 4096 && c->band_ppm <= MILLION && c->expiry_ns >= 0;
    if (!valid || !volatility_valid(c))
        return BW_BAD_SETTING;
    if (c->market < venue->market_count && !same_instrument(c, &bw_market_cold_at(venue, c->market)->settings))
        return BW_BAD_SETTING;
    if (c->market < venue->market_count && c->open_interest_max < bw_market_cold_at(venue, c->market)->open_interest)
        return BW_OPEN_INTEREST_LIMIT;
    return envelope_holds(venue, c) ? BW_OK : BW_LIMIT_ENVELOPE;
}

void bw_apply_market(bw_writer *writer, const bw_command *command)
{
    const bw_command_market *c = (const void *)command;
    bw_venue *venue = writer->venue;
    bw_market *market = bw_market_at(venue, c->market);
    bw_market_cold *cold = bw_market_cold_at(venue, c->market);
    if (c->market == venue->market_count) {
        venue->market_count++;
        market->factor = c->tick_value;
        market->min_mm = c->min_mm;
        market->kind = c->kind;
        market->funded = c->funded;
        market->pool = c->pool;
        market->im_scale_ppm = MILLION;
    }
    cold->settings = *c;
    cold->settings.header = (bw_command){0};
    if (cold->settings.position_max == 0)
        cold->settings.position_max = c->open_interest_max;
    market->index_shift = (uint8_t)bw_index_shift(venue, c->market);
    bw_charges_set(venue, c->market);
    if (c->vol_window_ns == 0)
        cold->variance = 0;
    market->im_scale_ppm = bw_volatility_scale(&cold->settings, bw_volatility_ppm(venue, c->market));
    settings_changed(writer, command, c->market, 0);
}

static bool brackets_valid(const bw_command_brackets *c)
{
    if (c->count < 1 || c->count > BW_BRACKETS || c->brackets[0].floor != 0)
        return false;
    for (uint32_t k = 0; k < c->count; k++) {
        const bw_bracket *b = &c->brackets[k], *previous = k ? b - 1 : b;
        if (b->imr_ppm < b->mmr_ppm || b->imr_ppm > MILLION || b->mmr_ppm >= MILLION || b->floor >= BW_VALUE_MAX)
            return false;
        if (k && (b->floor <= previous->floor || b->imr_ppm < previous->imr_ppm || b->mmr_ppm < previous->mmr_ppm))
            return false;
    }
    return true;
}

bw_status bw_check_brackets(const bw_venue *venue, const bw_command *command)
{
    const bw_command_brackets *c = (const void *)command;
    if (c->market >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    return brackets_valid(c) ? BW_OK : BW_BAD_BRACKETS;
}

/* deduction += floor x (rate - previous rate), in whole units and millionths. */
static void deduction_add(int64_t floor, uint32_t rate_step_ppm, int64_t *whole, uint32_t *millionths)
{
    int64_t part = floor % 1000000 * rate_step_ppm + *millionths;
    *whole += floor / 1000000 * rate_step_ppm + part / 1000000;
    *millionths = (uint32_t)(part % 1000000);
}

void bw_apply_brackets(bw_writer *writer, const bw_command *command)
{
    const bw_command_brackets *c = (const void *)command;
    bw_venue *venue = writer->venue;
    bw_bracket_line *lines = bw_at_bracket(venue) + (uint64_t)c->market * BW_BRACKETS;
    memset(lines, 0, BW_BRACKETS * sizeof *lines);
    for (uint32_t k = 0; k < c->count; k++) {
        const bw_bracket *b = &c->brackets[k];
        bw_bracket_line line = k ? lines[k - 1u] : (bw_bracket_line){0};
        uint32_t imr_before = line.imr_ppm, mmr_before = line.mmr_ppm;
        line.floor = b->floor;
        line.imr_ppm = b->imr_ppm;
        line.mmr_ppm = b->mmr_ppm;
        if (k) {
            deduction_add(b->floor, b->imr_ppm - imr_before, &line.im_deduction, &line.im_millionths);
            deduction_add(b->floor, b->mmr_ppm - mmr_before, &line.mm_deduction, &line.mm_millionths);
        }
        lines[k] = line;
    }
    bw_market *market = bw_market_at(venue, c->market);
    market->bracket_count = (uint8_t)c->count;
    market->mm_step = (uint32_t)(((uint64_t)c->brackets[c->count - 1u].mmr_ppm * (1u << 20) + 999999u) / 1000000u);
    settings_changed(writer, command, c->market, 0);
    bw_at_progress(venue)->recheck_market = c->market + 1u;
}

/* --------------------------------------------------------------------------------------- desks and statuses */

static uint32_t desk_of(const bw_venue *venue, uint32_t account)
{
    for (uint32_t d = 0; d < venue->desk_count; d++)
        if (bw_at_desk(venue)[d].account == account)
            return d;
    return venue->desk_count;
}

bw_status bw_check_desk(const bw_venue *venue, const bw_command *command)
{
    const bw_command_desk *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status)
        return status;
    if (desk_of(venue, account) == venue->desk_count && venue->desk_count >= venue->limits.desks)
        return BW_CAPACITY;
    return bw_desk_fault(venue, c) ? BW_BAD_SETTING : BW_OK;
}

/* Appends the desk to its pool's list, in the order of definition. */
static void desk_append(bw_venue *venue, uint32_t desk, uint32_t pool)
{
    uint32_t *link = &bw_pool_at(venue, pool)->desk_first;
    while (*link)
        link = &bw_at_desk(venue)[*link - 1u].next;
    *link = desk + 1u;
}

void bw_apply_desk(bw_writer *writer, const bw_command *command)
{
    const bw_command_desk *c = (const void *)command;
    bw_venue *venue = writer->venue;
    uint32_t account = 0;
    bw_account_find(venue, command->account, &account);
    uint32_t number = desk_of(venue, account);
    bw_desk *desk = bw_at_desk(venue) + number;
    if (number == venue->desk_count) {
        venue->desk_count++;
        desk->account = account;
        bw_hot_at(venue, account)->flags |= BW_HOT_DESK;
        desk_append(venue, number, bw_cold_at(venue, account)->pool);
    }
    bw_trigger_disarm(venue, account);
    bw_hot *hot = bw_hot_at(venue, account);
    hot->flags = (uint8_t)(c->marginless || c->is_fund ? hot->flags | BW_HOT_MARGINLESS : hot->flags & ~BW_HOT_MARGINLESS);
    bw_account_rearm(venue, account);
    desk->is_fund = c->is_fund;
    desk->share_ppm = c->share_ppm;
    desk->discount_ppm = c->discount_ppm;
    desk->market_max = c->market_max;
    desk->window_max = c->window_max;
    desk->window_ns = c->window_ns;
    settings_changed(writer, command, number, 0);
}

bw_status bw_check_status(const bw_venue *venue, const bw_command *command)
{
    const bw_command_status *c = (const void *)command;
    if (c->market >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    if (bw_market_at(venue, c->market)->status >= BW_MARKET_SETTLING)
        return BW_MARKET_CLOSED;
    return c->status < BW_MARKET_SETTLING ? BW_OK : BW_BAD_SETTING;
}

void bw_apply_status(bw_writer *writer, const bw_command *command)
{
    const bw_command_status *c = (const void *)command;
    bw_market_at(writer->venue, c->market)->status = c->status;
    settings_changed(writer, command, c->market, c->status);
}
