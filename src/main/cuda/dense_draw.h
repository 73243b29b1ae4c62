// Draws a layer's weights of all draws, chunks of 1024 numbers shared by all blocks of the grid.
#ifndef PHASEMAP_DENSE_DRAW
#define PHASEMAP_DENSE_DRAW
#include "dense_args.h"

DEVICE void four_weights(const DenseLaw& law, RandomStream stream, u64 chunk, float* numbers) {
  const int t = thread_index();
  switch (law.draw) {
    case GAUSSIAN: return draw_four<GAUSSIAN>(stream, chunk, t, numbers);
    case UNIFORM: draw_four<UNIFORM>(stream, chunk, t, numbers); break;
    default: draw_four<TRUNCATED>(stream, chunk, t, numbers);
  }
#pragma unroll
  for (int k = 0; k < 4; k++) numbers[k] = numbers[k] * law.scale + law.shift;
}

// Weights of a layer, and its mask where there is one.
FUNCTION void draw_weights(int layer) {
  const DenseArgs& args = dense_shared()->args;
  const int fan_in = layer == 0 ? args.dimension : args.width, n = args.width;
  const u64 count = (u64)fan_in * n, apart = (u64)(args.dimension > n ? args.dimension : n) * args.units_apart;
  const int chunks = (int)((count + 1023) / 1024);
  for (u64 item = block_index(); item < (u64)chunks * args.draws; item += grid_size()) {
    const int draw = (int)(item / chunks), chunk = (int)(item % chunks);
    if (layer >= args.depth_of_draw[draw]) continue;
    const u64 start = ((u64)draw * args.depth + layer) * 6;
    float numbers[4], uniform[4];
    four_weights(args.law, stream_of(args.weights_start + start), chunk, numbers);
    if (args.mask) draw_four<UNIFORM>(stream_of(args.mask_start + start), chunk, thread_index(), uniform);
#pragma unroll
    for (int k = 0; k < 4; k++) {
      const u64 i = (u64)chunk * 1024 + 2 * thread_index() + (k & 1) + (k >> 1) * 512;
      if (i >= count) continue;
      // 32 bits where they do: the division of 64 takes as long as all the rest.
      const u64 input = count >> 32 ? i / (u64)n : (u32)i / (u32)n;
      const u64 at = draw * apart + input * args.units_apart + (i - input * n);
      if (args.mask) {
        const float kept = keep_below(args.law.keep, uniform[k], 1);
        args.mask[at] = kept;
        numbers[k] = kept * numbers[k];
      }
      args.weights[at] = numbers[k];
    }
  }
}
#endif
