// Philox4x32-10 and Box-Muller with the bits of org.phasemap.kernel.RandomNumbers, whose Javadoc has the sources.
#pragma once
#include "sine.h"

DEVICE void philox(u32 key0, u32 key1, u32 c0, u32 c1, u32 c2, u32 c3, u32* out) {
#pragma unroll
  for (int round = 0; round < 10; round++) {
    u64 product0 = (u64)c0 * 0xD2511F53u, product1 = (u64)c2 * 0xCD9E8D57u;
    u32 next0 = (u32)(product1 >> 32) ^ c1 ^ key0, next2 = (u32)(product0 >> 32) ^ c3 ^ key1;
    c1 = (u32)product1;
    c3 = (u32)product0;
    c0 = next0;
    c2 = next2;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// The pair of two words: cosine first.
DEVICE void box_muller(u32 word0, u32 word1, float* cosine, float* other) {
  float u = 2 - bits_float((int)(word0 >> 9 | 0x3F800000u)) - 0x1p-24f;
  int bits = float_bits(u);
  int exponent = (bits - 0x3F3504F3) >> 23;
  float x = bits_float(bits - exponent * (1 << 23)) - 1;
  float e = (float)exponent;
  float z = x * x;
  float y = 0.070376836f * x - 0.1151461f;
  y = y * x + 0.116769984f;
  y = y * x - 0.12420141f;
  y = y * x + 0.14249323f;
  y = y * x - 0.16668057f;
  y = y * x + 0.20000714f;
  y = y * x - 0.24999994f;
  y = y * x + 0.3333333f;
  y = y * x * z - 0.00021219444f * e - 0.5f * z;
  float radius = sqrtf(-2 * (x + y + 0.6933594f * e));
  float t = bits_float((int)(word1 >> 9 | 0x3F800000u)) - 1.5f;
  *cosine = radius * cosine_of_turns(t);
  *other = radius * sine_of_turns(t);
}

// Streams of count numbers each. Block b of the launch draws chunk b % chunks, 1024 numbers, of stream b / chunks.
struct DrawArgs {
  const u32* starts;  // six words a stream: key and counter (Philox.start)
  float* out;         // number i of stream s goes to out[s * stride + i % rows * down + i / rows * right]
  u64 stride;
  u64 count;
  int chunks;
  int rows, down, right;
};

KERNEL(draw_gaussian, DrawArgs, 256) {
  int stream = block_index() / args.chunks, chunk = block_index() % args.chunks;
  const u32* start = args.starts + 6 * stream;
  u64 block = (u64)chunk * 256 + thread_index();
  u32 words[4];
  philox(start[0], start[1], (u32)block, (u32)(block >> 32), start[4], start[5], words);
  float values[4];
  box_muller(words[0], words[1], &values[0], &values[2]);
  box_muller(words[2], words[3], &values[1], &values[3]);
  float* out = args.out + stream * args.stride;
#pragma unroll
  for (int k = 0; k < 4; k++) {
    u64 i = (u64)chunk * 1024 + 2 * thread_index() + (k & 1) + (k >> 1) * 512;
    if (i < args.count) out[i % args.rows * args.down + i / args.rows * args.right] = values[k];
  }
}
