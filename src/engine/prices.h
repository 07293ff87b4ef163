/* prices.h - setting a mark: for batches of marks and for end prices (R19, R21). */
#ifndef BW_ENGINE_PRICES_H
#define BW_ENGINE_PRICES_H

#include "engine/emit.h"

/* Sets the mark of a market; its triggers are collected by the round of this command. 1 <= price <= price_max. */
void bw_mark_set(bw_venue *venue, uint32_t market, int64_t price);

/* MARKED, with the price before; `target`: of a terminal price (R19), else 0. */
void bw_mark_event(bw_writer *writer, const bw_mark *entry, int64_t previous, int64_t target);

#endif
