// Kernels that are right, and kernels with one fault each, to test the emulated device by.
#include "device.h"

struct Args {
  const float* from;
  float* to;
  u64 number;
};

// The sum of 64 numbers: by shuffles within a warp, through shared memory between warps.
KERNEL(sum, Args, 64) {
  SHARED(float, of_warp);
  float value = args.from[thread_index()];
  for (int mask = 16; mask > 0; mask /= 2) value += shuffle_xor(value, mask);
  if (thread_index() % 32 == 0) of_warp[thread_index() / 32] = value;
  barrier();
  if (thread_index() == 0) args.to[0] = of_warp[0] + of_warp[1];
}

// Turns 64 numbers around, in shared memory.
KERNEL(turn, Args, 64) {
  SHARED(float, all);
  all[thread_index()] = args.from[thread_index()];
  barrier();
  args.to[thread_index()] = all[63 - thread_index()];
}

// The same within a warp.
KERNEL(turn_warps, Args, 64) {
  SHARED(float, all);
  all[thread_index()] = args.from[thread_index()];
  warp_barrier();
  args.to[thread_index()] = all[thread_index() ^ 31];
}

// Doubles and numbers of other lanes go through shuffles too.
KERNEL(broadcast, Args, 32) {
  double third = shuffle((double)args.from[thread_index()] / 3, 3);
  args.to[thread_index()] = shuffle((float)shuffle_xor(third, 1), 5);
}

// The block that adds gets the number that stood there.
KERNEL(count, Args, 64) {
  int before = atomic_add((int*)args.to, 1);
  if (before >= (int)args.number) args.to[1] = 1;
}

// Each block adds the numbers that both have brought. The last place counts arrivals.
KERNEL(together, Args, 256) {
  int goal = 0;
  if (thread_index() == 0) args.to[block_index()] = args.from[block_index()];
  grid_barrier((int*)args.to + 63, goal);
  if (thread_index() == 0) args.to[2 + block_index()] = args.to[0] + args.to[1];
}

// One block ends where the other waits.
KERNEL(one_waits, Args, 256) {
  int goal = 0;
  if (block_index() == 0) grid_barrier((int*)args.to + 63, goal);
}

KERNEL(diverge, Args, 64) {
  if (thread_index() < (int)args.number) barrier();
}

KERNEL(shuffle_alone, Args, 64) {
  if (thread_index() == 33) args.to[0] = shuffle_xor(1.0f, 1);
}

KERNEL(misaligned, Args, 64) {
  const Four* four = (const Four*)(args.from + args.number);
  args.to[0] = four->v[2];
}

// Reads or writes the number at the index, of device memory and of shared memory.
KERNEL(read_at, Args, 32) { args.to[0] = args.from[args.number]; }
KERNEL(write_at, Args, 64) { args.to[args.number] = 1; }
KERNEL(write_shared_at, Args, 64) {
  SHARED(float, all);
  all[args.number] = 1;
}
KERNEL(shared_at, Args, 64) {
  SHARED(float, all);
  args.to[0] = all[args.number];
}

KERNEL(array_at, Args, 64) {
  float own[4] = {1, 2, 3, 4};
  own[args.number] = 5;
  args.to[0] = own[0] + own[3];
}

KERNEL(to_int, Args, 64) { args.to[0] = (float)(int)(args.from[0] * 1e10f); }

KERNEL(deep, Args, 64) {
  volatile char all[1 << 20];
  all[0] = 1;
  all[args.number] = 2;
  args.to[0] = all[0];
}
