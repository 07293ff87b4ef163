/* chart.h - the pieces that the pictures are drawn from: HTML text, SVG shapes, axes.

       value ──bw_axis_at──> coordinate ──> bw_svg_* ──> page

   Units     coordinates are those of the viewBox, written with one decimal; doubles are nothing but coordinates
   Holds     every element that is opened by a function named _open is closed by bw_html_end with the same name;
             text passes through bw_html_text */
#ifndef BW_REPORT_CHART_H
#define BW_REPORT_CHART_H

#include "metrics/metrics.h"
#include "metrics/page.h"
#include "money/wide.h"

/* What every part of the report reads. */
typedef struct bw_sheet {
    bw_page page;
    const bw_metrics_result *result;
    const bw_metrics_pool *pool;   /* pool 0 */
    const char *asset;
    uint32_t decimals;
    uint32_t batch_first, batch_last;   /* the part of the run in which something happened */
} bw_sheet;

/* Escapes & < > " ' */
void bw_html_text(bw_page *page, const char *text);
/* "</name>" */
void bw_html_end(bw_page *page, const char *name);
/* One cell; class "n" for numbers. */
void bw_html_cell_open(bw_page *page, bool number);
void bw_html_cell(bw_page *page, const char *text);
void bw_html_count(bw_page *page, uint64_t value);
/* An amount with all its decimals. */
void bw_html_amount(const bw_sheet *sheet, bw_page *page, int64_t amount);
void bw_html_percent(bw_page *page, int64_t part, int64_t whole);
/* The head row of a table: names split by '|', those that begin with '#' over numbers. Opens table and body. A wide one
   may stand out beyond the text. */
void bw_table_open(bw_page *page, bool wide, const char *caption, const char *names);
void bw_table_close(bw_page *page);
/* A section with its heading; a figure with a picture's caption; a table that can be folded away. */
void bw_section_open(bw_page *page, const char *id, const char *heading);
void bw_details_open(bw_page *page, const char *summary);
void bw_details_close(bw_page *page);
/* A term of a list of facts, and its text begun: "</dd>" ends it. */
void bw_html_term(bw_page *page, const char *name);
/* "45.6M USDC" */
void bw_html_money(const bw_sheet *sheet, bw_page *page, int64_t amount);

/* --------------------------------------------------------------------------------------------------------- drawing */
enum { BW_CHART_WIDTH = 760 };

/* Values from..to stand at coordinates at..until. */
typedef struct bw_axis {
    double from, to, at, until;
} bw_axis;

double bw_axis_at(const bw_axis *axis, double value);
/* A round step (1, 2 or 5 times a power of ten) that divides `range` into at most `count` parts. */
double bw_axis_step(double range, uint32_t count);
/* amount / 10^decimals */
double bw_chart_value(int64_t amount, uint32_t decimals);

/* An image with a name that is read aloud. */
void bw_svg_open(bw_page *page, uint32_t height, const char *title);
void bw_svg_number(bw_page *page, double x);
void bw_svg_text_open(bw_page *page, double x, double y, const char *class);
void bw_svg_text(bw_page *page, double x, double y, const char *class, const char *text);
void bw_svg_line(bw_page *page, double x1, double y1, double x2, double y2, const char *class);
void bw_svg_rect(bw_page *page, double x, double y, double width, double height, const char *class);
void bw_svg_circle(bw_page *page, double x, double y, double radius, const char *class);
/* A path: open, points, end. */
void bw_svg_path_open(bw_page *page, const char *class);
void bw_svg_path_point(bw_page *page, char command, double x, double y);
void bw_svg_path_close(bw_page *page);
/* A round value of an axis, as short as can be. */
void bw_svg_tick(bw_page *page, double value);
/* Grid lines and labels of amounts on a vertical axis between x1 and x2. */
void bw_svg_amounts(bw_page *page, const bw_axis *y, double x1, double x2, uint32_t count);
/* A whole number of steps at or above `value`. */
double bw_axis_top(double value, uint32_t count);

/* Time over the part of the run in which something happened, and its ticks between y1 and y2 (label below y2). */
bw_axis bw_time_axis(const bw_sheet *sheet, double at, double until);
void bw_svg_times(const bw_sheet *sheet, bw_page *page, const bw_axis *x, double y1, double y2);

/* concentration.c: on how few something rests. Curves (Lorenz) in a frame at the left, shares of the largest at the right. */
enum { BW_SPREAD_TOP = 24, BW_SPREAD_SIDE = 270, BW_SPREAD_HEIGHT = BW_SPREAD_TOP + BW_SPREAD_SIDE + 46 };
void bw_spread_frame(bw_page *page, const char *name, const char *who, const char *even);
void bw_spread_line(bw_page *page, const bw_metrics_spread *spread, const char *class);
/* Below y; returns where the next may stand. `who`: " accounts". */
double bw_spread_bars(bw_page *page, double y, const char *name, const char *key, const char *class,
                      const bw_metrics_spread *spread, const char *who);

/* ------------------------------------------------------------------------------------------------------ parts */
extern const char bw_report_style[];
extern const char bw_report_patterns[];
/* From the doctype to the opened <main>, and from its end to that of the file. */
void bw_report_head(bw_page *page, const char *title);
void bw_report_tail(bw_page *page);
void bw_report_opening(bw_sheet *sheet);
void bw_report_waterfall(bw_sheet *sheet);
void bw_report_timeline(bw_sheet *sheet);
void bw_report_balances(bw_sheet *sheet);
void bw_report_concentration(bw_sheet *sheet);
void bw_report_holding(bw_sheet *sheet);
void bw_report_markets(bw_sheet *sheet);
void bw_report_compared(bw_sheet *sheet);
void bw_report_foot(bw_sheet *sheet);

/* Names of the layers for people, the same in a sentence, and the classes that draw them. */
extern const char *const bw_layer_names[BW_LAYERS];
extern const char *const bw_layer_phrases[BW_LAYERS];
extern const char *const bw_layer_classes[BW_LAYERS];

#endif
