#include "stress/prose.h"

#include "stress/figures.h"

void bw_prose_open(bw_prose *prose, char *buffer, size_t size, const char *asset, uint32_t decimals)
{
    prose->page = bw_page_open(buffer, size);
    prose->words = bw_page_open(prose->bytes, sizeof prose->bytes);
    prose->asset = asset;
    prose->decimals = decimals;
}

size_t bw_prose_close(bw_prose *prose)
{
    return bw_page_end(&prose->page);
}

void bw_prose_heading(bw_prose *prose, const char *text)
{
    bw_page_char(&prose->page, '\n');
    bw_page_put(&prose->page, text);
    bw_page_char(&prose->page, '\n');
}

/* ---------------------------------------------------------------------------------------------------------- pieces */

void bw_prose_put(bw_prose *prose, const char *text)
{
    bw_page_put(&prose->words, text);
}

void bw_prose_count(bw_prose *prose, uint64_t value, const char *after)
{
    bw_page_grouped(&prose->words, (int64_t)value);
    bw_page_put(&prose->words, after);
}

void bw_prose_money(bw_prose *prose, int64_t amount)
{
    bw_page_short(&prose->words, amount, prose->decimals);
    bw_page_char(&prose->words, ' ');
    bw_page_put(&prose->words, prose->asset);
}

void bw_prose_figure(bw_prose *prose, const bw_stress_figure *figure)
{
    bw_prose_money(prose, figure->value);
    if (!figure->bounded) {
        bw_prose_put(prose, " (too few such paths for a range)");
        return;
    }
    bw_prose_put(prose, " (");
    bw_page_short(&prose->words, figure->low, prose->decimals);
    bw_prose_put(prose, " to ");
    bw_page_short(&prose->words, figure->high, prose->decimals);
    bw_prose_put(prose, ")");
}

/* Percent: 1e-12 with ten decimals. */
static void put_percent(bw_page *page, int64_t pico)
{
    bw_page_short(page, pico, BW_CHANCE_PLACES - 2);
    bw_page_char(page, '%');
}

void bw_prose_percent(bw_prose *prose, double x)
{
    put_percent(&prose->words, bw_chance_ceil(x));
}

/* Without a hit there is only an upper limit. */
void bw_prose_chance(bw_prose *prose, const bw_stress_chance *chance)
{
    if (chance->hits == 0) {
        bw_prose_put(prose, "none of the ");
        bw_prose_count(prose, chance->paths, " paths (at most ");
        put_percent(&prose->words, bw_chance_ceil(chance->interval.high));
        bw_prose_put(prose, ")");
        return;
    }
    put_percent(&prose->words, bw_chance_value(chance));
    bw_prose_put(prose, " of paths (");
    put_percent(&prose->words, bw_chance_floor(chance->interval.low));
    bw_prose_put(prose, " to ");
    put_percent(&prose->words, bw_chance_ceil(chance->interval.high));
    bw_prose_put(prose, ")");
}

void bw_prose_duration(bw_prose *prose, int64_t time_ns)
{
    const int64_t second = 1000000000, minute = 60 * second;
    int64_t minutes = (time_ns + minute / 2) / minute;
    if (minutes >= 60) {
        bw_prose_count(prose, (uint64_t)minutes / 60, " h");
        bw_prose_put(prose, minutes % 60 > 0 ? " " : "");
    }
    if (minutes >= 10 && minutes % 60 > 0)
        bw_prose_count(prose, (uint64_t)minutes % 60, " min");
    if (minutes >= 10)
        return;
    bw_page_scaled(&prose->words, time_ns, 9, 0, time_ns % second == 0 ? 0 : 1);
    bw_prose_put(prose, " s");
}

/* ------------------------------------------------------------------------------------------------------------- wrap */

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (text[length] && text[length] != ' ')
        length++;
    return length;
}

void bw_prose_paragraph_end(bw_prose *prose)
{
    bw_page_end(&prose->words);
    bw_page_tab(&prose->page, BW_PROSE_INDENT);
    for (const char *at = prose->bytes; *at;) {
        size_t length = word_length(at), column = prose->page.length - prose->page.line;
        if (column > BW_PROSE_INDENT && column + 1 + length > BW_PROSE_WIDTH) {
            bw_page_char(&prose->page, '\n');
            bw_page_tab(&prose->page, BW_PROSE_INDENT);
        } else if (column > BW_PROSE_INDENT) {
            bw_page_char(&prose->page, ' ');
        }
        for (size_t i = 0; i < length; i++)
            bw_page_char(&prose->page, at[i]);
        at += length;
        while (*at == ' ')
            at++;
    }
    bw_page_char(&prose->page, '\n');
    prose->words = bw_page_open(prose->bytes, sizeof prose->bytes);
}

/* ------------------------------------------------------------------------------------------------------------ table */

static size_t column_end(uint32_t column)
{
    return BW_PROSE_LABEL + (size_t)(column + 1) * BW_PROSE_CELL;
}

void bw_prose_columns(bw_prose *prose, const char *label, const char *const *names, uint32_t count)
{
    bw_page_char(&prose->page, '\n');
    bw_page_put(&prose->page, label);
    for (uint32_t i = 0; i < count; i++)
        bw_page_right(&prose->page, names[i], column_end(i));
    bw_page_char(&prose->page, '\n');
}

static void put_value(bw_prose *prose, const bw_stress_figure *figure, size_t end)
{
    char bytes[BW_PAGE_WORD];
    bw_page word = bw_page_open(bytes, sizeof bytes);
    if (figure->known)
        bw_page_short(&word, figure->value, prose->decimals);
    else
        bw_page_char(&word, '-');
    bw_page_end(&word);
    bw_page_right(&prose->page, bytes, end);
}

static void put_range(bw_prose *prose, const bw_stress_figure *figure, size_t end)
{
    char bytes[BW_PAGE_WORD];
    bw_page word = bw_page_open(bytes, sizeof bytes);
    if (!figure->bounded)
        return;
    bw_page_short(&word, figure->low, prose->decimals);
    bw_page_char(&word, '-');
    bw_page_short(&word, figure->high, prose->decimals);
    bw_page_end(&word);
    bw_page_right(&prose->page, bytes, end);
}

void bw_prose_row(bw_prose *prose, const char *label, const bw_stress_figure *const *figures, uint32_t count)
{
    bool any = false;
    bw_page_tab(&prose->page, BW_PROSE_INDENT);
    bw_page_put(&prose->page, label);
    for (uint32_t i = 0; i < count; i++) {
        any |= figures[i] != NULL && figures[i]->bounded;
        if (figures[i] != NULL)
            put_value(prose, figures[i], column_end(i));
    }
    bw_page_char(&prose->page, '\n');
    for (uint32_t i = 0; any && i < count; i++)
        if (figures[i] != NULL)
            put_range(prose, figures[i], column_end(i));
    if (any)
        bw_page_char(&prose->page, '\n');
}
