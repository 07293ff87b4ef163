/* exposure_shard.h - the records of a part of the paths in a file, and one result of the files of all parts.

       exposure --all --shard 1/2 --out FILE ─┐
       exposure --all --shard 2/2 --out FILE ─┴─ merge ──> records added, the same result as of one run

   File      head (bw_stress_shard with a magic of its own: its hash is of all that follows up to the facts), how many accounts, then by
             account number: ids, standings, records, bins, names of 32 bytes; then the facts as one JSON object, then a sum of all
             that. Little-endian. 256 bytes an account */
#ifndef BW_APP_EXPOSURE_SHARD_H
#define BW_APP_EXPOSURE_SHARD_H

#include "app/exposure_write.h"

/* Paths first .. first + facts->paths - 1 of `total`. False: it cannot be written. */
bool app_exposure_shard_write(FILE *stream, const app_exposure_crowd *crowd, const bw_exposure_facts *facts, uint64_t first,
                              uint64_t total);

/* Whether the file begins as one. */
bool app_exposure_shard_is(const char *path);
/* One result of the files (the list ends with NULL). The json output is opened here, and dropped if there is no result. */
app_exit app_exposure_shards_merge(const char *const *paths, const char *json, const char *fail_if, int64_t begin_ns);

#endif
