/* stress_opening.c - page one: the answer in sentences, in the order and words of the reader it is for. */
#include "report/stress_sheet.h"
#include "stress/figures.h"

static const char *const TAILS[BW_STRESS_LEVELS] = {"one path in 20", "one path in 100", "one path in 1,000",
                                                    "one path in 10,000"};

/* The rarest level that the paths can show. */
static uint32_t level_shown(const bw_stress_series *series)
{
    uint32_t level = BW_STRESS_LEVELS;
    while (level > 0 && !series->var[level - 1].known)
        level--;
    return level;
}

static void one_in(bw_page *page, const bw_stress_chance *chance)
{
    if (chance->hits == 0)
        return;
    bw_page_put(page, ", one in ");
    bw_page_grouped(page, (int64_t)((chance->paths + chance->hits / 2) / chance->hits));
}

/* ------------------------------------------------------------------------------------------------- pieces for many */

static void how_large(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_series *gap = &at->result->gap;
    uint32_t shown = level_shown(gap);
    bw_page_put(page, "<p><b>How large?</b> Losses beyond what the liquidated had — gaps — arise ");
    bw_html_chance(page, &gap->positive);
    if (gap->positive.hits == 0) {
        bw_page_put(page, ".</p>\n");
        return;
    }
    if (shown > 0) {
        bw_page_put(page, ". On ");
        bw_page_put(page, TAILS[shown - 1]);
        bw_page_put(page, " they exceed ");
        bw_html_figure(&at->sheet, page, &gap->var[shown - 1]);
        if (gap->es[shown - 1].known) {
            bw_page_put(page, ", and beyond that their mean is ");
            bw_html_figure(&at->sheet, page, &gap->es[shown - 1]);
        }
    }
    bw_page_put(page, ". Over all paths their mean is ");
    bw_html_figure(&at->sheet, page, &gap->mean);
    bw_page_put(page, "; the largest of these paths lost ");
    bw_html_strong_money(&at->sheet, page, gap->largest);
    bw_page_put(page, " (path ");
    bw_page_grouped(page, (int64_t)at->result->worst_path);
    bw_page_put(page, ").</p>\n");
}

static void how_likely(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_result *result = at->result;
    bw_page_put(page, "<p><b>How likely?</b> Traders pay for others ");
    bw_html_chance(page, &result->p_charged);
    one_in(page, &result->p_charged);
    bw_page_put(page, ": winners are deleveraged below the mark, or profits are cut by a haircut, or a loss is left open. "
                      "Winners’ positions are closed early (ADL), at whatever price, ");
    bw_html_chance(page, &result->p_adl);
    if (result->first_adl_ns >= 0) {
        bw_page_put(page, ", in the middle one of these first after ");
        bw_html_duration(page, result->first_adl_ns);
    }
    bw_page_put(page, "; profits are cut ");
    bw_html_chance(page, &result->p_haircut);
    bw_page_put(page, "; a loss is left open, repaid later or not, ");
    bw_html_chance(page, &result->p_carryover);
    bw_page_put(page, ". Somebody is liquidated ");
    bw_html_chance(page, &result->p_liquidation);
    bw_page_put(page, ".</p>\n");
}

/* What it holds, how often that is not enough, what would be. */
static void the_fund(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_report *report = at->report;
    const int64_t target = BW_STRESS_ONE / 100;
    bw_page_put(page, "<p><b>Is the fund enough?</b> ");
    if (report->book != NULL) {
        bw_page_put(page, "It holds ");
        bw_html_strong_money(&at->sheet, page, report->book->fund);
        bw_page_put(page, " when the path begins. ");
    }
    bw_page_put(page, "It is used ");
    bw_html_chance(page, &at->result->fund_use.positive);
    bw_page_put(page, ". What it does not pay, and the venue’s capital and desks do not, falls on traders: on average ");
    bw_stress_figure borne = bw_stress_mean_beyond(report->borne, 0);
    bw_html_figure(&at->sheet, page, &borne);
    bw_page_put(page, " a path. ");
    bool runs = report->fund != NULL;
    bw_stress_figure least = runs ? report->fund->smallest : bw_fund_smallest(report->gap, target);
    bool surely = at->screened && !runs && least.known && least.value <= at->result->screened->paid;
    if (surely) {
        bw_page_put(page, "For traders to pay on no more than 1% of paths what it is sure to pay, ");
        bw_html_money(&at->sheet, page, at->result->screened->paid);
        bw_page_put(page, ", is enough already.");
    } else if (least.known) {
        bw_page_put(page, "For traders to pay on no more than ");
        bw_html_share(page, (double)(runs ? report->fund->settings.target : target) / BW_STRESS_ONE);
        bw_page_put(page, " of paths it would have to hold ");
        bw_html_figure(&at->sheet, page, &least);
        bw_page_put(page, runs ? ", found by playing the paths once for each size." : ", read off the gaps of these paths (see "
                                                                                    "“How large must the fund be”).");
    }
    bw_page_put(page, "</p>\n");
}

/* ----------------------------------------------------------------------------------------------------- for a trader */

/* Sums over the plain sample: how often any one account is met. */
typedef struct {
    double adl, haircut, paths_adl, paths_haircut, notional, borne;
} touched;

static touched sum_touched(const bw_stress_sheet *at)
{
    touched sum = {0};
    for (uint64_t i = 0; i < at->plain; i++) {
        const bw_stress_outcome *outcome = &at->report->outcomes[i];
        sum.adl += outcome->adl_accounts;
        sum.haircut += outcome->haircut_accounts;
        sum.paths_adl += outcome->adl_accounts > 0;
        sum.paths_haircut += outcome->haircut_accounts > 0;
        sum.notional += (double)outcome->adl_notional;
        sum.borne += (double)outcome->deleveraged + (double)outcome->socialized;
    }
    return sum;
}

static void an_account(const bw_stress_sheet *at, bw_page *page, double met, const char *what)
{
    double accounts = (double)at->report->book->accounts, paths = (double)at->plain;
    bw_html_share(page, accounts > 0 && paths > 0 ? met / accounts / paths : 0);
    bw_page_put(page, what);
}

static void am_i_touched(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_result *result = at->result;
    touched sum = sum_touched(at);
    bw_page_put(page, "<p><b>How likely am I touched?</b> Winning positions are closed early (ADL) ");
    bw_html_chance(page, &result->p_adl);
    bw_page_put(page, "; profits are cut by a haircut ");
    bw_html_chance(page, &result->p_haircut);
    bw_page_put(page, "; that costs traders money — a price below the mark, a haircut, a loss left open — ");
    bw_html_chance(page, &result->p_charged);
    if (at->report->book != NULL) {
        bw_page_put(page, ". That is the venue; one account picked at random is deleveraged on ");
        an_account(at, page, sum.adl, " of paths and cut on ");
        an_account(at, page, sum.haircut, " (each account and path counted alike; large winners with high leverage come first, so "
                                          "for them it is more)");
    }
    bw_page_put(page, ".</p>\n");
}

static void what_happens_then(const bw_stress_sheet *at, bw_page *page)
{
    touched sum = sum_touched(at);
    bw_page_put(page, "<p><b>What happens then?</b> ");
    if (sum.paths_adl > 0) {
        bw_page_put(page, "When there is ADL, it closes on average ");
        bw_html_strong_money(&at->sheet, page, (int64_t)(sum.notional / sum.paths_adl));
        bw_page_put(page, " of winners’ positions in ");
        bw_page_grouped(page, (int64_t)(sum.adl / sum.paths_adl + .5));
        bw_page_put(page, " accounts");
        if (at->result->first_adl_ns >= 0) {
            bw_page_put(page, ", in the middle one of these paths first after ");
            bw_html_duration(page, at->result->first_adl_ns);
        }
        bw_page_put(page, ". A closed winner keeps the profit so far, unless the price he is closed at is worse than the mark, and "
                          "has lost the hedge. ");
    } else {
        bw_page_put(page, "On these paths nobody was deleveraged. ");
    }
    bw_stress_figure borne = bw_stress_mean_beyond(at->report->borne, 0);
    bw_page_put(page, "Over all paths traders bear ");
    bw_html_figure(&at->sheet, page, &borne);
    bw_page_put(page, " for others");
    if (at->report->book != NULL && at->report->book->equity > 0) {
        double part = (double)borne.value / (double)at->report->book->equity;
        bw_page_put(page, ", ");
        bw_html_share(page, part);
        bw_page_put(page, " of all equity per horizon of ");
        bw_html_duration(page, at->result->facts->horizon_ns);
    }
    bw_page_put(page, ".");
    if (*at->report->rules) {
        bw_page_put(page, " The venue’s rule, in this order: <code>");
        bw_html_text(page, at->report->rules);
        bw_page_put(page, "</code>.");
    }
    bw_page_put(page, "</p>\n");
}

static void how_near(const bw_stress_sheet *at, bw_page *page)
{
    const bw_report_ladder *ladder = at->report->ladder;
    if (ladder == NULL)
        return;
    bw_page_put(page, "<p><b>How near is it?</b> Were all markets to fall by 10% now, positions of ");
    bw_html_strong_money(&at->sheet, page, ladder->fall[10].notional);
    bw_page_put(page, " in ");
    bw_page_grouped(page, (int64_t)ladder->fall[10].accounts);
    bw_page_put(page, " accounts would be liquidated; were they to rise by 10%, of ");
    bw_html_strong_money(&at->sheet, page, ladder->rise[10].notional);
    bw_page_put(page, " in ");
    bw_page_grouped(page, (int64_t)ladder->rise[10].accounts);
    bw_page_put(page, ".</p>\n");
}

/* -------------------------------------------------------------------------------------------------- for an engineer */

static void hex(bw_page *page, bw_hash hash)
{
    bw_page_put(page, "<code>");
    bw_page_hex(page, hash.high);
    bw_page_hex(page, hash.low);
    bw_page_put(page, "</code>");
}

static void same_again(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_facts *facts = at->result->facts;
    bw_page_put(page, "<p><b>Is it the same again?</b> A path is a pure function of story, options, seed and number; results are made "
                      "of whole numbers in path order, so any number of processes, machines or shards gives the same result hash: ");
    hex(page, at->result->hash);
    bw_page_put(page, ", settings <code>");
    bw_page_hex(page, facts->settings_hash);
    bw_page_put(page, "</code>. Again: <code>");
    bw_html_text(page, facts->reproduce);
    bw_page_put(page, "</code>. Each of the worst paths below has its own command.</p>\n");
}

static void what_was_played(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_result *result = at->result;
    bw_page_put(page, "<p><b>What was played?</b> ");
    if (at->screened) {
        bw_page_put(page, "Of ");
        bw_page_grouped(page, (int64_t)result->paths);
        bw_page_put(page, " paths ");
        bw_page_grouped(page, (int64_t)result->played);
        bw_page_put(page, " were played whole on the engine, ");
        bw_page_grouped(page, (int64_t)result->screened->passed);
        bw_page_put(page, " because the certified bound of their gap is above ");
        bw_html_money(&at->sheet, page, result->screened->paid);
        bw_page_put(page, ", what the fund is sure to pay. Each of them was held against its bound, and none broke it. The first ");
        bw_page_grouped(page, (int64_t)result->screened->control);
        bw_page_put(page, " were played whatever their bound");
    } else {
        bw_page_put(page, "All ");
        bw_page_grouped(page, (int64_t)result->paths);
        bw_page_put(page, " paths, each whole, in ");
        bw_page_grouped(page, (int64_t)at->report->step_count);
        bw_page_put(page, " steps of prices, on the engine that runs the venue; no bound left any out");
    }
    bw_page_put(page, ". ");
    if (result->incomplete == 0)
        bw_page_put(page, "All of them reached their end. ");
    bw_page_put(page, "How long it took stands on the screen and in the JSON, not here: equal runs give equal bytes of this file.</p>\n");
}

static void how_sure(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_chance *chance = &at->result->p_charged;
    uint32_t shown = level_shown(&at->result->gap);
    bw_page_put(page, "<p><b>How sure is it?</b> P(traders pay) rests on ");
    bw_page_grouped(page, (int64_t)chance->hits);
    bw_page_put(page, " hits of ");
    bw_page_grouped(page, (int64_t)chance->paths);
    bw_page_put(page, " paths");
    if (chance->hits > 0) {
        double value = (double)chance->hits / (double)chance->paths;
        bw_page_put(page, "; half its interval is ");
        bw_html_share(page, (chance->interval.high - chance->interval.low) / 2 / value);
        bw_page_put(page, " of its value");
    }
    bw_page_put(page, ". Levels of the gap are shown up to ");
    bw_page_put(page, shown > 0 ? bw_stress_level_words[shown - 1] : "none");
    bw_page_put(page, shown > 0 ? "%; " : "; ");
    for (uint32_t level = shown; level < BW_STRESS_LEVELS; level++) {
        bw_page_put(page, level == shown ? "" : ", ");
        bw_page_put(page, bw_stress_level_words[level]);
        bw_page_put(page, "% would need ");
        bw_page_grouped(page, (int64_t)bw_stress_paths_need(bw_stress_tails[level]));
        bw_page_put(page, " paths");
    }
    bw_page_put(page, shown == BW_STRESS_LEVELS ? "that is all of them.</p>\n" : ".</p>\n");
}

/* --------------------------------------------------------------------------------------------------------- warnings */

static void warnings(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_result *result = at->result;
    if (result->facts->partial)
        bw_page_put(page, "<p class=\"warning\">Interrupted: not all paths were played. Every figure is that of the paths that were."
                          "</p>\n");
    if (result->incomplete > 0) {
        bw_page_put(page, "<p class=\"warning\">Not complete: ");
        bw_page_grouped(page, (int64_t)result->incomplete);
        bw_page_put(page, " paths were not played to the end and count as far as they went; all figures may be too low.</p>\n");
    }
    if (result->clipped_share_ppm > 100000) {
        bw_page_put(page, "<p class=\"warning\">Paths on which the price model’s cap cut a move have ");
        bw_page_percent(page, result->clipped_share_ppm, 1);
        bw_page_put(page, " of these gaps: means and tail means are set by the cap.</p>\n");
    }
}

/* `level`: of the gap, in percent; NULL: none. */
static void tile(bw_page *page, const char *name, const char *level)
{
    bw_page_put(page, "<div><dt>");
    bw_page_put(page, name);
    bw_page_put(page, level != NULL ? level : "");
    bw_page_put(page, level != NULL ? "% of paths" : "");
    bw_page_put(page, "</dt><dd>");
}

static void tile_end(bw_page *page)
{
    bw_page_put(page, "</dd></div>\n");
}

static void tile_chance(bw_page *page, const char *name, const bw_stress_chance *chance)
{
    tile(page, name, NULL);
    bw_page_put(page, chance->hits == 0 ? "at most " : "");
    bw_html_share(page, chance->hits == 0 ? chance->interval.high : (double)chance->hits / (double)chance->paths);
    tile_end(page);
}

static void tiles(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_result *result = at->result;
    uint32_t shown = level_shown(&result->gap);
    bw_page_put(page, "<dl class=\"tiles\">");
    tile_chance(page, "Traders pay for others", &result->p_charged);
    tile_chance(page, "ADL", &result->p_adl);
    tile_chance(page, "Haircut", &result->p_haircut);
    tile(page, shown > 0 ? "Gap not exceeded on " : "Largest gap", shown > 0 ? bw_stress_level_words[shown - 1] : NULL);
    bw_html_money(&at->sheet, page, shown > 0 ? result->gap.var[shown - 1].value : result->gap.largest);
    tile_end(page);
    tile(page, "Mean socialized", NULL);
    bw_html_money(&at->sheet, page, result->socialized.mean.value);
    tile_end(page);
    tile(page, "Fund at the beginning", NULL);
    if (at->report->book != NULL)
        bw_html_money(&at->sheet, page, at->report->book->fund);
    else
        bw_page_put(page, "–");
    tile_end(page);
    bw_page_put(page, "</dl>\n");
}

/* ------------------------------------------------------------------------------------------------------------- head */

typedef void piece(const bw_stress_sheet *at, bw_page *page);
enum { PIECES = 4 };

static piece *const PAGES[BW_REPORT_READERS][PIECES] = {
    [BW_REPORT_RISK] = {how_large, how_likely, the_fund, NULL},
    [BW_REPORT_TRADER] = {am_i_touched, what_happens_then, how_near, how_large},
    [BW_REPORT_ENGINEER] = {same_again, what_was_played, how_sure, how_likely},
};

static const char *const KICKERS[BW_REPORT_READERS] = {
    "Breakwater · the stress laboratory · for whoever answers for the risk", "Breakwater · the stress laboratory · for a trader",
    "Breakwater · the stress laboratory · for an engineer"};

void bw_stress_opening(bw_stress_sheet *at)
{
    const bw_stress_result *result = at->result;
    bw_page *page = &at->sheet.page;
    bw_page_put(page, "<header><p class=\"kicker\">");
    bw_page_put(page, KICKERS[at->report->reader]);
    bw_page_put(page, "</p><h1>");
    bw_html_text(page, result->facts->title);
    bw_page_put(page, "</h1>\n<p class=\"meta\">");
    bw_page_grouped(page, (int64_t)result->paths);
    bw_page_put(page, result->paths == 1 ? " simulated path of " : " simulated paths of ");
    bw_html_duration(page, result->facts->horizon_ns);
    if (at->report->book != NULL) {
        bw_page_put(page, " · ");
        bw_page_grouped(page, (int64_t)at->report->book->accounts);
        bw_page_put(page, " accounts · ");
        bw_page_unsigned(page, at->report->book->market_count);
        bw_page_put(page, " markets");
    }
    bw_page_put(page, " · seed ");
    bw_page_unsigned(page, result->facts->seed);
    bw_page_put(page, "</p>\n");
    warnings(at, page);
    bw_page_put(page, "<p>If prices behave as the model of docs/stress.md says, this is what may happen in one horizon. In brackets: "
                      "what the true figure may be with 95% confidence; it says how far another run of as many paths would differ, "
                      "not how good the model is.</p>\n");
    for (uint32_t i = 0; i < PIECES && PAGES[at->report->reader][i] != NULL; i++)
        PAGES[at->report->reader][i](at, page);
    tiles(at, page);
    bw_page_put(page, "</header>\n");
}
