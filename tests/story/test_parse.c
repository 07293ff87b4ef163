/* From text to commands: scaling, messages, includes, lines. */
#include "memory_story.h"

#define VENUE                                                                                                         \
    "asset USDC decimals 6\n"                                                                                         \
    "pool main asset USDC\n"                                                                                          \
    "market BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025 1000000:0.10:0.05\n"                          \
    "deposit alice 10 USDC\n"                                                                                         \
    "deposit bob 50 USDC\n"

static memory_story m;

static void parses(const char *text)
{
    if (memory_story_parse(&m, text) != BW_STORY_DONE)
        fail_msg("%s", bw_story_message(m.story));
}

/* VENUE and then `line`, which is line 6. */
static void says(const char *line, const char *message)
{
    char text[4096];
    snprintf(text, sizeof text, "%s%s\n", VENUE, line);
    assert_int_equal(memory_story_parse(&m, text), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), message);
}

/* The n-th command of the last line's plan. */
static const void *planned(uint32_t n)
{
    const uint8_t *at = m.story->plan.bytes;
    assert_true(n < m.story->plan.command_count);
    while (n-- > 0)
        at += ((const bw_command *)(const void *)at)->size;
    return at;
}

/* What the last one would silently win. */
static void a_setting_stands_once(void **state)
{
    (void)state;
    static const char *const LINES[][2] = {
        {"pool main buffer 0.1 buffer 0.2", "t:6: found 'buffer' again, expected it once"},
        {"pool main money fund | carryover money carryover", "t:6: found 'money' again, expected it once"},
        {"pool main money haircut base size base size | carryover", "t:6: found 'base' again, expected it once"},
        {"market ETH-PERP pool main tick 0.1 lot 0.1 tick 0.5", "t:6: found 'tick' again, expected it once"},
        {"account carol pool main closed closed", "t:6: found 'closed' again, expected it once"},
        {"account carol owner a owner b", "t:6: found 'owner' again, expected it once"},
        {"flags alice closed closed", "t:6: found 'closed' again, expected it once"},
        {"desk alice share 0.1 share 0.2", "t:6: found 'share' again, expected it once"},
        {"at +1s at +2s mark BTC-PERP 1.0", "t:6: found 'at' again, expected it once"},
        {"id 4 id 4 mark BTC-PERP 1.0", "t:6: found 'id' again, expected it once"},
        {"mark BTC-PERP 1.0 BTC-PERP 2.0", "t:6: found 'BTC-PERP' again, expected it once"},
        {"mark index BTC-PERP 1.0 index BTC-PERP 2.0", "t:6: found 'BTC-PERP' again, expected it once"},
    };
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
        says(LINES[i][0], LINES[i][1]);
    assert_int_equal(memory_story_parse(&m, "limits accounts 10 accounts 20\n"), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "t:1: found 'accounts' again, expected it once");
    parses(VENUE "mark BTC-PERP 1.0 index BTC-PERP 1.0\npool main money haircut base size | haircut base equity | carryover\n");
}

static void messages_say_which(void **state)
{
    (void)state;
    assert_int_equal(memory_story_parse(&m, "limits accounts 10 trigger-bits 99\n"), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story),
                        "t:1: found limits out of range: trigger-bits, expected those of breakwater.h");
    says("path prices.csv", "t:6: found 'path', expected a command of a plain story: it is a word of 'breakwater run'");
    says("liquidity all depth 1",
         "t:6: found 'liquidity', expected a command of a plain story: it is a word of 'breakwater run'");
}

static void prices_and_sizes_are_scaled(void **state)
{
    (void)state;
    parses(VENUE "trade BTC-PERP buy alice sell bob 1.5 @ 79.9 fee 0.1 -0.05\n");
    const bw_command_trade *trade = planned(0);
    assert_int_equal(trade->header.type, BW_COMMAND_TRADE);
    assert_int_equal(trade->header.size, sizeof *trade);
    assert_int_equal(trade->header.version, 1);
    assert_int_equal(trade->trade.lots, 1500);
    assert_int_equal(trade->trade.price, 799);
    assert_int_equal(trade->trade.buyer, 1);
    assert_int_equal(trade->trade.seller, 2);
    assert_int_equal(trade->trade.fee_buyer, 100000);
    assert_int_equal(trade->trade.fee_seller, -50000);
    const bw_story_market *market = &bw_story_names(m.story)->markets[0];
    assert_int_equal(market->command.tick_value, 100);
    assert_int_equal(market->command.price_max, 1 << 24);
    /* all 16 markets at their limits stay below 2^62 */
    __extension__ typedef unsigned __int128 wide;
    wide share = (wide)market->command.tick_value * (wide)market->command.price_max *
                 (wide)market->command.open_interest_max;
    assert_true(share * 16 < (wide)1 << 62);
    assert_true(share * 17 > (wide)1 << 62);
}

static void inverse_and_coarse_units(void **state)
{
    (void)state;
    parses("asset BTC decimals 8\npool coin asset BTC\n"
           "market INV pool coin inverse tick 0.5 lot 100 price-max 200000 open-interest-max 5000 band 0.1\n");
    const bw_command_market *market = planned(0);
    assert_int_equal(market->kind, BW_MARKET_INVERSE);
    assert_true(market->tick_value == INT64_C(20000000000));   /* 100 x 10^8 / 0.5 */
    assert_int_equal(market->price_max, 400000);
    assert_int_equal(market->open_interest_max, 50);
    assert_int_equal(market->band_ppm, 100000);
}

static void the_two_lists(void **state)
{
    (void)state;
    parses("asset USDC decimals 6\npool main asset USDC\n"
           "  quantity backstop | adl score size allocate min-max\n"
           "  money capital | deleveraged price split cap equity allocate queue | haircut base size side both fraction 0.5\n"
           "     | haircut base equity scope pool | carryover\n"
           "  slice 0.2 slice-over 100.5 order-life 500ms debt-max 7 profit settlement\n");
    const bw_command_pool *pool = planned(0);
    assert_int_equal(pool->quantity[0], BW_QUANTITY_BACKSTOP);
    assert_int_equal(pool->quantity[1], BW_QUANTITY_ADL);
    assert_int_equal(pool->quantity[2], BW_QUANTITY_END);
    assert_int_equal(pool->adl_score, BW_SCORE_SIZE);
    assert_int_equal(pool->adl_rule, BW_RULE_MIN_MAX);
    assert_int_equal(pool->money_count, 5);
    assert_int_equal(pool->money[1].kind, BW_LAYER_DELEVERAGED);
    assert_int_equal(pool->money[1].price, BW_ADL_PRICE_SPLIT);
    assert_int_equal(pool->money[1].cap_equity, 1);
    assert_int_equal(pool->money[1].rule, BW_RULE_QUEUE);
    assert_int_equal(pool->money[2].base, BW_BASE_SIZE);
    assert_int_equal(pool->money[2].side, BW_SIDE_BOTH);
    assert_int_equal(pool->money[2].fraction_ppm, 500000);
    assert_int_equal(pool->money[2].rule, BW_RULE_CAPPED_PRO_RATA);
    assert_int_equal(pool->money[3].scope, BW_SCOPE_POOL);
    assert_int_equal(pool->money[3].fraction_ppm, 1000000);
    assert_int_equal(pool->slice_ppm, 200000);
    assert_int_equal(pool->slice_over, 100500000);
    assert_int_equal(pool->order_life_ns, 500000000);
    assert_int_equal(pool->debt_max, 7000000);
    assert_int_equal(pool->profit_release, BW_PROFIT_SETTLEMENT);
    assert_int_equal(pool->carryover_share_ppm, 1000000);
}

static void a_later_line_changes_only_what_it_names(void **state)
{
    (void)state;
    parses(VENUE "pool main buffer 0.1\npool main order-gap 0.02\n");
    const bw_command_pool *pool = planned(0);
    assert_int_equal(pool->buffer_ppm, 100000);
    assert_int_equal(pool->order_gap_ppm, 20000);
    parses(VENUE "market BTC-PERP band 0.25\nmarket BTC-PERP min-mm 1 brackets 0:0.1:0.05\n");
    const bw_command_market *market = planned(0);
    assert_int_equal(market->market, 0);
    assert_int_equal(market->band_ppm, 250000);
    assert_int_equal(market->min_mm, 1000000);
    assert_int_equal(market->tick_value, 100);
    const bw_command_brackets *brackets = planned(1);
    assert_int_equal(brackets->header.type, BW_COMMAND_BRACKETS);
    assert_int_equal(brackets->count, 1);
    assert_int_equal(brackets->brackets[0].imr_ppm, 100000);
    parses(VENUE "market BTC-PERP brackets 0:0.1:0.05\n");
    assert_int_equal(m.story->plan.command_count, 1);
}

static void marks_go_together(void **state)
{
    (void)state;
    parses(VENUE "asset BTC decimals 8\ncollateral BTC pool main tick 0.01 haircut 0.1\n"
                 "mark BTC-PERP 100.0 index BTC-PERP 99.9 collateral BTC 60000.01\n");
    const bw_command_marks *marks = planned(0);
    assert_int_equal(marks->count, 3);
    assert_int_equal(marks->header.size, sizeof *marks + 3 * sizeof marks->marks[0]);
    assert_int_equal(marks->marks[1].kind, BW_MARK_INDEX);
    assert_int_equal(marks->marks[1].price, 999);
    assert_int_equal(marks->marks[2].kind, BW_MARK_COLLATERAL);
    assert_int_equal(marks->marks[2].price, 6000001);
    const bw_command_collateral *collateral = &bw_story_names(m.story)->collaterals[0].command;
    assert_int_equal(collateral->tick_num, 1);      /* 0.01 USDC per BTC: 10^4 / 10^8 smallest units */
    assert_int_equal(collateral->tick_den, 10000);
}

static void offers_go_together(void **state)
{
    (void)state;
    parses(VENUE "liquidate alice BTC-PERP 1.5 @ 79.9 taker bob | 0.5 @ 79.0 taker alice\n");
    const bw_command_liquidate *list = planned(0);
    assert_int_equal(list->header.type, BW_COMMAND_LIQUIDATE);
    assert_int_equal(list->header.account, 1);
    assert_int_equal(list->header.size, sizeof *list + 2 * sizeof list->offers[0]);
    assert_int_equal(list->count, 2);
    assert_int_equal(list->offers[0].lots, 1500);
    assert_int_equal(list->offers[0].price, 799);
    assert_int_equal(list->offers[0].taker, 2);
    assert_int_equal(list->offers[1].taker, 1);
    parses(VENUE "liquidate alice BTC-PERP\n");
    list = planned(0);
    assert_int_equal(list->count, 0);
    assert_int_equal(list->header.size, sizeof *list);
    says("liquidate alice BTC-PERP 1 @ 79.9", "t:6: found the end of the line, expected 'taker'");
    says("liquidate alice BTC-PERP 1 @ 79.9 taker bob |",
         "t:6: found the end of the line, expected a size, a multiple of the lot 0.001");
    char line[8192] = "liquidate alice BTC-PERP 1 @ 79.9 taker bob";
    for (int i = 0; i < BW_OFFERS_MAX; i++)
        strcat(line, " | 1 @ 79.9 taker bob");
    char text[9000];
    snprintf(text, sizeof text, VENUE "%s\n", line);
    assert_int_equal(memory_story_parse(&m, text), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "t:6: found '1', expected at most 256 offers");
}

static void funding_has_nine_decimals(void **state)
{
    (void)state;
    parses(VENUE "funding BTC-PERP -0.000000001\n");
    assert_int_equal(((const bw_command_funding *)planned(0))->rate_ppb, -1);
}

static void a_first_deposit_opens_the_account(void **state)
{
    (void)state;
    parses(VENUE "deposit carol 1 USDC\n");
    assert_int_equal(((const bw_command *)planned(0))->type, BW_COMMAND_ACCOUNT);
    assert_int_equal(((const bw_command *)planned(0))->account, 3);
    assert_int_equal(((const bw_command *)planned(1))->type, BW_COMMAND_DEPOSIT);
    assert_int_equal(((const bw_command *)planned(1))->account, 3);
    const bw_command_account *account = planned(0);
    parses(VENUE "account carol\naccount carol-2 owner carol\n");
    account = planned(0);
    uint64_t owner = account->owner;
    parses(VENUE "account carol\n");
    account = planned(0);
    assert_int_equal(account->owner, owner);
    assert_int_equal(account->isolated, BW_NONE16);
}

static void time_runs(void **state)
{
    (void)state;
    const int64_t start = INT64_C(1735689600) * 1000000000, second = 1000000000;
    parses("asset A decimals 2\nasset B decimals 2\n");
    assert_true(((const bw_command *)planned(0))->time_ns == start + second);
    parses("at 2025-10-10T21:15:03Z asset A decimals 2\nat +3s asset B decimals 2\nstep 500ms\nasset C decimals 2\n");
    assert_true(((const bw_command *)planned(0))->time_ns == INT64_C(1760130906500000000));
    parses("at 00:00:05\nid 77 asset A decimals 2\n");
    assert_true(((const bw_command *)planned(0))->time_ns == start + 5 * second);
    assert_int_equal(((const bw_command *)planned(0))->command_id, 77);
}

static void messages_name_place_and_way_out(void **state)
{
    (void)state;
    says("markt BTC-PERP 1", "t:6: found 'markt', expected a command; did you mean 'market'?");
    says("xyzzy", "t:6: found 'xyzzy', expected a command");
    says("mark BTC-PREP 100.0", "t:6: found 'BTC-PREP', expected a market; did you mean 'BTC-PERP'?");
    says("mark BTC-PERP 100.05", "t:6: found '100.05', expected a price, a multiple of the tick 0.1");
    says("mark BTC-PERP", "t:6: found the end of the line, expected a price, a multiple of the tick 0.1");
    says("mark BTC-PERP 99999999999999999999", "t:6: found '99999999999999999999', expected a number that fits 64 bits");
    says("deposit alice 0.0000001 USDC", "t:6: found '0.0000001', expected an amount of USDC with at most 6 decimals");
    says("deposit alice 1 USD", "t:6: found 'USD', expected an asset; did you mean 'USDC'?");
    says("withdraw alcie 1 USDC", "t:6: found 'alcie', expected an account; did you mean 'alice'?");
    says("trade BTC-PERP buy alice", "t:6: found the end of the line, expected 'sell'");
    says("trade BTC-PERP buy alice sell bob 1 @ 100.0 2", "t:6: found '2', expected the end of the line");
    says("trade BTC-PERP buy alice sell bob 0.0001 @ 1.0", "t:6: found '0.0001', expected a size, a multiple of the lot 0.001");
    says("pool main bufer 0.1", "t:6: found 'bufer', expected a setting of a pool; did you mean 'buffer'?");
    says("pool main money fund | deleveraged price half",
         "t:6: found 'half', expected zero, split, previous-mark, mark or zero-both");
    says("pool main buffer 0.0000001", "t:6: found '0.0000001', expected a rate with at most 6 decimals");
    says("market X tick 0.1 lot 1", "t:6: found the end of the line, expected the market's pool");
    says("market X pool main price-max 5", "t:6: found 'price-max', expected tick before it");
    says("market X pool main tick 0.0001 lot 0.001",
         "t:6: found the end of the line, expected tick x lot to be a whole number of the asset's smallest units");
    says("market BTC-PERP tick 0.5", "t:6: found 'tick', expected a setting that a market may change");
    says("market X pool main tick 0 lot 1", "t:6: found '0', expected a tick above 0 with at most 6 significant digits");
    says("brackets BTC-PERP 0:0.1", "t:6: found '0:0.1', expected a bracket FLOOR:IMR:MMR such as 0:0.05:0.025");
    says("withdraw alice 1 USDC refused insuficient",
         "t:6: found 'insuficient', expected the word of a refusal; did you mean 'insufficient'?");
    says("expect equty alice 1", "t:6: found 'equty', expected something to expect; did you mean 'equity'?");
    says("expect state alice wroking", "t:6: found 'wroking', expected healthy, working or unhealthy; did you mean 'working'?");
    says("at noon mark BTC-PERP 1.0", "t:6: found 'noon', expected a time such as 21:15:03, 2025-10-10T21:15:03Z or +3s");
    says("limits accounts 5", "t:6: found 'limits', expected it before all other commands");
    says("show acount alice", "t:6: found 'acount', expected account, position, market, pool, fund or venue; did you mean 'account'?");
    says("include nowhere.story", "t:6: found the file 'nowhere.story', which cannot be opened, expected a story");
    says("mark BTC-PERP\n\n   # a comment\n  100.x", "t:9: found '100.x', expected a price, a multiple of the tick 0.1");
    says("asset USDC decimals 6", "t:6: found 'USDC', expected a name that is not in use");
    says("asset 1st decimals 6", "t:6: found '1st', expected a name for the asset");
    says("deposit a-name-that-is-longer-than-thirty-one 1 USDC",
         "t:6: found 'a-name-that-is-longer-than-thirty-one', expected an account");
}

static void lines_are_lexed(void **state)
{
    (void)state;
    parses("\n# only comments \xc3\xa9\n\n   \t \n");
    parses("asset A decimals 2 # comment\r\n\r\nasset B decimals 2");
    assert_int_equal(bw_story_names(m.story)->asset_count, 2);
    assert_int_equal(memory_story_parse(&m, "  asset A decimals 2\n"), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story),
                        "t:1: found a blank at the beginning and no command above, expected a line of a story");
    assert_int_equal(memory_story_parse(&m, "asset \xc3\xa9 decimals 2\n"), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "t:1: found a byte that is not text, expected a line of a story");
    memory_file nul = {"t", "asset A dec\0mals 2\n", 19};
    assert_int_equal(memory_story_run(&m, &nul, 1, NULL, (bw_story_options){.parse_only = true}), BW_STORY_WRONG);
    memory_file nul_comment = {"t", "# \0\n", 4};
    assert_int_equal(memory_story_run(&m, &nul_comment, 1, NULL, (bw_story_options){.parse_only = true}),
                     BW_STORY_WRONG);
    memory_file lone_cr = {"t", "asset A\rdecimals 2\n", 0};
    assert_int_equal(memory_story_run(&m, &lone_cr, 1, NULL, (bw_story_options){.parse_only = true}), BW_STORY_WRONG);
}

/* Reading byte by byte gives the same commands. */
static void chunks_do_not_matter(void **state)
{
    (void)state;
    m.read_max = 1;
    parses(VENUE);
    assert_int_equal(bw_story_names(m.story)->account_count, 2);
    m.read_max = 0;
}

static void long_lines_are_refused(void **state)
{
    (void)state;
    char *text = malloc(1 << 20);
    memset(text, ' ', 1 << 20);
    memcpy(text, "asset A", 7);
    memcpy(text + BW_STORY_LINE - 10, "decimals 2", 10);
    text[BW_STORY_LINE] = '\n';
    memory_file file = {"t", text, BW_STORY_LINE + 1};
    assert_int_equal(memory_story_run(&m, &file, 1, NULL, (bw_story_options){.parse_only = true}), BW_STORY_DONE);
    text[BW_STORY_LINE] = ' ';
    file.length = 1 << 20;
    assert_int_equal(memory_story_run(&m, &file, 1, NULL, (bw_story_options){.parse_only = true}), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story),
                        "t:1: found a line of more than 64 KiB, expected a line of a story");
    assert_true(m.at[0] < BW_STORY_LINE + 2 * BW_STORY_CHUNK);   /* the rest was not read */
    /* many words, and much text over many lines */
    for (int i = 0; i < 1 << 20; i++)
        text[i] = i % 60000 == 59999 ? '\n' : i % 2 ? ' ' : 'x';
    for (int i = 60000; i < 1 << 20; i += 60000)
        text[i] = ' ';
    assert_int_equal(memory_story_run(&m, &file, 1, NULL, (bw_story_options){.parse_only = true}), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story),
                        "t:1: found a command of more than 8192 words, expected a line of a story");
    for (int i = 0; i < 1 << 20; i++)
        text[i] = i % 30000 == 29999 ? '\n' : i % 30000 == 0 && i > 0 ? ' ' : 'x';
    assert_int_equal(memory_story_run(&m, &file, 1, NULL, (bw_story_options){.parse_only = true}), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story),
                        "t:3: found a command of more than 64 KiB, expected a line of a story");
    free(text);
}

static void includes(void **state)
{
    (void)state;
    const bw_story_options options = {.parse_only = true};
    const memory_file good[] = {{"a", "include b\ndeposit alice 10 USDC\ninclude c", 0},
                                {"b", "asset USDC decimals 6\npool main\n  asset USDC", 0},
                                {"c", "deposit alice 1 USDC\n", 0}};
    assert_int_equal(memory_story_run(&m, good, 3, NULL, options), BW_STORY_DONE);
    assert_int_equal(bw_story_names(m.story)->account_count, 1);
    const memory_file self[] = {{"a", "asset USDC decimals 6\ninclude a\n", 0}};
    assert_int_equal(memory_story_run(&m, self, 1, NULL, options), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "a:2: found 'a', expected a file that does not include itself");
    const memory_file cycle[] = {{"a", "include b\n", 0}, {"b", "\ninclude c\n", 0}, {"c", "include a\n", 0}};
    assert_int_equal(memory_story_run(&m, cycle, 3, NULL, options), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "c:1: found 'a', expected a file that does not include itself");
    const memory_file bad[] = {{"a", "include b\n", 0}, {"b", "# fine\nasst USDC\n", 0}};
    assert_int_equal(memory_story_run(&m, bad, 2, NULL, options), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "b:2: found 'asst', expected a command; did you mean 'asset'?");
    memory_file deep[BW_STORY_DEPTH + 1];
    char names[BW_STORY_DEPTH + 2][8], texts[BW_STORY_DEPTH + 1][16];
    for (int i = 0; i <= BW_STORY_DEPTH; i++) {
        snprintf(names[i], sizeof names[i], "f%d", i);
        snprintf(texts[i], sizeof texts[i], "include f%d\n", i + 1);
        deep[i] = (memory_file){names[i], texts[i], 0};
    }
    assert_int_equal(memory_story_run(&m, deep, BW_STORY_DEPTH + 1, NULL, options), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "f15:1: found 'f16', expected at most 16 files inside each other");
    const memory_file none[] = {{"a", "", 0}};
    memory_story_run(&m, none, 1, NULL, options);
    assert_int_equal(bw_story_run(m.story, "b"), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "b: found a file that cannot be opened, expected a story");
}

static int directive_words;
static bw_story_result count_words(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    (void)context;
    directive_words = (int)count;
    return strcmp(words[count - 1].text, "bad") == 0 ? bw_story_fail(story, BW_STORY_WRONG, "found 'bad', expected good")
                                                     : BW_STORY_DONE;
}

static void other_words_go_to_handlers(void **state)
{
    (void)state;
    const bw_story_directive directives[] = {{"generate", count_words}, {NULL, NULL}};
    const memory_file files[] = {{"t", "generate book\n  accounts 5\n", 0}};
    assert_int_equal(memory_story_run(&m, files, 1, directives, (bw_story_options){.parse_only = true}), BW_STORY_DONE);
    assert_int_equal(directive_words, 4);
    const memory_file bad[] = {{"t", "\ngenerate bad\n", 0}};
    assert_int_equal(memory_story_run(&m, bad, 1, directives, (bw_story_options){.parse_only = true}), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "t:2: found 'bad', expected good");
    const memory_file near[] = {{"t", "genarate book\n", 0}};
    assert_int_equal(memory_story_run(&m, near, 1, directives, (bw_story_options){.parse_only = true}), BW_STORY_WRONG);
    assert_string_equal(bw_story_message(m.story), "t:1: found 'genarate', expected a command; did you mean 'generate'?");
}

static void no_memory_is_said(void **state)
{
    (void)state;
    m.block_max = 1;   /* the story itself */
    assert_int_equal(memory_story_parse(&m, VENUE), BW_STORY_SYSTEM);
    assert_string_equal(bw_story_message(m.story), "t:1: no memory for the names");
    m.block_max = 0;
}

static void distances(void **state)
{
    (void)state;
    assert_int_equal(bw_story_distance("", "", 9), 0);
    assert_int_equal(bw_story_distance("mark", "mark", 9), 0);
    assert_int_equal(bw_story_distance("mark", "makr", 9), 1);
    assert_int_equal(bw_story_distance("mark", "", 9), 4);
    assert_int_equal(bw_story_distance("kitten", "sitting", 9), 3);
    assert_int_equal(bw_story_distance("kitten", "sitting", 2), 2);
    char lengthy[100];
    memset(lengthy, 'x', 99);
    lengthy[99] = 0;
    assert_int_equal(bw_story_distance(lengthy, lengthy, 7), 7);
}

/* Every prefix of a good story is a story or an error with a message: never a crash. */
static void truncated_stories_end_well(void **state)
{
    (void)state;
    static const char TEXT[] = VENUE "mark BTC-PERP 100.0\ntrade BTC-PERP buy alice sell bob 1.5 @ 100.0 | BTC-PERP buy "
                                     "bob sell alice 1 @ 1.0 refused self_trade\nexpect fund paid 10.00\n";
    for (size_t length = 1; length < sizeof TEXT - 1; length++) {
        memory_file file = {"t", TEXT, length};
        bw_story_result result = memory_story_run(&m, &file, 1, NULL, (bw_story_options){.parse_only = true});
        assert_true(result == BW_STORY_DONE || (result == BW_STORY_WRONG && bw_story_message(m.story)[0] == 't'));
    }
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
        cmocka_unit_test(a_setting_stands_once),
        cmocka_unit_test(messages_say_which),
        cmocka_unit_test(prices_and_sizes_are_scaled), cmocka_unit_test(inverse_and_coarse_units),
        cmocka_unit_test(the_two_lists), cmocka_unit_test(a_later_line_changes_only_what_it_names),
        cmocka_unit_test(marks_go_together), cmocka_unit_test(offers_go_together), cmocka_unit_test(funding_has_nine_decimals),
        cmocka_unit_test(a_first_deposit_opens_the_account), cmocka_unit_test(time_runs),
        cmocka_unit_test(messages_name_place_and_way_out), cmocka_unit_test(lines_are_lexed),
        cmocka_unit_test(chunks_do_not_matter), cmocka_unit_test(long_lines_are_refused), cmocka_unit_test(includes),
        cmocka_unit_test(other_words_go_to_handlers), cmocka_unit_test(no_memory_is_said),
        cmocka_unit_test(distances), cmocka_unit_test(truncated_stories_end_well),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
