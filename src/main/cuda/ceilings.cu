// How fast a device copies and multiplies at best, to set beside the times of the other kernels.
#pragma once
#include "device.h"

// Clang moves a struct that is copied whole in two pieces, a vector in one.
#ifdef __NVCC__
typedef float4 Quad;
#else
typedef float Quad __attribute__((vector_size(16)));
#endif

struct CopyArgs {
  const Four* from;
  Four* to;
  u64 count;
};

KERNEL(copy_ceiling, CopyArgs, 256) {
  u64 step = (u64)grid_size() * block_size();
  for (u64 i = (u64)block_index() * block_size() + thread_index(); i < args.count; i += step) {
    *(Quad*)(args.to + i) = *(const Quad*)(args.from + i);
  }
}

struct FmaArgs {
  float* out;  // a number of each thread
  float factor;
  int rounds;  // of 64 fused products each
};

KERNEL(fma_ceiling, FmaArgs, 256) {
  float chains[8];
#pragma unroll
  for (int c = 0; c < 8; c++) chains[c] = (float)(thread_index() + c);
  for (int round = 0; round < args.rounds; round++) {
#pragma unroll
    for (int k = 0; k < 64; k++) chains[k % 8] = fmaf(chains[k % 8], args.factor, 1.0f);
  }
  float sum = 0;
#pragma unroll
  for (int c = 0; c < 8; c++) sum += chains[c];
  args.out[block_index() * block_size() + thread_index()] = sum;
}

struct Fma64Args {
  double* out;
  double factor;
  int rounds;
};

KERNEL(fma64_ceiling, Fma64Args, 256) {
  double chains[8];
#pragma unroll
  for (int c = 0; c < 8; c++) chains[c] = thread_index() + c;
  for (int round = 0; round < args.rounds; round++) {
#pragma unroll
    for (int k = 0; k < 64; k++) chains[k % 8] = fma(chains[k % 8], args.factor, 1.0);
  }
  double sum = 0;
#pragma unroll
  for (int c = 0; c < 8; c++) sum += chains[c];
  args.out[block_index() * block_size() + thread_index()] = sum;
}
