// CUDA as device.h needs it, on a CPU: see block.h.
#pragma once
#include <math.h>
#include <string.h>
#include "block.h"

#define DEVICE static __attribute__((always_inline)) inline
#define METHOD __attribute__((always_inline)) inline
#define FUNCTION static __attribute__((noinline))

DEVICE int thread_index() { return emulator::Stacks::thread(); }
DEVICE int block_index() { return emulator::Stacks::worker()->block; }
DEVICE int block_size() { return emulator::Stacks::worker()->launch->threads; }
DEVICE int grid_size() { return emulator::Stacks::worker()->launch->grid; }

#define EMULATOR_SITE                                                       \
  ([]() -> const emulator::Site* {                                          \
    static const emulator::Site site(__FILE__, __LINE__);                   \
    return &site;                                                           \
  }())
#define barrier() emulator::wait(emulator::AT_BARRIER, EMULATOR_SITE)
#define warp_barrier() emulator::wait(emulator::AT_WARP_BARRIER, EMULATOR_SITE)
#define grid_barrier(arrived, goal) ((void)(arrived), (void)(goal), emulator::wait(emulator::AT_GRID_BARRIER, EMULATOR_SITE))
DEVICE int shuffle_xor(int value, int mask) { return emulator::exchange(value, thread_index() ^ mask); }
DEVICE int shuffle(int value, int lane) { return emulator::exchange(value, lane); }
DEVICE u32 ballot(bool is) {
  u32 all = (u32)is << thread_index() % 32;
  for (int mask = 1; mask < 32; mask *= 2) all |= (u32)shuffle_xor((int)all, mask);
  return all;
}

DEVICE float reciprocal(float a) { return 1 / a; }
DEVICE double reciprocal(double a) { return 1 / a; }
DEVICE int float_bits(float a) {
  int bits;
  memcpy(&bits, &a, sizeof bits);
  return bits;
}
DEVICE float bits_float(int bits) {
  float a;
  memcpy(&a, &bits, sizeof a);
  return a;
}
DEVICE u64 double_bits(double a) {
  u64 bits;
  memcpy(&bits, &a, sizeof bits);
  return bits;
}
DEVICE double bits_double(u64 bits) {
  double a;
  memcpy(&a, &bits, sizeof a);
  return a;
}
DEVICE int atomic_add(int* to, int value) { return __atomic_fetch_add(to, value, __ATOMIC_RELAXED); }
DEVICE u64 atomic_add(u64* to, u64 value) { return __atomic_fetch_add(to, value, __ATOMIC_RELAXED); }

#define KERNEL(name, Args, ...)                                                                              \
  static void name##_body(const Args args);                                                                  \
  static const emulator::Kernel name##_kernel(                                                               \
      #name, sizeof(Args), [](const void* args) { name##_body(*(const Args*)args); }, __VA_ARGS__);          \
  static void name##_body(const Args args)
#define SHARED_BYTES(name, bytes) static const emulator::SharedBytes name##_shared_bytes(name##_kernel, (int)bytes)
#define SHARED(type, name) type* const name = (type*)emulator::Stacks::worker()->shared.start
