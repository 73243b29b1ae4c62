// Random numbers with the bits of org.phasemap.kernel.RandomNumbers, TruncatedNormal and Elements.keepBelow, whose Javadoc has
// the sources and says which word gives which number.
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

// The name of a stream: four of the six words of Philox.start. The other two count blocks.
struct RandomStream {
  u32 key0, key1, replicate;
  u32 purpose;  // layer · 256 + number of the purpose
};
DEVICE RandomStream stream_of(const u32* start) { return {start[0], start[1], start[4], start[5]}; }

// 1 + a uniform number on [0, 1).
DEVICE float one_to_two(u32 word) { return bits_float((int)(word >> 9 | 0x3F800000u)); }

// The pair of two words: cosine first.
DEVICE void box_muller(u32 word0, u32 word1, float* cosine, float* other) {
  float u = 2 - one_to_two(word0) - 0x1p-24f;
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
  float t = one_to_two(word1) - 1.5f;
  *cosine = radius * cosine_of_turns(t);
  *other = radius * sine_of_turns(t);
}

// Standard normal within ±2, from a uniform number.
DEVICE float truncated(float uniform) {
  float x = 1.9089994f * uniform - 0.9544997f;
  float t = 0.9f - x * x;
  float numerator = 5.6694856f * t + 64.15244f;
  numerator = numerator * t + 82.07805f;
  numerator = numerator * t + 25.512882f;
  numerator = numerator * t + 2.0542388f;
  float denominator = 13.213733f * t + 62.716564f;
  denominator = denominator * t + 55.781925f;
  denominator = denominator * t + 14.127897f;
  denominator = denominator * t + 1;
  return x * (numerator / denominator);
}

// The weight where the uniform number lies below p, else 0 of the weight's sign.
DEVICE float keep_below(float p, float uniform, float weight) { return (p - uniform > 0 ? 1.0f : 0.0f) * weight; }

enum Draw { GAUSSIAN, UNIFORM, TRUNCATED };

// Numbers 2t, 2t + 1, 512 + 2t and 513 + 2t of a chunk of 1024, from its block t.
template <Draw LAW>
DEVICE void draw_four(RandomStream stream, u64 chunk, int t, float* numbers) {
  u64 block = chunk * 256 + t;
  u32 words[4];
  philox(stream.key0, stream.key1, (u32)block, (u32)(block >> 32), stream.replicate, stream.purpose, words);
  if constexpr (LAW == GAUSSIAN) {
    box_muller(words[0], words[1], &numbers[0], &numbers[2]);
    box_muller(words[2], words[3], &numbers[1], &numbers[3]);
  } else {
#pragma unroll
    for (int k = 0; k < 4; k++) {
      float uniform = one_to_two(words[2 * (k & 1) + (k >> 1)]) - 1;
      numbers[k] = LAW == UNIFORM ? uniform : truncated(uniform);
    }
  }
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

// Two numbers, i the first one's.
DEVICE void store_pair(const DrawArgs& args, float* out, u64 i, const float* numbers) {
  // 32 bits where they do: the division of 64 takes as long as all the rest.
  u64 column = args.count >> 32 ? i / (u64)args.rows : (u32)i / (u32)args.rows;
  u64 row = i - column * args.rows;
#pragma unroll
  for (int k = 0; k < 2; k++) {
    if (i + k < args.count) out[row * args.down + column * args.right] = numbers[k];
    if (++row == (u64)args.rows) {
      row = 0;
      column++;
    }
  }
}

template <Draw LAW>
DEVICE void draw(const DrawArgs& args) {
  int stream = block_index() / args.chunks, chunk = block_index() % args.chunks;
  float numbers[4];
  draw_four<LAW>(stream_of(args.starts + 6 * stream), chunk, thread_index(), numbers);
  float* out = args.out + stream * args.stride;
  u64 i = (u64)chunk * 1024 + 2 * thread_index();
  store_pair(args, out, i, numbers);
  store_pair(args, out, i + 512, numbers + 2);
}

KERNEL(draw_gaussian, DrawArgs, 256) { draw<GAUSSIAN>(args); }
KERNEL(draw_uniform, DrawArgs, 256) { draw<UNIFORM>(args); }
KERNEL(draw_truncated, DrawArgs, 256) { draw<TRUNCATED>(args); }
