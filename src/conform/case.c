/* case.c - see conform.h: a case from its text to its verdict. */
#include "conform/conform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conform/compare.h"
#include "conform/trial.h"

#define ID_MAX 200
#define SHOWN_MAX 1000000                /* events x accounts: what outputs may hold */

struct bw_conform_case {
    bw_json_node *tree;
};

static const bw_kind *const kinds[] = {
    &BW_KIND_SETTLE_ROUND, &BW_KIND_MARK_ROUND, &BW_KIND_PROFIT_HAIRCUT, &BW_KIND_INDEX_SOCIALISE,
    &BW_KIND_CLAIMS_DILUTION, &BW_KIND_GLOBAL_HAIRCUT, &BW_KIND_CLAIM_PAYOUT, &BW_KIND_TERMINAL_PRICE,
    &BW_KIND_QUANTITY_SCALE, &BW_KIND_FUND_DRAW, &BW_KIND_FUND_DELTA, &BW_KIND_BANKRUPTCY_PRICE, &BW_KIND_DELEVERAGE,
    &BW_KIND_LIQUIDATION_WATERFALL, &BW_KIND_BANKRUPTCY_TAKEOVER,
};

/* ----------------------------------------------------------------------------------------------------------- open */

bw_conform_found bw_conform_open(const char *text, size_t length, bw_conform_case **opened, char *message, size_t size,
                                 uint32_t *line)
{
    char found[BW_JSON_FOUND];
    bw_json_node *tree = bw_json_parse(text, length, message, size, line);
    *opened = NULL;
    if (tree == NULL)
        return BW_CONFORM_MALFORMED;
    bw_json root = bw_json_root(tree), schema = bw_json_get(&root, "schema");
    const char *name = bw_json_string(&schema);
    bool is_object = bw_json_kind_of(&root) == BW_JSON_OBJECT;
    bw_conform_found kind = !is_object ? BW_CONFORM_NO_OBJECT : name == NULL ? BW_CONFORM_NO_SCHEMA
                            : strcmp(name, BW_CONFORM_SCHEMA) != 0 ? BW_CONFORM_OTHER : BW_CONFORM_CASE;
    *line = 0;
    if (kind == BW_CONFORM_CASE && (*opened = malloc(sizeof **opened)) != NULL) {
        (*opened)->tree = tree;
        return kind;
    }
    snprintf(message, size, "%s", kind == BW_CONFORM_CASE ? "no memory"
                                  : bw_json_found(is_object ? &schema : &root, found, sizeof found));
    bw_json_drop(tree);
    return kind == BW_CONFORM_CASE ? BW_CONFORM_MALFORMED : kind;
}

void bw_conform_drop(bw_conform_case *opened)
{
    if (opened == NULL)
        return;
    bw_json_drop(opened->tree);
    free(opened);
}

const char *bw_conform_id(const bw_conform_case *opened)
{
    bw_json root = bw_json_root(opened->tree), at = bw_json_get(&root, "id");
    const char *id = bw_json_string(&at);
    if (id == NULL || id[0] == 0 || strlen(id) > ID_MAX)
        return NULL;
    for (const char *c = id; *c != 0; c++)
        if ((unsigned char)*c <= 0x20 || (unsigned char)*c >= 0x7f)
            return NULL;
    return id;
}

/* ------------------------------------------------------------------------------------------------------------ run */

static bool has_flag(bw_trial *trial, const bw_json *flags, const char *flag)
{
    for (uint32_t n = 0; n < bw_json_count(flags) && bw_json_kind_of(flags) == BW_JSON_ARRAY; n++) {
        bw_json at = bw_json_item(flags, n);
        const char *text = bw_json_string(&at);
        if (text == NULL)
            bw_trial_wrong(trial, &at, "a flag");
        else if (strcmp(text, flag) == 0)
            return true;
    }
    return false;
}

/* Whatever a flag that is not known asks for, it is not done. */
static bool flags_known(const bw_trial *trial, bw_conform_verdict *verdict)
{
    static const char *const KNOWN[] = {"full-flow", "partial-assert", "tolerance", "wide-integers", "ratio-precision",
                                        "residual-overpays", "anomalous", NULL};
    bw_json flags = bw_json_get(&trial->root, "flags");
    char found[BW_JSON_FOUND];
    for (uint32_t n = 0; n < bw_json_count(&flags); n++) {
        bw_json at = bw_json_item(&flags, n);
        const char *const *known = KNOWN;
        while (*known != NULL && strcmp(bw_json_string(&at), *known) != 0)
            known++;
        if (*known != NULL)
            continue;
        snprintf(verdict->reason, sizeof verdict->reason, "flag %s is not known", bw_json_found(&at, found, sizeof found));
        return false;
    }
    return true;
}

static bw_json block_of(bw_trial *trial, const char *name, bool needed)
{
    bw_json at = bw_json_get(&trial->root, name);
    if (bw_json_kind_of(&at) != BW_JSON_OBJECT && (needed || bw_json_kind_of(&at) != BW_JSON_NOTHING))
        bw_trial_wrong(trial, &at, "an object");
    return at;
}

/* The parts that every case has; their places point to trial->root. */
static void parts_read(bw_trial *trial, const bw_conform_case *opened)
{
    trial->root = bw_json_root(opened->tree);
    bw_json id = bw_json_get(&trial->root, "id"), flags = bw_json_get(&trial->root, "flags");
    if (bw_conform_id(opened) == NULL)
        bw_trial_wrong(trial, &id, "a name without blanks");
    if (bw_json_kind_of(&flags) != BW_JSON_ARRAY && bw_json_kind_of(&flags) != BW_JSON_NOTHING)
        bw_trial_wrong(trial, &flags, "an array of flags");
    trial->literal_residue = has_flag(trial, &flags, "residual-overpays");
    trial->anomalous = has_flag(trial, &flags, "anomalous");
    trial->wide_flag = has_flag(trial, &flags, "wide-integers");
    trial->ratio_flag = has_flag(trial, &flags, "ratio-precision");
    trial->policy = block_of(trial, "policy", false);
    trial->units = block_of(trial, "units", false);
    block_of(trial, "market", false);
    block_of(trial, "expected", true);
    trial->initial = block_of(trial, "initial", true);
    trial->events = bw_trial_get_list(trial, &trial->root, "events");
    if (!trial->wrong && bw_json_count(&trial->events) == 0)
        bw_trial_wrong(trial, &trial->events, "at least one event");
}

static const bw_kind *kind_of(bw_trial *trial, bw_conform_verdict *verdict)
{
    bw_json at = bw_json_get(&trial->root, "kind");
    const char *name = bw_trial_get_word(trial, &trial->root, "kind");
    char found[BW_JSON_FOUND];
    for (uint32_t n = 0; n < sizeof kinds / sizeof kinds[0]; n++)
        if (strcmp(name, kinds[n]->name) == 0)
            return kinds[n];
    verdict->outcome = BW_CONFORM_SKIP;
    snprintf(verdict->reason, sizeof verdict->reason, "kind %s is not known", bw_json_found(&at, found, sizeof found));
    return NULL;
}

/* A refused event leaves the state as it was. */
static bool event_run(bw_trial *trial, const bw_kind *kind)
{
    size_t bytes = trial->now.party_count * sizeof *trial->parties;
    const char *type = bw_trial_get_word(trial, &trial->event, "type");
    trial->before = trial->now;
    memcpy(trial->parties_before, trial->parties, bytes);
    trial->refused = false;
    if (trial->wrong)
        return true;
    if (!kind->run(trial, type))
        return false;
    if (trial->refused) {
        trial->now = trial->before;
        memcpy(trial->parties, trial->parties_before, bytes);
    }
    kind->show(trial);
    bw_trial_put_flag(trial, "refused", trial->refused);
    return true;
}

static bool stopped(const bw_trial *trial)
{
    return trial->wrong || trial->too_wide || trial->no_memory;
}

static void events_run(bw_trial *trial, const bw_kind *kind, bw_json_node **outs, uint32_t count,
                       bw_conform_verdict *verdict)
{
    char found[BW_JSON_FOUND];
    for (uint32_t n = 0; n < count && !stopped(trial); n++) {
        trial->event = bw_json_item(&trial->events, n);
        trial->out = outs[n] = bw_json_new_object();
        if (event_run(trial, kind))
            continue;
        bw_json type = bw_json_get(&trial->event, "type");
        verdict->outcome = BW_CONFORM_SKIP;
        snprintf(verdict->reason, sizeof verdict->reason, "event %s of kind '%s' is not known",
                 bw_json_found(&type, found, sizeof found), kind->name);
        return;
    }
    if (!stopped(trial) && !bw_trial_compare(trial, outs, count, verdict))
        verdict->outcome = BW_CONFORM_FAIL;
}

static void reason_of(const bw_trial *trial, bw_conform_verdict *verdict)
{
    const char *reason = trial->literal_residue ? "compatibility literal-residue"
                         : trial->ratio_flag    ? "compatibility ratio16"
                         : trial->anomalous     ? "anomalous: only burned and fund_paid are compared" : "";
    if (verdict->outcome == BW_CONFORM_PASS)
        snprintf(verdict->reason, sizeof verdict->reason, "%s", reason);
}

/* What stopped the trial, over what was found before. */
static void stop_of(const bw_trial *trial, bw_conform_verdict *verdict)
{
    if (!trial->wrong && !trial->too_wide)
        return;
    *verdict = (bw_conform_verdict){.outcome = BW_CONFORM_FAIL, .malformed = trial->wrong};
    if (trial->wrong) {
        snprintf(verdict->field, sizeof verdict->field, "%s", trial->field);
        snprintf(verdict->expected, sizeof verdict->expected, "%s", trial->wanted);
        snprintf(verdict->got, sizeof verdict->got, "%s", trial->found);
    } else if (trial->wide_flag) {
        verdict->outcome = BW_CONFORM_SKIP;
        snprintf(verdict->reason, sizeof verdict->reason, "a number at %s does not fit 63 bits", trial->field);
    } else {
        snprintf(verdict->field, sizeof verdict->field, "%s", trial->field);
        snprintf(verdict->expected, sizeof verdict->expected, "numbers below 2^62");
        snprintf(verdict->got, sizeof verdict->got, "one that does not fit");
    }
}

static void case_run(bw_trial *trial, bw_conform_verdict *verdict)
{
    const bw_kind *kind = trial->wrong ? NULL : kind_of(trial, verdict);
    uint32_t count = bw_json_count(&trial->events);
    if (kind == NULL || trial->wrong)
        return;
    if (!flags_known(trial, verdict) || !bw_trial_policy_fits(trial, verdict->reason, sizeof verdict->reason)) {
        verdict->outcome = BW_CONFORM_SKIP;
        return;
    }
    bw_json_node **outs = calloc(count, sizeof *outs);
    trial->event = trial->initial;           /* where a number that does not fit stands until the first event */
    trial->no_memory = outs == NULL || !bw_trial_begin(trial, kind);
    if (!trial->no_memory && (uint64_t)count * trial->now.party_count > SHOWN_MAX)
        bw_trial_wrong(trial, &trial->events, "at most a million events times accounts");
    if (!stopped(trial))
        events_run(trial, kind, outs, count, verdict);
    for (uint32_t n = 0; n < count && outs != NULL; n++)
        bw_json_drop(outs[n]);
    free(outs);
    free(trial->parties);
    free(trial->party_slots);
    reason_of(trial, verdict);
}

bool bw_conform_run(const bw_conform_case *opened, bw_conform_verdict *verdict)
{
    bw_trial *trial = calloc(1, sizeof *trial);
    *verdict = (bw_conform_verdict){.outcome = BW_CONFORM_PASS};
    if (trial == NULL)
        return false;
    parts_read(trial, opened);
    case_run(trial, verdict);
    stop_of(trial, verdict);
    bool done = !trial->no_memory;
    free(trial);
    return done;
}
