#include "money/money.h"
#include "money/share.h"

/* Of all quotients of a 64 by 64 bit product only those by 0 do not exist in 128 bits. */
#define MUL_DIV_TRY(direction)                                                            \
    bool bw_mul_div_##direction##_try(int64_t a, int64_t b, int64_t c, int64_t *result)   \
    {                                                                                     \
        if (c == 0)                                                                       \
            return false;                                                                 \
        bw_wide q = bw_wide_div_##direction(bw_wide_mul(a, b), bw_wide_of(c));            \
        return bw_wide_to_int64_try(q, result);                                           \
    }

MUL_DIV_TRY(floor)
MUL_DIV_TRY(ceil)
MUL_DIV_TRY(zero)
MUL_DIV_TRY(away)

bw_share bw_share_of(int64_t amount, bw_wide weight_sum)
{
    BW_ASSERT(amount >= 0 && amount <= INT64_C(1) << 62);
    BW_ASSERT(bw_wide_sign(weight_sum) > 0 && bw_wide_bit_length(weight_sum) <= 90);
    bw_wide wide = bw_wide_of(amount);
    int64_t whole = bw_wide_to_int64(bw_wide_div_floor(wide, weight_sum));
    int64_t rest = bw_wide_to_int64(bw_wide_mod_floor(wide, weight_sum));
    bw_wide shifted = bw_wide_scale(bw_wide_power2(64), rest);
    return (bw_share){
        .weight_sum = weight_sum,
        .whole = whole,
        .rest = rest,
        .fraction = bw_wide_shift_low(bw_wide_div_floor(shifted, weight_sum), 0),
    };
}

bool bw_share_is_narrow(const bw_share *share, int64_t weight_max)
{
    if (bw_wide_bit_length(share->weight_sum) > 63)
        return false;
    bw_wide most = bw_wide_add_mul(bw_wide_of(weight_max), weight_max, share->whole);
    return bw_wide_bit_length(most) <= 63;
}

bw_wide bw_share_floor(const bw_share *share, int64_t weight, bw_wide *remainder)
{
    int64_t quotient = (int64_t)bw_mul_high_u64((uint64_t)weight, share->fraction);
    bw_wide left = bw_wide_sub(bw_wide_mul(weight, share->rest),
                               bw_wide_scale(share->weight_sum, quotient));
    if (!bw_wide_less(left, share->weight_sum)) {
        left = bw_wide_sub(left, share->weight_sum);
        quotient++;
    }
    *remainder = left;
    return bw_wide_add_mul(bw_wide_of(quotient), weight, share->whole);
}
