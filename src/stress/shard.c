/* shard.c - paths played elsewhere, put together again. */
#include "stress/result.h"

#include <string.h>

#include "metrics/page.h"

bw_stress_shard bw_stress_shard_of(const bw_stress_facts *facts, uint64_t first, uint64_t total,
                                   const bw_stress_outcome *outcomes, uint64_t count)
{
    bw_stress_shard shard = {.seed = facts->seed, .settings_hash = facts->settings_hash, .horizon_ns = facts->horizon_ns,
                             .first = first, .count = count, .total = total,
                             .outcomes_hash = bw_hash64(outcomes, count * sizeof *outcomes, 0)};
    memcpy(shard.magic, BW_STRESS_MAGIC, sizeof shard.magic);
    return shard;
}

void bw_stress_shard_range(uint64_t total, uint32_t number, uint32_t of, uint64_t *first, uint64_t *count)
{
    BW_ASSERT(number >= 1 && number <= of);
    uint64_t each = total / of, more = total % of, before = number - 1;
    *first = before * each + (before < more ? before : more);
    *count = each + (before < more);
}

/* ---------------------------------------------------------------------------------------------------------- messages */

typedef struct {
    bw_page page;
    const bw_stress_part *parts;
} complaint;

static bool say(complaint *c, const char *name, const char *text)
{
    bw_page_put(&c->page, name);
    bw_page_put(&c->page, ": ");
    bw_page_put(&c->page, text);
    bw_page_end(&c->page);
    return false;
}

/* "b: its seed is 2, that of a is 1" */
static bool say_differs(complaint *c, const bw_stress_part *part, const char *what, uint64_t here, uint64_t there, bool hex)
{
    bw_page_put(&c->page, part->name);
    bw_page_put(&c->page, ": its ");
    bw_page_put(&c->page, what);
    bw_page_put(&c->page, " is ");
    (hex ? bw_page_hex : bw_page_unsigned)(&c->page, here);
    bw_page_put(&c->page, ", that of ");
    bw_page_put(&c->page, c->parts[0].name);
    bw_page_put(&c->page, " is ");
    (hex ? bw_page_hex : bw_page_unsigned)(&c->page, there);
    bw_page_end(&c->page);
    return false;
}

static bool say_range(complaint *c, const char *before, uint64_t first, uint64_t last, const char *after)
{
    bw_page_put(&c->page, before);
    bw_page_put(&c->page, last > first ? "paths " : "path ");
    bw_page_unsigned(&c->page, first);
    if (last > first) {
        bw_page_put(&c->page, " to ");
        bw_page_unsigned(&c->page, last);
    }
    bw_page_put(&c->page, after);
    bw_page_end(&c->page);
    return false;
}

/* ------------------------------------------------------------------------------------------------------------ merge */

static bool whole(complaint *c, const bw_stress_part *part)
{
    const bw_stress_shard *s = part->shard;
    if (memcmp(s->magic, BW_STRESS_MAGIC, sizeof s->magic) != 0)
        return say(c, part->name, "found another file, expected a shard of breakwater stress");
    if (s->count > s->total || s->first > s->total - s->count)
        return say(c, part->name, "its paths lie beyond the total: damaged");
    if (s->outcomes_hash != bw_hash64(part->outcomes, s->count * sizeof *part->outcomes, 0))
        return say(c, part->name, "its outcomes do not have the hash it names: damaged");
    return true;
}

static bool same_run(complaint *c, const bw_stress_part *part)
{
    const bw_stress_shard *a = c->parts[0].shard, *b = part->shard;
    if (a->seed != b->seed)
        return say_differs(c, part, "seed", b->seed, a->seed, false);
    if (a->horizon_ns != b->horizon_ns)
        return say_differs(c, part, "horizon in ns", (uint64_t)b->horizon_ns, (uint64_t)a->horizon_ns, false);
    if (a->total != b->total)
        return say_differs(c, part, "number of paths", b->total, a->total, false);
    if (a->settings_hash != b->settings_hash)
        return say_differs(c, part, "settings hash", b->settings_hash, a->settings_hash, true);
    return true;
}

/* The part that has `path`, and is not `but`; UINT32_MAX: none. */
static uint32_t owner_of(const complaint *c, uint32_t part_count, uint64_t path, uint32_t but)
{
    for (uint32_t i = 0; i < part_count; i++)
        if (i != but && path >= c->parts[i].shard->first && path - c->parts[i].shard->first < c->parts[i].shard->count)
            return i;
    return UINT32_MAX;
}

/* The first path from `path` on that some part has; total: none. */
static uint64_t next_owned(const complaint *c, uint32_t part_count, uint64_t path)
{
    uint64_t next = c->parts[0].shard->total;
    for (uint32_t i = 0; i < part_count; i++) {
        const bw_stress_shard *s = c->parts[i].shard;
        if (s->count > 0 && s->first >= path && s->first < next)
            next = s->first;
    }
    return next;
}

/* Two parts overlap where one begins within the other. */
static bool disjoint(complaint *c, uint32_t part_count)
{
    for (uint32_t i = 0; i < part_count; i++) {
        const bw_stress_shard *s = c->parts[i].shard;
        uint32_t other = s->count > 0 ? owner_of(c, part_count, s->first, i) : UINT32_MAX;
        if (other == UINT32_MAX)
            continue;
        const bw_stress_shard *o = c->parts[other].shard;
        uint64_t a = s->first + s->count - 1, b = o->first + o->count - 1;
        bw_page_put(&c->page, c->parts[i].name);
        bw_page_put(&c->page, ": ");
        say_range(c, "", s->first, a < b ? a : b, " stand also in ");
        bw_page_put(&c->page, c->parts[other].name);
        bw_page_end(&c->page);
        return false;
    }
    return true;
}

static bool without_holes(complaint *c, uint32_t part_count)
{
    uint64_t path = 0, total = c->parts[0].shard->total;
    while (path < total) {
        uint32_t owner = owner_of(c, part_count, path, UINT32_MAX);
        if (owner == UINT32_MAX)
            return say_range(c, "", path, next_owned(c, part_count, path) - 1, ": in none of the shards");
        path = c->parts[owner].shard->first + c->parts[owner].shard->count;
    }
    return true;
}

bool bw_stress_shards_fit(const bw_stress_part *parts, uint32_t part_count, char *message, size_t size)
{
    complaint c = {.page = bw_page_open(message, size), .parts = parts};
    BW_ASSERT(part_count > 0);
    for (uint32_t i = 0; i < part_count; i++) {
        const bw_stress_shard *s = parts[i].shard;
        if (s->count > s->total || s->first > s->total - s->count)
            return say(&c, parts[i].name, "its paths lie beyond the total: damaged");
        if (!same_run(&c, &parts[i]))
            return false;
    }
    return disjoint(&c, part_count) && without_holes(&c, part_count);
}

bool bw_stress_merge(const bw_stress_part *parts, uint32_t part_count, bw_stress_outcome *outcomes, char *message, size_t size)
{
    complaint c = {.page = bw_page_open(message, size), .parts = parts};
    BW_ASSERT(part_count > 0);
    for (uint32_t i = 0; i < part_count; i++)
        if (!whole(&c, &parts[i]) || !same_run(&c, &parts[i]))
            return false;
    if (!disjoint(&c, part_count) || !without_holes(&c, part_count))
        return false;
    for (uint32_t i = 0; i < part_count; i++)
        memcpy(outcomes + parts[i].shard->first, parts[i].outcomes, parts[i].shard->count * sizeof *outcomes);
    return true;
}
