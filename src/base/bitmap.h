/* bitmap.h - a bitmap with summary levels: the next or previous set bit in O(levels).

       level 2             1 word, bit j: level 1's word j is not zero
       level 1       w w w w ...        bit j: level 0's word j is not zero
       level 0   w w w w w w w w ...    the bits themselves

   Shapes    up to 2^30 bits, 64 times fewer words per level, until a level is one word
   Holds     a summary bit is set exactly when its word is not zero; memory of zeros is empty
   The shape is apart from the words and without pointers: many bitmaps of one size share it. */
#ifndef BW_BASE_BITMAP_H
#define BW_BASE_BITMAP_H

#include "base/types.h"

#define BW_BITMAP_NONE UINT32_MAX
#define BW_BITMAP_LEVEL_MAX 5u

typedef struct {
    uint32_t bit_count;
    uint32_t level_count;
    uint32_t word_count;                         /* of all levels together */
    uint32_t level_start[BW_BITMAP_LEVEL_MAX];   /* first word of each level */
} bw_bitmap_shape;

/* The shape for bit_count bits, 1 <= bit_count <= 2^30. */
bw_bitmap_shape bw_bitmap_shape_of(uint32_t bit_count);

/* Bytes of the words of one bitmap. Alignment 8. The caller zeroes them. */
static inline size_t bw_bitmap_footprint(const bw_bitmap_shape *shape)
{
    return (size_t)shape->word_count * sizeof(uint64_t);
}

static inline bool bw_bitmap_test(const bw_bitmap_shape *shape, const uint64_t *words, uint32_t bit)
{
    (void)shape;
    return words[bit / 64u] >> (bit % 64u) & 1u;
}

/* Sets, clears a bit; bit < bit_count, asserted. */
void bw_bitmap_set(const bw_bitmap_shape *shape, uint64_t *words, uint32_t bit);
void bw_bitmap_clear(const bw_bitmap_shape *shape, uint64_t *words, uint32_t bit);

/* The lowest set bit >= bit, or BW_BITMAP_NONE. A bit >= bit_count finds nothing. */
uint32_t bw_bitmap_next(const bw_bitmap_shape *shape, const uint64_t *words, uint32_t bit);

/* The highest set bit <= bit, or BW_BITMAP_NONE. A bit >= bit_count means the last. */
uint32_t bw_bitmap_previous(const bw_bitmap_shape *shape, const uint64_t *words, uint32_t bit);

#endif
