// Functions of their own: passes over the rows of a layer, and what happens between them.
#ifndef PHASEMAP_WEIGHT_FREE_PASSES
#define PHASEMAP_WEIGHT_FREE_PASSES
#include "weight_free_counts.h"
#include "weight_free_down.h"
#include "weight_free_up.h"

template <int M, int T>
FUNCTION void enter(int layer, double* result) {
  Walk<M, T>(shared<M, T>()).enter(layer, result);
}

template <int M, int T>
FUNCTION void leave(int layer, double* theta, double* result) {
  Walk<M, T> walk(shared<M, T>());
  walk.accumulate(layer, theta, result);
  if (layer > 0) walk.descend(layer);
}

template <int M, int T>
FUNCTION void turn(int layer) {
  Walk<M, T>(shared<M, T>()).turn(layer);
}

template <int M, int T>
FUNCTION void outside_frame(int layer) {
  Walk<M, T>(shared<M, T>()).outside_frame(layer);
}

template <int M, int T>
FUNCTION void follow_distances(int depth, double* cell) {
  Walk<M, T>(shared<M, T>()).follow_distances(depth, cell);
}

// φ, its statistics, HᵀH, and HᵀΞ of the layer above.
template <int M, int T>
FUNCTION void pass_up(int layer, double* result) {
  using Rows = Chunk<M, T>;
  constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  const bool above = (walk.args.wanted & BACKWARD) && layer + 1 < walk.args.depth;
  const float *g = walk.g_of(layer), *xi = walk.xi_of(layer + 1);
  Products<M, T> products;
  double sums[3] = {0, 0, 0};
  float in[ROWS][4], next[ROWS][4];
  walk.clear(next);
  auto fetch = [&](int first) {
    if (first >= walk.n || !walk.has_rows(first)) return;
    walk.fetch(g, first, in);
    if (above) walk.fetch(xi, first, next);
  };
  fetch(0);
  for (int first = 0; first < walk.n; first += HEIGHT) {
    if (walk.has_rows(first)) {
      walk.store(Rows::Z, in);
      walk.store(Rows::Y, next);
      warp_barrier();
      walk.template preactivations<Rows::Z>(layer, first);
      float part = 0;
      int saturated = 0, alive = 0;
      walk.template activate<true>(first, [&](int r, Four, Four h, Four slope) {
        bool any = false;
#pragma unroll
        for (int j = 0; j < 4; j++) {
          part += h.v[j];
          saturated += fabsf(slope.v[j]) < 0.01f;
          any |= slope.v[j] != 0;
        }
        alive |= (int)any << r;
      });
      if (!walk.is_whole(first))
#pragma unroll
        for (int r = 0; r < ROWS; r++)
#pragma unroll
          for (int j = 0; j < 4; j++) saturated -= !walk.is_there(first + walk.local, r, j);
#pragma unroll
      for (int mask = Rows::QUADS; mask > 1; mask /= 2) alive |= shuffle_xor(alive, mask);
      if (!walk.is_tangent) {
        sums[0] += part;
        sums[1] += saturated;
      }
      if (walk.column == 0)
#pragma unroll
        for (int r = 0; r < ROWS; r++) sums[2] += first + walk.local + Rows::step(r) < walk.n && !(alive >> r & 1);
    }
    fetch(first + HEIGHT);
    SYNC();
    products.add(sh->rows, walk.count_of(first));
    SYNC();
  }
  products.write(sh->gram(), sh->other(), M, 1);
  block_sums<T>(sums, sh->partial);
  if (thread_index() == 0) {
    result[UP_SUM] = sums[0];
    result[UP_SATURATED] = sums[1];
    result[UP_DEAD] = sums[2];
  }
}

// ΔᵀΔ into `gram`, ĜᵀΔ into `other`.
template <int M, int T>
FUNCTION void pass_down(int layer, int top, bool ill) {
  using Rows = Chunk<M, T>;
  constexpr int ROWS = Rows::ROWS, HEIGHT = Rows::HEIGHT;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  const float *g = walk.g_of(layer), *xi = walk.xi_of(layer + 1);
  Products<M, T> products;
  float in[ROWS][4], next[ROWS][4];
  walk.clear(next);
  auto fetch = [&](int first) {
    if (first >= walk.n || !walk.has_rows(first)) return;
    walk.fetch(g, first, in);
    if (layer < top) walk.fetch(xi, first, next);
  };
  fetch(0);
  for (int first = 0; first < walk.n; first += HEIGHT) {
    if (walk.has_rows(first)) {
      walk.store(Rows::Y, in);
      walk.store(Rows::Z, next);
      warp_barrier();
      walk.template gradients<true>(layer, top, ill, first);
    }
    fetch(first + HEIGHT);
    SYNC();
    products.add(sh->rows, walk.count_of(first));
    SYNC();
  }
  products.write(sh->gram(), sh->other(), 1, M);
}

// φ, or δ, of a chunk's rows into x, for the passes that few networks need. Between warp barriers: a lane's own entries stand.
template <int M, int T>
FUNCTION void rows_again(bool down, int layer, int top, bool ill, int first) {
  using Rows = Chunk<M, T>;
  const Walk<M, T> walk(shared<M, T>());
  float in[Rows::ROWS][4];
  walk.fetch(walk.g_of(layer), first, in);
  walk.store(Rows::Y, in);
  if (down && layer < top) {
    walk.fetch(walk.xi_of(layer + 1), first, in);
    walk.store(Rows::Z, in);
  }
  warp_barrier();
  if (down) {
    walk.template gradients<false>(layer, top, ill, first);
  } else {
    walk.template preactivations<Rows::Y>(layer, first);
    walk.template activate<false>(first, [](int, Four, Four, Four) {});
  }
  warp_barrier();
}

// Gram matrices in float64: of φ, of Q before its second orthonormalisation, of δ.
template <int M, int T>
FUNCTION void exact_pass(Pass pass, int layer, int top, bool ill, double* to) {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  ExactGram<M, T> gram;
  for (int first = 0; first < walk.n; first += Rows::HEIGHT) {
    if (walk.has_rows(first)) {
      float h[Rows::ROWS][4];
      rows_again<M, T>(pass == EXACT_DOWN, layer, top, ill, first);
      walk.load(Rows::X, h);
      if (pass == ROUGH) {
        walk.scale_twice(h);
        walk.through(h, sh->b);
      }
      warp_barrier();
      walk.store_exact(h);
    }
    SYNC();
    gram.add((const double*)sh->rows, Rows::STRIDE / 2, walk.count_of(first));
    SYNC();
  }
  gram.write(to);
}

// QᵀΞ of an orthonormalised Q.
template <int M, int T>
FUNCTION void fine_pass(int layer) {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  Products<M, T> products;
  for (int first = 0; first < walk.n; first += Rows::HEIGHT) {
    if (walk.has_rows(first)) {
      float h[Rows::ROWS][4];
      rows_again<M, T>(false, layer, layer, false, first);
      walk.load(Rows::X, h);
      walk.scale_twice(h);
#pragma unroll 1
      for (int step = 0; step < 2; step++) walk.through(h, step == 0 ? sh->b : sh->c);
      walk.store(Rows::X, h);
      walk.fetch(walk.xi_of(layer + 1), first, h);
      walk.store(Rows::Y, h);
    }
    SYNC();
    products.add(sh->rows, walk.count_of(first));
    SYNC();
  }
  products.write(sh->triangles().t, sh->other(), M, 1);
  SYNC();
}

// Counts of what number formats hold; first of all the step of the 8-bit grid, max |φ(z_1)| / 127.
template <int M, int T>
FUNCTION void count_pass(Pass pass, int layer, int top, bool ill, double* result) {
  using Rows = Chunk<M, T>;
  Shared<M, T>* const sh = shared<M, T>();
  const Walk<M, T> walk(sh);
  int counts[BOUNDS] = {};
  float largest = 0;
  for (int first = 0; first < walk.n; first += Rows::HEIGHT) {
    if (!walk.has_rows(first)) continue;
    float h[Rows::ROWS][4];
    rows_again<M, T>(pass == HELD_DOWN, layer, top, ill, first);
    walk.load(Rows::X, h);
    if (pass == LARGEST) {
      largest = walk.largest(h, largest);
    } else {
      walk.count(h, first + walk.local, counts);
    }
  }
  if (pass == LARGEST) {
    walk.set_step(largest);
    return;
  }
#pragma unroll 1
  for (int bound = 0; bound < BOUNDS; bound++) {
    double one[1] = {0};
#pragma unroll
    for (int k = 0; k < BOUNDS; k++) one[0] = k == bound ? counts[k] : one[0];
    block_sums<T>(one, sh->partial);
    if (thread_index() == 0 && (pass == HELD_UP || bound < BOUNDS - 2)) result[bound] = one[0];
  }
}
#endif
