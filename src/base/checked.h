/* checked.h - integer arithmetic that says when a result does not fit.

   bw_<operation>_checked(a, b, &result) returns true and stores the exact result, or returns
   false and leaves the result unspecified. For what comes from outside; where a caller has proved
   that it fits, money.h's asserting functions say so. */
#ifndef BW_BASE_CHECKED_H
#define BW_BASE_CHECKED_H

#include "base/types.h"

static inline bool bw_add_checked(int64_t a, int64_t b, int64_t *result)
{
    return !__builtin_add_overflow(a, b, result);
}

static inline bool bw_sub_checked(int64_t a, int64_t b, int64_t *result)
{
    return !__builtin_sub_overflow(a, b, result);
}

static inline bool bw_mul_checked(int64_t a, int64_t b, int64_t *result)
{
    return !__builtin_mul_overflow(a, b, result);
}

static inline bool bw_add_checked_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    return !__builtin_add_overflow(a, b, result);
}

static inline bool bw_sub_checked_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    return !__builtin_sub_overflow(a, b, result);
}

static inline bool bw_mul_checked_u64(uint64_t a, uint64_t b, uint64_t *result)
{
    return !__builtin_mul_overflow(a, b, result);
}

/* -a; false only for INT64_MIN. */
static inline bool bw_negate_checked(int64_t a, int64_t *result)
{
    return bw_sub_checked(0, a, result);
}

#endif
