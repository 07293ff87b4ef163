/* extent.h - the memory of position records: an account's lie side by side, in an extent of one of 20 sizes.

       1 .. position_top │ used extents and free ones; never two free ones side by side, never a free one at the top
       beyond            │ untouched

   A free extent of any length carries it in its first and last record, so that neighbours find each other when an extent
   is given back, and is listed in the bin of the largest size that fits. Take and give are O(bins).

   Units     records; an extent is named by its first
   Holds     I10 free records are zero but for these tags and the bin's links */
#ifndef BW_ENGINE_EXTENT_H
#define BW_ENGINE_EXTENT_H

#include "engine/state.h"

/* Records of a class 0..BW_EXTENT_CLASSES - 1: 1, 2, 3, 4, 6, 8, 12, ... 1024. */
uint32_t bw_extent_size(uint32_t class);

/* An extent of a class; 0 if there is no room. Its records are zero. */
uint32_t bw_extent_take(bw_venue *venue, uint32_t class);

/* Gives back an extent whose records are zero. */
void bw_extent_give(bw_venue *venue, uint32_t class, uint32_t extent);

/* Whether takes of these classes, one after the other, would succeed. */
bool bw_extent_room(const bw_venue *venue, uint32_t class);
bool bw_extent_room_both(const bw_venue *venue, uint32_t first, uint32_t second);

/* Length of the free extent that begins at a record; 0 if none does. Used by bw_venue_valid. */
uint32_t bw_extent_free_length(const bw_venue *venue, uint32_t record);

/* Whether free extents are tagged, listed in their bins and apart from each other (I10); *where: the record that is not. */
bool bw_extents_valid(const bw_venue *venue, uint64_t *where);

#endif
