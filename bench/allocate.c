/* allocate.c - bench: bw_allocate against the sorting reference of tests/allocate.

       bench-allocate [COUNT [RUNS [SEED]]]

   A line per rule and book: best and median nanoseconds, passes over the payers, hash of the
   charges; then the twin NAME-reference with the same hash. Exit 1 if a hash differs. One thread.

   Books: "spread" weights over 40 binary orders, caps from 0 to twice the weight, half of which
   bind; "loose" the same weights, no cap binds; "equal" equal weights: every remainder is a tie. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "allocate/reference.h"
#include "base/hash.h"
#include "base/random.h"

typedef struct {
    int64_t *weight;
    int64_t *cap;
    int64_t *rank;
    int64_t *factor;
    uint64_t *id;
    int64_t *charge;
    uint32_t count;
    int64_t budget;
} book;

static int64_t now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void *array_new(uint32_t count)
{
    void *memory = calloc((size_t)count + 1, sizeof(int64_t));
    if (!memory) {
        fputs("bench-allocate: no memory\n", stderr);
        exit(5);
    }
    return memory;
}

static book book_new(const char *kind, uint32_t count, uint64_t seed)
{
    book b = {array_new(count), array_new(count), array_new(count), array_new(count),
              array_new(count), array_new(count), count, 0};
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        bw_random_block one = bw_random_block_at(seed, 1, i);
        bw_random_block two = bw_random_block_at(seed, 2, i);
        uint64_t weight = one.word[0] >> (24 + one.word[1] % 40);
        b.weight[i] = strcmp(kind, "equal") == 0 ? 1000000 : (int64_t)weight;
        uint64_t cap = (uint64_t)b.weight[i] * (two.word[0] >> 44) >> 19;  /* 0 to 2 x weight */
        b.cap[i] = strcmp(kind, "spread") == 0 ? (int64_t)cap : b.weight[i] * 4;
        b.rank[i] = (int64_t)(two.word[1] >> 2);
        b.factor[i] = (int64_t)(1 + two.word[0] % 100);
        b.id[i] = i + 1;
        sum += (uint64_t)b.cap[i];
    }
    /* Not a round part of the sum: that would make remainders equal, which is what "equal" is for. */
    b.budget = (int64_t)(sum / 1000003 * (strcmp(kind, "spread") == 0 ? 500000 : 95491));
    return b;
}

static void book_free(book *b)
{
    free(b->weight);
    free(b->cap);
    free(b->rank);
    free(b->factor);
    free(b->id);
    free(b->charge);
}

static int by_value(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;
    return (*a > *b) - (*a < *b);
}

static uint32_t run_once(bw_allocate_rule rule, const book *b, bw_allocation_scratch *scratch)
{
    bw_payers payers = {b->weight, b->cap, b->rank, b->factor, b->id, b->count};
    bw_allocation machine;
    bw_allocate_begin(&machine, rule, BW_ALLOCATE_LARGEST_REMAINDER, b->budget, b->count);
    uint32_t units;
    do
        units = UINT32_MAX;
    while (!bw_allocate_run(&machine, scratch, &payers, b->charge, &units));
    return machine.pass_count;
}

static uint64_t charge_hash(const book *b)
{
    return bw_hash64(b->charge, b->count * sizeof *b->charge, 0);
}

static int measure(bw_allocate_rule rule, const char *kind, const book *b, uint32_t run_count)
{
    static bw_allocation_scratch scratch;
    int64_t *ns = array_new(run_count);
    uint32_t passes = 0;
    for (uint32_t run = 0; run < run_count; run++) {
        int64_t start = now_ns();
        passes = run_once(rule, b, &scratch);
        ns[run] = now_ns() - start;
    }
    qsort(ns, run_count, sizeof *ns, by_value);
    uint64_t hash = charge_hash(b);
    const char *name = bw_allocate_rule_name(rule);
    printf("%s-%s count %u best_ns %lld median_ns %lld passes %u result_hash %016llx\n", name, kind,
           b->count, (long long)ns[0], (long long)ns[run_count / 2], passes,
           (unsigned long long)hash);
    bw_payers payers = {b->weight, b->cap, b->rank, b->factor, b->id, b->count};
    int64_t start = now_ns();
    reference_allocate(rule, b->budget, &payers, b->charge);
    long long reference_ns = now_ns() - start;
    printf("%s-%s-reference count %u best_ns %lld result_hash %016llx\n", name, kind, b->count,
           reference_ns, (unsigned long long)charge_hash(b));
    free(ns);
    return hash != charge_hash(b);
}

int main(int argc, char **argv)
{
    uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
    uint32_t run_count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 15;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 20251010;
    if (count > BW_ALLOCATE_COUNT_MAX || run_count == 0) {
        fputs("bench-allocate: at most 16777216 payers, at least one run\n", stderr);
        return 2;
    }
    static const char *const kinds[] = {"loose", "spread", "equal"};
    int failed = 0;
    printf("seed %llu runs %u threads 1\n", (unsigned long long)seed, run_count);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        book b = book_new(kinds[k], count, seed);
        for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++)
            failed |= measure((bw_allocate_rule)rule, kinds[k], &b, run_count);
        book_free(&b);
    }
    return failed;
}
