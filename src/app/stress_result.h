/* stress_result.h - outcomes as a result on screen and in JSON, and as the file of a shard.

       stress ──────────────────────> outcomes ──> screen, JSON, --fail-if
       stress --shard ──> FILE ─┐
       ...                      ├─ merge ──> outcomes ──> the same
       stress --shard ──> FILE ─┘

   File      head (bw_stress_shard, 64 bytes), outcomes (96 bytes each), the facts as one JSON object, 8 bytes of XXH3-64 of all
             before (app_shard_sum). Little-endian */
#ifndef BW_APP_STRESS_RESULT_H
#define BW_APP_STRESS_RESULT_H

#include <jansson.h>

#include "app/files.h"
#include "app/message.h"
#include "stress/condition.h"

typedef struct app_stress_outputs {
    app_output *screen, *json;      /* json NULL: not wanted */
    app_output *report;             /* NULL: not wanted, and so is `told`, what the report shows beside the result */
    struct app_stress_report *told;
    const char *fail_if;            /* NULL: none */
    const bw_condition *condition;
    int64_t begin_ns;               /* app_run_clock_ns when the program began */
} app_stress_outputs;

/* What was played: outcomes of all paths, or, if screened, of those of its list. */
typedef struct app_stress_played {
    const bw_stress_outcome *outcomes;
    uint64_t count, paths;
    const bw_stress_screened *screened;   /* NULL: all paths were played, paths is count */
} app_stress_played;

/* Writes and keeps the result. Returns `end`, or APP_BREACHED if `end` is APP_DONE and the condition holds or cannot be told,
   or APP_SYSTEM after a message. count > 0. */
app_exit app_stress_tell(const app_stress_outputs *outputs, const bw_stress_facts *facts, const app_stress_played *played,
                         app_exit end);

/* --fail-if `text`: of figures of the fund's size, or of all others. False after a message; true without a text. */
bool app_condition_valid(const char *command, const char *text, bool of_fund, bw_condition *condition);
/* APP_DONE, or APP_BREACHED after a message: it holds, or cannot be told. fund may be NULL. */
app_exit app_condition_gate(const char *text, const bw_condition *condition, const bw_stress_result *result,
                            const bw_fund_result *fund);

/* The facts as they stand behind the outcomes, and back: strings live as long as the object, `markets` has room for
   BW_MARKETS_MAX. False: they are not what a shard has. */
json_t *app_shard_facts(const bw_stress_facts *facts);
bool app_shard_facts_read(json_t *json, const bw_stress_shard *head, bw_stress_facts *facts, const char **markets);

/* Paths first .. first + count - 1 of `total`. False: it cannot be written. */
bool app_shard_write(FILE *stream, const bw_stress_facts *facts, uint64_t first, uint64_t total,
                     const bw_stress_outcome *outcomes, uint64_t count);

/* What the file ends with. `text` is the facts' JSON. */
uint64_t app_shard_sum(const bw_stress_shard *head, const bw_stress_outcome *outcomes, const char *text, size_t length);

#endif
