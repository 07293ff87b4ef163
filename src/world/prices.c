#include "world/prices.h"

#include <math.h>
#include <string.h>

#include "world/csv.h"
#include "world/real.h"
#include "world/select.h"
#include "world/text.h"

#define UNIX_SECONDS_MAX INT64_C(7258118400) /* 2200 */
#define JUMP 5.0
#define USUAL 1.4826                         /* sd of a normal law over its median of |x| */
#define LN_25 3.2188758248682006 /* beyond the caps of the model's steps */
#define INTERVALS_SEEN 200u

/* What is read, before it is put on the grid. */
typedef struct {
    bw_csv csv;
    uint32_t market_count, row_count;
    int64_t *time_ns;
    uint32_t *line;
    double *ln_price;
    double *scratch;
} reading;

static uint32_t lines_of(const char *text, size_t size)
{
    uint32_t count = 2;
    for (size_t i = 0; i < size; i++)
        count += text[i] == '\n';
    return count;
}

/* Markets of the first line that is no comment, at most. */
static uint32_t columns_of(const char *text, size_t size)
{
    uint32_t count = 1;
    bool comment = size > 0 && text[0] == '#';
    for (size_t i = 0; i < size && (comment || text[i] != '\n'); i++) {
        count += !comment && text[i] == ',';
        if (comment && text[i] == '\n')
            comment = i + 1 < size && text[i + 1] == '#';
    }
    return count < BW_MARKETS_MAX ? count : BW_MARKETS_MAX;
}

size_t bw_prices_footprint(const char *text, size_t size)
{
    size_t rows = lines_of(text, size), markets = columns_of(text, size);
    size_t read = rows * (sizeof(int64_t) + sizeof(uint32_t) + (markets + 1) * sizeof(double));
    size_t kept = 2 * rows * (sizeof(int64_t) + markets * sizeof(double) + 1);
    return sizeof(bw_prices) + read + kept + 64;
}

int32_t bw_prices_find(const bw_prices *prices, const char *name)
{
    for (uint32_t m = 0; m < prices->market_count; m++)
        if (strcmp(prices->name[m], name) == 0)
            return (int32_t)m;
    return -1;
}

/* ---- fields ---- */

/* Takes the piece before the next comma; false at the end of the line. */
static bool next_field(bw_csv_field *rest, bw_csv_field *field)
{
    if (rest->begin == NULL)
        return false;
    const char *comma = memchr(rest->begin, ',', rest->size);
    *field = (bw_csv_field){rest->begin, comma != NULL ? (size_t)(comma - rest->begin) : rest->size};
    *rest = comma != NULL ? (bw_csv_field){comma + 1, rest->size - field->size - 1} : (bw_csv_field){NULL, 0};
    return true;
}

bool bw_prices_number(const char *text, size_t size, double *value)
{
    uint64_t digits = 0;
    uint32_t significant = 0, after = 0, points = 0, any = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '.' && points == 0 && i > 0) {
            points = 1;
            continue;
        }
        if (text[i] < '0' || text[i] > '9')
            return false;
        digits = digits * 10 + (uint64_t)(text[i] - '0');
        significant += digits > 0;
        after += points;
        any++;
        if (significant > 18 || after > 40)
            return false;
    }
    if (any == 0 || (points == 1 && after == 0))
        return false;
    double scale = 1;
    for (uint32_t i = 0; i < after; i++)
        scale *= 10;
    *value = (double)digits / scale;
    return true;
}

static bool seconds_parse(bw_csv_field field, int64_t *time_ns)
{
    int64_t seconds;
    if (!bw_csv_decimal_parse(field.begin, field.size, 0, &seconds) || seconds < 0 || seconds >= UNIX_SECONDS_MAX)
        return false;
    *time_ns = seconds * BW_NANO;
    return true;
}

/* ---- header ---- */

static bool take_name(reading *r, bw_prices *prices, bw_csv_field field)
{
    uint32_t m = r->market_count;
    bool plain = field.size > 0 && field.size < BW_FACT_NAME_MAX;
    if (m == BW_MARKETS_MAX)
        return bw_csv_fail(&r->csv, "header", field.begin, field.size, "at most 64 markets");
    for (size_t i = 0; plain && i < field.size; i++)
        plain = field.begin[i] > ' ' && field.begin[i] <= '~' && field.begin[i] != '"';
    if (!plain)
        return bw_csv_fail(&r->csv, "header", field.begin, field.size, "a market's name of 1 to 15 printable letters");
    memcpy(prices->name[m], field.begin, field.size);
    prices->market_count = m;
    if (bw_prices_find(prices, prices->name[m]) >= 0)
        return bw_csv_fail(&r->csv, "header", field.begin, field.size, "a market not named before");
    r->market_count++;
    return true;
}

static bool take_header(reading *r, bw_prices *prices)
{
    bw_csv_field line, field = {"", 0};
    if (!bw_csv_data_line(&r->csv, &line))
        return bw_csv_fail(&r->csv, "header", "end of file", 11, "a header line: time and the markets' names");
    next_field(&line, &field);
    if (field.size != 4 || memcmp(field.begin, "time", 4) != 0)
        return bw_csv_fail(&r->csv, "header", field.begin, field.size, "time as the first column, then the markets' names");
    while (next_field(&line, &field))
        if (!take_name(r, prices, field))
            return false;
    prices->market_count = r->market_count;
    return r->market_count > 0 || bw_csv_fail(&r->csv, "header", "end of line", 11, "a market's name behind time");
}

/* ---- rows ---- */

static bool take_time(reading *r, bw_csv_field field)
{
    int64_t *time = &r->time_ns[r->row_count];
    if (!bw_csv_time_parse(field.begin, field.size, time) && !seconds_parse(field, time))
        return bw_csv_fail(&r->csv, "time", field.begin, field.size, "a time like 2025-10-10T21:16:04Z, or whole Unix seconds");
    if (r->row_count > 0 && *time == time[-1])
        return bw_csv_fail(&r->csv, "time", field.begin, field.size, "a time not used before");
    if (r->row_count > 0 && *time < time[-1])
        return bw_csv_fail(&r->csv, "time", field.begin, field.size, "a time later than that of the row before");
    return true;
}

static bool take_price(reading *r, const bw_prices *prices, uint32_t m, bw_csv_field field)
{
    double price, *ln = &r->ln_price[(size_t)r->row_count * r->market_count + m];
    const char *name = prices->name[m];
    if (field.size == 0)
        return bw_csv_fail(&r->csv, name, "", 0, "a price: all markets are on one grid, no cell may miss");
    bool negative = field.begin[0] == '-';
    if (!bw_prices_number(field.begin + negative, field.size - negative, &price))
        return bw_csv_fail(&r->csv, name, field.begin, field.size, "a price as a plain decimal of at most 18 digits");
    if (negative || price <= 0)
        return bw_csv_fail(&r->csv, name, field.begin, field.size, "a price above 0");
    *ln = bw_real_ln(price);
    if (r->row_count > 0 && fabs(*ln - ln[-(ptrdiff_t)r->market_count]) > LN_25)
        return bw_csv_fail(&r->csv, name, field.begin, field.size, "a price between 1/25 of the one before and 25 times it");
    return true;
}

static bool take_row(reading *r, const bw_prices *prices, bw_csv_field line)
{
    bw_csv_field field = {"", 0}, rest = line;
    next_field(&rest, &field);
    if (!take_time(r, field))
        return false;
    for (uint32_t m = 0; m < r->market_count; m++) {
        if (!next_field(&rest, &field))
            return bw_csv_fail(&r->csv, "line", "end of line", 11, "a price of every market");
        if (!take_price(r, prices, m, field))
            return false;
    }
    if (rest.begin != NULL)
        return bw_csv_fail(&r->csv, "line", rest.begin, rest.size, "no more prices than the header has markets");
    r->line[r->row_count++] = r->csv.line;
    return true;
}

/* ---- the grid ---- */

/* The commonest distance among the first rows; ties: the shorter. */
static int64_t interval_of(const reading *r)
{
    uint32_t seen = r->row_count < INTERVALS_SEEN ? r->row_count : INTERVALS_SEEN, best_count = 0;
    int64_t best = 0;
    for (uint32_t i = 1; i < seen; i++) {
        uint32_t count = 0;
        int64_t distance = r->time_ns[i] - r->time_ns[i - 1];
        for (uint32_t k = 1; k < seen; k++)
            count += r->time_ns[k] - r->time_ns[k - 1] == distance;
        if (count > best_count || (count == best_count && distance < best)) {
            best = distance;
            best_count = count;
        }
    }
    return best;
}

static bool refuse_distance(reading *r, uint32_t row, int64_t interval_ns)
{
    char expected[96], found[40];
    bw_text text = bw_text_open(found, sizeof found);
    bw_text_put_integer(&text, (r->time_ns[row] - r->time_ns[row - 1]) / BW_NANO);
    bw_text_put(&text, " s after the row before");
    text = bw_text_open(expected, sizeof expected);
    bw_text_put(&text, "a whole number of intervals of ");
    bw_text_put_integer(&text, interval_ns / BW_NANO);
    bw_text_put(&text, " s");
    r->csv.line = r->line[row];
    return bw_csv_fail(&r->csv, "time", found, strlen(found), expected);
}

static bool on_grid(reading *r, int64_t interval_ns)
{
    for (uint32_t i = 1; i < r->row_count; i++)
        if ((r->time_ns[i] - r->time_ns[i - 1]) % interval_ns != 0)
            return refuse_distance(r, i, interval_ns);
    return true;
}

static double difference(const reading *r, uint32_t row, uint32_t m)
{
    size_t at = (size_t)row * r->market_count + m;
    return r->ln_price[at] - r->ln_price[at - r->market_count];
}

/* sd of a usual move of each market over one interval. */
static void usual_moves(const reading *r, int64_t interval_ns, double *usual)
{
    for (uint32_t m = 0; m < r->market_count; m++) {
        size_t count = 0;
        for (uint32_t i = 1; i < r->row_count; i++)
            if (r->time_ns[i] - r->time_ns[i - 1] == interval_ns)
                r->scratch[count++] = fabs(difference(r, i, m));
        usual[m] = count > 0 ? USUAL * bw_select(r->scratch, count, count / 2) : 0;
    }
}

typedef struct {
    bw_prices *prices;
    int64_t *time_ns;
    double *move;
    uint8_t *starts;
    bool cut;                    /* before the next move */
} writing;

static void put_move(writing *w, const reading *r, uint32_t row, int64_t time_ns, double part)
{
    uint32_t at = w->prices->row_count++;
    for (uint32_t m = 0; m < r->market_count; m++)
        w->move[(size_t)at * r->market_count + m] = part * difference(r, row, m);
    w->time_ns[at] = time_ns;
    w->starts[at] = w->cut;
    w->cut = false;
}

static bool bridgeable(const reading *r, uint32_t row, const double *usual)
{
    for (uint32_t m = 0; m < r->market_count; m++)
        if (fabs(difference(r, row, m)) > JUMP * sqrt(2) * usual[m])
            return false;
    return true;
}

static void take_gap(writing *w, const reading *r, uint32_t row, uint32_t intervals, const double *usual)
{
    bw_prices *prices = w->prices;
    bool bridged = intervals == 2 && bridgeable(r, row, usual);
    if (prices->gap_count < BW_PRICES_GAPS_SHOWN)
        prices->gap[prices->gap_count] = (bw_prices_gap){r->time_ns[row - 1], intervals - 1, bridged};
    prices->gap_count++;
    prices->cut_count += !bridged;
    prices->missing_count += intervals - 1;
    w->cut |= !bridged;
    if (bridged) {
        put_move(w, r, row, r->time_ns[row] - prices->interval_ns, .5);
        put_move(w, r, row, r->time_ns[row], .5);
    }
}

static void to_grid(writing *w, const reading *r, const double *usual)
{
    for (uint32_t i = 1; i < r->row_count; i++) {
        int64_t intervals = (r->time_ns[i] - r->time_ns[i - 1]) / w->prices->interval_ns;
        if (intervals == 1)
            put_move(w, r, i, r->time_ns[i], 1);
        else
            take_gap(w, r, i, intervals < UINT32_MAX ? (uint32_t)intervals : UINT32_MAX, usual);
    }
}

/* ---- all of it ---- */

static void *carve(char **at, size_t bytes)
{
    void *here = *at;
    *at += (bytes + 7) / 8 * 8;
    return here;
}

static bool refuse_few(reading *r, uint32_t moves, uint32_t move_min)
{
    char expected[96], found[40];
    bw_text text = bw_text_open(found, sizeof found);
    bw_text_put_integer(&text, moves);
    bw_text_put(&text, " moves from row to row");
    text = bw_text_open(expected, sizeof expected);
    bw_text_put(&text, "at least ");
    bw_text_put_integer(&text, move_min);
    return bw_csv_fail(&r->csv, "line", found, strlen(found), expected);
}

bool bw_prices_read(const char *text, size_t size, uint32_t move_min, void *memory, bw_prices **out, bw_facts_error *error)
{
    double usual[BW_MARKETS_MAX];
    bw_csv_field line;
    bw_prices *prices = memory;
    memset(error, 0, sizeof *error);
    memset(prices, 0, sizeof *prices);
    reading r = {.csv = {.text = text, .size = size, .error = error}};
    if (!take_header(&r, prices))
        return false;
    char *at = (char *)memory + sizeof *prices;
    size_t rows = lines_of(text, size), markets = r.market_count;
    writing w = {.prices = prices, .cut = true};
    w.time_ns = carve(&at, 2 * rows * sizeof *w.time_ns);
    w.move = carve(&at, 2 * rows * markets * sizeof *w.move);
    r.time_ns = carve(&at, rows * sizeof *r.time_ns);
    r.ln_price = carve(&at, rows * markets * sizeof *r.ln_price);
    r.scratch = carve(&at, rows * sizeof *r.scratch);
    r.line = carve(&at, rows * sizeof *r.line);
    w.starts = carve(&at, 2 * rows);
    while (bw_csv_data_line(&r.csv, &line))
        if (!take_row(&r, prices, line))
            return false;
    if (error->line != 0)
        return false;
    if (r.row_count < 2)
        return refuse_few(&r, 0, move_min > 0 ? move_min : 1);
    prices->interval_ns = interval_of(&r);
    if (!on_grid(&r, prices->interval_ns))
        return false;
    usual_moves(&r, prices->interval_ns, usual);
    to_grid(&w, &r, usual);
    if (prices->row_count < move_min)
        return refuse_few(&r, prices->row_count, move_min);
    prices->first_ns = r.time_ns[0];
    prices->last_ns = r.time_ns[r.row_count - 1];
    prices->time_ns = w.time_ns;
    prices->move = w.move;
    prices->starts = w.starts;
    *out = prices;
    return true;
}
