/* output.c - see trial.h: what an event writes down. */
#include "conform/trial.h"

void bw_trial_put(bw_trial *trial, const char *key, bw_amount value)
{
    bw_trial_put_wide(trial, key, bw_wide_of(value.minor));
}

void bw_trial_put_wide(bw_trial *trial, const char *key, bw_wide value)
{
    bw_json_put(trial->out, key, bw_json_new_wide(value));
}

void bw_trial_put_flag(bw_trial *trial, const char *key, bool value)
{
    bw_json_put(trial->out, key, bw_json_new_boolean(value));
}

void bw_trial_put_word(bw_trial *trial, const char *key, const char *word)
{
    bw_json_put(trial->out, key, bw_json_new_text(word));
}

void bw_trial_put_ratio(bw_trial *trial, const char *key, bw_amount num, bw_amount den)
{
    bw_json_node *ratio = bw_json_new_object();
    bw_json_put(ratio, "num", bw_json_new_wide(bw_wide_of(num.minor)));
    bw_json_put(ratio, "den", bw_json_new_wide(bw_wide_of(den.minor)));
    bw_json_put(trial->out, key, ratio);
}

void bw_trial_put_of(bw_trial *trial, const char *key, const bw_party *party, bw_amount value)
{
    bw_json_put(bw_json_within(trial->out, key), party->id, bw_json_new_wide(bw_wide_of(value.minor)));
}

void bw_trial_put_field(bw_trial *trial, const bw_party *party, const char *field, bw_amount value)
{
    bw_json_node *account = bw_json_within(bw_json_within(trial->out, "accounts"), party->id);
    bw_json_put(account, field, bw_json_new_wide(bw_wide_of(value.minor)));
}
