#include "base/bitmap.h"

#include "base/assert.h"

bw_bitmap_shape bw_bitmap_shape_of(uint32_t bit_count)
{
    BW_ASSERT(bit_count >= 1 && bit_count <= 1u << 30);
    bw_bitmap_shape shape = {.bit_count = bit_count};
    uint32_t count = bit_count;
    do {
        count = (count + 63u) / 64u;
        shape.level_start[shape.level_count++] = shape.word_count;
        shape.word_count += count;
    } while (count > 1);
    return shape;
}

void bw_bitmap_set(const bw_bitmap_shape *shape, uint64_t *words, uint32_t bit)
{
    BW_ASSERT(bit < shape->bit_count);
    for (uint32_t level = 0; level < shape->level_count; level++, bit /= 64u) {
        uint64_t *word = &words[shape->level_start[level] + bit / 64u];
        uint64_t before = *word;
        *word |= (uint64_t)1 << (bit % 64u);
        if (before != 0)
            return;
    }
}

void bw_bitmap_clear(const bw_bitmap_shape *shape, uint64_t *words, uint32_t bit)
{
    BW_ASSERT(bit < shape->bit_count);
    for (uint32_t level = 0; level < shape->level_count; level++, bit /= 64u) {
        uint64_t *word = &words[shape->level_start[level] + bit / 64u];
        *word &= ~((uint64_t)1 << (bit % 64u));
        if (*word != 0)
            return;
    }
}

/* Down from a set summary bit to the lowest, or highest, set bit under it. */
static uint32_t descend(const bw_bitmap_shape *shape, const uint64_t *words, uint32_t level,
                        uint32_t at, bool lowest)
{
    while (level-- > 0) {
        uint64_t word = words[shape->level_start[level] + at];
        uint32_t bit = (uint32_t)(lowest ? __builtin_ctzll(word) : 63 - __builtin_clzll(word));
        at = at * 64u + bit;
    }
    return at;
}

uint32_t bw_bitmap_next(const bw_bitmap_shape *shape, const uint64_t *words, uint32_t bit)
{
    uint32_t bit_count = shape->bit_count;
    for (uint32_t level = 0; level < shape->level_count && bit < bit_count; level++) {
        uint64_t word = words[shape->level_start[level] + bit / 64u] >> (bit % 64u);
        if (word != 0)
            return descend(shape, words, level, bit + (uint32_t)__builtin_ctzll(word), true);
        bit = bit / 64u + 1;  /* the words after this one */
        bit_count = (bit_count + 63u) / 64u;
    }
    return BW_BITMAP_NONE;
}

uint32_t bw_bitmap_previous(const bw_bitmap_shape *shape, const uint64_t *words, uint32_t bit)
{
    if (bit >= shape->bit_count)
        bit = shape->bit_count - 1;
    for (uint32_t level = 0; level < shape->level_count; level++) {
        uint64_t word = words[shape->level_start[level] + bit / 64u] << (63u - bit % 64u);
        if (word != 0)
            return descend(shape, words, level, bit - (uint32_t)__builtin_clzll(word), false);
        if (bit < 64u)
            return BW_BITMAP_NONE;  /* no word before this one */
        bit = bit / 64u - 1;
    }
    return BW_BITMAP_NONE;
}
