/* stress_report_book.c - the book that stands: who is liquidated by which move, what rests on how few, how long closing takes. */
#include <stdlib.h>
#include <string.h>

#include "app/stress_report.h"
#include "metrics/state.h"
#include "story/session.h"

enum { FLAGGED_PPM = 200000, PARTICIPATION_PPM = 100000 };

/* A trader's account at the present marks. */
typedef struct {
    uint64_t id, owner;
    int64_t equity, mm;
    int64_t notional, exposure;              /* of all positions: summed; longs less shorts */
    uint16_t largest;                        /* market of the largest position, from the first of the world */
    int64_t at_market[BW_MARKETS_MAX];       /* > 0 long */
} trader;

typedef struct {
    uint64_t owner;
    int64_t equity, notional;
} holding;

static int64_t magnitude(int64_t x)
{
    return x < 0 ? -x : x;
}

/* False: no trader of pool 0, or without positions. */
static bool trader_get(const bw_venue *venue, const bw_play_params *params, uint32_t markets, uint32_t index, trader *to)
{
    bw_account_view view;
    if (!bw_account_get(venue, bw_account_id(venue, index), &view) || view.pool != params->pool || view.desk != BW_NONE16 ||
        (view.flags & BW_FLAG_MARKET_MAKER))
        return false;
    *to = (trader){.id = view.id, .owner = view.owner, .equity = view.equity, .mm = view.mm};
    uint32_t left = view.position_count;
    for (uint32_t m = 0; m < markets && left > 0; m++) {
        bw_position_view position;
        if (!bw_position_get(venue, view.id, (uint16_t)(params->market_first + m), &position) || position.size == 0)
            continue;
        left--;
        to->at_market[m] = position.size > 0 ? position.notional : -position.notional;
        to->notional += position.notional;
        to->exposure += to->at_market[m];
        if (position.notional > magnitude(to->at_market[to->largest]) || to->at_market[to->largest] == 0)
            to->largest = (uint16_t)m;
    }
    return true;
}

/* The move of all markets at which equity meets maintenance margin, both linear in it: E + xD = M (1 + x). Ppm, towards 0; above
   0 a rise. False: no move from -100% on does it. */
static bool reached_at(const trader *who, int64_t *move_ppm)
{
    double left = (double)who->equity - (double)who->mm, slope = (double)who->mm - (double)who->exposure;
    *move_ppm = 0;
    if (who->notional == 0)
        return false;
    if (left <= 0)
        return true;
    if (slope < left / 1e3 && slope > -left)          /* beyond +100,000% or below -100% */
        return false;
    *move_ppm = (int64_t)(1e6 * left / slope);
    return true;
}

/* ---- ladder ---- */

static void climb(bw_report_rung *rungs, int64_t ppm, int64_t notional)
{
    int64_t first = (ppm + 9999) / 10000;             /* the whole percent that is enough */
    for (int64_t i = first; i <= BW_REPORT_RUNGS; i++) {
        bw_metrics_sum(&rungs[i].notional, notional);
        rungs[i].accounts++;
    }
}

static void put_next(app_stress_report *report, const bw_story *story, const trader *who, int64_t move)
{
    bw_report_ladder *ladder = &report->ladder;
    uint32_t place = ladder->next_count;
    while (place > 0 && magnitude(move) < magnitude(ladder->next[place - 1].move_ppm))
        place--;
    if (place == BW_REPORT_NEXT)
        return;
    uint32_t kept = ladder->next_count < BW_REPORT_NEXT ? ladder->next_count : BW_REPORT_NEXT - 1;
    memmove(&ladder->next[place + 1], &ladder->next[place], (kept - place) * sizeof *ladder->next);
    ladder->next_count = kept + 1;
    bw_report_next *next = &ladder->next[place];
    *next = (bw_report_next){.shorts = who->at_market[who->largest] < 0, .move_ppm = move, .notional = who->notional,
                             .equity = who->equity};
    const char *name = who->id <= story->book.account_count ? story->book.accounts[who->id - 1].name : "";
    snprintf(next->account, sizeof next->account, "%.*s", BW_REPORT_WORD - 1, name);
    snprintf(next->market, sizeof next->market, "%.*s", BW_REPORT_WORD - 1, report->markets[who->largest].name);
}

static void reach(app_stress_report *report, const bw_story *story, const trader *who)
{
    int64_t move;
    if (!reached_at(who, &move))
        return;
    put_next(report, story, who, move);
    if (move <= 0)
        climb(report->ladder.fall, -move, who->notional);
    if (move >= 0)
        climb(report->ladder.rise, move, who->notional);
    for (uint32_t m = 0; m < report->book.market_count; m++) {
        int64_t here = who->at_market[m];
        if (here > 0 && move <= 0 && -move <= FLAGGED_PPM)
            bw_metrics_sum(&report->markets[m].flagged_longs, here);
        if (here < 0 && move >= 0 && move <= FLAGGED_PPM)
            bw_metrics_sum(&report->markets[m].flagged_shorts, -here);
    }
}

/* ---- owners ---- */

static int by_owner(const void *a, const void *b)
{
    const holding *x = a, *y = b;
    return (x->owner > y->owner) - (x->owner < y->owner);
}

/* Sums by owner; `room` takes one of them at a time. */
static void spread_owners(bw_report_book *book, holding *holdings, uint32_t count, int64_t *room)
{
    qsort(holdings, count, sizeof *holdings, by_owner);
    uint32_t owners = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (owners > 0 && holdings[owners - 1].owner == holdings[i].owner) {
            bw_metrics_sum(&holdings[owners - 1].equity, holdings[i].equity);
            bw_metrics_sum(&holdings[owners - 1].notional, holdings[i].notional);
        } else {
            holdings[owners++] = holdings[i];
        }
    }
    book->owners = owners;
    for (uint32_t i = 0; i < owners; i++)
        room[i] = holdings[i].equity;
    bw_metrics_spread_of(room, owners, &book->owner_equity);
    for (uint32_t i = 0; i < owners; i++)
        room[i] = holdings[i].notional;
    bw_metrics_spread_of(room, owners, &book->owner_interest);
}

/* ---- the book ---- */

static void count_in(app_stress_report *report, const trader *who)
{
    bw_report_book *book = &report->book;
    book->accounts++;
    bw_metrics_sum(&book->equity, who->equity);
    for (uint32_t m = 0; m < book->market_count; m++) {
        int64_t here = who->at_market[m];
        bw_report_market *market = &report->markets[m];
        book->positions += here != 0;
        if (here > 0)
            bw_metrics_sum(&market->open_interest, here);
        if (magnitude(here) > market->largest)
            market->largest = magnitude(here);
    }
}

static void begin(app_stress_report *report, const app_paths *paths)
{
    const app_world *world = &paths->run.world;
    bw_report_book *book = &report->book;
    bw_pool_view pool;
    *book = (bw_report_book){.market_count = world->market_count, .markets = report->markets, .flagged_ppm = FLAGGED_PPM,
                             .participation_ppm = PARTICIPATION_PPM};
    if (bw_pool_get(paths->run.story->venue, world->play_params.pool, &pool))
        book->fund = pool.fund;
    for (uint32_t m = 0; m < world->market_count; m++)
        report->markets[m] = (bw_report_market){.name = world->markets[m].name,
                                                .volume_daily = (int64_t)(world->play_params.liquidity[m].volume_daily * 1e6)};
}

bool app_stress_report_book(app_stress_report *report, const app_paths *paths, const bw_story *story)
{
    const app_world *world = &paths->run.world;
    bw_venue_view venue;
    bw_venue_get(story->venue, &venue);
    holding *holdings = malloc((venue.accounts + 1u) * sizeof *holdings);
    int64_t *room = malloc((venue.accounts + 1u) * sizeof *room);
    uint32_t count = 0;
    begin(report, paths);
    for (uint32_t i = 0; holdings != NULL && room != NULL && i < venue.accounts; i++) {
        trader who;
        if (!trader_get(story->venue, &world->play_params, world->market_count, i, &who))
            continue;
        count_in(report, &who);
        reach(report, story, &who);
        holdings[count++] = (holding){who.owner, who.equity, who.notional};
    }
    for (uint32_t m = 0; m < report->book.market_count; m++)
        bw_metrics_sum(&report->book.open_interest, report->markets[m].open_interest);
    bool made = holdings != NULL && room != NULL;
    if (made)
        spread_owners(&report->book, holdings, count, room);
    free(holdings);
    free(room);
    return made;
}
