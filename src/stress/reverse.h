/* reverse.h - directions in which prices move, for reverse stress, and how likely the model is to go that far.

   Shapes    a direction has a ln move per item at size 1; sizes >= 0
   Rounding  none: doubles of real.h
   Holds     joint directions are a pure function of (model, seed, number) */
#ifndef BW_STRESS_REVERSE_H
#define BW_STRESS_REVERSE_H

#include "stress/bound.h"
#include "stress/series.h"
#include "world/model.h"

enum { BW_REVERSE_ROWS = 256, BW_REVERSE_NAME = 32, BW_REVERSE_JOINT = 48 };

typedef struct bw_reverse_row {
    char name[BW_REVERSE_NAME];      /* "all markets down", "BTC up", "jointly" */
    double unit[BW_BOUND_ITEMS];     /* ln move of each item at size 1 */
    double most;                     /* largest size tried */
    double size, before;             /* smallest size found to charge, the largest below it that does not; size 0: none does */
    bool joint;                      /* size in standard deviations of a day's diffusion */
    bool gap_above;                  /* a larger size charged nobody */
    int64_t borne;                   /* what traders pay at that size */
    bw_stress_chance chance;         /* that the model goes that far within the horizon; paths 0: not counted */
} bw_reverse_row;

/* All named directions, then joint ones. Returns how many. names, sectors: as in covers.h. */
uint32_t bw_reverse_rows(const bw_model_params *model, const char *const *names, uint64_t seed, bw_reverse_row *rows);

/* Whether one path of the model goes as far as row->size in its direction (its group's mean ln move, at any step). */
bool bw_reverse_reached(const bw_reverse_row *row, const double *log_move, uint32_t step_count, uint32_t item_count);

#endif
