// Passes of a block's network on its minibatch. Each reads what threads wrote before it: products begin with a barrier.
#ifndef PHASEMAP_TRAIN_PASSES
#define PHASEMAP_TRAIN_PASSES
#include "columns.cu"
#include "train_loss.h"
#include "train_product.h"
#include "train_update.h"

// Shows the network the examples which(0), which(1), …, a minibatch of them.
template <typename Which>
DEVICE void take_examples(const TrainingData& data, Which which) {
  const TrainingMemory& memory = training()->memory;
  for (int j = thread_index(); j < memory.batch; j += TRAIN_THREADS) memory.labels[j] = data.labels[which(j)];
  for (int e = thread_index(); e < memory.batch * memory.inputs_count; e += TRAIN_THREADS) {
    const int component = e / memory.batch, j = e - component * memory.batch;
    memory.inputs[(u64)component * memory.across + j] = data.features[(u64)which(j) * memory.inputs_count + component];
  }
}

struct FourPairs {
  Four value, slope;
};

// φ and φ′ of four. Not inlined: all formulas would stand in each row of a product's tile.
FUNCTION FourPairs activate_four(float z0, float z1, float z2, float z3) {
  const Activation& phi = training()->net.phi;
  const float z[4] = {z0, z1, z2, z3};
  FourPairs both{};
  switch (phi.kind) {
#define CASE(kind, function)                                                                                    \
  case kind:                                                                                                    \
    _Pragma("unroll") for (int i = 0; i < 4; i++) function(phi, z[i], &both.value.v[i], &both.slope.v[i]); \
    break;
    ACTIVATIONS(CASE)
#undef CASE
  }
  return both;
}

// From inputs to logits.
FUNCTION void pass_forward() {
  const TrainingShared* const sh = training();
  const TrainingMemory& memory = sh->memory;
  for (int l = 0; l <= memory.depth; l++) {
    const TrainedLayer layer = memory.layer(l);
    const Operand weights{layer.weights, layer.apart, layer.fan_out};
    const Operand below{l == 0 ? memory.inputs : memory.activation(l - 1), memory.across, memory.batch};
    train_product<false, false>(weights, below, layer.fan_in, [&](int unit, int example, const float* sum) {
      const float bias = sh->recipe.biases ? layer.bias[unit] : 0;
      const u64 at = (u64)unit * memory.across + example;
      if (l == memory.depth) {
        put_four(memory.logits + at, Four{{sum[0] + bias, sum[1] + bias, sum[2] + bias, sum[3] + bias}});
      } else {
        const FourPairs both = activate_four(sum[0] + bias, sum[1] + bias, sum[2] + bias, sum[3] + bias);
        put_four(memory.activation(l) + at, both.value);
        put_four(memory.delta(l) + at, both.slope);
      }
    });
  }
}

// Adds loss and right answers of the first examples, this thread's share. Where a gradient is wanted, it takes the logits' place.
DEVICE void add_figures(int examples, bool gradient, double (&sums)[2]) {
  const TrainingShared* const sh = training();
  const TrainingMemory& memory = sh->memory;
  for (int j = thread_index(); j < examples; j += TRAIN_THREADS) {
    const Logits logits{memory.logits + j, memory.across, memory.classes};
    const int label = memory.labels[j];
    sums[1] += is_right(logits, label);
    const int of = gradient ? examples : 0;
    sums[0] += sh->recipe.loss == MSE ? squared_error(logits, label, of) : cross_entropy(logits, label, of);
  }
}

// The sum of a row of δ over the minibatch, in each lane of a warp.
DEVICE float sum_of_row(const float* row, int batch) {
  float sum = 0;
  for (int j = thread_index() % 32; j < batch; j += 32) sum += row[j];
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2) sum += shuffle_xor(sum, mask);
  return sum;
}

// From the loss's gradient down. MOVES: parameters follow their gradients. Otherwise they stay, and this thread's share of
// ‖∂loss/∂θ‖² over kept parameters is returned.
template <bool MOVES>
FUNCTION double pass_backward() {
  const TrainingShared* const sh = training();
  const TrainingMemory& memory = sh->memory;
  double square = 0;
  for (int l = memory.depth; l >= 0; l--) {
    const TrainedLayer layer = memory.layer(l);
    float* const delta = memory.delta(l);
    if (l > 0) {
      float* const under = memory.delta(l - 1);
      train_product<true, false>({layer.weights, layer.apart, layer.fan_in}, {delta, memory.across, memory.batch}, layer.fan_out,
                           [&](int unit, int example, const float* sum) {
                             float* const at = under + (u64)unit * memory.across + example;
                             const Four slope = four_at(at);
                             put_four(at, Four{{slope.v[0] * sum[0], slope.v[1] * sum[1], slope.v[2] * sum[2], slope.v[3] * sum[3]}});
                           });
    }
    const float* const below = l == 0 ? memory.inputs : memory.activation(l - 1);
    const unsigned char* const mask = sh->net.masked ? memory.mask + (layer.weights - memory.parameters) : nullptr;
    train_product<true, true>({below, memory.across, layer.fan_in}, {delta, memory.across, layer.fan_out}, memory.batch,
                        [&](int input, int unit, const float* gradient) {
                          const u64 at = (u64)input * layer.apart + unit;
                          if (MOVES) {
                            descend_four(sh->descent, gradient, layer.weights + at, memory.count, mask ? mask + at : nullptr);
                          } else {
#pragma unroll
                            for (int i = 0; i < 4; i++)
                              if (unit + i < layer.fan_out && (!mask || mask[at + i])) square += (double)gradient[i] * gradient[i];
                          }
                        });
    if (sh->recipe.biases)
      for (int unit = thread_index() / 32; unit < layer.fan_out; unit += TRAIN_THREADS / 32) {
        const float gradient = sum_of_row(delta + (u64)unit * memory.across, memory.batch);
        if (thread_index() % 32) continue;
        if (MOVES) {
          descend_one(sh->descent, gradient, layer.bias + unit, memory.count);
        } else {
          square += (double)gradient * gradient;
        }
      }
  }
  return square;
}
#endif
