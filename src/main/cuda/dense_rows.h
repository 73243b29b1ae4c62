// Sums over the rows of a few columns by all threads of a block, in float64. Which thread takes which rows depends on the
// number of columns alone.
#ifndef PHASEMAP_DENSE_ROWS
#define PHASEMAP_DENSE_ROWS
#include "columns.cu"
#include "dense_product.h"

// Columns of a network: its inputs, and their tangents.
#define DENSE_COLUMNS 64

// Rows that stand in shared memory at once, as float64.
#define CHUNK_NUMBERS 3072
// Entries of inputs among them.
#define CHUNK_ENTRIES 2560

struct RowMemory {
  alignas(16) double chunk[CHUNK_NUMBERS];
  double partial[4 * DENSE_THREADS / 32];
  unsigned char alive[CHUNK_ENTRIES];
};

// How rows of m columns stand there: m goes up to a multiple of 4, and rows are apart so that neighbours meet no bank twice.
struct Chunking {
  int columns, side, across, rows;
  METHOD explicit Chunking(int m) : columns(m), side((m + 3) / 4), across(4 * side + 2) {
    const int fit = CHUNK_NUMBERS / across, entries = CHUNK_ENTRIES / m;
    rows = fit < entries ? fit : entries;
    rows = rows < 128 ? rows : 128;
  }
};

// Tiles that sums are made of at once.
#define TILES_AT_ONCE (CHUNK_NUMBERS / 16)

// AᵀA of n × m entries value(row, column) into gram, m × m. After each chunk, after(rows). Each entry is asked for once where
// m is 64 or less, else again for the next tiles.
template <typename Value, typename After>
DEVICE void gram_of(RowMemory* memory, int n, int m, double* gram, Value value, After after) {
  constexpr int T = DENSE_THREADS;
  const Chunking chunk(m);
  const int all_tiles = chunk.side * (chunk.side + 1) / 2;
  for (int first_tile = 0; first_tile < all_tiles; first_tile += TILES_AT_ONCE) {
    // Tiles of 4 × 4 on and above the diagonal, each by `groups` threads that share the rows.
    const int tiles = all_tiles - first_tile < TILES_AT_ONCE ? all_tiles - first_tile : TILES_AT_ONCE;
    const int groups = TILES_AT_ONCE / tiles;
    const int tile = thread_index() / groups, group = thread_index() % groups;
    int left = 0, right = first_tile + tile;
    while (left < chunk.side && right >= chunk.side) right -= chunk.side - ++left;
    double sum[16];
#pragma unroll
    for (int i = 0; i < 16; i++) sum[i] = 0;
    for (int first = 0; first < n; first += chunk.rows) {
      const int rows = n - first < chunk.rows ? n - first : chunk.rows;
      for (int e = thread_index(); e < rows * 4 * chunk.side; e += T) {
        const int row = e / (4 * chunk.side), column = e - row * 4 * chunk.side;
        memory->chunk[row * chunk.across + column] = column < m ? value(first, row, column) : 0;
      }
      barrier();
      if (tile < tiles)
        for (int row = group; row < rows; row += groups) {
          double a[4], b[4];
          load<4>(memory->chunk + row * chunk.across + 4 * left, a);
          load<4>(memory->chunk + row * chunk.across + 4 * right, b);
#pragma unroll
          for (int i = 0; i < 4; i++)
#pragma unroll
            for (int j = 0; j < 4; j++) sum[4 * i + j] = fma(a[i], b[j], sum[4 * i + j]);
        }
      after(rows);
      barrier();
    }
    if (tile < tiles)
#pragma unroll
      for (int i = 0; i < 16; i++) memory->chunk[thread_index() * 16 + i] = sum[i];
    barrier();
    for (int e = thread_index(); e < tiles * 16; e += T) {
      double all = 0;
      for (int g = 0; g < groups; g++) all += memory->chunk[(e / 16 * groups + g) * 16 + e % 16];
      int up = 0, across = first_tile + e / 16;
      while (across >= chunk.side) across -= chunk.side - ++up;
      const int row = 4 * up + e % 16 / 4, column = 4 * across + e % 4;
      if (row < m && column < m) {
        gram[row * m + column] = all;
        gram[column * m + row] = all;
      }
    }
    barrier();
  }
}

// Σ over rows of value(row, column) for each of a few columns, no more than threads, into sums. Ends with a barrier.
template <typename Value>
DEVICE void sums_of(RowMemory* memory, int n, int columns, double* sums, Value value) {
  const int groups = DENSE_THREADS / columns, column = thread_index() % columns, group = thread_index() / columns;
  double sum = 0;
  if (group < groups)
    for (int row = group; row < n; row += groups) sum += value(row, column);
  memory->chunk[thread_index()] = sum;
  barrier();
  if (thread_index() < columns) {
    double all = 0;
    for (int g = 0; g < groups; g++) all += memory->chunk[g * columns + thread_index()];
    sums[thread_index()] = all;
  }
  barrier();
}
#endif
