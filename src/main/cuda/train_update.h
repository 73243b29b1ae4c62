// What optimisers do to parameters (train.update.Updates).
#ifndef PHASEMAP_TRAIN_UPDATE
#define PHASEMAP_TRAIN_UPDATE
#include "train_args.h"

// Of a step, from 1.
DEVICE Descent descent_at(int step) {
  const TrainingShared* const sh = training();
  const TrainingRecipe& recipe = sh->recipe;
  const double rate = sh->net.rate;
  Descent how;
  how.optimiser = recipe.optimiser;
  how.momentum = recipe.momentum;
  how.before = (float)(rate * recipe.ahead);
  how.after = (float)(-rate * (1 + recipe.ahead));
  how.beta1 = (float)recipe.beta1;
  how.beta2 = (float)recipe.beta2;
  how.rest1 = (float)(1 - recipe.beta1);
  how.rest2 = (float)(1 - recipe.beta2);
  how.epsilon = recipe.epsilon;
  how.rate = how.scale2 = 0;
  if (recipe.optimiser == ADAM) {
    const double* const corrections = sh->args.corrections + recipe.corrections + 2 * (step - 1);
    how.rate = (float)(rate / corrections[0]);
    how.scale2 = (float)(1 / corrections[1]);
  }
  return how;
}

// Moves a parameter along its gradient; first and second are the optimiser's numbers.
DEVICE void descend(const Descent& how, float gradient, float* w, float* first, float* second) {
  switch (how.optimiser) {
    case SGD: *w = fmaf(how.after, gradient, *w); return;
    case MOMENTUM: {
      const float moved = fmaf(how.before, *first, *w);
      *first = fmaf(how.momentum, *first, gradient);
      *w = fmaf(how.after, *first, moved);
      return;
    }
    default:
      *first = how.beta1 * *first + how.rest1 * gradient;
      *second = how.beta2 * *second + how.rest2 * gradient * gradient;
      *w = *w - how.rate * *first / (sqrtf(*second * how.scale2) + how.epsilon);
  }
}

// Moves the parameter at w, whose optimiser's numbers stand `apart` and twice `apart` behind.
DEVICE void descend_one(const Descent& how, float gradient, float* w, u64 apart) {
  float none = 0;
  float* const first = how.optimiser == SGD ? &none : w + apart;
  descend(how, gradient, w, first, how.optimiser == ADAM ? first + apart : &none);
}

// The same of four weights side by side, with the bytes of their mask where there is one.
DEVICE void descend_four(const Descent& how, const float* gradient, float* weights, u64 apart, const unsigned char* mask) {
  Four w = four_at(weights), first{{0, 0, 0, 0}}, second{{0, 0, 0, 0}};
  if (how.optimiser != SGD) first = four_at(weights + apart);
  if (how.optimiser == ADAM) second = four_at(weights + 2 * apart);
#pragma unroll
  for (int i = 0; i < 4; i++) {
    descend(how, gradient[i], &w.v[i], &first.v[i], &second.v[i]);
    if (mask) w.v[i] = (mask[i] ? 1.0f : 0.0f) * w.v[i];
  }
  put_four(weights, w);
  if (how.optimiser != SGD) put_four(weights + apart, first);
  if (how.optimiser == ADAM) put_four(weights + 2 * apart, second);
}
#endif
