#include "check.h"

#include "base/bitmap.h"

static uint32_t next_ref(const unsigned char *bits, uint32_t count, uint32_t from)
{
    for (uint32_t i = from; i < count; i++)
        if (bits[i])
            return i;
    return BW_BITMAP_NONE;
}

static uint32_t previous_ref(const unsigned char *bits, uint32_t count, uint32_t from)
{
    for (uint32_t i = from < count ? from + 1 : count; i > 0; i--)
        if (bits[i - 1])
            return i - 1;
    return BW_BITMAP_NONE;
}

static void same_as_an_array(uint32_t bit_count, uint32_t density, uint64_t *random)
{
    bw_bitmap_shape shape = bw_bitmap_shape_of(bit_count);
    uint64_t *words = calloc(1, bw_bitmap_footprint(&shape));
    unsigned char *bits = calloc(bit_count, 1);
    for (int i = 0; i < 3000; i++) {
        uint32_t bit = (uint32_t)check_random_below(random, bit_count);
        bool set = check_random_below(random, 100) < density;
        bits[bit] = set;
        (set ? bw_bitmap_set : bw_bitmap_clear)(&shape, words, bit);
        uint32_t from = (uint32_t)check_random_below(random, (uint64_t)bit_count + 70u);
        assert_int_equal(bw_bitmap_next(&shape, words, from), next_ref(bits, bit_count, from));
        assert_int_equal(bw_bitmap_previous(&shape, words, from),
                         previous_ref(bits, bit_count, from));
        assert_int_equal(bw_bitmap_test(&shape, words, bit), set);
    }
    for (uint32_t bit = 0; bit < bit_count; bit++)
        bw_bitmap_clear(&shape, words, bit);
    for (uint32_t i = 0; i < shape.word_count; i++)
        assert_true(words[i] == 0);  /* summaries too */
    free(words);
    free(bits);
}

static void every_size_behaves_like_an_array(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    static const uint32_t sizes[] = {1, 2, 63, 64, 65, 127, 4095, 4096, 4097, 163840, 262145};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (uint32_t density = 5; density <= 95; density += 45)
            same_as_an_array(sizes[i], density, &random);
}

static void shapes_and_limits(void **state)
{
    (void)state;
    assert_int_equal(bw_bitmap_shape_of(64).level_count, 1);
    assert_int_equal(bw_bitmap_shape_of(65).level_count, 2);
    assert_int_equal(bw_bitmap_shape_of(1u << 18).level_count, 3);
    assert_int_equal(bw_bitmap_shape_of(1u << 30).level_count, 5);
    check_stops(bw_bitmap_shape_of(0));
    bw_bitmap_shape shape = bw_bitmap_shape_of(10);
    uint64_t word = 0;
    check_stops(bw_bitmap_set(&shape, &word, 10));
    assert_int_equal(bw_bitmap_next(&shape, &word, 0), BW_BITMAP_NONE);
    assert_int_equal(bw_bitmap_previous(&shape, &word, 9), BW_BITMAP_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_behaves_like_an_array),
        cmocka_unit_test(shapes_and_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
