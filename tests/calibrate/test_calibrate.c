/* A calibration of prices that the model itself made: its parameters come back within their intervals; and what is said of it.

   BW_CALIBRATE_RUNS=n   that many histories of two years of hours of four markets, with few and with many jumps by turns
                         (scripts/calibrate-coverage.sh); each parameter must be within its 95% interval in 90% of them */
#include "../world/model_case.h"

#include "calibrate/calibrate.h"
#include "calibrate/words.h"

#define HOUR (3600 * (int64_t)BW_NANO)
#define START (1704067200 * (int64_t)BW_NANO)

/* A history as bw_prices_read would leave it. */
typedef struct {
    bw_prices prices;
    double *move;
    int64_t *time;
    uint8_t *starts;
} history;

static history history_of(const bw_model_params *p, uint32_t days, uint64_t seed)
{
    uint32_t rows = days * 24, count = p->market_count;
    static const char *const NAMES[] = {"BTC", "ETH", "SOL", "XRP", "DOGE", "PEPE"};
    history h = {.move = calloc((size_t)rows * count, sizeof(double)), .time = calloc(rows, sizeof(int64_t)), .starts = calloc(rows, 1)};
    double *scratch = calloc((size_t)bw_fit_piece_rows(1. / 24) * count, sizeof *scratch);
    void *model = malloc(bw_model_footprint(p));
    bw_fit_simulate(p, 1. / 24, seed, rows, model, scratch, h.move, h.starts);
    for (uint32_t i = 0; i < rows; i++) {
        h.starts[i] = i == 0;
        h.time[i] = START + (i + 1) * HOUR;
    }
    free(scratch);
    free(model);
    h.prices = (bw_prices){.market_count = count, .row_count = rows, .interval_ns = HOUR, .first_ns = START,
                           .last_ns = START + rows * HOUR, .time_ns = h.time, .move = h.move, .starts = h.starts};
    for (uint32_t m = 0; m < count; m++)
        snprintf(h.prices.name[m], sizeof h.prices.name[m], "%s", NAMES[m]);
    return h;
}

static void drop(history *h)
{
    free(h->move);
    free(h->time);
    free(h->starts);
}

static bw_model_params truth_of(uint32_t markets, bool jumpy)
{
    static const bw_market_class CLASSES[] = {BW_MARKET_BTC, BW_MARKET_ETH, BW_MARKET_LARGE, BW_MARKET_LARGE, BW_MARKET_MID, BW_MARKET_SMALL};
    bw_market_facts facts[6];
    memset(facts, 0, sizeof facts);
    for (uint32_t m = 0; m < markets; m++)
        facts[m].class = CLASSES[m];
    bw_model_params p = bw_model_params_default(facts, markets, 0);
    p.jumps = jumpy ? .1 : .03;
    p.jump_down = .06;
    p.jump_up = .05;
    p.jump_down_share = .6;
    p.vol_of_vol = .42;
    p.vol_reversion = 1.3;
    for (uint32_t m = 0; m < markets; m++) {
        p.item[m].tail = 2 + 1.4 * (p.item[m].tail - 2);
        p.item[m].jump_spread *= 1.2;
        p.item[m].beta *= 1 + .05 * m;
        p.item[m].jump_beta *= m > 0 ? 1.2 : 1;
    }
    return p;
}

static bw_effort small_effort(void)
{
    bw_effort effort = bw_effort_usual();
    effort.simulated_min = 8000;
    effort.simulated_times = 1;
    effort.steps = 2;
    effort.resamples = 12;
    effort.replicates = 12;
    return effort;
}

static bw_calibrated *calibrated(const history *h, const double *given, double share, const bw_effort *effort)
{
    bw_calibrated *result = malloc(sizeof *result);
    void *memory = calloc(1, bw_calibrate_footprint(&h->prices, effort));
    assert_true(bw_calibrate(result, &h->prices, given, share, effort, memory));
    free(memory);
    return result;
}

/* ---- recovery ---- */

typedef struct {
    uint32_t in[BW_MODEL_SETTINGS], asked[BW_MODEL_SETTINGS];
} coverage;

static void cover(const bw_calibrated *result, const bw_model_params *truth, coverage *c)
{
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++) {
        const bw_model_setting *setting = &bw_model_settings[s];
        uint32_t markets = setting->scope == BW_MODEL_OF_ALL ? 1 : truth->market_count;
        for (uint32_t m = 0; m < markets; m++) {
            bw_calibrated_value value;
            if (!bw_calibrated_of(result, setting, m, &value) || value.low == value.high)
                continue;                                /* beta of the market whose it is 1 */
            double is = bw_model_setting_get(truth, setting, m);
            c->asked[s]++;
            c->in[s] += is >= value.low && is <= value.high;
        }
    }
}

static void tell(const coverage *c, uint32_t run)
{
    printf("# after run %u:", run);
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++)
        if (c->asked[s] > 0)
            printf(" %s %u/%u", bw_model_settings[s].word, c->in[s], c->asked[s]);
    printf("\n");
    fflush(stdout);
}

static void recovers_what_made_the_prices(void **state)
{
    (void)state;
    const char *text = getenv("BW_CALIBRATE_RUNS");
    uint32_t runs = text != NULL ? (uint32_t)atoi(text) : 0, total = 0, in = 0;
    uint64_t seed = check_seed();
    bw_effort effort = runs > 0 ? bw_effort_usual() : small_effort();
    coverage c = {{0}, {0}};
    effort.in_sample_only = runs > 0;
    for (uint32_t run = 0; run < (runs > 0 ? runs : 1); run++) {
        bw_model_params truth = truth_of(runs == 0 ? 3 : 4, runs == 0 || run % 2 == 0);
        history h = history_of(&truth, runs > 0 ? 730 : 180, seed + run);
        bw_calibrated *result = calibrated(&h, NULL, 1, &effort);
        cover(result, &truth, &c);
        for (uint32_t m = 0; m < 3; m++) {               /* what every market moves along with is met */
            const double *data = result->fit.data.figure, *model = result->fit.model.figure;
            uint32_t load = BW_FIT_LOAD(truth.market_count) + m;
            assert_true(fabs(data[BW_FIT_SCALE + m] - model[BW_FIT_SCALE + m]) < .03 && fabs(data[load] - model[load]) < .1);
        }
        printf("# run %u: %u strong jumps, misfit %.1f\n", run, result->fit.data.down + result->fit.data.up, result->fit.misfit);
        tell(&c, run);
        free(result);
        drop(&h);
    }
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++)
        if (c.asked[s] > 0) {
            total += c.asked[s];
            in += c.in[s];
            if (runs >= 20 && c.in[s] * 10 < c.asked[s] * 9)
                print_message("weak: %s\n", bw_model_settings[s].word);
        }
    assert_true(total > 0 && in * 10 >= total * (runs > 0 ? 9 : 8));
}

/* ---- what is done with few jumps, and with many ---- */

static void few_events_are_no_data(void **state)
{
    (void)state;
    bw_model_params truth = truth_of(3, false);
    truth.jumps = .005;
    history h = history_of(&truth, 120, check_seed());
    bw_effort effort = small_effort();
    bw_calibrated *result = calibrated(&h, NULL, 1, &effort);
    static const char *const HELD[] = {"jump-down", "jump-up", "jump-down-share", "jump-spread", "jump-beta", "jumps"};
    for (uint32_t i = 0; i < sizeof HELD / sizeof *HELD; i++) {
        bw_calibrated_value value;
        const bw_model_setting *setting = bw_model_setting_find(HELD[i]);
        assert_true(bw_calibrated_of(result, setting, 1, &value));
        assert_true(value.prior && value.events < 30 && fabs(value.value - bw_model_setting_get(&result->start, setting, 1)) < 1e-12);
        assert_true(value.low < value.value / 2 || strcmp(HELD[i], "jump-down-share") == 0);
    }
    static char screen[1 << 16];
    assert_true(bw_calibrate_screen(result, "p.csv", screen, sizeof screen) < sizeof screen);
    assert_non_null(strstr(screen, "prior, not data"));
    assert_non_null(strstr(screen, "exogenous_share"));
    free(result);
    drop(&h);
}

/* Same prices, same bytes; another seed, others; asked to stop, it stops. */
static bool stop_at_half(void *context, double done)
{
    double *last = context;
    assert_true(done >= *last - 1e-12 && done <= 1);
    *last = done;
    return done > .5;
}

static void a_pure_function(void **state)
{
    (void)state;
    bw_model_params truth = truth_of(2, true);
    history h = history_of(&truth, 80, check_seed());
    bw_effort effort = small_effort();
    static char a[1 << 16], b[1 << 16];
    bw_calibrated *first = calibrated(&h, NULL, 1, &effort), *again = calibrated(&h, NULL, 1, &effort);
    assert_true(bw_calibrate_json(first, "p.csv", 0, a, sizeof a) < sizeof a);
    bw_calibrate_json(again, "p.csv", 0, b, sizeof b);
    assert_string_equal(a, b);
    free(again);
    effort.seed = 2;
    again = calibrated(&h, NULL, 1, &effort);
    bw_calibrate_json(again, "p.csv", 0, b, sizeof b);
    assert_string_not_equal(a, b);
    double last = 0;
    effort.stop = stop_at_half;
    effort.context = &last;
    void *memory = calloc(1, bw_calibrate_footprint(&h.prices, &effort));
    assert_false(bw_calibrate(again, &h.prices, NULL, 1, &effort, memory));
    free(memory);
    free(first);
    free(again);
    drop(&h);
}

/* ---- time of the week, given correlations, what cannot be calibrated ---- */

static void times_of_the_week(void **state)
{
    (void)state;
    bw_model_params truth = truth_of(2, false);
    history h = history_of(&truth, 160, check_seed());
    for (uint32_t i = 0; i < h.prices.row_count; i++)   /* hour 14 of every day: twice the moves */
        for (uint32_t m = 0; m < 2; m++)
            h.move[i * 2 + m] *= (h.time[i] / HOUR - 1) % 24 == 14 ? 2 : 1;
    bw_effort effort = small_effort();
    bw_calibrated *result = calibrated(&h, NULL, 1, &effort);
    double usual = 0, there = 0, total = 0;
    assert_int_equal(result->slot_count, 168);
    for (uint32_t k = 0; k < 168; k++) {
        *(k % 24 == 14 ? &there : &usual) += result->slot[k] / (k % 24 == 14 ? 7 : 161);
        total += result->slot[k] / 168;
    }
    printf("# at that hour %.2f times as much\n", there / usual);
    assert_true(there / usual > 1.4 && there / usual < 2.3 && fabs(total - 1) < .02);
    free(result);
    drop(&h);
}

static void given_correlations_are_matched(void **state)
{
    (void)state;
    bw_model_params truth = truth_of(3, false);
    history h = history_of(&truth, 80, check_seed());
    bw_effort effort = small_effort();
    const double given[9] = {1, .36, .42, .36, 1, .42, .42, .42, 1};
    bw_calibrated *result = calibrated(&h, given, 1, &effort);
    const bw_model_params *p = &result->fit.params;
    for (uint32_t a = 0; a < 3; a++)
        for (uint32_t b = 0; b < a; b++) {
            double up = p->factor_sd * p->factor_sd * p->item[a].beta * p->item[b].beta, size[2];
            for (uint32_t k = 0; k < 2; k++) {
                const bw_model_item *item = &p->item[k ? b : a];
                size[k] = sqrt(item->beta * item->beta * p->factor_sd * p->factor_sd + item->own_sd * item->own_sd);
            }
            assert_true(fabs(up / size[0] / size[1] - given[a * 3 + b]) < .01);
        }
    assert_true(result->correlation_given && fabs(result->correlation[1] - .36) > .2);   /* those of the prices are shown */
    free(result);
    drop(&h);
}

/* One market, days; two of which one moves by ticks and stands still half of the time; pieces; minutes. */
static void odd_shapes(void **state)
{
    (void)state;
    static char json[1 << 16];
    for (uint32_t shape = 0; shape < 4; shape++) {
        bw_model_params truth = truth_of(shape == 1 ? 2 : 1 + shape % 3, true);
        history h = history_of(&truth, shape == 3 ? 400 : 40, 5 + shape);
        uint32_t count = h.prices.market_count;
        h.prices.row_count = shape == 3 ? 9000 : 600;
        h.prices.interval_ns = shape == 0 ? 24 * HOUR : shape == 3 ? HOUR / 60 : HOUR;
        for (uint32_t i = 0; i < h.prices.row_count; i++) {
            h.move[i * count] *= shape == 1 && i % 2 ? 0 : 1;
            h.starts[i] |= shape == 2 && i % 210 == 0;
        }
        bw_effort effort = small_effort();
        bw_calibrated *result = calibrated(&h, NULL, 1, &effort);
        assert_true(bw_calibrate_json(result, "p.csv", 0, json, sizeof json) < sizeof json);
        assert_null(strstr(json, "nan"));
        for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++)
            for (uint32_t m = 0; m < count; m++) {
                bw_calibrated_value value;
                if (bw_calibrated_of(result, &bw_model_settings[s], m, &value))
                    assert_true(value.low <= value.value && value.value <= value.high && isfinite(value.low) && isfinite(value.high));
            }
        assert_null(bw_model_fault(&result->fit.params, json, sizeof json));
        free(result);
        drop(&h);
    }
}

static void what_cannot_be(void **state)
{
    (void)state;
    bw_model_params truth = truth_of(2, false);
    history h = history_of(&truth, 30, 1);
    char fault[200];
    assert_null(bw_calibrate_fault(&h.prices, fault, sizeof fault));
    h.prices.interval_ns = 25 * HOUR;
    assert_string_equal(bw_calibrate_fault(&h.prices, fault, sizeof fault), "found an interval of 90000 s, expected at most a day");
    h.prices.interval_ns = HOUR / 60;
    assert_string_equal(bw_calibrate_fault(&h.prices, fault, sizeof fault),
                        "found 0 of 720 moves with 4 days (and 16 rows) without a cut before them, expected at least half");
    h.prices.interval_ns = HOUR;
    h.prices.row_count = 499;
    assert_string_equal(bw_calibrate_fault(&h.prices, fault, sizeof fault), "found 499 moves, expected at least 500");
    h.prices.row_count = 600;
    for (uint32_t i = 0; i < 600; i++)
        h.move[2 * i + 1] = 0;
    assert_string_equal(bw_calibrate_fault(&h.prices, fault, sizeof fault), "found ETH standing still in three rows of four, expected a price that moves");
    assert_int_equal(bw_calibrate_class("ETH-PERP", .5), BW_MARKET_ETH);
    assert_int_equal(bw_calibrate_class("SOL", .03), BW_MARKET_LARGE);
    assert_int_equal(bw_calibrate_class("SOL", .06), BW_MARKET_MID);
    assert_int_equal(bw_calibrate_class("SOL", .09), BW_MARKET_SMALL);
    drop(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(recovers_what_made_the_prices), cmocka_unit_test(few_events_are_no_data),
                                       cmocka_unit_test(a_pure_function), cmocka_unit_test(times_of_the_week),
                                       cmocka_unit_test(given_correlations_are_matched), cmocka_unit_test(odd_shapes),
                                       cmocka_unit_test(what_cannot_be)};
    const struct CMUnitTest only[] = {cmocka_unit_test(recovers_what_made_the_prices)};
    if (getenv("BW_CALIBRATE_RUNS") != NULL)
        return cmocka_run_group_tests_name("calibrate", only, NULL, NULL);
    return cmocka_run_group_tests_name("calibrate", tests, NULL, NULL);
}
