// A network's layer on the way up, by one block: z from what the weights have made of the columns below, φ, and what is
// known of both.
#ifndef PHASEMAP_DENSE_UP
#define PHASEMAP_DENSE_UP
#include "dense_args.h"

// Not inlined: some twenty formulas would stand in each pass.
FUNCTION Pair activate_one(const Activation* phi, float z) {
  Pair both;
  activate(*phi, z, &both.value, &both.slope);
  return both;
}

// What passes of a network ask for. Rows of panels start at its draw's.
struct DenseWalk {
  DenseShared* const sh;
  const DenseArgs& args;
  const DenseNetwork& net;
  const int n, m;
  const u64 panel;

  METHOD DenseWalk()
      : sh(dense_shared()), args(sh->args), net(sh->net), n(args.width), m(args.input_count),
        panel((u64)net.draw * args.width * args.across) {}

  METHOD bool has_tangents() const { return args.wanted & TANGENTS; }
  METHOD int fan_in(int layer) const { return layer == 0 ? args.dimension : n; }
  METHOD float scale(int layer) const { return (float)sqrt(net.sigma_w2 / fan_in(layer)); }
  // The column whose numbers an input's column has.
  METHOD int source(int input) const { return net.twin[input]; }
  METHOD bool turns(int input, int layer) const {
    return (net.mirrored >> input & 1) && (layer == 0 || net.parity == ODD);
  }
  METHOD double* gram_of_layer(int network, int layer) const { return args.gram + ((u64)network * (args.depth + 1) + layer) * m * m; }
  METHOD double* growth_of(int network, int layer) const { return args.growth + ((u64)network * args.depth + layer) * m; }
  METHOD float* z_of(int network, int layer) const { return args.z + ((u64)network * args.depth + layer) * n * m; }
  METHOD double* scratch(int which) const { return args.scratch + ((u64)block_index() * 2 + which) * m * m; }
  METHOD float* kept_tangents(int cell) const { return args.kept_tangents + (u64)cell * n * m; }
};

// 1/‖t‖ of squared lengths, as its root: the factor may exceed float32.
DEVICE void set_roots(DenseShared* sh, int count) {
  if (thread_index() < count) {
    const double square = sh->squares[thread_index()], root = square > 0 ? sqrt(1 / sqrt(square)) : 0;
    sh->root[thread_index()] = (float)(root < 1e38 ? root : 1e38);
  }
  barrier();
}

// q and c from zᵀz.
FUNCTION void dense_signal(const double* gram, double* result) {
  const DenseWalk walk;
  const int m = walk.m;
  double sums[2] = {0, 0};
  for (int e = thread_index(); e < m * m; e += DENSE_THREADS) {
    const int i = e / m, j = e - i * m;
    if (i == j) sums[0] += gram[e];
    if (j < i) sums[1] += gram[e] * (1 / sqrt(gram[i * m + i])) * (1 / sqrt(gram[j * m + j]));
  }
  block_sums<DENSE_THREADS>(sums, walk.sh->rows.partial);
  if (thread_index() == 0) {
    result[UP_Q] = sums[0] / ((double)walk.n * m);
    result[UP_C] = 2 * sums[1] / (m * (m - 1.0));
  }
}

// Entries outside bounds of both signs; NaN is outside. The 8-bit grid, which is last, has one step more below.
template <int COUNT, typename Value>
DEVICE void count_outside(const DenseWalk& walk, double* result, Value value) {
  DenseShared* const sh = walk.sh;
  int counts[COUNT] = {};
  for (u64 e = thread_index(); e < (u64)walk.n * walk.m; e += DENSE_THREADS) {
    const u32 row = (u32)e / (u32)walk.m, column = (u32)e - row * walk.m;
    const float x = value(row, column);
#pragma unroll
    for (int k = 0; k < COUNT; k++) {
      const float high = sh->bounds[k], low = k == BOUNDS - 1 ? sh->lowest : -high;
      counts[k] += !(x >= low && x <= high);
    }
  }
#pragma unroll
  for (int k = 0; k < COUNT; k++) {
    double one[1] = {(double)counts[k]};
    block_sums<DENSE_THREADS>(one, sh->rows.partial);
    if (thread_index() == 0) result[k] = one[0];
  }
}

// Counts of φ(z); first of all the step of the 8-bit grid, max |φ(z)| / 127 of layer 0.
FUNCTION void dense_formats(int network, int layer, double* result) {
  const DenseWalk walk;
  DenseShared* const sh = walk.sh;
  const float* h = walk.args.columns + walk.panel + walk.net.column;
  const auto value = [&](u32 row, u32 column) { return h[(u64)row * walk.args.across + column]; };
  if (layer == 0) {
    float largest = 0;
    for (u32 e = thread_index(); e < (u32)walk.n * walk.m; e += DENSE_THREADS) {
      const float size = fabsf(value(e / walk.m, e % walk.m));
      largest = size > largest ? size : largest;
    }
    sh->rows.chunk[thread_index()] = largest;
    barrier();
    if (thread_index() == 0) {
      double most = 0;
      for (int t = 0; t < DENSE_THREADS; t++) most = sh->rows.chunk[t] > most ? sh->rows.chunk[t] : most;
      walk.args.steps[network] = most / 127;
    }
  }
  if (thread_index() == 0) {
    const double step = walk.args.steps[network];
    sh->bounds[BOUNDS - 2] = (float)(0.5 * step);
    sh->bounds[BOUNDS - 1] = (float)(127 * step);
    sh->lowest = (float)(-128 * step);
  }
  barrier();
  count_outside<BOUNDS>(walk, result + UP_FORMATS, value);
}

// Lengths of the tangents that have come up, and what they have grown by in this layer. Leaves what brings them to length 1.
FUNCTION void dense_tangents(int network, int layer, double* result) {
  const DenseWalk walk;
  DenseShared* const sh = walk.sh;
  const int m = walk.m;
  const float* raw = walk.args.products + walk.panel + walk.net.column + m;
  const float* start = walk.args.tangents + (u64)walk.net.draw * walk.n * m;
  const float scale = walk.scale(layer);
  sums_of(&sh->rows, walk.n, m, sh->squares, [&](int row, int a) {
    const double t = layer == 0 ? start[(u64)row * m + a] : raw[(u64)row * walk.args.across + a] * scale;
    return t * t;
  });
  if (thread_index() < m)
    walk.growth_of(network, layer)[thread_index()] =
        layer == 0 ? 1 : walk.growth_of(network, layer - 1)[thread_index()] * sh->squares[thread_index()];
  if (thread_index() == 0 && layer > 0) {
    const Logarithms grown = logarithms(sh->squares, 1, m);
    result[UP_TANGENTS] = grown.mantissa;
    result[UP_TANGENTS + 1] = grown.exponent;
  }
  set_roots(sh, m);
}

// A network's layer: from `products` to `columns`.
FUNCTION void dense_up(int network, int layer) {
  const DenseWalk walk;
  DenseShared* const sh = walk.sh;
  const DenseArgs& args = walk.args;
  const DenseNetwork& net = walk.net;
  const int n = walk.n, m = walk.m;
  double* const result = args.up + ((u64)network * args.depth + layer) * UP;
  for (int e = thread_index(); layer == 0 && e < m * m; e += DENSE_THREADS)
    walk.gram_of_layer(network, 0)[e] = args.input_gram[(u64)args.set_of_draw[net.draw] * m * m + e];
  // The inputs' products are the same for all networks of a draw.
  const float* const raw = args.products + walk.panel + (layer == 0 ? 0 : net.column);
  float* const out = args.columns + walk.panel + net.column;
  const float* const bias = args.bias + ((u64)net.draw * args.depth + layer) * n;
  const float* const tangents = args.tangents + (u64)net.draw * n * m;
  const float scale = walk.scale(layer), sigma_b = (float)sqrt(net.sigma_b2);
  const auto signal = [&](int row, int a) {
    const int from = walk.source(a);
    const float z = raw[(u64)row * args.across + from] * scale + bias[row] * sigma_b;
    return from != a && walk.turns(a, layer) ? -z : z;
  };
  gram_of(
      &sh->rows, n, m, walk.scratch(0), [&](int first, int row, int a) { return (double)signal(first + row, a); }, [](int) {});
  dense_signal(walk.scratch(0), result);
  if (walk.has_tangents()) dense_tangents(network, layer, result);
  double sums[3] = {0, 0, 0};
  const auto activate = [&](int first, int local, int a) {
    const u64 row = first + local;
    const float z = signal((int)row, a);
    const Pair both = activate_one(&sh->net.phi, z);
    out[row * args.across + a] = both.value;
    if (args.z) walk.z_of(network, layer)[row * m + a] = z;
    if (walk.has_tangents()) {
      const float as_it_came = layer == 0 ? tangents[row * m + a] : raw[row * args.across + m + a] * scale;
      const float tangent = as_it_came * sh->root[a] * sh->root[a];
      out[row * args.across + m + a] = both.slope * tangent;
      for (int cell = net.first_cell; cell < net.first_cell + net.cells; cell++)
        if (args.cells[cell].depth == layer + 1) walk.kept_tangents(cell)[row * m + a] = tangent;
    }
    sums[0] += both.value;
    sums[1] += fabsf(both.slope) < 0.01f;
    sh->rows.alive[local * m + a] = both.slope != 0;
    return (double)both.value;
  };
  const auto count_dead = [&](int rows) {
    for (int row = thread_index(); row < rows; row += DENSE_THREADS) {
      int alive = 0;
      for (int a = 0; a < m; a++) alive += sh->rows.alive[row * m + a];
      sums[2] += alive == 0;
    }
  };
  gram_of(&sh->rows, n, m, walk.gram_of_layer(network, layer + 1), activate, count_dead);
  block_sums<DENSE_THREADS>(sums, sh->rows.partial);
  if (thread_index() == 0) {
    result[UP_SUM] = sums[0];
    result[UP_SATURATED] = sums[1];
    result[UP_DEAD] = sums[2];
  }
  if (args.wanted & FORMATS) dense_formats(network, layer, result);
}
#endif
