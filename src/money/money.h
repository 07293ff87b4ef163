/* money.h - amounts, prices, sizes and rates that cannot be mixed up (R1).

       bw_amount.minor  minor units of an asset         bw_price.ticks  whole ticks
       bw_size.lots     whole lots, long > 0            bw_rate.ppm     millionths

   One-member structs over int64: raw + on money does not compile; a sum goes through
   bw_<type>_add, which stops the program on overflow, and a product through wide.h, whose names
   say how they round (R3).

   For each type T of the four (member m):
     T_of(m)                    the number m
     T_add(a, b) T_sub(a, b)    exact; overflow stops the program
     T_add_try(a, b, &result)   exact, or false
     T_negate(a)                exact; overflow (INT64_MIN) stops the program
     T_compare(a, b)            below 0, 0, above 0
     T_less(a, b) T_equal(a, b)
     T_min(a, b) T_max(a, b)
     T_sign(a)                  -1, 0, 1 */
#ifndef BW_MONEY_MONEY_H
#define BW_MONEY_MONEY_H

#include "base/assert.h"
#include "base/checked.h"
#include "base/types.h"
#include "money/ppm.h"
#include "money/wide.h"

#define BW_MONEY_TYPE(T, m)                                                       \
    typedef struct {                                                              \
        int64_t m;                                                                \
    } T;                                                                          \
    static inline T T##_of(int64_t m)                                             \
    {                                                                             \
        return (T){m};                                                            \
    }                                                                             \
    static inline bool T##_add_try(T a, T b, T *result)                           \
    {                                                                             \
        int64_t sum = 0;                                                          \
        bool fits = bw_add_checked(a.m, b.m, &sum);                               \
        if (fits)                                                                 \
            result->m = sum;                                                      \
        return fits;                                                              \
    }                                                                             \
    static inline T T##_add(T a, T b)                                             \
    {                                                                             \
        int64_t sum = 0;                                                          \
        bool fits = bw_add_checked(a.m, b.m, &sum);                               \
        BW_ASSERT(fits);                                                          \
        return (T){sum};                                                          \
    }                                                                             \
    static inline T T##_sub(T a, T b)                                             \
    {                                                                             \
        int64_t difference = 0;                                                   \
        bool fits = bw_sub_checked(a.m, b.m, &difference);                        \
        BW_ASSERT(fits);                                                          \
        return (T){difference};                                                   \
    }                                                                             \
    static inline T T##_negate(T a)                                               \
    {                                                                             \
        return T##_sub((T){0}, a);                                                \
    }                                                                             \
    static inline int T##_compare(T a, T b)                                       \
    {                                                                             \
        return (a.m > b.m) - (a.m < b.m);                                         \
    }                                                                             \
    static inline bool T##_less(T a, T b)                                         \
    {                                                                             \
        return a.m < b.m;                                                         \
    }                                                                             \
    static inline bool T##_equal(T a, T b)                                        \
    {                                                                             \
        return a.m == b.m;                                                        \
    }                                                                             \
    static inline T T##_min(T a, T b)                                             \
    {                                                                             \
        return b.m < a.m ? b : a;                                                 \
    }                                                                             \
    static inline T T##_max(T a, T b)                                             \
    {                                                                             \
        return b.m > a.m ? b : a;                                                 \
    }                                                                             \
    static inline int T##_sign(T a)                                               \
    {                                                                             \
        return (a.m > 0) - (a.m < 0);                                             \
    }                                                                             \
    BW_STATIC_ASSERT(sizeof(T) == sizeof(int64_t), #T " is an int64")

BW_MONEY_TYPE(bw_amount, minor);
BW_MONEY_TYPE(bw_price, ticks);
BW_MONEY_TYPE(bw_size, lots);
BW_MONEY_TYPE(bw_rate, ppm);

#endif
