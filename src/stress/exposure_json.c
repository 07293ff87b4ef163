/* exposure_json.c - breakwater-exposure/1: {head, accounts: [rows], account: {detail}, summary: {...}, foot}. */
#include "stress/exposure_result.h"
#include "stress/figures.h"

static const char *const COUNTERFACTUALS[BW_EXPOSURE_COUNTERFACTUALS] = {"hold", "reopen"};

enum { DRAG_PLACES = 2, MOVE_PLACES = 4, PPM_PLACES = 6, SPREAD_PLACES = 9 };

/* ---------------------------------------------------------------------------------------------------------- figures */

static void put_market(bw_object *o, const bw_exposure_facts *facts, uint16_t market)
{
    if (market < facts->run->market_count)
        bw_object_text(o, "market", facts->run->markets[market]);
    else
        bw_object_null(o, "market");
}

static void put_side(bw_object *o, bool any, bool is_short)
{
    if (any)
        bw_object_text(o, "side", is_short ? "short" : "long");
    else
        bw_object_null(o, "side");
}

/* {value, low, high}: of a rate with so many decimals. */
static void put_rate(bw_object *o, const char *key, int64_t value, bool bounded, int64_t low, int64_t high, uint32_t places)
{
    bw_object_begin(o, key, '{');
    bw_object_rate(o, "value", value, places);
    if (bounded) {
        bw_object_rate(o, "low", low, places);
        bw_object_rate(o, "high", high, places);
    } else {
        bw_object_null(o, "low");
        bw_object_null(o, "high");
    }
    bw_object_end(o, '}');
}

static void put_drag(bw_object *o, const char *key, const bw_exposure_drag *drag)
{
    if (drag->known)
        put_rate(o, key, drag->value, drag->bounded, drag->low, drag->high, DRAG_PLACES);
    else
        bw_object_null(o, key);
}

/* A signed share of the price. */
static void put_move(bw_object *o, const char *key, uint32_t move)
{
    int64_t bp = move / 2;
    if (move == BW_EXPOSURE_NO_MOVE)
        bw_object_null(o, key);
    else
        bw_object_rate(o, key, move % 2 ? bp : -bp, MOVE_PLACES);
}

static void put_tail(bw_object *o, const bw_exposure_row *row)
{
    if (!row->tail.known) {
        bw_object_null(o, "tail_charge");
        return;
    }
    bw_object_begin(o, "tail_charge", '{');
    bw_object_money(o, "value", row->tail.value);
    bw_object_null(o, "low");
    bw_object_null(o, "high");
    bw_object_money(o, "at_least", row->tail_least);
    bw_object_count(o, "paths", row->tail.paths);
    bw_object_end(o, '}');
}

/* The keys of a row that a venue has too. */
static void put_exposure(bw_object *o, const bw_exposure_row *row)
{
    bw_object_chance(o, "p_liquidated", &row->liquidated);
    bw_object_chance(o, "p_adl", &row->adl);
    bw_object_chance(o, "p_haircut", &row->cut);
    bw_object_chance(o, "p_reached", &row->touched);
    bw_object_figure(o, "expected_charge", &row->expected);
    put_tail(o, row);
    put_drag(o, "drag_bp", &row->drag);
    bw_object_money(o, "expected_haircut", row->haircut);
    bw_object_money(o, "expected_adl_cost", row->adl_cost);
    bw_object_money(o, "expected_liquidation_cost", row->liquidation);
    bw_object_money(o, "largest_charge", row->charge_max);
    bw_object_rate(o, "closed_share", row->closed_ppm, PPM_PLACES);
    bw_object_rate(o, "liquidated_share", row->forced_ppm, PPM_PLACES);
    bw_object_money(o, "delta_left", row->delta_left);
    put_move(o, "nearest_move", row->move);
}

/* ------------------------------------------------------------------------------------------------------------- rows */

size_t bw_exposure_json_head(const bw_exposure_facts *facts, char *buffer, size_t size)
{
    bw_object o = bw_object_open(buffer, size, facts->run->decimals);
    bw_object_begin(&o, NULL, '{');
    bw_object_head(&o, "breakwater-exposure/1", facts->run, facts->paths);
    bw_object_text(&o, "counterfactual", COUNTERFACTUALS[facts->counterfactual]);
    if (facts->counterfactual == BW_EXPOSURE_REOPEN)
        bw_object_rate(&o, "half_spread", facts->half_spread_ppb, SPREAD_PLACES);
    if (facts->first_paths > 0)
        bw_object_count(&o, "first_order_paths", facts->first_paths);
    bw_object_begin(&o, "accounts", '[');
    return bw_page_end(&o.page);
}

size_t bw_exposure_json_row(const bw_exposure_facts *facts, const bw_exposure_row *row, bool first, char *buffer, size_t size)
{
    const bw_exposure_standing *standing = &row->standing;
    bw_object o = bw_object_open(buffer, size, facts->run->decimals);
    o.first = first;
    bw_object_begin(&o, NULL, '{');
    bw_object_count(&o, "id", row->id);
    bw_object_text(&o, "name", row->name);
    put_market(&o, facts, standing->market);
    put_side(&o, standing->market != BW_NONE16, standing->is_short);
    bw_object_money(&o, "equity", standing->equity);
    bw_object_money(&o, "notional", standing->notional);
    put_exposure(&o, row);
    if (row->first_known)
        bw_object_chance(&o, "p_liquidated_first_order", &row->first_order);
    else if (facts->first_paths > 0)
        bw_object_null(&o, "p_liquidated_first_order");
    bw_object_end(&o, '}');
    return bw_page_end(&o.page);
}

/* ----------------------------------------------------------------------------------------------------------- detail */

static void put_shock(bw_object *o, const bw_exposure_shock *shock)
{
    bw_object_begin(o, NULL, '{');
    bw_object_rate(o, "move", shock->move_bp, MOVE_PLACES);
    bw_object_flag(o, "liquidated", shock->path.flags & BW_EXPOSURE_LIQUIDATED);
    bw_object_flag(o, "adl", shock->path.flags & BW_EXPOSURE_ADL);
    bw_object_flag(o, "haircut", shock->path.flags & BW_EXPOSURE_CUT);
    bw_object_rate(o, "closed_share", shock->path.closed_ppm, PPM_PLACES);
    bw_object_rate(o, "liquidated_share", shock->path.forced_ppm, PPM_PLACES);
    bw_object_money(o, "charge", bw_exposure_charge(&shock->path));
    bw_object_money(o, "delta_left", shock->path.delta_left);
    bw_object_money(o, "gap", shock->gap);
    bw_object_end(o, '}');
}

static void put_place(bw_object *o, const bw_exposure_facts *facts, const bw_exposure_place *place)
{
    bw_object_begin(o, NULL, '{');
    put_market(o, facts, place->market);
    put_side(o, true, place->is_short);
    bw_object_money(o, "notional", place->notional);
    bw_object_money(o, "profit", place->profit);
    bw_object_count(o, "light", place->light);
    if (place->light > 0)
        bw_object_count(o, "closed_before", place->before);
    else
        bw_object_null(o, "closed_before");
    bw_object_money(o, "notional_before", place->notional_before);
    bw_object_count(o, "in_profit", place->in_profit);
    bw_object_count(o, "holders", place->holders);
    bw_object_end(o, '}');
}

static void put_venue(bw_object *o, const bw_exposure_venue *venue)
{
    bw_object_begin(o, NULL, '{');
    bw_object_text(o, "venue", venue->name);
    put_exposure(o, &venue->row);
    bw_object_begin(o, "more_than_here", '{');
    bw_object_money(o, "value", venue->more);
    if (venue->paired) {
        bw_object_money(o, "low", venue->more_low);
        bw_object_money(o, "high", venue->more_high);
    } else {
        bw_object_null(o, "low");
        bw_object_null(o, "high");
    }
    bw_object_end(o, '}');
    bw_object_end(o, '}');
}

static void put_closed(bw_object *o, const bw_exposure_detail *detail)
{
    static const char *const KEYS[BW_EXPOSURE_QUARTERS] = {"to_25", "to_50", "to_75", "to_100"};
    bw_object_begin(o, "closed_paths", '{');
    for (uint32_t i = 0; i < BW_EXPOSURE_QUARTERS; i++)
        bw_object_count(o, KEYS[i], detail->closed_paths[i]);
    bw_object_count(o, "whole", detail->closed_whole);
    bw_object_end(o, '}');
    bw_object_begin(o, "delta", '{');
    bw_object_count(o, "paths", detail->delta_paths);
    bw_object_money(o, "mean", detail->delta_mean);
    bw_object_money(o, "largest", detail->delta_most);
    bw_object_end(o, '}');
}

static void put_detail(bw_object *o, const bw_exposure_facts *facts, const bw_exposure_detail *detail)
{
    bw_object_begin(o, "account", '{');
    bw_object_series(o, "charge", &detail->charge);
    bw_object_figure(o, "haircut", &detail->haircut);
    bw_object_figure(o, "adl_cost", &detail->adl_cost);
    bw_object_figure(o, "liquidation_cost", &detail->liquidation);
    bw_object_begin(o, "drag_bp", '{');
    for (uint32_t i = 0; i < BW_EXPOSURE_COUNTERFACTUALS; i++)
        put_drag(o, COUNTERFACTUALS[i], &detail->drag[i]);
    bw_object_end(o, '}');
    put_closed(o, detail);
    put_move(o, "middle_move", detail->move_middle);
    bw_object_count(o, "worst_path", detail->worst_path);
    bw_object_count(o, "paths_short_of_room", detail->short_of_room);
    bw_object_text(o, "shock_of", detail->shock_of);
    bw_object_begin(o, "shocks", '[');
    for (uint32_t i = 0; i < detail->shock_count; i++)
        put_shock(o, &detail->shocks[i]);
    bw_object_end(o, ']');
    bw_object_begin(o, "queue", '[');
    for (uint32_t i = 0; i < detail->place_count; i++)
        put_place(o, facts, &detail->places[i]);
    bw_object_end(o, ']');
    bw_object_end(o, '}');
    bw_object_begin(o, "venues", '[');
    for (uint32_t i = 0; i < detail->venue_count; i++)
        put_venue(o, &detail->venues[i]);
    bw_object_end(o, ']');
}

/* ---------------------------------------------------------------------------------------------------------- summary */

static void put_wide(bw_object *o, const char *key, bw_wide amount)
{
    bw_object_money(o, key, bw_wide_to_int64_saturated(amount));
}

static void put_group(bw_object *o, const bw_exposure_facts *facts, const bw_exposure_group *group)
{
    bw_object_count(o, "traders", group->traders);
    bw_object_count(o, "reached", group->reached);
    put_wide(o, "equity", group->equity);
    put_wide(o, "notional", group->notional);
    bw_object_rate(o, "p_liquidated", bw_exposure_group_chance(facts, group, group->liquidated), BW_CHANCE_PLACES);
    bw_object_rate(o, "p_adl", bw_exposure_group_chance(facts, group, group->adl), BW_CHANCE_PLACES);
    bw_object_rate(o, "p_haircut", bw_exposure_group_chance(facts, group, group->cut), BW_CHANCE_PLACES);
    put_wide(o, "expected_charge", bw_wide_div_ceil(group->charge, bw_wide_of((int64_t)facts->paths)));
    bw_object_rate(o, "drag_bp", bw_exposure_group_drag(facts, group), DRAG_PLACES);
}

static void put_summary(bw_object *o, const bw_exposure_facts *facts, const bw_exposure_summary *summary)
{
    bw_object_begin(o, "summary", '{');
    bw_object_begin(o, "all", '{');
    put_group(o, facts, &summary->all);
    bw_object_end(o, '}');
    bw_object_begin(o, "by_market", '[');
    for (uint16_t m = 0; m < facts->run->market_count; m++)
        for (uint32_t side = 0; side < 2; side++) {
            if (summary->of_market[m][side].traders == 0)
                continue;
            bw_object_begin(o, NULL, '{');
            put_market(o, facts, m);
            put_side(o, true, side == 1);
            put_group(o, facts, &summary->of_market[m][side]);
            bw_object_end(o, '}');
        }
    bw_object_end(o, ']');
    bw_object_begin(o, "by_size", '[');
    for (uint32_t d = 0; d < BW_EXPOSURE_DECILES; d++) {
        bw_object_begin(o, NULL, '{');
        bw_object_money(o, "notional_from", summary->size_least[d]);
        put_group(o, facts, &summary->of_size[d]);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
    bw_object_end(o, '}');
}

size_t bw_exposure_json_foot(const bw_exposure_facts *facts, const bw_exposure_detail *detail, const bw_exposure_summary *summary,
                             int64_t elapsed_ms, char *buffer, size_t size)
{
    bw_object o = bw_object_open(buffer, size, facts->run->decimals);
    bw_object_end(&o, ']');
    if (detail != NULL)
        put_detail(&o, facts, detail);
    if (summary != NULL)
        put_summary(&o, facts, summary);
    bw_object_foot(&o, facts->run, facts->hash, elapsed_ms);
    return bw_page_end(&o.page);
}
