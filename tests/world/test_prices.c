/* Price histories: what is read, every refusal with its line, gaps; and the paths that are drawn from them. */
#include "model_case.h"

#include "world/draw.h"
#include "world/select.h"

#define HOUR (3600 * (int64_t)BW_NANO)

static const bw_prices *read_of(const char *text, uint32_t move_min)
{
    bw_prices *prices;
    bw_facts_error error;
    size_t size = strlen(text);
    void *memory = malloc(bw_prices_footprint(text, size));
    if (bw_prices_read(text, size, move_min, memory, &prices, &error))
        return prices;
    char message[400];
    bw_facts_error_print(&error, "p.csv", message, sizeof message);
    fail_msg("%s", message);
    return NULL;
}

static void drop(const bw_prices *prices)
{
    free((void *)(uintptr_t)prices);
}

static void refused(const char *text, const char *expected)
{
    bw_prices *prices;
    bw_facts_error error;
    char message[400];
    size_t size = strlen(text);
    void *memory = malloc(bw_prices_footprint(text, size));
    assert_false(bw_prices_read(text, size, 2, memory, &prices, &error));
    bw_facts_error_print(&error, "p.csv", message, sizeof message);
    assert_string_equal(message, expected);
    free(memory);
}

/* ---- reading ---- */

static void both_forms_of_time(void **state)
{
    (void)state;
    const bw_prices *p = read_of("# from somewhere\ntime,BTC,ETH\n2024-01-01T00:00:00Z,100,0.5\n1704070800,110.0,0.55\r\n"
                                 "# between\n2024-01-01T02:00:00Z,110,0.550000000000000000\n", 2);
    assert_int_equal(p->market_count, 2);
    assert_int_equal(p->row_count, 2);
    assert_int_equal(p->interval_ns, HOUR);
    assert_int_equal(p->time_ns[0], 1704070800 * (int64_t)BW_NANO);
    assert_int_equal(p->last_ns - p->first_ns, 2 * HOUR);
    assert_true(fabs(p->move[0] - log(1.1)) < 1e-15 && fabs(p->move[1] - log(1.1)) < 1e-15 && p->move[2] == 0);
    assert_true(p->starts[0] == 1 && p->starts[1] == 0 && p->gap_count == 0);
    assert_int_equal(bw_prices_find(p, "ETH"), 1);
    assert_int_equal(bw_prices_find(p, "SOL"), -1);
    drop(p);
}

static void refusals(void **state)
{
    (void)state;
    refused("", "p.csv:1: header: found 'end of file', expected a header line: time and the markets' names");
    refused("date,BTC\n", "p.csv:1: header: found 'date', expected time as the first column, then the markets' names");
    refused("time\n", "p.csv:1: header: found 'end of line', expected a market's name behind time");
    refused("time,BTC,BTC\n", "p.csv:1: header: found 'BTC', expected a market not named before");
    refused("time,BTC,\n", "p.csv:1: header: found '', expected a market's name of 1 to 15 printable letters");
    refused("time,BTC\n10:00,1\n", "p.csv:2: time: found '10:00', expected a time like 2025-10-10T21:16:04Z, or whole Unix seconds");
    refused("time,BTC\n1704067200000,1\n",
            "p.csv:2: time: found '1704067200000', expected a time like 2025-10-10T21:16:04Z, or whole Unix seconds");
    refused("time,BTC\n60,1\n60,1\n", "p.csv:3: time: found '60', expected a time not used before");
    refused("time,BTC\n60,1\n30,1\n", "p.csv:3: time: found '30', expected a time later than that of the row before");
    refused("time,BTC\n60,0\n", "p.csv:2: BTC: found '0', expected a price above 0");
    refused("time,BTC\n60,0.000\n", "p.csv:2: BTC: found '0.000', expected a price above 0");
    refused("time,BTC\n60,-5\n", "p.csv:2: BTC: found '-5', expected a price above 0");
    refused("time,BTC\n60,1e5\n", "p.csv:2: BTC: found '1e5', expected a price as a plain decimal of at most 18 digits");
    refused("time,BTC\n60,nan\n", "p.csv:2: BTC: found 'nan', expected a price as a plain decimal of at most 18 digits");
    refused("time,BTC\n60,1.\n", "p.csv:2: BTC: found '1.', expected a price as a plain decimal of at most 18 digits");
    refused("time,BTC\n60,1234567890123456789\n",
            "p.csv:2: BTC: found '1234567890123456789', expected a price as a plain decimal of at most 18 digits");
    refused("time,BTC,ETH\n60,1,\n", "p.csv:2: ETH: found '', expected a price: all markets are on one grid, no cell may miss");
    refused("time,BTC,ETH\n60,1\n", "p.csv:2: line: found 'end of line', expected a price of every market");
    refused("time,BTC\n60,1,2\n", "p.csv:2: line: found '2', expected no more prices than the header has markets");
    refused("time,BTC\n60,1\n120,26\n",
            "p.csv:3: BTC: found '26', expected a price between 1/25 of the one before and 25 times it");
    refused("time,BTC\n60,1\n120,1\n180,1\n200,1\n", "p.csv:5: time: found '20 s after the row before', expected a whole number of "
                                                     "intervals of 60 s");
    refused("time,BTC\n60,1\n120,1\n", "p.csv:3: line: found '1 moves from row to row', expected at least 2");
    refused("time,BTC\n", "p.csv:1: line: found '0 moves from row to row', expected at least 2");
    refused("time,BTC\n60,1\n120,1", "p.csv:3: line: found '120,1', expected a line that ends with a line feed");
}

/* A made history: row i at i minutes; log price from `walk`, rows of `missing` left out. */
static char *history_of(uint32_t rows, const double *walk, uint64_t missing, uint32_t markets)
{
    char *text = malloc(100 + rows * (24 + markets * 24)), *at = text + sprintf(text, "time");
    for (uint32_t m = 0; m < markets; m++)
        at += sprintf(at, ",M%u", m);
    at += sprintf(at, "\n");
    for (uint32_t i = 0; i < rows; i++) {
        if (i < 64 && missing >> i & 1)
            continue;
        at += sprintf(at, "%u", 60 * i);
        for (uint32_t m = 0; m < markets; m++)
            at += sprintf(at, ",%.15f", exp(walk[i] * (m + 1)));
        at += sprintf(at, "\n");
    }
    return text;
}

static void gaps(void **state)
{
    (void)state;
    double walk[64];
    for (uint32_t i = 0; i < 64; i++)
        walk[i] = .001 * (i % 2) + (i >= 40 ? .05 : 0);
    char *text = history_of(64, walk, (uint64_t)1 << 10 | (uint64_t)3 << 20 | (uint64_t)1 << 40, 2);
    const bw_prices *p = read_of(text, 2);
    assert_int_equal(p->interval_ns, 60 * (int64_t)BW_NANO);
    assert_int_equal(p->gap_count, 3);
    assert_int_equal(p->cut_count, 2);          /* two rows missing; one missing, but a jump lies there */
    assert_int_equal(p->missing_count, 4);
    assert_true(p->gap[0].bridged == 1 && p->gap[1].bridged == 0 && p->gap[1].missing == 2 && p->gap[2].bridged == 0);
    assert_int_equal(p->gap[2].after_ns, 39 * 60 * (int64_t)BW_NANO);
    assert_int_equal(p->row_count, 63 - 3 - 2); /* no moves over the two cuts */
    uint32_t starts = 0;
    double largest = 0;
    for (uint32_t i = 0; i < p->row_count; i++) {
        starts += p->starts[i];
        largest = fmax(largest, fabs(p->move[2 * i]));
        assert_true(i == 0 || p->time_ns[i] > p->time_ns[i - 1]);
    }
    assert_int_equal(starts, 3);
    assert_true(largest < .0011);               /* the jump is in no move */
    drop(p);
    free(text);
}

/* Any bytes: read, or refused with a line; the sanitizers watch. */
static void spoiled_bytes_do_no_harm(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    double walk[40] = {0};
    char *good = history_of(40, walk, 0, 3);
    size_t size = strlen(good);
    uint32_t refusals_seen = 0;
    for (uint32_t round = 0; round < 4000; round++) {
        bw_prices *prices;
        bw_facts_error error;
        size_t length = check_random_below(&seed, 8) ? size : check_random_below(&seed, size + 1);
        char *text = malloc(length + 1);
        memcpy(text, good, length);
        for (uint64_t k = check_random_below(&seed, 4); k > 0 && length > 0; k--)
            text[check_random_below(&seed, length)] = (char)check_random_below(&seed, 3) ? ",.\n-#09T:Z"[check_random_below(&seed, 10)]
                                                                                        : (char)check_random(&seed);
        void *memory = malloc(bw_prices_footprint(text, length));
        bool read = bw_prices_read(text, length, 2, memory, &prices, &error);
        assert_true(read == (error.line == 0));
        assert_true(!read || (prices->row_count >= 2 && prices->market_count >= 1 && prices->starts[0] == 1));
        refusals_seen += !read;
        free(memory);
        free(text);
    }
    printf("# %u of 4000 refused\n", refusals_seen);
    assert_true(refusals_seen > 1000 && refusals_seen < 3900);
    free(good);
}

/* ---- order statistics ---- */

static void selecting(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    double value[60], sorted[60];
    for (uint32_t round = 0; round < 4000; round++) {
        uint32_t count = 1 + (uint32_t)check_random_below(&seed, 60), rank = (uint32_t)check_random_below(&seed, count);
        uint64_t kinds = 1 + check_random_below(&seed, 80);
        for (uint32_t i = 0; i < count; i++) {
            value[i] = sorted[i] = (double)check_random_below(&seed, kinds);
            for (uint32_t k = i; k > 0 && sorted[k - 1] > sorted[k]; k--) {
                double kept = sorted[k];
                sorted[k] = sorted[k - 1];
                sorted[k - 1] = kept;
            }
        }
        assert_true(bw_select(value, count, rank) == sorted[rank]);
        for (uint32_t i = 0; i < count; i++)
            assert_true(i < rank ? value[i] <= value[rank] : value[i] >= value[rank]);
    }
}

/* ---- draws ---- */

typedef struct {
    const bw_prices *prices;
    bw_model *model;
    double *move;
    uint32_t items, steps;
} drawing;

static const char *const NAMES[] = {"M0", "M1", "USDX"};

/* A model of two markets and a collateral over a horizon, and a history of 1-minute rows. */
static drawing drawing_of(uint32_t rows, uint32_t steps, double horizon_s)
{
    uint64_t seed = check_seed();
    double *walk = calloc(rows, sizeof *walk);
    for (uint32_t i = 1; i < rows; i++)
        walk[i] = walk[i - 1] + ((double)check_random_below(&seed, 2001) - 1000) * 1e-6;
    char *text = history_of(rows, walk, 0, 2);
    bw_model_params params = case_params(2, 1);
    params.step_count = steps;
    params.horizon_s = horizon_s;
    drawing d = {.prices = read_of(text, 2), .model = case_model(&params), .items = 3, .steps = steps};
    d.move = calloc((size_t)steps * 3, sizeof *d.move);
    free(walk);
    free(text);
    return d;
}

static void drawing_drop(drawing *d)
{
    drop(d->prices);
    free(d->model);
    free(d->move);
}

static bw_draw made(const drawing *d, bw_draw_wish wish)
{
    bw_draw draw;
    char fault[300];
    wish.names = NAMES;
    if (bw_draw_of_prices(&draw, &wish, d->model, d->prices, fault, sizeof fault) != NULL)
        fail_msg("%s", fault);
    return draw;
}

/* Whether a path's moves from row to row are the history's from this row on (wrapped). */
static bool goes_as(const drawing *d, uint32_t from, uint32_t first, uint32_t count, double scale)
{
    for (uint32_t k = first; k < first + count; k++)
        for (uint32_t m = 0; m < 2; m++) {
            double move = d->move[k * 3 + m] - (k ? d->move[(k - 1) * 3 + m] : 0);
            uint32_t row = (from + k - first) % d->prices->row_count;
            if (fabs(move - scale * d->prices->move[row * 2 + m]) > 1e-12)
                return false;
        }
    return true;
}

static void replays(void **state)
{
    (void)state;
    bw_model_told told;
    drawing d = drawing_of(200, 60, 3600);
    bw_draw draw = made(&d, (bw_draw_wish){.kind = BW_DRAW_REPLAY, .from_ns = 50 * 60 * (int64_t)BW_NANO});
    bw_draw_path(&draw, 1, 7, d.move, &told);
    assert_true(goes_as(&d, 50, 0, 60, 1));
    assert_true(d.move[2] == 0 && told.clipped == 0);   /* the collateral stands still */
    drawing_drop(&d);
    d = drawing_of(200, 240, 3600);                     /* four steps a row: straight lines, the same ends */
    draw = made(&d, (bw_draw_wish){.kind = BW_DRAW_REPLAY, .from_ns = 0});
    bw_draw_path(&draw, 1, 7, d.move, &told);
    double sum = 0;
    for (uint32_t k = 0; k < 60; k++) {
        assert_true(fabs(d.move[(4 * k + 1) * 3] - sum - d.prices->move[2 * k] / 2) < 1e-12);
        sum += d.prices->move[2 * k];
        assert_true(fabs(d.move[(4 * k + 3) * 3] - sum) < 1e-12);
    }
    drawing_drop(&d);
}

static void bootstraps(void **state)
{
    (void)state;
    bw_model_told told;
    uint32_t seen = 0, wrapped = 0;
    drawing d = drawing_of(150, 60, 3600);
    uint8_t place[200] = {0};
    bw_draw draw = made(&d, (bw_draw_wish){.kind = BW_DRAW_BOOTSTRAP, .block_s = 1200});
    double *again = calloc(60 * 3, sizeof *again);
    for (uint64_t path = 0; path < 400; path++) {
        bw_draw_path(&draw, 3, path, d.move, &told);
        for (uint32_t block = 0; block < 3; block++) {
            uint32_t from = 0;
            while (from < 149 && !goes_as(&d, from, block * 20, 20, 1))
                from++;
            assert_true(from < 149);                    /* whole rows of the history, in its order */
            seen += place[from] == 0;
            place[from] = 1;
            wrapped += from > 129;
        }
        bw_draw_path(&draw, 3, path, again, &told);
        assert_memory_equal(again, d.move, 180 * sizeof *again);
    }
    bw_draw_path(&draw, 4, 399, again, &told);
    assert_memory_not_equal(again, d.move, 180 * sizeof *again);
    printf("# %u of 149 places, %u blocks went round\n", seen, wrapped);
    assert_true(seen > 145 && wrapped > 80);
    free(again);
    drawing_drop(&d);
}

static void worst_days(void **state)
{
    (void)state;
    bw_model_told told;
    drawing d = drawing_of(1001, 20, 1200);             /* 50 stretches of 20 rows */
    bw_draw draw = made(&d, (bw_draw_wish){.kind = BW_DRAW_WORST_DAYS, .worst_share = .1, .scale = 1.5});
    uint32_t scaled = 0;
    double far[50];
    assert_int_equal(draw.worst_count, 5);
    for (uint32_t s = 0; s < 50; s++) {
        double sum = 0;
        far[s] = 0;
        for (uint32_t k = 0; k < 20; k++) {
            sum += (d.prices->move[(s * 20 + k) * 2] + d.prices->move[(s * 20 + k) * 2 + 1]) / 2;
            far[s] = fmax(far[s], fabs(sum));
        }
    }
    for (uint32_t i = 0; i < 5; i++) {
        uint32_t farther = 0;
        for (uint32_t s = 0; s < 50; s++)
            farther += far[s] > far[draw.worst[i]];
        assert_int_equal(farther, i);
    }
    for (uint64_t path = 0; path < 500; path++) {
        bw_draw_path(&draw, 9, path, d.move, &told);
        bool found = false;
        for (uint32_t s = 0; s < 50 && !found; s++) {
            bool bad = false;
            for (uint32_t i = 0; i < 5; i++)
                bad |= draw.worst[i] == s;
            found = goes_as(&d, s * 20, 0, 20, bad ? 1.5 : 1);
            scaled += found && bad;
        }
        assert_true(found);
    }
    printf("# worst days on %u of 500 paths\n", scaled);
    assert_true(scaled > 25 && scaled < 85);
    drawing_drop(&d);
}

/* Of the four models: same shape; t only is the model with its jumps and moving volatility gone. */
static void models(void **state)
{
    (void)state;
    bw_model_told told;
    bw_model_params params = case_params(3, 1), calm;
    params.jumps = 5;
    bw_model *model = case_model(&params);
    calm = bw_draw_t_only(&params);
    bw_model *plain = case_model(&calm);
    double *a = calloc(240 * 4, sizeof *a), *b = calloc(240 * 4, sizeof *b);
    bw_draw full = bw_draw_of_model(BW_DRAW_MODEL, model), t = bw_draw_of_model(BW_DRAW_T_ONLY, plain);
    uint32_t jumps = 0;
    for (uint64_t path = 0; path < 20; path++) {
        bw_draw_path(&full, 2, path, a, &told);
        jumps += told.common_jumps;
        bw_model_path(model, 2, path, b, &told);
        assert_memory_equal(a, b, 240 * 4 * sizeof *a);
        bw_draw_path(&t, 2, path, b, &told);
        assert_true(told.common_jumps == 0 && told.own_jumps == 0 && b[0] != 0);
    }
    assert_true(jumps > 50);
    assert_string_equal(bw_draw_word(BW_DRAW_T_ONLY), "t only");
    assert_string_equal(bw_draw_word(BW_DRAW_WORST_DAYS), "worst days scaled");
    free(model);
    free(plain);
    free(a);
    free(b);
}

static void not_drawn(const drawing *d, bw_draw_wish wish, const char *const *names, const char *expected)
{
    bw_draw draw;
    char fault[300];
    wish.names = names;
    const char *got = bw_draw_of_prices(&draw, &wish, d->model, d->prices, fault, sizeof fault);
    assert_non_null(got);
    assert_string_equal(got, expected);
}

static void wishes_that_cannot_be(void **state)
{
    static const char *const OTHERS[] = {"M0", "SOL", "USDX"};
    (void)state;
    drawing d = drawing_of(100, 60, 3600);
    not_drawn(&d, (bw_draw_wish){.kind = BW_DRAW_BOOTSTRAP, .block_s = 60}, OTHERS,
              "found no column SOL, expected one for every market of the story");
    not_drawn(&d, (bw_draw_wish){.kind = BW_DRAW_BOOTSTRAP, .block_s = 86400}, NAMES,
              "found blocks of 1440 rows, expected at most the 99 rows of the history");
    not_drawn(&d, (bw_draw_wish){.kind = BW_DRAW_WORST_DAYS, .worst_share = .1, .scale = 1}, NAMES,
              "found 99 rows, expected at least two horizons of 60 rows");
    not_drawn(&d, (bw_draw_wish){.kind = BW_DRAW_REPLAY, .from_ns = 40 * 60 * (int64_t)BW_NANO}, NAMES,
              "found 59 rows from the time on that the replay begins at, expected a price at that time and 60 behind it");
    not_drawn(&d, (bw_draw_wish){.kind = BW_DRAW_REPLAY, .from_ns = 30}, NAMES,
              "found 0 rows from the time on that the replay begins at, expected a price at that time and 60 behind it");
    drawing_drop(&d);
    d = drawing_of(200, 60, 3600);
    not_drawn(&d, (bw_draw_wish){.kind = BW_DRAW_WORST_DAYS, .worst_share = 0, .scale = 1}, NAMES,
              "found a share of worst days of 0, expected above 0, at most 1");
    not_drawn(&d, (bw_draw_wish){.kind = BW_DRAW_WORST_DAYS, .worst_share = .1, .scale = 11}, NAMES,
              "found a scale of 11, expected above 0, at most 10");
    drawing_drop(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_of_time), cmocka_unit_test(refusals), cmocka_unit_test(gaps), cmocka_unit_test(spoiled_bytes_do_no_harm),
        cmocka_unit_test(selecting),
        cmocka_unit_test(replays), cmocka_unit_test(bootstraps), cmocka_unit_test(worst_days), cmocka_unit_test(models),
        cmocka_unit_test(wishes_that_cannot_be)};
    return cmocka_run_group_tests_name("world prices", tests, NULL, NULL);
}
