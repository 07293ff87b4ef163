/* csv.h - strict lines, fields, words and numbers of a small CSV text; used by the readers of facts only.

       bw_csv_open ──> bw_csv_next ──> bw_csv_word / _decimal / _time ──> bw_csv_next ... false
                        false: end of text, or error->line != 0

   Errors    the first one is kept in the caller's bw_facts_error; later calls change nothing */
#ifndef BW_WORLD_CSV_H
#define BW_WORLD_CSV_H

#include "world/facts.h"

#define BW_CSV_FIELDS_MAX 20u
#define BW_CSV_LINE_MAX 4096u

typedef struct {
    const char *begin;
    size_t size;
} bw_csv_field;

typedef struct {
    const char *text;
    size_t size;
    size_t offset;
    uint32_t line;
    const char *const *columns;
    uint32_t column_count;
    uint32_t optional;      /* bit c: column c may be missing from the header */
    uint32_t present;       /* bit c: it is there */
    bw_csv_field field[BW_CSV_FIELDS_MAX];   /* by column; of one that is missing: empty */
    bw_facts_error *error;
} bw_csv;

/* Reads comments and the header, which must name these columns in this order; those of `optional` may be left out. */
bool bw_csv_open(bw_csv *csv, const char *text, size_t size, const char *const *columns,
                 uint32_t column_count, uint32_t optional, bw_facts_error *error);
bool bw_csv_has(const bw_csv *csv, uint32_t column);

/* The next line's fields: one for each column that is there, none empty. */
bool bw_csv_next(bw_csv *csv);

/* For texts whose columns are not known beforehand: with `text`, `size` and `error` set and the rest 0, the next line that is
   no comment, without its line end; a fault of the present line, which is returned as false. */
bool bw_csv_data_line(bw_csv *csv, bw_csv_field *line);
bool bw_csv_fail(bw_csv *csv, const char *field, const char *found, size_t found_size, const char *expected);

/* Records a fault of column `column` of the present line; returns false. */
bool bw_csv_refuse(bw_csv *csv, uint32_t column, const char *expected);

/* Copies a field of printable ASCII that fits with its closing zero. */
bool bw_csv_copy(bw_csv *csv, uint32_t column, char *to, size_t to_size);

/* Index of the field in a list of words; refuses with the nearest word as a hint. */
bool bw_csv_word(bw_csv *csv, uint32_t column, const char *const *words, uint32_t word_count,
                 const char *expected, uint32_t *index);

/* A plain decimal (digits, one point, digits on both sides, '-' if low < 0) x 10^decimals, exact. */
bool bw_csv_decimal(bw_csv *csv, uint32_t column, uint32_t decimals, int64_t low, int64_t high,
                    int64_t *value);

/* The same of any piece of text; false if it is not such a number. */
bool bw_csv_decimal_parse(const char *text, size_t size, uint32_t decimals, int64_t *value);

/* YYYY-MM-DDTHH:MM:SSZ, 1970 to 2199, as ns since the Unix epoch. */
bool bw_csv_time(bw_csv *csv, uint32_t column, int64_t *time_ns);
bool bw_csv_time_parse(const char *text, size_t size, int64_t *time_ns);

#endif
