#!/bin/sh
#SBATCH --job-name=breakwater
#SBATCH --cpus-per-task=1
#SBATCH --output=breakwater-%A-%a.log
# slurm-stress.sh - one shard of a stress run, as one task of a Slurm job array.
#
#   sbatch --array=1-64 scripts/slurm-stress.sh 64 FOLDER STORY [OPTIONS of 'breakwater stress']
#
# plays 64 shards into FOLDER/1-of-64.shard and so on; when all are there:
#
#   breakwater merge FOLDER/*.shard --json result.json
#
# A shard's file is written whole or not at all, and one that is there is not played again: the same line, or
# --array=7,12, plays what is missing. Environment: BREAKWATER (the program; breakwater), SLURM_ARRAY_TASK_ID,
# SLURM_CPUS_PER_TASK (processes of one shard; 1). docs/cluster.md says more.
set -u
usage() {
    echo "slurm-stress.sh: found $1, expected SHARDS FOLDER STORY [OPTIONS] in a job array of numbers 1 to SHARDS" >&2
    exit 2
}

[ $# -ge 3 ] || usage "$# words"
shards=$1
folder=$2
shift 2
number=${SLURM_ARRAY_TASK_ID:-}
case $shards in '' | *[!0-9]*) usage "'$shards' shards" ;; esac
case $number in '' | *[!0-9]*) usage "'$number' as SLURM_ARRAY_TASK_ID" ;; esac
{ [ "$number" -ge 1 ] && [ "$number" -le "$shards" ]; } || usage "shard $number of $shards"

file=$folder/$number-of-$shards.shard
if [ -e "$file" ]; then
    echo "$file is there"
    exit 0
fi
mkdir -p "$folder" || exit 5
exec "${BREAKWATER:-breakwater}" stress "$@" --threads "${SLURM_CPUS_PER_TASK:-1}" --shard "$number/$shards" --out "$file"
