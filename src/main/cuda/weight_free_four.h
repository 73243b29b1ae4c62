// φ and φ′ of four numbers at once.
#ifndef PHASEMAP_WEIGHT_FREE_FOUR
#define PHASEMAP_WEIGHT_FREE_FOUR
#include "activation.cu"

struct Eight {
  Four value, slope;
};

// Registers have no addresses: the entry is chosen, not looked up.
template <int K>
DEVICE void one_of_four(const Activation* phi, const Four& z, int j, Eight* both) {
  float x = j == 0 ? z.v[0] : j == 1 ? z.v[1] : j == 2 ? z.v[2] : z.v[3], value, slope;
  activate<K>(*phi, x, &value, &slope);
#pragma unroll
  for (int k = 0; k < 4; k++) {
    both->value.v[k] = j == k ? value : both->value.v[k];
    both->slope.v[k] = j == k ? slope : both->slope.v[k];
  }
}

// Not inlined: some twenty formulas would stand in each kernel many times. The most used ones take four at once.
FUNCTION Eight activate_four(const Activation* phi, Four z) {
  Eight both;
  switch (phi->kind) {
#define FOUR(K, function)                                                                                       \
  case K: {                                                                                                     \
    if constexpr (K == TANH || K == GELU || K == RELU) {                                                        \
      _Pragma("unroll") for (int j = 0; j < 4; j++) activate<K>(*phi, z.v[j], &both.value.v[j], &both.slope.v[j]); \
    } else {                                                                                                    \
      _Pragma("unroll 1") for (int j = 0; j < 4; j++) one_of_four<K>(phi, z, j, &both);                         \
    }                                                                                                           \
    return both;                                                                                                \
  }
    ACTIVATIONS(FOUR)
#undef FOUR
  }
  float nan = bits_float(0x7fc00000);
  both.value = both.slope = Four{{nan, nan, nan, nan}};
  return both;
}
#endif
