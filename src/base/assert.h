/* assert.h - a bug stops the program, in release builds too.

       BW_ASSERT(x) fails ──> hook(file, line, text), if one is set ──> trap

   A refusal (the outside asked for something that cannot be) is a status, never an assert. The
   pure rooms have no stdio, so the message goes through a hook which the program or the test sets
   once, before threads start; without a hook the trap alone remains. */
#ifndef BW_BASE_ASSERT_H
#define BW_BASE_ASSERT_H

#define BW_STATIC_ASSERT(x, text) _Static_assert(x, text)

#define BW_ASSERT(x) \
    (__builtin_expect(!!(x), 1) ? (void)0 : bw_assert_fail(__FILE__, __LINE__, #x))

typedef void bw_assert_hook(const char *file, int line, const char *text);

/* Sets who prints a failed assert; NULL for nobody. Process-wide. The hook may return. */
void bw_assert_hook_set(bw_assert_hook *hook);

/* Reports, then traps. Called by BW_ASSERT only. */
_Noreturn void bw_assert_fail(const char *file, int line, const char *text)
    __attribute__((cold, noinline));

#endif
