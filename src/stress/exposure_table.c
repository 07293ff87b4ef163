/* exposure_table.c - all traders: how many are reached, who pays most, by market and by size. */
#include "stress/exposure_words.h"

enum { NAME_WIDTH = 14, PLACE_WIDTH = 24, CELL = 11, FIRST = 27 };

static const bw_stress_chance *chance_of(const bw_exposure_row *row, uint32_t which)
{
    return which == 0 ? &row->liquidated : which == 1 ? &row->adl : &row->cut;
}

/* ------------------------------------------------------------------------------------------------------------- head */

static void put_all(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_group *all)
{
    bw_prose_heading(p, "WHO IS REACHED");
    bw_prose_put(p, "Of ");
    bw_prose_count(p, all->traders, " traders with positions ");
    bw_prose_count(p, all->reached, all->reached == 1 ? " was" : " were");
    bw_prose_put(p, " liquidated, deleveraged or cut on at least one path. Over all of them a path costs ");
    bw_prose_money(p, bw_wide_to_int64_saturated(bw_wide_div_ceil(all->charge, bw_wide_of((int64_t)facts->paths))));
    bw_prose_put(p, " on average; what was taken is ");
    bw_page_short(&p->words, bw_exposure_group_drag(facts, all), 2);
    bw_prose_put(p, facts->counterfactual == BW_EXPOSURE_HOLD
                        ? " bp of their equity a year, against positions held to the end of the path."
                        : " bp of their equity a year, against positions opened again at the next mark plus half a spread.");
    bw_prose_paragraph_end(p);
}

/* ------------------------------------------------------------------------------------------------------------ worst */

static void put_position(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_standing *standing)
{
    if (standing->market >= facts->run->market_count)
        return;
    bw_page_tab(&p->page, BW_PROSE_INDENT + NAME_WIDTH);
    bw_page_put(&p->page, facts->run->markets[standing->market]);
    bw_page_put(&p->page, standing->is_short ? " short" : " long");
}

static void put_worst(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_row *row)
{
    bw_page_tab(&p->page, BW_PROSE_INDENT);
    bw_page_put(&p->page, row->name);
    put_position(p, facts, &row->standing);
    bw_cell_money(p, row->standing.equity, FIRST + CELL - 3);
    for (uint32_t i = 0; i < 3; i++)
        bw_cell_chance(p, chance_of(row, i), FIRST + (i + 2) * CELL - 3);
    bw_cell_money(p, row->expected.value, FIRST + 5 * CELL - 3);
    if (row->tail.known)
        bw_cell_money(p, row->tail.value, FIRST + 6 * CELL - 3);
    bw_cell_drag(p, &row->drag, FIRST + 7 * CELL - 5);
    bw_cell_end(p);
    for (uint32_t i = 0; i < 3; i++)
        bw_cell_range(p, chance_of(row, i), FIRST + (i + 2) * CELL - 3);
    bw_cell_end(p);
}

static void put_worst_of_all(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_row *worst, uint32_t count, uint64_t traders)
{
    static const char *const NAMES[] = {"equity", "liquidated", "delever.", "haircut", "mean", "worst 1%"};
    if (count == 0)
        return;
    bw_prose_heading(p, "THE LARGEST MEAN CHARGES");
    for (uint32_t i = 0; i < 6; i++)
        bw_cell_text(p, NAMES[i], FIRST + (i + 1) * CELL - 3);
    bw_cell_text(p, "drag bp", FIRST + 7 * CELL - 5);
    bw_cell_end(p);
    for (uint32_t i = 0; i < count; i++)
        put_worst(p, facts, &worst[i]);
    bw_prose_put(p, "Picked from ");
    bw_prose_count(p, traders, " traders because their figures are high, so these figures are too high on the whole: with another "
                               "seed the same traders fare better. The ranges are wide enough for all shown to hold at once; of "
                               "the 95% ranges in the JSON one in twenty misses.");
    bw_prose_paragraph_end(p);
}

/* ----------------------------------------------------------------------------------------------------------- groups */

static void put_group(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_group *group)
{
    const uint64_t hits[] = {group->liquidated, group->adl, group->cut};
    const bw_exposure_drag drag = {.known = true, .value = bw_exposure_group_drag(facts, group)};
    bw_cell_count(p, group->traders, FIRST + CELL - 3);
    for (uint32_t i = 0; i < 3; i++)
        bw_cell_pico(p, bw_exposure_group_chance(facts, group, hits[i]), FIRST + (i + 2) * CELL - 3);
    bw_cell_money(p, bw_wide_to_int64_saturated(bw_wide_div_ceil(group->charge, bw_wide_of((int64_t)facts->paths))),
                  FIRST + 5 * CELL - 3);
    bw_cell_money(p, bw_wide_to_int64_saturated(group->equity), FIRST + 6 * CELL - 3);
    bw_cell_drag(p, &drag, FIRST + 7 * CELL - 5);
    bw_cell_end(p);
}

static void put_group_head(bw_prose *p, const char *heading)
{
    static const char *const NAMES[] = {"traders", "liquidated", "delever.", "haircut", "mean", "equity"};
    bw_prose_heading(p, heading);
    for (uint32_t i = 0; i < 6; i++)
        bw_cell_text(p, NAMES[i], FIRST + (i + 1) * CELL - 3);
    bw_cell_text(p, "drag bp", FIRST + 7 * CELL - 5);
    bw_cell_end(p);
}

enum { MARKETS_SHOWN = 8 };

/* The sides of markets whose traders pay most, falling; ties: lower market, longs first. Returns how many. */
static uint32_t largest(const bw_exposure_summary *summary, const bw_exposure_facts *facts, uint32_t *sides)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < 2 * facts->run->market_count && i < 2 * BW_MARKETS_MAX; i++) {
        const bw_exposure_group *group = &summary->of_market[i / 2][i % 2];
        if (group->traders == 0)
            continue;
        uint32_t at = count;
        for (; at > 0 && bw_wide_less(summary->of_market[sides[at - 1] / 2][sides[at - 1] % 2].charge, group->charge); at--)
            if (at < MARKETS_SHOWN)
                sides[at] = sides[at - 1];
        if (at < MARKETS_SHOWN)
            sides[at] = i;
        count += count < MARKETS_SHOWN;
    }
    return count;
}

static void put_markets(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_summary *summary)
{
    uint32_t sides[MARKETS_SHOWN] = {0}, count = largest(summary, facts, sides);
    put_group_head(p, "BY THE MARKET OF THE LARGEST POSITION");
    for (uint32_t i = 0; i < count; i++) {
        bw_page_tab(&p->page, BW_PROSE_INDENT);
        bw_page_put(&p->page, facts->run->markets[sides[i] / 2]);
        bw_page_put(&p->page, sides[i] % 2 ? " short" : " long");
        put_group(p, facts, &summary->of_market[sides[i] / 2][sides[i] % 2]);
    }
}

static void put_sizes(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_summary *summary)
{
    put_group_head(p, "BY SIZE OF POSITIONS, IN TENTHS OF THE TRADERS");
    for (uint32_t d = 0; d < BW_EXPOSURE_DECILES; d++) {
        if (summary->of_size[d].traders == 0)
            continue;
        bw_page_tab(&p->page, BW_PROSE_INDENT);
        bw_page_put(&p->page, "from ");
        bw_page_short(&p->page, summary->size_least[d], p->decimals);
        put_group(p, facts, &summary->of_size[d]);
    }
    bw_prose_put(p, "Chances are averages over the group's traders; the group's traders are hit on the same paths, so no range is "
                    "given for them.");
    bw_prose_paragraph_end(p);
}

size_t bw_exposure_screen_all(const bw_exposure_facts *facts, const bw_exposure_summary *summary, const bw_exposure_row *worst,
                              uint32_t worst_count, char *buffer, size_t size)
{
    bw_prose prose;
    bw_prose_open(&prose, buffer, size, facts->run->asset, facts->run->decimals);
    bw_words_title(&prose, facts);
    put_all(&prose, facts, &summary->all);
    put_worst_of_all(&prose, facts, worst, worst_count, summary->all.traders);
    put_markets(&prose, facts, summary);
    put_sizes(&prose, facts, summary);
    bw_words_hash(&prose, facts);
    return bw_prose_close(&prose);
}
