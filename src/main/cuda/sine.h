// sin(2πy) with the bits of org.phasemap.kernel.RandomNumbers, for Gaussian numbers and for the activation sin.
#pragma once
#include "device.h"

DEVICE float least(float x, float y) { return x < y ? x : y; }
DEVICE float most(float x, float y) { return x > y ? x : y; }

// For |y| <= 1/4.
DEVICE float sine(float y) {
  float z = y * y;
  float p = 39.71092f * z - 76.57499f;
  p = p * z + 81.602234f;
  p = p * z - 41.34168f;
  return y * (p * z + 6.2831855f);
}

// sin and cos of t turns, |t| <= 1/2.
DEVICE float sine_of_turns(float t) { return sine(most(least(t, 0.5f - t), -0.5f - t)); }
DEVICE float cosine_of_turns(float t) { return sine(0.25f - fabsf(t)); }
