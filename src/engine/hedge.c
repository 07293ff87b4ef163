/* hedge.c - see hedge.h. */
#include "engine/hedge.h"

#include "engine/loss.h"

/* -------------------------------------------------------------------------------------------------------- owners */

void bw_owner_join(bw_venue *venue, uint32_t account)
{
    bw_cold *cold = bw_cold_at(venue, account);
    uint32_t first;
    if (!venue->limits.owners || cold->owner == 0)
        return;
    cold->owner_next = account + 1u;
    if (bw_table_insert(&venue->owner_table, bw_at_owner_slot(venue), cold->owner, account))
        return;
    bw_table_find(&venue->owner_table, bw_at_owner_slot(venue), cold->owner, &first);
    cold->owner_next = bw_cold_at(venue, first)->owner_next;
    bw_cold_at(venue, first)->owner_next = account + 1u;
}

/* The next account of the same owner, at last the first again. */
static uint32_t next_of_owner(const bw_venue *venue, uint32_t account)
{
    uint32_t next = bw_cold_at(venue, account)->owner_next;
    return next ? next - 1u : account;
}

/* Accounts of the ring from its first one on; 0 if it does not come back to it, or leaves the owner. */
static uint32_t ring_length(const bw_venue *venue, uint32_t first)
{
    uint32_t length = 0, account = first;
    do {
        uint32_t next = bw_cold_at(venue, account)->owner_next;
        if (next == 0 || next > venue->account_count || ++length > venue->account_count ||
            bw_cold_at(venue, next - 1u)->owner != bw_cold_at(venue, first)->owner)
            return 0;
        account = next - 1u;
    } while (account != first);
    return length;
}

bool bw_owners_valid(const bw_venue *venue, uint64_t *where)
{
    uint32_t owned = 0, in_rings = 0, owners = 0;
    for (uint32_t a = 0; a < venue->account_count; a++) {
        const bw_cold *cold = bw_cold_at(venue, a);
        uint32_t first, length;
        *where = a;
        if (!venue->limits.owners || cold->owner == 0) {
            if (cold->owner_next)
                return false;
            continue;
        }
        owned++;
        if (!bw_table_find(&venue->owner_table, bw_at_owner_slot(venue), cold->owner, &first))
            return false;
        if (first != a)
            continue;
        if ((length = ring_length(venue, a)) == 0)
            return false;
        in_rings += length;
        owners++;
    }
    return in_rings == owned && (!venue->limits.owners || owners == venue->owner_table.count);
}

/* ----------------------------------------------------------------------------------------------------------- net */

/* Whether positions in the two markets hedge each other. */
static bool same_underlying(const bw_venue *venue, uint32_t a, uint32_t b)
{
    uint64_t of_a = bw_market_cold_at(venue, a)->settings.underlying;
    return a == b || (of_a && of_a == bw_market_cold_at(venue, b)->settings.underlying);
}

int64_t bw_hedge_part(const bw_venue *venue, uint32_t position)
{
    int64_t size = bw_size_before(venue, position);
    int64_t notional = bw_abs(bw_value(bw_market_at(venue, bw_position_at(venue, position)->market), size));
    return size < 0 ? -notional : notional;
}

int64_t bw_hedge_net(const bw_venue *venue, uint32_t position)
{
    uint32_t market = bw_position_at(venue, position)->market, first = bw_position_at(venue, position)->account;
    uint32_t account = first;
    int64_t net = 0;
    do {
        const bw_hot *hot = bw_hot_at(venue, account);
        bool ours = bw_cold_at(venue, account)->pool == bw_cold_at(venue, first)->pool;
        for (uint32_t p = hot->extent; ours && p < hot->extent + hot->count; p++)
            if (same_underlying(venue, market, bw_position_at(venue, p)->market))
                net += bw_hedge_part(venue, p);
        account = next_of_owner(venue, account);
    } while (account != first);
    return net;
}
