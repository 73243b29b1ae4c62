// What number formats hold.
#ifndef PHASEMAP_WEIGHT_FREE_COUNTS
#define PHASEMAP_WEIGHT_FREE_COUNTS
#include "weight_free_walk.h"

// Entries outside bounds of both signs; NaN is outside. The 8-bit grid has one step more below.
template <int M, int T>
METHOD void Walk<M, T>::count(const float v[ROWS][4], int row, int (&counts)[BOUNDS]) const {
#pragma unroll 1
  for (int bound = 0; bound < BOUNDS; bound++) {
    float high = sh->bounds[bound], low = bound == BOUNDS - 1 ? sh->lowest : -high;
    int outside = 0;
#pragma unroll
    for (int r = 0; r < ROWS; r++)
#pragma unroll
      for (int j = 0; j < 4; j++)
        outside += row + Rows::step(r) < n && is_input(column + j) && !(v[r][j] >= low && v[r][j] <= high);
#pragma unroll
    for (int k = 0; k < BOUNDS; k++) counts[k] += k == bound ? outside : 0;
  }
}

template <int M, int T>
METHOD float Walk<M, T>::largest(const float h[ROWS][4], float largest) const {
#pragma unroll
  for (int r = 0; r < ROWS; r++)
#pragma unroll
    for (int j = 0; j < 4; j++) {
      float size = is_input(column + j) ? fabsf(h[r][j]) : 0;
      largest = size > largest ? size : largest;
    }
  return largest;
}

template <int M, int T>
METHOD void Walk<M, T>::set_step(float largest) const {
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2) {
    float other = shuffle_xor(largest, mask);
    largest = other > largest ? other : largest;
  }
  SYNC();
  if (tid % 32 == 0) sh->partial[tid / 32] = largest;
  SYNC();
  if (tid == 0) {
    for (int w = 0; w < T / 32; w++) largest = (float)sh->partial[w] > largest ? (float)sh->partial[w] : largest;
    double step = largest / 127.0;
    sh->bounds[BOUNDS - 2] = (float)(0.5 * step);
    sh->bounds[BOUNDS - 1] = (float)(127 * step);
    sh->lowest = (float)(-128 * step);
  }
  SYNC();
}
#endif
