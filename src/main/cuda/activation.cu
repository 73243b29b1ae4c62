// φ and φ′ of every activation, with the bits of kernel.formula.ActivationFormulas.both over HeapElements; NaN stays NaN.
//
// Java clamps arguments, and replaces tails afterwards by float64. Here one comparison tells whether an argument is an ordinary
// one, for which no clamp does anything; the others, NaN among them, take a branch of their own. In tails 1 + exp(x) is 1 in
// float64, so that an exponential is all that Java's float64 formulas are made of there.
#pragma once
#include "exponential.h"
#include "sine.h"

// Kind and function, in the order of kernel.formula.DeviceActivation.Kind.
#define ACTIVATIONS(X)                        \
  X(LINEAR, linear)                           \
  X(RELU, relu)                               \
  X(LEAKY_RELU, leaky_relu)                   \
  X(ABS, absolute)                            \
  X(HARD_TANH, hard_tanh)                     \
  X(TANH, tanh_pair)                          \
  X(ERF, error_function)                      \
  X(SIN, sine_pair)                           \
  X(SOFTSIGN, softsign)                       \
  X(ARCTAN, arctan)                           \
  X(GELU, gelu)                               \
  X(SILU, silu)                               \
  X(SOFTPLUS, softplus)                       \
  X(SIGMOID, sigmoid)                         \
  X(EXPONENTIAL_LINEAR, exponential_linear)   \
  X(MISH, mish)

#define KIND(kind, function) kind,
enum ActivationKind { ACTIVATIONS(KIND) };
#undef KIND

// What kernel.formula.DeviceActivation writes: 32 bytes.
struct Activation {
  int kind;
  float above;   // leaky ReLU: slope above 0; ELU: λ
  float below;   // leaky ReLU: slope below 0; ELU: λα
  float jump;    // ELU: λ(1 − α)
  double scale;  // ELU: λ
  double alpha;  // ELU: α
};

#define FORMULA DEVICE void
#define OF [[maybe_unused]] const Activation& phi, float z, float* value, float* slope
#define RARELY(condition) __builtin_expect(condition, 0)

// Both of one argument.
FORMULA set(float v, float s, float* value, float* slope) {
  *value = v;
  *slope = s;
}

FORMULA linear(OF) { set(z + 0.0f, z == z ? 1 : z, value, slope); }

FORMULA relu(OF) {
  *value = z <= 0 ? 0 : z;
  *slope = z > 0 ? 1 : *value;
}

FORMULA leaky_relu(OF) {
  float below = phi.below * z + 0.0f, step = z > 0 ? phi.above : phi.below;
  set(z > 0 ? z : below, z == z ? step : z, value, slope);
}

FORMULA absolute(OF) { set(fabsf(z), z > 0 ? 1 : z < 0 ? -1 : z + 0.0f, value, slope); }

FORMULA hard_tanh(OF) { set(clamp(-1, z, 1), fabsf(z) < 1 ? 1 : fabsf(z) >= 1 ? 0 : z, value, slope); }

// For |z| <= 43; slopes up to 37.
FORMULA tanh_near(float z, float* value, float* slope) {
  float r;
  float scale = power(reduce(-2 * z, &r));
  float p = expm1_of_fraction(r);
  float less = fmaf(p, scale, scale - 1);
  float q = reciprocal(2 + less);
  *value = -less * q;
  *slope = fmaf(4 * (fmaf(p, scale, scale) * q), q, -2e-37f);
}

struct Pair {
  float value, slope;
};

FUNCTION Pair tanh_far(float z) {
  Pair both;
  tanh_near(clamp(-43, z, 43), &both.value, &both.slope);
  if (z == z) both.slope = (float)(4 * exp_float64(2 * end(-fabsf(z))));
  return both;
}

FORMULA tanh_pair(OF) {
  if (RARELY(!(fabsf(z) <= 37))) {
    Pair far = tanh_far(z);
    return set(far.value, far.slope, value, slope);
  }
  tanh_near(z, value, slope);
}

FORMULA error_function(OF) {
  float y = clamp(-3.832507f, z, 3.832507f);
  float s = y * y;
  float p = fmaf(-2.7261424e-10f, s, 2.7706815e-8f);
  p = fmaf(p, s, -2.101024e-6f);
  p = fmaf(p, s, -5.6925062e-5f);
  p = fmaf(p, s, -7.3499064e-4f);
  p = fmaf(p, s, -0.0029546f);
  p = fmaf(p, s, -0.016096033f);
  float q = fmaf(-1.45660715e-5f, s, -2.1337405e-4f);
  q = fmaf(q, s, -0.001682827f);
  q = fmaf(q, s, -0.0073733293f);
  q = fmaf(q, s, -0.014264739f);
  *value = y * p / q;
  float density = RARELY(!(fabsf(z) <= 9)) ? exp_anywhere(-(z * z)) : exp_near(-(z * z));
  *slope = 1.1283791670955126f * density;
}

// z / 2π less the nearest integer.
DEVICE float turns(float z) {
  constexpr float middle = 0x1.fb4p-10f;
  constexpr float low = (float)(2 * 3.141592653589793 - 6.28125 - 0x1.fb4p-10);
  constexpr float inverse = (float)(0.5 / 3.141592653589793);
  float n = fmaf(z, inverse, 0x1.8p23f) - 0x1.8p23f;
  float r = fmaf(n, -low, fmaf(n, -middle, fmaf(n, -6.28125f, z)));
  return clamp(-0.5f, r * inverse, 0.5f);
}

FORMULA sine_pair(OF) {
  float t = turns(z);
  set(sine_of_turns(t), cosine_of_turns(t), value, slope);
}

FORMULA softsign(OF) {
  float t = fabsf(z) + 1;
  float y = clamp(-1e30f, z, 1e30f);
  set(y / (fabsf(y) + 1), 1 / (t * t), value, slope);
}

FORMULA arctan(OF) {
  float a = fabsf(z), inverse = 1 / z;
  float y = a > 1 ? inverse : z;
  float s = y * y;
  float p = fmaf(0.0028499782f, s, -0.016069004f);
  p = fmaf(p, s, 0.042692177f);
  p = fmaf(p, s, -0.07504356f);
  p = fmaf(p, s, 0.10640966f);
  p = fmaf(p, s, -0.14203654f);
  p = fmaf(p, s, 0.19992621f);
  p = fmaf(p, s, -0.33333072f);
  p = fmaf(p * s, y, y);
  float limit = z > 0 ? 1.5707964f : -1.5707964f;
  *value = a > 1 ? p + (limit - 2 * p) : p;
  *slope = 1 / (z * z + 1);
}

// Below −13: Φ(x) = φ(x) m(−x), m Mills's ratio, here on [13, 15] to 2e-16 by its Chebyshev series.
FORMULA gelu_tail(float z, float* value, float* slope) {
  double x = z, t = -x - 14;
  double m = 1.8205808751343832e-13;
  m = m * t - 2.6843540906664796e-12;
  m = m * t + 3.890544030793088e-11;
  m = m * t - 5.685304606244301e-10;
  m = m * t + 8.27116150841351e-09;
  m = m * t - 1.1977621140491767e-07;
  m = m * t + 1.726493715666278e-06;
  m = m * t - 2.476979300230021e-05;
  m = m * t + 0.0003536830769325573;
  m = m * t - 0.0050258724560706325;
  m = m * t + 0.07106958053885211;
  double density = 0.3989422804014327 * exp_float64(-0.5 * x * x);
  set((float)(x * (density * m)), (float)(density * m + x * density), value, slope);
}

FORMULA gelu(OF) {
  if (RARELY(!(fabsf(z) <= 13))) {
    if (z > 13) return set(z, 1, value, slope);
    if (z < -15) return set(-0.0f, 0, value, slope);
    return z < -13 ? gelu_tail(z, value, slope) : set(z, z, value, slope);
  }
  float exponential = exp_near(-0.5f * (z * z));
  float t = reciprocal(fmaf(0.35f, fabsf(z), 1));
  float p = fmaf(-0.02853287f, t, 0.14128008f);
  p = fmaf(p, t, -0.25075197f);
  p = fmaf(p, t, 0.15418081f);
  p = fmaf(p, t, -0.020126443f);
  p = fmaf(p, t, 0.10443067f);
  p = fmaf(p, t, 0.12006104f);
  p = fmaf(p, t, 0.13983612f);
  p = fmaf(p, t, 0.13962258f);
  float tail = exponential * (p * t);
  float cdf = z > 0 ? 1 - tail : tail;
  set(cdf * z, cdf + 0.3989423f * (z * exponential), value, slope);
}

FORMULA silu(OF) {
  if (RARELY(!(fabsf(z) <= 80))) {
    if (!(z < -80)) return set(z, z > 80 ? 1 : z, value, slope);
    double x = end(z), e = exp_float64(x);
    return set((float)(x * e), (float)(e * (1 + x)), value, slope);
  }
  float n = exp_near(-z);
  float sigma = reciprocal(n + 1);
  set(z * sigma, (n * z * sigma + 1) * sigma, value, slope);
}

// HeapElements.log1p for x from 0 to 1.
DEVICE float log1p_near(float x) {
  float y = x / (2 + x);
  float s = y * y;
  float p = fmaf(0.24412906f, s, 0.213933f);
  p = fmaf(p, s, 0.28620717f);
  p = fmaf(p, s, 0.39998692f);
  p = fmaf(p, s, 0.6666668f);
  return y * fmaf(p, s, 2);
}

FORMULA softplus(OF) {
  float e, n;
  if (RARELY(!(fabsf(z) <= 80))) {
    e = exp_anywhere(-fabsf(z));
    n = exp_anywhere(-z);
  } else {
    e = exp_near(-fabsf(z));
    n = exp_near(-z);
  }
  *value = log1p_near(e) + (z <= 0 ? 0 : z);
  *slope = RARELY(z < -88.72f) ? (float)exp_float64(end(z)) : 1 / (n + 1);
}

FORMULA sigmoid(OF) {
  if (RARELY(!(fabsf(z) <= 80))) {
    if (!(z == z)) return set(z, z, value, slope);
    float e = (float)exp_float64(end(-fabsf(z)));
    return set(z > 0 ? 1 : e, e, value, slope);
  }
  float n = exp_near(-z);
  float sigma = reciprocal(n + 1);
  set(sigma, n * sigma * sigma, value, slope);
}

FORMULA exponential_linear(OF) {
  float n, less;
  exps(z > 0 ? 0 : z < -87 ? -87 : z, &n, &less);
  *value = (phi.below * less + 0.0f) + (z > 0 ? phi.above * z : 0);
  *slope = (z > 0 ? phi.jump : 0) + phi.below * n;
  if (RARELY(z < -87)) *slope = (float)(phi.scale * (phi.alpha * exp_float64(end(z))));
}

// x is z, and y no further from 0.
FORMULA mish_near(float x, float y, float* value, float* slope) {
  float n = exp_near(y);
  float w = n * (n + 2);
  float q = reciprocal(w + 2);
  float s = y * n * (n + 1);
  w = w * q;
  set(x * w, 4 * (s * q * q) + w, value, slope);
}

FORMULA mish(OF) {
  if (RARELY(!(z >= -80 && z <= 20))) {
    if (!(z < -80)) return mish_near(z, z > 20 ? 20 : z, value, slope);
    double x = end(z), e = exp_float64(x);
    return set((float)(x * e), z < -110 ? 0 : (float)(e + x * e), value, slope);
  }
  mish_near(z, z, value, slope);
}

// Of a kind that the compiler knows: a kernel of each has no switch.
template <int K>
FORMULA activate(OF) {
#define CASE(kind, function) \
  if constexpr (K == kind) function(phi, z, value, slope);
  ACTIVATIONS(CASE)
#undef CASE
}

FORMULA activate(OF) {
  switch (phi.kind) {
#define CASE(kind, function) \
  case kind:                 \
    return function(phi, z, value, slope);
    ACTIVATIONS(CASE)
#undef CASE
    default:
      set(bits_float(0x7fc00000), bits_float(0x7fc00000), value, slope);
  }
}
#undef OF
#undef FORMULA
