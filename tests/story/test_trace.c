/* Every event type as its sentence, from events made by hand: no engine is needed. Compared word for word. */
#include "memory_story.h"
#include "story/trace.h"

#define VENUE                                                                                                         \
    "asset USDC decimals 6\nasset BTC decimals 8\npool main asset USDC\npool coin asset BTC\n"                        \
    "market BTC-PERP pool main tick 0.1 lot 0.001\nmarket INV pool coin inverse tick 0.5 lot 100\n"                   \
    "collateral BTC pool main tick 0.1\ndeposit alice 10 USDC\ndeposit bob 50 USDC\naccount vault\n"

enum { ALICE = 1, BOB, VAULT };
#define NONE .pool = BW_NONE16, .market = BW_NONE16, .asset = BW_NONE16
#define BTC_PERP .pool = 0, .market = 0, .asset = BW_NONE16
#define CAUSED .cause = 0
#define FIRST .cause = BW_NONE32

static memory_story m;

typedef struct {
    const char *line;
    bw_event event;
} example;

static const example EXAMPLES[] = {
    {"21:15:03 asset BTC", {.type = BW_EVENT_CONFIGURED, FIRST, NONE, .configured = {BW_COMMAND_ASSET, 1, 0, 0}}},
    {"21:15:03 pool main", {.type = BW_EVENT_CONFIGURED, FIRST, NONE, .configured = {BW_COMMAND_POOL, 0, 0, 0}}},
    {"21:15:03 market BTC-PERP", {.type = BW_EVENT_CONFIGURED, FIRST, NONE, .configured = {BW_COMMAND_MARKET, 0, 0, 0}}},
    {"21:15:03 brackets INV", {.type = BW_EVENT_CONFIGURED, FIRST, NONE, .configured = {BW_COMMAND_BRACKETS, 1, 0, 0}}},
    {"21:15:03 collateral BTC in main",
     {.type = BW_EVENT_CONFIGURED, FIRST, NONE, .configured = {BW_COMMAND_COLLATERAL, 0, 0, 0}}},
    {"21:15:03 desk vault",
     {.type = BW_EVENT_CONFIGURED, FIRST, NONE, .account = VAULT, .configured = {BW_COMMAND_DESK, 0, 0, 0}}},
    {"21:15:03 status BTC-PERP halted",
     {.type = BW_EVENT_CONFIGURED, FIRST, NONE, .configured = {BW_COMMAND_STATUS, 0, 0, BW_MARKET_HALTED}}},
    {"21:15:03 account alice in main, isolated to BTC-PERP, closed, market-maker",
     {.type = BW_EVENT_ACCOUNT, FIRST, BTC_PERP, .account = ALICE, .account_ = {5, 0, 1, 0, 0}}},
    {"21:15:03 account bob in main",
     {.type = BW_EVENT_ACCOUNT, FIRST, BTC_PERP, .account = BOB, .account_ = {0, -1, 1, 0, 0}}},
    {"21:15:03 alice deposits 10.00 USDC: balance 10.00, equity -0.50 (R2)",
     {.type = BW_EVENT_POSTED, FIRST, .pool = 0, .asset = 0, .market = BW_NONE16, .account = ALICE,
      .posted = {10000000, 10000000, -500000, BW_COMMAND_DEPOSIT, 0}}},
    {"21:15:03 alice hands over 1.50 USDC: balance 8.50, equity 8.50 (R2)",
     {.type = BW_EVENT_POSTED, FIRST, .pool = 0, .asset = 0, .market = BW_NONE16, .account = ALICE,
      .posted = {-1500000, 8500000, 8500000, BW_COMMAND_TRANSFER, 0}}},
    {"21:15:03 fund main to-market 2.00 USDC, bucket of BTC-PERP: fund 10.00 (R14)",
     {.type = BW_EVENT_POSTED, FIRST, .pool = 0, .asset = 0, .market = 0,
      .posted = {2000000, 10000000, 0, BW_COMMAND_FUND, BW_FUND_TO_MARKET}}},
    {"21:15:03 trade BTC-PERP: alice buys 1.5 from bob at 100.0, fees 0.10 and -0.05; sizes now 1.5 and -1.5 (R4)",
     {.type = BW_EVENT_TRADED, FIRST, BTC_PERP, .account = ALICE, .other = BOB,
      .traded = {1500, 1000, 150000000, 100000, -50000, 0, 0, 1500, -1500}}},
    {"21:15:03 trade 2 of the batch, alice with bob, is refused: initial_margin (R4a)",
     {.type = BW_EVENT_REFUSED, FIRST, BTC_PERP, .account = ALICE, .other = BOB, .refused = {1, BW_INITIAL_MARGIN}}},
    {"  offer 2 of bob to alice is not taken: insufficient (R11)",
     {.type = BW_EVENT_REFUSED, FIRST, BTC_PERP, .account = BOB, .other = ALICE,
      .refused = {1, BW_INSUFFICIENT, BW_COMMAND_LIQUIDATE}}},
    {"    alice pays a penalty on 60.00: fund 0.30, desk vault 0.60, balance -0.90 (R11)",
     {.type = BW_EVENT_PENALTY, CAUSED, BTC_PERP, .account = ALICE, .other = VAULT,
      .penalty = {60000000, 300000, 600000, -900000, 600000}}},
    {"    alice pays a penalty on 60.00: fund 0.90, balance -0.90 (R11)",
     {.type = BW_EVENT_PENALTY, CAUSED, BTC_PERP, .account = ALICE, .penalty = {60000000, 900000, 0, -900000, 0}}},
    {"21:15:03 order margin of alice is 5.00 (R4a)",
     {.type = BW_EVENT_RESERVED, FIRST, NONE, .account = ALICE, .reserved = {5000000}}},
    {"21:15:03 mark BTC-PERP 79.9 (was 100.0)",
     {.type = BW_EVENT_MARKED, FIRST, BTC_PERP, .marked = {799, 1000, BW_MARK_MARKET, 0}}},
    {"21:15:03 index BTC-PERP 100.0",
     {.type = BW_EVENT_MARKED, FIRST, BTC_PERP, .marked = {1000, 0, BW_MARK_INDEX, 0}}},
    {"21:15:03 collateral BTC 60000.0 (was 61000.5)",
     {.type = BW_EVENT_MARKED, FIRST, NONE, .marked = {600000, 610005, BW_MARK_COLLATERAL, 0}}},
    {"21:15:03 funding BTC-PERP -0.0001: shorts pay 0.00001 per lot (R4)",
     {.type = BW_EVENT_FUNDED, FIRST, BTC_PERP, .funded = {-100000, -10, 0, 0, 0}}},
    {"  alice is bankrupt: equity -20.15, maintenance 3.00 (R11)",
     {.type = BW_EVENT_UNHEALTHY, CAUSED, NONE, .account = ALICE, .unhealthy = {-20150000, 3000000, 0, 1, 0, 0}}},
    {"  alice is unhealthy: equity 2.00, maintenance 3.00 (R11)",
     {.type = BW_EVENT_UNHEALTHY, CAUSED, NONE, .account = ALICE, .unhealthy = {2000000, 3000000, 0, 0, 0, 0}}},
    {"    desk vault takes 0.50 BTC of alice for 27000.00, balance 1.00 (R5a)",
     {.type = BW_EVENT_CONVERTED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = 1, .account = ALICE, .other = VAULT,
      .converted = {50000000, 27000000000, 1000000}}},
    {"    alice must sell 0.5 BTC-PERP in the book: limit 98.2, zero value 49.10, gap at most 1.00, until 21:15:33 (R11)",
     {.type = BW_EVENT_ORDER_OPENED, CAUSED, BTC_PERP, .account = ALICE, .other = 9,
      .order_opened = {500, 982, 1000000, INT64_C(1760130933) * 1000000000, 49100000, 990, 1500}}},
    {"    alice must buy 0.5 BTC-PERP in the book: limit 98.2, zero value 49.10, gap at most 0.00, until the next marks (R11)",
     {.type = BW_EVENT_ORDER_OPENED, CAUSED, BTC_PERP, .account = ALICE, .other = 9,
      .order_opened = {-500, 982, 0, 0, 49100000, 990, -1500}}},
    {"    order of alice ends: deleveraged, filled 0.2, left 0.3 BTC-PERP (R11)",
     {.type = BW_EVENT_ORDER_ENDED, CAUSED, BTC_PERP, .account = ALICE, .other = 9, .order_ended = {200, 300, 5}}},
    {"    alice closes 1.5 BTC-PERP against bob at mark for 119.85, zero value 140.00 (R8)",
     {.type = BW_EVENT_LEG, CAUSED, BTC_PERP, .account = ALICE, .other = BOB,
      .leg = {.lots = -1500, .value = -119850000, .score = 140000000, .via = BW_VIA_PROFIT, .closing = 1}}},
    {"    alice closes 1.5 BTC-PERP in the book with bob for 119.85, zero value 140.00 (R8, R11)",
     {.type = BW_EVENT_LEG, CAUSED, BTC_PERP, .account = ALICE, .other = BOB,
      .leg = {.lots = -1500, .value = -119850000, .score = 140000000, .via = BW_VIA_BOOK, .closing = 1}}},
    {"    bob is deleveraged: 1.5 BTC-PERP closed against alice at mark, score 123 (R13)",
     {.type = BW_EVENT_LEG, CAUSED, BTC_PERP, .account = BOB, .other = ALICE,
      .leg = {.lots = 1500, .value = 119850000, .score = 123, .via = BW_VIA_PROFIT}}},
    {"    bob is deleveraged, though not in profit: 1.5 BTC-PERP closed against alice at mark, score 123 (R13)",
     {.type = BW_EVENT_LEG, CAUSED, BTC_PERP, .account = BOB, .other = ALICE,
      .leg = {.lots = 1500, .value = 119850000, .score = 123, .via = BW_VIA_OTHER}}},
    {"    desk vault is deleveraged: 1.5 BTC-PERP closed against alice at mark, score 123 (R13)",
     {.type = BW_EVENT_LEG, CAUSED, BTC_PERP, .account = VAULT, .other = ALICE,
      .leg = {.lots = 1500, .value = 119850000, .score = 123, .via = BW_VIA_DESK}}},
    {"    desk vault takes 1.5 BTC-PERP of alice for 119.85 (R12)",
     {.type = BW_EVENT_LEG, CAUSED, BTC_PERP, .account = VAULT, .other = ALICE,
      .leg = {.lots = 1500, .value = 119850000, .via = BW_VIA_BACKSTOP}}},
    {"    bob, closed as well, takes 1.5 BTC-PERP of alice for 119.85 (R13)",
     {.type = BW_EVENT_LEG, CAUSED, BTC_PERP, .account = BOB, .other = ALICE,
      .leg = {.lots = 1500, .value = 119850000, .via = BW_VIA_NETTED}}},
    {"    surplus 0.50 of alice: repays 0.10, fee 0.25, keeps 0.15 (R9)",
     {.type = BW_EVENT_SURPLUS, CAUSED, BTC_PERP, .account = ALICE, .surplus = {500000, 100000, 250000, 0}}},
    {"  alice ends with nothing: gap 20.15 (R9)",
     {.type = BW_EVENT_BANKRUPT, CAUSED, NONE, .account = ALICE, .bankrupt = {20150000, -20150000, 0}}},
    {"    20.15 of it falls to BTC-PERP longs, where the account lost 30.15 (R9)",
     {.type = BW_EVENT_ATTRIBUTED, CAUSED, BTC_PERP, .account = ALICE, .attributed = {20150000, -30150000, 0}}},
    {"    20.15 of it falls to pool main (R9)",
     {.type = BW_EVENT_ATTRIBUTED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16, .account = ALICE,
      .attributed = {20150000, 0, 0}}},
    {"  gap 20.15 of BTC-PERP longs: fund 10.00, deleveraged 10.15 (R10)",
     {.type = BW_EVENT_LOSS, CAUSED, BTC_PERP, .loss = {20150000, 1500, 799, {10000000, 0, 0, 0, 10150000, 0, 0}, 2}}},
    {"  gap 1.00 of BTC-PERP shorts: shared-fund 0.25, capital 0.75 (R10)",
     {.type = BW_EVENT_LOSS, CAUSED, BTC_PERP, .loss = {1000000, 1500, 799, {0, 250000, 750000, 0, 0, 0, 0}, 1}}},
    {"  gap 0.00000001 of pool coin: carryover 0.00000001 (R10)",
     {.type = BW_EVENT_LOSS, CAUSED, .pool = 1, .market = BW_NONE16, .asset = BW_NONE16,
      .loss = {1, 0, 0, {0, 0, 0, 0, 0, 0, 1}, 0}}},
    {"    bob pays for being deleveraged 10.15: weight 1500, cap 30.15, profit 30.15, equity 80.15, claim 10.15 (R13)",
     {.type = BW_EVENT_CHARGED, CAUSED, BTC_PERP, .account = BOB,
      .charged = {10150000, 1500, 30150000, BW_LAYER_DELEVERAGED, 0, 0, 0, 0, 80150000, 10150000, 30150000}}},
    {"    bob meets the haircut index: 4.00 charged for 1.5 BTC-PERP since the last touch, equity 80.15, claim 4.00 (R15)",
     {.type = BW_EVENT_CHARGED, CAUSED, BTC_PERP, .account = BOB,
      .charged = {4000000, 1500, 0, BW_LAYER_HAIRCUT, 0, 0, 0, 0, 80150000, 4000000, 0}}},
    {"    bob meets the haircut index: 4.00 charged for 10.00 of balance since the last touch, equity 80.15, claim 4.00 (R15)",
     {.type = BW_EVENT_CHARGED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16, .account = BOB,
      .charged = {4000000, 10000000, 0, BW_LAYER_HAIRCUT, 0, 0, 0, 0, 80150000, 4000000, 0}}},
    {"    bob is cut by 4.00: weight 30150000, cap 30.15, profit 31.00, equity 80.15, claim 4.00 (R15)",
     {.type = BW_EVENT_CHARGED, CAUSED, BTC_PERP, .account = BOB,
      .charged = {4000000, 30150000, 30150000, BW_LAYER_HAIRCUT, 0, 0, 0, 0, 80150000, 4000000, 31000000}}},
    {"    the fund pays 10.00 for BTC-PERP longs, left 0.00 (R14)",
     {.type = BW_EVENT_PAID, CAUSED, BTC_PERP, .paid = {10000000, BW_LAYER_FUND, 0, 0}}},
    {"    the shared fund pays 10.00 for BTC-PERP longs, left 1.00 (R14)",
     {.type = BW_EVENT_PAID, CAUSED, BTC_PERP, .paid = {10000000, BW_LAYER_SHARED_FUND, 1000000, 0}}},
    {"    the venue's capital pays 10.00 for BTC-PERP longs, left 1.00 (R14)",
     {.type = BW_EVENT_PAID, CAUSED, BTC_PERP, .paid = {10000000, BW_LAYER_CAPITAL, 1000000, 0}}},
    {"    desk vault pays 10.00 for BTC-PERP longs, left 1.00 (R12)",
     {.type = BW_EVENT_PAID, CAUSED, BTC_PERP, .account = VAULT, .paid = {10000000, BW_LAYER_BACKSTOP, 1000000, 0}}},
    {"    carryover takes 10.00 for BTC-PERP shorts, open now 11.00 (R17)",
     {.type = BW_EVENT_PAID, CAUSED, BTC_PERP, .paid = {10000000, BW_LAYER_CARRYOVER, 11000000, 1}}},
    {"  fund main takes in 0.25 for BTC-PERP: fund 10.25 (R14)",
     {.type = BW_EVENT_CREDITED, CAUSED, BTC_PERP, .credited = {250000, 10250000, 0, 0}}},
    {"  fund main takes in 0.25, of it to carryover 0.10: fund 10.15 (R14, R17)",
     {.type = BW_EVENT_CREDITED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16,
      .credited = {250000, 10150000, 100000, 0}}},
    {"    bob is repaid 1.00, claim left 2.00 (R17)",
     {.type = BW_EVENT_REPAID, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16, .account = BOB,
      .repaid = {1000000, 2000000, 0}}},
    {"  alice is healthy again: equity 5.00, maintenance 3.00 (R11)",
     {.type = BW_EVENT_RECOVERED, CAUSED, NONE, .account = ALICE, .recovered = {5000000, 3000000}}},
    {"  alice settles a loss of 30.15 in BTC-PERP: balance -20.15 (R19)",
     {.type = BW_EVENT_SETTLED, CAUSED, BTC_PERP, .account = ALICE, .settled = {-30150000, 1500, -20150000}}},
    {"  round 1: 2 unhealthy, 1 bankrupt, 3 deleveraged, 4 charged, gap 20.15 (R21)",
     {.type = BW_EVENT_ROUND, CAUSED, NONE,
      .round = {.round = 1, .unhealthy = 2, .bankrupt = 1, .gap = 20150000, .deleveraged = 3, .charged = 4}}},
    {"    fund main: drawdown trigger set, empty trigger clear; fund 7.00, peak 10.00 (R14)",
     {.type = BW_EVENT_TRIGGERED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16,
      .triggered = {1, 0, 7000000, 10000000}}},
    {"    the haircut index of BTC-PERP shorts rises by 24 / 2^20 a lot for 1.5: 5.00 is due (R15)",
     {.type = BW_EVENT_INDEXED, CAUSED, BTC_PERP, .indexed = {24, 1500, 5000000, 7, 1, 20}}},
    {"    the haircut index of pool main rises by 24 / 2^60 a unit for 10.00: 5.00 is due (R15)",
     {.type = BW_EVENT_INDEXED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16,
      .indexed = {24, 10000000, 5000000, 7, 0, 60}}},
    {"    the haircut indexes of BTC-PERP end: 0.000002 that no lot was charged is carried over (R15, R17)",
     {.type = BW_EVENT_INDEXED, CAUSED, BTC_PERP, .indexed = {0, 0, -2, 0, 0, 20}}},
    {"    bob buys 400 of 1000 shares of fund main for 4.00 (R14)",
     {.type = BW_EVENT_STAKED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16, .account = BOB,
      .staked = {400, 4000000, 1000, 0}}},
    {"    bob asks for the value of 400 of 1000 shares of fund main (R14)",
     {.type = BW_EVENT_STAKED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16, .account = BOB,
      .staked = {400, 0, 1000, 0}}},
    {"    bob gives 400 of 1000 shares of fund main for 3.00 (R14)",
     {.type = BW_EVENT_STAKED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16, .account = BOB,
      .staked = {-400, -3000000, 600, 0}}},
    {"    bob is paid 3.00 and loses 1.00, claim 1.00 (R18)",
     {.type = BW_EVENT_RATED, CAUSED, .pool = 0, .market = BW_NONE16, .asset = BW_NONE16, .account = BOB,
      .rated = {3000000, 1000000, 1000000}}},
    {"    0.000002 is charged too much for haircut, held 0.000003 (R16)",
     {.type = BW_EVENT_ROUNDED, CAUSED, BTC_PERP, .rounded = {2, 3, BW_LAYER_HAIRCUT, BW_ROUNDING_CEIL_CARRY, 0}}},
    {"    0.000003 charged too much before pays for deleveraged, held 0.00 (R16)",
     {.type = BW_EVENT_ROUNDED, CAUSED, BTC_PERP, .rounded = {-3, 0, BW_LAYER_DELEVERAGED, BW_ROUNDING_FLOOR_FUND, 1}}},
    {"    0.000001 is charged too much for haircut: the fund's (R16)",
     {.type = BW_EVENT_ROUNDED, CAUSED, BTC_PERP, .rounded = {1, 0, BW_LAYER_HAIRCUT, BW_ROUNDING_FLOOR_FUND, 0}}},
    {"  #77 ends with nothing: gap 20.15 (R9)",
     {.type = BW_EVENT_BANKRUPT, CAUSED, NONE, .account = 77, .bankrupt = {20150000, -20150000, 0}}},
};

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(memory_story_parse(&m, VENUE), BW_STORY_DONE);
    return 0;
}

static void every_example_reads_like_this(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        bw_story_text line;
        bw_story_trace_event(&line, bw_story_names(m.story), INT64_C(1760130903) * 1000000000, &EXAMPLES[i].event);
        assert_string_equal(line.bytes, EXAMPLES[i].line);
    }
}

static void every_event_type_has_an_example(void **state)
{
    (void)state;
#define X(name, number, word)                                                          \
    {                                                                                  \
        bool there = false;                                                            \
        for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++)                \
            there |= EXAMPLES[i].event.type == number;                                 \
        if (!there)                                                                    \
            fail_msg("no example of the event '%s'", word);                            \
    }
    BW_EVENT_LIST(X)
#undef X
}

static void an_empty_round_is_not_told(void **state)
{
    (void)state;
    bw_event event = {.type = BW_EVENT_ROUND, .round = {.round = 3}};
    assert_true(bw_story_trace_skips(&event));
    event.round.charged = 1;
    assert_false(bw_story_trace_skips(&event));
}

/* No sentence ends the program, whatever the numbers are. */
static void any_bytes_make_a_line(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int i = 0; i < 200000; i++) {
        bw_event event;
        for (size_t at = 0; at < sizeof event; at += 8) {
            uint64_t word = check_random_bits(&random, 61) * (check_random_below(&random, 2) ? 1 : UINT64_MAX);
            memcpy((char *)&event + at, &word, 8);
        }
        event.type = (uint16_t)check_random_below(&random, 30);
        bw_story_text line;
        bw_story_trace_event(&line, bw_story_names(m.story), (int64_t)check_random(&random), &event);
        assert_true(line.length == strlen(line.bytes));
    }
}

static void commands_and_refusals(void **state)
{
    (void)state;
    bw_story_text line;
    const bw_story_book *book = bw_story_names(m.story);
    bw_command_fund fund = {.header = {.type = BW_COMMAND_FUND}, .amount = 10000000, .market = BW_NONE16};
    bw_story_trace_command(&line, book, &fund.header);
    assert_string_equal(line.bytes, "00:00:00 fund main deposit 10.00");
    bw_command_expire expire = {.header = {.type = BW_COMMAND_EXPIRE}, .price = 1010};
    bw_story_trace_command(&line, book, &expire.header);
    assert_string_equal(line.bytes, "00:00:00 expire BTC-PERP at 101.0 (R19)");
    bw_story_note_order(bw_story_names(m.story), ALICE, 0, 99);
    bw_command_end_order end = {.header = {.type = BW_COMMAND_END_ORDER, .account = ALICE}, .order = 99};
    bw_story_trace_command(&line, book, &end.header);
    assert_string_equal(line.bytes, "00:00:00 end order of alice: BTC-PERP");
    bw_command_fill fill = {.header = {.type = BW_COMMAND_FILL, .account = BOB}, .order = 99, .lots = 500, .price = 982};
    bw_story_trace_command(&line, book, &fill.header);
    assert_string_equal(line.bytes, "00:00:00 fill of alice: 0.5 BTC-PERP at 98.2 to bob");
    fill.order = 98;
    bw_story_trace_command(&line, book, &fill.header);
    assert_string_equal(line.bytes, "00:00:00 fill");
    bw_story_trace_refusal(&line, book, &end.header, BW_UNKNOWN_ORDER);
    assert_memory_equal(line.bytes, "00:00:00 end order of alice is refused: unknown_order, ", 55);
}

static int tear_down(void **state)
{
    (void)state;
    memory_story_free(&m);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_reads_like_this), cmocka_unit_test(every_event_type_has_an_example),
        cmocka_unit_test(an_empty_round_is_not_told),
        cmocka_unit_test(any_bytes_make_a_line), cmocka_unit_test(commands_and_refusals),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
