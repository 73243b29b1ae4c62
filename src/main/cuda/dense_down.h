// A cell's layer on the way down, by one block: δ from what the weights have made of the δ above, and what the layer adds to
// kernels and gradients (measure.mlp.BackwardPass).
#ifndef PHASEMAP_DENSE_DOWN
#define PHASEMAP_DENSE_DOWN
#include "dense_up.h"

struct DenseDescent : DenseWalk {
  const DenseCell& cell;
  METHOD DenseDescent() : cell(sh->cell) {}

  METHOD double* results(int number) const { return args.results + (u64)number * (2 * m * m + m + OTHERS); }
  METHOD bool is_masked() const { return args.mask != nullptr; }
  METHOD int outputs() const { return args.output_count; }
  // Columns of all outputs.
  METHOD int shown() const { return outputs() * m; }
  // ω of an output, 0 where the mask takes it.
  METHOD float readout(int row, int output) const {
    const u64 at = (u64)cell.draw * n + row;
    const float readout = args.readout[at * outputs() + output];
    return is_masked() ? keep_below(args.law.keep, args.readout_mask[at], readout) : readout;
  }
  // Kernels of several outputs, (km)² each, and the outputs.
  METHOD double* of_outputs(int number) const { return args.outputs + (u64)number * (2 * (u64)shown() * shown() + shown()); }
  METHOD double* gram_of_outputs() const { return args.outputs_gram + (u64)block_index() * shown() * shown(); }
  METHOD Pair active(int layer, int row, int a) const {
    return activate_one(&sh->net.phi, z_of(cell.network, layer)[(u64)row * m + a]);
  }
};

// Products h_a h_b of the inputs of a network's layer; those of the inputs themselves where the layer is −1, for a draw.
FUNCTION void dense_pairs(int network, int layer) {
  const DenseShared* const sh = dense_shared();
  const DenseArgs& args = sh->args;
  const int m = args.input_count, draw = layer < 0 ? network : sh->net.draw;
  const int rows = layer < 0 ? args.dimension : args.width;
  const u64 panel = (u64)(args.dimension > args.width ? args.dimension : args.width) * args.pairs_across;
  float* const out = args.pair_columns + draw * panel + (layer < 0 ? 0 : sh->net.pairs);
  const float* const inputs = args.inputs + (u64)args.set_of_draw[draw] * args.dimension * args.inputs_across;
  float* const column = (float*)sh->rows.chunk;
  const int most = 2 * CHUNK_NUMBERS / m, fit = most < 128 ? most : 128;
  for (int first = 0; first < rows; first += fit) {
    const int some = rows - first < fit ? rows - first : fit;
    for (int e = thread_index(); e < some * m; e += DENSE_THREADS) {
      const u64 row = first + e / m, a = e % m;
      column[e] = layer < 0 ? inputs[row * args.inputs_across + a]
                            : activate_one(&sh->net.phi, args.z[(((u64)network * args.depth + layer) * rows + row) * m + a]).value;
    }
    barrier();
    for (int e = thread_index(); e < some * args.pair_count; e += DENSE_THREADS) {
      const int row = e / args.pair_count, pair = e - row * args.pair_count;
      out[(u64)(first + row) * args.pairs_across + pair] = column[row * m + args.pairs[2 * pair]] * column[row * m + args.pairs[2 * pair + 1]];
    }
    barrier();
  }
}

// Σ over kept weights of ∂f_a/∂w ∂f_b/∂w, m × m, from what the mask has made of the products of inputs.
FUNCTION void dense_masked(int layer, double* out) {
  const DenseDescent walk;
  DenseShared* const sh = walk.sh;
  const DenseArgs& args = walk.args;
  const int m = walk.m, n = walk.n, pairs = args.pair_count;
  const float* const sent = args.pair_products + (u64)walk.cell.draw * n * args.pairs_across + (layer == 0 ? 0 : walk.net.pairs);
  const float* const delta = args.columns + walk.panel + walk.cell.column;
  for (int e = thread_index(); e < m * m; e += DENSE_THREADS) out[e] = 0;
  for (int first = 0; first < pairs; first += DENSE_THREADS) {
    const int some = pairs - first < DENSE_THREADS ? pairs - first : DENSE_THREADS;
    sums_of(&sh->rows, n, some, sh->rows.chunk + DENSE_THREADS, [&](int row, int k) {
      const float* own = delta + (u64)row * args.across;
      return (double)own[args.pairs[2 * (first + k)]] * own[args.pairs[2 * (first + k) + 1]] *
             sent[(u64)row * args.pairs_across + first + k];
    });
    if (thread_index() < some) {
      const int a = args.pairs[2 * (first + thread_index())], b = args.pairs[2 * (first + thread_index()) + 1];
      out[a * m + b] = out[b * m + a] = sh->rows.chunk[DENSE_THREADS + thread_index()];
    }
    barrier();
  }
}

// The read-out's own share of the kernels, and lengths at the top.
FUNCTION void dense_begin(int number) {
  const DenseDescent walk;
  DenseShared* const sh = walk.sh;
  const int m = walk.m, top = walk.cell.depth - 1;
  double* const theta = walk.results(number);
  const double* gram = walk.gram_of_layer(walk.cell.network, walk.cell.depth);
  if (walk.is_masked() && (walk.args.wanted & KERNELS)) {
    gram_of(
        &sh->rows, walk.n, m, walk.scratch(0),
        [&](int first, int row, int a) { return walk.readout(first + row, 0) != 0 ? (double)walk.active(top, first + row, a).value : 0; },
        [](int) {});
    gram = walk.scratch(0);
  }
  const double sigma_w2 = walk.net.sigma_w2, sigma_b2 = walk.net.sigma_b2;
  for (int e = thread_index(); e < m * m; e += DENSE_THREADS) {
    theta[e] = sigma_w2 / walk.n * gram[e] + sigma_b2;
    theta[m * m + e] = gram[e] + (sigma_b2 > 0 ? 1 : 0);
  }
}

// Kernels of k outputs (measure.finding.OutputKernel): the read-outs' own share, and the outputs.
FUNCTION void dense_begin_outputs(int number) {
  const DenseDescent walk;
  const int m = walk.m, shown = walk.shown(), top = walk.cell.depth - 1;
  double *const theta = walk.of_outputs(number), *const standard = theta + shown * shown, *const f = standard + shown * shown;
  const double* const gram = walk.gram_of_layer(walk.cell.network, walk.cell.depth);
  const double scale = walk.net.sigma_w2 / walk.n, sigma_b2 = walk.net.sigma_b2;
  for (int e = thread_index(); e < shown * shown; e += DENSE_THREADS) {
    const int row = e / shown, column = e - row * shown;
    const double h = gram[row % m * m + column % m];
    const bool same = row / m == column / m;
    theta[e] = same ? scale * h + sigma_b2 : 0;
    standard[e] = same ? h + (sigma_b2 > 0 ? 1 : 0) : 0;
  }
  const int each = DENSE_THREADS / m;
  for (int first = 0; first < walk.outputs(); first += each) {
    const int some = walk.outputs() - first < each ? walk.outputs() - first : each;
    double* const sums = walk.sh->rows.chunk + DENSE_THREADS;
    sums_of(&walk.sh->rows, walk.n, some * m, sums, [&](int row, int column) {
      return (double)walk.readout(row, first + column / m) * walk.active(top, row, column % m).value;
    });
    if (thread_index() < some * m) {
      const int output = first + thread_index() / m, input = thread_index() % m;
      const double bias = walk.args.readout_bias[(u64)walk.cell.draw * walk.outputs() + output];
      f[input * walk.outputs() + output] = sqrt(scale) * sums[thread_index()] + sqrt(sigma_b2) * bias;
    }
  }
  barrier();
}

// A layer's share of them, from δᵀδ of all outputs.
FUNCTION void dense_accumulate_outputs(int number, int layer) {
  const DenseDescent walk;
  const int m = walk.m, shown = walk.shown();
  double *const theta = walk.of_outputs(number), *const standard = theta + shown * shown;
  const double *const deltas = walk.gram_of_outputs(), *const below = walk.gram_of_layer(walk.cell.network, layer);
  const double scale = walk.net.sigma_w2 / walk.fan_in(layer), sigma_b2 = walk.net.sigma_b2;
  for (int e = thread_index(); e < shown * shown; e += DENSE_THREADS) {
    const int row = e / shown, column = e - row * shown;
    const double h = below[row % m * m + column % m];
    theta[e] += deltas[e] * (scale * h + sigma_b2);
    standard[e] += deltas[e] * (h + (sigma_b2 > 0 ? 1 : 0));
  }
}

// What rounding makes of distances between inputs (measure.finding.RoundingNoise): A² of each input, and whether two
// inputs differ by rounding alone; and lengths at the top.
FUNCTION void dense_distances(int number) {
  const DenseDescent walk;
  DenseShared* const sh = walk.sh;
  const int m = walk.m, depth = walk.cell.depth;
  double* const cell = walk.results(number);
  double* const pairs = walk.scratch(1);
  double sums[1] = {0};
  for (int e = thread_index(); (walk.args.wanted & KERNELS) && e < m * m; e += DENSE_THREADS) {
    const int i = e / m, j = e - i * m;
    if (j > i) continue;
    double before = 1, grown = 0, most = 0, least = __builtin_inf(), largest = 0, end = 1;
    bool merged = false;
    for (int layer = 0; j < i && layer < depth; layer++) {
      const double* const k = walk.gram_of_layer(walk.cell.network, layer);
      const double scale = walk.args.law.keep * walk.net.sigma_w2 / walk.fan_in(layer), shift = walk.net.sigma_b2;
      const double first = scale * k[i * (m + 1)] + shift, second = scale * k[j * (m + 1)] + shift, between = scale * k[e] + shift;
      const double along = 2 * (walk.net.parity && shift == 0 ? fabs(between) : between);
      double distance = (first + second - along) / (first > second ? first : second);
      if (distance != distance) break;
      distance = distance > 1e-15 ? distance : 1e-15;
      grown = grown * distance / before + 1;
      most = grown > most ? grown : most;
      least = min_of(least, distance);
      largest = distance > largest ? distance : largest;
      before = distance;
      const bool undecided = 0x1p-48 * (layer + 1) > 1e-4 * least;
      end = layer == depth - 1 && undecided && most > 1 ? most : 1;
      merged = layer == depth - 1 && undecided && 0x1p-48 * most > 1e-4 * largest;
    }
    pairs[i * m + j] = pairs[j * m + i] = end;
    sums[0] += merged;
  }
  block_sums<DENSE_THREADS>(sums, sh->rows.partial);
  if ((walk.args.wanted & KERNELS) && thread_index() < m) {
    double largest = 1;
    for (int j = 0; j < m; j++) largest = pairs[thread_index() * m + j] > largest ? pairs[thread_index() * m + j] : largest;
    cell[2 * m * m + thread_index()] = largest;
  }
  if (thread_index() == 0) {
    const Logarithms lengths = logarithms(walk.gram_of_layer(walk.cell.network, depth), m + 1, m);
    cell[2 * m * m + m + LENGTHS] = lengths.mantissa;
    cell[2 * m * m + m + LENGTHS + 1] = lengths.exponent;
    cell[2 * m * m + m + MERGED] = sums[0];
  }
}

// What a layer's weights and biases add to the kernels, Θ += (σ_w²/fan-in weights + σ_b² ΔᵀΔ), and its gradients.
FUNCTION void dense_accumulate(int number, int layer, const double* deltas) {
  const DenseDescent walk;
  DenseShared* const sh = walk.sh;
  const int m = walk.m;
  double* const theta = walk.results(number);
  double* const result = walk.args.down + (u64)(walk.cell.first_layer + layer) * DOWN;
  double* const weights = walk.scratch(1);
  const double scale = walk.net.sigma_w2 / walk.fan_in(layer), sigma_b2 = walk.net.sigma_b2;
  if (walk.is_masked()) {
    if (walk.args.wanted & GRADIENTS) dense_masked(layer, weights);
  } else {
    const double* const below = walk.gram_of_layer(walk.cell.network, layer);
    for (int e = thread_index(); e < m * m; e += DENSE_THREADS) weights[e] = below[e] * deltas[e];
  }
  double sums[4] = {0, 0, 0, 0};
  if (walk.args.wanted & GRADIENTS)
    for (int e = thread_index(); e < m * m; e += DENSE_THREADS) {
      const double own = scale * weights[e] + sigma_b2 * deltas[e], standard = weights[e] + (sigma_b2 > 0 ? deltas[e] : 0);
      if (walk.args.wanted & KERNELS) {
        theta[e] += own;
        theta[m * m + e] += standard;
      }
      sums[0] += weights[e];
      sums[1] += fabs(weights[e]);
      sums[2] += e % (m + 1) == 0 ? own : 0;
      sums[3] += e % (m + 1) == 0 ? standard : 0;
    }
  block_sums<DENSE_THREADS>(sums, sh->rows.partial);
  if (thread_index() < 2) {
    const Logarithms sum = logarithms(thread_index() == 0 || !(walk.args.wanted & GRADIENTS) ? deltas : weights, m + 1, m);
    result[2 * thread_index()] = sum.mantissa;
    result[2 * thread_index() + 1] = sum.exponent;
  }
  if (thread_index() == 0)
    for (int k = 0; k < 4; k++) result[DOWN_SUM + k] = sums[k];
}

// A cell's layer: from `products` to `columns`.
FUNCTION void dense_down(int number, int layer) {
  const DenseDescent walk;
  DenseShared* const sh = walk.sh;
  const DenseArgs& args = walk.args;
  const int m = walk.m, n = walk.n, shown = walk.shown();
  const bool several = walk.outputs() > 1;
  const bool starts = layer == walk.cell.depth - 1;
  const float* const raw = args.products + walk.panel + walk.cell.column;
  float* const out = args.columns + walk.panel + walk.cell.column;
  const float scale = (float)sqrt(walk.net.sigma_w2 / n);
  if (starts) dense_begin(number);
  if (starts && several) dense_begin_outputs(number);
  gram_of(
      &sh->rows, n, shown, several ? walk.gram_of_outputs() : walk.scratch(0),
      [&](int first, int local, int column) {
        const u64 row = first + local;
        const int output = column / m, a = column - output * m;
        const float slope = walk.active(layer, (int)row, a).slope;
        const float above = starts ? walk.readout((int)row, output) : raw[row * args.across + output * m + walk.source(a)];
        const float delta = slope * (above * scale);
        out[row * args.across + column] = delta;
        if (walk.has_tangents() && output == 0)
          out[row * args.across + shown + a] =
              starts ? walk.kept_tangents(number)[row * m + a] : slope * (raw[row * args.across + shown + a] * scale);
        return (double)delta;
      },
      [](int) {});
  if (several) {
    dense_accumulate_outputs(number, layer);
    // The first output has what one alone has.
    for (int e = thread_index(); e < m * m; e += DENSE_THREADS)
      walk.scratch(0)[e] = walk.gram_of_outputs()[e / m * shown + e % m];
  }
  dense_accumulate(number, layer, walk.scratch(0));
  if (args.wanted & FORMATS)
    count_outside<BOUNDS - 2>(walk, args.down + (u64)(walk.cell.first_layer + layer) * DOWN + DOWN_FORMATS,
                              [&](u32 row, u32 a) { return out[(u64)row * args.across + a]; });
  if (layer > 0 || !walk.has_tangents()) return;
  sums_of(&sh->rows, n, m, sh->squares, [&](int row, int a) {
    const double t = out[(u64)row * args.across + shown + a];
    return t * t;
  });
  if (thread_index() == 0) {
    const double* const growth = walk.growth_of(walk.cell.network, walk.cell.depth - 1);
    double sum = 0;
    for (int a = 0; a < m; a++) sum += sh->squares[a] < 1e-66 ? __builtin_nan("") : sh->squares[a] / growth[a] - 1;
    walk.results(number)[2 * m * m + m + JACOBIAN] = sum / m;
  }
}
#endif
