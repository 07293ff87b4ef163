/* screen.c - the result for somebody who decides and has not read the manual: sentences, then the table, then what the ranges
   mean. */
#include <math.h>
#include <string.h>

#include "stress/fund.h"
#include "stress/prose.h"
#include "stress/result.h"
#include "stress/tail.h"

static const char *const TAILS[BW_STRESS_LEVELS] = {"one path in 20", "one in 100", "one in 1,000", "one in 10,000"};

static void put_title(bw_prose *p, const bw_stress_facts *facts, uint64_t paths)
{
    bw_page_put(&p->page, facts->title);
    bw_page_put(&p->page, facts->partial ? " (stopped before all paths were played)\n" : "\n");
    bw_prose_count(p, paths, paths == 1 ? " simulated path" : " simulated paths");
    bw_prose_put(p, facts->one_shock ? ", each the moves of " : " of ");
    bw_prose_duration(p, facts->horizon_ns);
    bw_prose_put(p, facts->one_shock ? " in one shock, seed " : ", seed ");
    bw_page_unsigned(&p->words, facts->seed);
    bw_prose_put(p, "; amounts in ");
    bw_prose_put(p, facts->asset);
    bw_prose_put(p, ". In brackets what the true figure may be with 95% confidence.");
    bw_prose_paragraph_end(p);
}

static void put_hash(bw_prose *p, bw_hash hash)
{
    bw_prose_put(p, "result ");
    bw_page_hex(&p->words, hash.high);
    bw_page_hex(&p->words, hash.low);
    bw_prose_paragraph_end(p);
}

/* Which paths were not played, and what rests on which. */
static void put_screened(bw_prose *p, const bw_stress_result *result)
{
    const bw_stress_screened *screened = result->screened;
    if (screened == NULL)
        return;
    bw_prose_count(p, result->played, " paths were played: ");
    if (screened->plan != NULL) {
        bw_prose_count(p, result->played - screened->control, " in strata of the ");
        bw_prose_count(p, screened->passed, " whose gap may be above ");
    } else
        bw_prose_count(p, screened->passed, " whose gap may be above ");
    bw_prose_money(p, screened->paid);
    bw_prose_put(p, ", what the fund is sure to pay, and the first ");
    bw_prose_count(p, screened->control, ". On every other path a bound proves that nobody is charged for others. So charges, haircuts "
                                         "and gaps above that amount rest on all paths; chances of liquidation and ADL, of any gap, "
                                         "and all means but of what is socialized rest on the first ");
    bw_prose_count(p, screened->control, ".");
    bw_prose_paragraph_end(p);
}

/* -------------------------------------------------------------------------------------------------------- sentences */

/* The rarest level that the paths can show. */
static uint32_t level_shown(const bw_stress_series *series)
{
    uint32_t level = BW_STRESS_LEVELS;
    while (level > 0 && !series->var[level - 1].known)
        level--;
    return level;
}

static void put_gap(bw_prose *p, const bw_stress_result *result)
{
    const bw_stress_series *gap = &result->gap;
    uint32_t shown = level_shown(gap);
    bw_prose_put(p, "Losses beyond what the liquidated had (gaps) arise on ");
    bw_prose_chance(p, &gap->positive);
    if (gap->positive.hits > 0) {
        bw_prose_put(p, "; over all paths their mean is ");
        bw_prose_figure(p, &gap->mean);
        bw_prose_put(p, ", the largest was ");
        bw_prose_money(p, gap->largest);
        bw_prose_put(p, " on path ");
        bw_page_unsigned(&p->words, result->worst_path);
    }
    bw_prose_put(p, ".");
    if (shown > 0 && gap->positive.hits > 0) {
        bw_prose_put(p, " On ");
        bw_prose_put(p, TAILS[shown - 1]);
        bw_prose_put(p, " they exceed ");
        bw_prose_figure(p, &gap->var[shown - 1]);
        bw_prose_put(p, ".");
    }
    bw_prose_paragraph_end(p);
}

static void put_one_in(bw_prose *p, const bw_stress_chance *chance)
{
    if (chance->hits == 0)
        return;
    bw_prose_put(p, ", one in ");
    bw_prose_count(p, (uint64_t)(1 / bw_stress_chance_value(chance) + .5), "");
}

static void put_socialized(bw_prose *p, const bw_stress_result *result)
{
    bw_prose_put(p, "The insurance fund is used on ");
    bw_prose_chance(p, &result->fund_use.positive);
    bw_prose_put(p, ". Traders pay for others - deleveraged below the mark, or by what follows - on ");
    bw_prose_chance(p, &result->p_charged);
    put_one_in(p, &result->p_charged);
    bw_prose_put(p, ". Losses are socialized - profits cut by a haircut, or a loss left open - on ");
    bw_prose_chance(p, &result->p_socialized);
    put_one_in(p, &result->p_socialized);
    if (result->p_socialized.hits > 0) {
        bw_prose_put(p, "; over all paths the mean is ");
        bw_prose_figure(p, &result->socialized.mean);
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

static void put_positions(bw_prose *p, const bw_stress_result *result)
{
    bw_prose_put(p, "Traders are liquidated on ");
    bw_prose_chance(p, &result->p_liquidation);
    bw_prose_put(p, "; winners are deleveraged (ADL) on ");
    bw_prose_chance(p, &result->p_adl);
    if (result->first_adl_ns >= 0 && !result->facts->one_shock) {
        bw_prose_put(p, ", first after ");
        bw_prose_duration(p, result->first_adl_ns);
        bw_prose_put(p, " in the middle one of these");
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

static void put_origin(bw_prose *p, const bw_stress_result *result, const bw_stress_origin *origin)
{
    const bw_stress_facts *facts = result->facts;
    if (origin->market == BW_NONE16) {
        bw_prose_put(p, "the pool itself");
    } else if (facts->markets != NULL && origin->market < facts->market_count) {
        bw_prose_put(p, facts->markets[origin->market]);
    } else {
        bw_prose_put(p, "market ");
        bw_page_unsigned(&p->words, origin->market);
    }
    bw_prose_put(p, origin->market == BW_NONE16 ? " " : origin->shorts ? " shorts " : " longs ");
    bw_page_percent(&p->words, origin->share_ppm, 1);
    bw_prose_put(p, " (");
    bw_prose_count(p, origin->paths, origin->paths == 1 ? " path)" : " paths)");
}

static void put_origins(bw_prose *p, const bw_stress_result *result)
{
    if (result->origin_count == 0)
        return;
    if (result->screened != NULL) {
        bw_prose_put(p, "Of all gaps above ");
        bw_prose_money(p, result->screened->paid);
    } else {
        bw_prose_put(p, "Of all gaps");
    }
    bw_prose_put(p, ", by the side of a market that lost most on a path: ");
    for (uint32_t i = 0; i < result->origin_count; i++) {
        bw_prose_put(p, i == 0 ? "" : ", ");
        put_origin(p, result, &result->origins[i]);
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

static void put_tail(bw_prose *p, const bw_stress_result *result)
{
    if (result->cause_count == 0)
        return;
    bw_prose_put(p, "By cause:");
    for (uint32_t i = 0; i < result->cause_count && i < 4; i++) {
        bw_prose_put(p, i == 0 ? " " : ", ");
        bw_prose_put(p, bw_stress_cause_word(&result->causes[i]));
        bw_prose_put(p, " ");
        bw_page_percent(&p->words, result->causes[i].share_ppm, 1);
    }
    bw_prose_put(p, ". The one account that lost most on its path has ");
    bw_page_percent(&p->words, result->largest_share_ppm, 1);
    bw_prose_put(p, " of them");
    if (result->owner_count > 0 && result->owners[0].paths > 1) {
        bw_prose_put(p, "; one and the same account ");
        bw_page_percent(&p->words, result->owners[0].share_ppm, 1);
        bw_prose_put(p, " on ");
        bw_prose_count(p, result->owners[0].paths, " paths");
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

/* What weakens the figures, only where it does. */
static void put_warnings(bw_prose *p, const bw_stress_result *result)
{
    if (result->incomplete > 0) {
        bw_prose_put(p, "NOT COMPLETE: ");
        bw_prose_count(p, result->incomplete, result->incomplete == 1 ? " path was" : " paths were");
        bw_prose_put(p, " not played to the end and count as far as they went; all figures may be too low.");
        bw_prose_paragraph_end(p);
    }
    if (result->clipped > 0) {
        bw_prose_put(p, "The price model's cap cut a move on ");
        bw_prose_count(p, result->clipped, result->clipped == 1 ? " path, which has " : " paths, which have ");
        bw_page_percent(&p->words, result->clipped_share_ppm, 1);
        bw_prose_put(p, result->clipped_share_ppm > 100000 ? " of these gaps: means and tail means are SET BY THE CAP."
                                                           : " of these gaps.");
        bw_prose_paragraph_end(p);
    }
}

/* ------------------------------------------------------------------------------------------------------------ table */

static void put_rows(bw_prose *p, const char *name, const bw_stress_series *series)
{
    const bw_stress_figure *figures[1 + BW_STRESS_LEVELS] = {&series->mean}, *tails[1 + BW_STRESS_LEVELS] = {NULL};
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++) {
        figures[1 + i] = &series->var[i];
        tails[1 + i] = &series->es[i];
    }
    bw_prose_row(p, name, figures, 1 + BW_STRESS_LEVELS);
    bw_prose_row(p, "  mean beyond it", tails, 1 + BW_STRESS_LEVELS);
}

static void put_table(bw_prose *p, const bw_stress_result *result)
{
    static const char *const NAMES[] = {"mean", "95%", "99%", "99.9%", "99.99%"};
    bw_prose_columns(p, "NOT EXCEEDED ON ... OF PATHS", NAMES, 5);
    put_rows(p, "gap", &result->gap);
    put_rows(p, "paid by the fund", &result->fund_use);
    put_rows(p, "socialized", &result->socialized);
}

static void put_meaning(bw_prose *p, const bw_stress_result *result)
{
    bw_prose_heading(p, "WHAT THE RANGES MEAN");
    bw_prose_put(p, "Another run of as many paths with another seed would give other figures; the range says how far. It does not "
                    "say how far the price model is from the world: that error is usually the larger one.");
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++) {
        if (result->gap.var[i].known)
            continue;
        bw_prose_put(p, " ");
        bw_prose_put(p, bw_stress_level_words[i]);
        bw_prose_put(p, "% needs ");
        uint64_t need = bw_stress_paths_need(bw_stress_tails[i]);
        bw_prose_count(p, need, result->screened != NULL && result->paths >= need ? " paths in the control." : " paths.");
    }
    bw_prose_put(p, " Ranges of means beyond a level need 100 paths beyond it, and with fewer than 1,000 they are a little too "
                    "narrow. The three series are not parts of one sum: a gap is paid by the fund, by the venue, by the "
                    "deleveraged, or socialized.");
    bw_prose_paragraph_end(p);
}

size_t bw_stress_screen(const bw_stress_result *result, char *buffer, size_t size)
{
    bw_prose prose;
    bw_prose_open(&prose, buffer, size, result->facts->asset, result->facts->decimals);
    put_title(&prose, result->facts, result->paths);
    put_screened(&prose, result);
    bw_prose_heading(&prose, "WHAT MAY HAPPEN");
    put_gap(&prose, result);
    put_socialized(&prose, result);
    put_positions(&prose, result);
    put_origins(&prose, result);
    put_tail(&prose, result);
    put_warnings(&prose, result);
    put_table(&prose, result);
    put_meaning(&prose, result);
    put_hash(&prose, result->hash);
    return bw_prose_close(&prose);
}

/* ------------------------------------------------------------------------------------------------------------- fund */

static void put_percent_of(bw_prose *p, int64_t tail)
{
    bw_page_short(&p->words, tail, 7);
    bw_prose_put(p, "%");
}

static void put_range(bw_prose *p, const bw_stress_figure *figure)
{
    bw_prose_money(p, figure->value);
    if (figure->bounded || figure->low > 0) {
        bw_prose_put(p, " (");
        bw_page_short(&p->words, figure->low, p->decimals);
        bw_prose_put(p, figure->bounded ? " to " : " or more");
        if (figure->bounded)
            bw_page_short(&p->words, figure->high, p->decimals);
        bw_prose_put(p, ")");
    }
}

static void put_target(bw_prose *p, const bw_fund_result *fund)
{
    if (fund->settings.target <= 0)
        return;
    if (fund->smallest.known) {
        bw_prose_put(p, "A fund of ");
        put_range(p, &fund->smallest);
        bw_prose_put(p, " is exceeded by the losses on at most ");
        put_percent_of(p, fund->settings.target);
        bw_prose_put(p, " of paths.");
    } else if (fund->runs && fund->paths >= bw_stress_paths_need(fund->settings.target)) {
        bw_prose_put(p, "No size that was tried is exceeded on at most ");
        put_percent_of(p, fund->settings.target);
        bw_prose_put(p, " of paths.");
    } else {
        bw_prose_put(p, "For a target of ");
        put_percent_of(p, fund->settings.target);
        bw_prose_put(p, " there are too few paths: it needs ");
        bw_prose_count(p, bw_stress_paths_need(fund->settings.target), ".");
    }
    bw_prose_paragraph_end(p);
}

static void put_newsvendor(bw_prose *p, const bw_fund_result *fund)
{
    if (fund->newsvendor_tail == 0)
        return;
    bw_prose_put(p, "Where capital costs ");
    put_percent_of(p, fund->settings.capital_rate);
    bw_prose_put(p, " a year and a unit that traders pay counts as ");
    bw_page_short(&p->words, fund->settings.shortfall_cost, 9);
    bw_prose_put(p, ", the fund may be exceeded on ");
    put_percent_of(p, fund->newsvendor_tail);
    bw_prose_put(p, " of paths");
    if (fund->paths < bw_stress_paths_need(fund->newsvendor_tail)) {
        bw_prose_put(p, ", for which there are too few: it needs ");
        bw_prose_count(p, bw_stress_paths_need(fund->newsvendor_tail), "");
    } else if (fund->newsvendor.known) {
        bw_prose_put(p, "; it costs least at ");
        put_range(p, &fund->newsvendor);
    } else {
        bw_prose_put(p, "; it costs least at more than any size that was tried");
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

static void put_present(bw_prose *p, const bw_fund_result *fund)
{
    for (uint32_t i = 0; i < fund->point_count && fund->present >= 0; i++) {
        const bw_fund_point *point = &fund->points[i];
        if (point->fund != fund->present)
            continue;
        bw_prose_put(p, "The present fund of ");
        bw_prose_money(p, fund->present);
        bw_prose_put(p, " is exceeded on ");
        bw_prose_chance(p, &point->p_socialized);
        put_one_in(p, &point->p_socialized);
        bw_prose_put(p, ": so often traders pay for others, on average over all paths ");
        bw_prose_figure(p, &point->expected_socialized);
        bw_prose_put(p, ".");
        bw_prose_paragraph_end(p);
    }
}

static void put_cover(bw_prose *p, const char *who, int64_t amount, const char *scenario)
{
    bw_prose_put(p, who);
    bw_prose_money(p, amount);
    if (amount > 0 && scenario[0]) {
        bw_prose_put(p, " (");
        bw_prose_put(p, scenario);
        bw_prose_put(p, ")");
    }
}

static void put_covers(bw_prose *p, const bw_fund_result *fund)
{
    const bw_fund_covers *covers = &fund->covers;
    if (!covers->known)
        return;
    put_cover(p, "As clearing houses count, over a set of price moves, the default of one owner costs at most ", covers->cover1,
              covers->scenario1);
    put_cover(p, ", of two ", covers->cover2, covers->scenario2);
    put_cover(p, ", of everybody who would be bankrupt ", covers->cover_all, covers->scenario_all);
    if (covers->cover_all > 0) {
        bw_prose_put(p, ", half of it from ");
        bw_prose_count(p, covers->half, covers->half == 1 ? " owner" : " owners");
        bw_prose_put(p, ". One or two owners say little where losses come from many");
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

/* Text of a piece of prose, ending before a column. */
static void right(bw_prose *p, size_t column)
{
    bw_page_end(&p->words);
    bw_page_right(&p->page, p->bytes, column);
    p->words = bw_page_open(p->bytes, sizeof p->bytes);
}

/* What a unit more between this size and the next saves on average: the slope of the fitted curve. */
static void put_saved(bw_prose *p, const bw_fund_point *point, const bw_fund_point *next)
{
    double saved = (point->expected_fitted - next->expected_fitted) / (double)(next->fund - point->fund);
    bw_prose_percent(p, saved > 0 ? saved : 0);
    right(p, 93);
}

static void put_point(bw_prose *p, const bw_fund_point *point, const bw_fund_point *next)
{
    const bw_stress_chance *chance = &point->p_socialized;
    bw_page_short(&p->words, point->fund, p->decimals);
    right(p, 13);
    if (chance->hits > 0)
        bw_prose_percent(p, (double)chance->hits / (double)chance->paths);
    else
        bw_prose_put(p, "0");
    right(p, 25);
    bw_prose_percent(p, chance->interval.low);
    bw_prose_put(p, " to ");
    bw_prose_percent(p, chance->interval.high);
    right(p, 48);
    bw_page_short(&p->words, point->expected_socialized.value, p->decimals);
    right(p, 60);
    if (point->expected_socialized.bounded) {
        bw_page_short(&p->words, point->expected_socialized.low, p->decimals);
        bw_prose_put(p, " to ");
        bw_page_short(&p->words, point->expected_socialized.high, p->decimals);
    }
    right(p, 79);
    if (next != NULL)
        put_saved(p, point, next);
    bw_page_char(&p->page, '\n');
}

static void put_meaning_of_runs(bw_prose *p, const bw_fund_result *fund)
{
    bool one_shock = fund->facts->one_shock;
    bw_prose_put(p, one_shock ? "Every size was played by itself, on the same paths: under this venue's rules the fund does not simply pay "
                                "first. "
                              : "Every size was played by itself, on the same paths: what the fund pays decides when deleveraging "
                                "starts, and that changes what comes after. ");
    if (!fund->falls)
        bw_prose_put(p, "As they came, not every larger fund did better; what a unit saves is read off the nearest falling curve. ");
    if (fund->unscreened[0]) {
        bw_prose_put(p, "No path could be left out: ");
        bw_prose_put(p, fund->unscreened);
        bw_prose_put(p, ". ");
    } else if (one_shock) {
        bw_prose_put(p, "Paths whose gap a fund of the size is sure to pay charge nobody: with it they were not played. ");
    } else {
        bw_prose_put(p, "A bound leaves ");
        bw_prose_count(p, fund->opened, fund->opened == 1 ? " path" : " paths");
        bw_prose_put(p, " open; what these lack was found by playing each once with a fund larger than all. Where a fund is sure to pay "
                        "what a path lacks, or at most lacks, nobody is charged: there it was not played again. ");
    }
}

static void put_curve(bw_prose *p, const bw_fund_result *fund)
{
    bw_page_put(&p->page, "\n         fund  losses beyond          95% range  mean beyond          95% range  a unit saves\n");
    for (uint32_t i = 0; i < fund->point_count; i++)
        put_point(p, &fund->points[i], i + 1 < fund->point_count ? &fund->points[i + 1] : NULL);
}

/* ------------------------------------------------------------------------------------------------------ sensitivities */

enum { BAR = 14 };                   /* columns of a bar, each way */

static void put_difference(bw_prose *p, double x)
{
    bw_prose_put(p, x < 0 ? "-" : x > 0 ? "+" : "");
    bw_prose_percent(p, x < 0 ? -x : x);
}

/* A bar to the left or right of a line, as long as the difference is of the largest. */
static void put_bar(bw_prose *p, double x, double most)
{
    int length = most > 0 ? (int)(BAR * (x < 0 ? -x : x) / most + .5) : 0;
    for (int i = -BAR; i <= BAR; i++)
        bw_page_char(&p->page, i == 0 ? '|' : (x < 0 && i < 0 && -i <= length) || (x > 0 && i > 0 && i <= length) ? '#' : ' ');
}

static void put_pair(bw_prose *p, const bw_paired *pair, double most)
{
    bw_page_put(&p->page, "  ");
    bw_page_put(&p->page, pair->name);
    for (size_t i = strlen(pair->name); i < 26; i++)
        bw_page_char(&p->page, ' ');
    put_bar(p, pair->difference, most);
    put_difference(p, pair->difference);
    right(p, 68);
    put_difference(p, pair->low);
    bw_prose_put(p, " to ");
    put_difference(p, pair->high);
    right(p, 92);
    bw_page_char(&p->page, '\n');
}

/* The largest difference first, as they came where equal. */
static void put_pairs(bw_prose *p, const bw_fund_result *fund)
{
    double most = 0, before = INFINITY;
    if (fund->pair_count == 0)
        return;
    bw_prose_heading(p, "WHAT IT HANGS ON");
    bw_prose_put(p, "With the present fund traders pay on ");
    bw_prose_chance(p, &fund->pairs[0].a);
    bw_prose_put(p, ". On the same paths, one condition changed at a time, that chance rises or falls by:");
    bw_prose_paragraph_end(p);
    for (uint32_t i = 0; i < fund->pair_count; i++)
        most = fabs(fund->pairs[i].difference) > most ? fabs(fund->pairs[i].difference) : most;
    for (double size = most; size >= 0 && size < before;) {
        double next = -1;
        for (uint32_t i = 0; i < fund->pair_count; i++) {
            double at = fabs(fund->pairs[i].difference);
            if (at == size)
                put_pair(p, &fund->pairs[i], most);
            else if (at < size && at > next)
                next = at;
        }
        before = size;
        size = next;
    }
}

/* The same figure by other assumptions about prices: how far they differ. */
static void put_models(bw_prose *p, const bw_fund_result *fund)
{
    double least = 2, most = -1;
    if (fund->model_count == 0)
        return;
    bw_prose_heading(p, "UNDER OTHER MODELS OF PRICES");
    for (uint32_t i = 0; i < fund->model_count; i++) {
        double value = bw_stress_chance_value(&fund->models[i].p_socialized);
        least = value < least ? value : least;
        most = value > most ? value : most;
        bw_prose_put(p, fund->models[i].name);
        bw_prose_put(p, ": traders pay on ");
        bw_prose_chance(p, &fund->models[i].p_socialized);
        bw_prose_put(p, ", on average ");
        bw_prose_money(p, fund->models[i].expected_socialized.value);
        bw_prose_put(p, ".");
        bw_prose_paragraph_end(p);
    }
    bw_prose_put(p, "The range over these models is ");
    bw_prose_percent(p, least);
    bw_prose_put(p, " to ");
    bw_prose_percent(p, most);
    bw_prose_put(p, fund->model_count < 4 ? ". With a history of prices (--history) there are two more." : ".");
    bw_prose_paragraph_end(p);
}

size_t bw_fund_screen(const bw_fund_result *fund, char *buffer, size_t size)
{
    bw_prose prose;
    bw_prose_open(&prose, buffer, size, fund->facts->asset, fund->facts->decimals);
    put_title(&prose, fund->facts, fund->paths);
    bw_prose_heading(&prose, "HOW LARGE A FUND");
    put_target(&prose, fund);
    put_newsvendor(&prose, fund);
    put_present(&prose, fund);
    put_covers(&prose, fund);
    put_curve(&prose, fund);
    put_pairs(&prose, fund);
    put_models(&prose, fund);
    bw_reverse_put(&prose, fund);
    bw_prose_heading(&prose, "WHAT THE TABLE MEANS");
    bw_prose_put(&prose, "\"Losses beyond\" is the part of paths whose losses exceed a fund of that size, so that traders pay for others; "
                         "\"mean beyond\" what they pay, over all paths; \"a unit saves\" how much of it a unit more in the fund saves. ");
    if (fund->runs)
        put_meaning_of_runs(&prose, fund);
    else
        bw_prose_put(&prose, "The same paths serve every size: in one shock, where the fund pays before any trader, its size changes no "
                             "loss. ");
    bw_prose_put(&prose, "Each range holds for its line; for all lines at once it is the part of paths +- ");
    bw_prose_percent(&prose, fund->band < 1 ? fund->band : 1);
    bw_prose_put(&prose, ". Ranges say what other paths would give, not how good the price model is.");
    bw_prose_paragraph_end(&prose);
    put_hash(&prose, fund->hash);
    return bw_prose_close(&prose);
}
