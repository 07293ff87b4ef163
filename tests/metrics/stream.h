/* stream.h - hand-made events: a quiet venue that only gives the time, and events written by the test itself.

       stream_new ──> stream_batch(time, market, price) ──> leg, loss, charge ... ──> stream_finish */
#ifndef BW_TEST_METRICS_STREAM_H
#define BW_TEST_METRICS_STREAM_H

#include "engine/small_venue.h"
#include "metrics/metrics.h"

enum { STREAM_DESK = 9, STREAM_SECOND = 1000000000 };

typedef struct {
    lab lab;
    bw_metrics *metrics;
    bw_metrics_limits limits;
    bw_event events[64];
    uint32_t count;
    uint64_t seq;
    int64_t time_ns;
    bool one_by_one;         /* hand the events over one call each */
} stream;

static const bw_metrics_pool_facts stream_pools[] = {{"main", "USDC", 2}};
static const bw_metrics_market_facts stream_markets[] = {{"AAA-PERP", "measured", 10000000, 25000, 30000},
                                                         {"BBB", "shaped", 1000000000, -1, -1}};

static inline bw_status stream_send(stream *s, bw_command *command)
{
    command->time_ns = s->time_ns;
    bw_status status = lab_send(&s->lab, command);
    bw_metrics_add(s->metrics, s->lab.venue, command, s->lab.events, s->lab.count);
    return status;
}

/* Marks on the real venue, so that its clock moves; its events are not handed over. */
static inline void stream_tick(stream *s)
{
    struct { bw_command_marks c; bw_mark mark; } m = {.c = {.count = 1}, .mark = {.price = 1000}};
    m.c.header = small_header(sizeof m, BW_COMMAND_MARKS, 0);
    m.c.header.time_ns = s->time_ns;
    assert_int_equal(lab_send(&s->lab, &m.c.header), BW_OK);
}

static inline void stream_new(stream *s, const bw_metrics_limits *limits)
{
    *s = (stream){.limits = *limits, .time_ns = 100 * (int64_t)STREAM_SECOND, .seq = 1000};
    bw_command_pool pool = small_pool_settings();
    bw_limits venue_limits = small_limits;
    small_begin(&s->lab, &venue_limits, &pool);
    size_t bytes = bw_metrics_footprint(limits);
    assert_true(bytes > 0);
    void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
    memset(memory, 0, bytes);
    s->metrics = bw_metrics_new(memory, limits);
    bw_bracket bracket = {0, 100000, 50000};
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 1 << 20);
    small_market(&s->lab, &market, &bracket, 1, 1000);
    market.market = 1;
    small_market(&s->lab, &market, &bracket, 1, 2000);
    for (uint64_t id = 1; id <= STREAM_DESK; id++) {
        bw_command_account c = {SMALL_HEADER(account, ACCOUNT, id), .isolated = BW_NONE16};
        assert_int_equal(stream_send(s, &c.header), BW_OK);
    }
    bw_command_desk desk = {SMALL_HEADER(desk, DESK, STREAM_DESK), .share_ppm = 1000000, .market_max = 1 << 30};
    assert_int_equal(stream_send(s, &desk.header), BW_OK);
    bw_command_deposit deposit = {SMALL_HEADER(deposit, DEPOSIT, STREAM_DESK), .amount = 5000};
    assert_int_equal(stream_send(s, &deposit.header), BW_OK);
    bw_command_fund fund = {SMALL_HEADER(fund, FUND, 0), .amount = 300, .market = BW_NONE16};
    assert_int_equal(stream_send(s, &fund.header), BW_OK);
    bw_metrics_begin(s->metrics, s->lab.venue, s->time_ns);
}

static inline void stream_free(stream *s)
{
    free(s->metrics);
    lab_free(&s->lab);
}

static inline bw_event *stream_event(stream *s, bw_event_type type, uint16_t market, uint64_t account)
{
    assert_true(s->count < sizeof s->events / sizeof s->events[0]);
    bw_event *event = &s->events[s->count];
    *event = (bw_event){.seq = s->seq, .index = s->count, .cause = BW_NONE32, .type = (uint16_t)type, .market = market,
                        .asset = BW_NONE16, .account = account};
    s->count++;
    return event;
}

/* Hands over what was written since the last batch. */
static inline void stream_flush(stream *s)
{
    bw_command_marks command = {.header = small_header(sizeof command, BW_COMMAND_MARKS, 0)};
    command.header.time_ns = s->time_ns;
    if (s->count == 0)
        return;
    stream_tick(s);
    uint32_t step = s->one_by_one ? 1 : s->count;
    for (uint32_t i = 0; i < s->count; i += step)
        bw_metrics_add(s->metrics, s->lab.venue, &command.header, s->events + i, step);
    s->count = 0;
}

/* The next batch: a market's new mark at a time in tenths of a second after the beginning. */
static inline void stream_batch(stream *s, int64_t tenths, uint16_t market, int64_t price)
{
    stream_flush(s);
    s->seq++;
    s->time_ns = 100 * (int64_t)STREAM_SECOND + tenths * (STREAM_SECOND / 10);
    bw_event *event = stream_event(s, BW_EVENT_MARKED, market, 0);
    event->marked.price = price;
    event->marked.item = market;
}

/* A liquidated account's side of a trade. */
static inline bw_event *stream_closing(stream *s, uint64_t account, bw_via via, int64_t lots, int64_t value, int64_t pnl)
{
    bw_event *event = stream_event(s, BW_EVENT_LEG, 0, account);
    event->leg.closing = 1;
    event->leg.via = via;
    event->leg.lots = lots;
    event->leg.value = value;
    event->leg.balance_after = pnl;
    return event;
}

/* The side of the one who takes. */
static inline bw_event *stream_taking(stream *s, uint64_t account, uint64_t other, bw_via via, int64_t lots,
                                      int64_t value, int64_t size_before, int64_t cost_before)
{
    bw_event *event = stream_event(s, BW_EVENT_LEG, 0, account);
    event->other = other;
    event->leg.via = via;
    event->leg.lots = lots;
    event->leg.value = value;
    event->leg.size_before = size_before;
    event->leg.size_after = size_before + lots;
    event->leg.cost_before = cost_before;
    event->leg.balance_after = 1;
    return event;
}

static inline void stream_charge(stream *s, uint64_t account, bw_layer layer, int64_t charge)
{
    bw_event *event = stream_event(s, BW_EVENT_CHARGED, 0, account);
    event->charged.layer = layer;
    event->charged.charge = charge;
}

static inline const bw_metrics_result *stream_finish(stream *s, const bw_metrics_facts *facts)
{
    stream_flush(s);
    return bw_metrics_finish(s->metrics, s->lab.venue, facts);
}

#endif
