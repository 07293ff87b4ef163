/* The price model: same bytes, its plain twin, draws that stay when something else changes, refusals, paths to play. */
#include "model_case.h"

#include "scenario.h"

static void turbulent(bw_model_params *p)
{
    p->jumps = 4;
    p->factor_sd = .2;
    for (uint32_t i = 0; i < p->market_count + p->collateral; i++) {
        p->item[i].own_jumps = .5;
        p->item[i].sector_load = i % 3 ? .7 : 0;
        p->item[i].sector = i % BW_MODEL_SECTORS;
    }
}

/* ---- same bytes ---- */

static void defaults_have_a_hash(void **state)
{
    (void)state;
    bw_model_params p = case_params(6, 1);
    bw_model *model = case_model(&p);
    double *move = calloc(7 * 240, sizeof *move);
    bw_model_told told;
    uint64_t hash = 0;
    for (uint64_t path = 0; path < 200; path++) {
        bw_model_path(model, 1, path, move, &told);
        hash = bw_hash64(move, 7 * 240 * sizeof *move, hash);
        hash = bw_hash64(&told, sizeof told, hash);
    }
    printf("# model hash %016llx\n", (unsigned long long)hash);
    assert_int_equal(hash, 0x3e7cacca14e9497f);
    free(move);
    free(model);
}

static double setting_at_random(const bw_model_setting *setting, uint64_t *seed)
{
    double share = (double)check_random_below(seed, 1001) / 1000, low = setting->low, high = setting->high;
    if (check_random_below(seed, 4)) { /* most within reach of the default */
        low = fmax(low, setting->value[0] - 2 * fabs(setting->value[0]) - .1);
        high = fmin(high, setting->value[0] + 2 * fabs(setting->value[0]) + .1);
    }
    return fmin(low + share * (high - low), high);
}

/* Fast code and the plain twin agree in every bit, for any parameters. */
static void twin_agrees(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    for (uint32_t round = 0; round < 150; round++) {
        char fault[200];
        uint32_t count = 1 + (uint32_t)check_random_below(&seed, 6), collateral = (uint32_t)check_random_below(&seed, 2);
        bw_model_params p = case_params(count, collateral);
        p.step_count = 1 + (uint32_t)check_random_below(&seed, 9);
        p.horizon_s = (double)(1 + check_random_below(&seed, 1000000));
        for (uint32_t i = 0; i < count + collateral; i++) {
            p.item[i].sector = (uint32_t)check_random_below(&seed, BW_MODEL_SECTORS);
            for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++)
                if (strcmp(bw_model_settings[s].word, "tail") != 0 || round % 8 == 0)
                    bw_model_setting_put(&p, &bw_model_settings[s], i, setting_at_random(&bw_model_settings[s], &seed));
        }
        if (bw_model_fault(&p, fault, sizeof fault) != NULL) {
            if (strstr(fault, "E[price]") == NULL)
                fail_msg("%s", fault);
            continue;
        }
        bw_model *model = case_model(&p);
        size_t size = sizeof(double) * p.step_count * (count + collateral);
        double *fast = malloc(size), *plain = malloc(size);
        for (uint64_t path = 0; path < 50; path++) {
            bw_model_told a, b;
            bw_model_path(model, seed, path << (path % 40), fast, &a);
            bw_model_path_reference(model, seed, path << (path % 40), plain, &b);
            assert_memory_equal(fast, plain, size);
            assert_memory_equal(&a, &b, sizeof a);
        }
        free(fast);
        free(plain);
        free(model);
    }
}

static void any_order_any_place(void **state)
{
    (void)state;
    bw_model_params p = case_params(8, 0);
    turbulent(&p);
    bw_model *model = case_model(&p);
    size_t size = bw_model_footprint(&p), moves = sizeof(double) * 8 * 240;
    double *first = malloc(moves), *again = malloc(moves);
    bw_model_told told;
    bw_model_path(model, 9, 5, first, &told);
    for (uint64_t path = 100; path > 0; path--)
        bw_model_path(model, 9, path - 1, again, &told);
    bw_model *moved = malloc(size); /* no pointers inside */
    memcpy(moved, model, size);
    free(model);
    bw_model_path(moved, 9, 5, again, &told);
    assert_memory_equal(first, again, moves);
    bw_model_path(moved, 9, 6, again, &told);
    assert_memory_not_equal(first, again, moves);
    bw_model_path(moved, 10, 5, again, &told);
    assert_memory_not_equal(first, again, moves);
    free(moved);
    free(first);
    free(again);
}

/* ---- common random numbers ---- */

static double change(const double *move, uint32_t items, uint32_t t, uint32_t i)
{
    return move[t * items + i] - (t ? move[(t - 1) * items + i] : 0);
}

/* More jumps are the old ones and others; where none came, the moves are what they were. */
static void intensity_leaves_the_normals(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    uint32_t moved = 0, paths_with = 0;
    for (uint64_t path = 0; path < 60; path++) {
        bw_model_params p = case_params(4, 0);
        bw_model_told calm, wild;
        p.vol_jump = 0;
        p.jumps = 1;
        double *before = case_moves(&p, seed, path, &calm);
        p.jumps = 2;
        double *after = case_moves(&p, seed, path, &wild);
        uint32_t differ = 0;
        for (uint32_t t = 0; t < 240; t++)
            differ += fabs(change(before, 4, t, 0) - change(after, 4, t, 0)) > 1e-12;
        assert_true(wild.common_jumps >= calm.common_jumps);
        assert_int_equal(differ, wild.common_jumps - calm.common_jumps);
        moved += differ;
        paths_with += calm.common_jumps > 0;
        free(before);
        free(after);
    }
    assert_true(moved > 30 && paths_with > 20);
}

static void own_jumps_leave_the_rest(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    uint32_t added = 0;
    for (uint64_t path = 0; path < 60; path++) {
        bw_model_params p = case_params(4, 0);
        bw_model_told calm, wild;
        p.item[1].own_jumps = 1;
        double *before = case_moves(&p, seed, path, &calm);
        p.item[1].own_jumps = 20;
        double *after = case_moves(&p, seed, path, &wild);
        for (uint32_t t = 0; t < 240; t++)
            for (uint32_t i = 0; i < 4; i++)
                if (i != 1)
                    assert_memory_equal(&before[t * 4 + i], &after[t * 4 + i], sizeof(double));
        assert_true(wild.own_jumps >= calm.own_jumps);
        added += wild.own_jumps - calm.own_jumps;
        free(before);
        free(after);
    }
    assert_true(added > 60 * 19 * 8 / 10 && added < 60 * 19 * 12 / 10);
}

/* Neither another market nor a collateral changes the others; the collateral keeps its own draws. */
static void markets_do_not_disturb_each_other(void **state)
{
    (void)state;
    bw_model_params few = case_params(5, 1), more = case_params(9, 1), bare = case_params(5, 0);
    bw_model_told told;
    turbulent(&few);
    turbulent(&more);
    turbulent(&bare);
    more.item[9] = few.item[5];
    double *a = case_moves(&few, 3, 17, &told), *b = case_moves(&more, 3, 17, &told), *c = case_moves(&bare, 3, 17, &told);
    for (uint32_t t = 0; t < 240; t++) {
        assert_memory_equal(&a[t * 6], &b[t * 10], 5 * sizeof(double));
        assert_memory_equal(&a[t * 6], &c[t * 5], 5 * sizeof(double));
        assert_memory_equal(&a[t * 6 + 5], &b[t * 10 + 9], sizeof(double));
    }
    free(a);
    free(b);
    free(c);
}

/* Twice the beta: twice the move, when nothing else moves the market. */
static void beta_scales_and_no_more(void **state)
{
    (void)state;
    bw_model_params p = case_params(2, 0);
    bw_model_told told;
    p.jumps = p.item[0].own_jumps = p.item[0].own_sd = 0;
    double *before = case_moves(&p, 4, 2, &told);
    p.item[0].beta = 2;
    double *after = case_moves(&p, 4, 2, &told);
    for (uint32_t t = 0; t < 240; t++) {
        assert_true(fabs(after[2 * t] - 2 * before[2 * t]) < 1e-14);
        assert_memory_equal(&after[2 * t + 1], &before[2 * t + 1], sizeof(double));
    }
    free(before);
    free(after);
}

/* ---- caps ---- */

static void caps_hold_and_let_go(void **state)
{
    (void)state;
    bw_model_params p = case_params(3, 1);
    bw_model_told told;
    uint32_t stuck = 0, back = 0, told_steps = 0;
    turbulent(&p);
    for (uint32_t i = 0; i < 4; i++) {
        p.item[i].step_low = -.02;
        p.item[i].step_high = .01;
        p.item[i].horizon_low = -.15;
        p.item[i].horizon_high = .1;
    }
    for (uint64_t path = 0; path < 50; path++) {
        double *move = case_moves(&p, 5, path, &told);
        for (uint32_t t = 0; t < 240; t++)
            for (uint32_t i = 0; i < 4; i++) {
                double x = change(move, 4, t, i), at = move[t * 4 + i];
                assert_true(x >= -.02 - 1e-12 && x <= .01 + 1e-12 && at >= -.15 && at <= .1);
                stuck += at == -.15 || at == .1;
                back += t > 0 && move[(t - 1) * 4 + i] == -.15 && at > -.15;
            }
        told_steps += told.clipped_steps;
        assert_int_equal(told.clipped, 1);
        free(move);
    }
    assert_true(stuck > 1000 && back > 100 && told_steps > stuck);
}

/* ---- settings and refusals ---- */

static void every_setting_has_its_range(void **state)
{
    (void)state;
    char fault[200], start[64];
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++) {
        const bw_model_setting *setting = &bw_model_settings[s];
        assert_ptr_equal(bw_model_setting_find(setting->word), setting);
        for (int outside = 0; outside < 3; outside++) {
            bw_model_params p = case_params(3, 1);
            double wrong = outside == 0 ? setting->low - 1e-6 : outside == 1 ? setting->high + 1e-6 : (double)NAN;
            bw_model_setting_put(&p, setting, 3, wrong);
            assert_true(outside == 2 || bw_model_setting_get(&p, setting, 3) == wrong);
            assert_non_null(bw_model_fault(&p, fault, sizeof fault));
            snprintf(start, sizeof start, "found %s ", setting->word);
            assert_memory_equal(fault, start, strlen(start));
        }
    }
    assert_null(bw_model_setting_find("betta"));
    bw_model_params p = case_params(5, 0);
    p.item[4].sector = 11;
    bw_model_setting_put(&p, bw_model_setting_find("sector-sd"), 4, .3); /* of that sector and no other */
    for (uint32_t s = 0; s < BW_MODEL_SECTORS; s++)
        assert_true(p.sector_sd[s] == (s == 11 ? .3 : .02));
}

/* docs/stress.md has the table that the code has: words, defaults, ranges, tags. */
static void the_document_has_every_row(void **state)
{
    char path[1024], row[600];
    const char *root = getenv("BW_SOURCE_DIR");
    (void)state;
    snprintf(path, sizeof path, "%s/docs/stress.md", root ? root : ".");
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, SCENARIO_TEXT_MAX);
    if (file == NULL || fread(text, 1, SCENARIO_TEXT_MAX - 1, file) == 0)
        fail_msg("cannot read %s", path);
    fclose(file);
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++) {
        bw_model_setting_row(&bw_model_settings[s], row, sizeof row);
        assert_true(strlen(row) < sizeof row - 1);
        if (strstr(text, row) == NULL)
            fail_msg("docs/stress.md lacks the row\n%s", row);
    }
    free(text);
}

static void refused(const bw_model_params *p, const char *expected)
{
    char fault[200];
    const char *got = bw_model_fault(p, fault, sizeof fault);
    assert_non_null(got);
    if (strncmp(got, expected, strlen(expected)) != 0)
        fail_msg("found '%s', expected '%s'", got, expected);
}

#define REFUSED(change, expected)                                                                                      \
    do {                                                                                                               \
        bw_model_params p = case_params(3, 0);                                                                         \
        change;                                                                                                        \
        refused(&p, expected);                                                                                         \
    } while (0)

static void bad_parameters(void **state)
{
    (void)state;
    REFUSED(p.factor_sd = -.01, "found factor-sd -0.01, expected 0 to 5");
    REFUSED(p.item[2].own_sd = -1, "found own-sd -1, expected 0 to 5");
    REFUSED(p.item[1].tail = 2, "found tail 2, expected 2.1 to 100");
    REFUSED(p.jump_branching = 1, "found jump-branching 1, expected 0 to 0.95");
    REFUSED(p.item[0].step_high = (double)INFINITY, "found step-high inf, expected 0.0001 to 5");
    REFUSED(p.item[0].horizon_high = 0, "found horizon-high 0, expected 0.0001 to 5");
    REFUSED(p.item[2].jump_beta = 40, "found jump-beta 40 with a mean jump upwards of 0.03, expected their product below 1");
    REFUSED(p.item[2].jump_beta = -25, "found jump-beta -25 with a mean jump upwards of 0.045, expected their product");
    REFUSED(p.item[2].own_jump_size = 1, "found own-jump-size 1, expected 0 to 0.99");
    REFUSED(p.leverage_effect = 1.01, "found leverage-effect 1.01, expected -1 to 1");
    REFUSED(p.step_count = 0, "found a horizon shorter than a step");
    REFUSED(p.step_count = 100001, "found 100001 steps, expected at most 100000");
    REFUSED(p.horizon_s = 0, "found a horizon of 0 s");
    REFUSED(p.horizon_s = (double)NAN, "found a horizon of nan s");
    REFUSED(p.market_count = 0, "found 0 markets, expected 1 to 64");
    REFUSED(p.item[1].sector = 16, "found sector 16, expected 0 to 15");
    bw_model_params full = case_params(64, 0);
    assert_null(bw_model_fault(&full, NULL, 0));
    full.collateral = 1;
    refused(&full, "found 64 markets, expected 1 to 64, a collateral among them");
}

/* ---- paths to play ---- */

static void paths_for_play(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    bw_model_params p = bw_model_params_default(s->market, s->market_count, 0);
    bw_model_told told;
    p.step_count = 60;
    p.horizon_s = 3600;
    bw_model *model = case_model(&p);
    double *move = malloc(sizeof *move * 60 * s->market_count);
    bw_path_params params = bw_model_path_params(model, 1000 * (int64_t)BW_NANO);
    assert_int_equal(params.batch_ns, 60 * (int64_t)BW_NANO);
    params.batch_ns /= 20; /* play's clock may be finer */
    size_t size = bw_path_steps_footprint(&params, bw_model_step_ns(model), s->market_count);
    bw_path *path;
    assert_int_equal(bw_path_steps_new(malloc(size), size, &params, bw_model_step_ns(model), s->market, s->market_count, &path),
                     BW_PATH_OK);
    assert_int_equal(bw_path_batch_count(path), 1201);
    for (uint64_t i = 0; i < 3; i++) {
        bw_model_path(model, 1, i, move, &told);
        bw_model_to_path(model, s->open_ticks, move, path);
        for (uint32_t m = 0; m < s->market_count; m++) {
            assert_int_equal(bw_path_ticks(path, m, bw_path_batch_time(path, 0), 0), s->open_ticks[m]);
            for (uint32_t t = 0; t < 60; t++) {
                int64_t time = bw_path_batch_time(path, 20 * (t + 1)), ticks = bw_path_ticks(path, m, time, 0);
                double exact = (double)s->open_ticks[m] * exp(move[t * s->market_count + m]);
                assert_true(fabs((double)ticks - exact) <= .5 + 1e-6 || (ticks == 1 && exact < 1));
            }
        }
    }
    free(path);
    free(move);
    free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_have_a_hash), cmocka_unit_test(twin_agrees), cmocka_unit_test(any_order_any_place),
        cmocka_unit_test(intensity_leaves_the_normals), cmocka_unit_test(own_jumps_leave_the_rest),
        cmocka_unit_test(markets_do_not_disturb_each_other), cmocka_unit_test(beta_scales_and_no_more),
        cmocka_unit_test(caps_hold_and_let_go), cmocka_unit_test(every_setting_has_its_range),
        cmocka_unit_test(the_document_has_every_row), cmocka_unit_test(bad_parameters), cmocka_unit_test(paths_for_play),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
