#include "app/story_totals.h"

#include <stdlib.h>
#include <string.h>

#include "app/message.h"
#include "story/language.h"
#include "story/trace_round.h"

enum { LIQUIDATED = 1, BANKRUPT = 2, DELEVERAGED = 4, CUT = 8 };

/* Grows an array of records to hold `index`; NULL without memory. */
static void *grown(void *array, uint64_t *count, uint64_t index, size_t size)
{
    uint64_t wanted = *count;
    if (index < wanted)
        return array;
    while (wanted <= index)
        wanted = wanted * 2 + 64;
    char *larger = wanted < (UINT64_C(1) << 32) ? realloc(array, wanted * size) : NULL;
    if (larger == NULL)
        return NULL;
    memset(larger + *count * size, 0, (wanted - *count) * size);
    *count = wanted;
    return larger;
}

static app_pool_totals *pool_of(app_story_totals *totals, uint16_t pool)
{
    void *pools = grown(totals->pools, &totals->pool_count, pool, sizeof *totals->pools);
    if (pools == NULL) {
        totals->lost = true;
        return NULL;
    }
    totals->pools = pools;
    return &totals->pools[pool];
}

/* True the first time that `bit` happens to the account. */
static bool first_time(app_story_totals *totals, uint64_t account, uint8_t bit)
{
    void *accounts = grown(totals->accounts, &totals->account_count, account, 1);
    if (accounts == NULL) {
        totals->lost = true;
        return false;
    }
    totals->accounts = accounts;
    bool first = !(totals->accounts[account] & bit);
    totals->accounts[account] |= bit;
    return first;
}

static void add_leg(app_story_totals *totals, app_pool_totals *pool, const bw_event *event)
{
    uint32_t via = event->leg.via;
    if (event->leg.closing) {
        pool->liquidated += first_time(totals, event->account, LIQUIDATED);
    } else if (via == BW_VIA_PROFIT || via == BW_VIA_DESK || via == BW_VIA_OTHER) {
        pool->adl += first_time(totals, event->account, DELEVERAGED);
        pool->adl_notional += event->leg.value < 0 ? -event->leg.value : event->leg.value;
    }
}

void app_story_totals_add(app_story_totals *totals, const bw_event *event)
{
    app_pool_totals *pool = pool_of(totals, bw_story_event_pool(totals->names, event));
    if (pool == NULL)
        return;
    switch (event->type) {
    case BW_EVENT_LEG:
        add_leg(totals, pool, event);
        break;
    case BW_EVENT_CONVERTED:
        pool->liquidated += first_time(totals, event->account, LIQUIDATED);
        break;
    case BW_EVENT_BANKRUPT:
        pool->bankrupt += first_time(totals, event->account, BANKRUPT);
        break;
    case BW_EVENT_CHARGED:
        if (event->charged.layer == BW_LAYER_HAIRCUT)
            pool->haircut += first_time(totals, event->account, CUT);
        break;
    case BW_EVENT_LOSS:
        pool->gap += event->loss.gap;
        for (uint32_t layer = 0; layer < BW_LAYERS; layer++)
            pool->paid[layer] += event->loss.paid[layer];
        break;
    default:
        break;
    }
}

void app_story_totals_free(app_story_totals *totals)
{
    free(totals->pools);
    free(totals->accounts);
}

/* --- JSON --- */

static void put_text(FILE *stream, const char *text)
{
    app_message_json(stream, text);
}

/* `"key": "12.340000"`, with all decimals of the asset. */
static void put_money(FILE *stream, const bw_story_book *names, uint16_t pool, const char *key, int64_t amount)
{
    bw_story_text text = {0};
    uint16_t asset = bw_story_pool_asset(names, pool);
    uint32_t decimals = asset < names->asset_count ? names->assets[asset].decimals : 0;
    bw_story_put_units(&text, amount, bw_story_unit_of_asset(decimals), (int32_t)decimals);
    fprintf(stream, "\"%s\": \"%s\"", key, text.bytes);
}

static void put_layers(FILE *stream, const bw_story_book *names, uint16_t pool, const app_pool_totals *totals)
{
    static const char *const KEYS[BW_LAYERS] = {"fund", "shared_fund", "capital", "backstop", "deleveraged",
                                                "haircut", "carryover"};
    fputs("\"paid_by_layer\": {", stream);
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        fputs(layer > 0 ? ", " : "", stream);
        put_money(stream, names, pool, KEYS[layer], totals->paid[layer]);
    }
    fputs("}", stream);
}

static void put_pool(FILE *stream, const app_story_totals *totals, const bw_venue *venue, uint16_t pool)
{
    static const app_pool_totals NOTHING;
    const app_pool_totals *sums = pool < totals->pool_count ? &totals->pools[pool] : &NOTHING;
    bw_pool_view view = {0};
    bw_pool_get(venue, pool, &view);
    uint16_t asset = bw_story_pool_asset(totals->names, pool);
    fputs("\"asset\": ", stream);
    put_text(stream, totals->names->assets[asset].name);
    fprintf(stream, ", \"liquidated_accounts\": %llu, \"bankrupt_accounts\": %llu, \"adl_accounts\": %llu, "
            "\"haircut_accounts\": %llu, ", (unsigned long long)sums->liquidated, (unsigned long long)sums->bankrupt,
            (unsigned long long)sums->adl, (unsigned long long)sums->haircut);
    put_money(stream, totals->names, pool, "adl_notional", sums->adl_notional);
    fputs(", ", stream);
    put_money(stream, totals->names, pool, "gap_total", sums->gap);
    fputs(", ", stream);
    put_layers(stream, totals->names, pool, sums);
    fputs(", ", stream);
    put_money(stream, totals->names, pool, "carryover", view.carryover);
    fputs(", ", stream);
    put_money(stream, totals->names, pool, "claims", view.claims);
}

/* The sum of all assets' errors by magnitude: 0, or --check would have said so. */
static int64_t conservation_error(const bw_venue *venue, uint32_t asset_count)
{
    int64_t error = 0;
    bw_conservation sums;
    for (uint16_t asset = 0; asset < asset_count; asset++)
        if (bw_conservation_get(venue, asset, &sums))
            error += sums.error < 0 ? -sums.error : sums.error;
    return error;
}

static void put_further_pools(FILE *stream, const app_story_totals *totals, const bw_venue *venue)
{
    fputs(", \"pools\": [", stream);
    for (uint16_t pool = 1; pool < totals->names->pool_count; pool++) {
        fputs(pool > 1 ? ", {\"pool\": " : "{\"pool\": ", stream);
        put_text(stream, totals->names->pools[pool].name);
        fputs(", ", stream);
        put_pool(stream, totals, venue, pool);
        fputs("}", stream);
    }
    fputs("]", stream);
}

static void put_venue(FILE *stream, const app_story_totals *totals, const bw_venue *venue)
{
    bw_venue_view view;
    uint64_t hash[2];
    bw_venue_get(venue, &view);
    bw_state_hash(venue, hash);
    fprintf(stream, ", \"accounts\": %u, \"conservation_error\": %lld", view.accounts,
            (long long)conservation_error(venue, totals->names->asset_count));
    fprintf(stream, ", \"state_hash\": \"%016llx%016llx\", \"chain_hash\": \"%016llx%016llx\"",
            (unsigned long long)hash[1], (unsigned long long)hash[0], (unsigned long long)view.chain_hash[1],
            (unsigned long long)view.chain_hash[0]);
    if (totals->names->pool_count == 0)
        return;
    fputs(", ", stream);
    put_pool(stream, totals, venue, 0);
    put_further_pools(stream, totals, venue);
}

void app_story_json(FILE *stream, const app_story_totals *totals, const bw_story *story, const char *file, bool held,
                    bool partial)
{
    const bw_story_counts *counts = bw_story_count(story);
    const bw_venue *venue = bw_story_venue(story);
    fputs("{\"schema\": \"breakwater-story/1\", \"file\": ", stream);
    put_text(stream, file);
    fprintf(stream, ", \"held\": %s, \"partial\": %s, \"message\": ", held ? "true" : "false", partial ? "true" : "false");
    if (held)
        fputs("null", stream);
    else
        put_text(stream, partial ? "interrupted" : bw_story_message(story));
    fprintf(stream, ", \"commands\": %llu, \"refused\": %llu, \"expectations\": %llu, \"events\": %llu, "
            "\"rounds\": %llu", (unsigned long long)counts->commands, (unsigned long long)counts->refused,
            (unsigned long long)counts->expectations, (unsigned long long)counts->events,
            (unsigned long long)counts->rounds);
    if (venue != NULL)
        put_venue(stream, totals, venue);
    fputs("}\n", stream);
}
