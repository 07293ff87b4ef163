/* report.h - a run as one HTML file: no network, no script; light, dark and printed.

       bw_metrics_result ──> opening in plain words ──> five pictures (inline SVG), each with its table ──> glossary

   Shapes    about 100 to 400 KB
   Holds     the same result gives the same bytes; every figure is bw_metrics_result's, as on the screen and in the JSON;
             names are escaped; every element is closed; no reference leaves the file
   Rounding  pictures and sentences are rounded for people (M, k); tables carry exact figures */
#ifndef BW_REPORT_REPORT_H
#define BW_REPORT_REPORT_H

#include "metrics/comparison.h"

/* Writes at most `size` bytes with the closing zero and returns the length of the whole report without it; call it with
   size 0 to learn how much it needs. */
size_t bw_report_write(const bw_metrics_result *result, char *buffer, size_t size);
/* The same of a comparison: who paid, what was taken and needed, on whom it fell; a picture and a table each. */
size_t bw_report_comparison(const bw_comparison *comparison, char *buffer, size_t size);

#endif
