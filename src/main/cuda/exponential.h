// Exponentials with the bits of org.phasemap.kernel.HeapElements, and one in float64 for tails.
#pragma once
#include "device.h"

// NaN stays. Where a bound is 0, −0 stays, too.
DEVICE float clamp(float low, float x, float high) { return x > high ? high : x < low ? low : x; }

// n = x / ln 2 to the nearest integer, in the low bits of the result, and r = x − n ln 2.
DEVICE float reduce(float x, float* r) {
  float shifted = fmaf(x, 1.442695f, 0x1.8p23f);
  float n = shifted - 0x1.8p23f;
  *r = fmaf(n, 2.1219444e-4f, fmaf(n, -0.6933594f, x));
  return shifted;
}

// 2^n of that n. The bits of 1.5 · 2^23 leave at the top.
DEVICE float power(float shifted) { return bits_float((int)((u32)(float_bits(shifted) + 127) << 23)); }

DEVICE float exp_of_fraction(float r) {
  float p = fmaf(1.9875691e-4f, r, 0.0013981999f);
  p = fmaf(p, r, 0.008333452f);
  p = fmaf(p, r, 0.041665796f);
  p = fmaf(p, r, 0.16666666f);
  p = fmaf(p, r, 0.5f);
  return fmaf(p * r, r, r) + 1;
}

DEVICE float expm1_of_fraction(float r) {
  float p = fmaf(1.9845957e-4f, r, 0.001394164f);
  p = fmaf(p, r, 0.0083333915f);
  p = fmaf(p, r, 0.041666348f);
  p = fmaf(p, r, 0.16666666f);
  p = fmaf(p, r, 0.5f);
  return fmaf(p * r, r, r);
}

// HeapElements.exp where 2^n is a normal number: −87 <= x <= 88.
DEVICE float exp_near(float x) {
  float r;
  float shifted = reduce(x, &r);
  return exp_of_fraction(r) * power(shifted);
}

// HeapElements.exp of any number.
DEVICE float exp_anywhere(float x) {
  float r;
  int n = float_bits(reduce(clamp(-105, x, 105), &r)) - 0x4B400000;
  int half = n >> 1;
  return exp_of_fraction(r) * bits_float((half + 127) << 23) * bits_float((n - half + 127) << 23);
}

// HeapElements.exps: exp(x) and expm1(x), |x| <= 87.
DEVICE void exps(float x, float* exp, float* expm1) {
  float r;
  float scale = power(reduce(x, &r));
  float p = expm1_of_fraction(r);
  *exp = fmaf(p, scale, scale);
  *expm1 = fmaf(p, scale, scale - 1);
}

// exp(x) in float64 for −700 <= x <= 0, relative error 3e-16: rounded to float32 it has the bits of Java's Math.exp for every
// argument that a tail has. Not inlined: tails are rare and would stand in every formula.
FUNCTION double exp_float64(double x) {
  int n = (int)(x * 1.4426950408889634 - 0.5);
  double r = x - n * 6.93147180369123816490e-01 - n * 1.90821492927058770002e-10;
  double p = 1.6059043836821613e-10;
  p = p * r + 2.08767569878681e-09;
  p = p * r + 2.505210838544172e-08;
  p = p * r + 2.755731922398589e-07;
  p = p * r + 2.7557319223985893e-06;
  p = p * r + 2.48015873015873e-05;
  p = p * r + 1.984126984126984e-04;
  p = p * r + 1.388888888888889e-03;
  p = p * r + 8.333333333333333e-03;
  p = p * r + 4.1666666666666664e-02;
  p = p * r + 0.16666666666666666;
  p = p * r + 0.5;
  return (p * r * r + r + 1) * bits_double((u64)(n + 1023) << 52);
}

// Tails.END: beyond, limits are reached, and −110 has the bits of every number below it.
DEVICE double end(float z) { return z < -110 ? -110.0 : (double)z; }
