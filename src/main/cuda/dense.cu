// Networks with explicit weights (measure.mlp.DenseConnections), in one cooperative launch. Up and down again, layer
// after layer, all blocks do two things in turn: they draw a layer's weights, while some of them measure networks; and they
// multiply with these weights the columns of all networks of a draw at once. Between them, all wait for each other.
//
// A network's columns are its inputs and, behind them, the tangents of its inputs.
#ifndef PHASEMAP_DENSE
#define PHASEMAP_DENSE
#include "dense_down.h"
#include "dense_draw.h"

enum Way { IN, WAY_UP, WAY_DOWN, PAIRS_IN, PAIRS_UP };

// The product of a layer's weights, all networks and draws.
template <int SIDE>
FUNCTION void dense_multiply(Way way, int layer) {
  DenseShared* const sh = dense_shared();
  const DenseArgs& args = sh->args;
  const int n = args.width, most = args.dimension > n ? args.dimension : n, fan_in = layer == 0 ? args.dimension : n;
  const bool pairs = way == PAIRS_IN || way == PAIRS_UP;
  Product product;
  product.weights = pairs ? args.mask : args.weights;
  product.weights_apart = (u64)most * args.units_apart;
  product.units_apart = args.units_apart;
  product.terms = fan_in;
  product.in = way == IN ? args.inputs : pairs ? args.pair_columns : args.columns;
  product.in_across = way == IN ? args.inputs_across : pairs ? args.pairs_across : args.across;
  product.in_apart = (u64)(way == IN ? args.dimension : pairs ? most : n) * product.in_across;
  product.which = way == IN ? args.set_of_draw : nullptr;
  product.out = pairs ? args.pair_products : args.products;
  product.out_across = pairs ? args.pairs_across : args.across;
  product.out_apart = (u64)n * product.out_across;
  const int* const tiles = way == IN         ? args.tiles_in
                           : way == WAY_UP   ? args.tiles_up
                           : way == WAY_DOWN ? args.tiles_down
                           : way == PAIRS_IN ? args.tiles_pairs_in
                                             : args.tiles_pairs;
  product.tiles = way == IN || way == PAIRS_IN ? tiles : tiles + (u64)layer * (args.draws + 1);
  product.draws = args.draws;
  product.rows = n;
  if (way == WAY_DOWN) {
    multiply<SIDE, true>(product, (TileMemory<SIDE>*)&sh->tiles);
  } else {
    multiply<SIDE, false>(product, (TileMemory<SIDE>*)&sh->tiles);
  }
}

// Puts a network where passes find it. Behind their last barrier they look there no more.
DEVICE void take_network(int network) {
  DenseShared* const sh = dense_shared();
  if (thread_index() == 0) sh->net = sh->args.networks[network];
  barrier();
}

DEVICE void take_cell(int cell) {
  DenseShared* const sh = dense_shared();
  if (thread_index() == 0) {
    sh->cell = sh->args.cells[cell];
    sh->net = sh->args.networks[sh->cell.network];
  }
  barrier();
}

FUNCTION void networks_up(int layer) {
  const DenseArgs& args = dense_shared()->args;
  for (int network = block_index(); network < args.count; network += grid_size())
    if (layer < args.networks[network].depth) {
      take_network(network);
      dense_up(network, layer);
    }
}

FUNCTION void cells_down(int layer) {
  const DenseArgs& args = dense_shared()->args;
  for (int cell = block_index(); cell < args.cell_count; cell += grid_size())
    if (layer < args.cells[cell].depth) {
      take_cell(cell);
      dense_down(cell, layer);
    }
}

// Products of inputs of the layer below, for the mask.
FUNCTION void pairs_below(int layer) {
  const DenseArgs& args = dense_shared()->args;
  for (int item = block_index(); item < (layer == 0 ? args.draws : args.count); item += grid_size()) {
    if (layer > 0) {
      if (layer >= args.networks[item].depth) continue;
      take_network(item);
    }
    dense_pairs(item, layer - 1);
  }
}

template <int SIDE>
DEVICE void measure_dense(const DenseArgs& given) {
  DenseShared* const sh = dense_shared();
  if (thread_index() == 0) {
    sh->args = given;
    sh->goal = 0;
  }
  if (thread_index() < BOUNDS) sh->bounds[thread_index()] = given.bounds[thread_index()];
  barrier();
  const DenseArgs& args = sh->args;
  const bool masked = args.mask && (args.wanted & GRADIENTS);
  draw_weights(0);
  grid_barrier(args.arrived, sh->goal);
  dense_multiply<SIDE>(IN, 0);
  grid_barrier(args.arrived, sh->goal);
  for (int layer = 0; layer < args.depth; layer++) {
    networks_up(layer);
    if (layer + 1 < args.depth) draw_weights(layer + 1);
    grid_barrier(args.arrived, sh->goal);
    if (layer + 1 < args.depth) {
      dense_multiply<SIDE>(WAY_UP, layer + 1);
      grid_barrier(args.arrived, sh->goal);
    }
  }
  for (int cell = block_index(); cell < args.cell_count; cell += grid_size()) {
    take_cell(cell);
    dense_distances(cell);
  }
  if (!(args.wanted & BACKWARD)) return;
  for (int layer = args.depth - 1; layer >= 0; layer--) {
    if (masked) {
      draw_weights(layer);
      pairs_below(layer);
      grid_barrier(args.arrived, sh->goal);
      dense_multiply<SIDE>(layer == 0 ? PAIRS_IN : PAIRS_UP, layer);
      grid_barrier(args.arrived, sh->goal);
    } else if (layer > 0) {
      draw_weights(layer);
    }
    cells_down(layer);
    if (layer > 0) {
      grid_barrier(args.arrived, sh->goal);
      dense_multiply<SIDE>(WAY_DOWN, layer);
      grid_barrier(args.arrived, sh->goal);
    }
  }
}

// Instances, named by the side of their tiles.
KERNEL(dense_64, DenseArgs, DENSE_THREADS, 2) { measure_dense<64>(args); }
SHARED_BYTES(dense_64, sizeof(DenseShared));
KERNEL(dense_128, DenseArgs, DENSE_THREADS, 2) { measure_dense<128>(args); }
SHARED_BYTES(dense_128, sizeof(DenseShared));
#endif
