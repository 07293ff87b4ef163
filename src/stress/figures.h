/* figures.h - how figures of this room are written in JSON: {value, low, high}, null where a thing does not exist. */
#ifndef BW_STRESS_FIGURES_H
#define BW_STRESS_FIGURES_H

#include "metrics/object.h"
#include "stress/result.h"

enum { BW_CHANCE_PLACES = 12 };

/* x in 1e-12, 0 <= x <= 1, down or up. */
int64_t bw_chance_floor(double x);
int64_t bw_chance_ceil(double x);
/* hits / paths in 1e-12 to the nearest, halves up. */
int64_t bw_chance_value(const bw_stress_chance *chance);

void bw_object_figure(bw_object *object, const char *key, const bw_stress_figure *figure);
void bw_object_chance(bw_object *object, const char *key, const bw_stress_chance *chance);
void bw_object_hash(bw_object *object, const char *key, uint64_t low, uint64_t high);
void bw_object_series(bw_object *object, const char *key, const bw_stress_series *series);
/* The keys that every result begins with, and those it ends with, the last bracket too. */
void bw_object_head(bw_object *object, const char *schema, const bw_stress_facts *facts, uint64_t paths);
void bw_object_foot(bw_object *object, const bw_stress_facts *facts, bw_hash hash, int64_t elapsed_ms);
/* Seconds with as many decimals as they need. */
void bw_object_seconds(bw_object *object, const char *key, int64_t time_ns);

#endif
