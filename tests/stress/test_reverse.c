/* Directions of reverse stress, and how far a path goes in them. */
#include <math.h>

#include "check.h"
#include "stress/reverse.h"

static bw_reverse_row rows[BW_REVERSE_ROWS];
static const char *const NAMES[] = {"BTC", "ETH", "DOGE", "SHIB"};

static bw_model_params model_of(void)
{
    bw_market_facts markets[4] = {{.class = BW_MARKET_BTC}, {.class = BW_MARKET_ETH}, {.class = BW_MARKET_MID}, {.class = BW_MARKET_MID}};
    return bw_model_params_default(markets, 4, 1);
}

static void directions(void **state)
{
    (void)state;
    bw_model_params model = model_of();
    uint32_t count = bw_reverse_rows(&model, NAMES, 7, rows);
    assert_int_equal(count, 2 + 2 + 8 + 1 + BW_REVERSE_JOINT);
    assert_string_equal(rows[0].name, "all markets down");
    assert_string_equal(rows[2].name, "sector 3 down");
    assert_string_equal(rows[5].name, "BTC up");
    assert_string_equal(rows[12].name, "collateral down");
    for (uint32_t m = 0; m < 4; m++)
        assert_true(rows[0].unit[m] == -1 && rows[2].unit[m] == (m >= 2 ? -1 : 0) && rows[5].unit[m] == (m == 0 ? 1 : 0));
    assert_true(rows[12].unit[4] == -1 && rows[12].unit[0] == 0);
    bw_reverse_row first = rows[20];
    bw_reverse_rows(&model, NAMES, 7, rows);
    assert_memory_equal(&first, &rows[20], sizeof first);
    bw_reverse_rows(&model, NAMES, 8, rows);
    assert_memory_not_equal(first.unit, rows[20].unit, sizeof first.unit);
}

/* A joint direction of length 1 moves no market by more than its standard deviation of a day, and markets together. */
static void joint_directions_are_the_models(void **state)
{
    (void)state;
    bw_model_params model = model_of();
    uint32_t count = bw_reverse_rows(&model, NAMES, 7, rows), alike = 0;
    for (uint32_t r = 13; r < count; r++) {
        for (uint32_t m = 0; m < 4; m++) {
            double factor = model.item[m].beta * model.factor_sd, own = model.item[m].own_sd;
            assert_true(fabs(rows[r].unit[m]) <= sqrt(factor * factor + own * own) * 1.000001);
        }
        alike += rows[r].unit[0] * rows[r].unit[1] > 0;
    }
    assert_true(alike > (count - 13) / 2);
}

static void far_enough(void **state)
{
    static const double path[] = {-.1, .2, 0, 0, 0, -.3, -.1, 0, 0, 0, -.2, -.3, 0, 0, 0};
    (void)state;
    bw_reverse_row down = {.unit = {-1, -1}, .size = .25}, one = {.unit = {-1}, .size = .25};
    assert_true(bw_reverse_reached(&down, path, 3, 5));        /* the mean of both, at the last step */
    assert_false(bw_reverse_reached(&down, path, 2, 5));
    assert_true(bw_reverse_reached(&one, path, 2, 5));
    one.size = .31;
    assert_false(bw_reverse_reached(&one, path, 3, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(directions), cmocka_unit_test(joint_directions_are_the_models),
                                       cmocka_unit_test(far_enough)};
    return cmocka_run_group_tests_name("stress/reverse", tests, NULL, NULL);
}
