// The little of CUDA that the kernels use, for three compilers: clang's NVPTX back end without any of CUDA's headers, nvcc,
// and a host's compiler, which runs the threads of a block as fibers (emulator/emulator.h).
//
// A kernel has one argument, a struct, and sees one dimension of blocks and of threads:
//
//   struct SumArgs { const float* from; float* to; };
//   KERNEL(sum, SumArgs, 256) { SHARED(float, all); ... args.from[thread_index()] ... }
//
// A launch has the same bits on every GPU and in the emulator: products and sums are contracted nowhere
// (-ffp-contract=off, -fmad=false), a fused product says fmaf or fma, and +, -, *, / and sqrt round as IEEE says. Only NaN
// has other bits: compare numbers, not bits, where there may be one. Conversions to int must be in range.
#pragma once

typedef unsigned int u32;
typedef unsigned long long u64;

#if !defined(__CUDACC__) && !defined(__CUDA__)
#include "emulator/emulator.h"
#else

#if defined(__clang__) && !defined(__CLANG_CUDA_RUNTIME_WRAPPER_H__)
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))
#define DEVICE static __device__ __attribute__((always_inline)) inline
#define METHOD __device__ __attribute__((always_inline)) inline
#define FUNCTION static __device__ __attribute__((noinline))

DEVICE int thread_index() { return __nvvm_read_ptx_sreg_tid_x(); }
DEVICE int block_index() { return __nvvm_read_ptx_sreg_ctaid_x(); }
DEVICE int block_size() { return __nvvm_read_ptx_sreg_ntid_x(); }
DEVICE int grid_size() { return __nvvm_read_ptx_sreg_nctaid_x(); }
DEVICE void barrier() { __syncthreads(); }
DEVICE void warp_barrier() { __nvvm_bar_warp_sync(0xffffffffu); }
DEVICE void fence() { __nvvm_membar_gl(); }
DEVICE int shuffle_xor(int value, int mask) { return __nvvm_shfl_sync_bfly_i32(0xffffffffu, value, mask, 31); }
DEVICE int shuffle(int value, int lane) { return __nvvm_shfl_sync_idx_i32(0xffffffffu, value, lane, 31); }
DEVICE float fmaf(float a, float b, float c) { return __nvvm_fma_rn_f(a, b, c); }
DEVICE double fma(double a, double b, double c) { return __nvvm_fma_rn_d(a, b, c); }
DEVICE float sqrtf(float a) { return __nvvm_sqrt_rn_f(a); }
DEVICE double sqrt(double a) { return __nvvm_sqrt_rn_d(a); }
DEVICE float reciprocal(float a) { return __nvvm_rcp_rn_f(a); }
DEVICE double reciprocal(double a) { return __nvvm_rcp_rn_d(a); }
DEVICE float fabsf(float a) { return __builtin_fabsf(a); }
DEVICE double fabs(double a) { return __builtin_fabs(a); }
DEVICE u32 ballot(bool is) { return __nvvm_vote_ballot_sync(0xffffffffu, is); }
DEVICE int float_bits(float a) { return __builtin_bit_cast(int, a); }
DEVICE float bits_float(int a) { return __builtin_bit_cast(float, a); }
DEVICE u64 double_bits(double a) { return __builtin_bit_cast(u64, a); }
DEVICE double bits_double(u64 a) { return __builtin_bit_cast(double, a); }
DEVICE int atomic_add(int* to, int value) { return __atomic_fetch_add(to, value, __ATOMIC_RELAXED); }
DEVICE u64 atomic_add(u64* to, u64 value) { return __atomic_fetch_add(to, value, __ATOMIC_RELAXED); }

#else
#define DEVICE static __device__ __forceinline__
#define METHOD __device__ __forceinline__
#define FUNCTION static __device__ __noinline__

DEVICE int thread_index() { return threadIdx.x; }
DEVICE int block_index() { return blockIdx.x; }
DEVICE int block_size() { return blockDim.x; }
DEVICE int grid_size() { return gridDim.x; }
DEVICE void barrier() { __syncthreads(); }
DEVICE void warp_barrier() { __syncwarp(); }
DEVICE void fence() { __threadfence(); }
DEVICE int shuffle_xor(int value, int mask) { return __shfl_xor_sync(0xffffffffu, value, mask); }
DEVICE int shuffle(int value, int lane) { return __shfl_sync(0xffffffffu, value, lane); }
DEVICE u32 ballot(bool is) { return __ballot_sync(0xffffffffu, is); }
DEVICE float reciprocal(float a) { return __frcp_rn(a); }
DEVICE double reciprocal(double a) { return __drcp_rn(a); }
DEVICE int float_bits(float a) { return __float_as_int(a); }
DEVICE float bits_float(int a) { return __int_as_float(a); }
DEVICE u64 double_bits(double a) { return (u64)__double_as_longlong(a); }
DEVICE double bits_double(u64 a) { return __longlong_as_double((long long)a); }
DEVICE int atomic_add(int* to, int value) { return atomicAdd(to, value); }
DEVICE u64 atomic_add(u64* to, u64 value) { return atomicAdd(to, value); }
#endif

// A barrier of all blocks of a cooperative launch. The blocks before it have written what those behind it read. The number
// of blocks that have arrived at any barrier starts at 0; goal is a block's own, in shared memory, and starts at 0 too.
DEVICE void grid_barrier(int* arrived, int& goal) {
  barrier();
  if (thread_index() == 0) {
    goal += grid_size();
    fence();
    atomic_add(arrived, 1);
    while (*(volatile int*)arrived < goal) {
    }
    fence();
  }
  barrier();
}

// A block's shared memory: as much as the launch says.
extern "C" {
extern __shared__ __attribute__((aligned(16))) char shared_memory_of_block[];
}
#define SHARED(type, name) type* const name = (type*)shared_memory_of_block

// KERNEL(name, Args, threads of a block, and optionally blocks that fit on a multiprocessor together).
#define KERNEL(name, Args, ...) extern "C" __global__ void __launch_bounds__(__VA_ARGS__) name(const Args args)
// Behind a kernel, the bytes of shared memory that its blocks take. Java finds them, threads and blocks in the PTX (Ptx).
#define SHARED_BYTES(name, bytes)                                       \
  extern "C" {                                                          \
  __attribute__((constant)) extern const int name##_shared_bytes;       \
  __attribute__((constant)) const int name##_shared_bytes = (int)bytes; \
  }
#endif

// All 32 lanes of a warp must take part in a shuffle: blocks that shuffle have a multiple of 32 threads.
DEVICE float shuffle_xor(float value, int mask) { return bits_float(shuffle_xor(float_bits(value), mask)); }
DEVICE float shuffle(float value, int lane) { return bits_float(shuffle(float_bits(value), lane)); }
DEVICE double shuffle_xor(double value, int mask) {
  u64 bits = double_bits(value);
  u32 low = (u32)shuffle_xor((int)(u32)bits, mask), high = (u32)shuffle_xor((int)(u32)(bits >> 32), mask);
  return bits_double((u64)high << 32 | low);
}
DEVICE double shuffle(double value, int lane) {
  u64 bits = double_bits(value);
  u32 low = (u32)shuffle((int)(u32)bits, lane), high = (u32)shuffle((int)(u32)(bits >> 32), lane);
  return bits_double((u64)high << 32 | low);
}

// Sixteen bytes that go through memory at once; addresses must be multiples of 16.
struct __attribute__((aligned(16))) Four {
  float v[4];
};
struct __attribute__((aligned(16))) Two {
  double v[2];
};

// Clang moves a struct in pieces, a vector at once.
#ifdef __NVCC__
DEVICE Four four_at(const float* from) { return *(const Four*)from; }
DEVICE void put_four(float* to, const Four& four) { *(Four*)to = four; }
#else
typedef float FourAtOnce __attribute__((vector_size(16)));
DEVICE Four four_at(const float* from) {
  const FourAtOnce all = *(const FourAtOnce*)from;
  return Four{{all[0], all[1], all[2], all[3]}};
}
DEVICE void put_four(float* to, const Four& four) { *(FourAtOnce*)to = FourAtOnce{four.v[0], four.v[1], four.v[2], four.v[3]}; }
#endif
