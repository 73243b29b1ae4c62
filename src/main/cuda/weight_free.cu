// Networks without their weights (measure.mlp.WeightFreeConnections): a block measures a network, up once to its
// largest depth and down once from each of its depths. What stays between layers is M × M; rows of z, φ(z) and φ′(z) are
// made again from Ĝ where they are needed, in registers.
//
// Columns 0 to m − 1 are inputs; where there are tangents, column M/2 + a is the tangent of input a.
#ifndef PHASEMAP_WEIGHT_FREE
#define PHASEMAP_WEIGHT_FREE
#include "measured.h"
#include "random.cu"
#include "weight_free_passes.h"

// Of a block.
template <int M>
DEVICE u64 kept_size(int depth) {
  return ((u64)(depth + 1) * KEPT + (M > 32 ? SPILLED : 0)) * (M * M);
}

// The next network, cell and layer: of a block's networks, of the network's depths, of the way up and of the way down. What
// was read of the one before is read no more behind the first barrier.
template <int M, int T>
FUNCTION bool next_network() {
  Shared<M, T>* const sh = shared<M, T>();
  SYNC();  // Not seen: the test's blocks have one network each.
  if (thread_index() == 0) {
    const int network = sh->at.network += grid_size();
    if (network < sh->args.count) {
      sh->net = sh->args.networks[network];
      sh->cell = sh->args.cells[sh->net.first_cell + sh->net.cells - 1];
      sh->sigma_b = (float)sqrt(sh->net.sigma_b2);
      sh->readout_scale = (float)sqrt(sh->net.sigma_w2 / sh->args.width);
      sh->at.cell = sh->net.first_cell - 1;
      sh->at.layer = -1;
      sh->at.down = 0;
    }
  }
  SYNC();
  return sh->at.network < sh->args.count;
}

template <int M, int T>
FUNCTION bool next_cell() {
  Shared<M, T>* const sh = shared<M, T>();
  SYNC();
  if (thread_index() == 0 && ++sh->at.cell < sh->net.first_cell + sh->net.cells) {
    sh->cell = sh->args.cells[sh->at.cell];
    sh->at.layer = sh->cell.depth;
    sh->at.down = 1;
  }
  SYNC();
  return sh->at.cell < sh->net.first_cell + sh->net.cells;
}

template <int M, int T>
FUNCTION bool next_layer_up() {
  Shared<M, T>* const sh = shared<M, T>();
  SYNC();
  if (thread_index() == 0) sh->at.layer++;
  SYNC();
  return sh->at.layer < sh->cell.depth;
}

template <int M, int T>
FUNCTION bool next_layer_down() {
  Shared<M, T>* const sh = shared<M, T>();
  SYNC();
  if (thread_index() == 0) {
    const int layer = --sh->at.layer;
    sh->at.ill = layer + 1 < sh->cell.depth && layer >= 0 && Walk<M, T>(sh).ill_of(layer + 1)[0];
  }
  SYNC();
  return sh->at.layer >= 0;
}

template <int M, int T>
DEVICE void measure(const WeightFreeArgs& args) {
  Shared<M, T>* const sh = shared<M, T>();
  if (thread_index() == 0) {
    sh->args = args;
    sh->kept = args.kept + (u64)block_index() * kept_size<M>(args.depth);
    sh->spill(sh->kept + (args.depth + 1) * KEPT * M * M);
    sh->at.network = block_index() - grid_size();
    sh->at.nothing = 0;
  }
  while (next_network<M, T>()) {
    begin_up<M, T>();
    while (next_layer_up<M, T>()) {
      enter<M, T>();
      pass_up<M, T>();
      if (args.wanted & FORMATS) {
        set_step<M, T>();
        count_pass<M, T>();
      }
      factor_rows<M, T>();
      finish_up<M, T>();
    }
    while (next_cell<M, T>()) {
      finish_cell<M, T>();
      if (!(args.wanted & BACKWARD)) continue;
      begin_down<M, T>();
      while (next_layer_down<M, T>()) {
        begin_layer<M, T>();
        pass_down<M, T>();
        if (args.wanted & FORMATS) count_pass<M, T>();
        factor_rows<M, T>();
        leave<M, T>();
      }
      end_down<M, T>();
    }
  }
}

// Rows of Gaussian numbers, M to a row: block b draws chunk b % chunks, 1024 numbers, of stream b / chunks.
struct DrawColumnsArgs {
  const u32* starts;     // six words a stream (Philox.start)
  float* out;            // [stream][row][M]
  int width, height;     // numbers of a column; rows
  int count, columns;    // columns that are drawn; M
  int turn, jump;        // columns from `turn` on stand `jump` further
  int chunks;
};

KERNEL(draw_columns, DrawColumnsArgs, 256) {
  int stream = block_index() / args.chunks, chunk = block_index() % args.chunks;
  float numbers[4];
  draw_four<GAUSSIAN>(stream_of(args.starts + 6 * stream), chunk, thread_index(), numbers);
  float* out = args.out + (u64)stream * args.height * args.columns;
#pragma unroll
  for (int k = 0; k < 4; k++) {
    u32 i = (u32)chunk * 1024 + 2 * thread_index() + (k & 1) + (k >> 1) * 512, column = i / args.width, row = i - column * args.width;
    if ((int)column < args.count) out[(u64)row * args.columns + column + ((int)column < args.turn ? 0 : args.jump)] = numbers[k];
  }
}

struct DrawnGramArgs {
  const float* g;     // Ĝ [block][row][M]
  const float* bias;  // [block][row]
  double* out;        // [block][(M + 1)²]
  int width, height;
};

template <int M, int T>
struct DrawnShared {
  double sums[M * M > T ? M * M : T];
  float rows[8 * T / M * (M + 4)];
};

// Gram matrix of Ĝ and b of one layer, in float64.
template <int M, int T>
DEVICE void drawn_gram(const DrawnGramArgs& args, float* x, double* sums) {
  constexpr int STRIDE = M + 4, HEIGHT = 8 * T / M;
  const float* g = args.g + (u64)block_index() * args.height * M;
  const float* b = args.bias + (u64)block_index() * args.height;
  double* out = args.out + (u64)block_index() * (M + 1) * (M + 1);
  ExactGram<M, T> gram;
  double mixed = 0;
  const int column = thread_index() % (M + 1), part = thread_index() / (M + 1);
  constexpr int PARTS = T / (M + 1);
  for (int first = 0; first < args.height; first += HEIGHT) {
    for (int i = thread_index(); i < HEIGHT * M; i += T) x[i / M * STRIDE + i % M] = g[(u64)first * M + i];
    for (int i = thread_index(); i < HEIGHT; i += T) x[i * STRIDE + M] = b[first + i];
    SYNC();
    gram.add(thread_index(), x, STRIDE, HEIGHT);
    if (part < PARTS)
      for (int row = part; row < HEIGHT; row += PARTS) mixed = fma((double)x[row * STRIDE + column], (double)x[row * STRIDE + M], mixed);
    SYNC();
  }
  gram.write(thread_index(), sums);
  // A thread's own sums: nobody else reads them.
  for (int i = thread_index(); i < M * M; i += T) out[i / M * (M + 1) + i % M] = sums[i];
  sums[thread_index()] = mixed;
  SYNC();
  if (thread_index() <= M) {
    double sum = 0;
    for (int p = 0; p < PARTS; p++) sum += sums[p * (M + 1) + thread_index()];
    out[M * (M + 1) + thread_index()] = sum;
    out[thread_index() * (M + 1) + M] = sum;
  }
}

struct TangentArgs {
  const float* tangents;  // [block][row][columns]
  double* squares;        // [block][columns]
  int columns, width, height;
};

// Squared lengths of the tangents at layer 1: a thread for each.
KERNEL(tangent_squares, TangentArgs, 32) {
  const float* x = args.tangents + (u64)block_index() * args.height * args.columns;
  for (int column = thread_index(); column < args.columns; column += 32) {
    double sum = 0;
    for (int row = 0; row < args.width; row++) sum = fma((double)x[row * args.columns + column], (double)x[row * args.columns + column], sum);
    args.squares[(u64)block_index() * args.columns + column] = sum;
  }
}

// Instances, named by columns and threads; the last number is how many blocks share a multiprocessor.
#define WEIGHT_FREE(M, T, BLOCKS)                                                   \
  KERNEL(weight_free_##M##_##T, WeightFreeArgs, T, BLOCKS) { measure<M, T>(args); } \
  SHARED_BYTES(weight_free_##M##_##T, sizeof(Shared<M, T>));
#define DRAWN_GRAM(M, T)                                          \
  KERNEL(drawn_gram_##M, DrawnGramArgs, T) {                      \
    using Memory = DrawnShared<M, T>;                             \
    SHARED(Memory, memory);                                       \
    drawn_gram<M, T>(args, memory->rows, memory->sums);           \
  }                                                               \
  SHARED_BYTES(drawn_gram_##M, sizeof(DrawnShared<M, T>));

WEIGHT_FREE(8, 64, 8)
WEIGHT_FREE(16, 32, 16)
WEIGHT_FREE(16, 256, 2)
WEIGHT_FREE(32, 256, 2)
WEIGHT_FREE(64, 256, 2)
DRAWN_GRAM(8, 128)
DRAWN_GRAM(16, 256)
DRAWN_GRAM(32, 256)
DRAWN_GRAM(64, 256)
#endif
