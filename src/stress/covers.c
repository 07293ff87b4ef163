#include "stress/covers.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "base/table.h"
#include "engine/account.h"
#include "engine/margin.h"
#include "metrics/page.h"
#include "metrics/state.h"
#include "world/real.h"

typedef struct {
    int64_t equity;
    uint32_t account, owner;         /* owner: his number below */
} member;

struct bw_covers {
    bw_cover_params params;
    uint32_t member_count, owner_count;
    member *members;
    uint64_t *owners;                /* ids; of an account without owner that of the account, which no owner has as well */
    int64_t *losses[2];              /* by owner, of each reading */
    int64_t *sorted;
};

/* -------------------------------------------------------------------------------------------------------------- making */

static bool is_trader(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    const bw_cold *cold = bw_cold_at(venue, account);
    return cold->pool == 0 && !(hot->flags & (BW_HOT_CLOSED | BW_HOT_DESK)) && !(cold->flags & BW_FLAG_MARKET_MAKER) &&
           (hot->count > 0 || (hot->flags & BW_HOT_HOLDINGS));
}

static void *take(char **at, size_t bytes)
{
    void *memory = *at;
    *at += (bytes + 63) / 64 * 64;
    return memory;
}

static size_t lay_out(char *memory, uint32_t count, bw_covers *covers, bw_table_slot **slots)
{
    char *at = memory;
    size_t n = count > 0 ? count : 1;
    take(&at, sizeof *covers);
    bw_covers none, *into = covers != NULL ? covers : &none;
    into->members = take(&at, n * sizeof *into->members);
    into->owners = take(&at, n * sizeof *into->owners);
    into->losses[0] = take(&at, n * sizeof(int64_t));
    into->losses[1] = take(&at, n * sizeof(int64_t));
    into->sorted = take(&at, n * sizeof(int64_t));
    *slots = take(&at, bw_table_footprint((uint32_t)n));
    return (size_t)(at - memory);
}

static uint32_t traders(const bw_venue *venue)
{
    uint32_t count = 0;
    for (uint32_t a = 0; a < venue->account_count; a++)
        count += is_trader(venue, a);
    return count;
}

size_t bw_covers_footprint(const bw_cover_params *params)
{
    bw_table_slot *slots;
    return lay_out(NULL, traders(params->venue), NULL, &slots);
}

bw_covers *bw_covers_new(void *memory, const bw_cover_params *params)
{
    const bw_venue *venue = params->venue;
    bw_covers *covers = memory;
    bw_table table;
    bw_table_slot *slots;
    uint32_t count = traders(venue);
    memset(covers, 0, sizeof *covers);
    covers->params = *params;
    lay_out(memory, count, covers, &slots);
    bw_table_new(&table, slots, count > 0 ? count : 1);
    for (uint32_t a = 0; a < venue->account_count; a++) {
        const bw_cold *cold = bw_cold_at(venue, a);
        uint32_t owner = covers->owner_count;
        if (!is_trader(venue, a))
            continue;
        if (cold->owner == 0 || !bw_table_find(&table, slots, cold->owner, &owner)) {
            covers->owners[covers->owner_count++] = cold->owner ? cold->owner : cold->id;
            if (cold->owner)
                bw_table_insert(&table, slots, cold->owner, owner);
        }
        covers->members[covers->member_count++] = (member){bw_account_equity(venue, a), a, owner};
    }
    return covers;
}

/* ------------------------------------------------------------------------------------------------------------ a scenario */

/* Of a position at the moved price: what it gained, its margin, what closing it costs. */
typedef struct {
    int64_t gain, margin;
    double cost;
} closing;

static int64_t moved(int64_t mark, double move)
{
    int64_t price = (int64_t)((double)mark * (1 + move) + .5);
    return price < 1 ? 1 : price;
}

static void add_position(const bw_covers *covers, const bw_cover_scenario *scenario, const bw_position *at, closing *sum)
{
    const bw_venue *venue = covers->params.venue;
    const bw_market *market = bw_market_at(venue, at->market);
    uint32_t m = (uint32_t)(at->market - covers->params.market_first);
    if (at->size == 0 || at->market < covers->params.market_first || m >= covers->params.market_count)
        return;
    int64_t price = moved(market->mark, scenario->move[m]), value = bw_value_at(market, at->size, price);
    const bw_liquidity_params *book = &covers->params.liquidity[m];
    double notional = (double)bw_abs(value);
    sum->gain += value - bw_value(market, at->size);
    sum->margin += bw_mm(venue, at->market, bw_abs(value));
    sum->cost += notional * 2 / 3 * book->impact * book->volatility * sqrt(notional / 1e6 / book->volume_daily);
}

static void add_member(bw_covers *covers, const bw_cover_scenario *scenario, const member *who)
{
    const bw_venue *venue = covers->params.venue;
    const bw_hot *hot = bw_hot_at(venue, who->account);
    closing sum = {0};
    for (uint32_t i = 0; i < hot->count; i++)
        add_position(covers, scenario, bw_position_at(venue, hot->extent + i), &sum);
    if (covers->params.collateral && (hot->flags & BW_HOT_HOLDINGS)) {
        double counted = (double)bw_account_collateral(venue, who->account);
        sum.gain += (int64_t)floor(counted * scenario->move[covers->params.market_count]);
    }
    int64_t equity = who->equity + sum.gain, loss = (int64_t)ceil(sum.cost) - equity;
    if (loss <= 0)
        return;
    covers->losses[1][who->owner] += loss;
    if (equity < sum.margin || equity < 0)
        covers->losses[0][who->owner] += loss;
}

/* So many of the largest make up `part`. */
static uint32_t owners_for(const int64_t *rising, uint32_t count, int64_t part)
{
    int64_t sum = 0;
    uint32_t n = 0;
    while (n < count && sum < part)
        sum += rising[count - ++n];
    return n;
}

static bw_cover_reading reading_of(bw_covers *covers, const int64_t *losses)
{
    bw_cover_reading r = {0};
    int64_t second = 0;
    for (uint32_t o = 0; o < covers->owner_count; o++) {
        if (losses[o] <= 0)
            continue;
        covers->sorted[r.owners++] = losses[o];
        r.all += losses[o];
        if (losses[o] > r.cover1) {
            second = r.cover1;
            r.second = r.first;
            r.cover1 = losses[o];
            r.first = covers->owners[o];
        } else if (losses[o] > second) {
            second = losses[o];
            r.second = covers->owners[o];
        }
    }
    r.cover2 = r.cover1 + second;
    bw_metrics_sort(covers->sorted, r.owners);
    r.half = owners_for(covers->sorted, r.owners, r.all / 2);
    r.most = owners_for(covers->sorted, r.owners, r.all / 10 * 9);
    return r;
}

bw_cover_row bw_covers_of(bw_covers *covers, const bw_cover_scenario *scenario)
{
    for (uint32_t r = 0; r < 2; r++)
        memset(covers->losses[r], 0, covers->owner_count * sizeof(int64_t));
    for (uint32_t i = 0; i < covers->member_count; i++)
        add_member(covers, scenario, &covers->members[i]);
    return (bw_cover_row){.endogenous = reading_of(covers, covers->losses[0]), .given = reading_of(covers, covers->losses[1])};
}

/* ---------------------------------------------------------------------------------------------------------- stress set */

/* "all markets -30%" */
static void name(bw_cover_scenario *scenario, const char *who, int64_t percent)
{
    bw_page page = bw_page_open(scenario->name, sizeof scenario->name);
    bw_page_put(&page, who);
    bw_page_put(&page, percent < 0 ? " -" : " +");
    bw_page_unsigned(&page, (uint64_t)(percent < 0 ? -percent : percent));
    bw_page_put(&page, "%");
    bw_page_end(&page);
}

/* Every item of `sectors` that is `sector` moves; sectors NULL: item number `sector` alone; UINT32_MAX: all markets. */
static void add_moves(const bw_cover_params *params, const char *who, const uint32_t *sectors, uint32_t sector,
                      bw_cover_scenario *scenarios, uint32_t *count)
{
    for (int64_t percent = -60; percent <= 60 && *count < BW_COVER_SCENARIOS; percent += 10) {
        bw_cover_scenario *s = &scenarios[*count];
        if (percent == 0)
            continue;
        memset(s, 0, sizeof *s);
        name(s, who, percent);
        for (uint32_t m = 0; m < params->market_count; m++)
            if (sector == UINT32_MAX || (sectors != NULL ? sectors[m] : m) == sector)
                s->move[m] = (double)percent / 100;
        (*count)++;
    }
}

static bool sector_of_several(const bw_cover_params *params, const uint32_t *sectors, uint32_t sector)
{
    uint32_t count = 0;
    for (uint32_t m = 0; m < params->market_count; m++)
        count += sectors[m] == sector;
    return count > 1 && count < params->market_count;
}

uint32_t bw_cover_scenarios(const bw_cover_params *params, const char *const *names, const uint32_t *sectors,
                            bw_cover_scenario *scenarios)
{
    uint32_t count = 0;
    char word[] = "sector 00";
    add_moves(params, "all markets", NULL, UINT32_MAX, scenarios, &count);
    for (uint32_t s = 0; s < 16; s++) {
        word[7] = (char)(s < 10 ? '0' + s : '1');
        word[8] = (char)(s < 10 ? 0 : '0' + s - 10);
        if (sector_of_several(params, sectors, s))
            add_moves(params, word, sectors, s, scenarios, &count);
    }
    for (uint32_t m = 0; m < params->market_count; m++)
        add_moves(params, names[m], NULL, m, scenarios, &count);
    for (int64_t percent = -10; params->collateral && percent >= -100 && count < BW_COVER_SCENARIOS; percent -= 10) {
        memset(&scenarios[count], 0, sizeof *scenarios);
        name(&scenarios[count], "collateral", percent);
        scenarios[count++].move[params->market_count] = (double)percent / 100;
    }
    return count;
}
