/* extent.c - boundary tags and bins. In a free extent's first record `order` and `slot` link the bin's list, `ended` is the
   negative length; in its last record `ended` is that too. A used record's `ended` is never negative. */
#include "engine/extent.h"

static const uint16_t extent_sizes[BW_EXTENT_CLASSES] = {1,  2,  3,  4,   6,   8,   12,  16,  24,  32,
                                                         48, 64, 96, 128, 192, 256, 384, 512, 768, 1024};

uint32_t bw_extent_size(uint32_t class)
{
    return extent_sizes[class];
}

static uint32_t bin_of(uint32_t length)
{
    uint32_t bin = BW_EXTENT_CLASSES - 1u;
    while (extent_sizes[bin] > length)
        bin--;
    return bin;
}

/* Length by the tag of a free extent's first or last record; 0 if the record is used. */
static uint32_t tag_at(const bw_venue *venue, uint32_t record)
{
    int64_t tag = bw_position_at(venue, record)->ended;
    return tag < 0 ? (uint32_t)-tag : 0;
}

static void bin_add(bw_venue *venue, uint32_t extent, uint32_t length)
{
    uint32_t *head = &venue->extent_free[bin_of(length)];
    bw_position *first = bw_position_at(venue, extent);
    first->ended = bw_position_at(venue, extent + length - 1u)->ended = -(int64_t)length;
    first->order = *head;
    first->slot = 0;
    if (*head)
        bw_position_at(venue, *head)->slot = extent;
    *head = extent;
}

static void bin_remove(bw_venue *venue, uint32_t extent)
{
    uint32_t length = tag_at(venue, extent);
    bw_position *first = bw_position_at(venue, extent);
    if (first->slot)
        bw_position_at(venue, first->slot)->order = first->order;
    else
        venue->extent_free[bin_of(length)] = first->order;
    if (first->order)
        bw_position_at(venue, first->order)->slot = first->slot;
    *bw_position_at(venue, extent + length - 1u) = (bw_position){0};
    *first = (bw_position){0};
}

/* The free extent that a take of the class would use; 0: none. */
static uint32_t first_fit(const bw_venue *venue, uint32_t class)
{
    for (uint32_t bin = class; bin < BW_EXTENT_CLASSES; bin++)
        if (venue->extent_free[bin])
            return venue->extent_free[bin];
    return 0;
}

uint32_t bw_extent_take(bw_venue *venue, uint32_t class)
{
    uint32_t extent = first_fit(venue, class), size = extent_sizes[class];
    if (extent) {
        uint32_t length = tag_at(venue, extent);
        bin_remove(venue, extent);
        if (length > size)
            bin_add(venue, extent + size, length - size);
        return extent;
    }
    if (venue->position_top + size > venue->limits.positions)
        return 0;
    venue->position_top += size;
    return venue->position_top - size + 1u;
}

void bw_extent_give(bw_venue *venue, uint32_t class, uint32_t extent)
{
    uint32_t length = extent_sizes[class], right = extent + length;
    uint32_t after = right <= venue->position_top ? tag_at(venue, right) : 0, before = tag_at(venue, extent - 1u);
    if (after)
        bin_remove(venue, right);
    if (before) {
        extent -= before;
        bin_remove(venue, extent);
    }
    length += before + after;
    if (extent + length == venue->position_top + 1u)
        venue->position_top = extent - 1u;
    else
        bin_add(venue, extent, length);
}

static bool top_has(const bw_venue *venue, uint32_t records)
{
    return records <= venue->limits.positions - venue->position_top;
}

bool bw_extent_room(const bw_venue *venue, uint32_t class)
{
    return first_fit(venue, class) || top_has(venue, extent_sizes[class]);
}

/* Whether there is a fit for the class other than `taken`, the fit of another class. */
static bool fits_beside(const bw_venue *venue, uint32_t class, uint32_t taken)
{
    for (uint32_t bin = class; bin < BW_EXTENT_CLASSES; bin++) {
        uint32_t head = venue->extent_free[bin];
        if (head && (head != taken || bw_position_at(venue, head)->order))
            return true;
    }
    return false;
}

bool bw_extent_room_both(const bw_venue *venue, uint32_t first, uint32_t second)
{
    uint32_t taken = first_fit(venue, first);
    if (taken == 0)
        return top_has(venue, extent_sizes[first]) &&
               (first_fit(venue, second) || top_has(venue, (uint32_t)extent_sizes[first] + extent_sizes[second]));
    return fits_beside(venue, second, taken) || top_has(venue, extent_sizes[second]) ||
           tag_at(venue, taken) >= (uint32_t)extent_sizes[first] + extent_sizes[second];
}

uint32_t bw_extent_free_length(const bw_venue *venue, uint32_t record)
{
    return tag_at(venue, record);
}

bool bw_extents_valid(const bw_venue *venue, uint64_t *where)
{
    uint64_t tagged = 0, listed = 0;
    for (uint32_t p = 1; p <= venue->position_top; p++) {
        uint32_t length = tag_at(venue, p), last = p + length - 1u;
        *where = p;
        if (length == 0)
            continue;
        if (last >= venue->position_top || tag_at(venue, last) != length || tag_at(venue, last + 1u))
            return false;
        tagged++;
        p = last;
    }
    for (uint32_t bin = 0; bin < BW_EXTENT_CLASSES; bin++)
        for (uint32_t e = venue->extent_free[bin], previous = 0; e; previous = e, e = bw_position_at(venue, e)->order, listed++) {
            *where = e;
            if (bin_of(tag_at(venue, e)) != bin || bw_position_at(venue, e)->slot != previous)
                return false;
        }
    return listed == tagged;
}
