// What a launch of the dense sampler is given. Layers count from 0.
#ifndef PHASEMAP_DENSE_ARGS
#define PHASEMAP_DENSE_ARGS
#include "activation.cu"
#include "dense_rows.h"
#include "measured.h"
#include "random.cu"

// A variant of a draw; its cells are its depths.
struct DenseNetwork {
  double sigma_w2, sigma_b2;
  Activation phi;
  u64 mirrored;             // columns that are an earlier one's opposite at layer 0
  int draw, column;         // first of its columns on the way up
  int pairs;                // first of the products of its inputs, under a mask
  int depth, first_cell, cells;
  int parity, unused;
  signed char twin[DENSE_COLUMNS];  // the column that this one repeats: itself, most often
};

// A network of one depth.
struct DenseCell {
  int network, draw, depth;
  int column;       // first of its columns on the way down: inputs of each output, then tangents
  int first_layer;  // of its rows in `down`
};

// The law of weights of unit variance: number · scale + shift, kept with probability `keep`.
struct DenseLaw {
  int draw;
  float scale, shift, keep;
};

struct DenseArgs {
  const DenseNetwork* networks;
  const DenseCell* cells;
  const u32* weights_start;   // [draw][layer][6] (Philox.start)
  const u32* mask_start;      // the same; null without a mask
  const float* bias;          // [draw][layer][row]
  const float* readout;       // [draw][row][output]
  const float* readout_bias;  // [draw][output]
  const float* readout_mask;  // [draw][row] uniform numbers
  const float* tangents;      // [draw][row][input]
  const float* inputs;        // [set][n₀][inputs_across]
  const double* input_gram;   // [set] m × m
  const int* set_of_draw;
  const int* depth_of_draw;
  const int* tiles_in;        // [draw + 1]: tiles across before a draw's, of the inputs
  const int* tiles_up;        // [layer][draw + 1], of networks that have the layer
  const int* tiles_down;      // [layer][draw + 1], of cells
  const int* tiles_pairs_in;  // the same of the products of inputs
  const int* tiles_pairs;
  const unsigned char* pairs; // [pair][2]: inputs of each product
  float* weights;             // [draw][input][units_apart], 0 beyond the width
  float* mask;                // the same
  float* columns;             // [draw][row][across]: φ(z) on the way up, δ on the way down
  float* products;            // [draw][row][across]: what weights have made of them
  float* pair_columns;        // [draw][row][pairs_across]
  float* pair_products;       // the same
  float* z;                   // [network][layer][row][input]; null where nothing comes down
  float* kept_tangents;       // [cell][row][input]: at its top, of unit length
  double* gram;               // [network][layer + 1] m × m: HᵀH, first of all the inputs'
  double* growth;             // [network][layer][input] of tangents
  double* steps;              // [network] of the 8-bit grid
  double* scratch;            // [block][2] m × m
  double* up;                 // [network][layer][UP]
  double* down;               // [layer of a cell][DOWN]
  double* results;            // [cell][2 m² + m + OTHERS]: Θ, Θ in standard parameterisation, growth of rounding, others
  double* outputs;            // [cell][2 (km)² + km] of k outputs: both kernels, output after output, and outputs [input][output]
  double* outputs_gram;       // [block] (km)²
  int* arrived;               // for barriers of the grid; 0 at first
  int draws, count, cell_count;
  int width, depth, input_count, dimension;
  int inputs_across, units_apart, across, pairs_across;
  int pair_count, wanted;
  int output_count, unused;
  DenseLaw law;
  float bounds[BOUNDS];       // of formats; the last two are not used
};

struct DenseShared {
  union {
    RowMemory rows;
    TileMemory<128> tiles;
  };
  double squares[DENSE_COLUMNS];
  float root[DENSE_COLUMNS], bounds[BOUNDS], lowest;
  int goal;  // of barriers of the grid
  DenseArgs args;
  DenseNetwork net;
  DenseCell cell;
};

DEVICE DenseShared* dense_shared() {
  SHARED(char, memory);
  return (DenseShared*)memory;
}
#endif
