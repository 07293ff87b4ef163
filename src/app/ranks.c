#include "app/ranks.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/message.h"
#include "app/signals.h"
#include "base/hash.h"
#include "cluster/cluster.h"

/* The commands that split their paths; any other runs as often as it is started. */
static const char *const SPLITTING[] = {"stress", "fund", NULL};

static struct {
    bool joined;                     /* a step has been made in the command */
    bool over;                       /* no step is made any more: the ranks meet at the end */
    bool told;                       /* ... because another rank has failed: what this one says of it is no news */
    char message[2048];              /* what this rank had to say, and did not */
    const char *why;
} ranks;

enum { END = 1 };                    /* the print of the last step: no hash is 1 */
static const char DIFFERENT[] = "the ranks have different stories or files, expected the same on all machines";

uint32_t app_ranks_rank(void)
{
    return bw_cluster_rank();
}

uint32_t app_ranks_size(void)
{
    return bw_cluster_size();
}

const char *app_ranks_message(void)
{
    return ranks.why;
}

bool app_ranks_keeps(const char *message)
{
    if (bw_cluster_rank() > 0 && ranks.message[0] == 0)
        snprintf(ranks.message, sizeof ranks.message, "%s", message);
    return bw_cluster_rank() > 0 || ranks.told;
}

uint64_t app_ranks_count(uint64_t count)
{
    uint64_t rank = bw_cluster_rank();
    return count > rank ? (count - rank - 1) / bw_cluster_size() + 1 : 0;
}

uint64_t app_ranks_piece(uint64_t own)
{
    return bw_cluster_rank() + own * bw_cluster_size();
}

void app_ranks_share(void *records, size_t record_size, uint64_t count)
{
    bw_cluster_share(records, record_size, count);
}

/* ---- steps ---- */

bool app_ranks_step(uint64_t print, bool failed)
{
    enum { MOST, LEAST, FAILED, STOPPED, COUNT };
    if (bw_cluster_size() == 1 || ranks.over)
        return bw_cluster_size() == 1;
    int64_t value = (int64_t)print, all[COUNT] = {value, ~value, failed, app_interrupted != 0};
    bw_cluster_highest(all, COUNT);
    bool together = all[MOST] == ~all[LEAST];
    ranks.joined |= together && print != END;
    ranks.over = all[FAILED] || !together;
    ranks.told = all[FAILED] && !failed;
    if (all[STOPPED])
        app_interrupted = 1;
    ranks.why = all[FAILED] ? "another rank failed" : DIFFERENT;
    if (!all[FAILED] && all[STOPPED])
        ranks.why = NULL;            /* one has seen Ctrl-C between two steps, and is at its end */
    return !ranks.over;
}

/* A rank's own failure, and not the news of another's. */
static bool failing(app_exit end)
{
    return end != APP_DONE && end != APP_BREACHED && (end != APP_INTERRUPTED || !ranks.joined);
}

/* All ranks take the code of the first that failed, or that of rank 0; rank 0 says what that one could not. */
static app_exit settle(app_exit end, bool own)
{
    struct { int32_t end; char text[sizeof ranks.message]; } news = {.end = (int32_t)end};
    int64_t first = own ? (int64_t)bw_cluster_size() - bw_cluster_rank() : 0;
    bw_cluster_highest(&first, 1);
    uint32_t from = first > 0 ? bw_cluster_size() - (uint32_t)first : 0;
    memcpy(news.text, ranks.message, sizeof news.text);
    bw_cluster_spread(&news, sizeof news, from);
    if (bw_cluster_rank() == 0 && from > 0 && news.text[0]) {
        char text[sizeof news.text + 64];
        snprintf(text, sizeof text, "%s, on rank %u of %u", news.text, from, bw_cluster_size());
        ranks.told = false;          /* it may be said now */
        app_say_at((app_exit)news.end, text);
    }
    return (app_exit)news.end;
}

app_exit app_ranks_end(app_exit end)
{
    if (bw_cluster_size() == 1)
        return end;
    bool own = failing(end) && !ranks.told;
    if (!ranks.over && !app_ranks_step(END, own) && !own && !ranks.told && ranks.why != NULL) {
        own = true;
        end = app_say(APP_SYSTEM, "%s", ranks.why);
    }
    end = settle(end, own);
    bw_cluster_end();
    return end;
}

/* ---- begin ---- */

static bool splits(const char *command)
{
    for (size_t i = 0; SPLITTING[i] != NULL; i++)
        if (strcmp(command, SPLITTING[i]) == 0)
            return true;
    return false;
}

static uint64_t print_of(int argc, char **argv)
{
    uint64_t print = (uint64_t)argc;
    for (int i = 0; i < argc; i++)
        print = bw_hash64(argv[i], strlen(argv[i]), print);
    return print;
}

app_exit app_ranks_begin(int argc, char **argv)
{
    char message[1024];
    uint32_t rank, size = bw_cluster_started(&rank);
    if (size == 1 || !splits(argv[0]))
        return APP_DONE;
    if (size == UINT32_MAX)
        return rank > 0 ? APP_SYSTEM : app_say(APP_SYSTEM, "%s: found mpirun of Open MPI, expected that of MPICH", argv[0]);
    if (!bw_cluster_begin(BW_MODULES, message, sizeof message))
        return rank > 0 ? APP_SYSTEM : app_say(APP_SYSTEM, "%s: %s", argv[0], message);
    if (bw_cluster_rank() > 0 && freopen("/dev/null", "w", stdout) == NULL)
        return app_say(APP_SYSTEM, "/dev/null cannot be written");
    if (!app_ranks_step(print_of(argc, argv), false))
        return app_say(APP_USAGE, "%s: found other command lines on other ranks, expected the same", argv[0]);
    ranks.joined = false;
    return APP_DONE;
}
