// A network before its first step, with the bits of train.model.Parameters.
#ifndef PHASEMAP_TRAIN_DRAW
#define PHASEMAP_TRAIN_DRAW
#include "train_args.h"

// store(number of the stream, its value) for each.
template <typename Store>
DEVICE void draw_stream(int law, u32 purpose, u64 count, Store store) {
  const TrainedNetwork& net = training()->net;
  const RandomStream stream{net.key0, net.key1, net.replicate, purpose};
  for (u64 chunk = 0; chunk * 1024 < count; chunk++) {
    float numbers[4];
    switch (law) {
      case GAUSSIAN: draw_four<GAUSSIAN>(stream, chunk, thread_index(), numbers); break;
      case UNIFORM: draw_four<UNIFORM>(stream, chunk, thread_index(), numbers); break;
      default: draw_four<TRUNCATED>(stream, chunk, thread_index(), numbers);
    }
#pragma unroll
    for (int k = 0; k < 4; k++) {
      const u64 i = chunk * 1024 + 2 * thread_index() + (k & 1) + (k >> 1) * 512;
      if (i < count) store((int)i, numbers[k]);
    }
  }
}

// Streams of hidden layers count from 1; the read-out's have number 0.
FUNCTION void draw_layer(int draw, int l) {
  TrainingShared* const sh = training();
  const TrainedNetwork& net = sh->net;
  const TrainedLayer layer = sh->memory.layer(l);
  const bool last = l == net.depth;
  const u32 number = last ? 0 : (u32)(l + 1) << 8;
  const TrainingLaw law = last ? net.last : l == 0 ? net.first : net.hidden;
  const u64 count = (u64)layer.fan_in * layer.fan_out;
  float* const weights = layer.weights;
  const auto place = [&](int i) { return (u64)(i / layer.fan_out) * layer.apart + i % layer.fan_out; };
  draw_stream(draw, (last ? net.readout : net.weights) + number, count, [&](int i, float x) {
    weights[place(i)] = draw == UNIFORM ? x * law.scale + law.shift : x * law.scale;
  });
  if (sh->recipe.biases)
    draw_stream(GAUSSIAN, (last ? net.readout_bias : net.biases) + number, layer.fan_out,
                [&](int i, float x) { layer.bias[i] = x * net.bias_scale; });
  if (net.masked) {
    unsigned char* const mask = sh->memory.mask + (weights - sh->memory.parameters);
    // Each thread meets its own weights again.
    draw_stream(UNIFORM, (last ? net.readout_mask : net.mask) + number, count, [&](int i, float x) {
      const float kept = keep_below(net.keep, x, 1);
      mask[place(i)] = kept > 0;
      weights[place(i)] = kept * weights[place(i)];
    });
  }
}

// All parameters, and zeros for the optimiser.
DEVICE void draw_network() {
  TrainingShared* const sh = training();
  for (int l = 0; l <= sh->net.depth; l++) draw_layer(sh->net.draw, l);
  const u64 states = sh->recipe.optimiser == SGD ? 0 : sh->recipe.optimiser == ADAM ? 2 : 1;
  for (u64 i = thread_index(); i < states * sh->memory.count; i += TRAIN_THREADS) sh->memory.parameters[sh->memory.count + i] = 0;
}
#endif
