/* types.h - the only integer names of the project are those of <stdint.h>; this header brings
   them, bool and size_t, and refuses machines on which the bytes of the state would differ.

   Errors    a compile-time error unless little-endian and 64-bit */
#ifndef BW_BASE_TYPES_H
#define BW_BASE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Breakwater is little-endian only: its state, snapshots and hashes are raw memory"
#endif
_Static_assert(sizeof(void *) == 8 && sizeof(size_t) == 8, "Breakwater is 64-bit only");
_Static_assert((-1 >> 1) == -1, "shifting a negative integer right must keep its sign");

#endif
