// Losses of logits in float64 (train.loss.Criterion); logits that are not finite give NaN or infinity.
#ifndef PHASEMAP_TRAIN_LOSS
#define PHASEMAP_TRAIN_LOSS
#include "train_args.h"

// ln x of a normal number, relative error 1e-15; NaN and infinity stay.
DEVICE double log_float64(double x) {
  const u64 bits = double_bits(x);
  if ((bits >> 52 & 0x7ff) == 0x7ff) return x;
  // x = m 2^e with m in [√½, √2); ln m = 2 artanh s.
  const int e = (int)((bits - 0x3fe6a09e667f3bcdull) >> 52 & 0xfff);
  const double exponent = e >= 0x800 ? e - 0x1000 : e;
  const double m = bits_double(bits - ((u64)(long long)exponent << 52));
  const double s = (m - 1) / (m + 1), z = s * s;
  double p = 1.0 / 23;
  p = p * z + 1.0 / 21;
  p = p * z + 1.0 / 19;
  p = p * z + 1.0 / 17;
  p = p * z + 1.0 / 15;
  p = p * z + 1.0 / 13;
  p = p * z + 1.0 / 11;
  p = p * z + 1.0 / 9;
  p = p * z + 1.0 / 7;
  p = p * z + 1.0 / 5;
  p = p * z + 1.0 / 3;
  return exponent * 6.93147180369123816490e-01 + (exponent * 1.90821492927058770002e-10 + 2 * (s * z * p + s));
}

// exp(x) for x <= 0 and NaN; 0 where nothing beside 1 would see it.
DEVICE double exp_below(double x) { return x >= -700 ? exp_float64(x) : x == x ? 0 : x; }

// Logits of an example, one for each class.
struct Logits {
  float* first;
  int apart, classes;
  METHOD float& of(int k) const { return first[k * apart]; }
  // As Math.max: NaN where there is one.
  METHOD double largest() const {
    double most = of(0);
    for (int k = 1; k < classes; k++) {
      const double f = of(k);
      most = f > most || !(f == f) ? f : most;
    }
    return most;
  }
};

// Whether the label has the largest logit, the first of equal ones, and all are finite.
DEVICE bool is_right(const Logits& logits, int label) {
  int best = 0;
  for (int k = 0; k < logits.classes; k++) {
    if (!(fabsf(logits.of(k)) <= 3.4028234663852886e38f)) return false;
    if (logits.of(k) > logits.of(best)) best = k;
  }
  return best == label;
}

// The example's loss. Where a gradient is wanted, of the mean over so many examples, it takes the logits' place.
DEVICE double cross_entropy(const Logits& logits, int label, int examples) {
  const double most = logits.largest();
  double total = 0;
  for (int k = 0; k < logits.classes; k++) total += exp_below(logits.of(k) - most);
  const double loss = log_float64(total) + most - logits.of(label);
  if (examples)
    for (int k = 0; k < logits.classes; k++)
      logits.of(k) = (float)((exp_below(logits.of(k) - most) / total - (k == label ? 1 : 0)) / examples);
  return loss;
}

DEVICE double squared_error(const Logits& logits, int label, int examples) {
  double loss = 0;
  for (int k = 0; k < logits.classes; k++) {
    const double residual = (double)logits.of(k) - (k == label ? 1 : 0);
    loss += residual * residual / 2;
    if (examples) logits.of(k) = (float)(residual / examples);
  }
  return loss;
}
#endif
