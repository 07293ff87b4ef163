#include "check.h"

#include "base/hash.h"
#include "base/mix.h"
#include "base/random.h"

#ifdef BW_GATE
uint64_t bw_gate_hash64(const void *data, size_t size, uint64_t seed);
bw_hash bw_gate_hash128(const void *data, size_t size, uint64_t seed);
uint64_t bw_gate_random_u64(uint64_t seed, uint64_t stream, uint64_t counter);
#endif

/* Published values of XXH3 for the empty input. */
static void the_values_are_those_of_xxhash(void **state)
{
    (void)state;
    assert_true(bw_hash64(NULL, 0, 0) == 0x2d06800538d394c2u);
    bw_hash hash = bw_hash128(NULL, 0, 0);
    assert_true(hash.high == 0x99aa06d3014798d8u && hash.low == 0x6001c324468d497fu);
}

static void every_byte_and_the_seed_count(void **state)
{
    (void)state;
    unsigned char data[1000];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (unsigned char)(i * 7);
    bw_hash whole = bw_hash128(data, sizeof data, 1);
    assert_false(bw_hash_equal(whole, bw_hash128(data, sizeof data, 2)));
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] ^= 1;
        assert_false(bw_hash_equal(whole, bw_hash128(data, sizeof data, 1)));
        data[i] ^= 1;
    }
    assert_true(bw_hash_equal(whole, bw_hash128(data, sizeof data, 1)));
}

static void the_gate_build_computes_the_same(void **state)
{
    (void)state;
#ifdef BW_GATE
    static unsigned char data[5000];
    uint64_t random = check_seed();
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (unsigned char)check_random(&random);
    for (size_t size = 0; size <= sizeof data; size += 1 + size / 20) {
        assert_true(bw_hash64(data, size, size) == bw_gate_hash64(data, size, size));
        assert_true(bw_hash_equal(bw_hash128(data, size, 3), bw_gate_hash128(data, size, 3)));
        assert_true(bw_random_u64(size, 1, 2) == bw_gate_random_u64(size, 1, 2));
    }
#else
    skip();
#endif
}

static void the_mixer_is_fixed(void **state)
{
    (void)state;
    /* SplitMix64 with state 0 gives mix(golden ratio) first. */
    assert_true(bw_mix_u64(0x9e3779b97f4a7c15u) == 0xe220a8397b1dcdafu);
    assert_true(bw_mix_u64(0) == 0);
    assert_true(bw_mix_pair_u64(1, 2) != bw_mix_pair_u64(2, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_values_are_those_of_xxhash),
        cmocka_unit_test(every_byte_and_the_seed_count),
        cmocka_unit_test(the_gate_build_computes_the_same),
        cmocka_unit_test(the_mixer_is_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
