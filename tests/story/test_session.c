/* A story and a real venue: refusals, batches, roll, counts, --check; and stories that nobody meant. */
#include "memory_story.h"

#include "engine/prices.h"
#include "engine/state.h"

#define VENUE                                                                                                         \
    "asset USDC decimals 6\n"                                                                                         \
    "pool main asset USDC money fund | deleveraged price zero | carryover\n"                                          \
    "market BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025\n"                                            \
    "deposit alice 10 USDC\ndeposit bob 50 USDC\nmark BTC-PERP 100.0\n"

static memory_story m;

static bw_story_result runs(const char *text)
{
    memory_file file = {"t", text, 0};
    return memory_story_run(&m, &file, 1, NULL, (bw_story_options){.check = true});
}

static void holds(const char *text)
{
    if (runs(text) != BW_STORY_DONE)
        fail_msg("%s", bw_story_message(m.story));
}

/* VENUE and then `line`, which is line 7. */
static void fails(const char *line, const char *message)
{
    char text[4096];
    snprintf(text, sizeof text, "%s%s\n", VENUE, line);
    assert_int_equal(runs(text), BW_STORY_FAILED);
    assert_string_equal(bw_story_message(m.story), message);
}

static void refusals_are_compared(void **state)
{
    (void)state;
    holds(VENUE "withdraw alice 11 USDC refused insufficient\n"
                "at 2020-01-01T00:00:00Z mark BTC-PERP 1.0 refused time_reversed\n"
                "mark BTC-PERP 101.0\nid 5 deposit bob 1 USDC\nid 5 deposit bob 1 USDC refused duplicate\n"
                "expect balance bob 51\n"
                "market ETH-PERP pool main tick 0.1 lot 0.001 brackets 0:0.01:0.02 refused bad_brackets\n"
                "market ETH-PERP brackets 0:0.02:0.01\n");
    assert_int_equal(bw_story_count(m.story)->refused, 4);
    assert_int_equal(bw_story_count(m.story)->expectations, 1);
    fails("withdraw alice 11 USDC", "t:7: found the refusal 'insufficient' (more than the account, fund or vault can "
                                    "give), expected it to be accepted");
    fails("withdraw alice 11 USDC refused initial_margin",
          "t:7: found the refusal 'insufficient' (more than the account, fund or vault can give), expected the refusal "
          "'initial_margin'");
    fails("withdraw alice 1 USDC refused insufficient", "t:7: found it accepted, expected the refusal 'insufficient'");
}

static void a_refused_definition_defines_nothing(void **state)
{
    (void)state;
    holds("asset USDC decimals 10 refused bad_setting\nasset USDC decimals 6\npool main asset USDC\n"
          "pool main buffer 4000 refused bad_setting\n");
    assert_int_equal(bw_story_names(m.story)->asset_count, 1);
    assert_int_equal(bw_story_names(m.story)->pools[0].command.buffer_ppm, 0);
}

/* What contradicts what, in the message's words; none of these lines changes the pool. */
static void settings_at_odds_are_named(void **state)
{
    (void)state;
    static const char *const ODDS[][2] = {
        {"all-or-nothing on may-go-negative on", "all-or-nothing and may-go-negative exclude each other"},
        {"may-go-negative on fund-floor 1", "may-go-negative pays whatever is asked: it excludes floor, caps and drawdown"},
        {"may-go-negative on withdrawals rate",
         "withdrawals rate shares what is carried over: a fund that may go negative carries nothing over"},
        {"all-or-nothing on money fund | shared-fund | carryover",
         "all-or-nothing needs the fund as one layer: shared-fund cannot stand by itself"},
        {"quantity adl score pnl start mix", "start mix needs score visit-order"},
        {"quantity adl allocate risk-weighted", "adl cannot allocate lots risk-weighted"},
        {"quantity adl | book", "quantity must be book, backstop, adl, in this order, the last always"},
        {"sync-adl when-bankrupt", "sync-adl needs book sync"},
        {"quantity book sync | adl order-gap 0.01", "order-gap reserves for orders: with book sync the fund's caps decide"},
        {"penalty-first on", "penalty-first needs a penalty"},
        {"penalty 1", "liquidation-fee, penalty and penalty-desk must be below 1"},
        {"profit aging", "profit aging needs a profit-age"},
        {"drawdown-set 0.3", "drawdown-set needs a drawdown-clear above 0 and not above it"},
        {"buffer 1.1", "a rate is above 1"},
        {"fund-reserved -1", "an amount or duration is negative or too large"},
        {"money fund", "money must end with carryover"},
        {"money capital | capital | carryover", "each layer but haircut stands once"},
        {"money fund fee 1 | carryover", "fee of the fund must be below 1"},
        {"money haircut base balance | carryover", "this base is the pool's: scope must be pool"},
        {"money haircut base size scope pool | carryover", "base size is a market's: scope must be market"},
        {"money haircut scope pool side both | carryover", "side both is of a market: scope must be market"},
        {"money haircut fraction 0 | carryover", "fraction must be above 0 and at most 1"},
        {"money haircut apply index | carryover", "apply index needs base size or balance"},
        {"money haircut step ceil | carryover", "step needs apply index"},
        {"money haircut base size apply index fraction 0.5 | carryover",
         "apply index has no cap: fraction must be 1 and cap profit"},
        {"money haircut base size apply index allocate queue | carryover",
         "apply index shares by size: allocate must be capped-pro-rata, rounding largest-remainder"},
        {"money haircut base balance scope pool apply index | carryover profit aging profit-age 1h",
         "profit aging and apply index of base balance exclude each other: what is owed has no age"},
        {"money deleveraged allocate queue rounding ratio16 | carryover",
         "rounding ratio16 needs allocate pro-rata or capped-pro-rata"},
        {"money haircut allocate min-max rounding ratio16 | carryover",
         "rounding ratio16 needs allocate pro-rata or capped-pro-rata"},
        {"money haircut allocate queue rounding ceil-carry | carryover",
         "allocate queue has no shares to round: rounding must be largest-remainder"},
        {"clawback base balance scope pool allocate queue rounding floor-last",
         "allocate queue has no shares to round: rounding must be largest-remainder"},
        {"money deleveraged price mark rounding floor-fund | carryover",
         "price mark and zero-both share nothing: rounding must be largest-remainder"},
        {"money haircut base locked-profit scope pool | carryover",
         "base locked-profit needs profit settlement or aging: under immediate nothing is locked"},
        {"clawback base size apply index", "clawback must be a haircut, applied eager"},
        {"clawback base size scope market", "clawback is the pool's: scope must be pool"},
        {"asset BTC", "a pool keeps its asset"},
    };
    for (size_t i = 0; i < sizeof ODDS / sizeof *ODDS; i++) {
        char text[512], message[512];
        snprintf(text, sizeof text, VENUE "asset BTC decimals 8\npool main %s\n", ODDS[i][0]);
        snprintf(message, sizeof message, "t:8: found the refusal 'bad_setting' (%s), expected it to be accepted", ODDS[i][1]);
        if (runs(text) != BW_STORY_FAILED)
            fail_msg("accepted: pool main %s", ODDS[i][0]);
        assert_string_equal(bw_story_message(m.story), message);
    }
    assert_int_equal(runs("limits owners 0 aging 0 indexed 0 stakes 0\nasset USDC decimals 6\npool main asset USDC\n"
                          "pool main profit aging profit-age 1d refused bad_setting\npool main profit aging profit-age 1d\n"),
                     BW_STORY_FAILED);
    assert_string_equal(bw_story_message(m.story), "t:5: found the refusal 'bad_setting' (profit aging needs limits aging "
                                                   "1), expected it to be accepted");
}

static void batches_refuse_entry_by_entry(void **state)
{
    (void)state;
    holds(VENUE "trade BTC-PERP buy alice sell bob 1 @ 100.0 | BTC-PERP buy alice sell alice 1 @ 100.0 refused "
                "self_trade | BTC-PERP buy bob sell alice 0.5 @ 100.0\nexpect size alice BTC-PERP 0.5\n");
    fails("trade BTC-PERP buy alice sell bob 1 @ 100.0 | BTC-PERP buy alice sell alice 1 @ 100.0",
          "t:7: found the refusal 'self_trade' (both sides are one account, or one owner at the fund's expense), expected it to be accepted");
    fails("trade BTC-PERP buy alice sell bob 1 @ 100.0 refused self_trade | BTC-PERP buy bob sell alice 1 @ 100.0",
          "t:7: found it accepted, expected the refusal 'self_trade'");
}

static void expectations_say_both_values(void **state)
{
    (void)state;
    fails("expect balance alice 10.01", "t:7: found 10.00, expected balance alice 10.01");
    fails("expect equity bob < 50", "t:7: found 50.00, expected equity bob < 50.00");
    fails("expect state alice working", "t:7: found healthy, expected state alice working");
    fails("expect mark BTC-PERP 99.9", "t:7: found 100.0, expected mark BTC-PERP 99.9");
    fails("expect size bob BTC-PERP -1.5", "t:7: found 0, expected size bob BTC-PERP -1.5");
    fails("expect accounts 3", "t:7: found 2, expected accounts 3");
    fails("expect shared-fund paid 1", "t:7: found 0.00, expected shared-fund paid 1.00");
    fails("expect status BTC-PERP != active", "t:7: found active, expected status BTC-PERP != active");
}

/* Sums start anew with every mark and go on until the next. */
static void sums_are_since_the_mark(void **state)
{
    (void)state;
    holds(VENUE "trade BTC-PERP buy alice sell bob 1.5 @ 100.0\nfund main deposit 10\nmark BTC-PERP 79.9\n"
                "expect gap 20.15\nexpect gap BTC-PERP 20.15\nexpect gap main 20.15\nexpect deleveraged paid 10.15\n"
                "expect closed alice BTC-PERP 1.5\nexpect closed alice BTC-PERP via profit 1.5\n"
                "expect closed alice BTC-PERP via book 0\nexpect taken bob BTC-PERP 1.5\nexpect liquidated 1\n"
                "expect bankrupt 1\nexpect rounds 1\nexpect claim bob 10.15\n"
                "deposit bob 1 USDC\nexpect gap 20.15\nmark BTC-PERP 80.0\nexpect gap 0\nexpect liquidated 0\n"
                "expect deleveraged bob 0\n");
}

/* One account closed against two is one account liquidated. */
static void accounts_are_counted_once(void **state)
{
    (void)state;
    holds(VENUE "deposit carol 50 USDC\ntrade BTC-PERP buy alice sell bob 1 @ 100.0 | BTC-PERP buy alice sell carol 0.5 "
                "@ 100.0\nmark BTC-PERP 79.9\nexpect closed alice BTC-PERP 1.5\nexpect taken bob BTC-PERP 1\n"
                "expect taken carol BTC-PERP 0.5\nexpect liquidated 1\nexpect bankrupt 1\n");
}

static void roll_expires_and_trades_again(void **state)
{
    (void)state;
    holds(VENUE "market DEC pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025\n"
                "market MAR pool main tick 0.5 lot 0.001 brackets 0:0.05:0.025\ndeposit carol 50 USDC\n"
                "mark DEC 100.0 MAR 101.0\n"
                "trade DEC buy alice sell bob 1 @ 100.0 | DEC buy carol sell bob 0.5 @ 100.0\n"
                "roll DEC 100.5 into MAR @ 101.0\n"
                "expect size alice DEC 0\nexpect size alice MAR 1\nexpect size carol MAR 0.5\nexpect size bob MAR -1.5\n"
                "expect balance alice 10.5\nexpect status DEC resolved\n");
    holds(VENUE "market DEC pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025\n"
                "market MAR pool main tick 0.5 lot 0.001 brackets 0:0.05:0.025\ndeposit carol 50 USDC\n"
                "mark DEC 100.0 MAR 101.0\n"
                "trade DEC buy bob sell alice 1 @ 100.0 | DEC buy bob sell carol 0.5 @ 100.0\n"
                "roll DEC 100.5 into MAR @ 101.0\n"
                "expect size alice MAR -1\nexpect size carol MAR -0.5\nexpect size bob MAR 1.5\n");
}

static void the_trace_keeps_the_days(void **state)
{
    (void)state;
    holds("asset USDC decimals 6\nat 2025-10-10T23:59:59Z pool main asset USDC\npool main buffer 0.1\n");
    assert_string_equal(m.trace, "00:00:00 asset USDC\n2025-10-10\n23:59:59 pool main\n2025-10-11\n00:00:00 pool main\n");
}

static uint64_t seen_events, seen_calls, seen_commands;
static void observe(void *context, const bw_story_observation *seen)
{
    (void)context;
    seen_events += seen->event_count;
    seen_calls++;
    seen_commands += !seen->more;
    assert_true(seen->more == (seen->status == BW_MORE));
    assert_true(seen->command->type != BW_COMMAND_WORK);
}

static void observers_see_every_call(void **state)
{
    (void)state;
    memory_file file = {"t", VENUE "trade BTC-PERP buy alice sell bob 1.5 @ 100.0\nmark BTC-PERP 79.9\n", 0};
    bw_story_host host = {.context = &m, .memory = memory_story_memory, .open = memory_story_open,
                          .read = memory_story_read, .close = memory_story_close, .observe = observe};
    bw_story_options options = {.tune = true, .work_max = 1};
    memory_story_free(&m);
    m.files = &file;
    m.file_count = 1;
    m.story = bw_story_new(memory_story_memory(&m, bw_story_footprint()), &host, &options);
    assert_int_equal(bw_story_run(m.story, "t"), BW_STORY_DONE);
    assert_int_equal(seen_events, bw_story_count(m.story)->events);
    assert_int_equal(seen_commands, bw_story_count(m.story)->commands);
    assert_true(seen_calls > seen_commands);
}

/* A check that cannot fail is none: a venue with one unit too much, or a price that nobody judged, is noticed. */
static void check_notices(void **state)
{
    (void)state;
    bw_story_text text;
    holds(VENUE "trade BTC-PERP buy alice sell bob 1.5 @ 100.0\n");
    bw_venue *venue = bw_story_venue(m.story);
    assert_true(bw_story_check(venue, bw_story_names(m.story), m.story->scan, 64, &text));
    bw_warm_at(venue, 0)->balance += 1;
    assert_false(bw_story_check(venue, bw_story_names(m.story), m.story->scan, 64, &text));
    assert_string_equal(text.bytes, "conservation of USDC is off by 0.000001");
    bw_warm_at(venue, 0)->balance -= 1;
    assert_true(bw_story_check(venue, bw_story_names(m.story), m.story->scan, 64, &text));
    bw_mark_set(venue, 0, 799);
    assert_false(bw_story_check(venue, bw_story_names(m.story), m.story->scan, 64, &text));
    assert_string_equal(text.bytes, "alice is unhealthy and nothing is done about it");
    bw_mark_set(venue, 0, 1000);   /* as before, but scratch is not clean */
    assert_false(bw_story_check(venue, bw_story_names(m.story), m.story->scan, 64, &text));
    assert_memory_equal(text.bytes, "invariant I", 11);
}

/* --- stories that nobody meant: words of good ones, dropped, doubled, swapped and changed --- */

static const char *const LINES[] = {
    "fund main deposit 10", "deposit carol 100 USDC", "trade BTC-PERP buy alice sell bob 1.5 @ 100.0 fee 0.1 0.05",
    "trade ETH-PERP buy carol sell alice 3 @ 50.0 | BTC-PERP buy carol sell bob 0.5 @ 100.0", "mark BTC-PERP 79.9",
    "mark BTC-PERP 130.0 ETH-PERP 60.0", "mark ETH-PERP 10.0", "market ETH-PERP pool main tick 0.1 lot 0.01 brackets "
    "0:0.1:0.05", "pool main order-life 30s order-gap 0.01 buffer 0.1 liquidation-fee 0.01",
    "fill alice BTC-PERP 0.5 @ 92.0 taker carol", "pool main quantity book sync | adl order-gap 0 penalty 0.01",
    "liquidate alice BTC-PERP 0.5 @ 92.0 taker carol | 1 @ 91.0 taker bob", "liquidate alice BTC-PERP", "order alice end BTC-PERP",
    "order bob margin 5", "settle main", "expire ETH-PERP 55.0", "resolve BTC-PERP 70.0", "roll BTC-PERP 90.0 into ETH-PERP @ 50.0",
    "funding BTC-PERP 0.01", "market BTC-PERP funded", "withdraw carol 10 USDC", "account dan pool main owner alice",
    "transfer alice dan 1 USDC", "adjust bob -1 USDC reason 3", "expect gap 0", "show account alice", "show venue",
    "pool main money fund | capital | deleveraged price split | haircut base size side both | carryover",
    "pool main quantity backstop | adl score size allocate pro-rata", "desk carol share 0.5 market-max 1000",
    "status BTC-PERP reduce-only", "flags bob adl-exempt", "brackets BTC-PERP 0:0.2:0.1", "asset BTC decimals 8",
    "collateral BTC pool main tick 0.1 haircut 0.1", "mark collateral BTC 60000.0", "deposit alice 0.01 BTC",
    "convert carol 0.01 BTC proceeds 500", "at +1h mark BTC-PERP 95.0",
};

static void add_mutated(char *text, const char *line, uint64_t *random)
{
    char copy[512], *words[64];
    uint32_t count = 0;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word != NULL && count < 64; word = strtok(NULL, " "))
        words[count++] = word;
    uint64_t what = check_random_below(random, 12);
    uint32_t at = (uint32_t)check_random_below(random, count);
    static const char *const WILD[] = {"0", "-1", "9007199254740992", "0.000001", "|", "bob", "BTC-PERP", "4611686018427",
                                       "alice", "refused", "1000000", "@"};
    for (uint32_t i = 0; i < count; i++) {
        if (what == 0 && i == at)
            continue;
        strcat(text, what == 1 && i == at ? WILD[check_random_below(random, 12)] : words[i]);
        strcat(text, " ");
        if (what == 2 && i == at)
            strcat(strcat(text, words[i]), " ");
    }
    strcat(text, "\n");
}

static void any_story_ends_well(void **state)
{
    (void)state;
    uint64_t random = check_seed(), done = 0, failed = 0;
    char *text = malloc(1 << 16);
    for (int i = 0; i < 1500; i++) {
        strcpy(text, VENUE);
        uint64_t lines = check_random_below(&random, 40);
        while (lines-- > 0)
            add_mutated(text, LINES[check_random_below(&random, sizeof LINES / sizeof *LINES)], &random);
        bw_story_result result = runs(text);
        done += result == BW_STORY_DONE;
        failed += result == BW_STORY_FAILED;
        if (strstr(bw_story_message(m.story), "check failed") != NULL)
            fail_msg("%s\n%s", bw_story_message(m.story), text);
        assert_true(result == BW_STORY_DONE || bw_story_message(m.story)[0] != 0);
    }
    free(text);
    assert_true(done > 0 && failed > 0);
}

/* The same lines as they are, each allowed to be refused: what a story of strangers does to the venue. */
static void any_order_of_lines_is_sound(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    char *text = malloc(1 << 16);
    for (int i = 0; i < 400; i++) {
        holds(VENUE);
        size_t start = strlen(VENUE);
        strcpy(text, VENUE);
        for (int n = 0; n < 60; n++) {
            const char *line = LINES[check_random_below(&random, sizeof LINES / sizeof *LINES)];
            if (strncmp(line, "expect", 6) == 0)
                continue;
            sprintf(text + start, "%s\n", line);
            memory_file file = {"t", text + start, 0};
            m.files = &file;
            bw_story_result result = bw_story_run(m.story, "t");
            const char *message = bw_story_message(m.story);
            if (result == BW_STORY_FAILED && strstr(message, "found the refusal") == NULL)
                fail_msg("after '%s': %s", line, message);
        }
    }
    free(text);
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
        cmocka_unit_test(refusals_are_compared), cmocka_unit_test(a_refused_definition_defines_nothing),
        cmocka_unit_test(settings_at_odds_are_named), cmocka_unit_test(batches_refuse_entry_by_entry),
        cmocka_unit_test(expectations_say_both_values),
        cmocka_unit_test(sums_are_since_the_mark), cmocka_unit_test(accounts_are_counted_once),
        cmocka_unit_test(roll_expires_and_trades_again),
        cmocka_unit_test(the_trace_keeps_the_days), cmocka_unit_test(observers_see_every_call),
        cmocka_unit_test(check_notices), cmocka_unit_test(any_story_ends_well),
        cmocka_unit_test(any_order_of_lines_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
