/* check.c - --check: conservation of every asset, nobody unhealthy outside WORKING, every invariant (R2, R7, R21). */
#include "story/session.h"

static bool check_conservation(const bw_venue *venue, const bw_story_book *book, bw_story_text *text)
{
    bw_conservation sums;
    for (uint16_t asset = 0; asset < book->asset_count; asset++) {
        if (!bw_conservation_get(venue, asset, &sums) || sums.error == 0)
            continue;
        bw_story_put(text, "conservation of ");
        bw_story_put_asset(text, book, asset);
        bw_story_put(text, " is off by ");
        bw_story_put_amount(text, book, asset, sums.error);
        return false;
    }
    return true;
}

static bool check_valid(const bw_venue *venue, bw_story_text *text)
{
    uint64_t where = 0;
    uint32_t broken = bw_venue_valid(venue, &where);
    if (broken == 0)
        return true;
    bw_story_put(text, "invariant I");
    bw_story_put_unsigned(text, broken);
    bw_story_put(text, " is broken at ");
    bw_story_put_unsigned(text, where);
    return false;
}

static bool check_scan(const bw_venue *venue, const bw_story_book *book, uint32_t *scan, uint32_t scan_max,
                       bw_story_text *text)
{
    bw_account_view view;
    uint32_t count = bw_scan(venue, scan, scan_max);
    for (uint32_t i = 0; i < count && i < scan_max; i++) {
        uint64_t id = bw_account_id(venue, scan[i]);
        if (bw_account_get(venue, id, &view) && view.state == BW_WORKING)
            continue;
        bw_story_put_account(text, book, id);
        bw_story_put(text, " is unhealthy and nothing is done about it");
        return false;
    }
    return true;
}

bool bw_story_check(const bw_venue *venue, const bw_story_book *book, uint32_t *scan, uint32_t scan_max,
                    bw_story_text *text)
{
    bw_story_text_clear(text);
    return check_conservation(venue, book, text) && check_scan(venue, book, scan, scan_max, text) &&
           check_valid(venue, text);
}
