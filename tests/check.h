/* check.h - what every test program shares: cmocka, seeds, and "this must stop the program".

   check_seed()         seed of random tests: environment BW_SEED or a constant; printed
   check_random(&s)     next 64 random bits; splitmix64, so that tests do not lean on src/base
   check_stops(stmt)    passes if stmt ends the process by a signal (a BW_ASSERT that fires) */
#ifndef BW_CHECK_H
#define BW_CHECK_H

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/assert.h"

static inline uint64_t check_seed(void)
{
    const char *text = getenv("BW_SEED");
    uint64_t seed = text ? strtoull(text, NULL, 0) : 20251010u;
    printf("# seed BW_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

static inline uint64_t check_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform enough for tests: 0 <= result < bound, bound > 0. */
static inline uint64_t check_random_below(uint64_t *state, uint64_t bound)
{
    return check_random(state) % bound;
}

/* A number whose bit length is itself random: small and huge values both occur. */
static inline uint64_t check_random_bits(uint64_t *state, uint32_t bits_max)
{
    uint64_t bits = check_random_below(state, bits_max + 1u);
    return bits == 0 ? 0 : check_random(state) >> (64u - bits);
}

#define check_stops(statement)                                              \
    do {                                                                    \
        fflush(NULL);                                                       \
        pid_t check_pid = fork();                                           \
        assert_true(check_pid >= 0);                                        \
        if (check_pid == 0) {                                               \
            bw_assert_hook_set(NULL);                                       \
            signal(SIGILL, SIG_DFL);                                        \
            signal(SIGTRAP, SIG_DFL);                                       \
            statement;                                                      \
            _exit(0);                                                       \
        }                                                                   \
        int check_status = 0;                                               \
        assert_int_equal(waitpid(check_pid, &check_status, 0), check_pid);  \
        assert_true(WIFSIGNALED(check_status));                             \
    } while (0)

static void check_assert_print(const char *file, int line, const char *text)
{
    fflush(stdout);
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, text);
}

__attribute__((constructor)) static void check_assert_install(void)
{
    bw_assert_hook_set(check_assert_print);
}

#endif
