/* screen.c - a calibration on one page, for somebody who has not read the manual. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "calibrate/words.h"
#include "stress/prose.h"

static void put_real(bw_prose *p, double x)
{
    bw_page_real(&p->words, x);
}

/* A chance ending before a column. */
static void chance(bw_prose *p, double x, size_t column)
{
    char bytes[BW_PAGE_WORD];
    snprintf(bytes, sizeof bytes, x < .001 ? "<.001" : "%.3f", x);
    bw_page_right(&p->page, bytes, column);
}

/* A number ending before a column of a table. */
static void cell(bw_prose *p, double x, size_t column)
{
    char bytes[BW_PAGE_WORD];
    bw_page word = bw_page_open(bytes, sizeof bytes);
    bw_page_real(&word, x);
    bw_page_end(&word);
    bw_page_right(&p->page, bytes, column);
}

static void line_end(bw_prose *p)
{
    bw_page_char(&p->page, '\n');
}

static void put_label(bw_prose *p, const char *text)
{
    bw_page_repeat(&p->page, ' ', BW_PROSE_INDENT);
    bw_page_put(&p->page, text);
}

/* ---- what was read ---- */

static void put_head(bw_prose *p, const bw_calibrated *result, const char *title)
{
    const bw_prices *prices = result->prices;
    bw_page_put(&p->page, title);
    line_end(p);
    bw_prose_count(p, prices->market_count, prices->market_count == 1 ? " market, " : " markets, ");
    bw_prose_count(p, prices->row_count, " moves of ");
    bw_prose_duration(p, prices->interval_ns);
    bw_prose_put(p, ", ");
    bw_page_date(&p->words, prices->first_ns);
    bw_prose_put(p, " to ");
    bw_page_date(&p->words, prices->last_ns);
    bw_prose_put(p, "; ");
    if (prices->gap_count == 0)
        bw_prose_put(p, "no gaps.");
    else {
        bw_prose_count(p, prices->gap_count, prices->gap_count == 1 ? " gap (" : " gaps (");
        bw_prose_count(p, prices->missing_count, " rows missing), ");
        bw_prose_count(p, prices->gap_count - prices->cut_count, " bridged, ");
        bw_prose_count(p, prices->cut_count, " cut.");
    }
    bw_prose_put(p, " In brackets where the true figure may be with 95% confidence, if prices are of this model's kind.");
    bw_prose_paragraph_end(p);
}

static void put_gaps(bw_prose *p, const bw_prices *prices)
{
    uint32_t shown = prices->gap_count < 6 ? prices->gap_count : 6;
    if (shown == 0)
        return;
    bw_prose_put(p, "Gaps after ");
    for (uint32_t i = 0; i < shown; i++) {
        bw_prose_put(p, i > 0 ? ", " : "");
        bw_page_date(&p->words, prices->gap[i].after_ns);
        bw_prose_put(p, " ");
        bw_page_clock(&p->words, prices->gap[i].after_ns, 0);
        bw_prose_put(p, " (");
        bw_prose_count(p, prices->gap[i].missing, prices->gap[i].missing == 1 ? " row" : " rows");
        bw_prose_put(p, prices->gap[i].bridged ? ")" : ", cut)");
    }
    bw_prose_put(p, prices->gap_count > shown ? ", and more." : ".");
    bw_prose_paragraph_end(p);
}

/* ---- the parameters ---- */

static void put_basis(bw_prose *p, const bw_calibrated_value *value)
{
    char text[80];
    if (value->events < 0)
        snprintf(text, sizeof text, "data");
    else
        snprintf(text, sizeof text, value->prior ? "prior, not data (%.0f events)" : "%.0f events", value->events);
    bw_page_tab(&p->page, 68);
    bw_page_put(&p->page, text);
    line_end(p);
}

static void put_value(bw_prose *p, const bw_calibrated_value *value, size_t column)
{
    cell(p, value->value, column);
    bw_page_put(&p->page, " (");
    bw_page_real(&p->page, value->low);
    bw_page_put(&p->page, " to ");
    bw_page_real(&p->page, value->high);
    bw_page_put(&p->page, ")");
}

static void put_common(bw_prose *p, const bw_calibrated *result)
{
    bw_prose_heading(p, "ONE FOR ALL MARKETS");
    bw_page_tab(&p->page, 19);
    bw_page_put(&p->page, "now");
    bw_page_right(&p->page, "default", 61);
    bw_page_put(&p->page, "       from\n");
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++) {
        bw_calibrated_value value;
        const bw_model_setting *setting = &bw_model_settings[s];
        if (setting->scope != BW_MODEL_OF_ALL || !bw_calibrated_of(result, setting, 0, &value))
            continue;
        put_label(p, setting->word);
        put_value(p, &value, 26);
        cell(p, setting->value[0], 61);
        put_basis(p, &value);
    }
    bw_prose_put(p, "The settings that are not named keep their defaults: prices do not tell them. `tail` is that of steps of ");
    bw_prose_duration(p, result->prices->interval_ns);
    bw_prose_put(p, ": play with steps of that length.");
    bw_prose_paragraph_end(p);
}

static void put_pair(bw_prose *p, const bw_calibrated *result, const char *word, uint32_t m, size_t column)
{
    char bytes[BW_PAGE_WORD];
    bw_calibrated_value value;
    bw_calibrated_of(result, bw_model_setting_find(word), m, &value);
    double half = (value.high - value.low) / 2;
    cell(p, value.value, column - 7);
    snprintf(bytes, sizeof bytes, half < .01 ? "+-%.4f" : half < .1 ? "+-%.3f" : half < 10 ? "+-%.2f" : "+-%.0f", half);
    if (value.prior)
        bw_page_right(&p->page, "prior", column);
    else if (half > 0)
        bw_page_right(&p->page, bytes, column);
}

static void put_markets(bw_prose *p, const bw_calibrated *result)
{
    static const char *const NAMES[] = {"beta", "own-sd", "tail", "jump-beta", "jump-spread"};
    bw_prose_heading(p, "EACH MARKET");
    bw_page_tab(&p->page, 14);
    bw_page_put(&p->page, "class");
    for (uint32_t k = 0; k < 5; k++)
        bw_page_right(&p->page, NAMES[k], 36 + 15 * k);
    line_end(p);
    for (uint32_t m = 0; m < result->prices->market_count; m++) {
        put_label(p, result->prices->name[m]);
        bw_page_tab(&p->page, 14);
        bw_page_put(&p->page, bw_market_class_word(result->market[m].class));
        for (uint32_t k = 0; k < 5; k++)
            put_pair(p, result, NAMES[k], m, 36 + 15 * k);
        line_end(p);
    }
    if (result->fit.hold_beta) {
        bw_prose_put(p, "jump-beta and jump-spread: prior, not data; the classes' defaults.");
        bw_prose_paragraph_end(p);
    }
}

/* ---- the fit ---- */

static void mean_over_markets(const bw_calibrated *result, bw_moment k, double *data, double *model, double *error)
{
    uint32_t count = result->prices->market_count;
    *data = *model = *error = 0;
    for (uint32_t m = 0; m < count; m++) {
        *data += result->fit.data.moment[m][k] / count;
        *model += result->fit.model.moment[m][k] / count;
        *error += result->fit.block_moment[m][k] / count;
    }
}

/* The market that fits worst. */
static uint32_t worst_market(const bw_calibrated *result, bw_moment k, double *worst)
{
    uint32_t at = 0;
    *worst = 0;
    for (uint32_t m = 0; m < result->prices->market_count; m++) {
        double z;
        if (bw_moment_z(result, m, k, &z) && fabs(z) > fabs(*worst)) {
            *worst = z;
            at = m;
        }
    }
    return at;
}

static void put_moments(bw_prose *p, const bw_calibrated *result)
{
    static const char *const NAMES[] = {"data", "model", "error", "z"};
    bw_prose_heading(p, "HOW WELL IT FITS: means over the markets, z of the average, and the market that fits worst");
    for (uint32_t k = 0; k < 4; k++)
        bw_page_right(&p->page, NAMES[k], 40 + 10 * k);
    line_end(p);
    for (bw_moment k = 0; k < BW_MOMENTS; k++) {
        double data, model, error, z, worst;
        mean_over_markets(result, k, &data, &model, &error);
        put_label(p, bw_moment_words(k));
        cell(p, data, 40);
        cell(p, model, 50);
        cell(p, error, 60);
        if (bw_figure_z(result, k, &z))
            cell(p, z, 70);
        uint32_t m = worst_market(result, k, &worst);
        bw_page_tab(&p->page, 76);
        bw_page_put(&p->page, result->prices->name[m]);
        cell(p, worst, 96);
        line_end(p);
    }
}

static void put_tails(bw_prose *p, const bw_calibrated *result)
{
    static const char *const NAMES[] = {"Hill 5%", "2.5%", "1%", "model 1%", "xi", "PIT p", "|move| p", "|x| p"};
    bw_prose_heading(p, "TAILS AND CLUSTERS: Hill index of the largest moves (model beside), shape xi of a Pareto tail,");
    put_label(p, "chance that the distribution is the model's (PIT), that |moves| do not hang together (Ljung-Box)\n");
    for (uint32_t k = 0; k < 8; k++)
        bw_page_right(&p->page, NAMES[k], 24 + 10 * k);
    line_end(p);
    for (uint32_t m = 0; m < result->prices->market_count; m++) {
        const bw_calibrated_market *market = &result->market[m];
        put_label(p, result->prices->name[m]);
        for (uint32_t t = 0; t < BW_CALIBRATE_TAILS; t++)
            cell(p, market->hill[t].index, 24 + 10 * t);
        cell(p, market->hill_model[2].index, 54);
        cell(p, market->gpd, 64);
        chance(p, market->pit_p, 74);
        chance(p, market->ljung_box_p, 84);
        chance(p, market->ljung_box_x_p, 94);
        line_end(p);
    }
}

/* All markets of one side and level: hits, what is expected, how many markets are further off than one in 20 would be. */
static void put_exceedances(bw_prose *p, const bw_calibrated *result, bool fall, uint32_t level)
{
    uint32_t hits = 0, off = 0, together = 0, count = result->prices->market_count;
    for (uint32_t m = 0; m < count; m++) {
        const bw_exceedances *e = fall ? &result->market[m].fall[level] : &result->market[m].rise[level];
        hits += e->hits;
        off += e->p_count < .05;
        together += e->p_apart < .05;
    }
    put_label(p, fall ? "falls beyond " : "rises beyond ");
    bw_page_put(&p->page, level == 0 ? "99%" : "99.9%");
    cell(p, hits, 32);
    cell(p, bw_calibrate_levels[level] * result->out_rows * count, 44);
    cell(p, off, 64);
    cell(p, together, 92);
    line_end(p);
}

static void put_out_of_sample(bw_prose *p, const bw_calibrated *result)
{
    bw_prose_heading(p, "OUT OF SAMPLE: calibrated on the first two thirds, moves beyond its 99% and 99.9% in the last third");
    if (!result->out_of_sample) {
        bw_prose_put(p, "Too few rows: two thirds of them are less than 500.");
        bw_prose_paragraph_end(p);
        return;
    }
    bw_page_right(&p->page, "found", 32);
    bw_page_right(&p->page, "expected", 44);
    bw_page_right(&p->page, "markets off (p<.05)", 64);
    bw_page_right(&p->page, "hits together (p<.05)\n", 93);
    for (uint32_t level = 0; level < BW_CALIBRATE_LEVELS; level++) {
        put_exceedances(p, result, true, level);
        put_exceedances(p, result, false, level);
    }
}

static void put_misfit(bw_prose *p, const bw_calibrated *result, const char *what, const uint32_t pair[2], const double *data,
                       const double *model)
{
    uint32_t at = pair[0] * result->prices->market_count + pair[1];
    bw_prose_put(p, what);
    bw_prose_put(p, result->prices->name[pair[0]]);
    bw_prose_put(p, " and ");
    bw_prose_put(p, result->prices->name[pair[1]]);
    bw_prose_put(p, ": ");
    put_real(p, data[at]);
    bw_prose_put(p, ", in the model ");
    put_real(p, model[at]);
    bw_prose_put(p, ". ");
}

static void put_together(bw_prose *p, const bw_calibrated *result)
{
    if (result->prices->market_count < 2)
        return;
    bw_prose_heading(p, "TOGETHER");
    put_misfit(p, result, "Largest misfit of a correlation: ", result->worst_pair, result->correlation, result->correlation_model);
    put_misfit(p, result, "Of the dependence of the lowest 2%: ", result->worst_tail_pair, result->tail, result->tail_model);
    if (result->correlation_given)
        bw_prose_put(p, "The loadings are those of the correlations that were given, not of these prices. ");
    bw_prose_put(p, "All matrices are in the JSON.");
    bw_prose_paragraph_end(p);
}

/* ---- jumps ---- */

static void put_jumps(bw_prose *p, const bw_calibrated *result)
{
    bw_prose_heading(p, "JUMPS, AND WHAT PRICES CANNOT SAY");
    bw_prose_count(p, result->fit.data.down + result->fit.data.up, " strong common jumps were found (");
    bw_prose_count(p, result->fit.data.down, " falls); without jumps the model would show ");
    bw_prose_percent(p, result->fit.quiet_share);
    bw_prose_put(p, " of those that it shows, so about ");
    put_real(p, result->events);
    bw_prose_put(p, " are behind the figures above. Where fewer than 30 are, the default is kept: \"prior, not data\".");
    bw_prose_paragraph_end(p);
    bw_prose_put(p, "Jumps in past prices contain the liquidations that they set off. A story in which liquidations move the marks makes "
                    "these again, so the cascade would count twice. exogenous_share says how much of the jumps came from outside; "
                    "prices alone cannot tell it, so both ends are shown, for a day of ");
    bw_prose_put(p, result->prices->name[result->fit.reference]);
    bw_prose_put(p, ":");
    bw_prose_paragraph_end(p);
    static const char *const NAMES[] = {"exogenous_share", "jumps a day", "sd of a day", "kurtosis", "worst in 1,000"};
    for (uint32_t k = 0; k < 5; k++)
        bw_page_right(&p->page, NAMES[k], 18 + 16 * k);
    line_end(p);
    for (uint32_t i = 0; i < 3; i++) {
        const bw_calibrated_share *day = &result->day[i];
        if (i == 1 && (day->share == 0 || day->share == 1))
            continue;
        const double values[] = {day->share, day->jumps_a_day, day->sd, day->kurtosis, day->worst_in_1000};
        for (uint32_t k = 0; k < 5; k++)
            cell(p, values[k], 18 + 16 * k);
        line_end(p);
    }
}

size_t bw_calibrate_screen(const bw_calibrated *result, const char *title, char *buffer, size_t size)
{
    bw_prose prose;
    bw_prose_open(&prose, buffer, size, "", 0);
    put_head(&prose, result, title);
    put_gaps(&prose, result->prices);
    put_common(&prose, result);
    put_markets(&prose, result);
    put_moments(&prose, result);
    put_tails(&prose, result);
    put_out_of_sample(&prose, result);
    put_together(&prose, result);
    put_jumps(&prose, result);
    return bw_prose_close(&prose);
}
