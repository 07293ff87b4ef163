/* fund_report.h - the report of `fund`: that of stress on the same paths with the present fund, its coverage curve from runs.

       all sizes are played ─> app_fund_report_play: the paths once more, as `stress` plays them ─> outcomes, and all that the
                                                                                                    report of stress collects
   Screened where rules allow a bound; then a control of 1,000 paths is played whatever its bound, as with `stress --screen`. */
#ifndef BW_APP_FUND_REPORT_H
#define BW_APP_FUND_REPORT_H

#include "app/fund.h"
#include "app/stress_report.h"

typedef struct app_fund_report {
    app_stress_report told;
    app_jobs jobs;
    app_screen bounds;             /* the fund's, with a list of its own */
    bw_stress_screened screened;
    bw_stress_result result;
    bw_report_tornado tornado;     /* of the sensitivities, if asked for */
    bw_report_lever levers[BW_PAIRED_ROWS];
} app_fund_report;

bw_story_result app_fund_report_play(app_fund *fund, bw_story *story);
/* When the fund's result is there. False: no memory, or a write has failed. */
bool app_fund_report_write(app_fund *fund, app_output *to);
void app_fund_report_free(app_fund_report *report);

#endif
