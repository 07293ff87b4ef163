/* fuzz_command.c - libFuzzer target: bytes are commands for a venue (commands.h); after every accepted one everything
   that must hold is asked, after every refused one the block must be the same. */
#include "commands.h"
#include "witness.h"

typedef struct prepared {
    world world;
    lab lab;
    witness seen;
    void *memory;                        /* the block as it was set up */
} prepared;

static prepared worlds[FUZZ_WORLDS];

static void prepare(void *context, const bw_command *command)
{
    prepared *p = context;
    bw_status status = lab_send(&p->lab, command);
    witness_command(&p->seen, &p->lab, command, status);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    setenv("CMOCKA_TEST_ABORT", "1", 1);
    for (uint32_t i = 0; i < FUZZ_WORLDS; i++) {
        prepared *p = &worlds[i];
        world_new(&p->world, i);
        lab_new(&p->lab, &p->world.limits);
        world_setup(&p->world, prepare, p);
        p->memory = malloc(p->lab.footprint);
        memcpy(p->memory, p->lab.memory, p->lab.footprint);
    }
    return 0;
}

typedef struct reader {
    const uint8_t *bytes;
    size_t left;
} reader;

static uint32_t byte(reader *r)
{
    return r->left ? (r->left--, *r->bytes++) : 0;
}

static void bytes(reader *r, void *to, size_t size)
{
    size_t n = size < r->left ? size : r->left;
    memcpy(to, r->bytes, n);
    r->bytes += n;
    r->left -= n;
}

/* The next command, in *c; false at the end of the bytes. */
static bool next(reader *r, prepared *p, int64_t *time_ns, world_command *c)
{
    uint32_t type = byte(r), account = byte(r), step = byte(r), entries = byte(r) % (FUZZ_ENTRIES + 1u);
    uint32_t size = fuzz_size(type, entries);
    if (r->left == 0)
        return false;
    memset(c, 0, 4096);
    if (type >= FUZZ_RAW) {
        bytes(r, c, 256);
        if (c->header.type == BW_COMMAND_WORK && c->header.size == sizeof(bw_command_work))
            c->header.type = 0;          /* work belongs to lab_send */
        return true;
    }
    bytes(r, (char *)c + sizeof(bw_command), size ? size - sizeof(bw_command) : 0);
    *time_ns += (int64_t)step * step;
    c->header = (bw_command){.size = size, .type = (uint16_t)type, .version = 1, .time_ns = *time_ns};
    c->header.account = account == 255u ? 0 : world_account_id(account);
    if (type == BW_COMMAND_TRADES)
        c->trades.count = entries;
    if (type == BW_COMMAND_MARKS)
        c->marks.count = entries;
    if (type == BW_COMMAND_LIQUIDATE)
        c->liquidate.count = entries;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint32_t work[] = {4096, 1, 3, 50};
    static world_command c;
    reader r = {data, size};
    prepared *p = &worlds[byte(&r) % FUZZ_WORLDS];
    uint32_t knobs = byte(&r);
    witness seen = p->seen;
    int64_t time_ns = p->world.time_ns;
    memcpy(p->lab.memory, p->memory, p->lab.footprint);
    bw_venue_tune(p->lab.venue, work[knobs % 4u], (bw_split)(knobs / 4u % 3u));
    for (uint32_t i = 0; i < FUZZ_COMMANDS && next(&r, p, &time_ns, &c); i++) {
        lab_says("command %u (%s)", i, bw_command_word(c.header.type));
        bw_status status = lab_send(&p->lab, &c.header);
        witness_command(&seen, &p->lab, &c.header, status);
        time_ns = c.header.time_ns > time_ns && status == BW_OK ? c.header.time_ns : time_ns;
    }
    return 0;
}
