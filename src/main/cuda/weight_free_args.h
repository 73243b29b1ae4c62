// What is told to a block, what it keeps of each layer, and what stands in its shared memory.
#ifndef PHASEMAP_WEIGHT_FREE_ARGS
#define PHASEMAP_WEIGHT_FREE_ARGS
#include "activation.cu"
#include "columns.cu"
#include "measured.h"

// Shares of a remainder below which a column depends on others, and that which rounding leaves of a dependent one.
#define DEPENDENT 1e-13
#define MOSTLY_ROUNDING 1e-3

#define MOST_COLUMNS 64

// Δ outside the frame of orthogonal weights is a difference of float32 products.
#define OUTSIDE_FRAME 1e-6

// One network; cells are its depths, ascending.
struct Network {
  double sigma_w2, sigma_b2;
  Activation phi;
  u64 mirrored;                 // columns that are an earlier one's opposite at layer 1
  int replicate, first_cell, cells;
  int parity;                   // of φ: ODD, EVEN or neither
  signed char twin[MOST_COLUMNS];  // the column that this one repeats: itself, most often
};

struct Cell {
  int depth;
  int first_layer;  // of its rows in `down`
};

struct WeightFreeArgs {
  const Network* networks;
  const Cell* cells;
  const float* g;            // Ĝ [replicate][layer][row][M]; rows beyond the width are 0
  const float* xi;           // Ξ, the same
  const float* bias;         // [replicate][layer][row]
  const float* readout;      // [replicate][row]
  const float* tangents;     // [replicate][row][M / 2]
  const double* drawn_gram;  // [replicate][layer][(M + 1)²], of Ĝ and, last, b
  const double* xi_gram;     // the same of Ξ, for orthogonal weights
  const double* rest_gram;   // [replicate][(M + 1)²] of the rows of layer 1's frame beyond the width, or null
  const double* tangent_squares;  // [replicate][M / 2]
  const double* input_gram;  // [replicate] M × M
  double* kept;              // [block]: [layer][KEPT M²], and SPILLED M² where they do not fit into shared memory
  double* up;                // [network][layer][UP]
  double* down;              // [layer of a cell][DOWN]
  double* results;           // [cell][2 M² + M + OTHERS]: Θ, Θ in standard parameterisation, growth of rounding, others
  int count;                 // networks
  int width, depth, inputs, dimension;
  int height;                // rows of what is drawn: the width, up to a multiple of 32 or more
  int wanted;
  float bounds[BOUNDS];      // of formats; the last two are filled in
};

// What is kept of a layer, in units of M²: A and K of the layer below; X, Qᵀ Ξ; factors of Q where H X loses its digits; T of
// orthogonal weights.
enum Kept { KEPT_A, KEPT_K, KEPT_X, KEPT_B, KEPT_ROUGH, KEPT_FINE, KEPT_FRAME, KEPT };

// Matrices in float64 of the network that is measured.
template <int M, int T, bool FIT = (M <= 32)>
struct Matrices {
  // What factors are made of, or else rows.
  union alignas(16) {
    Triangles<M> of_factor;
    float rows[Chunk<M, T>::HEIGHT * Chunk<M, T>::STRIDE];
  };
  alignas(16) double squares[M * M];
  alignas(16) double mixed[M * M];
  Factor<M> pivots;
  METHOD void spill(double*) {}
  METHOD Triangles<M>& triangles() { return of_factor; }
  METHOD double* gram() { return squares; }
  METHOD double* other() { return mixed; }
  METHOD Factor<M>& factor() { return pivots; }
};

#define SPILLED 7

// Where they do not fit, they stand in the device's memory, which caches hold.
template <int M, int T>
struct Matrices<M, T, false> {
  alignas(16) float rows[Chunk<M, T>::HEIGHT * Chunk<M, T>::STRIDE];
  double* spilled;
  METHOD void spill(double* to) { spilled = to; }
  METHOD Triangles<M>& triangles() { return *(Triangles<M>*)spilled; }
  METHOD double* gram() { return spilled + 4 * M * M; }
  METHOD double* other() { return spilled + 5 * M * M; }
  METHOD Factor<M>& factor() { return *(Factor<M>*)(spilled + 6 * M * M); }
};

// Where a block is. It stands in shared memory: what a thread would keep while a function runs is a register less for that
// function, or is spilled.
struct Place {
  int network, cell, layer;
  int down;     // whether it is on the way down
  int ill;      // there: whether H X of the layer would lose its digits
  int nothing;  // 0, which the compiler does not know
};

template <int M, int T>
struct Shared : Matrices<M, T> {
  double partial[8 * (T / 32)];
  double tangents[M];  // Π of tangents' growth
  alignas(16) float a[M * M];
  alignas(16) float b[M * M];
  alignas(16) float c[M * M];
  float start[M], root[M], bounds[BOUNDS], lowest;
  float sigma_b, readout_scale;  // σ_b, σ_w/√n
  WeightFreeArgs args;
  Network net;
  Cell cell;  // that is measured; on the way up, the deepest
  Place at;
  double* kept;
  // The thread, read again: what is computed of it is computed where it is needed, and not kept from before a loop.
  METHOD int thread() const { return thread_index() + at.nothing; }
};

// The block's shared memory.
template <int M, int T>
DEVICE Shared<M, T>* shared() {
  SHARED(char, memory);
  return (Shared<M, T>*)memory;
}
#endif
