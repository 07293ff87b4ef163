#include "stress/tail.h"

enum { ACCOUNTS_SEEN = 512 };        /* accounts beyond are in nobody's part */

typedef struct {
    bw_wide gap;
    uint64_t paths, account;
} sum;

const char *bw_stress_cause_word(const bw_stress_cause *cause)
{
    static const char *const WORDS[BW_STRESS_WAYS][BW_STRESS_JUMPS] = {
        {"falls with a common jump", "falls with a jump of one market", "falls without a jump"},
        {"rises with a common jump", "rises with a jump of one market", "rises without a jump"},
        {"no market's, with a common jump", "no market's, with a jump of one market", "no market's, without a jump"}};
    return WORDS[cause->way][cause->jump];
}

int64_t bw_stress_share(bw_wide part, bw_wide whole)
{
    if (bw_wide_sign(whole) <= 0)
        return 0;
    bw_wide doubled = bw_wide_add(bw_wide_scale(part, 2000000), whole);
    return bw_wide_to_int64(bw_wide_div_floor(doubled, bw_wide_scale(whole, 2)));
}

static uint32_t cause_of(const bw_stress_outcome *outcome)
{
    uint32_t way = outcome->origin == BW_NONE16 ? BW_STRESS_POOL
                   : outcome->flags & BW_STRESS_ORIGIN_SHORT ? BW_STRESS_RISE : BW_STRESS_FALL;
    uint32_t jump = outcome->flags & BW_STRESS_COMMON_JUMP ? BW_STRESS_BY_COMMON
                    : outcome->flags & BW_STRESS_OWN_JUMP ? BW_STRESS_BY_OWN : BW_STRESS_BY_NONE;
    return way * BW_STRESS_JUMPS + jump;
}

static void add(sum *sums, uint32_t at, int64_t gap)
{
    sums[at].gap = bw_wide_add_int64(sums[at].gap, gap);
    sums[at].paths++;
}

static void add_account(sum *sums, uint32_t *seen, const bw_stress_outcome *outcome)
{
    uint32_t at = 0;
    while (at < *seen && sums[at].account != outcome->largest_account)
        at++;
    if (outcome->largest_account == 0 || at == ACCOUNTS_SEEN)
        return;
    if (at == *seen)
        sums[(*seen)++] = (sum){.gap = bw_wide_of(0), .account = outcome->largest_account};
    add(sums, at, outcome->largest);
}

static void take_causes(bw_stress_result *result, const sum *sums, bw_wide whole)
{
    for (uint32_t i = 0; i < BW_STRESS_CAUSES; i++) {
        bw_stress_cause cause = {(uint8_t)(i / BW_STRESS_JUMPS), (uint8_t)(i % BW_STRESS_JUMPS), sums[i].paths,
                                 bw_stress_share(sums[i].gap, whole)};
        uint32_t at = result->cause_count;
        if (cause.paths == 0)
            continue;
        for (; at > 0 && result->causes[at - 1].share_ppm < cause.share_ppm; at--)
            result->causes[at] = result->causes[at - 1];
        result->causes[at] = cause;
        result->cause_count++;
    }
}

static bool before(const bw_stress_owner *a, const bw_stress_owner *b)
{
    return a->share_ppm != b->share_ppm ? a->share_ppm > b->share_ppm : a->account < b->account;
}

static void take_owners(bw_stress_result *result, const sum *sums, uint32_t seen, bw_wide whole)
{
    for (uint32_t i = 0; i < seen; i++) {
        bw_stress_owner owner = {sums[i].account, sums[i].paths, bw_stress_share(sums[i].gap, whole)};
        uint32_t at = result->owner_count;
        while (at > 0 && before(&owner, &result->owners[at - 1]))
            at--;
        if (at == BW_STRESS_OWNERS)
            continue;
        uint32_t last = result->owner_count < BW_STRESS_OWNERS ? result->owner_count++ : BW_STRESS_OWNERS - 1;
        for (; last > at; last--)
            result->owners[last] = result->owners[last - 1];
        result->owners[at] = owner;
    }
}

void bw_stress_tail_of(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, int64_t above, bw_wide whole)
{
    sum causes[BW_STRESS_CAUSES], accounts[ACCOUNTS_SEEN];
    bw_wide largest = bw_wide_of(0);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < BW_STRESS_CAUSES; i++)
        causes[i] = (sum){.gap = bw_wide_of(0)};
    for (uint64_t i = 0; i < count; i++) {
        if (outcomes[i].gap <= above)
            continue;
        add(causes, cause_of(&outcomes[i]), outcomes[i].gap);
        add_account(accounts, &seen, &outcomes[i]);
        largest = bw_wide_add_int64(largest, outcomes[i].largest);
    }
    take_causes(result, causes, whole);
    take_owners(result, accounts, seen, whole);
    result->largest_share_ppm = bw_stress_share(largest, whole);
}
