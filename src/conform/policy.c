/* policy.c - whether a case names a rule at all, and one that can be computed here.

   The policy is prose, and prose decides nothing: a case that follows another rule than its kind computes here has other
   numbers, and fails by them. Looked at is only what is exact: that there is a policy, and the digits of a ratio. */
#include "conform/trial.h"

#include <stdio.h>
#include <string.h>

bool bw_trial_policy_fits(const bw_trial *trial, char *reason, size_t size)
{
    char place[96], found[BW_JSON_FOUND];
    bw_json rounding = bw_json_get(&trial->policy, "rounding"), decimals = bw_json_get(&rounding, "ratio_decimals");
    const char *text = bw_json_string(&decimals);
    if (bw_json_kind_of(&trial->policy) == BW_JSON_NOTHING) {
        snprintf(reason, size, "policy: found nothing, so no rule is named");
        return false;
    }
    if (text == NULL || strcmp(text, "16") == 0)
        return true;
    snprintf(reason, size, "%s %s is not the rule of this kind here", bw_json_path(&decimals, place, sizeof place),
             bw_json_found(&decimals, found, sizeof found));
    return false;
}
