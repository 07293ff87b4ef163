#include "stress/exposure_words.h"

#include "stress/figures.h"

enum { PERCENT_PLACES = BW_CHANCE_PLACES - 2, DRAG_PLACES = 2, BP_PERCENT_PLACES = 2 };

/* ------------------------------------------------------------------------------------------------------------ cells */

typedef struct {
    bw_page page;
    char bytes[BW_PAGE_WORD];
} cell;

static void cell_open(cell *to)
{
    to->page = bw_page_open(to->bytes, sizeof to->bytes);
}

static void cell_close(cell *to, bw_prose *prose, size_t end)
{
    bw_page_end(&to->page);
    bw_page_right(&prose->page, to->bytes, end);
}

void bw_cell_text(bw_prose *prose, const char *text, size_t end)
{
    bw_page_right(&prose->page, text, end);
}

void bw_cell_money(bw_prose *prose, int64_t amount, size_t end)
{
    cell to;
    cell_open(&to);
    if (amount == 0)
        bw_page_char(&to.page, '-');
    else
        bw_page_short(&to.page, amount, prose->decimals);
    cell_close(&to, prose, end);
}

void bw_cell_signed(bw_prose *prose, int64_t amount, size_t end)
{
    cell to;
    cell_open(&to);
    if (amount > 0)
        bw_page_char(&to.page, '+');
    bw_page_short(&to.page, amount, prose->decimals);
    cell_close(&to, prose, end);
}

void bw_cell_ppm(bw_prose *prose, uint32_t ppm, size_t end)
{
    cell to;
    cell_open(&to);
    if (ppm == 0)
        bw_page_char(&to.page, '-');
    else
        bw_page_percent(&to.page, ppm, ppm < 100000 && ppm > 0 ? 1 : 0);
    cell_close(&to, prose, end);
}

void bw_cell_pico(bw_prose *prose, int64_t pico, size_t end)
{
    cell to;
    cell_open(&to);
    bw_page_short(&to.page, pico, PERCENT_PLACES);
    bw_page_char(&to.page, '%');
    cell_close(&to, prose, end);
}

void bw_cell_chance(bw_prose *prose, const bw_stress_chance *chance, size_t end)
{
    cell to;
    cell_open(&to);
    bw_page_put(&to.page, chance->hits == 0 ? "<" : "");
    bw_page_short(&to.page, chance->hits == 0 ? bw_chance_ceil(chance->interval.high) : bw_chance_value(chance), PERCENT_PLACES);
    bw_page_char(&to.page, '%');
    cell_close(&to, prose, end);
}

/* Percent of a chance in 1e-12 with two digits, down or up; below 0.001% it is 0 or that. */
static void put_two_digits(bw_page *page, int64_t pico, bool up)
{
    int64_t unit = 10000000;         /* 0.001% */
    uint32_t places = 3;
    for (; places > 0 && pico >= 100 * unit; places--)
        unit *= 10;
    bw_page_amount(page, pico / unit + (up && pico % unit > 0), places);
}

void bw_cell_range(bw_prose *prose, const bw_stress_chance *chance, size_t end)
{
    cell to;
    if (chance->hits == 0)
        return;
    cell_open(&to);
    put_two_digits(&to.page, bw_chance_floor(chance->interval.low), false);
    bw_page_char(&to.page, '-');
    put_two_digits(&to.page, bw_chance_ceil(chance->interval.high), true);
    cell_close(&to, prose, end);
}

void bw_cell_count(bw_prose *prose, uint64_t count, size_t end)
{
    cell to;
    cell_open(&to);
    bw_page_grouped(&to.page, (int64_t)count);
    cell_close(&to, prose, end);
}

void bw_cell_drag(bw_prose *prose, const bw_exposure_drag *drag, size_t end)
{
    cell to;
    cell_open(&to);
    if (drag->known)
        bw_page_short(&to.page, drag->value, DRAG_PLACES);
    else
        bw_page_char(&to.page, '-');
    cell_close(&to, prose, end);
}

void bw_cell_end(bw_prose *prose)
{
    bw_page_char(&prose->page, '\n');
}

/* ------------------------------------------------------------------------------------------------------------ words */

static void put_percent(bw_prose *prose, int64_t pico)
{
    bw_page_short(&prose->words, pico, PERCENT_PLACES);
    bw_prose_put(prose, "%");
}

void bw_words_hits(bw_prose *prose, const bw_stress_chance *chance)
{
    if (chance->hits == 0)
        bw_prose_put(prose, "none of ");
    else
        bw_prose_count(prose, chance->hits, " of ");
    bw_prose_count(prose, chance->paths, chance->paths == 1 ? " path (" : " paths (");
    if (chance->hits == 0) {
        bw_prose_put(prose, "less than ");
    } else {
        put_percent(prose, bw_chance_floor(chance->interval.low));
        bw_prose_put(prose, " to ");
    }
    put_percent(prose, bw_chance_ceil(chance->interval.high));
    bw_prose_put(prose, ")");
}

void bw_words_ppm(bw_prose *prose, uint32_t ppm)
{
    bw_page_percent(&prose->words, ppm, ppm < 100000 && ppm > 0 ? 1 : 0);
}

void bw_words_drag(bw_prose *prose, const bw_exposure_drag *drag)
{
    bw_page_short(&prose->words, drag->value, DRAG_PLACES);
    bw_prose_put(prose, " bp of your equity a year");
    if (!drag->bounded)
        return;
    bw_prose_put(prose, " (");
    bw_page_short(&prose->words, drag->low, DRAG_PLACES);
    bw_prose_put(prose, " to ");
    bw_page_short(&prose->words, drag->high, DRAG_PLACES);
    bw_prose_put(prose, ")");
}

void bw_words_move(bw_prose *prose, uint32_t move)
{
    bw_prose_put(prose, move % 2 ? "a rise of " : "a fall of ");
    bw_page_short(&prose->words, move / 2, BP_PERCENT_PLACES);
    bw_prose_put(prose, "%");
}

void bw_words_market(bw_prose *prose, const bw_exposure_facts *facts, uint16_t market)
{
    if (market < facts->run->market_count && facts->run->markets != NULL) {
        bw_prose_put(prose, facts->run->markets[market]);
        return;
    }
    bw_prose_put(prose, "market ");
    bw_page_unsigned(&prose->words, market);
}

void bw_words_title(bw_prose *prose, const bw_exposure_facts *facts)
{
    bw_page_put(&prose->page, facts->run->title);
    bw_page_put(&prose->page, facts->run->partial ? " (stopped before all paths were played)\n" : "\n");
    bw_prose_count(prose, facts->paths, facts->paths == 1 ? " simulated path of " : " simulated paths of ");
    bw_prose_duration(prose, facts->run->horizon_ns);
    bw_prose_put(prose, ", seed ");
    bw_page_unsigned(&prose->words, facts->run->seed);
    bw_prose_put(prose, "; amounts in ");
    bw_prose_put(prose, facts->run->asset);
    bw_prose_put(prose, ". In brackets what the true figure may be with 95% confidence.");
    bw_prose_paragraph_end(prose);
}

void bw_words_hash(bw_prose *prose, const bw_exposure_facts *facts)
{
    bw_prose_put(prose, "result ");
    bw_page_hex(&prose->words, facts->hash.high);
    bw_page_hex(&prose->words, facts->hash.low);
    bw_prose_paragraph_end(prose);
}
