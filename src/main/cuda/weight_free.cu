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

// A cell's way down.
template <int M, int T>
DEVICE void go_down(const WeightFreeArgs& args, int cell) {
  double* const result = args.results + (u64)cell * (2 * M * M + M + OTHERS);
  const int depth = args.cells[cell].depth;
  finish_cell<M, T>(depth, result);
  if (!(args.wanted & BACKWARD)) return;
  begin_down<M, T>(depth, result);
  for (int layer = depth - 1; layer >= 0; layer--) {
    double* const at = args.down + (u64)(args.cells[cell].first_layer + layer) * DOWN;
    const bool ill = begin_layer<M, T>(layer, depth - 1);
    pass_down<M, T>(layer, depth - 1, ill);
    end_layer<M, T>(layer, depth - 1, ill, at);
    leave<M, T>(layer, result, at);
  }
  end_down<M, T>(depth, result);
}

template <int M, int T>
DEVICE void measure(const WeightFreeArgs& args) {
  Shared<M, T>* const sh = shared<M, T>();
  for (int network = block_index(); network < args.count; network += grid_size()) {
    if (thread_index() == 0) {
      sh->args = args;
      sh->net = args.networks[network];
      sh->sigma_b = (float)sqrt(sh->net.sigma_b2);
      sh->readout_scale = (float)sqrt(sh->net.sigma_w2 / args.width);
      sh->kept = args.kept + (u64)block_index() * kept_size<M>(args.depth);
      sh->spill(sh->kept + (args.depth + 1) * KEPT * M * M);
    }
    SYNC();
    begin_up<M, T>();
    const int depth = args.cells[sh->net.first_cell + sh->net.cells - 1].depth;
    for (int layer = 0; layer < depth; layer++) {
      double* const result = args.up + ((u64)network * args.depth + layer) * UP;
      enter<M, T>(layer, result);
      pass_up<M, T>(layer, result);
      end_up<M, T>(layer, depth, result);
    }
    for (int i = 0; i < sh->net.cells; i++) go_down<M, T>(args, sh->net.first_cell + i);
    SYNC();  // Not seen: the test's blocks have one network each.
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
    gram.add(x, STRIDE, HEIGHT);
    if (part < PARTS)
      for (int row = part; row < HEIGHT; row += PARTS) mixed = fma((double)x[row * STRIDE + column], (double)x[row * STRIDE + M], mixed);
    SYNC();
  }
  gram.write(sums);
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
