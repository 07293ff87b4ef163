/* test_extent.c - extents of position records against a plain map of which record belongs to whom. */
#include "lab.h"

#include "engine/extent.h"

enum { RECORDS = 400, OWNERS = 60 };

static const bw_limits limits = {.assets = 1, .pools = 1, .markets = 1, .collaterals = 1, .accounts = 4,
                                 .positions = RECORDS, .positions_per_account = 64, .holdings = 2, .command_ids = 2,
                                 .trigger_bits = 4, .work_max = 1};

/* owner_of[record]: who has it, 0: nobody. */
typedef struct map {
    lab l;
    uint32_t owner_of[RECORDS + 2], extent[OWNERS + 1], class[OWNERS + 1];
} map;

/* The longest run of records that nobody has. */
static uint32_t longest_free(const map *m)
{
    uint32_t longest = 0, run = 0;
    for (uint32_t r = 1; r <= RECORDS; r++) {
        run = m->owner_of[r] ? 0 : run + 1;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void owner_takes(map *m, uint32_t owner, uint32_t class)
{
    uint32_t size = bw_extent_size(class), longest = longest_free(m);
    bool room = bw_extent_room(m->l.venue, class);
    lab_check(room == (longest >= size), "%u records wanted, %u in a row are free", size, longest);
    uint32_t extent = bw_extent_take(m->l.venue, class);
    lab_check((extent != 0) == room, "room %d, extent %u", room, extent);
    for (uint32_t r = extent; extent && r < extent + size; r++) {
        lab_check(r <= RECORDS && m->owner_of[r] == 0, "record %u belongs to %u", r, m->owner_of[r]);
        m->owner_of[r] = owner;
    }
    m->extent[owner] = extent;
    m->class[owner] = class;
}

static void owner_gives(map *m, uint32_t owner)
{
    uint32_t extent = m->extent[owner];
    for (uint32_t r = extent; r < extent + bw_extent_size(m->class[owner]); r++)
        m->owner_of[r] = 0;
    bw_extent_give(m->l.venue, m->class[owner], extent);
    m->extent[owner] = 0;
}

/* Two takes in a row, as a trade that opens two positions does: what room_both promises holds. */
static void both_take(map *m, uint32_t a, uint32_t b, uint32_t class_a, uint32_t class_b)
{
    bool both = bw_extent_room_both(m->l.venue, class_a, class_b);
    owner_takes(m, a, class_a);
    owner_takes(m, b, class_b);
    lab_check(!both || (m->extent[a] && m->extent[b]), "classes %u and %u had room", class_a, class_b);
    lab_check(both || !m->extent[a] || !m->extent[b], "classes %u and %u had no room", class_a, class_b);
}

static void map_check(map *m)
{
    uint64_t where;
    uint32_t top = 0;
    for (uint32_t r = 1; r <= RECORDS; r++)
        top = m->owner_of[r] ? r : top;
    lab_check(bw_extents_valid(m->l.venue, &where), "extents are wrong at %llu", (unsigned long long)where);
    lab_check(m->l.venue->position_top == top, "top %u, used up to %u", m->l.venue->position_top, top);
}

static void test_extents(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    for (uint32_t round = 0; round < 40; round++) {
        map m = {0};
        lab_new(&m.l, &limits);
        for (uint32_t step = 0; step < 1500; step++) {
            lab_says("round %u, step %u", round, step);
            uint32_t owner = 1 + (uint32_t)check_random_below(&state, OWNERS), class = (uint32_t)check_random_below(&state, 9);
            uint32_t other = owner % OWNERS + 1;
            if (m.extent[owner])
                owner_gives(&m, owner);
            else if (m.extent[other] == 0 && check_random_below(&state, 3) == 0)
                both_take(&m, owner, other, class, (uint32_t)check_random_below(&state, 9));
            else
                owner_takes(&m, owner, class);
            map_check(&m);
        }
        for (uint32_t owner = 1; owner <= OWNERS; owner++)
            if (m.extent[owner])
                owner_gives(&m, owner);
        map_check(&m);
        lab_free(&m.l);
    }
}

/* Accounts that grow by turns leave small extents behind, which together hold large ones again. */
static void test_growth_strands_nothing(void **unused)
{
    (void)unused;
    map m = {0};
    lab_new(&m.l, &limits);
    uint32_t owners = RECORDS / 8;
    for (uint32_t class = 0; class < 4; class++)
        for (uint32_t owner = 1; owner <= owners; owner++) {
            uint32_t before = m.extent[owner], class_before = m.class[owner];
            owner_takes(&m, owner, class);
            assert_int_not_equal(m.extent[owner], 0);
            if (before) {
                bw_extent_give(m.l.venue, class_before, before);
                for (uint32_t r = before; r < before + bw_extent_size(class_before); r++)
                    m.owner_of[r] = 0;
            }
            map_check(&m);
        }
    lab_check(longest_free(&m) >= RECORDS / 4, "only %u records in a row are free", longest_free(&m));
    lab_free(&m.l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_extents), cmocka_unit_test(test_growth_strands_nothing)};
    return cmocka_run_group_tests_name("engine extent", tests, NULL, NULL);
}
