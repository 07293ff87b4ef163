/* calibrate_prices.c - simulated prices as a CSV that `calibrate` and histories of the laboratory read. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/calibrate.h"
#include "app/message.h"
#include "metrics/page.h"
#include "world/real.h"

#define OPENING_LN 4.605170185988091 /* 100 */
#define DIGITS 10

/* A price with ten significant digits and no exponent. */
static void put_price(bw_page *page, double ln)
{
    char text[96];
    double price = bw_real_exp(ln), size = price;
    int places = DIGITS - 1;
    for (; size >= 10 && places > 0; size /= 10)
        places--;
    for (; size < 1 && places < 38; size *= 10)
        places++;
    snprintf(text, sizeof text, "%.*f", places, price);
    bw_page_put(page, text);
}

static bool write_row(app_output *output, int64_t time_ns, const double *ln, uint32_t count)
{
    char line[BW_MARKETS_MAX * 64 + 64];
    bw_page page = bw_page_open(line, sizeof line);
    bw_page_date(&page, time_ns);
    bw_page_char(&page, 'T');
    bw_page_clock(&page, time_ns, 0);
    bw_page_char(&page, 'Z');
    for (uint32_t m = 0; m < count; m++) {
        bw_page_char(&page, ',');
        put_price(&page, ln[m]);
    }
    bw_page_char(&page, '\n');
    return app_output_write(output, line, bw_page_end(&page));
}

static bool write_header(app_output *output, const char *const *names, uint32_t count, uint64_t seed)
{
    char line[BW_MARKETS_MAX * (BW_FACT_NAME_MAX + 1) + 160];
    bw_page page = bw_page_open(line, sizeof line);
    bw_page_put(&page, "# simulated by breakwater calibrate, seed ");
    bw_page_unsigned(&page, seed);
    bw_page_put(&page, ": no market ever had these prices\ntime");
    for (uint32_t m = 0; m < count; m++) {
        bw_page_char(&page, ',');
        bw_page_put(&page, names[m]);
    }
    bw_page_char(&page, '\n');
    return app_output_write(output, line, bw_page_end(&page));
}

static bool write_all(app_output *output, const double *move, uint32_t count, int64_t first_ns, int64_t interval_ns, uint32_t rows)
{
    double ln[BW_MARKETS_MAX];
    for (uint32_t m = 0; m < count; m++)
        ln[m] = OPENING_LN;
    bool good = write_row(output, first_ns, ln, count);
    for (uint32_t i = 0; good && i < rows; i++) {
        for (uint32_t m = 0; m < count; m++)
            ln[m] += move[(size_t)i * count + m];
        good = write_row(output, first_ns + (i + 1) * interval_ns, ln, count);
    }
    return good;
}

bool app_calibrate_prices(app_output *output, const bw_model_params *params, const char *const *names, int64_t first_ns,
                          int64_t interval_ns, uint32_t row_count, uint64_t seed)
{
    double step_days = (double)interval_ns / 1e9 / 86400;
    uint32_t count = params->market_count;
    void *model = malloc(bw_model_footprint(params));
    double *scratch = malloc((size_t)bw_fit_piece_rows(step_days) * count * sizeof *scratch);
    double *move = malloc((size_t)row_count * count * sizeof *move);
    uint8_t *starts = malloc(row_count);
    bool good = model != NULL && scratch != NULL && move != NULL && starts != NULL;
    if (good) {
        bw_fit_simulate(params, step_days, seed, row_count, model, scratch, move, starts);
        good = write_header(output, names, count, seed) && write_all(output, move, count, first_ns, interval_ns, row_count);
    } else {
        app_say(APP_SYSTEM, "no memory for %u rows of prices", row_count);
    }
    free(model);
    free(scratch);
    free(move);
    free(starts);
    return good;
}

/* ---- markets by name ---- */

static bool class_of(const char *word, bw_market_class *class)
{
    for (bw_market_class c = 0; c < BW_MARKET_CLASS_COUNT; c++)
        if (strcmp(word, bw_market_class_word(c)) == 0) {
            *class = c;
            return true;
        }
    app_say(APP_USAGE, "calibrate: found '%s', expected btc, eth, large, mid or small", word);
    return false;
}

static bool name_valid(const char *name, const char *const *names, uint32_t count)
{
    bool plain = name[0] != 0 && strlen(name) < BW_FACT_NAME_MAX;
    for (const char *at = name; *at != 0; at++)
        plain &= *at > ' ' && *at <= '~' && *at != '"';
    for (uint32_t m = 0; m < count; m++)
        plain &= strcmp(name, names[m]) != 0;
    if (!plain)
        app_say(APP_USAGE, "calibrate: found '%s', expected markets' names of 1 to 15 letters, each once", name);
    return plain;
}

bool app_calibrate_markets(char *list, bw_model_params *params, const char **names)
{
    static bw_market_facts facts[BW_MARKETS_MAX];
    uint32_t count = 0;
    for (char *at = list, *next; at != NULL; at = next) {
        next = strchr(at, ',');
        if (next != NULL)
            *next++ = 0;
        char *colon = strchr(at, ':');
        if (colon != NULL)
            *colon++ = 0;
        if (count == BW_MARKETS_MAX) {
            app_say(APP_USAGE, "calibrate: found more than %u markets, expected at most that many", BW_MARKETS_MAX);
            return false;
        }
        if (!name_valid(at, names, count))
            return false;
        facts[count].class = bw_calibrate_class(at, 0);
        if (colon != NULL && !class_of(colon, &facts[count].class))
            return false;
        names[count++] = at;
    }
    *params = bw_model_params_default(facts, count, 0);
    return true;
}
