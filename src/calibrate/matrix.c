#include "calibrate/matrix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "calibrate/factor.h"
#include "world/csv.h"
#include "world/text.h"

#define NANO 1000000000

typedef struct {
    bw_csv csv;
    const bw_prices *prices;
    uint32_t place[BW_MARKETS_MAX];   /* of each column, among the prices' markets */
    double *correlation;
} reading;

static bool next_field(bw_csv_field *rest, bw_csv_field *field)
{
    if (rest->begin == NULL)
        return false;
    const char *comma = memchr(rest->begin, ',', rest->size);
    *field = (bw_csv_field){rest->begin, comma != NULL ? (size_t)(comma - rest->begin) : rest->size};
    *rest = comma != NULL ? (bw_csv_field){comma + 1, rest->size - field->size - 1} : (bw_csv_field){NULL, 0};
    return true;
}

static int32_t market_of(const reading *r, bw_csv_field field)
{
    char name[BW_FACT_NAME_MAX] = {0};
    if (field.size >= sizeof name)
        return -1;
    memcpy(name, field.begin, field.size);
    return bw_prices_find(r->prices, name);
}

static bool take_header(reading *r)
{
    bw_csv_field line, field = {"", 0};
    uint32_t count = 0;
    bool seen[BW_MARKETS_MAX] = {false};
    if (!bw_csv_data_line(&r->csv, &line))
        return bw_csv_fail(&r->csv, "header", "end of file", 11, "a header line: market and the markets' names");
    next_field(&line, &field);
    if (field.size != 6 || memcmp(field.begin, "market", 6) != 0)
        return bw_csv_fail(&r->csv, "header", field.begin, field.size, "market as the first column");
    while (next_field(&line, &field)) {
        int32_t m = market_of(r, field);
        if (m < 0 || seen[m])
            return bw_csv_fail(&r->csv, "header", field.begin, field.size, "each market of the prices once");
        seen[m] = true;
        r->place[count++] = (uint32_t)m;
    }
    return count == r->prices->market_count ||
           bw_csv_fail(&r->csv, "header", "end of line", 11, "every market of the prices");
}

/* Row `a` of the file. Pairs that were read before must be the same. */
static bool take_cell(reading *r, uint32_t a, uint32_t b, bw_csv_field field)
{
    uint32_t count = r->prices->market_count;
    int64_t nano;
    const char *name = r->prices->name[r->place[b]];
    if (!bw_csv_decimal_parse(field.begin, field.size, 9, &nano) || nano < -NANO || nano > NANO)
        return bw_csv_fail(&r->csv, name, field.begin, field.size, "a correlation from -1 to 1 of at most 9 decimals");
    double value = (double)nano / NANO;
    if (a == b && nano != NANO)
        return bw_csv_fail(&r->csv, name, field.begin, field.size, "1 on the diagonal");
    double *other = &r->correlation[r->place[b] * count + r->place[a]];
    if (b < a && *other != value)
        return bw_csv_fail(&r->csv, name, field.begin, field.size, "the same number as in the other row of this pair");
    r->correlation[r->place[a] * count + r->place[b]] = value;
    return true;
}

static bool take_row(reading *r, uint32_t a)
{
    bw_csv_field rest, field = {"", 0};
    const char *wanted = r->prices->name[r->place[a]];
    if (!bw_csv_data_line(&r->csv, &rest))
        return bw_csv_fail(&r->csv, "line", "end of file", 11, "a row of every market");
    next_field(&rest, &field);
    if (field.size != strlen(wanted) || memcmp(field.begin, wanted, field.size) != 0)
        return bw_csv_fail(&r->csv, "market", field.begin, field.size, "rows in the order of the columns");
    for (uint32_t b = 0; b < r->prices->market_count; b++) {
        if (!next_field(&rest, &field))
            return bw_csv_fail(&r->csv, "line", "end of line", 11, "a number for every column");
        if (!take_cell(r, a, b, field))
            return false;
    }
    return rest.begin == NULL || bw_csv_fail(&r->csv, "line", rest.begin, rest.size, "no more numbers than columns");
}

static bool read_all(reading *r)
{
    bw_csv_field line;
    if (!take_header(r))
        return false;
    for (uint32_t a = 0; a < r->prices->market_count; a++)
        if (!take_row(r, a))
            return false;
    if (bw_csv_data_line(&r->csv, &line))
        return bw_csv_fail(&r->csv, "line", line.begin, line.size, "no more rows than columns");
    return r->csv.error->line == 0;
}

/* The pair that the nearest matrix changes most of those not told yet. */
static bool next_change(const double *matrix, const double *nearest, uint32_t count, bool *told, uint32_t *a, uint32_t *b)
{
    double most = -1;
    for (uint32_t p = 0; p < count; p++)
        for (uint32_t q = p + 1; q < count; q++)
            if (!told[p * count + q] && fabs(nearest[p * count + q] - matrix[p * count + q]) > most) {
                most = fabs(nearest[p * count + q] - matrix[p * count + q]);
                *a = p;
                *b = q;
            }
    if (most >= 0)
        told[*a * count + *b] = true;
    return most >= 0;
}

static void tell_nearest(const reading *r, const double *nearest, bw_text *text)
{
    bool told[BW_FACTOR_CELLS] = {false};
    uint32_t count = r->prices->market_count, a = 0, b = 0, most = count > BW_MATRIX_SHOWN ? 20 : count * (count - 1) / 2;
    char part[80];
    bw_text_put(text, count > BW_MATRIX_SHOWN ? "; the nearest differs most in" : "; the nearest is");
    for (uint32_t i = 0; i < most && next_change(r->correlation, nearest, count, told, &a, &b); i++) {
        snprintf(part, sizeof part, "%s %s-%s %.4f", i > 0 ? "," : "", r->prices->name[a], r->prices->name[b],
                 nearest[a * count + b]);
        bw_text_put(text, part);
    }
}

bool bw_matrix_read(const char *text, size_t size, const char *file, const bw_prices *prices, double *correlation,
                    char message[BW_MATRIX_MESSAGE])
{
    double value[BW_MARKETS_MAX], nearest[BW_FACTOR_CELLS];
    bw_facts_error error;
    memset(&error, 0, sizeof error);
    reading r = {.csv = {.text = text, .size = size, .error = &error}, .prices = prices, .correlation = correlation};
    if (!read_all(&r)) {
        bw_facts_error_print(&error, file, message, BW_MATRIX_MESSAGE);
        return false;
    }
    bw_factor_spectrum(correlation, prices->market_count, value, NULL);
    if (value[0] >= -1e-9)
        return true;
    char start[BW_MATRIX_MESSAGE];
    snprintf(start, sizeof start, "%.1000s:%u: found correlations with an eigenvalue of %.4f, expected none below 0", file,
             r.csv.line, value[0]);
    bw_text whole = bw_text_open(message, BW_MATRIX_MESSAGE);
    bw_text_put(&whole, start);
    bw_factor_nearest(correlation, prices->market_count, nearest);
    tell_nearest(&r, nearest, &whole);
    return false;
}
