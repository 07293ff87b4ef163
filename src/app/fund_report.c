#include "app/fund_report.h"

#include <stdlib.h>

#include "story/session.h"

enum { CONTROL = 1000 };

static app_stress_played played_of(const app_fund *fund)
{
    const app_fund_report *report = fund->report;
    return (app_stress_played){report->jobs.outcomes, report->jobs.done, fund->paths.count,
                               fund->screened ? &report->screened : NULL};
}

/* The paths that the present fund's bound leaves, and the control. */
static bool choose(app_fund *fund, const bw_story *story)
{
    app_fund_report *report = fund->report;
    report->jobs = (app_jobs){.count = fund->paths.count, .what = "for the report: "};
    if (!fund->screened)
        return true;
    app_screen *bounds = &report->bounds;
    *bounds = fund->bounds;
    bounds->list = NULL;
    bounds->strata = NULL;
    bounds->listed = bounds->passed = 0;
    if (!app_fund_paid(fund, story, fund->present, &bounds->paid) || !app_screen_choose(bounds, CONTROL, 0, 0))
        return false;
    report->jobs.list = bounds->list;
    report->jobs.count = bounds->listed;
    report->screened = (bw_stress_screened){.control = bounds->control, .passed = bounds->passed, .paid = bounds->paid,
                                            .list = bounds->list};
    return true;
}

bw_story_result app_fund_report_play(app_fund *fund, bw_story *story)
{
    app_fund_report *report = fund->report;
    fund->setting = fund->present;
    if (!choose(fund, story) || !app_jobs_make(&report->jobs))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the report");
    bw_story_result result = app_paths_play(&fund->paths, story, &report->jobs);
    const app_stress_played played = played_of(fund);
    if (result == BW_STORY_DONE && report->jobs.done == report->jobs.count)
        result = app_stress_report_collect(&report->told, &fund->paths, story, &played);
    return result;
}

/* A lever for each changed condition: what traders pay on average as it is, and changed. */
static void pull_levers(app_fund *fund)
{
    app_fund_report *report = fund->report;
    if (fund->result.pair_count == 0)
        return;
    for (uint32_t i = 0; i < fund->result.pair_count; i++) {
        const bw_paired *pair = &fund->pairs[i];
        bool more = pair->mean_b >= pair->mean_a;
        report->levers[i] = (bw_report_lever){pair->name, more ? "as it is" : "changed", more ? "changed" : "as it is",
                                              more ? pair->mean_a : pair->mean_b, more ? pair->mean_b : pair->mean_a};
    }
    report->tornado = (bw_report_tornado){"what traders pay on average", fund->pairs[0].mean_a, fund->result.pair_count,
                                          report->levers};
    report->told.data.tornado = &report->tornado;
}

bool app_fund_report_write(app_fund *fund, app_output *to)
{
    app_fund_report *report = fund->report;
    const app_stress_played played = played_of(fund);
    int64_t *scratch = malloc((played.count + 1) * sizeof *scratch);
    if (scratch == NULL)
        return false;
    if (played.screened != NULL)
        bw_stress_result_screened(&report->result, fund->result.facts, played.screened, played.outcomes, played.count, played.paths,
                                  scratch, NULL);
    else
        bw_stress_result_of(&report->result, fund->result.facts, played.outcomes, played.count, scratch);
    free(scratch);
    report->told.data.fund = &fund->result;
    pull_levers(fund);
    return app_stress_report_finish(&report->told, &played, &report->result) &&
           app_output_write_text(to, app_stress_report_text, &report->told, 0);
}

void app_fund_report_free(app_fund_report *report)
{
    if (report == NULL)
        return;
    app_jobs_free(&report->jobs);
    free(report->bounds.list);     /* all else of it is the fund's */
    free(report->bounds.strata);
    app_stress_report_free(&report->told);
    free(report);
}
