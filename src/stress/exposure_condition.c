/* exposure_condition.c - --fail-if of an exposure run: a figure of a row compared with a number. */
#include "metrics/page.h"
#include "stress/exposure_result.h"

enum { CHANCES = 4, KIND_EXPECTED = BW_CONDITION_CHANCES, KIND_TAIL, KIND_DRAG, FIGURES = 3, DRAG_PLACES = 2 };

static const char *const WORDS[CHANCES + FIGURES] = {"p_liquidated", "p_adl",      "p_haircut", "p_reached",
                                                     "expected_charge", "tail_charge", "drag_bp"};

static bool name_at(uint32_t number, bw_condition *parts, char word[BW_CONDITION_NAME])
{
    uint32_t side = number % BW_CONDITION_SIDES, at = number / BW_CONDITION_SIDES;
    bw_page page = bw_page_open(word, BW_CONDITION_NAME);
    if (at >= CHANCES + FIGURES)
        return false;
    *parts = (bw_condition){.kind = (uint16_t)(at < CHANCES ? at : KIND_EXPECTED + at - CHANCES), .side = (uint8_t)side};
    bw_page_put(&page, WORDS[at]);
    bw_page_put(&page, bw_condition_sides[side]);
    bw_page_end(&page);
    return true;
}

bool bw_exposure_condition_parse(const char *text, bw_condition *condition, char *message, size_t size)
{
    return bw_condition_parse_with(text, name_at, "p_adl, expected_charge or drag_bp", condition, message, size);
}

bw_condition_end bw_exposure_condition_holds(const bw_condition *condition, const bw_exposure_facts *facts, const bw_exposure_row *row)
{
    const bw_stress_chance *const chances[CHANCES] = {&row->liquidated, &row->adl, &row->cut, &row->touched};
    const bw_stress_figure drag = {.known = row->drag.known, .bounded = row->drag.bounded, .value = row->drag.value,
                                   .low = row->drag.low, .high = row->drag.high};
    switch (condition->kind) {
    case KIND_EXPECTED: return bw_condition_figure(condition, &row->expected, facts->run->decimals);
    case KIND_TAIL: return bw_condition_figure(condition, &row->tail, facts->run->decimals);
    case KIND_DRAG: return bw_condition_figure(condition, &drag, DRAG_PLACES);
    default: return bw_condition_chance(condition, chances[condition->kind]);
    }
}
