// Products of the weights with wide panels of columns, in float32. A sum begins at the first factor and ends at the last,
// whatever the tile, the block and the grid: its bits depend on the two factors alone.
#ifndef PHASEMAP_DENSE_PRODUCT
#define PHASEMAP_DENSE_PRODUCT
#include "device.h"

#define DENSE_THREADS 256

// One product for each draw. Rows of a panel stand `across` numbers apart, a multiple of the tile's side.
struct Product {
  const float* weights;  // [draw][input][unit], units up to a multiple of 4: 0 beyond the width
  u64 weights_apart;     // numbers from a draw to the next
  int units_apart;
  int terms;             // of a sum
  const float* in;       // [draw][term][column]
  u64 in_apart;
  int in_across;
  const int* which;      // panel of a draw; null: its own
  float* out;            // [draw][row][column]
  u64 out_apart;
  int out_across;
  const int* tiles;      // [draw + 1]: tiles across that stand before those of a draw
  int draws, rows;
};

// The two factors of a few terms, for a tile of SIDE × SIDE; twice, so that the next are fetched while these are multiplied.
template <int SIDE>
struct TileMemory {
  static constexpr int TERMS = 8, ACROSS = SIDE + 4;
  float left[2][TERMS][ACROSS], right[2][TERMS][ACROSS];
};

DEVICE int draw_of_tile(const int* tiles, int draws, int tile) {
  int low = 0, high = draws;
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    if (tiles[middle] <= tile) low = middle;
    else high = middle;
  }
  return low;
}

// A thread sums QUADS² squares of 4 × 4: lanes of a warp stand 4 × 8, warps 4 × 2.
template <int SIDE>
struct TilePlace {
  static constexpr int QUADS = SIDE / 64;
  METHOD static int row(int quad) { return (thread_index() / 32 % 4 * QUADS + quad) * 16 + thread_index() % 32 / 8 * 4; }
  METHOD static int column(int quad) { return (thread_index() / 128 * QUADS + quad) * 32 + thread_index() % 8 * 4; }
};

// Four numbers of each factor that a thread brings.
template <int SIDE, bool TRANSPOSED>
struct Fetch {
  static constexpr int WIDE = SIDE / 4;
  const Product& product;
  const float *weights, *in;
  const int row;
  Four left, right;

  METHOD static bool takes_part() { return thread_index() < TileMemory<SIDE>::TERMS * WIDE; }

  METHOD void fetch(int term) {
    const Four zero{{0, 0, 0, 0}};
    left = right = zero;
    if (!takes_part()) return;
    const int t = thread_index(), own = term + t / WIDE;
    if (own < product.terms) right = four_at(in + (u64)own * product.in_across + t % WIDE * 4);
    if (TRANSPOSED) {
      const int unit = row + t / 2, first = term + t % 2 * 4;
      if (unit < product.rows && first < product.units_apart) left = four_at(weights + (u64)unit * product.units_apart + first);
    } else {
      const int unit = row + t % WIDE * 4;
      if (own < product.terms && unit < product.units_apart) left = four_at(weights + (u64)own * product.units_apart + unit);
    }
  }

  METHOD void store(TileMemory<SIDE>* memory, int turn) const {
    if (!takes_part()) return;
    const int t = thread_index();
    put_four(&memory->right[turn][t / WIDE][t % WIDE * 4], right);
    if (TRANSPOSED) {
#pragma unroll
      for (int k = 0; k < 4; k++) memory->left[turn][t % 2 * 4 + k][t / 2] = left.v[k];
    } else {
      put_four(&memory->left[turn][t / WIDE][t % WIDE * 4], left);
    }
  }
};

// out = weights · in of every draw, or with the transposed weights. All blocks of the grid share the tiles.
template <int SIDE, bool TRANSPOSED>
FUNCTION void multiply(const Product& product, TileMemory<SIDE>* memory) {
  using Place = TilePlace<SIDE>;
  constexpr int QUADS = Place::QUADS, TERMS = TileMemory<SIDE>::TERMS;
  const int high = (product.rows + SIDE - 1) / SIDE, tiles = product.tiles[product.draws] * high;
  for (int tile = block_index(); tile < tiles; tile += grid_size()) {
    const int wide = tile / high, row = tile % high * SIDE;
    const int draw = draw_of_tile(product.tiles, product.draws, wide);
    const int column = (wide - product.tiles[draw]) * SIDE;
    const int panel = product.which ? product.which[draw] : draw;
    Fetch<SIDE, TRANSPOSED> next{
        product, product.weights + draw * product.weights_apart, product.in + panel * product.in_apart + column, row, {}, {}};
    float sum[QUADS][4][QUADS][4];
#pragma unroll
    for (int q = 0; q < QUADS; q++)
#pragma unroll
      for (int i = 0; i < 4; i++)
#pragma unroll
        for (int p = 0; p < QUADS; p++)
#pragma unroll
          for (int j = 0; j < 4; j++) sum[q][i][p][j] = 0;
    next.fetch(0);
    next.store(memory, 0);
    barrier();
    int turn = 0;
    for (int term = 0; term < product.terms; term += TERMS) {
      const bool more = term + TERMS < product.terms;
      if (more) next.fetch(term + TERMS);
#pragma unroll
      for (int k = 0; k < TERMS; k++) {
        Four a[QUADS], b[QUADS];
#pragma unroll
        for (int q = 0; q < QUADS; q++) {
          a[q] = four_at(&memory->left[turn][k][Place::row(q)]);
          b[q] = four_at(&memory->right[turn][k][Place::column(q)]);
        }
#pragma unroll
        for (int q = 0; q < QUADS; q++)
#pragma unroll
          for (int i = 0; i < 4; i++)
#pragma unroll
            for (int p = 0; p < QUADS; p++)
#pragma unroll
              for (int j = 0; j < 4; j++) sum[q][i][p][j] = fmaf(a[q].v[i], b[p].v[j], sum[q][i][p][j]);
      }
      turn ^= 1;
      if (more) next.store(memory, turn);
      barrier();
    }
    float* const out = product.out + draw * product.out_apart + column;
#pragma unroll
    for (int q = 0; q < QUADS; q++)
#pragma unroll
      for (int i = 0; i < 4; i++) {
        const int own = row + Place::row(q) + i;
        if (own < product.rows)
#pragma unroll
          for (int p = 0; p < QUADS; p++)
            put_four(out + (u64)own * product.out_across + Place::column(p),
                     Four{{sum[q][i][p][0], sum[q][i][p][1], sum[q][i][p][2], sum[q][i][p][3]}});
      }
  }
}
#endif
