/* mpi.c - the module: the calls of module.h, made with MPI. Nothing else of the program includes mpi.h. */
#include <mpi.h>
#include <time.h>

#include "cluster/module.h"

extern const bw_cluster_calls bw_cluster_module;

static int own, all;

static void begin(uint32_t *rank, uint32_t *size)
{
    MPI_Init(NULL, NULL);
    MPI_Comm_rank(MPI_COMM_WORLD, &own);
    MPI_Comm_size(MPI_COMM_WORLD, &all);
    *rank = (uint32_t)own;
    *size = (uint32_t)all;
}

/* MPI_Wait would turn in a loop. Short waits are asked often, long ones every millisecond. */
static void wait_for(MPI_Request request)
{
    int done = 0;
    for (long nap_ns = 1000; MPI_Test(&request, &done, MPI_STATUS_IGNORE) == MPI_SUCCESS && !done;) {
        nanosleep(&(struct timespec){.tv_nsec = nap_ns}, NULL);
        nap_ns = nap_ns < 500000 ? 2 * nap_ns : 1000000;
    }
}

static void highest(int64_t *values, uint32_t count)
{
    MPI_Request request;
    MPI_Iallreduce(MPI_IN_PLACE, values, (int)count, MPI_INT64_T, MPI_MAX, MPI_COMM_WORLD, &request);
    wait_for(request);
}

/* Each rank in turn spreads its own records from where they stand to where they belong. */
static void share_some(void *records, size_t record_size, uint64_t count)
{
    MPI_Datatype record, every;
    MPI_Type_contiguous((int)record_size, MPI_BYTE, &record);
    for (int rank = 0; rank < all && (uint64_t)rank < count; rank++) {
        int records_of = (int)((count - (uint64_t)rank - 1) / (uint64_t)all + 1);
        MPI_Type_vector(records_of, 1, all, record, &every);
        MPI_Type_commit(&every);
        MPI_Bcast((char *)records + (size_t)rank * record_size, 1, every, rank, MPI_COMM_WORLD);
        MPI_Type_free(&every);
    }
    MPI_Type_free(&record);
}

/* In messages that MPI has the numbers for: of at most 64 MiB. */
static void share(void *records, size_t record_size, uint64_t count)
{
    uint64_t some = ((UINT64_C(64) << 20) / record_size + 1) * (uint64_t)all;
    for (uint64_t first = 0; first < count; first += some)
        share_some((char *)records + first * record_size, record_size, count - first < some ? count - first : some);
}

static void spread(void *bytes, size_t size, uint32_t from)
{
    MPI_Bcast(bytes, (int)size, MPI_BYTE, (int)from, MPI_COMM_WORLD);
}

static void end(void)
{
    MPI_Finalize();
}

const bw_cluster_calls bw_cluster_module = {BW_CLUSTER_VERSION, begin, highest, share, spread, end};
