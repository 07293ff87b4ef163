#include "world/csv.h"

#include <string.h>

#include "world/text.h"

static void text_copy_printable(char *to, size_t to_size, const char *from, size_t size)
{
    size_t count = size < to_size - 1 ? size : to_size - 1;
    for (size_t i = 0; i < count; i++)
        to[i] = from[i] >= ' ' && from[i] <= '~' ? from[i] : '?';
    to[count] = 0;
}

bool bw_csv_fail(bw_csv *csv, const char *field, const char *found, size_t found_size, const char *expected)
{
    bw_facts_error *error = csv->error;
    if (error->line != 0)
        return false;
    error->line = csv->line ? csv->line : 1;
    bw_text name = bw_text_open(error->field, sizeof error->field);
    bw_text_put(&name, field);
    text_copy_printable(error->found, sizeof error->found, found, found_size);
    bw_text wanted = bw_text_open(error->expected, sizeof error->expected);
    bw_text_put(&wanted, expected);
    return false;
}

bool bw_csv_refuse(bw_csv *csv, uint32_t column, const char *expected)
{
    bw_csv_field field = csv->field[column];
    return bw_csv_fail(csv, csv->columns[column], field.begin, field.size, expected);
}

/* One line without its LF or CR LF into *line; false at the end or on a fault. */
static bool csv_line(bw_csv *csv, bw_csv_field *line)
{
    if (csv->offset == csv->size)
        return false;
    const char *begin = csv->text + csv->offset;
    size_t left = csv->size - csv->offset;
    size_t reach = left < BW_CSV_LINE_MAX ? left : BW_CSV_LINE_MAX;
    const char *end = memchr(begin, '\n', reach);
    csv->line++;
    if (end == NULL && left > reach)
        return bw_csv_fail(csv, "line", begin, 20, "a line of less than 4096 bytes");
    if (end == NULL)
        return bw_csv_fail(csv, "line", begin, left, "a line that ends with a line feed");
    *line = (bw_csv_field){begin, (size_t)(end - begin)};
    csv->offset += line->size + 1;
    if (line->size > 0 && line->begin[line->size - 1] == '\r')   /* as stories take it */
        line->size--;
    return true;
}

bool bw_csv_data_line(bw_csv *csv, bw_csv_field *line)
{
    do {
        if (!csv_line(csv, line))
            return false;
    } while (line->size > 0 && line->begin[0] == '#');
    return true;
}

/* Splits at commas; more fields than there is room for are counted, not kept. */
static uint32_t csv_split(bw_csv *csv, bw_csv_field line)
{
    uint32_t count = 0;
    const char *begin = line.begin, *end = line.begin + line.size;
    for (;;) {
        const char *comma = memchr(begin, ',', (size_t)(end - begin));
        const char *stop = comma ? comma : end;
        if (count < BW_CSV_FIELDS_MAX)
            csv->field[count] = (bw_csv_field){begin, (size_t)(stop - begin)};
        count++;
        if (!comma)
            return count;
        begin = comma + 1;
    }
}

static bool field_equals(bw_csv_field field, const char *word)
{
    return strlen(word) == field.size && memcmp(field.begin, word, field.size) == 0;
}

bool bw_csv_has(const bw_csv *csv, uint32_t column)
{
    return csv->present >> column & 1;
}

static bool is_optional(const bw_csv *csv, uint32_t column)
{
    return csv->optional >> column & 1;
}

/* "column 7 to be adl_musd or users": what may stand there when the columns before `first` are done. */
static bool refuse_column(bw_csv *csv, uint32_t place, uint32_t first, bw_csv_field found)
{
    char expected[96];
    bw_text text = bw_text_open(expected, sizeof expected);
    bw_text_put(&text, "column ");
    bw_text_put_integer(&text, place + 1);
    bw_text_put(&text, " to be ");
    for (uint32_t c = first; c < csv->column_count; c++) {
        bw_text_put(&text, c > first ? " or " : "");
        bw_text_put(&text, csv->columns[c]);
        if (!is_optional(csv, c))
            break;
    }
    return bw_csv_fail(csv, "header", found.begin, found.size, expected);
}

/* The header's fields one by one against the columns; an optional column that is not named is passed over. */
static bool csv_header(bw_csv *csv)
{
    bw_csv_field line;
    uint32_t place = 0, first = 0;
    if (!bw_csv_data_line(csv, &line))
        return bw_csv_fail(csv, "header", "end of file", 11, "a header line");
    uint32_t count = csv_split(csv, line);
    for (uint32_t c = 0; c < csv->column_count; c++) {
        if (place < count && field_equals(csv->field[place], csv->columns[c])) {
            csv->present |= (uint32_t)1 << c;
            first = c + 1;
            place++;
        } else if (!is_optional(csv, c)) {
            bw_csv_field end = {"end of line", 11};
            return refuse_column(csv, place, first, place < count ? csv->field[place] : end);
        }
    }
    if (place < count)
        return bw_csv_fail(csv, "header", csv->field[place].begin, csv->field[place].size, "no further column");
    return true;
}

bool bw_csv_open(bw_csv *csv, const char *text, size_t size, const char *const *columns,
                 uint32_t column_count, uint32_t optional, bw_facts_error *error)
{
    memset(error, 0, sizeof *error);
    *csv = (bw_csv){.text = text, .size = size, .columns = columns, .column_count = column_count,
                    .optional = optional, .error = error};
    return csv_header(csv);
}

static bool csv_refuse_count(bw_csv *csv, uint32_t count)
{
    char found[32], expected[32];
    bw_text text = bw_text_open(found, sizeof found);
    bw_text_put_integer(&text, count);
    bw_text_put(&text, " fields");
    text = bw_text_open(expected, sizeof expected);
    bw_text_put_integer(&text, (uint32_t)__builtin_popcount(csv->present));
    bw_text_put(&text, " fields");
    return bw_csv_fail(csv, "line", found, strlen(found), expected);
}

bool bw_csv_next(bw_csv *csv)
{
    bw_csv_field line;
    if (csv->error->line != 0 || !bw_csv_data_line(csv, &line))
        return false;
    uint32_t count = csv_split(csv, line);
    if (count != (uint32_t)__builtin_popcount(csv->present))
        return csv_refuse_count(csv, count);
    for (uint32_t c = csv->column_count; c-- > 0;)
        csv->field[c] = bw_csv_has(csv, c) ? csv->field[--count] : (bw_csv_field){"", 0};
    for (uint32_t c = 0; c < csv->column_count; c++)
        if (bw_csv_has(csv, c) && csv->field[c].size == 0)
            return bw_csv_refuse(csv, c, "a value");
    return true;
}

bool bw_csv_copy(bw_csv *csv, uint32_t column, char *to, size_t to_size)
{
    bw_csv_field field = csv->field[column];
    for (size_t i = 0; i < field.size; i++)
        if (field.begin[i] < ' ' || field.begin[i] > '~' || field.begin[i] == '"')
            return bw_csv_refuse(csv, column, "printable ASCII without quotes");
    if (field.size >= to_size)
        return bw_csv_refuse(csv, column, "a shorter text");
    memset(to, 0, to_size);
    memcpy(to, field.begin, field.size);
    return true;
}

/* Letters to change, add or drop between two short words; at most 16. */
static uint32_t word_distance(bw_csv_field a, const char *word)
{
    uint32_t row[32];
    size_t length = strlen(word);
    if (a.size >= 32 || length >= 32)
        return 16;
    for (uint32_t j = 0; j <= length; j++)
        row[j] = j;
    for (uint32_t i = 0; i < a.size; i++) {
        uint32_t diagonal = row[0];
        row[0] = i + 1;
        for (uint32_t j = 0; j < length; j++) {
            uint32_t best = diagonal + (a.begin[i] != word[j]);
            uint32_t side = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            diagonal = row[j + 1];
            row[j + 1] = best < side ? best : side;
        }
    }
    return row[length];
}

bool bw_csv_word(bw_csv *csv, uint32_t column, const char *const *words, uint32_t word_count,
                 const char *expected, uint32_t *index)
{
    uint32_t nearest = 3; /* farther than two letters is no hint */
    const char *hint = "";
    for (uint32_t i = 0; i < word_count; i++) {
        if (field_equals(csv->field[column], words[i])) {
            *index = i;
            return true;
        }
        uint32_t distance = word_distance(csv->field[column], words[i]);
        if (distance < nearest) {
            nearest = distance;
            hint = words[i];
        }
    }
    bw_csv_refuse(csv, column, expected);
    bw_text text = bw_text_open(csv->error->hint, sizeof csv->error->hint);
    bw_text_put(&text, hint);
    return false;
}

bool bw_csv_decimal_parse(const char *text, size_t size, uint32_t decimals, int64_t *value)
{
    bool negative = size > 0 && text[0] == '-';
    uint32_t after = 0, digits = 0;
    bool point = false;
    int64_t sum = 0;
    for (size_t i = negative; i < size; i++) {
        if (text[i] == '.' && !point && digits > 0) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9')
            return false;
        digits++;
        after += point;
        if (after > decimals || __builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, text[i] - '0', &sum))
            return false;
    }
    if (digits == 0 || (point && after == 0))
        return false;
    for (; after < decimals; after++)
        if (__builtin_mul_overflow(sum, 10, &sum))
            return false;
    *value = negative ? -sum : sum;
    return true;
}

bool bw_csv_decimal(bw_csv *csv, uint32_t column, uint32_t decimals, int64_t low, int64_t high,
                    int64_t *value)
{
    bw_csv_field field = csv->field[column];
    char expected[96];
    bw_text text = bw_text_open(expected, sizeof expected);
    if (!bw_csv_decimal_parse(field.begin, field.size, decimals, value)) {
        bw_text_put(&text, "a number with at most ");
        bw_text_put_integer(&text, decimals);
        bw_text_put(&text, " decimals");
        return bw_csv_refuse(csv, column, expected);
    }
    if (*value >= low && *value <= high)
        return true;
    bw_text_put(&text, "a number from ");
    bw_text_put_integer(&text, low);
    bw_text_put(&text, " to ");
    bw_text_put_integer(&text, high);
    bw_text_put(&text, " in units of 1e-");
    bw_text_put_integer(&text, decimals);
    return bw_csv_refuse(csv, column, expected);
}

static const uint8_t month_days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t date_days(int64_t year, int64_t month, int64_t day)
{
    int64_t before = year - 1;
    int64_t days = (year - 1970) * 365 + (before / 4 - before / 100 + before / 400) - 477;
    for (int64_t m = 0; m + 1 < month; m++)
        days += month_days[m] + (m == 1 && is_leap(year));
    return days + day - 1;
}

bool bw_csv_time_parse(const char *text, size_t size, int64_t *time_ns)
{
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    int64_t part[6] = {0};
    if (size != sizeof form - 1)
        return false;
    for (uint32_t i = 0, k = 0; i < size; i++) {
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
        if (form[i] == 'd')
            part[k] = part[k] * 10 + (text[i] - '0');
        else
            k++;
    }
    if (part[0] < 1970 || part[0] > 2199 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
        part[2] > month_days[part[1] - 1] + (part[1] == 2 && is_leap(part[0])) || part[3] > 23 ||
        part[4] > 59 || part[5] > 59)
        return false;
    int64_t days = date_days(part[0], part[1], part[2]);
    *time_ns = (((days * 24 + part[3]) * 60 + part[4]) * 60 + part[5]) * BW_NANO;
    return true;
}

bool bw_csv_time(bw_csv *csv, uint32_t column, int64_t *time_ns)
{
    bw_csv_field field = csv->field[column];
    return bw_csv_time_parse(field.begin, field.size, time_ns) ||
           bw_csv_refuse(csv, column, "a time like 2025-10-10T21:16:04Z");
}
