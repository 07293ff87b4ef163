/* stress_sheet.h - what the parts of a stress report share: chances and amounts in sentences, axes of powers of ten.

   Units     a logarithm is to the base 10, of units of the asset (not minor ones) or of a chance
   Holds     as chart.h */
#ifndef BW_REPORT_STRESS_SHEET_H
#define BW_REPORT_STRESS_SHEET_H

#include "report/chart.h"
#include "report/stress.h"

typedef struct bw_stress_sheet {
    bw_sheet sheet;                  /* first: what writes amounts is given it; it has no run */
    const bw_stress_report *report;
    const bw_stress_result *result;
    bool screened;
    uint64_t plain;                  /* outcomes that are a plain sample: all, or the control */
} bw_stress_sheet;

/* ---- sentences ---- */

void bw_html_strong_money(const bw_sheet *sheet, bw_page *page, int64_t amount);
/* "12.3M USDC (11.9M to 12.8M)"; "not known with so few paths" */
void bw_html_figure(const bw_sheet *sheet, bw_page *page, const bw_stress_figure *figure);
/* "on 1.12% of paths (1.05% to 1.19%)", "on none of the 60 paths (at most 6.0%)" */
void bw_html_chance(bw_page *page, const bw_stress_chance *chance);
/* Percent of x in [0, 1], three significant digits, to the nearest. */
void bw_html_share(bw_page *page, double x);
void bw_html_duration(bw_page *page, int64_t time_ns);
/* "BTC longs", "the pool itself" */
void bw_html_origin(const bw_stress_sheet *at, bw_page *page, uint16_t market, bool shorts);

/* ---- tables ---- */

/* Value and interval in cells of their own. */
void bw_html_figure_cells(const bw_sheet *sheet, bw_page *page, const bw_stress_figure *figure);
void bw_html_chance_cells(bw_page *page, const bw_stress_chance *chance);
/* "5%", "-40%": a rounded move. */
void bw_html_move(bw_page *page, int64_t ppm);

/* ---- axes ---- */

/* log10; x > 0. The same bits everywhere. */
double bw_chart_log(double x);
/* From a power of ten at or below `low` to one at or above `high`, at least one decade, at most `decades`. */
bw_axis bw_axis_of_powers(double low, double high, uint32_t decades, double at, double until);
/* Lines and labels at its powers of ten; of amounts below the picture, of chances at its left. */
void bw_svg_powers_of_amounts(bw_page *page, const bw_axis *x, double y1, double y2);
void bw_svg_powers_of_chances(bw_page *page, const bw_axis *y, double x1, double x2);
/* The value where the axis begins or ends if it lies beyond. */
double bw_axis_within(const bw_axis *axis, double value);
/* A short line in the style of a curve, and its name. */
void bw_svg_key(bw_page *page, double x, double y, const char *class, const char *name);

/* ---- parts ---- */

void bw_stress_opening(bw_stress_sheet *at);
void bw_stress_losses(bw_stress_sheet *at);
void bw_stress_convergence(bw_stress_sheet *at);
void bw_stress_coverage(bw_stress_sheet *at);
void bw_stress_shocks(bw_stress_sheet *at);
void bw_stress_ladder(bw_stress_sheet *at);
void bw_stress_owners(bw_stress_sheet *at);
void bw_stress_closing(bw_stress_sheet *at);
void bw_stress_causes(bw_stress_sheet *at);
void bw_stress_levers(bw_stress_sheet *at);
void bw_stress_worst(bw_stress_sheet *at);
void bw_stress_foot(bw_stress_sheet *at);

#endif
