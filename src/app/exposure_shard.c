#include "app/exposure_shard.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/paths.h"
#include "app/signals.h"
#include "app/stress_result.h"
#include "base/assert.h"

enum { PARTS_MAX = 4096, NAME_BYTES = 32 };
#define MAGIC "BWEXPO\0\1"

typedef struct {
    bw_stress_shard head;
    uint64_t accounts, reserved[7];
} file_head;
BW_STATIC_ASSERT(sizeof(file_head) == 128, "a shard's head has no padding");

/* What stands behind the head, by account number. */
typedef struct {
    const uint64_t *ids;
    const bw_exposure_standing *standings;
    const bw_exposure_record *records;
    const bw_exposure_bins *bins;
    const char (*names)[NAME_BYTES];
} body;

static uint64_t body_size(uint64_t accounts)
{
    return accounts * (sizeof(uint64_t) + sizeof(bw_exposure_standing) + sizeof(bw_exposure_record) + sizeof(bw_exposure_bins) +
                       NAME_BYTES);
}

static uint64_t who_hash(const body *of, uint64_t accounts)
{
    uint64_t hash = bw_hash64(of->ids, accounts * sizeof *of->ids, accounts);
    hash = bw_hash64(of->standings, accounts * sizeof *of->standings, hash);
    return bw_hash64(of->names, accounts * sizeof *of->names, hash);
}

static uint64_t body_hash(const body *of, uint64_t accounts)
{
    uint64_t hash = bw_hash64(of->records, accounts * sizeof *of->records, who_hash(of, accounts));
    return bw_hash64(of->bins, accounts * sizeof *of->bins, hash);
}

/* Of the whole file: the head has the hash of the body. */
static uint64_t sum_of(const file_head *head, const char *text, size_t length)
{
    return bw_hash64(text, length, bw_hash64(head, sizeof *head, 0));
}

/* ---- writing ---- */

static json_t *facts_json(const bw_exposure_facts *facts)
{
    json_t *json = app_shard_facts(facts->run);
    if (json != NULL) {
        json_object_set_new(json, "counterfactual", json_integer(facts->counterfactual));
        json_object_set_new(json, "half_spread_ppb", json_integer(facts->half_spread_ppb));
    }
    return json;
}

static bool put_all(FILE *stream, const file_head *head, const body *of, const bw_exposure_facts *facts)
{
    uint64_t n = head->accounts;
    json_t *json = facts_json(facts);
    char *text = json != NULL ? json_dumps(json, JSON_COMPACT) : NULL;
    uint64_t sum = text != NULL ? sum_of(head, text, strlen(text)) : 0;
    bool good = text != NULL && fwrite(head, sizeof *head, 1, stream) == 1 && fwrite(of->ids, sizeof *of->ids, n, stream) == n &&
                fwrite(of->standings, sizeof *of->standings, n, stream) == n &&
                fwrite(of->records, sizeof *of->records, n, stream) == n && fwrite(of->bins, sizeof *of->bins, n, stream) == n &&
                fwrite(of->names, sizeof *of->names, n, stream) == n && fputs(text, stream) >= 0 &&
                fwrite(&sum, sizeof sum, 1, stream) == 1;
    free(text);
    json_decref(json);
    return good;
}

bool app_exposure_shard_write(FILE *stream, const app_exposure_crowd *crowd, const bw_exposure_facts *facts, uint64_t first,
                              uint64_t total)
{
    uint64_t n = crowd->book->account_count;
    uint64_t *ids = calloc(n, sizeof *ids);
    char (*names)[NAME_BYTES] = calloc(n, NAME_BYTES);
    bool good = ids != NULL && names != NULL;
    for (uint32_t i = 0; good && i < n; i++) {
        ids[i] = crowd->id_of(crowd->context, i);
        snprintf(names[i], NAME_BYTES, "%s", crowd->name_of(crowd->context, ids[i]));
    }
    if (good) {
        const body of = {ids, crowd->book->standings, crowd->records, crowd->bins, (const char (*)[NAME_BYTES])names};
        file_head head = {.head = {.seed = facts->run->seed, .settings_hash = facts->run->settings_hash,
                                   .horizon_ns = facts->run->horizon_ns, .first = first, .count = facts->paths, .total = total,
                                   .outcomes_hash = body_hash(&of, n)}, .accounts = n};
        memcpy(head.head.magic, MAGIC, sizeof head.head.magic);
        good = put_all(stream, &head, &of, facts);
    }
    free(ids);
    free(names);
    return good;
}

/* ---- reading ---- */

typedef struct {
    const char *path;
    void *bytes;
    size_t size;
    const file_head *head;
    body body;
    json_t *facts;
} part;

bool app_exposure_shard_is(const char *path)
{
    char magic[8];
    FILE *stream = fopen(path, "rb");
    bool is = stream != NULL && fread(magic, sizeof magic, 1, stream) == 1 && memcmp(magic, MAGIC, sizeof magic) == 0;
    if (stream != NULL)
        fclose(stream);
    return is;
}

static bool map_file(part *to)
{
    struct stat found;
    int file = open(to->path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && fstat(file, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > 0;
    to->size = good ? (size_t)found.st_size : 0;
    to->bytes = good ? mmap(NULL, to->size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
    if (file >= 0)
        close(file);
    if (to->bytes == MAP_FAILED)
        to->bytes = NULL;
    return to->bytes != NULL;
}

static void lay_out(part *to)
{
    uint64_t n = to->head->accounts;
    const char *at = (const char *)to->bytes + sizeof *to->head;
    to->body.ids = (const void *)at;
    to->body.standings = (const void *)(at += n * sizeof(uint64_t));
    to->body.records = (const void *)(at += n * sizeof(bw_exposure_standing));
    to->body.bins = (const void *)(at += n * sizeof(bw_exposure_record));
    to->body.names = (const void *)(at + n * sizeof(bw_exposure_bins));
}

/* Whatever the file holds: names end, ids are in range. */
static bool sound(const part *of, uint64_t accounts)
{
    for (uint64_t i = 0; i < accounts; i++)
        if (of->body.ids[i] == 0 || of->body.ids[i] > accounts || of->body.names[i][NAME_BYTES - 1] != 0 ||
            of->body.standings[i].is_short > 1 || of->body.standings[i].is_trader > 1)
            return false;
    return true;
}

static app_exit read_part(part *to)
{
    uint64_t sum;
    if (!map_file(to))
        return app_say(APP_INPUT, "%s: found no file that can be read, expected a shard of 'breakwater exposure'", to->path);
    to->head = to->bytes;
    if (to->size < sizeof *to->head || memcmp(to->head->head.magic, MAGIC, sizeof to->head->head.magic) != 0)
        return app_say(APP_INPUT, "%s: found another file, expected a shard of 'breakwater exposure'", to->path);
    uint64_t accounts = to->head->accounts;
    if (accounts == 0 || accounts > BW_TABLE_COUNT_MAX || body_size(accounts) + sizeof sum > to->size - sizeof *to->head)
        return app_say(APP_INPUT, "%s: found %zu bytes, expected %llu accounts: the file is not whole", to->path, to->size,
                       (unsigned long long)accounts);
    lay_out(to);
    const char *text = (const char *)to->bytes + sizeof *to->head + body_size(accounts);
    size_t length = to->size - sizeof sum - (size_t)(text - (const char *)to->bytes);
    memcpy(&sum, text + length, sizeof sum);
    if (sum != sum_of(to->head, text, length) || to->head->head.outcomes_hash != body_hash(&to->body, accounts) || !sound(to, accounts))
        return app_say(APP_INPUT, "%s: found bytes that do not have the sum at its end, expected a whole shard: cut or damaged", to->path);
    to->facts = json_loadb(text, length, 0, NULL);
    return to->facts != NULL ? APP_DONE : app_say(APP_INPUT, "%s: found no facts behind the records, expected a JSON object", to->path);
}

/* ---- merging ---- */

typedef struct {
    part *parts;
    uint32_t count;
    bw_exposure_book book;
    bw_table_slot *slots;
    bw_exposure_record *records;
    bw_exposure_bins *bins;
} merging;

static uint64_t id_of(const void *context, uint32_t number)
{
    return ((const merging *)context)->parts[0].body.ids[number];
}

static const char *name_of(const void *context, uint64_t id)
{
    const merging *of = context;
    uint32_t number;
    return bw_exposure_find(&of->book, id, &number) ? of->parts[0].body.names[number] : "";
}

/* Heads as those of stress shards: seed, settings, horizon, total, and every path in just one. */
static app_exit fit(const merging *of)
{
    char message[512];
    const part *first = &of->parts[0];
    bw_stress_part *heads = calloc(of->count, sizeof *heads);
    app_exit end = heads != NULL ? APP_DONE : app_say(APP_SYSTEM, "no memory for the shards");
    for (uint32_t i = 0; end == APP_DONE && i < of->count; i++) {
        const part *at = &of->parts[i];
        heads[i] = (bw_stress_part){.shard = &at->head->head, .name = at->path};
        if (at->head->accounts != first->head->accounts || !json_equal(at->facts, first->facts) ||
            who_hash(&at->body, at->head->accounts) != who_hash(&first->body, first->head->accounts))
            end = app_say(APP_INPUT, "%s: found a shard of another run, expected one of that of %s", at->path, first->path);
    }
    if (end == APP_DONE && !bw_stress_shards_fit(heads, of->count, message, sizeof message))
        end = app_say_at(APP_INPUT, message);
    free(heads);
    return end;
}

/* The records of all; false: no memory. */
static bool add_up(merging *of)
{
    const part *first = &of->parts[0];
    uint32_t accounts = (uint32_t)first->head->accounts;
    of->slots = calloc(1, bw_table_footprint(accounts));
    of->records = calloc(accounts, sizeof *of->records);
    of->bins = calloc(accounts, sizeof *of->bins);
    if (of->slots == NULL || of->records == NULL || of->bins == NULL)
        return false;
    of->book = (bw_exposure_book){.account_count = accounts, .slots = of->slots, .standings = (void *)(uintptr_t)first->body.standings};
    bw_table_new(&of->book.table, of->slots, accounts);
    for (uint32_t i = 0; i < accounts; i++)
        bw_table_insert(&of->book.table, of->slots, first->body.ids[i], i);
    for (uint32_t p = 0; p < of->count; p++)
        for (uint32_t i = 0; i < accounts; i++)
            bw_exposure_merge(&of->records[i], &of->bins[i], &of->parts[p].body.records[i], &of->parts[p].body.bins[i]);
    return true;
}

static app_exit tell(merging *of, const app_exposure_outputs *outputs)
{
    static const char *markets[BW_MARKETS_MAX];
    const part *first = &of->parts[0];
    bw_stress_facts run;
    json_int_t counterfactual, half_spread;
    if (!app_shard_facts_read(first->facts, &first->head->head, &run, markets) ||
        json_unpack(first->facts, "{s:I, s:I}", "counterfactual", &counterfactual, "half_spread_ppb", &half_spread) != 0 ||
        counterfactual < 0 || counterfactual >= BW_EXPOSURE_COUNTERFACTUALS || first->head->head.total == 0 ||
        first->head->head.total > APP_PATHS_MAX)
        return app_say(APP_INPUT, "%s: found other facts, expected those that 'breakwater exposure' writes", first->path);
    if (!add_up(of))
        return app_say(APP_SYSTEM, "no memory for the records");
    bw_exposure_facts facts = {.run = &run, .paths = first->head->head.total, .counterfactual = (uint32_t)counterfactual,
                               .half_spread_ppb = half_spread};
    facts.hash = app_exposure_hash(of->records, of->book.account_count, facts.paths);
    const app_exposure_crowd crowd = {.book = &of->book, .records = of->records, .bins = of->bins, .id_most = of->book.account_count,
                                      .id_of = id_of, .name_of = name_of, .context = of};
    return app_exposure_tell_all(outputs, &crowd, &facts, APP_DONE);
}

static app_exit read_all(merging *of, const char *const *paths)
{
    app_exit end = APP_DONE;
    for (; end == APP_DONE && paths[of->count] != NULL; of->count++) {
        of->parts[of->count].path = paths[of->count];
        end = app_interrupted ? APP_INTERRUPTED : read_part(&of->parts[of->count]);
    }
    return end == APP_DONE ? fit(of) : end;
}

static void forget(merging *of)
{
    for (uint32_t i = 0; i < PARTS_MAX && of->parts != NULL; i++) {
        if (of->parts[i].bytes != NULL)
            munmap(of->parts[i].bytes, of->parts[i].size);
        json_decref(of->parts[i].facts);
    }
    free(of->parts);
    free(of->slots);
    free(of->records);
    free(of->bins);
}

app_exit app_exposure_shards_merge(const char *const *paths, const char *json, const char *fail_if, int64_t begin_ns)
{
    char message[256];
    bw_condition condition;
    app_output screen, file = {.stream = NULL};
    if (fail_if != NULL && !bw_exposure_condition_parse(fail_if, &condition, message, sizeof message))
        return app_say(APP_USAGE, "merge: %s", message);
    merging of = {.parts = calloc(PARTS_MAX, sizeof *of.parts)};
    const app_exposure_outputs outputs = {&screen, json != NULL ? &file : NULL, 20, fail_if, &condition, begin_ns};
    app_exit end = of.parts != NULL ? read_all(&of, paths) : app_say(APP_SYSTEM, "no memory for the shards");
    app_output_standard(&screen, json != NULL && strcmp(json, "-") == 0 ? stderr : stdout);
    if (end == APP_DONE)
        end = json == NULL || app_output_open(&file, json) ? tell(&of, &outputs) : APP_SYSTEM;
    if (end != APP_DONE && end != APP_BREACHED)
        app_output_drop(&file);
    forget(&of);
    return end;
}
