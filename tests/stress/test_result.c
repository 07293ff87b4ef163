/* Result, shards, JSON and screens. */
#include "check.h"
#include "codec/json.h"
#include "stress/fund.h"
#include "stress/result.h"

enum { PATHS = 30000 };

static bw_stress_outcome outcomes[PATHS], merged[PATHS];
static int64_t scratch[PATHS];
static const char *const MARKETS[] = {"BTC-PERP", "ETH-PERP"};
static const bw_stress_facts FACTS = {.title = "crash.story", .reproduce = "breakwater stress crash.story", .asset = "USDC",
                                      .decimals = 6, .seed = 1234567890123456789u, .settings_hash = 0xabcdef,
                                      .horizon_ns = INT64_C(86400000000000), .markets = MARKETS, .market_count = 2};

/* Large gaps on 3% of paths, a fund of 1e11, the rest socialized by haircut and carryover. */
static void draw(uint64_t seed, uint64_t chance)
{
    for (uint32_t i = 0; i < PATHS; i++) {
        bw_stress_outcome *out = &outcomes[i];
        bool hit = check_random_below(&seed, 1000000) < chance;
        int64_t gap = hit ? (int64_t)(check_random_below(&seed, 1000000) * check_random_below(&seed, 1000000)) : 0;
        *out = (bw_stress_outcome){.gap = gap, .first_adl_ns = -1, .origin = BW_NONE16};
        out->fund_use = gap < 100000000000 ? gap : 100000000000;
        out->socialized = gap - out->fund_use;
        out->flags = check_random_below(&seed, 10) < 4 ? BW_STRESS_LIQUIDATION : 0;
        if (gap > 0) {
            out->origin = (uint16_t)check_random_below(&seed, 3);
            out->flags |= BW_STRESS_LIQUIDATION | BW_STRESS_ADL | (check_random_below(&seed, 2) ? BW_STRESS_ORIGIN_SHORT : 0u);
            out->first_adl_ns = (int64_t)check_random_below(&seed, 86400) * 1000000000;
        }
        if (out->socialized > 0)
            out->flags |= BW_STRESS_HAIRCUT | BW_STRESS_CLIPPED;
    }
}

static bw_stress_result of_all(void)
{
    bw_stress_result result;
    bw_stress_result_of(&result, &FACTS, outcomes, PATHS, scratch);
    return result;
}

static void figures_are_those_of_the_outcomes(void **state)
{
    (void)state;
    draw(check_seed(), 30000);
    outcomes[17].flags |= BW_STRESS_INCOMPLETE;
    outcomes[4711].gap = INT64_C(1) << 50;
    bw_stress_result result = of_all();
    uint64_t liquidation = 0, haircut = 0, clipped = 0, socialized = 0;
    double clipped_gap = 0, gap = 0;
    for (uint32_t i = 0; i < PATHS; i++) {
        liquidation += (outcomes[i].flags & BW_STRESS_LIQUIDATION) != 0;
        haircut += (outcomes[i].flags & BW_STRESS_HAIRCUT) != 0;
        clipped += (outcomes[i].flags & BW_STRESS_CLIPPED) != 0;
        socialized += outcomes[i].socialized > 0;
        gap += (double)outcomes[i].gap;
        clipped_gap += outcomes[i].flags & BW_STRESS_CLIPPED ? (double)outcomes[i].gap : 0;
    }
    assert_int_equal(result.p_liquidation.hits, liquidation);
    assert_int_equal(result.p_haircut.hits, haircut);
    assert_int_equal(result.p_socialized.hits, socialized);
    assert_int_equal(result.p_carryover.hits, 0);
    assert_int_equal(result.clipped, clipped);
    assert_int_equal(result.clipped_share_ppm, (int64_t)(clipped_gap / gap * 1e6 + .5));
    assert_int_equal(result.incomplete, 1);
    assert_int_equal(result.worst_path, 4711);
    assert_int_equal(result.gap.largest, INT64_C(1) << 50);
    assert_true(result.first_adl_ns > 30000 * INT64_C(1000000000) && result.first_adl_ns < 56000 * INT64_C(1000000000));
    int64_t share = 0;
    for (uint32_t i = 0; i < result.origin_count; i++) {
        share += result.origins[i].share_ppm;
        assert_true(i == 0 || result.origins[i].share_ppm <= result.origins[i - 1].share_ppm);
    }
    assert_int_equal(result.origin_count, 5);              /* of 6 sides and the pool; the path 4711 changed has most */
    assert_true(share > 900000 && share <= 1000002);
    for (uint32_t i = 1; i < PATHS; i++)
        assert_true(scratch[i - 1] <= scratch[i]);         /* the gaps, for fund.h */
    assert_int_equal(scratch[PATHS - 1], INT64_C(1) << 50);
    bw_hash before = result.hash;
    outcomes[5].adl_legs++;
    assert_false(bw_hash_equal(before, of_all().hash));
}

/* ------------------------------------------------------------------------------------------------------------ shards */

enum { SHARDS = 7 };

static bw_stress_shard shards[SHARDS];
static bw_stress_part parts[SHARDS];

static void cut(void)
{
    static const char *const names[SHARDS] = {"a", "b", "c", "d", "e", "f", "g"};
    uint64_t next = 0;
    for (uint32_t i = 0; i < SHARDS; i++) {
        uint64_t first, count;
        bw_stress_shard_range(PATHS, i + 1, SHARDS, &first, &count);
        assert_int_equal(first, next);
        next += count;
        shards[i] = bw_stress_shard_of(&FACTS, first, PATHS, outcomes + first, count);
        parts[(i * 3) % SHARDS] = (bw_stress_part){&shards[i], outcomes + first, names[i]};
    }
    assert_int_equal(next, PATHS);
}

static void shards_merge_to_the_whole(void **state)
{
    (void)state;
    char message[200] = "";
    draw(check_seed(), 30000);
    cut();
    memset(merged, 0, sizeof merged);
    assert_true(bw_stress_merge(parts, SHARDS, merged, message, sizeof message));
    assert_memory_equal(merged, outcomes, sizeof merged);
    bw_stress_shard empty = bw_stress_shard_of(&FACTS, PATHS, PATHS, NULL, 0);
    parts[6] = parts[0];
    parts[0] = (bw_stress_part){&empty, outcomes, "empty"};
    assert_false(bw_stress_merge(parts, SHARDS, merged, message, sizeof message));   /* one is missing now */
}

static void refused(const char *expected)
{
    char message[200] = "";
    memset(merged, 0, sizeof merged);
    assert_false(bw_stress_merge(parts, SHARDS, merged, message, sizeof message));
    if (strcmp(message, expected) != 0) {
        printf("# got      %s\n# expected %s\n", message, expected);
        fail();
    }
    assert_int_equal(merged[0].first_adl_ns, 0);           /* nothing half-applied */
    cut();
}

static void wrong_shards_are_refused(void **state)
{
    (void)state;
    draw(check_seed(), 30000);
    cut();
    shards[5].seed = 3;
    refused("f: its seed is 3, that of a is 1234567890123456789");
    shards[5].settings_hash = 3;
    refused("f: its settings hash is 0000000000000003, that of a is 0000000000abcdef");
    shards[2].horizon_ns = 1;
    refused("c: its horizon in ns is 1, that of a is 86400000000000");
    shards[2].total = 30001;
    refused("c: its number of paths is 30001, that of a is 30000");
    shards[2].magic[0] = 'X';
    refused("c: found another file, expected a shard of breakwater stress");
    shards[6].first++;
    refused("g: its paths lie beyond the total: damaged");
    shards[6].outcomes_hash++;
    refused("g: its outcomes do not have the hash it names: damaged");
    shards[1].count--;
    shards[1].outcomes_hash = bw_hash64(outcomes + shards[1].first, shards[1].count * sizeof *outcomes, 0);
    refused("path 8571: in none of the shards");
    shards[1] = bw_stress_shard_of(&FACTS, 4286, PATHS, outcomes + 4286, 0);
    refused("paths 4286 to 8571: in none of the shards");
    shards[3] = bw_stress_shard_of(&FACTS, 12000, PATHS, outcomes + 12858, 5143);
    shards[3].outcomes_hash = bw_hash64(outcomes + 12858, 5143 * sizeof *outcomes, 0);
    refused("d: paths 12000 to 12857 stand also in c");
}

/* ----------------------------------------------------------------------------------------------------------- writing */

static char *text_of(size_t (*write)(const void *, char *, size_t), const void *what)
{
    size_t length = write(what, NULL, 0);
    char *text = malloc(length + 1), *small = malloc(length);
    assert_int_equal(write(what, text, length + 1), length);
    assert_int_equal(strlen(text), length);
    assert_int_equal(write(what, small, length), length);  /* too small by one: cut, and closed */
    assert_int_equal(strlen(small), length - 1);
    free(small);
    return text;
}

static size_t write_json(const void *what, char *buffer, size_t size)
{
    return bw_stress_json(what, 1234, buffer, size);
}

static size_t write_screen(const void *what, char *buffer, size_t size)
{
    return bw_stress_screen(what, buffer, size);
}

static size_t write_fund_json(const void *what, char *buffer, size_t size)
{
    return bw_fund_json(what, 1234, buffer, size);
}

static size_t write_fund_screen(const void *what, char *buffer, size_t size)
{
    return bw_fund_screen(what, buffer, size);
}

static bw_json at(const bw_json *from, const char *key)
{
    bw_json value = bw_json_get(from, key);
    if (bw_json_kind_of(&value) == BW_JSON_NOTHING) {
        printf("# no key %s\n", key);
        fail();
    }
    return value;
}

static void is_figure(const bw_json *figure, bool bounded)
{
    bw_json value = at(figure, "value"), low = at(figure, "low"), high = at(figure, "high");
    assert_int_equal(bw_json_kind_of(&value), BW_JSON_STRING);
    assert_int_equal(bw_json_kind_of(&low), bounded ? BW_JSON_STRING : BW_JSON_NULL);
    assert_int_equal(bw_json_kind_of(&high), bounded ? BW_JSON_STRING : BW_JSON_NULL);
}

static bw_json_node *parsed(const char *text)
{
    char message[200] = "";
    uint32_t line;
    bw_json_node *tree = bw_json_parse(text, strlen(text), message, sizeof message, &line);
    if (tree == NULL)
        printf("# %s\n# %s\n", message, text);
    assert_non_null(tree);
    return tree;
}

static void json_is_the_contract(void **state)
{
    (void)state;
    static const char *const keys[] = {"paths", "seed", "horizon_seconds", "asset", "p_adl", "p_haircut", "p_carryover",
                                       "p_liquidation", "result_hash", "series", "elapsed_seconds"};
    static const char *const names[] = {"gap", "fund_use", "socialized"};
    draw(1, 30000);
    bw_stress_result result = of_all();
    char *text = text_of(write_json, &result);
    assert_memory_equal(text, "{\"schema\": \"breakwater-stress/1\", ", 34);
    bw_json_node *tree = parsed(text);
    bw_json root = bw_json_root(tree);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        at(&root, keys[i]);
    bw_json series = at(&root, "series");
    for (uint32_t s = 0; s < 3; s++) {
        bw_json one = at(&series, names[s]), mean = at(&one, "mean"), var = at(&one, "var"), es = at(&one, "es");
        is_figure(&mean, true);
        for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++) {
            bw_json v = at(&var, bw_stress_level_words[i]), e = at(&es, bw_stress_level_words[i]);
            if (i == 3) {                                  /* 30,000 paths cannot show 99.99% */
                assert_int_equal(bw_json_kind_of(&v), BW_JSON_NULL);
                assert_int_equal(bw_json_kind_of(&e), BW_JSON_NULL);
                continue;
            }
            is_figure(&v, true);
            is_figure(&e, i < (s == 1 ? 1 : 2));           /* the fund's largest payments are all the same */
        }
    }
    bw_json p = at(&root, "p_carryover");
    is_figure(&p, true);
    bw_json low = at(&p, "low"), high = at(&p, "high"), hash = at(&root, "result_hash");
    assert_string_equal(bw_json_string(&low), "0.000000000000");
    assert_string_equal(bw_json_string(&high), "0.000122955089");      /* 1 - .025^(1/30000), up */
    assert_int_equal(strlen(bw_json_string(&hash)), 32);
    assert_non_null(strstr(text, "\"seed\": 1234567890123456789"));
    assert_non_null(strstr(text, "\"horizon_seconds\": 86400,"));
    bw_json_drop(tree);
    free(text);
}

static void fits_the_screen(const char *text, uint32_t lines_most)
{
    uint32_t lines = 0;
    for (const char *line = text; *line; lines++) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);                              /* the last line ends too */
        if (end - line > 100) {
            printf("# %.*s\n", (int)(end - line), line);
            fail();
        }
        line = end + 1;
    }
    assert_true(lines <= lines_most);
}

static void has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        printf("# no '%s' in\n%s", part, text);
        fail();
    }
}

static void the_screen_says_it_in_sentences(void **state)
{
    (void)state;
    draw(1, 30000);
    outcomes[3].flags |= BW_STRESS_INCOMPLETE;
    bw_stress_result result = of_all();
    char *text = text_of(write_screen, &result);
    if (getenv("BW_SHOW"))
        printf("%s", text);
    fits_the_screen(text, 60);
    has(text, "30,000 simulated paths of 24 h, seed 1234567890123456789; amounts in USDC.");
    has(text, "Traders are liquidated on");
    has(text, "NOT COMPLETE: 1 path was");
    has(text, "SET BY THE CAP");
    has(text, "99.99% needs 36,887 paths.");
    free(text);
    draw(1, 0);                                            /* nothing ever happens */
    for (uint32_t i = 0; i < PATHS; i++)
        outcomes[i].flags = 0;
    result = of_all();
    text = text_of(write_screen, &result);
    if (getenv("BW_SHOW"))
        printf("%s", text);
    fits_the_screen(text, 60);
    has(text, "Traders are liquidated on none of the 30,000 paths (at most 0.0123%)");
    free(text);
    bw_stress_result_of(&result, &FACTS, outcomes, 1, scratch);
    text = text_of(write_screen, &result);
    has(text, "1 simulated path of 24 h");
    fits_the_screen(text, 60);
    free(text);
}

static void the_fund_is_shown(void **state)
{
    (void)state;
    bw_fund_result fund;
    bw_fund_settings settings = {.target = 1000000, .capital_rate = 100000000, .shortfall_cost = BW_STRESS_ONE};
    draw(1, 30000);
    bw_stress_result result = of_all();
    bw_fund_result_of(&fund, &result, bw_stress_amounts_of(scratch, result.paths), &settings, NULL);
    char *text = text_of(write_fund_json, &fund);
    assert_memory_equal(text, "{\"schema\": \"breakwater-fund/1\", ", 32);
    bw_json_node *tree = parsed(text);
    bw_json root = bw_json_root(tree), curve = at(&root, "curve"), cover = at(&root, "cover1");
    assert_int_equal(bw_json_count(&curve), fund.point_count);
    bw_json point = bw_json_item(&curve, 0), p = at(&point, "p_socialized"), e = at(&point, "expected_socialized");
    at(&point, "fund");
    is_figure(&p, true);
    is_figure(&e, true);
    bw_json smallest = at(&root, "smallest_fund"), newsvendor = at(&root, "newsvendor");
    is_figure(&smallest, true);
    is_figure(&newsvendor, true);
    at(&root, "cover2");
    assert_int_equal(bw_json_kind_of(&cover), BW_JSON_NULL);
    bw_json_drop(tree);
    free(text);
    text = text_of(write_fund_screen, &fund);
    if (getenv("BW_SHOW"))
        printf("%s", text);
    fits_the_screen(text, 60);
    has(text, "is exceeded by the losses on at most 0.100% of paths.");
    free(text);
}

/* Whose gap, and of what kind of day: by hand. */
static void the_tail_has_causes(void **state)
{
    static const bw_stress_outcome four[] = {
        {.gap = 100, .largest = 60, .largest_account = 7, .origin = 0, .flags = BW_STRESS_COMMON_JUMP | BW_STRESS_OWN_JUMP},
        {.gap = 300, .largest = 300, .largest_account = 9, .origin = 1, .flags = BW_STRESS_ORIGIN_SHORT},
        {.gap = 500, .largest = 40, .largest_account = 7, .origin = BW_NONE16, .flags = BW_STRESS_OWN_JUMP},
        {.gap = 0, .origin = 0, .flags = BW_STRESS_COMMON_JUMP}};
    static const bw_stress_facts facts = {.title = "t", .reproduce = "", .asset = "X", .horizon_ns = 1};
    int64_t room[4];
    (void)state;
    bw_stress_result result;
    bw_stress_result_of(&result, &facts, four, 4, room);
    assert_int_equal(result.cause_count, 3);
    assert_true(result.causes[0].way == BW_STRESS_POOL && result.causes[0].jump == BW_STRESS_BY_OWN);
    assert_true(result.causes[1].way == BW_STRESS_RISE && result.causes[1].jump == BW_STRESS_BY_NONE);
    assert_true(result.causes[2].way == BW_STRESS_FALL && result.causes[2].jump == BW_STRESS_BY_COMMON);
    assert_int_equal(result.causes[0].share_ppm, 555556);
    assert_int_equal(result.causes[2].paths, 1);
    assert_int_equal(result.largest_share_ppm, 444444);
    assert_int_equal(result.owner_count, 2);
    assert_true(result.owners[0].account == 9 && result.owners[0].share_ppm == 333333 && result.owners[0].paths == 1);
    assert_true(result.owners[1].account == 7 && result.owners[1].share_ppm == 111111 && result.owners[1].paths == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_the_outcomes), cmocka_unit_test(shards_merge_to_the_whole),
        cmocka_unit_test(wrong_shards_are_refused), cmocka_unit_test(json_is_the_contract),
        cmocka_unit_test(the_screen_says_it_in_sentences), cmocka_unit_test(the_tail_has_causes), cmocka_unit_test(the_fund_is_shown)};
    return cmocka_run_group_tests_name("stress/result", tests, NULL, NULL);
}
