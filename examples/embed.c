/* embed.c - a venue in a program of yours: two accounts, a trade, a crash, and who paid for it. */
#include <breakwater.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bw_venue *venue;
static bw_event *events;
static void step(const bw_command *command)
{
    const bw_command work = {.size = sizeof work, .type = BW_COMMAND_WORK, .version = 1};
    bw_status status = BW_MORE;
    for (uint32_t count; status == BW_MORE; command = &work) {
        status = bw_step(venue, command, events, &count);
        for (const bw_event *e = events; e < events + count; e++)
            if (e->type == BW_EVENT_LOSS)
                printf("gap %" PRId64 ": fund %" PRId64 ", haircut %" PRId64 "\n", e->loss.gap,
                       e->loss.paid[BW_LAYER_FUND], e->loss.paid[BW_LAYER_HAIRCUT]);
    }
    if (status != BW_OK)
        exit(fprintf(stderr, "refused: %s\n", bw_status_sentence(status)) > 0);
}
#define HEADER(T, name, id) {.size = sizeof(bw_command_##name), .type = BW_COMMAND_##T, .version = 1, .account = id}
#define SEND(T, name, id, ...) step(&(bw_command_##name){.header = HEADER(T, name, id), __VA_ARGS__}.header)

typedef struct { bw_command header; uint32_t count, reserved; bw_mark mark; } bw_command_mark;   /* marks, one entry */

int main(void)
{
    const bw_limits limits = {1, 1, 1, 0, 8, 16, 2, 0, 0, 0, .command_ids = 2, .trigger_bits = 12, .work_max = 4096};
    size_t bytes = bw_venue_footprint(&limits);
    venue = bw_venue_new(memset(aligned_alloc(64, bytes), 0, bytes), &limits);
    events = calloc(bw_events_max(&limits), sizeof *events);
    SEND(ASSET, asset, 0, .name = "USD", .decimals = 2);
    SEND(POOL, pool, 0, .name = "main", .quantity = {BW_QUANTITY_ADL}, .money_count = 3, .debt_max = -1,
         .money = {{BW_LAYER_FUND}, {BW_LAYER_HAIRCUT, .rule = BW_RULE_EQUAL, .fraction_ppm = 1000000},
                   {BW_LAYER_CARRYOVER}});
    SEND(MARKET, market, 0, .name = "P", .tick_value = 1, .price_max = 99999, .open_interest_max = 1000, .min_slice = 1);
    SEND(BRACKETS, brackets, 0, .count = 1, .brackets = {{0, 100000, 50000}});   /* 10% initial, 5% maintenance */
    SEND(FUND, fund, 0, .amount = 300, .market = BW_NONE16, .move = BW_FUND_DEPOSIT);
    for (uint64_t id = 1; id <= 2; id++) {
        SEND(ACCOUNT, account, id, .isolated = BW_NONE16);
        SEND(DEPOSIT, deposit, id, .amount = 1000);
    }
    SEND(MARKS, mark, 0, .count = 1, .mark = {.price = 10000});
    SEND(TRADE, trade, 0, .trade = {.buyer = 1, .seller = 2, .lots = 1, .price = 10000});
    SEND(MARKS, mark, 0, .count = 1, .mark = {.price = 8000});                  /* account 1 is 1000 short */
}
