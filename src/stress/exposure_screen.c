/* exposure_screen.c - one trader's page: sentences that need no manual, then moves, queue, other venues. */
#include "stress/exposure_words.h"

/* --------------------------------------------------------------------------------------------------------- who he is */

static void put_who(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_row *row)
{
    const bw_exposure_standing *standing = &row->standing;
    bw_prose_put(p, "You are ");
    bw_prose_put(p, row->name);
    bw_prose_put(p, ", with ");
    bw_prose_money(p, standing->equity);
    bw_prose_put(p, " of equity");
    if (standing->market == BW_NONE16) {
        bw_prose_put(p, " and no position.");
    } else {
        bw_prose_put(p, " and positions of ");
        bw_prose_money(p, standing->notional);
        bw_prose_put(p, ", the largest ");
        bw_prose_put(p, standing->is_short ? "short " : "long ");
        bw_words_market(p, facts, standing->market);
        bw_prose_put(p, ".");
    }
    bw_prose_paragraph_end(p);
}

/* --------------------------------------------------------------------------------------------------------- what may */

static void put_chances(bw_prose *p, const bw_exposure_row *row)
{
    bw_prose_put(p, "You were liquidated in ");
    bw_words_hits(p, &row->liquidated);
    if (row->liquidated.hits > 0 && row->forced_ppm > 0) {
        bw_prose_put(p, ", and lost ");
        bw_words_ppm(p, row->forced_ppm);
        bw_prose_put(p, " of your positions then, on average");
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
    bw_prose_put(p, "You were deleveraged (your winning position closed, to close a bankrupt one) in ");
    bw_words_hits(p, &row->adl);
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
    bw_prose_put(p, "Part of your money or profit was taken by a haircut in ");
    bw_words_hits(p, &row->cut);
    bw_prose_put(p, ". Any of the three: ");
    bw_words_hits(p, &row->touched);
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

/* A rare event can be told from paths that are not played, if it is said what they leave out. */
static void put_first_order(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_row *row)
{
    if (facts->first_paths == 0)
        return;
    if (row->first_known) {
        bw_prose_put(p, "At first order - prices alone, without what liquidations and losses of others do - your liquidation "
                        "price was reached in ");
        bw_words_hits(p, &row->first_order);
        bw_prose_put(p, ".");
    } else {
        bw_prose_put(p, "At first order nothing is told of you: you have not exactly one position.");
    }
    bw_prose_paragraph_end(p);
}

static void put_closed(bw_prose *p, const bw_exposure_row *row, const bw_exposure_detail *detail)
{
    if (row->adl.hits == 0)
        return;
    bw_prose_put(p, "When deleveraged, ");
    bw_words_ppm(p, row->closed_ppm);
    bw_prose_put(p, " of your positions was closed on average");
    if (detail->closed_whole > 0) {
        bw_prose_put(p, ", and all of them in ");
        bw_prose_count(p, detail->closed_whole, detail->closed_whole == 1 ? " path" : " paths");
    }
    bw_prose_put(p, ".");
    if (detail->delta_paths > 0) {
        bw_prose_put(p, " One leg closed left more unhedged than before in ");
        bw_prose_count(p, detail->delta_paths, detail->delta_paths == 1 ? " path: " : " paths: ");
        bw_prose_money(p, detail->delta_mean);
        bw_prose_put(p, " on average, ");
        bw_prose_money(p, detail->delta_most);
        bw_prose_put(p, " at most.");
    }
    bw_prose_paragraph_end(p);
}

/* Without a range where fewer than 100 paths stand behind it: the last paragraph says so once. */
static void put_figure(bw_prose *p, const bw_stress_figure *figure)
{
    if (figure->bounded)
        bw_prose_figure(p, figure);
    else
        bw_prose_money(p, figure->value);
}

static void put_parts(bw_prose *p, const bw_exposure_detail *detail)
{
    static const char *const NAMES[] = {"haircuts", "deleveraging", "liquidation beyond the mark"};
    const bw_stress_figure *const parts[] = {&detail->haircut, &detail->adl_cost, &detail->liquidation};
    bool first = true;
    for (uint32_t i = 0; i < 3; i++) {
        if (parts[i]->value == 0)
            continue;
        bw_prose_put(p, first ? " Of it: " : ", ");
        bw_prose_put(p, NAMES[i]);
        bw_prose_put(p, " ");
        bw_prose_money(p, parts[i]->value);
        first = false;
    }
    bw_prose_put(p, first ? "" : ".");
}

static void put_tail(bw_prose *p, const bw_stress_series *charge, uint64_t worst_path)
{
    if (charge->es[1].known) {
        bw_prose_put(p, " The worst path in 100 costs ");
        put_figure(p, &charge->es[1]);
        bw_prose_put(p, " on average;");
    }
    bw_prose_put(p, charge->es[1].known ? " the worst of all " : " The worst path costs ");
    bw_prose_money(p, charge->largest);
    bw_prose_put(p, " (path ");
    bw_page_unsigned(&p->words, worst_path);
    bw_prose_put(p, ").");
}

static void put_cost(bw_prose *p, const bw_exposure_detail *detail)
{
    const bw_stress_series *charge = &detail->charge;
    if (charge->positive.hits == 0) {
        bw_prose_put(p, "Nothing was taken from you on any path.");
        bw_prose_paragraph_end(p);
        return;
    }
    bw_prose_put(p, "A path costs you ");
    put_figure(p, &charge->mean);
    bw_prose_put(p, " on average.");
    put_parts(p, detail);
    put_tail(p, charge, detail->worst_path);
    bw_prose_paragraph_end(p);
}

static void put_drag(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_detail *detail)
{
    const bw_exposure_drag *hold = &detail->drag[BW_EXPOSURE_HOLD], *reopen = &detail->drag[BW_EXPOSURE_REOPEN];
    if (!hold->known || (hold->value == 0 && reopen->value == 0 && detail->charge.positive.hits == 0))
        return;
    bw_prose_put(p, "To a strategy that stands like this every day that is ");
    bw_words_drag(p, hold);
    bw_prose_put(p, ", had ADL closed nothing and the position been held to the end of the path; ");
    bw_words_drag(p, reopen);
    bw_prose_put(p, ", had you opened at the next mark and half a spread of ");
    bw_page_short(&p->words, facts->half_spread_ppb, 5);
    bw_prose_put(p, " bp again what ADL closed. Below 0: being closed saved you money.");
    bw_prose_paragraph_end(p);
}

/* ------------------------------------------------------------------------------------------------------------ moves */

enum { MOVE_END = 6, SIDE_CELLS = 4, SIDE_CELL = 11, SIDE_WIDTH = SIDE_CELLS * SIDE_CELL };

static const bw_exposure_shock *shock_at(const bw_exposure_detail *detail, int64_t move_bp)
{
    for (uint32_t i = 0; i < detail->shock_count; i++)
        if (detail->shocks[i].move_bp == move_bp)
            return &detail->shocks[i];
    return NULL;
}

static void put_side(bw_prose *p, const bw_exposure_shock *shock, size_t from)
{
    if (shock == NULL)
        return;
    bw_cell_ppm(p, shock->path.closed_ppm, from + SIDE_CELL);
    bw_cell_ppm(p, shock->path.forced_ppm, from + 2 * SIDE_CELL);
    bw_cell_money(p, bw_exposure_charge(&shock->path), from + 3 * SIDE_CELL);
    bw_cell_money(p, shock->path.delta_left, from + 4 * SIDE_CELL);
}

static bool any_reaches(const bw_exposure_detail *detail)
{
    for (uint32_t i = 0; i < detail->shock_count; i++)
        if (detail->shocks[i].path.flags != 0)
            return true;
    return false;
}

static void put_shocks(bw_prose *p, const bw_exposure_detail *detail)
{
    static const char *const NAMES[SIDE_CELLS] = {"closed", "liquidated", "charge", "unhedged"};
    if (detail->shock_count == 0)
        return;
    if (!any_reaches(detail)) {
        bw_prose_put(p, "No move of ");
        bw_prose_put(p, detail->shock_of);
        bw_prose_put(p, " in ten minutes would reach you, of those that were tried: ");
        bw_words_move(p, (uint32_t)-detail->shocks[0].move_bp * 2);
        bw_prose_put(p, ", ");
        bw_words_move(p, (uint32_t)detail->shocks[detail->shock_count - 1].move_bp * 2 + 1);
        bw_prose_put(p, ", and what lies between.");
        bw_prose_paragraph_end(p);
        return;
    }
    bw_prose_put(p, "If ");
    bw_prose_put(p, detail->shock_of);
    bw_prose_put(p, " moved by so much in ten minutes, so much of your positions would be closed by ADL or liquidated, and so "
                    "much would be charged and left unhedged:");
    bw_prose_paragraph_end(p);
    bw_cell_text(p, "FALL", MOVE_END + SIDE_CELL);
    bw_cell_text(p, "RISE", MOVE_END + SIDE_WIDTH + SIDE_CELL);
    bw_cell_end(p);
    bw_cell_text(p, "by", MOVE_END);
    for (uint32_t i = 0; i < 2 * SIDE_CELLS; i++)
        bw_cell_text(p, NAMES[i % SIDE_CELLS], MOVE_END + (i + 1) * SIDE_CELL);
    bw_cell_end(p);
    for (uint32_t i = 0; i < detail->shock_count; i++) {
        int64_t move = detail->shocks[i].move_bp;
        if (move < 0)
            continue;
        bw_cell_ppm(p, (uint32_t)move * 100, MOVE_END);
        put_side(p, shock_at(detail, -move), MOVE_END);
        put_side(p, &detail->shocks[i], MOVE_END + SIDE_WIDTH);
        bw_cell_end(p);
    }
}

static void put_moves(bw_prose *p, const bw_exposure_row *row, const bw_exposure_detail *detail)
{
    bw_prose_heading(p, "HOW LARGE A MOVE REACHES YOU");
    if (row->move == BW_EXPOSURE_NO_MOVE) {
        bw_prose_put(p, "None of the simulated paths reached you.");
    } else {
        bw_prose_put(p, "On the simulated paths the nearest move of the market that reached you was ");
        bw_words_move(p, row->move);
        if (detail->move_middle != BW_EXPOSURE_NO_MOVE && row->touched.hits > 1) {
            bw_prose_put(p, "; in the middle one of these paths it was ");
            bw_words_move(p, detail->move_middle);
        }
        bw_prose_put(p, ".");
    }
    bw_prose_paragraph_end(p);
    put_shocks(p, detail);
}

/* ------------------------------------------------------------------------------------------------------------ queue */

static void put_place(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_place *place)
{
    bw_words_market(p, facts, place->market);
    bw_prose_put(p, place->is_short ? " short, " : " long, ");
    bw_prose_money(p, place->notional);
    if (place->light == 0) {
        bw_prose_put(p, ": not in profit now, so ADL would not close it; ");
        bw_prose_count(p, place->in_profit, " of ");
        bw_prose_count(p, place->holders, " holders of this side are.");
    } else {
        bw_prose_put(p, ": of ");
        bw_prose_count(p, place->in_profit, " holders in profit ");
        bw_prose_count(p, place->before, place->before == 1 ? " is" : " are");
        bw_prose_put(p, " closed before you, with ");
        bw_prose_money(p, place->notional_before);
        bw_prose_put(p, "; light ");
        bw_prose_count(p, place->light, " of 5.");
    }
    bw_prose_paragraph_end(p);
}

static void put_queue(bw_prose *p, const bw_exposure_facts *facts, const bw_exposure_detail *detail)
{
    if (detail->place_count == 0)
        return;
    bw_prose_heading(p, "YOUR PLACE IN THE ADL QUEUE NOW");
    for (uint32_t i = 0; i < detail->place_count; i++)
        put_place(p, facts, &detail->places[i]);
}

/* ----------------------------------------------------------------------------------------------------------- venues */

enum { VENUE_CELL = 13, VENUE_FIRST = 22 };

static void put_venue(bw_prose *p, const bw_exposure_venue *venue)
{
    const bw_exposure_row *row = &venue->row;
    const bw_stress_chance *const chances[] = {&row->liquidated, &row->adl, &row->cut};
    bw_page_tab(&p->page, BW_PROSE_INDENT);
    bw_page_put(&p->page, venue->name);
    for (uint32_t i = 0; i < 3; i++)
        bw_cell_chance(p, chances[i], VENUE_FIRST + (i + 1) * VENUE_CELL);
    bw_cell_money(p, row->expected.value, VENUE_FIRST + 4 * VENUE_CELL);
    bw_cell_signed(p, venue->more, VENUE_FIRST + 5 * VENUE_CELL - 2);
    bw_cell_text(p, venue->paired ? "" : "?", VENUE_FIRST + 5 * VENUE_CELL - 1);
    bw_cell_drag(p, &row->drag, VENUE_FIRST + 6 * VENUE_CELL - 6);
    bw_cell_end(p);
}

static void put_venues(bw_prose *p, const bw_exposure_detail *detail)
{
    static const char *const NAMES[] = {"liquidated", "deleveraged", "haircut", "mean charge"};
    if (detail->venue_count == 0)
        return;
    bw_prose_heading(p, "THE SAME PATHS UNDER OTHER VENUES' RULES");
    for (uint32_t i = 0; i < 4; i++)
        bw_cell_text(p, NAMES[i], VENUE_FIRST + (i + 1) * VENUE_CELL);
    bw_cell_text(p, "than here", VENUE_FIRST + 5 * VENUE_CELL - 2);
    bw_cell_text(p, "drag bp", VENUE_FIRST + 6 * VENUE_CELL - 6);
    bw_cell_end(p);
    for (uint32_t i = 0; i < detail->venue_count; i++)
        put_venue(p, &detail->venues[i]);
    bw_prose_put(p, "Than here: mean charge there less here, on the same paths; ? where fewer than 100 paths differ, so that it may "
                    "be chance. The JSON has the ranges.");
    bw_prose_paragraph_end(p);
}

/* ------------------------------------------------------------------------------------------------------------- page */

static void put_meaning(bw_prose *p, const bw_exposure_detail *detail)
{
    bw_prose_heading(p, "WHAT THE RANGES MEAN");
    bw_prose_put(p, "Another run of as many paths with another seed would give other figures; the range says how far. It does not "
                    "say how far the price model is from the world: that error is usually the larger one. Figures without a range "
                    "rest on fewer than 100 such paths. A charge is what you lose beyond the prices: haircuts, closes off the "
                    "mark, fees and penalties.");
    if (detail->short_of_room > 0) {
        bw_prose_put(p, " NOT COMPLETE: on ");
        bw_prose_count(p, detail->short_of_room, " paths more was closed than there was room to note; figures may be too low.");
    }
    bw_prose_paragraph_end(p);
}

size_t bw_exposure_screen_one(const bw_exposure_facts *facts, const bw_exposure_row *row, const bw_exposure_detail *detail,
                              char *buffer, size_t size)
{
    bw_prose prose;
    bw_prose_open(&prose, buffer, size, facts->run->asset, facts->run->decimals);
    bw_words_title(&prose, facts);
    put_who(&prose, facts, row);
    bw_prose_heading(&prose, "WHAT MAY HAPPEN TO YOU");
    put_chances(&prose, row);
    put_first_order(&prose, facts, row);
    put_closed(&prose, row, detail);
    bw_prose_heading(&prose, "WHAT IT COSTS YOU");
    put_cost(&prose, detail);
    put_drag(&prose, facts, detail);
    put_moves(&prose, row, detail);
    put_queue(&prose, facts, detail);
    put_venues(&prose, detail);
    put_meaning(&prose, detail);
    bw_words_hash(&prose, facts);
    return bw_prose_close(&prose);
}
