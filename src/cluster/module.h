/* module.h - what stands between the program and the module that knows MPI: a table of calls under one name.

   The module is made with the program and never apart from it; `version` is checked so that one left over from another
   installation is told and not called. */
#ifndef BW_CLUSTER_MODULE_H
#define BW_CLUSTER_MODULE_H

#include <stddef.h>
#include <stdint.h>

#define BW_CLUSTER_MODULE "breakwater-mpi.so"
#define BW_CLUSTER_SYMBOL "bw_cluster_module"
enum { BW_CLUSTER_VERSION = 1 };

typedef struct bw_cluster_calls {
    uint32_t version;                /* BW_CLUSTER_VERSION */
    void (*begin)(uint32_t *rank, uint32_t *size);
    void (*highest)(int64_t *values, uint32_t count);
    void (*share)(void *records, size_t record_size, uint64_t count);
    void (*spread)(void *bytes, size_t size, uint32_t from);
    void (*end)(void);
} bw_cluster_calls;

#endif
