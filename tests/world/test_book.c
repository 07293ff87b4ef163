/* The generated book: exact match, health, the measured distributions, determinism. Prints the
   table of what was measured and what came out. */
#include "scenario.h"

#include <math.h>

#include "base/hash.h"
#include "world/quantile.h"
#include "world/real.h"

typedef struct {
    void *memory;
    bw_book *book;
    uint32_t user_count;
} made;

static made book_make(bw_book_params params)
{
    const scenario *s = scenario_read();
    made m = {.user_count = params.account_count};
    size_t size = bw_book_footprint(params.account_count);
    m.memory = malloc(size);
    assert_non_null(m.memory);
    assert_int_equal(bw_book_new(m.memory, size, &params, s->market, s->market_count,
                                 s->open_ticks, &m.book),
                     BW_BOOK_OK);
    return m;
}

static made book_of(uint32_t accounts, uint64_t seed)
{
    bw_book_params params = bw_book_params_default();
    params.account_count = accounts;
    params.seed = seed;
    return book_make(params);
}

static made default_book(void)
{
    static made kept;
    if (kept.book == NULL)
        kept = book_make(bw_book_params_default());
    return kept;
}

/* Lots per market cancel; extents follow each other; no account holds a market twice. */
static void structure_holds(const made *m)
{
    const scenario *s = scenario_read();
    int64_t sum[BW_MARKETS_MAX] = {0}, side[BW_MARKETS_MAX] = {0};
    uint32_t next = 0;
    assert_int_equal(m->book->account_count, m->user_count + BW_BOOK_DESKS);
    for (uint32_t a = 0; a < m->book->account_count; a++) {
        const bw_book_account *account = &m->book->accounts[a];
        uint64_t held = 0;
        assert_int_equal(account->position_first, next);
        assert_true(account->position_count <= BW_BOOK_POSITIONS_MAX && account->owner > 0);
        for (uint32_t i = 0; i < account->position_count; i++, next++) {
            const bw_book_position *position = &m->book->positions[next];
            assert_int_equal(position->account, a);
            assert_true(position->market < s->market_count && position->lots != 0);
            assert_true(position->entry_ticks >= 1 && position->entry_ticks <= BW_PRICE_TICKS_MAX);
            assert_false(held >> position->market & 1);
            held |= (uint64_t)1 << position->market;
            sum[position->market] += position->lots;
            side[position->market] += position->lots > 0 ? position->lots : 0;
        }
    }
    assert_int_equal(next, m->book->position_count);
    for (uint32_t i = 0; i < s->market_count; i++) {
        assert_int_equal(sum[i], 0);
        assert_int_equal(side[i], m->book->stats.market[i].lots_side);
    }
}

static void everyone_is_healthy(const made *m)
{
    const scenario *s = scenario_read();
    for (uint32_t a = 0; a < m->book->account_count; a++) {
        int64_t equity = bw_book_equity(m->book, s->market, a, s->open_ticks);
        int64_t initial = bw_book_initial_margin(m->book, s->market, a, s->open_ticks);
        assert_true(equity > initial);
        assert_true(m->book->accounts[a].balance >= 0);
    }
}

static void book_is_matched_and_healthy(void **state)
{
    (void)state;
    made m = default_book();
    structure_holds(&m);
    everyone_is_healthy(&m);
}

static void other_sizes_too(void **state)
{
    (void)state;
    static const uint32_t counts[] = {4, 5, 36, 100, 1000, 10000, 300000};
    for (uint32_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        made m = book_of(counts[i], i);
        structure_holds(&m);
        everyone_is_healthy(&m);
        free(m.memory);
    }
}

/* Real totals at every number of accounts. */
static void totals_do_not_depend_on_the_accounts(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    static const uint32_t counts[] = {3000, 100000, 300000};
    for (uint32_t i = 0; i < 3; i++) {
        made m = book_of(counts[i], 9);
        for (uint32_t k = 0; k < s->market_count; k++)
            assert_true(fabs((double)m.book->stats.market[k].open_interest /
                                 (double)s->market[k].open_interest - 1) < .03);
        free(m.memory);
    }
    assert_true(fabs(default_book().book->stats.scale - 1) < .02);
}

static void desks_have_limited_capital(void **state)
{
    (void)state;
    made m = default_book();
    const bw_book_account *desk = &m.book->accounts[m.user_count];
    assert_int_equal(desk[0].balance, 40000000000000);
    assert_int_equal(desk[1].balance, 20000000000000);
    assert_int_equal(desk[0].position_count + desk[1].position_count, 0);
    assert_true(desk[0].owner != desk[1].owner);
}

/* ---- distributions: of the accounts whose first position is a short, as those measured ---- */

typedef struct {
    uint32_t count;
    double *notional, *account_value, *leverage, *pnl_percent;
} sample;

static double sample_pnl(const bw_book *book, uint32_t account)
{
    const scenario *s = scenario_read();
    const bw_book_account *owner = &book->accounts[account];
    double profit = 0, notional = 0;
    for (uint32_t i = 0; i < owner->position_count; i++) {
        const bw_book_position *position = &book->positions[owner->position_first + i];
        double mark = (double)s->market[position->market].adl_price_ticks;
        if (position->lots > 0)
            continue;
        profit -= (double)position->lots * ((double)position->entry_ticks - mark);
        notional -= (double)position->lots * mark;
    }
    return 100 * profit / notional;
}

static sample sample_take(const made *m)
{
    const scenario *s = scenario_read();
    size_t bytes = m->user_count * sizeof(double);
    sample x = {0, malloc(bytes), malloc(bytes), malloc(bytes), malloc(bytes)};
    for (uint32_t a = 0; a < m->user_count; a++) {
        const bw_book_account *account = &m->book->accounts[a];
        if (account->position_count == 0 || m->book->positions[account->position_first].lots > 0)
            continue;
        x.notional[x.count] = 1e-6 * (double)bw_book_notional(m->book, s->market, a, s->open_ticks);
        x.account_value[x.count] = 1e-6 * (double)bw_book_equity(m->book, s->market, a, s->open_ticks);
        x.leverage[x.count] = x.notional[x.count] / x.account_value[x.count];
        x.pnl_percent[x.count++] = sample_pnl(m->book, a);
    }
    return x;
}

static void sample_free(sample *x)
{
    free(x->notional);
    free(x->account_value);
    free(x->leverage);
    free(x->pnl_percent);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *sorted_copy(const double *value, uint32_t count)
{
    double *copy = malloc(count * sizeof *copy);
    memcpy(copy, value, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, compare);
    return copy;
}

/* Largest factor between generated and measured quantiles whose share lies in [low, high]. */
static double quantile_misfit(const char *what, const double *value, uint32_t count,
                              const bw_quantile_table *table, double low, double high)
{
    double *sorted = sorted_copy(value, count), worst = 1;
    printf("# %-14s measured/generated:", what);
    for (uint32_t i = 0; i < table->count; i++) {
        double share = table->below[i], got = sorted[(uint32_t)(share * count)];
        double factor = exp(fabs(log(got / table->value[i])));
        printf(" p%.4g %.4g/%.4g", 100 * share, table->value[i], got);
        if (share >= low && share <= high && factor > worst)
            worst = factor;
    }
    printf("; worst factor p%.4g-p%.4g: %.2f\n", 100 * low, 100 * high, worst);
    free(sorted);
    return worst;
}

static void ln_moments(const double *value, uint32_t count, double *mean, double *spread)
{
    double sum = 0, squares = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += log(value[i]);
        squares += log(value[i]) * log(value[i]);
    }
    *mean = sum / count;
    *spread = sqrt(squares / count - *mean * *mean);
}

/* Hill's index of the largest share. */
static double tail_index(const double *value, uint32_t count, double share)
{
    double *sorted = sorted_copy(value, count), sum = 0;
    uint32_t from = count - (uint32_t)(share * count);
    for (uint32_t i = from; i < count; i++)
        sum += log(sorted[i] / sorted[from - 1]);
    free(sorted);
    return (count - from) / sum;
}

static void distributions_are_as_measured(void **state)
{
    (void)state;
    made m = default_book();
    sample x = sample_take(&m);
    double mean, spread;
    printf("# %u shorts of %u accounts, %u positions\n", x.count, m.user_count,
           m.book->position_count);
    /* 1.41 at p90 since open interest is calibrated on the replay (docs/calibration.md): smaller coins hold more of it */
    assert_true(quantile_misfit("notional", x.notional, x.count, &bw_measured_notional, .01, .999) < 1.45);
    assert_true(quantile_misfit("account value", x.account_value, x.count,
                                &bw_measured_account_value, .05, .999) < 1.6);
    /* above the median leverage is up to 2.6 times the measured: book.h, Draws */
    assert_true(quantile_misfit("leverage", x.leverage, x.count, &bw_measured_leverage, .10, .50) < 1.4);
    assert_true(quantile_misfit("leverage", x.leverage, x.count, &bw_measured_leverage, .10, .99) < 2.8);
    assert_true(quantile_misfit("pnl percent", x.pnl_percent, x.count, &bw_measured_pnl_percent, .05,
                                .99) < 1.3);
    ln_moments(x.notional, x.count, &mean, &spread);
    printf("# ln notional N(%.2f, %.2f), measured N(6.63, 2.60)\n", mean, spread);
    assert_true(fabs(mean - 6.63) < .15 && fabs(spread - 2.60) < .25);
    ln_moments(x.account_value, x.count, &mean, &spread);
    printf("# ln account value N(%.2f, %.2f), measured N(7.22, 2.64)\n", mean, spread);
    assert_true(fabs(mean - 7.22) < .25 && fabs(spread - 2.64) < .4);
    double index = tail_index(x.notional, x.count, .005);
    printf("# tail index %.2f, measured .75 to .9\n", index);
    assert_true(index > .7 && index < .95);
    sample_free(&x);
}

static const double *rank_key;

static int compare_rank(const void *a, const void *b)
{
    double x = rank_key[*(const uint32_t *)a], y = rank_key[*(const uint32_t *)b];
    return (x > y) - (x < y);
}

static double *ranks_of(const double *value, uint32_t count)
{
    uint32_t *order = malloc(count * sizeof *order);
    double *rank = malloc(count * sizeof *rank);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    rank_key = value;
    qsort(order, count, sizeof *order, compare_rank);
    for (uint32_t i = 0; i < count; i++)
        rank[order[i]] = i;
    free(order);
    return rank;
}

static double spearman(const double *a, const double *b, uint32_t count)
{
    double *x = ranks_of(a, count), *y = ranks_of(b, count), sum = 0, n = count;
    for (uint32_t i = 0; i < count; i++)
        sum += (x[i] - y[i]) * (x[i] - y[i]);
    free(x);
    free(y);
    return 1 - 6 * sum / (n * (n * n - 1));
}

static void rank_correlations_are_as_measured(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        made m = book_of(100000, seed);
        sample x = sample_take(&m);
        double size = spearman(x.notional, x.account_value, x.count);
        double profit = spearman(x.pnl_percent, x.leverage, x.count);
        double leverage = spearman(x.leverage, x.account_value, x.count);
        printf("# seed %u: Spearman notional-account %+.3f (+.74), PnL%%-leverage %+.3f (-.72), "
               "leverage-account %+.3f (-.36)\n", (uint32_t)seed, size, profit, leverage);
        assert_true(fabs(size - .74) < .05);
        assert_true(fabs(profit + .72) < .04);
        assert_true(fabs(leverage + .36) < .05);
        sample_free(&x);
        free(m.memory);
    }
}

static void markets_profits_are_as_measured(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    const bw_book_stats *stats = &default_book().book->stats;
    for (uint32_t m = 0; m < s->market_count; m++) {
        double wanted = 1e-4 * (double)s->market[m].winner_pnl_ppm;
        /* a little less where entries had to move, half a point of rounding in the facts */
        assert_true(fabs(stats->market[m].short_pnl_percent - wanted) < .04 * wanted + .6);
    }
}

static void large_accounts_hold_more_positions(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    made m = default_book();
    double positions[2] = {0}, accounts[2] = {0};
    uint32_t up_to_three = 0;
    for (uint32_t a = 0; a < m.user_count; a++) {
        bool large = bw_book_notional(m.book, s->market, a, s->open_ticks) > 1000000000000;
        accounts[large]++;
        positions[large] += m.book->accounts[a].position_count;
        up_to_three += m.book->accounts[a].position_count <= 3;
    }
    printf("# positions an account: %.2f, above 1 M USD %.2f\n", positions[0] / accounts[0],
           positions[1] / accounts[1]);
    assert_true(up_to_three > .9 * m.user_count);
    assert_true(positions[1] / accounts[1] > 1.4 * positions[0] / accounts[0]);
}

/* How much of the longs would stand below maintenance margin if every price fell to its low at
   once and nobody's closing moved it further: what the engine's calibration starts from. */
static void the_crash_liquidates_a_realistic_share(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    int64_t low[BW_MARKETS_MAX], high;
    bw_path_params clock = bw_path_params_default();
    for (uint32_t m = 0; m < s->market_count; m++)
        bw_path_range(s->path, m, clock.level_ns, clock.level_ns + 600 * (int64_t)BW_NANO, &low[m],
                      &high);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        made m = book_of(100000, seed);
        double longs = 0, under = 0;
        for (uint32_t a = 0; a < m.user_count; a++) {
            bool below = bw_book_equity(m.book, s->market, a, low) <
                         bw_book_maintenance_margin(m.book, s->market, a, low);
            for (uint32_t i = 0; i < m.book->accounts[a].position_count; i++) {
                const bw_book_position *p = &m.book->positions[m.book->accounts[a].position_first + i];
                double value = 1e-12 * (double)bw_market_notional(&s->market[p->market], p->lots,
                                                                  s->open_ticks[p->market]);
                longs += p->lots > 0 ? value : 0;
                under += p->lots > 0 && below ? value : 0;
            }
        }
        printf("# seed %u: longs %.0f M USD, under maintenance at the lows %.0f (measured liquidated "
               "1644 and deleveraged 2041)\n", (uint32_t)seed, longs, under);
        assert_true(under > .2 * longs && under < .7 * longs);
        free(m.memory);
    }
}

static uint64_t book_hash(const bw_book *book)
{
    uint64_t hash = 0;
    for (uint32_t a = 0; a < book->account_count; a++) {
        const bw_book_account *account = &book->accounts[a];
        const uint64_t words[] = {(uint64_t)account->balance, (uint64_t)account->collateral, account->owner,
                                  account->position_first, account->position_count};
        hash = bw_hash64(words, sizeof words, hash);
    }
    return bw_hash64(book->positions, book->position_count * sizeof book->positions[0], hash);
}

static void same_seed_same_bytes(void **state)
{
    (void)state;
    made again = book_make(bw_book_params_default()), other = book_of(100000, 2);
    uint64_t hash = book_hash(again.book);
    printf("# book hash %016llx\n", (unsigned long long)hash);
    assert_int_equal(hash, book_hash(default_book().book));
    assert_int_not_equal(hash, book_hash(other.book));
    assert_int_equal(hash, 0x336035889358b407);
    free(again.memory);
    free(other.memory);
}

static int questions_left;
static bool stop_now(void)
{
    return questions_left-- <= 0;
}

/* At whichever question it is told to stop, there is no book; told never, there is. */
static void can_be_stopped(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    bw_book_params params = bw_book_params_default();
    params.account_count = 9000;
    params.stopped = stop_now;
    size_t size = bw_book_footprint(params.account_count);
    void *memory = malloc(size);
    bw_book *book;
    int asked = 0;
    for (bw_book_status status = BW_BOOK_STOPPED; status == BW_BOOK_STOPPED; asked++) {
        questions_left = asked;
        status = bw_book_new(memory, size, &params, s->market, s->market_count, s->open_ticks, &book);
        assert_true(status == BW_BOOK_STOPPED ? book == NULL : status == BW_BOOK_OK && book != NULL);
    }
    assert_true(asked > 20);
    free(memory);
}

static void faults_are_refused(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    bw_book_params params = bw_book_params_default();
    params.account_count = 100;
    size_t size = bw_book_footprint(100);
    char *memory = malloc(size + 8);
    int64_t ticks[BW_MARKETS_MAX];
    bw_book *book;
    memcpy(ticks, s->open_ticks, sizeof ticks);
    assert_int_equal(bw_book_new(memory, size - 1, &params, s->market, 36, ticks, &book), BW_BOOK_MEMORY);
    assert_int_equal(bw_book_new(memory + 4, size, &params, s->market, 36, ticks, &book), BW_BOOK_MEMORY);
    assert_int_equal(bw_book_new(memory, size, &params, s->market, 0, ticks, &book), BW_BOOK_MARKETS);
    ticks[7] = 0;
    assert_int_equal(bw_book_new(memory, size, &params, s->market, 36, ticks, &book), BW_BOOK_MARKETS);
    params.hedge_share = 1.5;
    assert_int_equal(bw_book_new(memory, size, &params, s->market, 36, ticks, &book), BW_BOOK_PARAMS);
    params.hedge_share = (double)NAN;
    assert_int_equal(bw_book_new(memory, size, &params, s->market, 36, ticks, &book), BW_BOOK_PARAMS);
    assert_null(book);
    assert_int_equal(bw_book_footprint(3), 0);
    free(memory);
}

static void own_functions_are_exact(void **state)
{
    (void)state;
    for (double x = -700; x <= 700; x += .37) {
        assert_true(fabs(bw_real_exp(x) / exp(x) - 1) < 1e-15);
        assert_true(fabs(bw_real_ln(exp(x)) - log(exp(x))) <= 1e-15 * (1 + fabs(x)));
        assert_true(fabs(bw_real_sine(x / 700) - sin(x / 700)) < 1e-15);
        assert_true(fabs(bw_real_power(exp(x / 100), 1.49) / pow(exp(x / 100), 1.49) - 1) < 1e-14);
    }
    for (double z = -9; z <= 9; z += .01)
        assert_true(fabs(bw_normal_below(z) - .5 * erfc(-z / sqrt(2))) < 1e-13);
    assert_true(bw_real_exp(-1e9) > 0 && bw_real_power(0, .67) == 0 && bw_real_ln(1) == 0);
}

static void quantiles_and_scores_are_exact(void **state)
{
    (void)state;
    for (double z = -6; z <= 6; z += .01)
        assert_true(fabs(bw_normal_quantile(bw_normal_below(z)) - z) < 2e-6 + (z > 4 ? 1e-3 : 0));
    for (uint32_t i = 0; i < bw_measured_notional.count; i++) {
        double got = bw_quantile_at(&bw_measured_notional, bw_measured_notional.below[i]);
        assert_true(fabs(got / bw_measured_notional.value[i] - 1) < 1e-9);
    }
    assert_true(bw_quantile_at(&bw_measured_notional, 1 - 1e-12) == 330400000);
    assert_true(bw_quantile_at(&bw_measured_notional, 1e-6) < 1.99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_functions_are_exact),
        cmocka_unit_test(quantiles_and_scores_are_exact),
        cmocka_unit_test(book_is_matched_and_healthy),
        cmocka_unit_test(other_sizes_too),
        cmocka_unit_test(totals_do_not_depend_on_the_accounts),
        cmocka_unit_test(desks_have_limited_capital),
        cmocka_unit_test(distributions_are_as_measured),
        cmocka_unit_test(rank_correlations_are_as_measured),
        cmocka_unit_test(markets_profits_are_as_measured),
        cmocka_unit_test(large_accounts_hold_more_positions),
        cmocka_unit_test(the_crash_liquidates_a_realistic_share),
        cmocka_unit_test(same_seed_same_bytes),
        cmocka_unit_test(can_be_stopped),
        cmocka_unit_test(faults_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
