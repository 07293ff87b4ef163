/* scenario.h - the committed facts of 2025-10-10 for the tests of this room, read once. */
#ifndef BW_TEST_SCENARIO_H
#define BW_TEST_SCENARIO_H

#include "check.h"
#include "world/book.h"
#include "world/path.h"

#define SCENARIO_TEXT_MAX (1u << 20)

typedef struct {
    bw_market_facts market[BW_MARKETS_MAX];
    uint32_t market_count;
    bw_price_fact price[2000];
    uint32_t price_count;
    bw_measured_fact measured[100];
    uint32_t measured_count;
    bw_path *path;
    int64_t open_ticks[BW_MARKETS_MAX];
} scenario;

static inline char *scenario_text(const char *name, size_t *size)
{
    char path[1024];
    const char *root = getenv("BW_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/scenarios/2025-10-10/%s", root ? root : ".", name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("cannot open %s", path);
    char *text = malloc(SCENARIO_TEXT_MAX);
    *size = fread(text, 1, SCENARIO_TEXT_MAX, file);
    fclose(file);
    return text;
}

static inline void scenario_refused(const bw_facts_error *error, const char *name)
{
    char message[256];
    bw_facts_error_print(error, name, message, sizeof message);
    fail_msg("%s", message);
}

static inline const scenario *scenario_read(void)
{
    static scenario s;
    bw_facts_error error;
    size_t size;
    if (s.path != NULL)
        return &s;
    char *text = scenario_text("markets.csv", &size);
    if (!bw_facts_read_markets(text, size, s.market, BW_MARKETS_MAX, &s.market_count, &error))
        scenario_refused(&error, "markets.csv");
    free(text);
    text = scenario_text("prices.csv", &size);
    if (!bw_facts_read_prices(text, size, s.market, s.market_count, s.price, 2000, &s.price_count,
                              &error))
        scenario_refused(&error, "prices.csv");
    free(text);
    text = scenario_text("measured.csv", &size);
    if (!bw_facts_read_measured(text, size, s.measured, 100, &s.measured_count, &error))
        scenario_refused(&error, "measured.csv");
    free(text);
    bw_path_params params = bw_path_params_default();
    size = bw_path_footprint(&params, s.market, s.market_count, s.price_count);
    assert_int_equal(bw_path_new(malloc(size), size, &params, s.market, s.market_count, s.price,
                                 s.price_count, &s.path),
                     BW_PATH_OK);
    for (uint32_t m = 0; m < s.market_count; m++)
        s.open_ticks[m] = bw_path_ticks(s.path, m, params.level_ns, 0);
    return &s;
}

static inline uint32_t scenario_market(const scenario *s, const char *name)
{
    for (uint32_t m = 0; m < s->market_count; m++)
        if (strcmp(s->market[m].name, name) == 0)
            return m;
    fail_msg("no market %s", name);
    return 0;
}

#endif
