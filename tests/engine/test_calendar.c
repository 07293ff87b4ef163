/* test_calendar.c - the trigger calendar and the offset wheel against a list that is searched from end to end (R7). */
#include "lab.h"

#include "engine/calendar.h"

enum { NODES = 120 };

static const bw_limits limits = {.assets = 1, .pools = 1, .markets = 1, .collaterals = 1, .accounts = 4, .positions = 200,
                                 .positions_per_account = 64, .holdings = 2, .command_ids = 2, .trigger_bits = 4,
                                 .work_max = 1};

static int64_t random_price(uint64_t *state)
{
    return 1 + (int64_t)(check_random_bits(state, 40) % (uint64_t)BW_PRICE_MAX);
}

/* Takes what `price` crosses; every node of the list that it should take, and no other. */
static void calendar_step(lab *l, uint32_t calendar, int64_t price, int64_t keys[NODES])
{
    bool falling = calendar != 1;
    uint32_t cursor[2] = {0, 0}, node = 0, looked = 0;
    for (bw_crossing c; (c = bw_calendar_cross(l->venue, calendar, price, cursor, &node)) != BW_CROSSING_DONE; looked++) {
        lab_check(looked <= NODES, "looks at triggers for ever");
        if (c == BW_CROSSING_KEPT)
            continue;
        int64_t key = keys[node - 1];
        lab_check(key && (falling ? price <= key : price >= key), "node %u (%lld) taken at %lld", node, (long long)key,
                  (long long)price);
        keys[node - 1] = 0;
    }
    for (uint32_t i = 0; i < NODES; i++) {
        lab_check((keys[i] != 0) == bw_node_armed(l->venue, i + 1), "node %u", i + 1);
        lab_check(keys[i] == 0 || (falling ? price > keys[i] : price < keys[i]), "node %u (%lld) not taken at %lld", i + 1,
                  (long long)keys[i], (long long)price);
    }
}

static void calendar_run(uint64_t *state, uint32_t calendar, uint32_t bits)
{
    lab l;
    bw_limits own = limits;
    int64_t keys[NODES] = {0}, price = random_price(state);
    own.trigger_bits = bits;
    lab_new(&l, &own);
    for (uint32_t step = 0; step < 300; step++) {
        lab_says("calendar %u, %u bits, step %u", calendar, bits, step);
        for (uint32_t i = 0; i < NODES; i++) {
            uint64_t what = check_random_below(state, 12);
            int64_t near = price + (int64_t)check_random_below(state, 40) - 20;
            if (keys[i] == 0 && what < 3) {
                keys[i] = what == 0 ? random_price(state) : near < 1 ? 1 : near > BW_PRICE_MAX ? BW_PRICE_MAX : near;
                bw_calendar_arm(l.venue, calendar, i + 1, keys[i]);
            } else if (keys[i] && what == 3) {
                bw_calendar_disarm(l.venue, calendar, i + 1);
                keys[i] = 0;
            }
        }
        price = check_random_below(state, 4) ? price + (int64_t)check_random_below(state, 30) - 15 : random_price(state);
        price = price < 1 ? 1 : price > BW_PRICE_MAX ? BW_PRICE_MAX : price;
        calendar_step(&l, calendar, price, keys);
    }
    lab_free(&l);
}

static void test_calendar(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    for (uint32_t bits = 2; bits <= 12; bits += 2)
        for (uint32_t calendar = 0; calendar < 3; calendar++)
            calendar_run(&state, calendar, bits);
}

static void test_buckets(void **unused)
{
    (void)unused;
    for (uint32_t bits = 2; bits <= 12; bits++) {
        bw_limits own = limits;
        own.trigger_bits = bits;
        for (int64_t price = 1; price < 100000; price++)
            assert_true(bw_bucket_of(bits, price) <= bw_bucket_of(bits, price + 1));
        for (int shift = 0; shift < 40; shift++)
            assert_true(bw_bucket_of(bits, INT64_C(1) << shift) < bw_bucket_of(bits, INT64_C(1) << (shift + 1)));
        assert_true(bw_bucket_of(bits, BW_PRICE_MAX) < bw_bucket_count(&own));
    }
}

/* ----------------------------------------------------------------------------------------------------- wheel */

static void wheel_step(lab *l, uint32_t side, int64_t charge, int64_t keys[NODES])
{
    uint32_t cursor[2] = {0}, node = 0, looked = 0;
    for (bw_crossing c; (c = bw_wheel_cross(l->venue, bw_wheel_side(0, side), cursor, &node)) != BW_CROSSING_DONE; looked++) {
        lab_check(looked <= NODES + 2 * BW_WHEEL_SLOTS, "turns for ever");
        if (c == BW_CROSSING_KEPT)
            continue;
        lab_check(keys[node - 1] && keys[node - 1] <= charge, "node %u (%lld) taken at %lld", node,
                  (long long)keys[node - 1], (long long)charge);
        keys[node - 1] = 0;
    }
    for (uint32_t i = 0; i < NODES; i++) {
        lab_check((keys[i] != 0) == bw_node_armed(l->venue, i + 1), "node %u", i + 1);
        lab_check(keys[i] == 0 || keys[i] > charge, "node %u (%lld) not taken at %lld", i + 1, (long long)keys[i],
                  (long long)charge);
    }
}

static void wheel_run(uint64_t *state, uint32_t side, uint32_t shift)
{
    lab l;
    int64_t keys[NODES] = {0}, charge = 0;
    lab_new(&l, &limits);
    bw_market_cold *cold = bw_market_cold_at(l.venue, 0);
    cold->wheel_shift = shift;
    for (uint32_t step = 0; step < 300; step++) {
        lab_says("wheel, side %u, shift %u, step %u", side, shift, step);
        int64_t reach = bw_wheel_reach(l.venue, bw_wheel_side(0, side), charge);
        for (uint32_t i = 0; i < NODES; i++) {
            uint64_t what = check_random_below(state, 10);
            if (keys[i] == 0 && what < 3) {
                keys[i] = charge + 1 + (int64_t)check_random_below(state, what ? 50u : (uint64_t)(reach - charge));
                keys[i] = keys[i] > reach ? reach : keys[i] ? keys[i] : 1;   /* 0: not armed */
                bw_wheel_arm(l.venue, bw_wheel_side(0, side), i + 1, keys[i]);
            } else if (keys[i] && what == 3) {
                bw_wheel_disarm(l.venue, bw_wheel_side(0, side), i + 1);
                keys[i] = 0;
            }
        }
        int64_t span = check_random_below(state, 8) ? 30 : (int64_t)(BW_WHEEL_SLOTS * 2u) << shift;
        charge += (int64_t)check_random_below(state, (uint64_t)span) - span / 3;
        bw_market_at(l.venue, 0)->offset[side] = side == BW_LONG ? charge : -charge;
        wheel_step(&l, side, charge, keys);
    }
    lab_free(&l);
}

static void test_wheel(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    for (uint32_t shift = 0; shift < 12; shift += 3)
        for (uint32_t side = 0; side < 2; side++)
            wheel_run(&state, side, shift);
}

static uint32_t broken(const lab *l)
{
    uint64_t where;
    return bw_venue_valid(l->venue, &where);
}

/* What may be at odds between heads, bits, summaries and nodes, in small calendars and in large ones. */
static void odds_are_found(void **state)
{
    (void)state;
    for (uint32_t bits = 4; bits <= 12; bits += 8) {
        lab l;
        bw_limits own = limits;
        own.trigger_bits = bits;
        lab_new(&l, &own);
        bw_calendar_arm(l.venue, 1, 1, 100);
        bw_calendar_arm(l.venue, 1, 2, 100);
        bw_calendar_arm(l.venue, 2, 3, 7);
        assert_int_equal(broken(&l), 0);
        uint64_t buckets = bw_bucket_count(&own), words = l.venue->bucket_shape.word_count;
        uint32_t bucket = bw_bucket_of(bits, 100);
        uint64_t *word = bw_at_bucket_bits(l.venue) + words + bucket / 64u, kept = *word;
        *word = 0;                                    /* a list without its bit */
        assert_int_equal(broken(&l), 7);
        *word = kept | UINT64_C(1) << (bucket + 1u) % 64u;   /* a bit without a list */
        assert_int_equal(broken(&l), 7);
        *word = kept;
        if (l.venue->bucket_shape.level_count > 1) {  /* a summary that says nothing is there */
            uint64_t *summary = bw_at_bucket_bits(l.venue) + words + l.venue->bucket_shape.level_start[1], before = *summary;
            *summary = 0;
            assert_int_equal(broken(&l), 7);
            *summary = before;
        }
        bw_at_node(l.venue)[1].previous = 0;          /* a link that runs one way: 2 is before 1 */
        assert_int_equal(broken(&l), 7);
        bw_at_node(l.venue)[1].previous = 2;
        bw_at_node(l.venue)[4].key = 5;               /* armed, and in no list */
        assert_int_equal(broken(&l), 7);
        bw_at_node(l.venue)[4].key = 0;
        assert_int_equal(broken(&l), 0);
        uint32_t found = 0, calendars = (uint32_t)bw_calendar_count(&own);
        for (uint32_t i = 0; i < calendars; i++, l.venue->seq++) {   /* a dead head: at once, or as commands go by */
            bw_at_bucket(l.venue)[buckets + bucket + 9u] = 5;
            found += broken(&l) == 7;
        }
        assert_true(bits == 4 ? found == calendars : found >= 1);
        lab_free(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_buckets), cmocka_unit_test(test_calendar),
                                       cmocka_unit_test(test_wheel), cmocka_unit_test(odds_are_found)};
    return cmocka_run_group_tests_name("engine calendar", tests, NULL, NULL);
}
