/* story.c - a calibration as lines of a story. */
#include "calibrate/words.h"

/* Nine decimals, without the zeros at their end. */
static void put_number(bw_page *page, double x)
{
    bool below = x < 0;
    uint64_t nano = (uint64_t)((below ? -x : x) * 1e9 + .5);
    char digits[10];
    uint32_t places = 9;
    bw_page_put(page, below && nano > 0 ? "-" : "");
    bw_page_unsigned(page, nano / 1000000000);
    nano %= 1000000000;
    if (nano == 0)
        return;
    for (uint32_t i = 9; i-- > 0; nano /= 10)
        digits[i] = (char)('0' + nano % 10);
    while (digits[places - 1] == '0')
        places--;
    digits[places] = 0;
    bw_page_char(page, '.');
    bw_page_put(page, digits);
}

static void put_setting(bw_page *page, const char *word, double value)
{
    bw_page_char(page, ' ');
    bw_page_put(page, word);
    bw_page_char(page, ' ');
    put_number(page, value);
}

/* All settings of a scope that were calibrated, but the two that come last. */
static void put_settings(bw_page *page, const bw_calibrated *result, bw_model_scope scope, uint32_t m)
{
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++) {
        bw_calibrated_value value;
        const bw_model_setting *setting = &bw_model_settings[s];
        bool last = setting->offset == offsetof(bw_model_params, jump_down) || setting->offset == offsetof(bw_model_params, jump_up);
        if (setting->scope != scope || (scope == BW_MODEL_OF_ALL && last) || !bw_calibrated_of(result, setting, m, &value))
            continue;
        bool scaled = scope == BW_MODEL_OF_ALL && setting->offset == offsetof(bw_model_params, jumps);
        put_setting(page, setting->word, scaled ? value.value * result->exogenous_share : value.value);
    }
}

static void put_head(bw_page *page, const bw_calibrated *result, const char *title)
{
    bw_page_put(page, "# The price model as calibrated on ");
    bw_page_put(page, title);
    bw_page_put(page, ": ");
    bw_page_unsigned(page, result->prices->row_count);
    bw_page_put(page, " moves of ");
    bw_page_unsigned(page, (uint64_t)(result->prices->interval_ns / 1000000000));
    bw_page_put(page, " s. Include it behind 'generate';\n# `tail` is that of steps of that length: --horizon 1d --steps ");
    bw_page_unsigned(page, result->grid.day);
    bw_page_put(page, ". jumps are those found times exogenous_share ");
    put_number(page, result->exogenous_share);
    bw_page_put(page, ".\n");
}

size_t bw_calibrate_story(const bw_calibrated *result, const char *title, char *buffer, size_t size)
{
    bw_page page = bw_page_open(buffer, size);
    const bw_model_params *p = &result->fit.params;
    put_head(&page, result, title);
    bw_page_put(&page, "model all jump-down 0 jump-up 0");   /* so that no line between has a jump without a mean */
    put_settings(&page, result, BW_MODEL_OF_ALL, 0);
    bw_page_char(&page, '\n');
    for (uint32_t m = 0; m < result->prices->market_count; m++) {
        bw_page_put(&page, "model ");
        bw_page_put(&page, result->prices->name[m]);
        put_settings(&page, result, BW_MODEL_OF_ITEM, m);
        bw_page_char(&page, '\n');
    }
    bw_page_put(&page, "model all");
    put_setting(&page, "jump-down", p->jump_down);
    put_setting(&page, "jump-up", p->jump_up);
    bw_page_char(&page, '\n');
    return bw_page_end(&page);
}
