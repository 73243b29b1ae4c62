// Products of a block: tiles of 64 × 64, of which each thread has 4 × 4. A sum begins at the first term and ends at the last,
// whatever the tile.
#ifndef PHASEMAP_TRAIN_PRODUCT
#define PHASEMAP_TRAIN_PRODUCT
#include "train_args.h"

// A matrix with a row for each row (or column) of the product, a column for each term. Entry (i, k) stands at k · apart + i,
// or, by terms, at i · apart + k. Rows of memory are whole fours; what fills them up may be anything.
struct Operand {
  const float* at;
  int apart, count;
};

// Rows from `first` on and terms from `term` on, [term][row]; 0 beyond the terms.
template <bool BY_TERMS>
DEVICE void load_tile(const Operand& from, int first, int term, int terms, float* to) {
  constexpr int FOURS = TILE_SIDE * TILE_TERMS / 4;
#pragma unroll
  for (int pass = 0; pass < FOURS / TRAIN_THREADS; pass++) {
    const int e = pass * TRAIN_THREADS + thread_index();
    Four four{{0, 0, 0, 0}};
    if (BY_TERMS) {
      // Two lanes read 32 bytes side by side; all lanes write to different banks.
      const int row = e / 2 % TILE_SIDE, k = (e % 2 + e / (2 * TILE_SIDE) * 2) * 4;
      if (first + row < from.count && term + k < terms) four = four_at(from.at + (u64)(first + row) * from.apart + term + k);
#pragma unroll
      for (int i = 0; i < 4; i++) to[(k + i) * TILE_APART + row] = term + k + i < terms ? four.v[i] : 0;
    } else {
      const int row = e % (TILE_SIDE / 4) * 4, k = e / (TILE_SIDE / 4);
      if (first + row < from.count && term + k < terms) four = four_at(from.at + (u64)(term + k) * from.apart + first + row);
      put_four(to + k * TILE_APART + row, four);
    }
  }
}

// out(row, first column, four sums) for each row and each four columns, the last of which may be partly beyond. What went to
// memory before is there; what out writes is there behind the next barrier.
template <bool LEFT_BY_TERMS, bool RIGHT_BY_TERMS, typename Out>
DEVICE void train_product(const Operand& left, const Operand& right, int terms, Out out) {
  TrainingShared* const sh = training();
  const int down = thread_index() / 16 * 4, across = thread_index() % 16 * 4;
  for (int row = 0; row < left.count; row += TILE_SIDE)
    for (int column = 0; column < right.count; column += TILE_SIDE) {
      const bool has_some = row + down < left.count && column + across < right.count;
      float sum[4][4];
#pragma unroll
      for (int i = 0; i < 16; i++) sum[i / 4][i % 4] = 0;
      for (int term = 0; term < terms; term += TILE_TERMS) {
        barrier();
        load_tile<LEFT_BY_TERMS>(left, row, term, terms, sh->left);
        load_tile<RIGHT_BY_TERMS>(right, column, term, terms, sh->right);
        barrier();
        if (!has_some) continue;
#pragma unroll 8
        for (int k = 0; k < TILE_TERMS; k++) {
          const Four a = four_at(sh->left + k * TILE_APART + down), b = four_at(sh->right + k * TILE_APART + across);
#pragma unroll
          for (int i = 0; i < 16; i++) sum[i / 4][i % 4] = fmaf(a.v[i / 4], b.v[i % 4], sum[i / 4][i % 4]);
        }
      }
      if (!has_some) continue;
#pragma unroll
      for (int i = 0; i < 4; i++)
        if (row + down + i < left.count) out(row + down + i, column + across, sum[i]);
    }
}
#endif
