# shellcheck shell=bash
# For bash to source. glibc hands pages of freed matrices back to the system, which clears them for
# the next layer's: a seventh of the time of wide dense cells. So it may keep what a unit has at most.
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-268435456}
export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-33554432}
