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
DEVICE void set_product(Way way) {
  DenseShared* const sh = dense_shared();
  const DenseArgs& args = sh->args;
  const int layer = sh->layer, n = args.width, most = args.dimension > n ? args.dimension : n;
  const bool pairs = way == PAIRS_IN || way == PAIRS_UP;
  Product& product = sh->product;
  product.weights = pairs ? args.mask : args.weights;
  product.weights_apart = (u64)most * args.units_apart;
  product.units_apart = args.units_apart;
  product.terms = layer == 0 ? args.dimension : n;
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
}

template <int SIDE>
FUNCTION void dense_multiply(Way way) {
  DenseShared* const sh = dense_shared();
  if (thread_index() == 0) set_product(way);
  barrier();
  if (way == WAY_DOWN) {
    multiply<SIDE, true>(sh->product, (TileMemory<SIDE>*)&sh->tiles);
  } else {
    multiply<SIDE, false>(sh->product, (TileMemory<SIDE>*)&sh->tiles);
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

FUNCTION void networks_up() {
  const DenseShared* const sh = dense_shared();
  for (int network = block_index(); network < sh->args.count; network += grid_size())
    if (sh->layer < sh->args.networks[network].depth) {
      take_network(network);
      dense_up(network);
    }
}

FUNCTION void cells_down() {
  const DenseShared* const sh = dense_shared();
  for (int cell = block_index(); cell < sh->args.cell_count; cell += grid_size())
    if (sh->layer < sh->args.cells[cell].depth) {
      take_cell(cell);
      dense_down(cell);
    }
}

// Products of inputs of the layer below, for the mask.
FUNCTION void pairs_below() {
  const DenseShared* const sh = dense_shared();
  for (int item = block_index(); item < (sh->layer == 0 ? sh->args.draws : sh->args.count); item += grid_size()) {
    if (sh->layer > 0) {
      if (sh->layer >= sh->args.networks[item].depth) continue;
      take_network(item);
    }
    dense_pairs(item, sh->layer - 1);
  }
}

// To the layer above or below: whether there is one. Behind the first barrier nobody looks at the layer before.
FUNCTION bool step(int layers) {
  DenseShared* const sh = dense_shared();
  barrier();
  if (thread_index() == 0) sh->layer += layers;
  barrier();
  return sh->layer >= 0 && sh->layer < sh->args.depth;
}

template <int SIDE>
DEVICE void measure_dense(const DenseArgs& given) {
  DenseShared* const sh = dense_shared();
  if (thread_index() == 0) {
    sh->args = given;
    sh->goal = 0;
    sh->layer = 0;
  }
  if (thread_index() < BOUNDS) sh->bounds[thread_index()] = given.bounds[thread_index()];
  barrier();
  const DenseArgs& args = sh->args;
  draw_weights();
  grid_barrier(args.arrived, sh->goal);
  dense_multiply<SIDE>(IN);
  grid_barrier(args.arrived, sh->goal);
  networks_up();
  while (step(1)) {
    draw_weights();
    grid_barrier(args.arrived, sh->goal);
    dense_multiply<SIDE>(WAY_UP);
    grid_barrier(args.arrived, sh->goal);
    networks_up();
  }
  grid_barrier(args.arrived, sh->goal);
  for (int cell = block_index(); cell < args.cell_count; cell += grid_size()) {
    take_cell(cell);
    dense_distances(cell);
  }
  if (!(args.wanted & BACKWARD)) return;
  while (step(-1)) {
    if (args.mask && (args.wanted & GRADIENTS)) {
      draw_weights();
      pairs_below();
      grid_barrier(args.arrived, sh->goal);
      dense_multiply<SIDE>(sh->layer == 0 ? PAIRS_IN : PAIRS_UP);
      grid_barrier(args.arrived, sh->goal);
    } else if (sh->layer > 0) {
      draw_weights();
    }
    cells_down();
    if (sh->layer > 0) {
      grid_barrier(args.arrived, sh->goal);
      dense_multiply<SIDE>(WAY_DOWN);
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
