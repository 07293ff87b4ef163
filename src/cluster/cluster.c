/* cluster.c - finds out how the program was started, and loads MPI if it has to. */
#include "cluster/cluster.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cluster/module.h"

static struct {
    const bw_cluster_calls *calls;   /* NULL: alone */
    uint32_t rank, size;
} cluster = {.size = 1};

static bool number_of(const char *name, uint32_t *value)
{
    const char *text = getenv(name);
    char *end;
    if (text == NULL || *text < '0' || *text > '9')
        return false;
    unsigned long number = strtoul(text, &end, 10);
    *value = (uint32_t)number;
    return *end == 0 && number < UINT32_MAX;
}

uint32_t bw_cluster_started(uint32_t *rank)
{
    uint32_t size;
    *rank = 0;
    if (number_of("PMI_SIZE", &size) && number_of("PMI_RANK", rank) && size > 0)
        return size;
    if (number_of("OMPI_COMM_WORLD_SIZE", &size) && number_of("OMPI_COMM_WORLD_RANK", rank) && size > 1)
        return UINT32_MAX;
    return 1;
}

/* ---- the module ---- */

/* The folder that the program's file is in; "" if that cannot be told. */
static void own_folder(char path[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    char *slash = strrchr(path, '/');
    if (slash != NULL)
        *slash = 0;
}

/* From the program's own folder if it is there, as where it was built, else from that of the installed library. */
static void *load(const char *installed, char *message, size_t size)
{
    char folder[PATH_MAX], path[PATH_MAX + sizeof BW_CLUSTER_MODULE + 1];
    own_folder(folder);
    snprintf(path, sizeof path, "%s/%s", folder, BW_CLUSTER_MODULE);
    if (access(path, F_OK) != 0)
        snprintf(path, sizeof path, "%s/%s", installed, BW_CLUSTER_MODULE);
    if (access(path, F_OK) != 0) {
        snprintf(message, size, "found no %s, expected it in %s: this breakwater was built without MPI", BW_CLUSTER_MODULE,
                 installed);
        return NULL;
    }
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL)
        snprintf(message, size, "%s does not load: %s", path, dlerror());
    return module;
}

/* UCX, which carries the bytes of MPICH on Debian, would patch mmap and madvise of the whole process and catch its faults. The
   program forks, and gives pages back for every path, none of which is ever sent: it wants neither. It also writes its messages
   to stdout, where the result goes. It reads this when it is loaded. */
static void quieten_transport(void)
{
    setenv("UCX_MEM_MMAP_HOOK_MODE", "none", 0);
    setenv("UCX_HANDLE_ERRORS", "none", 0);
    setenv("UCX_LOG_FILE", "stderr", 0);
    setenv("UCX_WARN_UNUSED_ENV_VARS", "n", 0);
}

bool bw_cluster_begin(const char *installed, char *message, size_t size)
{
    quieten_transport();
    void *module = load(installed, message, size);
    if (module == NULL)
        return false;
    const bw_cluster_calls *calls = dlsym(module, BW_CLUSTER_SYMBOL);
    if (calls == NULL || calls->version != BW_CLUSTER_VERSION) {
        snprintf(message, size, "found another %s, expected that of this breakwater", BW_CLUSTER_MODULE);
        return false;
    }
    cluster.calls = calls;
    calls->begin(&cluster.rank, &cluster.size);
    return true;
}

/* ---- calls ---- */

uint32_t bw_cluster_rank(void)
{
    return cluster.rank;
}

uint32_t bw_cluster_size(void)
{
    return cluster.size;
}

void bw_cluster_highest(int64_t *values, uint32_t count)
{
    if (cluster.calls != NULL)
        cluster.calls->highest(values, count);
}

void bw_cluster_share(void *records, size_t record_size, uint64_t count)
{
    if (cluster.calls != NULL)
        cluster.calls->share(records, record_size, count);
}

void bw_cluster_spread(void *bytes, size_t size, uint32_t from)
{
    if (cluster.calls != NULL)
        cluster.calls->spread(bytes, size, from);
}

void bw_cluster_end(void)
{
    if (cluster.calls != NULL)
        cluster.calls->end();
    cluster.calls = NULL;
}
