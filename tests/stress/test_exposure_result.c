/* Rows, details and summaries of exposures against the plainest code on the same random paths. */
#include "check.h"
#include "stress/exposure_result.h"

enum { PATHS = 3000, ACCOUNTS = 60 };

static const char *const MARKETS[] = {"A", "B", "C"};
static const bw_stress_facts RUN = {.title = "t", .reproduce = "r", .asset = "X", .decimals = 6, .seed = 1,
                                    .horizon_ns = INT64_C(86400000000000),
                                    .markets = MARKETS, .market_count = 3};
static bw_exposure_path paths[PATHS];
static int64_t scratch[PATHS];

/* Charged on about `share` in 1,000 paths, with a heavy tail. */
static void draw(uint64_t *seed, uint64_t share, int64_t equity)
{
    for (uint32_t i = 0; i < PATHS; i++) {
        bool hit = check_random(seed) % 1000 < share;
        int64_t charge = hit ? equity / 2000 + equity / (int64_t)(1 + check_random(seed) % 3000) : 0;
        paths[i] = (bw_exposure_path){.flags = 0};
        if (!hit)
            continue;
        paths[i] = (bw_exposure_path){.haircut = charge / 2, .adl_cost = charge / 3, .liquidation = charge - charge / 2 - charge / 3,
                                      .lost = {charge - (int64_t)(check_random(seed) % 5000000), charge + 7}, .delta_left = charge % 5,
                                      .closed_ppm = (uint32_t)(check_random(seed) % 1000001),
                                      .move = (uint32_t)(check_random(seed) % 5000),
                                      .flags = 1 + (uint32_t)(check_random(seed) % 7)};
    }
}

static bw_exposure_row row_from(const bw_exposure_facts *facts, const bw_exposure_standing *standing, uint64_t count)
{
    bw_exposure_record record = {0};
    bw_exposure_bins bins = {{0}};
    bw_exposure_intervals intervals = bw_exposure_intervals_of(facts->paths, count);
    for (uint64_t i = 0; i < facts->paths; i++)
        bw_exposure_add(&record, &bins, &paths[i], bw_exposure_scale(standing));
    return bw_exposure_row_of(facts, &intervals, standing, &record, &bins);
}

static uint64_t hits(uint32_t flag)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < PATHS; i++)
        count += (paths[i].flags & flag) != 0;
    return count;
}

static bool near_to(int64_t a, int64_t b, double part)
{
    double apart = (double)a - (double)b, size = (double)b < 0 ? -(double)b : (double)b;
    return (apart < 0 ? -apart : apart) <= part * size + 2;
}

/* Rare charges: their tail mean is exact. Frequent ones: enclosed within a factor of two. */
static void rows_are_the_paths_in_short(void **state)
{
    static const uint64_t SHARES[] = {0, 3, 8, 30, 200, 900};
    uint64_t seed = check_seed();
    (void)state;
    for (size_t s = 0; s < sizeof SHARES / sizeof *SHARES; s++) {
        bw_exposure_facts facts = {.run = &RUN, .paths = PATHS, .counterfactual = BW_EXPOSURE_HOLD};
        bw_exposure_standing standing = {.equity = 1000000000 + (int64_t)(check_random(&seed) % 1000000000)};
        bw_exposure_detail detail = {.shock_of = ""};
        int64_t charged = 0, lost = 0, most = 0;
        draw(&seed, SHARES[s], standing.equity);
        for (uint32_t i = 0; i < PATHS; i++) {
            int64_t charge = bw_exposure_charge(&paths[i]);
            charged += charge;
            lost += paths[i].lost[BW_EXPOSURE_HOLD];
            most = charge > most ? charge : most;
        }
        bw_exposure_row row = row_from(&facts, &standing, 1);
        bw_exposure_detail_of(&detail, &facts, &standing, paths, scratch);
        assert_int_equal(row.liquidated.hits, hits(BW_EXPOSURE_LIQUIDATED));
        assert_int_equal(row.adl.hits, hits(BW_EXPOSURE_ADL));
        assert_int_equal(row.cut.hits, hits(BW_EXPOSURE_CUT));
        assert_int_equal(row.touched.hits, hits(7));
        assert_int_equal(row.expected.value, (charged + PATHS - 1) / PATHS);
        assert_int_equal(row.charge_max, most);
        assert_int_equal(detail.charge.largest, most);
        assert_int_equal(row.expected.bounded, detail.charge.mean.bounded);
        assert_true(near_to(row.expected.low, detail.charge.mean.low, .002) && near_to(row.expected.high, detail.charge.mean.high, .002));
        assert_true(row.expected.high >= detail.charge.mean.high);           /* squares are rounded up */
        int64_t exact = detail.charge.es[1].value;
        printf("# %llu in 1,000: worst 1%% %lld to %lld, exactly %lld\n", (unsigned long long)SHARES[s], (long long)row.tail_least,
               (long long)row.tail.value, (long long)exact);
        assert_true(row.tail.known && row.tail_least <= exact && exact <= row.tail.value && row.tail.value <= 2 * row.tail_least + 2);
        assert_true(row.touched.hits > PATHS / 100 || row.tail.value == exact);
        assert_true(near_to(row.drag.value, (int64_t)((double)lost / PATHS / (double)standing.equity * 365 * 1e6), 1e-6));
        assert_int_equal(row.drag.value, detail.drag[BW_EXPOSURE_HOLD].value);
    }
}

/* Many at once: every range is wider, and the level is that of all. */
static void ranges_of_many_are_wider(void **state)
{
    uint64_t seed = check_seed();
    (void)state;
    bw_exposure_facts facts = {.run = &RUN, .paths = PATHS};
    bw_exposure_standing standing = {.equity = 1000000000};
    draw(&seed, 200, standing.equity);
    bw_exposure_row one = row_from(&facts, &standing, 1), many = row_from(&facts, &standing, 80);
    assert_true(many.adl.interval.low < one.adl.interval.low && many.adl.interval.high > one.adl.interval.high);
    assert_true(many.expected.low < one.expected.low && many.expected.high > one.expected.high);
    bw_exposure_intervals few = bw_exposure_intervals_of(PATHS, 80);
    for (uint64_t k = 0; k < BW_STRESS_FEW_HITS; k++) {
        bw_interval want = bw_interval_clopper_pearson(k, PATHS, 1 - .05 / 80);
        assert_true(few.few[k].low == want.low && few.few[k].high == want.high);
    }
}

/* On the same paths, so a constant difference has no range at all, however the charges vary. */
static void pairs_are_path_by_path(void **state)
{
    static bw_exposure_path there[PATHS];
    uint64_t seed = check_seed();
    int64_t more, low, high;
    (void)state;
    draw(&seed, 500, 1000000000);
    memcpy(there, paths, sizeof there);
    assert_false(bw_exposure_pair(there, paths, PATHS, &more, &low, &high));
    assert_int_equal(more, 0);
    for (uint32_t i = 0; i < PATHS; i++)
        there[i].adl_cost += 12;
    assert_true(bw_exposure_pair(there, paths, PATHS, &more, &low, &high));
    assert_true(more == 12 && low == 12 && high == 12);
    for (uint32_t i = 0; i < PATHS; i++)
        there[i].adl_cost -= i % 2 ? 24 : 0;
    assert_true(bw_exposure_pair(there, paths, PATHS, &more, &low, &high));
    assert_true(more == 0 && low == -1 && high == 1);
    assert_true(bw_exposure_pair(paths, there, 101, &more, &low, &high));
    assert_true(low < high);
}

/* ---- all accounts ---- */

typedef struct {
    bw_exposure_book book;
    bw_exposure_standing standings[ACCOUNTS];
    bw_exposure_record records[ACCOUNTS];
    int64_t scratch[ACCOUNTS];
} crowd;

static crowd *crowd_new(uint64_t *seed)
{
    crowd *c = calloc(1, sizeof *c);
    c->book = (bw_exposure_book){.account_count = ACCOUNTS, .market_count = 3, .standings = c->standings};
    for (uint32_t i = 0; i < ACCOUNTS; i++) {
        c->standings[i] = (bw_exposure_standing){.equity = (int64_t)(check_random(seed) % 1000000),
                                                 .notional = (int64_t)(check_random(seed) % 1000000007),
                                                 .market = (uint16_t)(check_random(seed) % 3), .is_short = check_random(seed) % 2,
                                                 .is_trader = check_random(seed) % 8 != 0, .next_of_owner = i};
        c->records[i] = (bw_exposure_record){.haircut = (int64_t)(check_random(seed) % 5) * 100,
                                             .liquidation = (int64_t)(check_random(seed) % 3),
                                             .adl = (uint32_t)(check_random(seed) % 9), .touched = (uint32_t)(check_random(seed) % 4),
                                             .lost = {(int64_t)(check_random(seed) % 1000), 5}};
        if (i % 11 == 0)
            c->standings[i] = (bw_exposure_standing){.market = BW_NONE16, .is_trader = 1, .next_of_owner = i};
    }
    return c;
}

static int64_t charged(const crowd *c, uint32_t i)
{
    return c->records[i].haircut + c->records[i].adl_cost + c->records[i].liquidation;
}

static void the_worst_come_first(void **state)
{
    uint64_t seed = check_seed();
    (void)state;
    for (uint32_t run = 0; run < 50; run++) {
        crowd *c = crowd_new(&seed);
        uint32_t numbers[ACCOUNTS], most = 1 + (uint32_t)(check_random(&seed) % ACCOUNTS), able = 0;
        uint32_t count = bw_exposure_worst(&c->book, c->records, most, numbers);
        for (uint32_t i = 0; i < ACCOUNTS; i++)
            able += c->standings[i].is_trader && charged(c, i) > 0;
        assert_int_equal(count, able < most ? able : most);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t before = 0;
            for (uint32_t k = 0; k < ACCOUNTS; k++)
                before += c->standings[k].is_trader && (charged(c, k) > charged(c, numbers[i]) ||
                                                        (charged(c, k) == charged(c, numbers[i]) && k < numbers[i]));
            assert_int_equal(before, i);
        }
        free(c);
    }
}

static void groups_add_up(void **state)
{
    uint64_t seed = check_seed();
    (void)state;
    for (uint32_t run = 0; run < 20; run++) {
        static bw_exposure_summary summary;
        crowd *c = crowd_new(&seed);
        uint64_t traders = 0, adl = 0, by_market = 0, by_size = 0, adl_by_size = 0;
        int64_t lost = 0, equity = 0;
        bw_exposure_summarize(&summary, &c->book, c->records, BW_EXPOSURE_HOLD, c->scratch);
        for (uint32_t i = 0; i < ACCOUNTS; i++) {
            bool counts = c->standings[i].is_trader && c->standings[i].notional > 0;
            traders += counts;
            adl += counts ? c->records[i].adl : 0;
            lost += counts ? c->records[i].lost[0] : 0;
            equity += counts ? c->standings[i].equity : 0;
        }
        for (uint32_t i = 0; i < 6; i++)
            by_market += summary.of_market[i / 2][i % 2].traders;
        for (uint32_t d = 0; d < BW_EXPOSURE_DECILES; d++) {
            by_size += summary.of_size[d].traders;
            adl_by_size += summary.of_size[d].adl;
            assert_true(d == 0 || summary.size_least[d] >= summary.size_least[d - 1]);
            assert_int_equal(summary.of_size[d].traders, traders * (d + 1) / 10 - traders * d / 10);   /* no two are equal */
        }
        assert_true(summary.all.traders == traders && by_market == traders && by_size == traders);
        assert_true(summary.all.adl == adl && adl_by_size == adl);
        bw_exposure_facts facts = {.run = &RUN, .paths = 9};
        assert_true(near_to(bw_exposure_group_drag(&facts, &summary.all),
                            (int64_t)((double)lost / 9 / (double)equity * 365 * 1e6), 1e-6));
        assert_true(near_to(bw_exposure_group_chance(&facts, &summary.all, adl),
                            (int64_t)((double)adl / (double)traders / 9 * 1e12), 1e-9));
        free(c);
    }
}

/* ---- conditions ---- */

static bw_condition_end asked(const char *text, const bw_exposure_facts *facts, const bw_exposure_row *row)
{
    char message[256];
    bw_condition condition;
    if (!bw_exposure_condition_parse(text, &condition, message, sizeof message))
        fail_msg("%s: %s", text, message);
    return bw_exposure_condition_holds(&condition, facts, row);
}

static void conditions_read_the_row(void **state)
{
    bw_exposure_facts facts = {.run = &RUN, .paths = 1000};
    bw_exposure_row row = {.liquidated = bw_stress_chance_of(20, 1000), .adl = bw_stress_chance_of(0, 1000),
                           .cut = bw_stress_chance_of(5, 1000),
                           .touched = bw_stress_chance_of(25, 1000), .expected = {.known = true, .value = 2500000},
                           .drag = {.known = true, .value = 1234}};
    char message[256];
    bw_condition condition;
    (void)state;
    assert_int_equal(asked("p_liquidated>=2%", &facts, &row), BW_CONDITION_TRUE);
    assert_int_equal(asked("p_liquidated>2%", &facts, &row), BW_CONDITION_FALSE);
    assert_int_equal(asked("p_adl>0", &facts, &row), BW_CONDITION_FALSE);
    assert_int_equal(asked("p_adl_high>0.003", &facts, &row), BW_CONDITION_TRUE);
    assert_int_equal(asked("p_haircut<=0.005", &facts, &row), BW_CONDITION_TRUE);
    assert_int_equal(asked("p_reached>0.024", &facts, &row), BW_CONDITION_TRUE);
    assert_int_equal(asked("expected_charge>2.4", &facts, &row), BW_CONDITION_TRUE);
    assert_int_equal(asked("expected_charge>2.5", &facts, &row), BW_CONDITION_FALSE);
    assert_int_equal(asked("expected_charge_low>1", &facts, &row), BW_CONDITION_UNKNOWN);
    assert_int_equal(asked("tail_charge>1", &facts, &row), BW_CONDITION_UNKNOWN);
    assert_int_equal(asked("drag_bp>12.33", &facts, &row), BW_CONDITION_TRUE);
    assert_int_equal(asked("drag_bp>=12.35", &facts, &row), BW_CONDITION_FALSE);
    assert_false(bw_exposure_condition_parse("p_socialized>1%", &condition, message, sizeof message));
    assert_false(bw_exposure_condition_parse("drag_bp>5%", &condition, message, sizeof message));
}

/* ---- writing ---- */

/* Pieces of JSON do not depend on how much room they are given, and head, rows, foot are one object. */
static void texts_fit_any_room(void **state)
{
    static char whole[1 << 15], part[1 << 15];
    uint64_t seed = check_seed();
    (void)state;
    bw_exposure_facts facts = {.run = &RUN, .paths = PATHS};
    bw_exposure_standing standing = {.equity = 1000000000, .notional = 5000000, .market = 1};
    draw(&seed, 50, standing.equity);
    bw_exposure_row row = row_from(&facts, &standing, 1);
    row.name = "somebody \"quoted\"";
    bw_exposure_shock shocks[] = {{.move_bp = -200}, {.move_bp = 200, .path = {.flags = 1, .forced_ppm = 500000}}};
    bw_exposure_place places[] = {{.market = 1, .light = 5, .before = 2, .in_profit = 9, .holders = 12}, {.market = 2}};
    bw_exposure_venue venues[] = {{.name = "v", .row = row, .more = -5}};
    bw_exposure_detail detail = {.shocks = shocks, .shock_count = 2, .shock_of = "B", .places = places, .place_count = 2,
                                 .venues = venues,
                                 .venue_count = 1};
    bw_exposure_detail_of(&detail, &facts, &standing, paths, scratch);
    size_t length = bw_exposure_screen_one(&facts, &row, &detail, whole, sizeof whole);
    assert_true(length < sizeof whole && strlen(whole) == length);
    for (const char *line = whole, *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
        assert_true(end - line <= 100);
    for (size_t room = 0; room < 400; room += 37) {
        assert_int_equal(bw_exposure_screen_one(&facts, &row, &detail, part, room), length);
        assert_true(room == 0 || strncmp(part, whole, room - 1) == 0);
    }
    assert_non_null(strstr(whole, "If B moved by so much"));
    shocks[1].path.flags = 0;
    bw_exposure_screen_one(&facts, &row, &detail, whole, sizeof whole);
    assert_non_null(strstr(whole, "No move of B in ten minutes would reach you"));
    length = bw_exposure_json_row(&facts, &row, false, whole, sizeof whole);
    assert_int_equal(bw_exposure_json_row(&facts, &row, false, part, 10), length);
    assert_true(strncmp(whole, ", {\"id\": ", 9) == 0 && strstr(whole, "somebody \\\"quoted\\\"") != NULL);
    bw_exposure_json_row(&facts, &row, true, whole, sizeof whole);
    assert_true(strncmp(whole, "{\"id\": ", 7) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_the_paths_in_short), cmocka_unit_test(ranges_of_many_are_wider),
        cmocka_unit_test(pairs_are_path_by_path),      cmocka_unit_test(the_worst_come_first),
        cmocka_unit_test(groups_add_up),               cmocka_unit_test(conditions_read_the_row),
        cmocka_unit_test(texts_fit_any_room)};
    return cmocka_run_group_tests_name("stress/exposure_result", tests, NULL, NULL);
}
