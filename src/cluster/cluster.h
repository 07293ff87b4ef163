/* cluster.h - one program started several times by mpirun: what its ranks tell each other. Opaque bytes; no type of MPI.

       mpirun -n 4 breakwater ... ──> bw_cluster_started: 4 ──> bw_cluster_begin ──> highest, share, spread ──> bw_cluster_end
       breakwater ...             ──> bw_cluster_started: 1 ──> nothing is loaded: rank 0 of 1, and nothing to tell

   MPI itself is in a module, MODULE in the program's own folder or in that of the installed library, which is loaded when it is
   needed: the program starts without it, runs where no MPI is installed, and a package need not depend on one.

   Collective   highest, share, spread and end are called by all ranks, in the same order; each waits for the last one
   Waiting      a rank that waits sleeps: on a machine with fewer cores than ranks it takes nothing from those that compute
   Errors       begin: false and a sentence. A rank that dies later ends all of them: mpirun sees to that */
#ifndef BW_CLUSTER_CLUSTER_H
#define BW_CLUSTER_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many ranks of this program were started, as mpirun says in the environment, and which one this is. 1: not by mpirun.
   UINT32_MAX: by the mpirun of another MPI, whose ranks this one cannot find. Loads nothing. */
uint32_t bw_cluster_started(uint32_t *rank);

/* `installed` is the folder of the library. False with a sentence: the module is not there or does not load. MPI itself ends the
   program where it cannot begin. */
bool bw_cluster_begin(const char *installed, char *message, size_t size);
/* 0 and 1 before bw_cluster_begin. */
uint32_t bw_cluster_rank(void);
uint32_t bw_cluster_size(void);

/* Every value becomes the highest that any rank has in its place. */
void bw_cluster_highest(int64_t *values, uint32_t count);
/* Record i stands on rank i % size; afterwards every rank has all of them. */
void bw_cluster_share(void *records, size_t record_size, uint64_t count);
/* The bytes of rank `from` go to all. */
void bw_cluster_spread(void *bytes, size_t size, uint32_t from);

/* Waits for all ranks; the program goes on alone. */
void bw_cluster_end(void);

#endif
