/* conform.h - a venue's own test case, in the schema conformance/1, run through the functions that Breakwater's venue calls
   (R24).

       text ── bw_conform_open ──> case ── bw_conform_run ──> verdict
                     └──> what it is instead: no JSON, no object, another schema

   A kind of case is a file kind_*.c: it maps what the case lists to calls of engine/formula.h and allocate/allocate.h and
   writes down what came out. What is compared is in compare.c. Nothing here computes: sums go through money/money.h,
   quotients through formulas whose names say how they round.

   Shapes    any number of accounts and events; a case's numbers lie in (-2^62, 2^62), a few kinds take wider ones
   Errors    a verdict: a field that is missing or of another type fails with its path, an unknown kind or event is skipped
   Same      a case has one verdict: no clock, no order but that of the text */
#ifndef BW_CONFORM_CONFORM_H
#define BW_CONFORM_CONFORM_H

#include "base/types.h"

#define BW_CONFORM_SCHEMA "conformance/1"
#define BW_CONFORM_TEXT 512

typedef struct bw_conform_case bw_conform_case;

typedef enum bw_conform_found {
    BW_CONFORM_CASE,             /* an object of the schema: `opened` is to be dropped */
    BW_CONFORM_MALFORMED,        /* no JSON: `message` says what, `line` where */
    BW_CONFORM_NO_OBJECT,        /* JSON, but no object: `message` is what was found */
    BW_CONFORM_NO_SCHEMA,        /* an object whose schema is no text: `message` is what was found there */
    BW_CONFORM_OTHER,            /* an object of another schema: `message` is its name */
} bw_conform_found;

typedef enum bw_conform_outcome { BW_CONFORM_PASS, BW_CONFORM_FAIL, BW_CONFORM_SKIP } bw_conform_outcome;

/* Texts that do not apply are empty. */
typedef struct bw_conform_verdict {
    bw_conform_outcome outcome;
    bool malformed;                          /* fail: the case itself is wrong, `field` is where */
    char field[BW_CONFORM_TEXT];             /* fail: what differs, "expected.rows[2].paid" */
    char expected[BW_CONFORM_TEXT], got[BW_CONFORM_TEXT];
    char reason[BW_CONFORM_TEXT];            /* skip: why; pass: under which compatibility setting, what was left out */
} bw_conform_verdict;

bw_conform_found bw_conform_open(const char *text, size_t length, bw_conform_case **opened, char *message, size_t size,
                                 uint32_t *line);
void bw_conform_drop(bw_conform_case *opened);

/* The case's id, NULL if it has none that fits a line: 1 to 200 printable characters without blanks. */
const char *bw_conform_id(const bw_conform_case *opened);

/* False if there is no memory. */
bool bw_conform_run(const bw_conform_case *opened, bw_conform_verdict *verdict);

#endif
